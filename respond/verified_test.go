package respond_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// refund is a fact that holds for two hours.
func refund() event.Established {
	return event.Established{Name: "refund", Says: "the fare was refunded to the card on 16 June", Evidence: "booking 7, line 3",
		Source: "ledger of payments", Until: tuesday.Add(2 * time.Hour)}
}

// claim rests on it.
const claim = "Thank you for waiting. We are sorry about the cancelled flight. We have refunded the fare to your card. " +
	"I will look for another seat today."

var lost = event.Retracted{Fact: "refund", Why: "the bank sent it back"}

func TestOnlyWhatIsVerifiedIsClaimed(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ben", event.Drafted{Text: claim})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}), "R28", "nobody has verified it")
	entry := s.do(tuesday.Add(time.Minute), "ben", refund())
	assert.Len(t, asked[effect.Approve](entry), 1, "what was stopped by nothing else is put before somebody who may allow it")
	require.NotNil(t, s.c.Draft)
	assert.Equal(t, []string{refund().Says}, s.c.Draft.Rests)
	assert.Equal(t, refund().Until, s.c.Draft.Until)
	entry = s.do(tuesday.Add(time.Minute), "ana", event.Approved{Draft: s.c.Draft.ID})
	require.Len(t, asked[effect.Send](entry), 1)
	assert.Equal(t, refund().Until.Add(-time.Millisecond), asked[effect.Send](entry)[0].NotAfter, "nobody sends it once it is not true")
	assert.True(t, s.c.Facts[0].Said.IsZero(), "it is not said before it is out")
	s.do(tuesday.Add(2*time.Minute), event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry)})
	assert.Equal(t, tuesday.Add(2*time.Minute), s.c.Facts[0].Said)
	s.replay()
}

func TestAFactThatEndsKeepsItsDraftHere(t *testing.T) {
	for _, c := range []struct {
		reason   string
		approved bool
		at       time.Time
		by       string
		ends     event.Body
	}{
		{"it expires while the draft waits", false, refund().Until, event.Clock, event.Elapsed{Due: refund().Until}},
		{"it expires while the answer is on its way", true, refund().Until, event.Clock, event.Elapsed{Due: refund().Until}},
		{"it is retracted while the draft waits", false, tuesday.Add(time.Hour), "ben", lost},
		{"it is retracted while the answer is on its way", true, tuesday.Add(time.Hour), "ben", lost},
		{"another took its place", true, tuesday.Add(time.Hour), "ben", event.Established{Name: "refund",
			Says: "the voucher was sent by mail", Evidence: "the mail", Source: "desk"}},
	} {
		s := opened(t)
		s.do(tuesday, "ana", event.Taken{})
		s.do(tuesday, "ben", refund())
		s.do(tuesday, "ana", event.Drafted{Text: claim})
		require.Empty(t, s.c.Draft.Stale, c.reason)
		draft, key := s.c.Draft.ID, ""
		if c.approved {
			key = keyOf[effect.Send](t, s.do(tuesday.Add(time.Minute), "ana", event.Approved{Draft: draft}))
			_, ok := s.c.Wants(key)
			require.True(t, ok)
		}
		for _, e := range s.elapse(c.at.Add(-time.Millisecond)) {
			assert.Nil(t, e.Change.Draft, "%s: nothing of it ends sooner", c.reason)
		}
		assert.LessOrEqual(t, s.c.Due(), refund().Until, c.reason)
		entry := s.do(c.at, c.by, c.ends)
		require.NotNil(t, s.c.Draft, c.reason)
		assert.Equal(t, event.Unverified, s.c.Draft.Stale, c.reason)
		assert.Contains(t, members(entry), "ana", "%s: a person is told", c.reason)
		assert.ErrorContains(t, s.refused(c.at, "ana", event.Approved{Draft: draft}), "stale", c.reason)
		if c.approved {
			why, ok := s.c.Wants(key)
			assert.False(t, ok, c.reason)
			assert.Equal(t, event.Unverified, why, c.reason)
			s.do(c.at, event.Channel, event.Undelivered{Key: key, Reason: why})
			assert.Equal(t, event.Unverified, s.c.Draft.Stale, c.reason)
		}
		assert.True(t, s.c.Facts[0].Said.IsZero(), "%s: nobody was told", c.reason)
		s.replay()
	}
}

