package respond_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

// TestWhatWasGivenBelongsToWhomItWasGiven: a goodwill on the road of one of two who were one is paid there, goes with him
// when they are parted, and counts once: in his row and no other's.
func TestWhatWasGivenBelongsToWhomItWasGiven(t *testing.T) {
	rules := changed(t, generous)
	a, p := unhappy(t, rules, "1"), newPurses(rules)
	b := byMail(t, rules, "you cancelled my flight", event.Received{})
	theirs := newPurses(rules) // the row of the other author; the members are the same
	at := tuesday.Add(time.Hour)
	merge(t, a, b, "ana", at)
	a.do(at, event.Customer, event.Received{Mention: mail("m2", "and nobody calls", at)})
	require.NoError(t, a.offers(p, at, "ana", "ana", event.Offer{Kind: "seat", Thing: "a seat on Friday"}))
	entry, err := a.told(p, at, "ana", event.Meant{Said: event.Accepts})
	require.NoError(t, err)
	seat := keyOf[effect.Grant](t, entry)
	assert.Equal(t, "mail", asked[effect.Grant](entry)[0].Channel, "it is given to him who was offered it")
	a.do(at, event.Host, event.Granted{Key: seat})
	_, err = a.told(p, at, "ben", gift(voucher))
	require.NoError(t, err)
	entry, err = a.told(p, at, "ana", event.Approved{Draft: a.c.Draft.ID})
	require.NoError(t, err)
	ref := mention.Ref{Channel: "mail", ID: "g"}
	entry, err = a.told(p, at, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: ref})
	require.NoError(t, err)
	paid := asked[effect.Grant](entry)
	require.Len(t, paid, 1)
	assert.Equal(t, []string{"mail", "care@fjordwing", "d.berg@mail"}, []string{paid[0].Channel, paid[0].Account, b.c.Author.ID})
	mine, theirSplit, err := a.c.Split(b.c, "ana", "two people", at)
	require.NoError(t, err)
	_, err = a.try(at, mine)
	assert.ErrorContains(t, err, "being paid")
	_, err = b.try(at, theirSplit)
	assert.ErrorContains(t, err, "on its way", "neither side goes without the other")
	a.do(at, event.Host, event.Granted{Key: keyOf[effect.Grant](t, entry), Reference: "v 7"})
	require.Len(t, p.author.Gifts, 1)
	require.EqualValues(t, 3000, p.members["ben"].Since(tuesday, "EUR"))

	mine, theirSplit, err = a.c.Split(b.c, "ana", "two people", at)
	require.NoError(t, err)
	for _, order := range []string{"mine first", "theirs first"} {
		p, theirs, one, other := *p, *theirs, *a, *b
		p.members = map[string]tally.Purse{"ben": p.members["ben"]}
		steps := []func(){func() {
			entry, err := one.try(at, mine)
			require.NoError(t, err)
			p.keep(entry)
		}, func() {
			entry, err := other.try(at, theirSplit)
			require.NoError(t, err)
			theirs.author = respond.Courtesy(theirs.author, entry)
			p.members["ben"] = respond.Purse(p.members["ben"], "ben", entry)
		}}
		if order == "theirs first" {
			steps[0], steps[1] = steps[1], steps[0]
		}
		steps[0]()
		steps[1]()
		assert.Empty(t, one.c.Gifts, order)
		assert.Empty(t, one.c.Spends, order)
		assert.Empty(t, p.author.Gifts, "%s: his row knows nothing of what another was given", order)
		require.Len(t, other.c.Gifts, 1, order)
		assert.Equal(t, dealing.Paid, other.c.Gifts[0].State, order)
		require.Len(t, theirs.author.Gifts, 1, order)
		assert.Equal(t, at, theirs.author.Gave, order)
		assert.EqualValues(t, 3000, p.members["ben"].Since(tuesday, "EUR"), "%s: and who gave it has spent it once", order)
		require.NotNil(t, other.c.Remedy, "%s: what he accepted is his, too", order)
		assert.Nil(t, one.c.Remedy, order)
		assert.Equal(t, followup.Fulfilling, other.c.Stage, order)
		assert.Equal(t, followup.Fresh, one.c.Stage, order)
		one.replay()
		other.replay()
	}
}

