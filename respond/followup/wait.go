package followup

import (
	"time"

	"github.com/reputekit/reputation/mention/spec"
)

// A Wait is what a conversation waits for from the customer, and until when. The zero value waits for nothing.
type Wait struct {
	Kind    WaitKind  `json:"kind"`
	At      time.Time `json:"at"`
	N       int       `json:"n,omitempty"`       // reminders asked for so far
	Because string    `json:"because,omitempty"` // "reminder 1 of 2 fell at 03:20 and waits for 09:00 Europe/Madrid"
}

// WaitKind is what a conversation waits for.
type WaitKind string

// What a conversation can wait for.
const (
	Rest    WaitKind = "rest"    // nothing more is expected; then it closes as answered
	Remind  WaitKind = "remind"  // an answer of the customer; then he is reminded
	Survey  WaitKind = "survey"  // then it closes as resolved
	Revisit WaitKind = "revisit" // he fell silent; then a person looks at it, if it is grave or drawn for the sample
	Lapse   WaitKind = "lapse"   // then it closes as lapsed
	Look    WaitKind = "look"    // no clock runs; then a person is asked to look at it
)

// A Plan is how long each wait lasts, and from when on a reply is read without a person. The zero value of a field means its default.
type Plan struct {
	Rest      spec.Duration   `json:"rest,omitempty"`      // 3 days
	Reminders []spec.Duration `json:"reminders,omitempty"` // after our question: 3 days and 10 days
	Survey    spec.Duration   `json:"survey,omitempty"`    // 7 days
	Revisit   spec.Duration   `json:"revisit,omitempty"`   // 30 days of silence
	Lapse     spec.Duration   `json:"lapse,omitempty"`     // 90 days of silence
	Look      spec.Duration   `json:"look,omitempty"`      // 1 day
	Invite    spec.Duration   `json:"invite,omitempty"`    // after he leaves Fulfilling or Answered for the first time: 7 days
	Scale     string          `json:"scale,omitempty"`     // of the survey, as event.Scale: csat
	Version   string          `json:"version,omitempty"`   // of the scale, where it has one
	Sample    int             `json:"sample,omitempty"`    // per mille of silent cases that a person looks at all the same: 100
	From      string          `json:"from,omitempty"`      // the customer's daytime begins: 09:00
	To        string          `json:"to,omitempty"`        // and ends: 19:00
	Zone      string          `json:"zone,omitempty"`      // the brand's IANA zone, where the customer's is not known: UTC

	// From this value of a signal on, per mille, it says what a reply means: 900, and 950 for his word that it is over.
	// Above 1000 a person says it always.
	Read int `json:"read,omitempty"`
	Over int `json:"over,omitempty"`
}

const day = 24 * time.Hour

// Filled returns the plan with every default written out.
func (p Plan) Filled() Plan {
	or := func(d *spec.Duration, v time.Duration) {
		if *d <= 0 {
			*d = spec.Of(v)
		}
	}
	or(&p.Rest, 3*day)
	or(&p.Survey, 7*day)
	or(&p.Revisit, 30*day)
	or(&p.Lapse, 90*day)
	or(&p.Look, day)
	or(&p.Invite, 7*day)
	if p.Scale == "" {
		p.Scale = "csat"
	}
	if len(p.Reminders) == 0 {
		p.Reminders = []spec.Duration{spec.Of(3 * day), spec.Of(10 * day)}
	}
	if p.Sample <= 0 {
		p.Sample = 100
	}
	if p.Read <= 0 {
		p.Read = 900
	}
	if p.Over <= 0 {
		p.Over = 950
	}
	if p.From == "" {
		p.From = "09:00"
	}
	if p.To == "" {
		p.To = "19:00"
	}
	if p.Zone == "" {
		p.Zone = "UTC"
	}
	return p
}

// Until returns when a wait that begins at from is over: n counts what was asked for before it. Reminders beyond the
// plan's last fall due one span after the last, as the end of waiting. A lapse with n above 0 begins at the revisit.
func (p Plan) Until(kind WaitKind, n int, from time.Time) time.Time {
	p = p.Filled()
	switch kind {
	case Rest:
		return from.Add(p.Rest.Std())
	case Survey:
		return from.Add(p.Survey.Std())
	case Revisit:
		return from.Add(p.Revisit.Std())
	case Lapse:
		if n > 0 {
			return from.Add(max(0, p.Lapse.Std()-p.Revisit.Std()))
		}
		return from.Add(p.Lapse.Std())
	case Look:
		return from.Add(p.Look.Std())
	case Remind:
		first := p.Reminders[0].Std()
		switch {
		case n == 0:
			return from.Add(first)
		case n < len(p.Reminders):
			return from.Add(p.Reminders[n].Std() - p.Reminders[n-1].Std())
		default:
			return from.Add(first)
		}
	}
	return time.Time{}
}

// Drawn reports whether a case belongs to the sample of those that a person looks at whatever they are about. The same
// id is always drawn, or never.
func (p Plan) Drawn(id string) bool {
	h := uint32(2166136261)
	for i := range len(id) {
		h = (h ^ uint32(id[i])) * 16777619
	}
	return int(h%1000) < p.Filled().Sample
}
