package incident_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

func (c *crisis) declared(at time.Time) *crisis {
	c.t.Helper()
	c.join(at, 1)
	c.do(at, "cleo", event.Declared{})
	return c
}

// news is a statement that promises the next one within an interval.
func news(text string) event.Stated {
	return event.Stated{Statement: event.Statement{Text: text + " News here every 30 minutes.", Every: spec.Of(30 * time.Minute)}}
}

// says has a statement written and allowed.
func (c *crisis) says(at time.Time, text string) incident.Entry {
	c.t.Helper()
	c.do(at, "ben", news(text))
	return c.do(at, "cleo", event.Approved{Draft: c.in.Draft.ID})
}

func publications(e incident.Entry) (out []effect.Publish) {
	for _, x := range e.Effects {
		if p, ok := x.Body.(effect.Publish); ok {
			out = append(out, p)
		}
	}
	return out
}

func TestADeclaredCrisisIsNeverForgotten(t *testing.T) {
	c := newCrisis(t).declared(night)
	entries := c.elapse(night.Add(time.Hour))
	assert.NotEmpty(t, tells(entries...), "an hour without a word to the public pages, statement or none")
	c.do(night.Add(time.Hour), "cleo", event.Taken{})
	entry := c.says(night.Add(time.Hour), "Our site is down.")
	stands := event.Delivered{Key: keyOf[effect.Publish](t, entry), Ref: mention.Ref{Channel: "chirp", ID: "s"}}
	c.do(night.Add(time.Hour), event.Channel, stands)
	for n := range 3 {
		entries = c.elapse(c.in.Due())
		assert.NotEmpty(t, tells(entries...), "promised news that do not come page, time after time (%d)", n)
		assert.Equal(t, 1, c.in.Breaches, "and are one broken promise")
		c.do(c.in.At, "cleo", event.Taken{})
		require.False(t, c.in.Due().IsZero(), "taken is not told: the public still waits")
	}
	c.replay()
}

func TestADeclaredCrisisIsEnded(t *testing.T) {
	c := newCrisis(t).declared(night)
	c.do(night, "ben", news("Our site is down."))
	draft := c.in.Draft.ID
	assert.Contains(t, c.refused(night, "ben", event.Dismissed{}), "cleo", "who may declare says when it is over")
	entry := c.do(night, "cleo", event.Dismissed{Note: "dana said it works, 600 111 222"})
	assert.Equal(t, incident.State("resolved"), c.in.State)
	assert.NotEmpty(t, keyOf[effect.Resume](t, entry))
	assert.NotContains(t, encode(t, entry.Effects), "dana", "a person's note does not leave with an effect")
	assert.False(t, c.in.Live())
	assert.True(t, c.in.Due().IsZero())
	c.refused(night, "cleo", event.Approved{Draft: draft})
	c.refused(night, "cleo", event.Dismissed{})
	c.replay()
}

func TestWhatJoinsWhatIsOver(t *testing.T) {
	c := newCrisis(t).declared(night)
	c.says(night, "Our site is down.")
	c.do(night, "cleo", event.Dismissed{})
	later := night.Add(30 * 24 * time.Hour)
	entry := c.join(later, 1)
	assert.NotEmpty(t, tells(entry), "a case that joins what is over is no silence")
	assert.Equal(t, incident.Suspected, c.in.State)
	assert.Nil(t, c.in.Statement, "what was said then is not revised now")
	assert.Empty(t, c.in.Commander)
	assert.Equal(t, []string{incident.Key("acme", "outage")}, c.in.Keys())
	c.elapse(later.Add(2 * time.Hour))
	assert.Equal(t, incident.Suspected, c.in.State, "it is asked again, as the first time")

	other := event.Joined{Case: "x", Category: "leak"}
	assert.Contains(t, c.refused(later, event.Host, other), "another")
	before := c.in.Cases
	assert.Empty(t, c.do(later, event.Host, event.Joined{Case: "case-1", Category: "outage", Again: true}).Effects)
	assert.Equal(t, before, c.in.Cases, "a case is counted once")
	c.replay()
}

func TestPagesOfAnOverIncidentEnd(t *testing.T) {
	c := newCrisis(t)
	c.join(night, 1)
	entry := c.do(night, "ben", event.Dismissed{})
	c.do(night, event.Channel, event.Undelivered{Key: keyOf[effect.Resume](t, entry), Reason: event.Failed})
	require.False(t, c.in.Due().IsZero(), "posts that are held still are told to somebody")
	c.do(night, "cleo", event.Taken{})
	assert.True(t, c.in.Due().IsZero(), "who takes it ends the pages")
	c.replay()
}

func TestAnOldPageIsNotANewOne(t *testing.T) {
	c := newCrisis(t)
	old := keyOf[effect.Tell](t, c.join(night, 1))
	var entries []incident.Entry
	for len(c.trail) < 100 && c.in.Asked == 0 {
		entries = c.elapse(c.in.Due())
	}
	again := keyOf[effect.Tell](t, entries[len(entries)-1])
	c.do(c.in.At, event.Channel, event.Delivered{Key: old})
	bounced := c.do(c.in.At, event.Channel, event.Undelivered{Key: again, Reason: event.Failed})
	assert.NotEmpty(t, tells(bounced), "the new page bounced, whatever became of an old one of the same number")
	c.replay()
}

