package desk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

func TestCasesForAScreen(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	for _, who := range []string{"eva", "max", "eva", "jo"} {
		h.world.Post(said(who, "Fjordwing lost my bag"))
		h.after(time.Minute)
	}
	queue, err := h.desk.Queue(t.Context(), "")
	require.NoError(t, err)
	require.Len(t, queue, 4)
	require.NoError(t, h.do("1", "ben", queue[1].ID, event.Taken{}))
	require.NoError(t, h.do("2", "ben", queue[3].ID, event.Meant{Said: event.Thanks}))
	for _, row := range []struct {
		reason string
		q      desk.CaseQuery
		want   []string
	}{
		{"all, what waits longest first, what we owe nothing last", desk.CaseQuery{}, []string{"eva", "max", "eva", "jo"}},
		{"of one customer", desk.CaseQuery{Channel: "memory", Author: "@eva"}, []string{"eva", "eva"}},
		{"of nobody we know", desk.CaseQuery{Channel: "chirp", Author: "@eva"}, nil},
		{"what a member has", desk.CaseQuery{Member: "ben"}, []string{"max"}},
		{"in one stage", desk.CaseQuery{Stages: []followup.Stage{followup.Answered}}, []string{"jo"}},
		{"in one of two", desk.CaseQuery{Stages: []followup.Stage{followup.Answered, followup.Fresh}},
			[]string{"eva", "max", "eva", "jo"}},
		{"the next page", desk.CaseQuery{After: queue[1].ID}, []string{"eva", "jo"}},
		{"another tenant's", desk.CaseQuery{Tenant: "other"}, nil},
	} {
		var got []string
		for c, err := range h.desk.Cases(t.Context(), row.q) {
			require.NoError(t, err, row.reason)
			got = append(got, c.Author.Handle)
		}
		assert.Equal(t, row.want, got, row.reason)
	}
	for _, err := range h.desk.Cases(t.Context(), desk.CaseQuery{After: "nobody"}) {
		require.ErrorIs(t, err, desk.ErrAbsent, "a page behind a case that is not there")
	}
}