// TestOneAuthorHasOneRow: two cases of one author who writes in two places of a channel have one row, and what was given
// stays in it.
func TestOneAuthorHasOneRow(t *testing.T) {
	rules := changed(t, generous)
	p := newPurses(rules)
	a := unhappy(t, rules, "1")
	m := private(post("9", "you cancelled my flight", tuesday))
	m.Account = "fjordwing_uk"
	b := newStory(t, rules, m)
	b.do(tuesday, event.Customer, event.Received{Mention: m})
	require.NoError(t, b.offers(p, tuesday, "ana", "ana", event.Offer{Kind: "refund", Sum: euros(40)}))
	require.Len(t, p.author.Gifts, 1)
	merge(t, a, b, "ana", tuesday)
	_, err := a.told(p, tuesday, "ana", event.Drafted{Text: "We are sorry about the flight, and offer you 100 EUR for it. We write again by 18:00.",
		Visibility: mention.Private, Offer: &event.Offer{Kind: "refund", Sum: euros(1)}})
	require.NoError(t, err)
	part(t, a, b, tuesday)
	entry := a.trail[len(a.trail)-1]
	p.author = respond.Courtesy(p.author, entry)
	p.author = respond.Courtesy(p.author, b.trail[len(b.trail)-1])
	assert.Len(t, p.author.Gifts, 1)
	p.author = respond.Courtesy(p.author, entry)
	assert.Len(t, p.author.Gifts, 1, "in whatever order they are stored")
	a.replay()
	b.replay()
}

// TestATickThatIsKnownIsTaken: what fell due in a case before falls due again when another leaves it. A host that brings each
// tick once, by its id, must not lose it.
func TestATickThatIsKnownIsTaken(t *testing.T) {
	a, b := twins(t)
	due := a.c.Due()
	a.elapse(due)
	require.True(t, a.c.Known.Has(event.ElapsedID(a.c.ID, due)))
	again := event.Event{ID: event.ElapsedID(a.c.ID, due), At: due, By: event.Clock, Body: event.Elapsed{Due: due}}
	c, entry, err := respond.Step(a.rules, a.c, again, due)
	require.NoError(t, err)
	assert.Zero(t, entry.Seq, "coming twice it does nothing")
	assert.Equal(t, encode(t, a.c), encode(t, c))
	back := a.c // as a parting leaves it: an instant is due again that it was woken for
	w := followup.Wait{Kind: followup.Look, At: due}
	back.Waits, back.Climb, back.Clocks = &w, nil, nil
	require.Equal(t, due, back.Due())
	c, entry, err = respond.Step(a.rules, back, again, due.Add(time.Hour))
	require.NoError(t, err)
	require.NotZero(t, entry.Seq, "it is due: the tick is taken")
	assert.True(t, c.Due().After(due.Add(time.Hour)))
	_ = b
}

// lives in danger are said on one side of two that are one.
const danger = "a passenger is unconscious on your flight"

// TestAGraverWordGoesWithWhoSaidIt: that a life is in danger is his who said so.
func TestAGraverWordGoesWithWhoSaidIt(t *testing.T) {
	for _, row := range []struct {
		reason       string
		before       string // what the other said before
		since        string // and while they were one; empty: nothing
		mine, theirs bool   // whose life is in danger
	}{
		{"he said it before", danger, "", false, true},
		{"he said it while they were one", "you cancelled my flight", danger, false, true},
		{"nobody did", "you cancelled my flight", "and nobody calls", false, false},
	} {
		rules := shippedRules(t)
		a, b := unhappy(t, rules, "1"), byMail(t, rules, row.before, event.Received{})
		at := tuesday.Add(time.Hour)
		category := a.c.Verdict.Category
		merge(t, a, b, "ana", at)
		at = at.Add(time.Minute)
		if row.since != "" {
			a.do(at, event.Customer, event.Received{Mention: mail("m2", row.since, at)})
		}
		require.Equal(t, row.theirs, a.c.Verdict.Rank.Life, row.reason)
		part(t, a, b, at.Add(time.Minute))
		assert.Equal(t, row.mine, a.c.Verdict.Rank.Life, row.reason)
		assert.Equal(t, category, a.c.Verdict.Category, row.reason)
		assert.Equal(t, row.theirs, b.c.Verdict.Rank.Life, row.reason)
		assert.False(t, b.c.Owed.IsZero(), row.reason)
		assert.NotNil(t, b.c.Climb, "%s: somebody is told of it", row.reason)
		a.replay()
		b.replay()
	}
}

