package incident_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// A surge of 10,000 mentions is one incident and one page a level, and each customer gets an answer of his own when it is
// over. Every step is the library's own: of the incident, and of all its cases.
func TestTenThousand(t *testing.T) {
	f := newFlood(t)
	const n = 10_000
	for i := range n {
		f.arrive(i)
	}
	assert.Equal(t, n, f.in.Cases)
	assert.Equal(t, []string{"ben", "cleo"}, f.paged, "one page a level, whatever the number of cases")
	assert.Equal(t, 1, f.statements, "one statement")
	assert.Equal(t, n, f.held(), "all of them are held")
	assert.Zero(t, f.answers, "and no reply goes out beside the statement")

	f.over(60)
	assert.Zero(t, f.held(), "every case is let go")
	assert.Equal(t, []string{"ben", "cleo"}, f.paged, "and nobody is paged for it")
	f.checkSpread(60)
	for i := range f.cases {
		f.answer(i)
	}
	assert.Equal(t, n, f.answers, "each customer gets one answer")
	assert.Len(t, f.texts, n, "of his own")
	assert.Equal(t, []string{"ben", "cleo"}, f.paged)
	for i := range f.cases {
		require.Zero(t, f.cases[i].Breaches, "nothing was missed, for nothing fell due at once")
		require.True(t, f.cases[i].Owed.IsZero())
	}
	assert.Less(t, len(encode(t, f.in)), 32<<10, "an incident does not grow with its cases")
}

// A flood is an outage: the incident, and the cases of all who wrote.
type flood struct {
	*crisis
	cases      []respond.Case
	n          int
	now        time.Time
	paged      []string // members, by the incident and by cases
	statements int
	answers    int
	texts      map[string]bool
	members    []string // of the incident, as they joined
}

func newFlood(t testing.TB) *flood {
	return &flood{crisis: newCrisis(t), now: night, texts: map[string]bool{}}
}

// step brings an event to a case. What it asks for is counted, and carried out where the incident is concerned.
func (f *flood) step(i int, by string, body event.Body) {
	f.t.Helper()
	f.n++
	c, entry, err := respond.Step(f.rules, f.cases[i], event.Event{ID: fmt.Sprint("case ", f.n), At: f.now, By: by, Body: body}, f.now)
	require.NoError(f.t, err)
	f.cases[i] = c
	for _, x := range entry.Effects {
		switch b := x.Body.(type) {
		case effect.Tell:
			f.paged = append(f.paged, "case: "+b.Member)
		case effect.Join:
			f.incident(event.Host, event.Joined{Case: c.ID, Category: b.Category, Severity: b.Severity, Brand: b.Brand,
				Lang: b.Lang, Mention: b.Mention, Again: b.Again})
			f.step(i, event.Channel, event.Delivered{Key: x.Key})
		case effect.Send:
			f.answers++
			f.texts[b.Text] = true
			f.step(i, event.Channel, event.Delivered{Key: x.Key, Ref: mention.Ref{Channel: "chirp", ID: "ours " + c.ID}})
		}
	}
}

// incident brings an event to the incident, and carries out what it asks for.
func (f *flood) incident(by string, body event.Body) {
	f.t.Helper()
	f.n++
	in, entry, err := incident.Step(f.rules, f.in, event.Event{ID: fmt.Sprint("incident ", f.n), At: f.now, By: by, Body: body}, f.now)
	require.NoError(f.t, err)
	f.in = in
	if b, ok := body.(event.Joined); ok {
		f.members = append(f.members, b.Case)
	}
	for _, x := range entry.Effects {
		switch b := x.Body.(type) {
		case effect.Tell:
			if !b.Relief {
				f.paged = append(f.paged, b.Member)
			}
			f.incident(event.Channel, event.Delivered{Key: x.Key})
		case effect.Publish:
			f.statements++
			f.incident(event.Channel, event.Delivered{Key: x.Key, Ref: mention.Ref{Channel: b.Channel, ID: "s"}})
		case effect.HoldCases:
			for i := range f.cases {
				if b.Case == "" || b.Case == f.cases[i].ID {
					f.hold(i)
				}
			}
		}
	}
}

func (f *flood) hold(i int) {
	f.step(i, event.Host, event.JoinedIncident{Incident: f.in.ID, Told: f.in.Told()})
}

// arrive is the i-th mention: three in a second. The ladder climbs one level, then cleo takes it.
func (f *flood) arrive(i int) {
	f.now = night.Add(time.Duration(i) * 333 * time.Millisecond)
	for !f.in.Due().IsZero() && !f.in.Due().After(f.now) && f.in.State == incident.Suspected {
		f.incident(event.Clock, event.Elapsed{Due: f.in.Due()})
	}
	m := mention.Mention{
		Ref: mention.Ref{Channel: "chirp", ID: fmt.Sprint(i)}, Account: "fjordwing", Lang: "en", PostedAt: f.now, ReceivedAt: f.now,
		Text:   "@fjordwing Fjordwing is down, I cannot check in",
		Author: mention.Author{ID: fmt.Sprint("u", i), Handle: fmt.Sprint("guest", i)},
	}
	f.cases = append(f.cases, respond.New("acme", respond.CaseID(respond.Keys("acme", m))))
	f.step(i, event.Customer, event.Received{Mention: m, Told: f.in.Told()})
	if f.in.State == incident.Suspected && f.now.After(night.Add(6*time.Minute)) {
		f.incident("cleo", event.Taken{})
		f.incident("cleo", event.Declared{})
		f.incident("ben", news("Check-in on our site and app is down."))
		f.incident("cleo", event.Approved{Draft: f.in.Draft.ID})
	}
}

func (f *flood) held() (n int) {
	for i := range f.cases {
		if f.cases[i].Hold != nil {
			n++
		}
	}
	return n
}

// over says that it is over, and lets every case go.
func (f *flood) over(pace int) {
	f.now = f.now.Add(10 * time.Minute)
	f.incident("cleo", event.Dismissed{Pace: pace})
	waiting := make([]incident.Waiting, len(f.cases))
	for i, c := range f.cases {
		require.Equal(f.t, f.members[i], c.ID)
		waiting[i] = incident.Waiting{Case: c.ID, Priority: c.Priority()}
	}
	for i, from := range incident.Spread(f.rules, f.in, waiting, pace, f.now) {
		f.step(i, event.Host, event.IncidentOver{Incident: f.in.ID, From: from})
	}
}

// checkSpread wants no more clocks to fall due in an hour than the house can answer.
func (f *flood) checkSpread(pace int) {
	f.t.Helper()
	hours := map[time.Time]int{}
	for i := range f.cases {
		require.NotEmpty(f.t, f.cases[i].Clocks, "he is owed an answer")
		require.False(f.t, f.cases[i].Owed.IsZero())
		hours[f.cases[i].Due().Truncate(time.Hour)]++
	}
	for hour, n := range hours {
		require.LessOrEqual(f.t, n, pace+1, "%d fall due in the hour of %s", n, hour)
	}
}

// answer is a person's own answer to one customer, at his turn.
func (f *flood) answer(i int) {
	c := f.cases[i]
	f.now = c.Due().Add(-time.Minute)
	text := fmt.Sprintf("Thank you for waiting, guest%d. Check-in works again, and your flight is open for it. Ana", i)
	f.step(i, "ben", event.Drafted{Text: text, Settles: true})
	f.step(i, "cleo", event.Approved{Draft: f.cases[i].Draft.ID})
}