// An approval may come before the tick does.
func TestAnExpiredFactIsSeenAtTheApproval(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ben", refund())
	s.do(tuesday, "ana", event.Drafted{Text: claim})
	err := s.refused(refund().Until, "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.ErrorContains(t, err, "expired")
	s.do(refund().Until, "ben", event.Established{Name: "refund", Says: refund().Says, Evidence: "booking 7", Source: "ledger"})
	s.do(refund().Until, "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.Equal(t, "ana", s.c.Draft.Approved, "verified anew it is a fact again")
	s.replay()
}

func TestWhatWasSaidAndIsNotSoIsCorrected(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ana", event.Taken{})
	s.do(tuesday, "ben", refund())
	s.sent(tuesday.Add(time.Minute), event.Drafted{Text: claim, Settles: true})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Drafted{Text: "It was not so.", Corrects: true}), "nothing to correct")
	entry := s.do(tuesday.Add(time.Hour), "ben", lost)
	assert.Contains(t, members(entry), "ana", "the owner is told")
	assert.Contains(t, strings.Join(entry.Because, "\n"), "correct it")
	require.True(t, s.c.Facts[0].Owed())
	assert.True(t, hasClock(s.c, escalation.Update), "news are owed")
	next := s.do(tuesday.Add(time.Hour), "ben", event.Noted{Text: "the bank is closed today"})
	assert.Empty(t, asked[effect.Tell](next), "the owner is told once")
	before := len(s.trail)
	s.do(tuesday.Add(time.Hour), "cleo", lost)
	assert.Len(t, s.trail, before, "twice is once")
	s.do(tuesday.Add(2*time.Hour), "ana", event.Drafted{Corrects: true,
		Text: "We told you that your fare is back on your card. It is not: we are sorry. I will call the bank by noon."})
	key := keyOf[effect.Send](t, s.do(tuesday.Add(2*time.Hour), "ana", event.Approved{Draft: s.c.Draft.ID}))
	assert.True(t, s.c.Facts[0].Owed(), "it is corrected when he has it")
	s.do(tuesday.Add(3*time.Hour), event.Channel, event.Delivered{Key: key})
	assert.Equal(t, tuesday.Add(3*time.Hour), s.c.Facts[0].Corrected)
	assert.False(t, s.c.Facts[0].Owed())
	s.replay()

	t.Run("by telephone, in a closed case", func(t *testing.T) {
		s := opened(t)
		s.do(tuesday, "ben", refund())
		s.sent(tuesday.Add(time.Minute), event.Drafted{Text: claim})
		s.do(tuesday.Add(time.Hour), "ana", event.Meant{Said: event.Ends})
		require.Equal(t, followup.Closed, s.c.Stage)
		entry := s.do(tuesday.Add(2*time.Hour), "ben", lost)
		assert.NotEmpty(t, members(entry), "it is over, and he was told what is not so: a person hears of it")
		assert.Empty(t, s.c.Clocks)
		s.do(tuesday.Add(3*time.Hour), "ana", event.Spoken{Summary: "told him", Corrects: true})
		assert.False(t, s.c.Facts[0].Owed())
		s.replay()
	})
	t.Run("retracted while it was on its way, and out all the same", func(t *testing.T) {
		s := opened(t)
		s.do(tuesday, "ana", event.Taken{})
		s.do(tuesday, "ben", refund())
		s.do(tuesday, "ana", event.Drafted{Text: claim})
		key := keyOf[effect.Send](t, s.do(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}))
		s.do(tuesday.Add(time.Minute), "ben", lost)
		entry := s.do(tuesday.Add(2*time.Minute), event.Channel, event.Delivered{Key: key})
		assert.True(t, s.c.Facts[0].Owed(), "it went out before the word came")
		assert.Contains(t, members(entry), "ana")
		s.replay()
	})
}

func TestWhoVerifies(t *testing.T) {
	s := opened(t)
	assert.ErrorContains(t, s.refused(tuesday, event.Host, refund()), "no member")
	assert.ErrorContains(t, s.refused(tuesday, event.Customer, lost), "no member")
	assert.ErrorContains(t, s.refused(tuesday, "ana", lost), "no fact is called")
	bare := refund()
	bare.Evidence, bare.Until = " ", tuesday
	err := s.refused(tuesday, "ana", bare)
	assert.ErrorContains(t, err, "evidence: is missing")
	assert.ErrorContains(t, err, "until: is not after", "all problems at once")
	s.do(tuesday, "ben", refund())
	assert.Equal(t, "ben", s.c.Facts[0].By, "where nobody has the authority every member has it")
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Retracted{Fact: "refund"}), "say why")

	s.rules = changed(t, func(x *respond.Specs) {
		x.Hierarchy.Members[2].Authority = append(x.Hierarchy.Members[2].Authority,
			escalation.Authority{Act: "verify", Severity: triage.Crisis})
	})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Established{Name: "a", Says: "b", Evidence: "c", Source: "d"}), "cleo may")
	s.do(tuesday, "cleo", event.Established{Name: "a", Says: "b", Evidence: "c", Source: "d"})
	s.do(tuesday, "ana", event.Retracted{Fact: "a", Why: "no"})
	assert.False(t, s.c.Facts[1].Retracted.IsZero(), "anybody says stop")
	s.replay()
}

