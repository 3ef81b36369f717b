package respond_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// talked is a case of so many messages, half of them ours, with one of the customer's unanswered.
func talked(tb testing.TB, messages int) *story {
	m := private(post("1", "@Fjordwing you cancelled my flight", tuesday))
	s := newStory(tb, shippedRules(tb), m)
	at := tuesday
	s.do(at, event.Customer, event.Received{Mention: m})
	for i := 1; s.c.Theirs+s.c.Ours < messages-1; i++ {
		at = at.Add(time.Hour)
		s.sent(at, event.Drafted{Text: fmt.Sprintf("We are sorry. We look into it and write to you here by Friday, 18:00 CEST. Part %d.", i)})
		s.do(at.Add(time.Minute), event.Customer, event.Received{Mention: private(post(fmt.Sprint("m", i), "and my bag?", at))})
	}
	return s
}

// steps are what happens in a case that neither renders a text nor reads one: Decide and Apply alone.
func steps(tb testing.TB, s *story) []event.Event {
	at := s.c.At.Add(time.Minute)
	page := ""
	for _, a := range s.c.Awaited {
		if a.Kind == "tell" && a.Page >= 0 {
			page = a.Key
		}
	}
	require.NotEmpty(tb, page)
	return []event.Event{
		s.event(at, "cleo", event.Taken{}), s.event(at, "ana", event.Meant{Said: event.Thanks}),
		s.event(at, "ana", event.Meant{Said: event.Over}), s.event(at, "ana", event.Waived{Code: "duplicate"}),
		s.event(at, event.Channel, event.Delivered{Key: page}), s.event(at, "cleo", event.HeldByCounsel{Matter: "m"}),
		s.event(at, event.Host, event.JoinedIncident{Incident: "i"}),
	}
}

// BenchmarkStep is one step on a case of 20, 50 and 500 messages, apart from rendering, JSON and hashing.
func BenchmarkStep(b *testing.B) {
	for _, n := range []int{20, 50, 500} {
		s := talked(b, n)
		for _, e := range steps(b, s) {
			b.Run(fmt.Sprintf("%d messages/%s", n, e.Kind()), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, entry, err := respond.Step(s.rules, s.c, e, e.At); err != nil || entry.Seq == 0 {
						b.Fatal(err, entry.Seq)
					}
				}
			})
		}
	}
}

// BenchmarkBeside is what stands beside a step: a word that is read and judged, a text that is rendered, linted and
// hashed, an answer that is linted again and sent, and the JSON of case and entry.
func BenchmarkBeside(b *testing.B) {
	s := talked(b, 20)
	at := s.c.At.Add(time.Minute)
	received := s.event(at, event.Customer, event.Received{Mention: private(post("9", "and my bag is gone, what now?", at))})
	drafted := s.event(at, "ana", event.Drafted{Text: "We are sorry. We look into it and write to you here by Friday, 18:00 CEST."})
	written, _, err := respond.Step(s.rules, s.c, drafted, at)
	require.NoError(b, err)
	approved := s.event(at, "ana", event.Approved{Draft: written.Draft.ID})
	for _, row := range []struct {
		name string
		c    respond.Case
		e    event.Event
	}{{"read and judged", s.c, received}, {"linted and hashed", s.c, drafted}, {"approved and sent", written, approved}} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := respond.Step(s.rules, row.c, row.e, at); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	_, entry, err := respond.Step(s.rules, written, approved, at)
	require.NoError(b, err)
	require.NotEmpty(b, asked[effect.Send](entry))
	b.Run("JSON of the entry", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(entry); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("JSON of the case", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(s.c); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// TestMeasureSteps holds a step to 40 allocations, the same beyond 50 messages, and a case of 20 messages at rest to
// 8 KB of JSON. BenchmarkStep says how long it takes.
func TestMeasureSteps(t *testing.T) {
	before := map[string]float64{}
	for _, n := range []int{20, 50, 500} {
		s := talked(t, n)
		for i, e := range steps(t, s) {
			allocations := testing.AllocsPerRun(20, func() {
				_, _, _ = respond.Step(s.rules, s.c, e, e.At)
			})
			name := fmt.Sprint(i, " ", e.Kind())
			t.Logf("%d messages, %s: %.0f allocations", n, name, allocations)
			assert.LessOrEqual(t, allocations, 40.0, name)
			if n > 50 {
				assert.LessOrEqual(t, allocations, before[name]+1, "%s: it grows with the thread", name)
			}
			before[name] = allocations
		}
		s.do(s.c.At, "ana", event.Meant{Said: event.Over})
		s.elapse(s.c.At.AddDate(0, 1, 0))
		weight := len(encode(t, s.c))
		t.Logf("%d messages, at rest: %d bytes of JSON", n, weight)
		if n == 20 {
			assert.Less(t, weight, 8<<10)
		}
	}
}
