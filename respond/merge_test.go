package respond_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// mail is what dana writes elsewhere, where she has another name.
func mail(id, text string, at time.Time) mention.Mention {
	m := private(post(id, text, at))
	m.Ref.Channel, m.Account, m.Author = "mail", "care@fjordwing", mention.Author{ID: "d.berg@mail", Name: "D. Berg"}
	return m
}

// twins are two cases of dana's, the second an hour later.
func twins(t *testing.T) (a, b *story) {
	t.Helper()
	a = complaint(t)
	hour := tuesday.Add(time.Hour)
	m := mail("m1", "@Fjordwing you cancelled my flight", hour)
	b = newStory(t, shippedRules(t), m)
	b.do(hour, event.Customer, event.Received{Mention: m, Given: map[string]string{"tier": "4"}})
	return a, b
}

// merge makes b end in a, as a host would in one commit.
func merge(t testing.TB, a, b *story, by string, at time.Time) (respond.Entry, respond.Entry) {
	t.Helper()
	mine, theirs, err := a.c.Merge(b.c, by, "the same booking", at)
	require.NoError(t, err)
	one, err := a.try(at, mine)
	require.NoError(t, err)
	other, err := b.try(at, theirs)
	require.NoError(t, err)
	return one, other
}

func part(t testing.TB, a, b *story, at time.Time) {
	t.Helper()
	mine, theirs, err := a.c.Split(b.c, "ana", "two people after all", at)
	require.NoError(t, err)
	_, err = a.try(at, mine)
	require.NoError(t, err)
	_, err = b.try(at, theirs)
	require.NoError(t, err)
}

func TestMergedTwins(t *testing.T) {
	a, b := twins(t)
	at := tuesday.Add(2 * time.Hour)
	bKeys := b.c.Keys
	merge(t, b, a, "ana", at) // the later one goes on
	assert.Equal(t, followup.Closed, a.c.Stage)
	assert.Equal(t, followup.Merged, a.c.Outcome)
	assert.Equal(t, b.c.ID, a.c.Merged.Into)
	assert.Zero(t, a.c.Due(), "nothing falls due in it any more")
	assert.Empty(t, a.c.Keys)
	for _, m := range []mention.Mention{post("1", "", at), mail("m1", "", at)} {
		assert.Contains(t, b.c.Keys, respond.Keys("acme", m)[0], "the keys of both lead to the one that goes on")
	}
	assert.Subset(t, b.c.Keys, bKeys)
	assert.Equal(t, tuesday, b.c.Owed, "what is owed is owed since the first unanswered word")
	require.Len(t, b.c.Clocks, 1)
	assert.Equal(t, tuesday, b.c.Clocks[0].Start, "by the clock of that word")
	assert.Equal(t, 2, b.c.Theirs)
	assert.Equal(t, map[string]string{"order": "FJ7K2Q", "tier": "4"}, b.c.Given)

	err := a.refused(at, "ana", event.Taken{})
	var refused *respond.RefusedError
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, b.c.ID, refused.Into, "what is brought to it says where it goes")

	entry := b.sent(at, event.Drafted{Text: "We are sorry about the cancelled flight. I look for a seat today."})
	assert.Zero(t, b.c.Owed, "one answer answers both")
	send := b.trail[len(b.trail)-2].Effects
	_ = entry
	require.NotEmpty(t, send)
	later := at.Add(time.Hour)
	b.do(later, event.Customer, event.Received{Mention: post("5", "@Fjordwing cancelled, and nobody calls", later)})
	assert.Equal(t, 3, b.c.Theirs, "what he writes on the other channel joins")
	b.do(later, "ana", event.Drafted{Text: "We are sorry about the flight. I call you today."})
	out := asked[effect.Send](b.do(later, "ana", event.Approved{Draft: b.c.Draft.ID}))
	require.Len(t, out, 1)
	assert.Equal(t, "chirp", out[0].Channel, "and is answered there")
	assert.Equal(t, "fjordwing", out[0].Account)
	assert.Equal(t, "u-dana", out[0].Author)
	a.replay()
	b.replay()
}

