package respond_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
)

const bad = "\xffbad\x00 text"

// Every text that is stored is written as it will be read: what comes in as no text is mended at the door.
func TestWhatIsStoredIsText(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	rules, odd := shippedRules(t), m
	odd.Kind, odd.Addressed, odd.Author.Name = bad, bad, bad
	for _, row := range []struct {
		reason string
		by     string
		body   func(s *story) event.Body
	}{
		{"received", event.Customer, func(*story) event.Body {
			other := post("2", "again "+bad, tuesday)
			return event.Received{Mention: other, Given: map[string]string{bad: bad}, Standing: bad,
				Observed: []signal.Reading{{Name: bad, Value: 1}}}
		}},
		{"edited", event.Channel, func(*story) event.Body {
			edit := odd
			edit.Revision, edit.Text = 3, bad
			return event.Edited{Mention: edit}
		}},
		{"drafted", "ana", func(*story) event.Body {
			return event.Drafted{Text: "We are sorry " + bad, Play: bad, Asks: []string{bad}}
		}},
		{"rejected", "ana", func(s *story) event.Body { return event.Rejected{Draft: s.c.Draft.ID, Reason: bad} }},
		{"spoken", "ana", func(*story) event.Body { return event.Spoken{Summary: bad} }},
		{"waived", "ana", func(*story) event.Body { return event.Waived{Code: bad, Note: bad} }},
		{"judged", "ana", func(*story) event.Body { return event.Judged{Legitimacy: "genuine", Note: bad} }},
		{"answered elsewhere", event.Channel, func(*story) event.Body { return elsewhere(bad, bad) }},
		{"undelivered", event.Channel, func(s *story) event.Body {
			return event.Undelivered{Key: s.c.Awaited[0].Key, Reason: bad, Detail: bad}
		}},
		{"uncertain", event.Channel, func(s *story) event.Body {
			return event.Uncertain{Key: s.c.Awaited[0].Key, Detail: bad}
		}},
	} {
		s := newStory(t, rules, odd)
		s.do(tuesday, event.Customer, event.Received{Mention: odd, Given: map[string]string{bad: bad}})
		entry := s.do(tuesday, row.by, row.body(s))
		for what, v := range map[string]any{"entry": entry, "case": s.c} {
			once := encode(t, v)
			assert.NotContains(t, once, `\ufffd`, "%s: the %s holds invalid UTF-8", row.reason, what)
			assert.NotContains(t, once, `\u0000`, "%s: the %s holds a NUL", row.reason, what)
		}
		var back respond.Entry
		require.NoError(t, json.Unmarshal([]byte(encode(t, entry)), &back))
		assert.Equal(t, encode(t, entry), encode(t, back), "%s: what is written is what is read", row.reason)
		s.replay()
	}
}

// What is no event costs an error that a program can test.
func TestWhatIsNoEvent(t *testing.T) {
	s := opened(t)
	for _, row := range []struct {
		reason string
		e      event.Event
		now    time.Time
	}{
		{"no id", event.Event{By: "ana", Body: event.Taken{}}, tuesday},
		{"no body", event.Event{ID: "x", By: "ana"}, tuesday},
		{"a nil body", event.Event{ID: "x", By: "ana", Body: (*event.Taken)(nil)}, tuesday},
		{"a body that is no value", event.Event{ID: "x", By: "ana", Body: &event.Taken{}}, tuesday},
		{"an id that is no text", event.Event{ID: bad, By: "ana", Body: event.Taken{}}, tuesday},
		{"an id of a megabyte", event.Event{ID: strings.Repeat("x", 1<<20), By: "ana", Body: event.Taken{}}, tuesday},
		{"somebody who only looks like ana", event.Event{ID: "x", By: "ana\x00", Body: event.Taken{}}, tuesday},
		{"a kind of tomorrow", event.Event{ID: "x", By: "ana", Body: event.Unknown{Name: "filed"}}, tuesday},
		{"a year that JSON cannot write", event.Event{ID: "x", By: "ana", Body: event.Taken{}}, tuesday.AddDate(9000, 0, 0)},
	} {
		next, entry, err := respond.Step(s.rules, s.c, row.e, row.now)
		require.ErrorIs(t, err, respond.ErrRefused, row.reason)
		assert.Zero(t, entry.Seq, row.reason)
		assert.Equal(t, encode(t, s.c), encode(t, next), row.reason)
	}
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	fresh := respond.New("acme", respond.CaseID(respond.Keys("acme", m)))
	e := event.Event{ID: "x", By: event.Customer, Body: event.Received{Mention: m}}
	for reason, c := range map[string]respond.Case{
		"an id that is no text": respond.New("acme", bad), "a tenant that is none": respond.New(bad, "x"), "no id": {},
	} {
		_, _, err := respond.Step(s.rules, c, e, tuesday)
		require.ErrorIs(t, err, respond.ErrRefused, reason)
	}
	_, _, err := respond.Step(s.rules, fresh, e, time.Time{})
	require.ErrorIs(t, err, respond.ErrRefused, "without a now no answer would ever be owed")
}