// rulesWithTwo have two accounts on one channel.
func rulesWithTwo(t *testing.T) *respond.Rules {
	t.Helper()
	s := rulesOf(t).Specs()
	accounts := s.Watchlist.Ours.Accounts
	second := accounts[0]
	second.ID, second.Handle = "fjordwing-help", "fjordwing_help"
	s.Watchlist.Ours.Accounts = append(accounts[:1:1], second)
	rules, err := respond.NewRules(s, respond.Options{})
	require.NoError(t, err)
	return rules
}

func TestOneStatementAtEachAccount(t *testing.T) {
	c := newCrisis(t)
	c.rules = rulesWithTwo(t)
	c.declared(night)
	entry := c.says(night, "Our site is down.")
	require.Len(t, publications(entry), 2)
	a, b := entry.Effects[0].Key, entry.Effects[1].Key
	ours := mention.Ref{Channel: "chirp", ID: "post of the first"}
	theirs := mention.Ref{Channel: "chirp", ID: "post of the second"}
	c.do(night, event.Channel, event.Delivered{Key: b, Ref: theirs})
	entry = c.do(night, event.Channel, event.Uncertain{Key: a})
	assert.NotEmpty(t, tells(entry), "a person is told")

	entry = c.says(night.Add(time.Minute), "We found the cause.")
	require.Len(t, publications(entry), 1, "where nobody knows what stands nothing is published beside it")
	assert.Equal(t, "fjordwing-help", publications(entry)[0].Account)
	assert.Equal(t, theirs, publications(entry)[0].Revise, "each account revises its own post")
	c.do(night.Add(time.Minute), event.Channel, event.Undelivered{Key: entry.Effects[0].Key, Reason: event.Failed})

	entry = c.do(night.Add(2*time.Minute), "cleo", event.Delivered{Key: a, Ref: ours})
	require.Len(t, publications(entry), 1, "the newer version follows once it is known")
	assert.Equal(t, ours, publications(entry)[0].Revise)
	assert.Contains(t, publications(entry)[0].Text, "cause")

	entry = c.says(night.Add(3*time.Minute), "Half of it works again.")
	require.Len(t, publications(entry), 1)
	assert.Equal(t, theirs, publications(entry)[0].Revise, "a revision that failed leaves the post where it was")
	c.replay()
}

func TestWhatNoStatementMayBe(t *testing.T) {
	c := newCrisis(t).declared(night)
	for _, row := range []struct {
		reason string
		st     event.Statement
	}{
		{"ten megabytes", event.Statement{Text: strings.Repeat("Our site is down. ", 1<<19), Every: spec.Of(time.Hour)}},
		{"nothing but a NUL", event.Statement{Text: "\x00 ", Every: spec.Of(time.Hour)}},
	} {
		c.refused(night, "ben", event.Stated{Statement: row.st})
	}
	for _, row := range []struct {
		reason string
		st     event.Statement
	}{
		{"an interval of a nanosecond is due before it is said", event.Statement{Text: "News here.", Every: 1}},
		{"an interval of three hundred years", event.Statement{Text: "News here.", Every: 1<<63 - 1}},
		{"a year that cannot be written", event.Statement{Text: "News at 09:00.", Next: night.AddDate(9000, 0, 0), Zone: "UTC"}},
		{"longer than the place takes, and never split",
			event.Statement{Text: strings.Repeat("We work on it. ", 40) + "News here every 30 minutes.", Every: spec.Of(30 * time.Minute)}},
	} {
		c.do(night, "ben", event.Stated{Statement: row.st})
		_, err := c.try(night, "cleo", event.Approved{Draft: c.in.Draft.ID})
		assert.ErrorIs(t, err, respond.ErrRefused, row.reason)
	}
	noText := event.Statement{Text: "\xffDown\x00.", Zone: "\xff", Look: "\xff", Every: spec.Of(time.Hour)}
	c.do(night, "ben", event.Stated{Statement: noText})
	assert.NotContains(t, encode(t, c.trail[len(c.trail)-1]), `\ufffd`)
	c.replay()
}

func TestWhatIsNoEvent(t *testing.T) {
	rules := rulesOf(t)
	joined := event.Joined{Case: "c", Category: "outage"}
	for _, row := range []struct {
		reason string
		in     incident.Incident
		e      event.Event
		now    time.Time
	}{
		{"no now", incident.New("acme", "x"), event.Event{ID: "x", Body: joined}, time.Time{}},
		{"an id that is no text", incident.New("acme", "x"), event.Event{ID: "\xff", Body: joined}, night},
		{"a name that is no text", incident.New("acme", "x"), event.Event{ID: "x", By: "cleo\x00", Body: joined}, night},
		{"a nil body", incident.New("acme", "x"), event.Event{ID: "x", Body: (*event.Joined)(nil)}, night},
		{"an incident without an id", incident.Incident{}, event.Event{ID: "x", Body: joined}, night},
		{"an incident whose id is no text", incident.New("acme", "\xff"), event.Event{ID: "x", Body: joined}, night},
	} {
		_, entry, err := incident.Step(rules, row.in, row.e, row.now)
		require.ErrorIs(t, err, respond.ErrRefused, row.reason)
		assert.Zero(t, entry.Seq, fmt.Sprint(row.reason))
	}
}