func TestAGraverTwinIsToldOf(t *testing.T) {
	a := complaint(t)
	m := mail("m1", "a passenger is unconscious", tuesday)
	b := newStory(t, shippedRules(t), m)
	b.do(tuesday, event.Customer, event.Received{Mention: m})
	entry, ended := merge(t, a, b, event.Host, tuesday.Add(time.Minute))
	assert.Equal(t, triage.Life, a.c.Verdict.Category)
	assert.NotEmpty(t, asked[effect.Tell](entry), "danger to life is told of again, by the case that goes on")
	assert.Equal(t, tuesday.Add(5*time.Minute), a.c.Clocks[0].Due)
	for _, tell := range asked[effect.Tell](ended) {
		assert.True(t, tell.Relief, "who was told by the other need do nothing there")
	}
	a.replay()
	b.replay()
}

func TestWhatCannotBeMerged(t *testing.T) {
	a, b := twins(t)
	at := tuesday.Add(2 * time.Hour)
	mine, theirs, err := a.c.Merge(b.c, event.Customer, "", at)
	require.NoError(t, err)
	_, err = a.try(at, mine)
	assert.ErrorContains(t, err, "a member does")
	_, err = b.try(at, theirs)
	assert.ErrorContains(t, err, "a member does")

	b.do(at, "ana", event.Drafted{Text: "We are sorry about the cancelled flight. I look for a seat today."})
	b.do(at, "ana", event.Approved{Draft: b.c.Draft.ID})
	for _, of := range []*story{a, b} {
		mine, theirs, err = a.c.Merge(b.c, "ana", "", at)
		require.NoError(t, err)
		e := mine
		if of == b {
			e = theirs
		}
		_, err = of.try(at, e)
		assert.ErrorContains(t, err, "on its way", "nobody is answered twice")
	}
	for _, row := range []struct {
		reason string
		body   event.Body
	}{
		{"with itself", event.Merged{From: a.c.ID}},
		{"with nobody", event.Merged{}},
		{"with what is no case", event.Merged{From: "x", Case: []byte(`{"id":"y","seq":1}`)}},
		{"with what is no JSON of a case", event.Merged{From: "x", Case: []byte(`[]`)}},
		{"of another tenant", event.Merged{From: "x", Case: []byte(`{"tenant":"other","id":"x","seq":1}`)}},
		{"that was merged", event.Merged{From: "x", Case: []byte(`{"tenant":"acme","id":"x","seq":1,"merged":{"into":"z"}}`)}},
		{"parted from what it never had", event.Split{From: "x"}},
		{"parted from nothing", event.Split{}},
		{"going on that never ended", event.Split{Into: "x", Case: []byte(`{"id":"x"}`)}},
	} {
		assert.Error(t, a.refused(at, "ana", row.body), row.reason)
	}
}

func TestSplitGivesBackWhatEachOwed(t *testing.T) {
	a, b := twins(t)
	before := []respond.Case{a.c, b.c}
	at := tuesday.Add(2 * time.Hour)
	merge(t, a, b, "ana", at)
	part(t, a, b, at.Add(time.Hour))
	for i, s := range []*story{a, b} {
		assert.Equal(t, before[i].Owed, s.c.Owed)
		assert.Equal(t, before[i].Clocks, s.c.Clocks)
		assert.Equal(t, before[i].Stage, s.c.Stage)
		assert.Equal(t, before[i].Messages, s.c.Messages)
		assert.ElementsMatch(t, before[i].Keys, s.c.Keys)
		assert.False(t, s.c.Due().IsZero())
		s.replay()
	}
	assert.Nil(t, b.c.Merged)
	assert.Empty(t, a.c.Twins)
	assert.ErrorContains(t, a.refused(at.Add(time.Hour), event.Customer,
		event.Received{Mention: mail("m2", "hello?", at)}), "another channel")
	merge(t, a, b, "ana", at.Add(2*time.Hour)) // and once more, the other way of thinking
	part(t, a, b, at.Add(3*time.Hour))
	assert.Equal(t, before[1].Owed, b.c.Owed)
}

