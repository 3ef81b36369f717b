package insight_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/insight"
)

// tuesday is a working day in week 2026-W25; Madrid is two hours ahead of UTC.
var tuesday = time.Date(2026, 6, 16, 8, 0, 0, 0, time.UTC)

// house is the rules that package respond tests its own stories with.
func house(t testing.TB, edit func(*respond.Specs)) *respond.Rules {
	t.Helper()
	data, err := os.ReadFile("../testdata/specs.json")
	require.NoError(t, err)
	var s respond.Specs
	require.NoError(t, spec.Decode(data, &s))
	if edit != nil {
		edit(&s)
	}
	rules, err := respond.NewRules(s, respond.Options{})
	require.NoError(t, err)
	return rules
}

// alone lets the thanks go out without a person.
func alone(s *respond.Specs) {
	for i := range s.Playbook.Plays {
		if s.Playbook.Plays[i].ID == "thank" {
			s.Playbook.Plays[i].Unattended = true
		}
	}
}

// A story plays one case and keeps its trail.
type story struct {
	t       testing.TB
	rules   *respond.Rules
	start   respond.Case
	c       respond.Case
	entries []respond.Entry
	n       int
}

func post(author, id, text string, at time.Time) mention.Mention {
	return mention.Mention{
		Ref: mention.Ref{Channel: "chirp", ID: id}, Account: "fjordwing", Text: text, Lang: "en", PostedAt: at, ReceivedAt: at,
		Author: mention.Author{ID: "u-" + author, Handle: author, Name: "Dana " + author},
	}
}

func begin(t testing.TB, rules *respond.Rules, m mention.Mention) *story {
	start := respond.New("acme", respond.CaseID(respond.Keys("acme", m)))
	s := &story{t: t, rules: rules, start: start, c: start}
	s.do(m.ReceivedAt, event.Customer, event.Received{Mention: m})
	return s
}

func (s *story) try(at time.Time, by string, body event.Body) (respond.Entry, error) {
	s.n++
	id := event.RequestID(fmt.Sprint("request ", s.n))
	switch b := body.(type) {
	case event.Received:
		id = event.ReceivedID(b.Mention)
	case event.Elapsed:
		id = event.ElapsedID(s.c.ID, b.Due)
	}
	next, entry, err := respond.Step(s.rules, s.c, event.Event{ID: id, At: at, By: by, Body: body}, at)
	if err == nil && entry.Seq > 0 {
		s.c, s.entries = next, append(s.entries, entry)
	}
	return entry, err
}

func (s *story) do(at time.Time, by string, body event.Body) respond.Entry {
	s.t.Helper()
	entry, err := s.try(at, by, body)
	require.NoError(s.t, err)
	return entry
}

// sent drafts, approves and delivers an answer by ana.
func (s *story) sent(at time.Time, d event.Drafted) {
	s.t.Helper()
	s.do(at, "ana", d)
	s.do(at, "ana", event.Approved{Draft: s.c.Draft.ID})
	s.arrived(at)
}

// arrived delivers the answer that is on its way.
func (s *story) arrived(at time.Time) {
	s.t.Helper()
	for _, a := range s.c.Awaited {
		if a.Kind == "send" {
			s.do(at, event.Channel, event.Delivered{Key: a.Key, Ref: mention.Ref{Channel: "chirp", ID: "ours-" + a.Key}})
			return
		}
	}
	require.Fail(s.t, "nothing is on its way")
}

// elapse brings the case to what is due until then.
func (s *story) elapse(until time.Time) {
	s.t.Helper()
	for i := 0; !s.c.Due().IsZero() && !s.c.Due().After(until); i++ {
		require.Less(s.t, i, 1000)
		due := s.c.Due()
		s.do(due, event.Clock, event.Elapsed{Due: due})
	}
}

func (s *story) trail() insight.Trail {
	return insight.Trail{Start: s.start, Entries: slices.Values(s.entries)}
}

// at is an instant of the story, in minutes after its beginning.
func at(minutes int) time.Time { return tuesday.Add(time.Duration(minutes) * time.Minute) }

// The stories whose figures are counted by hand below.

// resolved: asked after 10 minutes in time, details after an hour, answered late, over by the customer's word.
func resolved(t testing.TB, rules *respond.Rules) *story {
	s := begin(t, rules, post("ada", "a1", "@Fjordwing you cancelled my flight, I am @ada, mail ada@fjord.example", tuesday))
	s.sent(at(10), event.Drafted{Text: "We are sorry. Tell us by direct message which flight it was.", Asks: []string{"order"}})
	m := post("ada", "a2", "the 7 am one", at(70))
	m.Visibility, m.Kind = mention.Private, mention.Message
	s.do(at(70), event.Customer, event.Received{Mention: m})
	s.elapse(at(150)) // due at 130: missed
	s.sent(at(150), event.Drafted{Text: "We have a seat for you at noon."})
	s.do(at(200), "ana", event.Meant{Said: event.Over})
	s.elapse(at(200).AddDate(0, 0, 8))
	return s
}

