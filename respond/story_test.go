package respond_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/trail"
)

// tuesday is a working day; Madrid is two hours ahead of UTC.
var tuesday = time.Date(2026, 6, 16, 8, 0, 0, 0, time.UTC)

func specs(t testing.TB) respond.Specs {
	t.Helper()
	data, err := os.ReadFile("testdata/specs.json")
	require.NoError(t, err)
	var s respond.Specs
	require.NoError(t, spec.Decode(data, &s))
	return s
}

// compiled are the rules of all stories: they never change, and compiling takes longer than most stories.
var compiled = sync.OnceValues(func() (*respond.Rules, error) {
	data, err := os.ReadFile("testdata/specs.json")
	if err != nil {
		return nil, err
	}
	var s respond.Specs
	if err := spec.Decode(data, &s); err != nil {
		return nil, err
	}
	return respond.NewRules(s, respond.Options{})
})

func shippedRules(t testing.TB) *respond.Rules {
	t.Helper()
	rules, err := compiled()
	require.NoError(t, err)
	return rules
}

// post is a public mention by dana.
func post(id, text string, at time.Time) mention.Mention {
	return mention.Mention{
		Ref: mention.Ref{Channel: "chirp", ID: id}, Account: "fjordwing", Text: text, Lang: "en", PostedAt: at, ReceivedAt: at,
		Author: mention.Author{ID: "u-dana", Handle: "dana", Name: "Dana"},
	}
}

// private makes it a private message.
func private(m mention.Mention) mention.Mention {
	m.Visibility, m.Kind = mention.Private, mention.Message
	return m
}

// A story plays a case event by event, and checks on the way what must hold after every step.
type story struct {
	t     testing.TB
	rules *respond.Rules
	start respond.Case
	c     respond.Case
	trail []respond.Entry
	n     int
}

func newStory(t testing.TB, rules *respond.Rules, m mention.Mention) *story {
	start := respond.New("acme", respond.CaseID(respond.Keys("acme", m)))
	return &story{t: t, rules: rules, start: start, c: start}
}

// try brings an event at an instant.
func (s *story) try(at time.Time, e event.Event) (respond.Entry, error) {
	s.t.Helper()
	before := encode(s.t, s.c)
	next, entry, err := respond.Step(s.rules, s.c, e, at)
	require.Equal(s.t, before, encode(s.t, s.c), "a step never alters its argument")
	if err != nil {
		require.ErrorIs(s.t, err, respond.ErrRefused)
		require.Equal(s.t, before, encode(s.t, next), "on an error nothing happened")
		return entry, err
	}
	again, err := respond.Decide(s.rules, s.c, e, at)
	require.NoError(s.t, err)
	require.Equal(s.t, entry.Seq, again.Seq)
	if entry.Seq > 0 {
		require.Equal(s.t, encode(s.t, entry), encode(s.t, again), "the same Decide twice gives the same bytes")
		s.trail = append(s.trail, entry)
	}
	s.c = next
	twice, repeated, err := respond.Step(s.rules, s.c, e, at)
	require.NoError(s.t, err, "a known event is no error")
	require.Zero(s.t, repeated.Seq, "the same event twice is nothing to store")
	require.Empty(s.t, repeated.Effects, "the same event twice asks for nothing twice")
	require.Equal(s.t, encode(s.t, s.c), encode(s.t, twice))
	return entry, nil
}

func (s *story) do(at time.Time, by string, body event.Body) respond.Entry {
	s.t.Helper()
	entry, err := s.try(at, s.event(at, by, body))
	require.NoError(s.t, err)
	return entry
}

func (s *story) refused(at time.Time, by string, body event.Body) error {
	s.t.Helper()
	_, err := s.try(at, s.event(at, by, body))
	require.Error(s.t, err)
	return err
}

// event wraps a body with the id that its kind wants.
func (s *story) event(at time.Time, by string, body event.Body) event.Event {
	s.n++
	id := event.RequestID(fmt.Sprint("request ", s.n))
	switch b := body.(type) {
	case event.Received:
		id = event.ReceivedID(b.Mention)
	case event.Edited:
		id = event.EditedID(b.Mention)
	case event.Removed:
		id = event.RemovedID(b.Ref)
	case event.AnsweredElsewhere:
		id = event.ElsewhereID(b.Ref)
	case event.Delivered:
		id = event.OutcomeID(b.Key, b, 1)
	case event.Undelivered:
		id = event.OutcomeID(b.Key, b, 1)
	case event.Uncertain:
		id = event.OutcomeID(b.Key, b, 1)
	case event.Elapsed:
		id = event.ElapsedID(s.c.ID, b.Due)
	}
	return event.Event{ID: id, At: at, By: by, Body: body}
}