func TestACaseKeepsNoMoreFactsThanItNeeds(t *testing.T) {
	s := opened(t)
	one := func(i int, until time.Duration) event.Established {
		return event.Established{Name: strings.Repeat("n", i+1), Says: "the seat was kept", Evidence: "e", Source: "s",
			Until: tuesday.Add(until)}
	}
	for i := range 3 * fact.Most { // all but the newest have expired
		s.do(tuesday.Add(time.Duration(i)*time.Minute), "ben", one(i, time.Duration(i)*time.Minute+time.Second))
		require.LessOrEqual(t, len(s.c.Facts), fact.Most)
	}
	s = opened(t)
	for i := range fact.Most {
		s.do(tuesday, "ben", one(i, time.Hour))
	}
	assert.ErrorContains(t, s.refused(tuesday, "ben", one(fact.Most, time.Hour)), "20 facts hold")
	s.do(tuesday, "ben", event.Retracted{Fact: "n", Why: "no"})
	s.do(tuesday, "ben", one(fact.Most, time.Hour))
	s.replay()
}

// TestSlotsOfFacts: a slot that is marked is filled from a fact or not at all, whatever the host says.
func TestSlotsOfFacts(t *testing.T) {
	rules := changed(t, func(x *respond.Specs) {
		x.Playbook.Slots = append(x.Playbook.Slots, template.Slot{Name: "seat", Fact: true, Required: true, Max: 80, Sample: "Seat"})
		for i, p := range x.Playbook.Plays {
			if p.ID == "ask-booking" {
				x.Playbook.Plays[i].Texts = map[string][]string{"en": {"We are sorry that your flight was cancelled. {{.seat}}. " +
					"I will write again by noon. {{.Agent}}"}}
				x.Playbook.Plays[i].Asks = nil
			}
		}
	})
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, rules, m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m, Given: map[string]string{"seat": "You sit in 3A"}})
	assert.Nil(t, s.c.Draft, "what the host gave is not verified")
	assert.Contains(t, strings.Join(entry.Because, "\n"), "it needs seat, which is for somebody to verify")
	entry = s.do(tuesday.Add(time.Minute), "ben", event.Established{Name: "seat", Says: "A seat on Friday was booked for you",
		Evidence: "booking 7", Source: "desk", Until: tuesday.Add(time.Hour)})
	require.NotNil(t, s.c.Draft, "now it can be said: %v", entry.Because)
	assert.Contains(t, s.c.Draft.Text, "A seat on Friday was booked for you. I will")
	assert.Equal(t, tuesday.Add(time.Hour), s.c.Draft.Until)
	s.do(tuesday.Add(2*time.Minute), "ana", event.Approved{Draft: s.c.Draft.ID})
	s.elapse(tuesday.Add(time.Hour))
	assert.Equal(t, event.Unverified, s.c.Draft.Stale)
	s.replay()

	_, err := respond.NewRules(withSlot(t, template.Slot{Name: "Items[].sku", Fact: true}), respond.Options{})
	assert.ErrorContains(t, err, "playbook.slots[3].fact")
}

func withSlot(t *testing.T, slot template.Slot) respond.Specs {
	s := specs(t)
	s.Playbook.Slots = append(s.Playbook.Slots, slot)
	return s
}

// TestFactsOfTheHouse hold in every case, and what the house takes back is corrected in the cases that said it.
func TestFactsOfTheHouse(t *testing.T) {
	house := fact.Fact{Name: "refund", Says: refund().Says, By: "cleo", At: tuesday.AddDate(0, 0, -1), Evidence: "e", Source: "s"}
	with := func(f fact.Fact) *respond.Rules {
		return changed(t, func(x *respond.Specs) { x.Facts = fact.Ledger{f} })
	}
	bad := specs(t)
	bad.Facts = fact.Ledger{{Name: "refund"}}
	_, err := respond.NewRules(bad, respond.Options{})
	assert.ErrorContains(t, err, "facts[0].says: is missing")

	start := func() *story {
		s := opened(t)
		s.rules = with(house)
		s.do(tuesday, "ana", event.Taken{})
		s.sent(tuesday.Add(time.Minute), event.Drafted{Text: claim})
		require.Len(t, s.c.Facts, 1, "the case knows what it said")
		require.True(t, s.c.Facts[0].House)
		return s
	}
	for _, c := range []struct {
		reason string
		change func(*fact.Fact)
	}{
		{"retracted", func(f *fact.Fact) { f.Retracted, f.Why = tuesday, "the bank sent it back" }},
		{"says something else", func(f *fact.Fact) { f.Says = "the fare is on its way" }},
		{"is called otherwise", func(f *fact.Fact) { f.Name = "fare" }},
	} {
		s := start()
		f := house
		c.change(&f)
		s.rules = with(f)
		entry := s.do(tuesday.Add(time.Hour), "ben", event.Noted{Text: "x"})
		assert.True(t, s.c.Facts[0].Owed(), c.reason)
		assert.Contains(t, members(entry), "ana", c.reason)
		s.replay()
	}
	s := start()
	s.do(tuesday.Add(time.Hour), "ben", lost)
	require.Len(t, s.c.Facts, 1)
	assert.True(t, s.c.Facts[0].Owed(), "a member says of a fact of the house that it is not so here")
	s.do(tuesday.Add(time.Hour), "ana", event.Drafted{Text: claim})
	assert.ErrorContains(t, s.refused(tuesday.Add(time.Hour), "ana", event.Approved{Draft: s.c.Draft.ID}), "retracted")
	s.replay()
}