func TestSplitAfterTheyWereOne(t *testing.T) {
	a, b := twins(t)
	at := tuesday.Add(2 * time.Hour)
	merge(t, a, b, "ana", at)
	a.sent(at, event.Drafted{Text: "We are sorry about the cancelled flight. I look for a seat today."})
	a.do(at.Add(time.Hour), event.Customer, event.Received{Mention: mail("m2", "@Fjordwing cancelled again", at.Add(time.Hour))})
	part(t, a, b, at.Add(2*time.Hour))
	assert.Zero(t, a.c.Owed, "what was answered is answered")
	assert.Equal(t, at.Add(time.Hour), b.c.Owed, "and what he wrote since is owed where he wrote it")
	assert.Equal(t, "m2", b.c.Open.Ref.ID)
	assert.Equal(t, 2, b.c.Theirs)
	assert.Equal(t, 1, a.c.Theirs)
	assert.False(t, b.c.Due().IsZero())
	a.replay()
	b.replay()
}

// TestNothingOwedIsLost: whatever happens before, while and after two cases are one, what a customer waits for is owed by
// one of them, and at the end by whom it was said to.
func TestNothingOwedIsLost(t *testing.T) {
	rules := shippedRules(t)
	for seed := range uint64(sequences() / 10) {
		rng := rand.New(rand.NewPCG(seed, 11))
		now, n := tuesday, 0
		a := newStory(t, rules, post("a0", "", now))
		b := newStory(t, rules, mail("b0", "", now))
		act := func(s *story, of func(id, text string, at time.Time) mention.Mention) {
			now = now.Add(time.Duration(rng.IntN(5000)) * time.Second)
			n++
			switch k := rng.IntN(6); {
			case k < 3 || s.c.Seq == 0:
				m := of(fmt.Sprint("n", n), "@Fjordwing you cancelled my flight", now)
				if s.c.Seq == 0 {
					m = of(map[bool]string{true: "a0", false: "b0"}[s == a], m.Text, now)
				}
				s.do(now, event.Customer, event.Received{Mention: m})
			case k == 3:
				s.sent(now, event.Drafted{Text: fmt.Sprintf("We are sorry about the cancelled flight. I look for seat %d today.", n)})
			case k == 4 && !s.c.Owed.IsZero():
				s.do(now, "ana", event.Waived{Code: "duplicate"})
			default:
				s.elapse(now)
			}
		}
		for range 1 + rng.IntN(4) {
			act(a, post)
		}
		for range 1 + rng.IntN(4) {
			act(b, mail)
		}
		owedA, owedB := a.c.Owed, b.c.Owed
		merge(t, a, b, "ana", now)
		if !owedA.IsZero() || !owedB.IsZero() {
			require.False(t, a.c.Owed.IsZero(), "seed %d: what one of them owed is owed", seed)
			require.False(t, a.c.Due().IsZero(), "seed %d", seed)
			for _, owed := range []time.Time{owedA, owedB} {
				require.True(t, owed.IsZero() || !a.c.Owed.After(owed), "seed %d: since the older of both", seed)
			}
		}
		asOne := rng.IntN(3)
		for range asOne {
			act(a, map[int]func(string, string, time.Time) mention.Mention{0: post, 1: mail}[rng.IntN(2)])
		}
		one := a.c.Owed
		part(t, a, b, now)
		if asOne == 0 {
			require.Equal(t, owedA, a.c.Owed, "seed %d\n%s", seed, a.script())
			require.Equal(t, owedB, b.c.Owed, "seed %d\n%s", seed, b.script())
		}
		require.Equal(t, one.IsZero(), a.c.Owed.IsZero() && b.c.Owed.IsZero(),
			"seed %d: nothing owed is lost, and nothing comes of nothing\n%s%s", seed, a.script(), b.script())
		for _, s := range []*story{a, b} {
			require.True(t, !s.c.Stage.Live() || !s.c.Due().IsZero(), "seed %d: it is silent", seed)
			require.True(t, s.c.Owed.IsZero() || len(s.c.Clocks) > 0, "seed %d: a clock runs", seed)
			s.replay()
		}
	}
}

// sequences is how many random lives a law is held to; REPUTATION_LONG asks for all of them.
func sequences() int {
	if os.Getenv("REPUTATION_LONG") != "" {
		return 100_000
	}
	return 500
}

