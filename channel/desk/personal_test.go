package desk_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond/event"
)

// One call gives a person what is kept of him: his cases, what opened none, and what is remembered across them.
func TestPersonal(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	id := busy(h)
	h.world.Post(said("leo", "what a weather, says leostays"))
	h.tick()
	require.NoError(t, h.do("bar", "ana", id, event.Barred{From: event.Contact, Owner: "ana", Reason: "bartoken",
		Until: h.now.Add(time.Hour)}))
	data, err := h.desk.Personal(t.Context(), "", "memory", "authortoken")
	require.NoError(t, err)
	var got struct {
		Cases    []struct{ Said []any }
		Recorded []struct{ Text string }
		Known    struct{ Seen []time.Time }
		Treated  struct{ Bars []any }
	}
	require.NoError(t, json.Unmarshal(data, &got))
	assert.Len(t, got.Cases, len(h.hisCases("authortoken")))
	for _, token := range []string{"posttoken", "edittoken", "messagetoken", "recordtoken", "giventoken", "answertoken",
		"notetoken", "spokentoken", "promisetoken", "mediatoken", "othertoken", "bartoken"} {
		assert.Contains(t, string(data), token)
	}
	assert.Len(t, got.Recorded, 1)
	assert.NotEmpty(t, got.Known.Seen)
	assert.Len(t, got.Treated.Bars, 1)
	assert.NotContains(t, string(data), "leostays", "what others said is not his")
	for _, nobody := range []string{"nobody", ""} {
		_, err = h.desk.Personal(t.Context(), "", "memory", nobody)
		assert.ErrorIs(t, err, desk.ErrAbsent)
	}
	require.NoError(t, h.do("erase", event.Host, id, event.ErasureAsked{}))
	h.after(2 * time.Minute)
	_, err = h.desk.Personal(t.Context(), "", "memory", "authortoken")
	assert.ErrorIs(t, err, desk.ErrAbsent, "after his erasure nothing is")
}

// Who is one person in two cases is told of both.
func TestPersonalOfMergedCases(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	one := h.world.Post(said("eva", "Fjordwing lost my bag posttoken"))
	two := h.world.Post(said("eva.b", "Fjordwing lost my bag twintoken"))
	h.tick()
	require.NoError(t, h.do("merge", "ana", h.caseOf(one), event.Merged{From: h.caseOf(two)}))
	data, err := h.desk.Personal(t.Context(), "", "memory", "@eva")
	require.NoError(t, err)
	assert.Contains(t, string(data), "posttoken")
	assert.Contains(t, string(data), "twintoken")
}