// admission says whose fault it was.
const admission = "Thank you for waiting. We are sorry: the cancelled flight was our mistake. I will look for another seat today."

func TestAFaultIsConfirmedByWhoMay(t *testing.T) {
	ours := event.Assessed{Cluster: "preventable", Verified: true, Whose: "ours", Evidence: "the roster of 15 June"}
	s := opened(t)
	assert.ErrorContains(t, s.refused(tuesday, "cleo", ours), "nobody may", "authority for it is given, never had")
	s.rules = changed(t, func(x *respond.Specs) {
		x.Hierarchy.Members[2].Authority = append(x.Hierarchy.Members[2].Authority,
			escalation.Authority{Act: "admit", Severity: triage.Crisis})
	})
	s.do(tuesday, "ben", event.Drafted{Text: admission})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}), "R05")
	assert.ErrorContains(t, s.refused(tuesday, "ana", ours), "cleo may")
	assert.ErrorContains(t, s.refused(tuesday, event.Host, ours), "no member")
	assert.ErrorContains(t, s.refused(tuesday, "cleo", event.Assessed{Whose: "ours"}), "evidence")
	assert.ErrorContains(t, s.refused(tuesday, "cleo", event.Assessed{Cluster: "weather god"}), "weather god")
	s.do(tuesday, "ana", event.Assessed{Cluster: "accidental"})
	assert.False(t, s.c.Assessed.Admits(), "anybody says what it looks like")
	s.do(tuesday, "cleo", event.Assessed{Whose: "shared", Part: "the late notice", Evidence: "the log"})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}), "R05", "a part is not the fault")
	entry := s.do(tuesday.Add(time.Minute), "cleo", ours)
	assert.True(t, s.c.Assessed.Admits())
	assert.Equal(t, "cleo", s.c.Assessed.By)
	assert.NotEmpty(t, s.c.Assessed.Advice.Never, "and the case says what is never said")
	assert.Len(t, asked[effect.Approve](entry), 1)
	key := keyOf[effect.Send](t, s.do(tuesday.Add(time.Minute), "ana", event.Approved{Draft: s.c.Draft.ID}))
	entry = s.do(tuesday.Add(2*time.Minute), "ana", event.Assessed{})
	why, ok := s.c.Wants(key)
	assert.False(t, ok, "who takes it back stops what admits it")
	assert.Equal(t, event.Unverified, why)
	assert.Contains(t, members(entry), "ben", "who has the case is told")
	s.replay()
}

func TestFactsGoOverInAMergingAndComeBack(t *testing.T) {
	a, b := twins(t)
	at := tuesday.Add(2 * time.Hour)
	theirs := event.Established{Name: "bag", Says: "the bag was delivered to the hotel", Evidence: "a photograph", Source: "courier"}
	b.do(at, "ben", theirs)
	a.do(at, "ben", event.Established{Name: "seat", Says: "the seat was booked", Evidence: "e", Source: "s"})
	merge(t, a, b, "ana", at)
	require.Len(t, a.c.Facts, 2)
	a.do(at.Add(time.Minute), "ben", event.Retracted{Fact: "bag", Why: "another hotel"})
	part(t, a, b, at.Add(time.Hour))
	require.Len(t, a.c.Facts, 1, "nobody says of him what was verified of another")
	assert.Equal(t, "seat", a.c.Facts[0].Name)
	require.Len(t, b.c.Facts, 1)
	assert.Equal(t, "another hotel", b.c.Facts[0].Why, "as it became while the two were one")
	a.replay()
	b.replay()
}

func hasClock(c respond.Case, o escalation.Objective) bool {
	for _, k := range c.Clocks {
		if k.Objective == o {
			return true
		}
	}
	return false
}
