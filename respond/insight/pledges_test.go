package insight_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/insight"
)

func TestPromisesOfMembers(t *testing.T) {
	s := begin(t, house(t, nil), post("ivy", "i1", "@Fjordwing you cancelled my flight", tuesday))
	promise := func(minute, due int, what string) string {
		s.do(at(minute), "ana", event.Promised{Promise: event.Promise{What: what, Due: at(due)}})
		return s.c.Promises[len(s.c.Promises)-1].ID
	}
	tell := func() insight.Report {
		return insight.Tell(slices.Values([]insight.Trail{s.trail()}), insight.Options{Zone: madrid(t)})
	}
	kept := promise(1, 30, "a seat")
	late := promise(2, 40, "a call")
	promise(3, 2000, "a refund")
	assert.Equal(t, insight.Kept{Open: 3}, tell().All.Pledges)
	s.do(at(20), "ana", event.Kept{Promise: kept})
	s.elapse(at(60))
	s.do(at(90), "ana", event.Kept{Promise: late})
	r := tell()
	assert.Equal(t, insight.Kept{InTime: 1, Late: 1, Open: 1}, r.All.Pledges, "missed stays missed, however late it is kept")
	assert.Equal(t, 1, r.All.Breaches["promise"])
	assert.Equal(t, r.All.Pledges, r.By[insight.ByChannel]["chirp"].Pledges)
	var text strings.Builder
	require.NoError(t, r.Week("2026-W25", insight.Notes{}).Text(&text))
	assert.Contains(t, text.String(), "Promised to customers: 1 kept, 1 missed, 0 released, 1 open: 50.0 % in time")
	s.do(at(100), "ana", event.Meant{Said: event.Over})
	assert.Equal(t, insight.Kept{InTime: 1, Late: 1, Released: 1}, tell().All.Pledges, "his word that it is over released us")
}
