package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/followup"
)

const (
	paid = "the fare was refunded to the card on 9 March"
	says = "We are sorry that you could not check in. We have refunded the fare to your card. I will look for another seat by noon."
)

// answered answers a case with a claim, and lets it go out.
func (h *house) claims(c respond.Case, text string) {
	h.t.Helper()
	h.approveCase(c, text)
	h.after(time.Minute)
}

// tells is how often somebody was told of a case.
func (h *house) tellsOf(id string) (n int) {
	for _, x := range h.pager.told {
		if x.ID == id && !x.Relief {
			n++
		}
	}
	return n
}

// What is verified in an incident every case of it may claim, and what of it is not so each of them corrects.
func TestFactsOfAnIncidentReachItsCases(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	for _, who := range []string{"eva", "jo", "kim"} {
		h.world.Post(said(who, "Fjordwing is down, I cannot check in"))
	}
	h.world.Post(said("lea", "Fjordwing lost my bag"))
	h.tick()
	in := h.incident().ID
	require.NoError(t, h.do("fact", "ben", in, event.Established{Name: "refund", Says: paid, Evidence: "line 3", Source: "ledger"}))
	h.after(time.Second)
	h.world.Post(said("mia", "Fjordwing is down here too"))
	h.after(time.Minute)
	cases := h.casesOf()
	for _, who := range []string{"eva", "jo", "kim", "mia"} {
		require.Len(t, cases[who].Facts, 1, "%s, whether he wrote before or after", who)
		assert.Equal(t, in, cases[who].Facts[0].Incident)
	}
	assert.Empty(t, cases["lea"].Facts, "a lost bag is no outage")

	h.claims(cases["eva"], says)
	h.claims(cases["jo"], says)
	require.NoError(t, h.do("jo goes", "ana", in, event.Freed{Case: cases["jo"].ID, Note: "a refund"}))
	require.NoError(t, h.do("eva is done", "ana", cases["eva"].ID, event.Meant{Said: event.Ends}))
	require.NoError(t, h.do("kim waits", "ben", cases["kim"].ID, event.Drafted{Text: says}))
	h.after(time.Minute)
	require.Equal(t, followup.Closed, h.casesOf()["eva"].Stage)
	require.Len(t, h.sends(), 2)
	before := map[string]int{"eva": h.tellsOf(cases["eva"].ID), "jo": h.tellsOf(cases["jo"].ID), "mia": h.tellsOf(cases["mia"].ID)}
	require.NoError(t, h.do("over", "ana", in, event.Dismissed{}))
	h.after(time.Minute)

	require.NoError(t, h.do("not so", "ben", in, event.Retracted{Fact: "refund", Why: "the bank sent it back"}))
	h.after(time.Second)
	now := h.casesOf()
	assert.True(t, now["eva"].Facts[0].Owed(), "she was told, and her case is closed")
	assert.True(t, now["jo"].Facts[0].Owed(), "he was told, and was taken out of the incident since")
	assert.False(t, now["mia"].Facts[0].Owed(), "she was told nothing")
	assert.Equal(t, event.Unverified, now["kim"].Draft.Stale, "what rests on it does not go out")
	assert.Greater(t, h.tellsOf(cases["eva"].ID), before["eva"], "a person is told")
	assert.Greater(t, h.tellsOf(cases["jo"].ID), before["jo"])
	assert.Equal(t, before["mia"], h.tellsOf(cases["mia"].ID))
	assert.ErrorIs(t, h.do("kim", "ana", cases["kim"].ID, event.Approved{Draft: now["kim"].Draft.ID}), respond.ErrRefused)
	h.replays()
}

// What the house takes back is told to the cases that have said it, also to those in which nothing happens any more.
func TestWhatTheHouseTakesBackReachesClosedCases(t *testing.T) {
	for _, row := range []struct {
		reason  string
		restart bool
		now     fact.Ledger
	}{
		{"it is retracted", false, fact.Ledger{{Name: "refund", Says: paid, By: "ben", At: morning.Add(-time.Hour), Evidence: "line 3",
			Source: "ledger", Retracted: morning, Why: "the bank sent it back"}}},
		{"it is not there any more", false, nil},
		{"it changed while the desk was down", true, nil},
	} {
		h := newHouse(t, &memory.Channel{})
		with := func(facts fact.Ledger) {
			x := specs()
			x.Facts = facts
			h.rules = compile(t, x)
		}
		with(fact.Ledger{{Name: "refund", Says: paid, By: "ben", At: morning.Add(-time.Hour), Evidence: "line 3", Source: "ledger"}})
		for i := range 100 { // more than are told at once
			h.world.Post(said(fmt.Sprint("user", i), "Fjordwing lost my fare"))
		}
		h.world.Post(said("lea", "Fjordwing lost my bag"))
		h.world.Post(said("kim", "Fjordwing lost my coat"))
		h.tick()
		var ids []string
		for who, c := range h.casesOf() {
			if who != "lea" && who != "kim" {
				h.approveCase(c, "We are sorry. We have refunded the fare to your card. I will look for another seat by noon.")
				ids = append(ids, c.ID)
			}
		}
		h.after(time.Minute)
		for _, id := range ids {
			require.NoError(t, h.do("over "+id, "ana", id, event.Meant{Said: event.Ends}))
		}
		kim := h.casesOf()["kim"].ID
		require.NoError(t, h.do("kim waits", "ben", kim, event.Drafted{Text: "We are sorry. We have refunded the fare of the coat. I will look for it by noon."}))
		h.after(time.Minute)
		before, seq := h.tellsOf(ids[0]), h.caseNow(ids[0]).Seq
		h.after(time.Minute)
		require.Equal(t, seq, h.caseNow(ids[0]).Seq, "%s: as long as nothing changes nobody is told", row.reason)
		with(row.now)
		if row.restart {
			h.open()
		}
		h.after(time.Minute)
		for _, id := range ids {
			require.True(t, h.caseNow(id).Facts[0].Owed(), row.reason)
		}
		assert.Greater(t, h.tellsOf(ids[0]), before, "%s: a person is told", row.reason)
		assert.Equal(t, event.Unverified, h.caseNow(kim).Draft.Stale, "%s: and what was to claim it stays here", row.reason)
		seq = h.caseNow(ids[0]).Seq
		h.after(time.Minute)
		assert.Equal(t, seq, h.caseNow(ids[0]).Seq, "%s: once", row.reason)
		require.NoError(t, h.do("told her", "ana", ids[0], event.Spoken{Summary: "told her", Corrects: true}))
		assert.False(t, h.caseNow(ids[0]).Facts[0].Owed(), row.reason)
		h.replays()
	}
}