// TestEveryPromiseGoesOver: promises have a clock each, and regulators' clocks go where the case goes.
func TestEveryPromiseGoesOver(t *testing.T) {
	a, b := twins(t)
	other := b.c
	promise := func(due time.Duration) escalation.Clock {
		return escalation.Clock{Objective: "promise", Start: tuesday, Due: tuesday.Add(due), Elapsed: true}
	}
	other.Clocks = append(slices.Clone(other.Clocks), promise(time.Hour), promise(2*time.Hour))
	other.Duties = []duty.Owed{{Duty: "breach", Due: tuesday.Add(72 * time.Hour)}}
	a.c.Duties = []duty.Owed{{Duty: "breach", Due: tuesday.Add(73 * time.Hour)}}
	mine, _, err := a.c.Merge(other, "ana", "", tuesday.Add(time.Minute))
	require.NoError(t, err)
	c, _, err := respond.Step(a.rules, a.c, mine, tuesday.Add(time.Minute))
	require.NoError(t, err)
	promised := slices.DeleteFunc(slices.Clone(c.Clocks), func(k escalation.Clock) bool { return k.Objective != "promise" })
	assert.Len(t, promised, 2)
	require.Len(t, c.Duties, 1)
	assert.Equal(t, tuesday.Add(72*time.Hour), c.Duties[0].Due, "the sooner one")
}

// TestAPromiseGoesBack: a promise goes over with its case, and back as it has become.
func TestAPromiseGoesBack(t *testing.T) {
	a, b := twins(t)
	at := tuesday.Add(2 * time.Hour)
	due := at.Add(24 * time.Hour)
	b.c.Promises = []dealing.Promise{
		{ID: "p", What: "a call", By: "ana", At: at, Due: due}, {ID: "q", What: "a seat", By: "ana", At: at, Due: due},
	}
	b.c.Clocks = append(slices.Clone(b.c.Clocks), b.c.Promises[0].Clock())
	one, theirs, err := a.c.Merge(b.c, "ana", "", at)
	require.NoError(t, err)
	c, _, err := respond.Step(a.rules, a.c, one, at)
	require.NoError(t, err)
	other, _, err := respond.Step(a.rules, b.c, theirs, at)
	require.NoError(t, err)
	require.Len(t, c.Promises, 2, "what was promised is owed by the case that goes on")
	c.Promises = slices.Clone(c.Promises)
	c.Promises[1].State = dealing.Kept

	mine, back, err := c.Split(other, "ana", "", at)
	require.NoError(t, err)
	c, _, err = respond.Step(a.rules, c, mine, at)
	require.NoError(t, err)
	other, _, err = respond.Step(a.rules, other, back, at)
	require.NoError(t, err)
	assert.Empty(t, c.Promises, "nobody owes it twice")
	require.Len(t, other.Promises, 2)
	assert.Equal(t, dealing.Kept, other.Promises[1].State, "what was kept is kept")
	for _, row := range []struct {
		reason string
		of     respond.Case
		clocks int
	}{{"it runs no more where it is not owed", c, 0}, {"and runs once where it is", other, 1}} {
		n := 0
		for _, k := range row.of.Clocks {
			if k.Objective == escalation.Promise {
				n++
			}
		}
		assert.Equal(t, row.clocks, n, row.reason)
	}
}

// TestAKeyThatACaseBeganWithIsNotForgotten: what leads to the conversation itself outlives what leads to our answers in it,
// also when it came with another case, and however much is said from then on.
func TestAKeyThatACaseBeganWithIsNotForgotten(t *testing.T) {
	a, b := complaint(t), talked(t, 100)
	at := b.c.At
	talk := func(rounds int) {
		for range rounds {
			at = at.Add(time.Hour)
			a.sent(at, event.Drafted{Text: "We are sorry. We look into it and write to you here by Friday, 18:00 CEST. It is " + at.String()})
			a.do(at, event.Customer, event.Received{Mention: post(at.String(), "and my bag?", at)})
		}
	}
	talk(10)
	began := append(a.c.Keys[:1:1], b.c.Keys[0])
	merge(t, a, b, "ana", at)
	for _, key := range began {
		assert.Contains(t, a.c.Keys, key, "merged")
	}
	talk(40)
	for _, key := range began {
		assert.Contains(t, a.c.Keys, key, "and talked of for long")
	}
	assert.LessOrEqual(t, len(a.c.Keys), 36)
	a.replay()
}
