package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// A case of a category whose incident is declared is held from its first moment on, and not only once the incident has
// heard of it.
func TestACaseOfADeclaredIncidentIsHeldFromTheFirst(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing is down, I cannot check in"))
	h.tick()
	in := h.incident().ID
	h.world.Post(said("jo", "Fjordwing is down here too"))
	h.tick()
	assert.Nil(t, h.casesOf()["jo"].Hold, "a suspicion holds nobody")
	require.NoError(t, h.do("1", "ana", in, event.Declared{}))
	h.statement("1", "Our website is down. News at 11:00 CET on status.fjordwing.example.", time.Hour)
	h.after(time.Minute)
	kim := h.world.Post(said("kim", "Fjordwing is down, and I stand at the gate"))
	h.world.Post(said("lea", "Fjordwing lost my bag"))
	h.tick()
	_, entries, err := h.desk.Case(t.Context(), "", h.caseOf(kim))
	require.NoError(t, err)
	first := entries[0]
	require.NotNil(t, first.Change.Hold, "in the very step that opens it")
	assert.Equal(t, in, first.Change.Hold.Of)
	assert.Equal(t, 1, first.Change.Hold.Says.Version, "with what the public was told")
	assert.Equal(t, followup.Triaged, first.Change.Moves[0].On)
	assert.Equal(t, followup.HoldIncident, first.Change.Moves[0].Hold)
	assert.Nil(t, h.casesOf()["lea"].Hold)
	h.after(time.Minute)
	assert.Equal(t, 3, h.incident().Cases, "and the incident counts it")
	require.NoError(t, h.do("2", "ana", in, event.Dismissed{}))
	h.after(time.Minute)
	assert.Nil(t, h.casesOf()["kim"].Hold, "and lets it go with the others")
	h.replays()
}

const offer = "Fjordwing fans earn 500 euros a day from home with this one trick, write to me now"

// What a person confirms once is so for every copy: those that stand there, and those that come.
func TestAPersonConfirmsAGroupOfSpam(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	var ref mention.Ref
	for i := range 5 {
		ref = h.world.Post(said(fmt.Sprint("bot", i), fmt.Sprintf("%s https://x.example/%d", offer, i)))
	}
	h.world.Post(said("eva", "Fjordwing lost my bag on the way to Oslo"))
	h.tick()
	taken := h.casesOf()["bot1"].ID
	h.approveCase(h.casesOf()["bot2"], "We are sorry that you cannot check in. I will call you at noon.")
	h.after(time.Minute)
	eva := h.casesOf()["eva"].ID
	require.ErrorIs(t, h.do("0", "ana", taken, event.Judged{Legitimacy: string(triage.Genuine), Group: true}), respond.ErrRefused)
	spam := event.Judged{Legitimacy: string(triage.Fake), Group: true}
	require.NoError(t, h.do("1", "ana", h.caseOf(ref), spam))
	require.NoError(t, h.do("1", "ana", h.caseOf(ref), spam), "the same request again")
	h.after(time.Minute)
	for who, c := range h.casesOf() {
		switch who {
		case "eva", "bot2":
			assert.True(t, c.Stage.Live(), "%s: another's word, and whom we have answered, is left to a person", who)
		default:
			assert.Equal(t, followup.NotGenuine, c.Outcome, who)
		}
	}
	told := len(h.pager.members())
	late := h.world.Post(said("bot9", offer+" https://x.example/9"))
	h.after(time.Minute)
	c := h.caseNow(h.caseOf(late))
	assert.Equal(t, followup.Closed, c.Stage)
	assert.Equal(t, followup.NotGenuine, c.Outcome, "who comes later is one of them")
	assert.True(t, c.Owed.IsZero())
	assert.Len(t, h.pager.members(), told, "and nobody is told of him")
	h.open()
	again := h.world.Post(said("bot10", offer+" https://x.example/10"))
	h.after(time.Minute)
	assert.Equal(t, followup.NotGenuine, h.caseNow(h.caseOf(again)).Outcome, "it is known over a restart")
	down := h.world.Post(said("bot11", offer+" Fjordwing is down"))
	h.after(time.Minute)
	assert.True(t, h.caseNow(h.caseOf(down)).Stage.Live(), "no group hides a crisis")
	require.ErrorContains(t, h.do("2", "ana", func() string {
		r := h.world.Post(said("ida", "Fjordwing lost it"))
		h.after(time.Minute)
		return h.caseOf(r)
	}(), spam), "no copies of it are known")
	assert.True(t, h.caseNow(eva).Stage.Live())
	h.replays()
}