func TestInstantsThatCannotBeWritten(t *testing.T) {
	for _, at := range []time.Time{{}, time.Unix(1<<40, 0), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
		tuesday.In(time.FixedZone("odd", 5*3600+17))} {
		m := post("1", "@Fjordwing you cancelled my flight", at)
		m.ReceivedAt, m.Author.Since = at, at
		s := newStory(t, shippedRules(t), m)
		e := event.Event{ID: "x", At: at, By: event.Customer, Body: event.Received{Mention: m}}
		_, err := s.try(tuesday, e)
		require.NoError(t, err, "%v", at)
		_, err = s.try(tuesday, event.Event{ID: "y", At: at, By: event.Clock, Body: event.Elapsed{Due: at}})
		require.NoError(t, err, "%v", at)
		s.replay()
	}
}

func TestTheStateIsBounded(t *testing.T) {
	s := opened(t)
	for i := range 12 {
		given := map[string]string{"huge": strings.Repeat("x", 1<<16), "zone": "Europe/Madrid"}
		for n := range 300 {
			given[fmt.Sprint(i, "-", n)] = "value"
		}
		m := post(fmt.Sprint("m", i), "hello?", tuesday)
		s.do(tuesday, event.Customer, event.Received{Mention: m, Given: given, Standing: triage.Customer})
	}
	assert.LessOrEqual(t, len(s.c.Given), 100)
	assert.NotContains(t, s.c.Given, "huge")
	assert.Less(t, len(encode(t, s.c)), 100_000, "thousands of values do not make the case grow")
	s.replay()

	for _, d := range []event.Drafted{
		{Text: strings.Repeat("We are sorry. ", 1<<14)}, {Text: "Sorry.", Asks: []string{strings.Repeat("x", 1<<17)}},
	} {
		assert.ErrorContains(t, s.refused(tuesday, "ana", d), "no channel takes it")
	}
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Drafted{Text: " \x00\n"}), "empty")
}

// A text of thousands of places neither makes the case grow with each of them nor hides the worst behind the rest.
func TestPlacesAreBounded(t *testing.T) {
	many := strings.Repeat("Fjordwing cancelled dana@example.org, ", 3000) + "my card is 4111 1111 1111 1111"
	m := post("1", many, tuesday)
	s := newStory(t, shippedRules(t), m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	require.Len(t, asked[effect.Moderate](entry), 1)
	assert.Equal(t, "private-data", asked[effect.Moderate](entry)[0].Reason, "the card behind three thousand addresses is seen")
	assert.LessOrEqual(t, len(s.c.Verdict.Hits), 200)
	assert.LessOrEqual(t, len(s.c.Verdict.Private), 210)
	assert.Less(t, len(encode(t, s.c)), len(many)+100_000)
	s.do(tuesday, "ana", event.Drafted{Text: strings.Repeat("We are sorry. ", 5000)})
	s.replay()
}

// The same fact with a Given that the caller changes afterwards leaves the case as it was.
func TestNothingIsShared(t *testing.T) {
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	m.Links = []string{"https://example.org"}
	given := map[string]string{"order": "FJ7K2Q"}
	s := newStory(t, shippedRules(t), m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m, Given: given})
	state, stored := encode(t, s.c), encode(t, entry)
	given["order"], given["more"], m.Links[0] = "changed", "x", "changed"
	assert.Equal(t, state, encode(t, s.c))
	assert.Equal(t, stored, encode(t, entry))

	asks := []string{"order"}
	entry = s.do(tuesday, "ana", event.Drafted{Text: "We are sorry.", Asks: asks})
	state, stored = encode(t, s.c), encode(t, entry)
	asks[0] = "changed"
	assert.Equal(t, state, encode(t, s.c))
	assert.Equal(t, stored, encode(t, entry))
	assert.Equal(t, mention.Public, s.c.Draft.Visibility)
}
