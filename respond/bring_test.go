package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/triage"
)

// byMail opens the other case of dana's, under the same rules.
func byMail(t *testing.T, rules *respond.Rules, text string, in event.Received) *story {
	t.Helper()
	m := mail("m1", text, tuesday)
	s := newStory(t, rules, m)
	in.Mention = m
	s.do(tuesday, "ana", in)
	return s
}

// agreed brings a case to where the customer accepted an offer of 40 EUR, which is being paid.
func agreed(t *testing.T, s *story, p *purses) (grant string) {
	t.Helper()
	require.NoError(t, s.offers(p, tuesday, "ana", "ana", event.Offer{Kind: "refund", Sum: euros(40)}))
	entry, err := s.told(p, tuesday.Add(time.Minute), "ana", event.Meant{Said: event.Accepts})
	require.NoError(t, err)
	return keyOf[effect.Grant](t, entry)
}

// The conversation goes on from where more is owed, whichever of the two goes on.
func TestOfTwoStagesTheOneGoesOnOnWhichMoreHangs(t *testing.T) {
	rules := changed(t, generous)
	due := tuesday.Add(5 * 24 * time.Hour)
	for _, row := range []struct {
		reason string
		mine   func(s *story, p *purses)
	}{
		{"the other was answered, and rests", func(s *story, _ *purses) {
			s.sent(tuesday, event.Drafted{Text: "We found you a seat on the next flight. Your ticket is in your mail.", Settles: true})
			require.Equal(t, followup.Answered, s.c.Stage)
		}},
		{"of the other he said that it is over", func(s *story, _ *purses) {
			s.sent(tuesday, event.Drafted{Text: "We found you a seat on the next flight. Your ticket is in your mail.", Settles: true})
			s.do(tuesday, "ana", event.Meant{Said: event.Over})
			require.Equal(t, followup.Surveying, s.c.Stage)
		}},
		{"the other is closed", func(s *story, _ *purses) {
			s.do(tuesday, "ana", event.Judged{Legitimacy: "fake"})
			require.Equal(t, followup.Closed, s.c.Stage)
		}},
		{"in the other we asked him for something", func(s *story, _ *purses) {
			s.sent(tuesday, event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}})
			require.Equal(t, followup.Asking, s.c.Stage)
		}},
	} {
		p := newPurses(rules)
		a, b := unhappy(t, rules, "1"), byMail(t, rules, "you cancelled my flight", event.Received{})
		row.mine(a, p)
		agreed(t, b, p)
		b.do(tuesday.Add(time.Hour), "ana", event.Promised{Promise: event.Promise{What: "a call", Due: due}})
		require.Equal(t, followup.Fulfilling, b.c.Stage)
		merge(t, a, b, "ana", tuesday.Add(2*time.Hour))
		assert.Equal(t, followup.Fulfilling, a.c.Stage, "%s: what he accepted is owed", row.reason)
		assert.Equal(t, followup.OfferAccepted, a.c.Offer, row.reason)
		require.NotNil(t, a.c.Remedy, row.reason)
		assert.Equal(t, dealing.Paying, a.c.Remedy.State, row.reason)
		a.do(tuesday.Add(3*time.Hour), "ana", event.Noted{Text: "one person"})
		require.Len(t, a.c.Promises, 1, row.reason)
		assert.Equal(t, dealing.Open, a.c.Promises[0].State, "%s: no promise vanishes", row.reason)
		a.do(due, event.Clock, event.Elapsed{Due: due})
		assert.Equal(t, dealing.Missed, a.c.Promises[0].State, row.reason)
		a.replay()
		b.replay()
	}
}