// elapse brings the case to what is due until then, one instant after the other, and returns the entries.
func (s *story) elapse(until time.Time) (entries []respond.Entry) {
	s.t.Helper()
	for i := 0; !s.c.Due().IsZero() && !s.c.Due().After(until); i++ {
		require.Less(s.t, i, 1000, "the case is due again and again at %s", s.c.Due())
		due := s.c.Due()
		entries = append(entries, s.do(due, event.Clock, event.Elapsed{Due: due}))
	}
	return entries
}

// replay folds the whole trail, through its JSON, and wants the stored case again.
func (s *story) replay() {
	s.t.Helper()
	var entries []respond.Entry
	require.NoError(s.t, json.Unmarshal([]byte(encode(s.t, s.trail)), &entries))
	got := trail.Fold(s.start, entries, respond.Apply)
	require.Equal(s.t, encode(s.t, s.c), encode(s.t, got), "folding the trail gives the stored case, byte for byte")
}

// script tells the story so far, a line an entry.
func (s *story) script() string {
	var b strings.Builder
	for _, e := range s.trail {
		fmt.Fprintf(&b, "%s %s by %s", e.At.Format("01-02 15:04"), e.Event.Kind(), e.Event.By)
		for _, m := range e.Change.Moves {
			fmt.Fprintf(&b, ", %s to %s", m.From, m.To)
		}
		if e.Change.Owed != nil {
			fmt.Fprintf(&b, ", owed %v", !e.Change.Owed.IsZero())
		}
		if w := e.Change.Waits; w != nil {
			fmt.Fprintf(&b, ", waits %s", w.Kind)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func encode(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

// asked returns the requests of one kind.
func asked[B effect.Body](e respond.Entry) (out []B) {
	for _, x := range e.Effects {
		if b, ok := x.Body.(B); ok {
			out = append(out, b)
		}
	}
	return out
}

// keyOf is the key of the first request of one kind.
func keyOf[B effect.Body](t testing.TB, e respond.Entry) string {
	t.Helper()
	for _, x := range e.Effects {
		if _, ok := x.Body.(B); ok {
			return x.Key
		}
	}
	require.Fail(t, "nothing of the kind was asked for", "%v", e.Effects)
	return ""
}

// sent drafts, approves and delivers an answer by ana.
func (s *story) sent(at time.Time, d event.Drafted) respond.Entry {
	s.t.Helper()
	s.do(at, "ana", d)
	require.NotNil(s.t, s.c.Draft)
	for _, f := range s.c.Draft.Findings { // a warning is for whoever approves to weigh
		require.NotEqual(s.t, guideline.Error, f.Level, "%v", f)
	}
	entry := s.do(at, "ana", event.Approved{Draft: s.c.Draft.ID})
	key := keyOf[effect.Send](s.t, entry)
	ref := mention.Ref{Channel: "chirp", ID: fmt.Sprint("ours-", s.n)}
	return s.do(at, event.Channel, event.Delivered{Key: key, Ref: ref})
}

func TestReplyToOurReplyJoinsItsCase(t *testing.T) {
	rules := shippedRules(t)
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, rules, m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.sent(tuesday.Add(time.Minute), event.Drafted{Text: "We are sorry. Tell us by direct message which flight it was.", Asks: []string{"order"}})
	ours := s.c.Messages[len(s.c.Messages)-1].Ref

	answer := post("9", "it was the 7 am one", tuesday.Add(time.Hour))
	answer.Parent = ours.ID
	assert.Contains(t, s.c.Keys, respond.Keys("acme", answer)[0], "the strongest key of his answer leads here")
	stranger := answer
	stranger.Author = mention.Author{ID: "u-max"}
	for _, k := range respond.Keys("acme", stranger) {
		assert.NotContains(t, s.c.Keys, k, "a stranger beneath our answer has a case of his own")
	}
	for _, k := range respond.Keys("other", answer) {
		assert.NotContains(t, s.c.Keys, k, "another tenant never meets it")
	}
	inPrivate := private(post("10", "booking is on its way", tuesday.Add(2*time.Hour)))
	assert.Contains(t, s.c.Keys, respond.Keys("acme", inPrivate)[0], "we asked him to write in private: his message joins")
}