// TestWhatGuardsOneGuardsHimAlone: what guarded one of two before guards the other no longer; what was said of both while
// they were one stays with both.
func TestWhatGuardsOneGuardsHimAlone(t *testing.T) {
	before := func(s *story) {
		s.do(tuesday, "cleo", event.Preserved{Matter: "7/26"})
		s.do(tuesday, "cleo", event.Restricted{To: []string{"cleo", "ana"}})
		s.do(tuesday, "cleo", event.ErasureAsked{})
		s.do(tuesday, "cleo", event.Marked{As: event.Bereaved})
		s.do(tuesday, "cleo", event.Barred{From: event.Contact, Reason: "stop", Owner: "cleo", Until: tuesday.AddDate(1, 0, 0)})
		s.do(tuesday, "cleo", event.HeldByCounsel{Matter: "7/26"})
	}
	check := func(s *story, guarded bool, reason string) {
		t.Helper()
		assert.Equal(t, guarded, s.c.Preserve != nil, "%s: preserved", reason)
		assert.Equal(t, guarded, s.c.Access != nil, "%s: restricted", reason)
		assert.Equal(t, guarded, s.c.Erasure != nil, "%s: to be erased", reason)
		assert.Equal(t, guarded, len(s.c.Marks) > 0, "%s: bereaved", reason)
		assert.Equal(t, guarded, len(s.c.Bars) > 0, "%s: not to be contacted", reason)
		assert.Equal(t, guarded, s.c.Hold != nil, "%s: held by counsel", reason)
		s.replay()
	}
	at := tuesday.Add(2 * time.Hour)
	a, b := twins(t)
	before(b)
	merge(t, a, b, "ana", at)
	check(a, true, "while they are one")
	part(t, a, b, at)
	check(a, false, "the other's is not his")
	check(b, true, "and his is his")

	a, b = twins(t)
	before(a)
	merge(t, a, b, "ana", at)
	part(t, a, b, at)
	check(a, true, "his own stays")
	check(b, false, "the other never had it")

	a, b = twins(t)
	merge(t, a, b, "ana", at)
	before(a)
	part(t, a, b, at)
	check(a, true, "what was said of both")
	check(b, true, "holds for both")
}

// TestWhatTheHostSaidGoesWithTheMessage: a customer number that came with the other's message pays nothing to this one.
func TestWhatTheHostSaidGoesWithTheMessage(t *testing.T) {
	a, b := twins(t)
	at := tuesday.Add(2 * time.Hour)
	merge(t, a, b, "ana", at)
	a.do(at, event.Customer, event.Received{Mention: mail("m2", "and now?", at), Given: map[string]string{"customer_id": "77"}})
	a.do(at, event.Host, event.Known{Given: map[string]string{"seat": "12A"}})
	part(t, a, b, at)
	assert.Equal(t, map[string]string{"order": "FJ7K2Q"}, a.c.Given)
	assert.Equal(t, map[string]string{"tier": "4", "customer_id": "77", "seat": "12A"}, b.c.Given, "what was asked of him, too")
	a.replay()
	b.replay()
}

