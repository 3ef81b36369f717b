package duty

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
)

// An Owed is a duty that runs on a case. It is plain data; what was computed stays as it was when the policy changes.
type Owed struct {
	Duty     string    `json:"duty"`
	Owner    string    `json:"owner"`
	Evidence []string  `json:"evidence,omitempty"`
	Aware    time.Time `json:"aware"`        // when the first of us saw the post
	By       string    `json:"by,omitempty"` // who that was
	Due      time.Time `json:"due"`

	Warn     []int       `json:"warn,omitempty"`     // percentages of its time of which no warning has been given yet, in order
	WarnAt   []time.Time `json:"warn_at,omitempty"`  // and when each will have passed
	Breached bool        `json:"breached,omitempty"` // not filed by Due; it is owed all the same
	Filed    *Filing     `json:"filed,omitempty"`
	Because  string      `json:"because"` // "data breach to the authority within 72 hours of awareness, day and night; GDPR Art. 33"
}

// A Filing is how a duty was met.
type Filing struct {
	Reference string    `json:"reference"` // what the authority gave
	By        string    `json:"by"`
	At        time.Time `json:"at"`
	Late      bool      `json:"late,omitempty"` // after Due
}

// What File refuses.
var (
	ErrNoReference = errors.New("a duty is filed with a reference, by somebody")
	ErrFiled       = errors.New("the duty has been filed already")
)

// Start starts every duty that the facts trigger, in the order of the policy. aware is when anybody on our side first saw
// the post, by is who. Whoever knows more later asks again and keeps those whose Duty is new.
func (b *Book) Start(f Facts, aware time.Time, by string) []Owed {
	var list []Owed
	for i := range b.duties {
		if x := &b.duties[i]; x.Trigger.holds(f) {
			list = append(list, x.owed(aware, by))
		}
	}
	return list
}

func (x *entry) owed(aware time.Time, by string) Owed {
	aware = mention.Instant(x.wall.AddDays(aware, 0)) // within the years that it answers for
	o := Owed{Duty: x.Name, Owner: x.Owner, Evidence: slices.Clone(x.Evidence), Aware: aware, By: by}
	if x.Days > 0 {
		o.Due = mention.Instant(x.wall.AddDays(aware, x.Days))
		o.Because = fmt.Sprintf("%s within %d calendar days of awareness (%s)", x.Name, x.Days, x.wall.Location())
	} else {
		o.Due = x.wall.Add(aware, x.Within.Std()) // it is always open
		o.Because = fmt.Sprintf("%s within %s of awareness, day and night", x.Name, inHours(x.Within.Std()))
	}
	if x.Source != "" {
		o.Because += "; " + x.Source
	}
	for _, n := range x.Warn {
		o.Warn = append(o.Warn, n)
		o.WarnAt = append(o.WarnAt, mention.Instant(aware.Add(o.Due.Sub(aware)/100*time.Duration(n))))
	}
	return o
}

// inHours writes whole hours as hours, since 72 hours are not always three days.
func inHours(d time.Duration) string {
	if d%time.Hour == 0 {
		return fmt.Sprintf("%d hours", d/time.Hour)
	}
	return d.String()
}

// Saw notes that somebody saw the post earlier than was known: the duty has run since then. A later instant changes
// nothing, nor one after it was filed. A duty that is no longer in the book moves its due instant as far as its start.
func (b *Book) Saw(o Owed, at time.Time, by string) Owed {
	at = mention.Instant(at)
	if o.Filed != nil || !at.Before(o.Aware) {
		return o
	}
	i := slices.IndexFunc(b.duties, func(x entry) bool { return x.Name == o.Duty })
	if i < 0 {
		earlier := o.Aware.Sub(at)
		o.Due, o.WarnAt = o.Due.Add(-earlier), slices.Clone(o.WarnAt)
		for n := range o.WarnAt {
			o.WarnAt[n] = o.WarnAt[n].Add(-earlier)
		}
		o.Aware, o.By = at, by
		return o
	}
	next := b.duties[i].owed(at, by)
	next.Breached = o.Breached
	for len(next.Warn) > len(o.Warn) { // the first of them have been given
		next.Warn, next.WarnAt = next.Warn[1:], next.WarnAt[1:]
	}
	return next
}

// Next is when the duty next wants an Elapse: at a warning, or when it is due. Zero when it is filed or missed.
func (o Owed) Next() time.Time {
	switch {
	case o.Filed != nil || o.Breached:
		return time.Time{}
	case len(o.WarnAt) > 0 && o.WarnAt[0].Before(o.Due):
		return o.WarnAt[0]
	}
	return o.Due
}

// Elapse gives the warnings that have fallen due by now, and at Due the breach: the percentages of the time that have
// passed, 100 for the breach, each once. The argument is not altered.
func (o Owed) Elapse(now time.Time) (Owed, []int) {
	now = mention.Instant(now)
	next := o.Next()
	if next.IsZero() || now.Before(next) {
		return o, nil
	}
	n := 0
	for n < min(len(o.Warn), len(o.WarnAt)) && !now.Before(o.WarnAt[n]) {
		n++
	}
	reached := slices.Clone(o.Warn[:n])
	o.Warn, o.WarnAt = o.Warn[n:], o.WarnAt[n:]
	if !now.Before(o.Due) {
		o.Breached = true
		reached = append(reached, 100)
	}
	return o, reached
}

// File ends the duty, with the reference that the authority gave. It is ErrNoReference without one, or without who
// filed it, and ErrFiled the second time; then nothing changed. A breach stays one.
func (o Owed) File(reference, by string, at time.Time) (Owed, error) {
	switch {
	case strings.TrimSpace(reference) == "" || by == "":
		return o, ErrNoReference
	case o.Filed != nil:
		return o, ErrFiled
	}
	at = mention.Instant(at)
	late := at.After(o.Due)
	o.Filed = &Filing{Reference: reference, By: by, At: at, Late: late}
	o.Breached = o.Breached || late
	return o, nil
}
