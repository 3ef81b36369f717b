package respond_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// talked is a case of so many messages, half of them ours, with one of the customer's unanswered. Their ids are as long as
// those of the usual platforms.
func talked(tb testing.TB, messages int) *story {
	id := func(n int) string { return fmt.Sprintf("20667788990%08d", n) }
	m := private(post(id(0), "@Fjordwing you cancelled my flight", tuesday))
	s := newStory(tb, shippedRules(tb), m)
	at := tuesday
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	for i := 1; s.c.Theirs+s.c.Ours < messages-1; i++ {
		at = at.Add(time.Hour)
		if at.Hour() >= 15 { // ana answers by day, and so does he
			at = at.Add(17 * time.Hour)
		}
		if at.Weekday() == time.Saturday {
			at = at.AddDate(0, 0, 2)
		}
		s.do(at, "ana", event.Drafted{Text: fmt.Sprintf("We are sorry. We look into it and write to you here by Friday, 18:00 CEST. Part %d.", i)})
		sent := keyOf[effect.Send](tb, s.do(at, "ana", event.Approved{Draft: s.c.Draft.ID}))
		s.do(at, event.Channel, event.Delivered{Key: sent, Ref: mention.Ref{Channel: "chirp", ID: id(2*i - 1)}})
		s.do(at.Add(time.Minute), event.Customer, event.Received{Mention: private(post(id(2*i), "and my bag?", at))})
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
	for _, n := range []int{20, 50} {
		c := talked(b, n).c
		data, err := json.Marshal(c)
		require.NoError(b, err)
		b.Run(fmt.Sprintf("JSON of a case of %d messages", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := json.Marshal(c); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("a case of %d messages read", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := json.Unmarshal(data, new(respond.Case)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestMeasureSteps holds a step to 40 allocations, the same beyond 50 messages, and a case at rest to 8 KB of JSON however
// much was said. BenchmarkStep says how long it takes.
func TestMeasureSteps(t *testing.T) {
	before := map[string]float64{}
	for _, n := range []int{20, 50, 500} {
		s := talked(t, n)
		for i, e := range steps(t, s) {
			name := fmt.Sprint(i, " ", e.Kind())
			allocations := costs(t, fmt.Sprintf("%d messages, %s", n, name), s, e)
			if n > 50 {
				assert.LessOrEqual(t, allocations, before[name]+1, "%s: it grows with the thread", name)
			}
			before[name] = allocations
		}
		s.do(s.c.At, "ana", event.Meant{Said: event.Over})
		s.elapse(s.c.At.AddDate(0, 1, 0))
		weigh(t, fmt.Sprintf("%d messages, at rest", n), s)
	}
}

// TestMeasureAFullCase holds a case at rest to the same 8 KB in which all was done that is usual: it was taken, three notes
// were written, two promises kept, and every page was heard of.
func TestMeasureAFullCase(t *testing.T) {
	s := talked(t, 500)
	s.do(s.c.At, "ana", event.Taken{})
	for range 3 {
		s.do(s.c.At, "ana", event.Noted{Text: "The crew in Bergen found the bag, and keeps it until Friday."})
	}
	for range 2 {
		s.do(s.c.At, "ana", event.Promised{Promise: event.Promise{What: "call about the refund", Due: s.c.At.Add(time.Hour)}})
		s.do(s.c.At, "ana", event.Kept{Promise: s.c.Promises[len(s.c.Promises)-1].ID})
	}
	for _, e := range steps(t, s) {
		costs(t, "500 messages, at work, "+e.Kind(), s, e)
	}
	for _, a := range s.c.Awaited {
		s.do(s.c.At, event.Channel, event.Delivered{Key: a.Key})
	}
	t.Logf("500 messages, at work: %d bytes of JSON", len(encode(t, s.c)))
	s.do(s.c.At, "ana", event.Meant{Said: event.Over})
	s.elapse(s.c.At.AddDate(0, 1, 0))
	weigh(t, "500 messages, full, at rest", s)
}

// costs prints what a step allocates, and holds it to 40 allocations and 8 KB. It is 3 KB more where the decision itself,
// which is large, is not made on the stack.
func costs(t *testing.T, what string, s *story, e event.Event) float64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	allocations := testing.AllocsPerRun(20, func() { _, _, _ = respond.Step(s.rules, s.c, e, e.At) })
	runtime.ReadMemStats(&after)
	bytes := (after.TotalAlloc - before.TotalAlloc) / 21 // it runs once more, to warm up
	t.Logf("%s: %.0f allocations, %d bytes", what, allocations, bytes)
	assert.LessOrEqual(t, allocations, 40.0, what)
	assert.LessOrEqual(t, bytes, uint64(8<<10), what)
	return allocations
}

// weigh prints what the JSON of a case weighs, member by member, the heaviest first.
func weigh(t *testing.T, what string, s *story) {
	t.Helper()
	var members map[string]json.RawMessage
	data := encode(t, s.c)
	require.NoError(t, json.Unmarshal([]byte(data), &members))
	names := slices.SortedFunc(maps.Keys(members), func(a, b string) int {
		return cmp.Or(len(members[b])-len(members[a]), strings.Compare(a, b))
	})
	var parts []string
	for _, name := range names {
		parts = append(parts, fmt.Sprint(name, " ", len(members[name])))
	}
	t.Logf("%s: %d bytes of JSON: %s", what, len(data), strings.Join(parts, ", "))
	assert.Less(t, len(data), 8<<10, what)
}