// What keeps messages from a customer holds in the case that goes on, whichever of the two it was said in.
func TestWhatKeepsMessagesFromHimIsNotMergedAway(t *testing.T) {
	rules := changed(t, byItself)
	surveyed := func(day string) event.Received { return event.Received{Given: map[string]string{"surveyed": day}} }
	for _, row := range []struct {
		reason      string
		mine, other event.Received
		then        event.Body
	}{
		{"he said stop in the other", event.Received{Given: map[string]string{"do_not_contact": "no"}},
			event.Received{Given: map[string]string{"do_not_contact": "yes"}}, nil},
		{"the other knows that he is a child", event.Received{Given: map[string]string{"under_age": "no"}},
			event.Received{Given: map[string]string{"under_age": "yes"}}, nil},
		{"he was surveyed in the other of late", surveyed("2026-01-10"), surveyed("2026-06-10"), nil},
		{"in the other he is press", event.Received{Standing: triage.Customer}, event.Received{Standing: triage.Press}, nil},
		{"in the other he works for us", event.Received{Standing: triage.Customer}, event.Received{Standing: triage.Employee}, nil},
		{"he was barred in the other", event.Received{}, event.Received{},
			event.Barred{From: event.Contact, Reason: "he said stop", Owner: "ana", Until: tuesday.AddDate(1, 0, 0)}},
	} {
		p := newPurses(rules)
		m := private(post("1", "you cancelled my flight", tuesday))
		a := newStory(t, rules, m)
		row.mine.Mention = m
		a.do(tuesday, event.Customer, row.mine)
		b := byMail(t, rules, "you cancelled my flight", row.other)
		if row.then != nil {
			b.do(tuesday, "ana", row.then)
		}
		merge(t, a, b, "ana", tuesday)
		a.sent(tuesday, event.Drafted{Text: "We found you a seat on the next flight. Your ticket comes by 18:00."})
		_, err := a.told(p, tuesday, "ana", event.Noted{Text: "the rows of this case's author know nothing of the other"})
		require.NoError(t, err)
		entry, err := a.told(p, tuesday.Add(time.Hour), "ana", event.Meant{Said: event.Over})
		require.NoError(t, err)
		assert.Empty(t, asked[effect.Survey](entry), row.reason)
		a.replay()
	}
}

// Whoever was being told for a case is told for the one that it ends in, also where no answer is owed.
func TestNoPageIsMergedAway(t *testing.T) {
	rules := shippedRules(t)
	a := unhappy(t, rules, "1")
	a.sent(tuesday, event.Drafted{Text: "We found you a seat on the next flight. Your ticket is in your mail.", Settles: true})
	b := byMail(t, rules, "a passenger is unconscious on your flight", event.Received{})
	b.do(tuesday.Add(time.Minute), event.Channel, event.AnsweredElsewhere{Ref: mention.Ref{Channel: "mail", ID: "o"}})
	require.Zero(t, b.c.Owed)
	require.Empty(t, b.c.Climb.Taken, "nobody has taken it yet")
	entry, _ := merge(t, a, b, "ana", tuesday.Add(2*time.Minute))
	assert.NotEmpty(t, members(entry), "danger to life is told of until somebody has it")
	require.NotNil(t, a.c.Climb)
	assert.True(t, a.c.Climb.Life)
	assert.False(t, a.c.Climb.Due().IsZero())
	a.replay()
}

// An answer to the survey of one counts in the case that goes on.
func TestTheLaterSurveyIsAnswered(t *testing.T) {
	d := dealing.Merge(dealing.Dealings{Survey: &dealing.Survey{Key: "old", At: tuesday.AddDate(0, -4, 0)}},
		dealing.Dealings{Survey: &dealing.Survey{Key: "new", At: tuesday}})
	assert.Equal(t, "new", d.Survey.Key)
}

// Of two offers that one goes on to which an answer is still to come.
func TestOfTwoOffersTheOneHoldsThatIsOpen(t *testing.T) {
	offer := func(id string, state dealing.OfferState, since time.Time) dealing.Dealings {
		return dealing.Dealings{Remedy: &dealing.Offer{ID: id, State: state, Since: since}}
	}
	for _, row := range []struct {
		reason string
		a, b   dealing.Dealings
		want   string
	}{
		{"he declined one, and has the other", offer("a", dealing.Declined, tuesday), offer("b", dealing.Made, tuesday), "b"},
		{"one is paid, the other accepted", offer("a", dealing.Paid, tuesday), offer("b", dealing.Accepted, tuesday), "b"},
		{"one is accepted, the other being paid", offer("a", dealing.Accepted, tuesday), offer("b", dealing.Paying, tuesday), "b"},
		{"he has both: the later", offer("a", dealing.Made, tuesday), offer("b", dealing.Made, tuesday.Add(time.Hour)), "b"},
		{"both are over: the first's", offer("a", dealing.Paid, tuesday), offer("b", dealing.Declined, tuesday), "a"},
		{"one has none", dealing.Dealings{}, offer("b", dealing.Declined, tuesday), "b"},
		{"the other has none", offer("a", dealing.Declined, tuesday), dealing.Dealings{}, "a"},
	} {
		assert.Equal(t, row.want, dealing.Merge(row.a, row.b).Remedy.ID, row.reason)
	}
}

