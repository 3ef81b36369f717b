package desk_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// casesOf are all cases of the house, by their authors' names.
func (h *house) casesOf() map[string]respond.Case {
	out := map[string]respond.Case{}
	for c, err := range h.desk.Cases(h.t.Context(), desk.CaseQuery{}) {
		require.NoError(h.t, err)
		out[c.Author.Handle] = c
	}
	return out
}

func TestADeclaredIncidentHoldsItsCasesAndLetsThemGo(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	for _, who := range []string{"eva", "jo", "kim"} {
		h.world.Post(said(who, "Fjordwing is down, I cannot check in"))
	}
	h.world.Post(said("lea", "Fjordwing lost my bag"))
	h.tick()
	for who, c := range h.casesOf() {
		assert.Nil(t, c.Hold, "a suspicion holds nobody: %s", who)
	}
	id := h.incident().ID
	require.NoError(t, h.do("1", "ana", id, event.Declared{}))
	h.after(time.Second)
	h.world.Post(said("mia", "Fjordwing is down here too"))
	h.after(time.Minute)
	told := len(h.pager.members())
	cases := h.casesOf()
	for _, who := range []string{"eva", "jo", "kim", "mia"} {
		require.NotNil(t, cases[who].Hold, "%s is held, whether he wrote before it was declared or after", who)
		assert.Equal(t, id, cases[who].Hold.Of)
	}
	assert.Nil(t, cases["lea"].Hold, "a lost bag is no outage")

	require.NoError(t, h.do("2", "ana", id, event.Freed{Case: cases["jo"].ID, Note: "a refund"}))
	h.after(time.Minute)
	assert.Nil(t, h.casesOf()["jo"].Hold, "a person takes one out")

	require.NoError(t, h.do("3", "ana", id, event.Dismissed{Pace: 2}))
	h.after(time.Minute)
	var due []time.Time
	for who, c := range h.casesOf() {
		require.Nil(t, c.Hold, "%s is let go", who)
		if who != "lea" && who != "jo" {
			require.False(t, c.Owed.IsZero(), "%s is owed an answer of his own", who)
			require.NotEmpty(t, c.Clocks)
			due = append(due, c.Clocks[0].Due)
		}
	}
	slices.SortFunc(due, time.Time.Compare)
	for i := 1; i < len(due); i++ {
		assert.GreaterOrEqual(t, due[i].Sub(due[i-1]), 25*time.Minute, "two an hour: their clocks don't end together")
	}
	assert.Len(t, h.pager.members(), told, "nobody is paged for being let go")
	assert.Equal(t, []string{"delivered", "delivered"}, h.outcomes("release_cases"))
	h.replays()
}

// A hold that is carried out after a crash, or twice, is one.
func TestHoldsAreCarriedOutOnce(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing is down, I cannot check in"))
	h.tick()
	require.NoError(t, h.do("1", "ana", h.incident().ID, event.Declared{}))
	h.open() // the desk begins again before it was carried out
	h.after(time.Minute)
	h.tick()
	c := h.casesOf()["eva"]
	_, entries, err := h.desk.Case(t.Context(), "", c.ID)
	require.NoError(t, err)
	held := 0
	for _, e := range entries {
		if e.Event.Kind() == "joined_incident" {
			held++
		}
	}
	assert.Equal(t, 1, held)
	h.replays()
}