// TestOfThreeEachGoesHisWay: three are one, and parted in any order. Each is as he was.
func TestOfThreeEachGoesHisWay(t *testing.T) {
	rules := shippedRules(t)
	for _, first := range []string{"b", "c"} {
		a := unhappy(t, rules, "1")
		a.do(tuesday, "ana", event.Meant{Said: event.Ends})
		require.Equal(t, followup.Closed, a.c.Stage)
		b, c := byMail(t, rules, "you cancelled my flight", event.Received{Given: map[string]string{"tier": "4"}}), third(t, rules)
		was := map[string]respond.Case{"a": a.c, "b": b.c, "c": c.c}
		at := tuesday.Add(time.Hour)
		merge(t, a, b, "ana", at)
		merge(t, a, c, "ana", at.Add(time.Minute))
		require.Equal(t, triage.Life, a.c.Verdict.Category)
		require.False(t, a.c.Owed.IsZero())
		one, other := b, c
		if first == "c" {
			one, other = c, b
		}
		part(t, a, one, at.Add(2*time.Minute))
		assert.False(t, a.c.Owed.IsZero(), "%s first: what the one who stays is owed is owed", first)
		assert.True(t, a.c.Stage.Live(), "%s first", first)
		assert.Equal(t, first == "b", a.c.Verdict.Rank.Life, "%s first", first)
		part(t, a, other, at.Add(3*time.Minute))
		for name, s := range map[string]*story{"a": a, "b": b, "c": c} {
			reason := fmt.Sprintf("%s when %s went first", name, first)
			assert.Equal(t, was[name].Stage, s.c.Stage, reason)
			assert.Equal(t, was[name].Outcome, s.c.Outcome, reason)
			assert.Equal(t, was[name].Owed, s.c.Owed, reason)
			assert.Equal(t, was[name].Clocks, s.c.Clocks, reason)
			assert.Equal(t, was[name].Given, s.c.Given, reason)
			assert.Equal(t, was[name].Messages, s.c.Messages, reason)
			assert.ElementsMatch(t, was[name].Keys, s.c.Keys, reason)
			assert.Equal(t, was[name].Verdict.Category, s.c.Verdict.Category, reason)
			assert.Equal(t, s.c.Stage.Live(), !s.c.Due().IsZero(), reason)
			s.replay()
		}
		assert.Empty(t, a.c.Twins)
	}
}

// third is somebody else on the same channel, in danger.
func third(t *testing.T, rules *respond.Rules) *story {
	t.Helper()
	m := private(post("t1", danger, tuesday))
	m.Author = mention.Author{ID: "u-olga", Handle: "olga"}
	s := newStory(t, rules, m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	return s
}

// TestADraftIsSentOnce: what a person wrote in one of two goes on in the other, and does not come back when it is out.
func TestADraftIsSentOnce(t *testing.T) {
	at := tuesday.Add(2 * time.Hour)
	a, b := twins(t)
	b.do(at, "ana", event.Drafted{Text: "We are sorry about the cancelled flight. I look for a seat today."})
	id := b.c.Draft.ID
	merge(t, a, b, "ana", at)
	require.Equal(t, id, a.c.Draft.ID)
	part(t, a, b, at)
	require.NotNil(t, b.c.Draft)
	assert.Equal(t, id, b.c.Draft.ID, "nothing went out: it is his again")
	assert.Nil(t, a.c.Draft)
	merge(t, a, b, "ana", at)
	entry := a.do(at, "ana", event.Approved{Draft: id})
	a.do(at, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: mention.Ref{Channel: "mail", ID: "o"}})
	part(t, a, b, at)
	assert.Nil(t, b.c.Draft, "it is out")
	assert.Zero(t, b.c.Owed)
	assert.Equal(t, followup.Working, b.c.Stage, "the word was to him: his conversation moved")
	assert.Equal(t, followup.Fresh, a.c.Stage, "and the other's did not")
	a.replay()
	b.replay()
}

// TestAnotherIsErasedWhereHeWasOne: of another who is erased there stays nothing in a case that his was one with, unless it
// is preserved; and no entry says who he was.
func TestAnotherIsErasedWhereHeWasOne(t *testing.T) {
	at := tuesday.Add(2 * time.Hour)
	a, b := twins(t)
	merge(t, a, b, "ana", at)
	part(t, a, b, at)
	a.do(at, "ana", event.Noted{Text: "it was Berglind all along"})
	a.do(at, "ana", event.Noted{Text: "he calls on Friday"})
	his := event.Erased{Of: &privacy.Person{Cases: []string{b.c.ID}, Names: []string{"Berglind"}}}
	assert.ErrorContains(t, a.refused(at, event.Customer, his), "erases nothing")
	a.do(at, "cleo", event.Preserved{Matter: "7/26"})
	assert.ErrorContains(t, a.refused(at, event.Host, his), "preserved")
	a.do(at, "cleo", event.Released{})
	owed := a.c.Owed
	entry := a.do(at, event.Host, his)
	assert.NotContains(t, encode(t, entry), "Berglind")
	require.Len(t, a.c.Notes, 1)
	assert.Equal(t, "he calls on Friday", a.c.Notes[0].Text)
	assert.Empty(t, a.c.Apart)
	assert.Equal(t, owed, a.c.Owed, "nothing else moves")
	assert.Zero(t, a.do(at.Add(time.Minute), event.Host, his).Seq, "once")
	a.replay()
}