// thanked: the play answers by itself and nobody writes again.
func thanked(t testing.TB, rules *respond.Rules) *story {
	s := begin(t, rules, post("bo", "b1", "thank you Fjordwing, wonderful crew, great flight", tuesday))
	s.arrived(at(2))
	s.elapse(at(0).AddDate(0, 0, 5))
	return s
}

// dropped: a member waives the answer.
func dropped(t testing.TB, rules *respond.Rules) *story {
	s := begin(t, rules, post("cy", "c1", "@Fjordwing how do you do?", tuesday))
	s.do(at(5), "ana", event.Waived{Code: "chatter"})
	s.elapse(at(0).AddDate(0, 0, 5))
	return s
}

// exposed: a card number in public is hidden, and nobody answers for a day.
func exposed(t testing.TB, rules *respond.Rules) *story {
	s := begin(t, rules, post("dee", "d1", "Fjordwing, charge my card 4111 1111 1111 1111 please", tuesday))
	for _, x := range s.entries[0].Effects {
		if _, ok := x.Body.(effect.Moderate); ok {
			s.do(at(1), event.Channel, event.Delivered{Key: x.Key})
		}
	}
	s.elapse(at(24 * 60))
	return s
}

// settled: answered once in time, nothing more is said, and it closes as answered.
func settled(t testing.TB, rules *respond.Rules) *story {
	s := begin(t, rules, post("eve", "e1", "@Fjordwing why was my flight cancelled?", tuesday))
	s.sent(at(30), event.Drafted{Text: "Fog closed the airport until noon.", Settles: true})
	s.elapse(at(0).AddDate(0, 0, 20))
	return s
}

// A life is a random case: whatever comes in whatever order.
func life(t testing.TB, rules *respond.Rules, seed uint64) *story {
	rng := rand.New(rand.NewPCG(seed, 11))
	texts := []string{"@Fjordwing you cancelled my flight", "Fjordwing is down", "thank you Fjordwing, wonderful crew, great flight",
		"why?", "a passenger is unconscious", "my card is 4111 1111 1111 1111 Fjordwing", "ok"}
	now := tuesday.Add(time.Duration(rng.IntN(30*24)) * time.Hour)
	start := now
	who := fmt.Sprint("u", seed)
	m := post(who, "0", texts[rng.IntN(len(texts))], now)
	s := &story{t: t, rules: rules, start: respond.New("acme", respond.CaseID(respond.Keys("acme", m)))}
	s.c = s.start
	_, _ = s.try(now, "ana", event.Received{Mention: m, Backfill: rng.IntN(9) == 0})
	for i := range 25 {
		now = now.Add(time.Duration(rng.ExpFloat64() * float64(5*time.Hour)))
		if due := s.c.Due(); rng.IntN(3) == 0 && !due.IsZero() {
			now = due
			if now.Before(start) {
				now = start
			}
			_, _ = s.try(now, event.Clock, event.Elapsed{Due: due})
			continue
		}
		by := []string{"ana", "cleo", "cleo", "nobody"}[rng.IntN(4)]
		_, _ = s.try(now, by, s.any(rng, now, who, strconv.Itoa(i+1), texts))
	}
	return s
}

func (s *story) any(rng *rand.Rand, now time.Time, who, id string, texts []string) event.Body {
	if len(s.c.Awaited) > 0 && rng.IntN(2) == 0 {
		key := s.c.Awaited[rng.IntN(len(s.c.Awaited))].Key
		if rng.IntN(6) == 0 {
			return event.Undelivered{Key: key, Reason: event.Failed}
		}
		return event.Delivered{Key: key, Ref: mention.Ref{Channel: "chirp", ID: "d" + key}}
	}
	if s.c.Draft != nil && rng.IntN(2) == 0 {
		return event.Approved{Draft: s.c.Draft.ID}
	}
	switch rng.IntN(9) {
	case 0, 1:
		return event.Received{Mention: post(who, id, texts[rng.IntN(len(texts))], now)}
	case 2, 3:
		d := event.Drafted{Text: fmt.Sprint("We are sorry about this, case ", rng.IntN(99))}
		d.Proposes, d.Settles = rng.IntN(4) == 0, rng.IntN(3) == 0
		return d
	case 4:
		return event.Meant{Said: []event.Meaning{event.Over, event.Over, event.Thanks, event.Ends, event.StillBroken}[rng.IntN(5)]}
	case 5:
		return event.Spoken{Summary: "called", Said: []event.Meaning{"", event.Over}[rng.IntN(2)]}
	case 6:
		return event.Waived{Code: "spam"}
	case 7:
		return event.AnsweredElsewhere{Ref: mention.Ref{Channel: "chirp", ID: "e" + id}, Automatic: rng.IntN(3) == 0}
	}
	return event.Judged{Legitimacy: []string{"genuine", "fake"}[rng.IntN(2)]}
}

func encode(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}