// Whose was whose is his again when two are parted: nothing is paid twice, and nothing said of one is kept of the other.
func TestNothingOfTheOtherStaysWhenTheyAreParted(t *testing.T) {
	rules := changed(t, generous)
	p := newPurses(rules)
	a := unhappy(t, rules, "1")
	a.sent(tuesday, event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}})
	b := byMail(t, rules, "you cancelled my flight", event.Received{Given: map[string]string{"customer_id": "77", "order": "FJ7K2Q"}})
	key := agreed(t, b, p)
	b.do(tuesday.Add(time.Minute), "ana",
		event.Barred{From: event.Engage, Reason: "insults", Owner: "cleo", Until: tuesday.AddDate(1, 0, 0)})
	at := tuesday.Add(2 * time.Hour)
	merge(t, a, b, "ana", at)
	mine, _, err := a.c.Split(b.c, "ana", "two people", at)
	require.NoError(t, err)
	_, err = a.try(at, mine)
	assert.ErrorContains(t, err, "being paid", "nobody can say yet in which case it ends")
	a.do(at.Add(time.Minute), event.Host, event.Granted{Key: key, Reference: "refund 7"})
	part(t, a, b, at.Add(time.Hour))

	assert.Equal(t, followup.Asking, a.c.Stage, "it stands where it stood")
	assert.Nil(t, a.c.Remedy, "it offered him nothing")
	assert.Empty(t, a.c.Offer)
	assert.Empty(t, a.c.Given, "the number of another customer would pay him what is owed to this one")
	assert.Empty(t, a.c.Bars, "nor is he barred for what another said")
	assert.Empty(t, a.c.Spends)
	assert.False(t, a.c.Due().IsZero())
	for _, k := range a.c.Clocks {
		assert.NotEqual(t, escalation.Resolve, k.Objective, "it owes no remedy")
	}
	require.NotNil(t, b.c.Remedy)
	assert.Equal(t, dealing.Paid, b.c.Remedy.State, "what was paid meanwhile is paid")
	assert.ErrorContains(t, b.refused(at.Add(2*time.Hour), event.Host, event.Granted{Key: key}), "awaited", "once")
	entry := b.do(at.Add(2*time.Hour), "ana", event.Meant{Said: event.Accepts})
	assert.Empty(t, asked[effect.Grant](entry), "and is not paid again")
	assert.Equal(t, "77", b.c.Given["customer_id"])
	assert.Len(t, b.c.Bars, 1)
	a.replay()
	b.replay()
}

// Texts that are past their time take neither the road by which the other's word comes here, nor counsel's hold.
func TestWhatIsPastItsTimeShutsNobodyOut(t *testing.T) {
	a, b := twins(t)
	at := tuesday.Add(2 * time.Hour)
	merge(t, a, b, "ana", at)
	a.sent(at, event.Drafted{Text: "We are sorry about the cancelled flight. Your ticket is in your mail.", Settles: true})
	a.do(at, "ana", event.HeldByCounsel{Matter: "7/26"})
	a.do(at, event.Channel, event.ChannelLost{})
	require.Equal(t, followup.Dormant, a.c.Stage)
	var late time.Time
	for year := 1; late.IsZero(); year++ {
		require.Less(t, year, 20)
		if due, _ := a.rules.Forget(a.c, at.AddDate(year, 0, 0)); len(due) > 0 && due[0] == privacy.Text {
			late = at.AddDate(year, 0, 0)
		}
	}
	a.do(late, event.Host, event.Purged{Classes: []privacy.Class{privacy.Text}})
	assert.NotContains(t, encode(t, a.c), "Bodø")
	require.NotNil(t, a.c.Hold, "counsel looks at every word, whatever is forgotten")
	a.do(late, event.Customer, event.Received{Mention: mail("m9", "@Fjordwing you cancelled my flight", late)})
	assert.False(t, a.c.Owed.IsZero(), "he writes where the other was, and is answered")
	a.replay()
}

// What held one of them holds the other no more when they are parted, and its clocks run.
func TestNoIncidentStaysWhenTheyAreParted(t *testing.T) {
	a, b := twins(t)
	at := tuesday.Add(2 * time.Hour)
	b.do(at, event.Host, event.JoinedIncident{Incident: "i"})
	require.NotNil(t, b.c.Hold)
	merge(t, a, b, "ana", at)
	require.NotNil(t, a.c.Hold, "an incident speaks for him while they are one")
	part(t, a, b, at.Add(time.Hour))
	assert.Nil(t, a.c.Hold)
	assert.False(t, a.c.Incident)
	for _, k := range a.c.Clocks {
		assert.True(t, k.Still.IsZero(), "%s runs", k.Objective)
	}
	assert.False(t, a.c.Due().IsZero())
	assert.NotNil(t, b.c.Hold)
	a.replay()
	b.replay()
}
