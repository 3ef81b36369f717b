package account

import (
	"iter"
	"slices"
	"time"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// Read reads the trail of an incident: an account for each time that it began, the last of them being the one that
// stands. It reads one entry at a time; of cases that join it keeps counts, so it is as long as what people did.
func Read(start incident.Incident, entries iter.Seq[incident.Entry]) []Account {
	r := &reader{in: start}
	for e := range entries {
		r.entry(e)
	}
	if r.a == nil {
		return nil
	}
	r.close(r.in)
	return append(r.done, *r.a)
}

// A reader reads one trail.
type reader struct {
	in       incident.Incident
	done     []Account
	a        *Account
	pages    map[string]int // by key: the place in a.Pages
	posts    map[string]int // by key: the place in a.Said
	rejected int
}

func (r *reader) entry(e incident.Entry) {
	was := r.in
	r.in = incident.Apply(was, e)
	if e.Change.First != nil && (r.a == nil || !r.a.Over.IsZero()) {
		if r.a != nil {
			r.close(was)
			r.done = append(r.done, *r.a)
		}
		r.a = &Account{ID: r.in.ID, Opened: e.At}
		r.pages, r.posts, r.rejected = map[string]int{}, map[string]int{}, 0
	}
	if r.a == nil {
		return // a trail whose beginning was erased
	}
	r.people(was, e)
	r.words(was, e)
	r.asked(e)
	r.late(was, e)
	r.moment(was, e)
}

// people notes states, cases and who led.
func (r *reader) people(was incident.Incident, e incident.Entry) {
	a := r.a
	switch e.Change.State {
	case incident.Crowd:
		a.Crowd = true
	case incident.Declared:
		a.Declared, a.Over = e.At, time.Time{}
	case incident.Contained:
		a.Contained = e.At
	case incident.Dismissed, incident.Resolved:
		a.Over = e.At
	}
	switch b := e.Event.Body.(type) {
	case event.Joined:
		if b.Again && e.Change.Cases == 0 {
			a.Cases.Again++
			break
		}
		a.Cases.Joined++
		if b.Life {
			a.Cases.Life++
		}
		if a.Cases.Severities == nil {
			a.Cases.Severities = map[string]int{}
		}
		a.Cases.Severities[b.Severity.String()]++
	case event.Freed:
		a.Cases.Freed++
	case event.Rejected:
		r.rejected++
	}
	if to := r.in.Commander; to != was.Commander {
		if n := len(a.Commands); n > 0 && a.Commands[n-1].Until.IsZero() {
			a.Commands[n-1].Until = e.At
		}
		if to != "" {
			c := Command{Member: to, From: e.At}
			if h := was.Handing; h != nil && h.To == to {
				c.Note = h.Note
			}
			a.Commands = append(a.Commands, c)
		}
	}
}

// words notes what was said to the public, and scheduled posts.
func (r *reader) words(was incident.Incident, e incident.Entry) {
	a := r.a
	if p := e.Change.Statement; p != nil && p.Version > versionOf(was.Statement) {
		r.followed(e.At)
		x := Said{
			Version: p.Version, At: p.At, By: p.By, Text: p.Statement.Text, Strategy: p.Statement.Strategy,
			Corrects: p.Statement.Corrects, Next: p.Next, Rejected: r.rejected,
		}
		if was.Draft != nil {
			x.Author = was.Draft.By
		}
		r.rejected, a.Said = 0, append(a.Said, x)
	}
	if n := len(a.Said); n > 0 && e.Change.Breaches > 0 {
		a.Said[n-1].Missed = true
	}
	if e.Change.State == incident.Dismissed || e.Change.State == incident.Resolved {
		r.followed(e.At)
	}
	if h := e.Change.Posts; h != nil {
		if n := len(a.Posts); n > 0 && a.Posts[n-1].Ended.IsZero() {
			a.Posts[n-1].Ended = e.At
		}
		if r.in.Posts != nil {
			a.Posts = append(a.Posts, Held{Halt: *h})
		}
	}
}

// followed notes that the news which the last version promised are there.
func (r *reader) followed(at time.Time) {
	if n := len(r.a.Said); n > 0 && r.a.Said[n-1].Followed.IsZero() {
		x := &r.a.Said[n-1]
		x.Followed = at
		x.Missed = x.Missed || at.After(x.Next)
	}
}

// asked notes the pages and publications of a step, and what became of those before.
func (r *reader) asked(e incident.Entry) {
	for _, x := range e.Effects {
		switch b := x.Body.(type) {
		case effect.Tell:
			p := Paged{At: e.At, Member: b.Member, Contact: b.Contact, Level: -1, Relief: b.Relief}
			if c := e.Change.Climb; c != nil {
				for _, page := range c.Pages {
					if page.N == b.Page && page.Member == b.Member {
						p.Level = page.Level
					}
				}
			}
			r.pages[x.Key] = len(r.a.Pages)
			r.a.Pages = append(r.a.Pages, p)
		case effect.Publish:
			r.posts[x.Key] = b.Version
		}
	}
	switch b := e.Event.Body.(type) {
	case event.Delivered:
		r.heard(e, b.Key)
	case event.Undelivered:
		r.heard(e, b.Key)
	case event.Uncertain:
		r.heard(e, b.Key)
	}
}

func (r *reader) heard(e incident.Entry, key string) {
	if i, ok := r.pages[key]; ok {
		r.a.Pages[i].Heard, r.a.Pages[i].Outcome = e.At, e.Event.Kind()
	}
	version, ok := r.posts[key]
	for i := range r.a.Said {
		switch x := &r.a.Said[i]; {
		case !ok || x.Version != version:
		case e.Event.Kind() == delivered:
			x.Places++
		default:
			x.Failed++
		}
	}
}

var delivered = event.Event{Body: event.Delivered{}}.Kind()

// late notes what was not there when it was owed, and when what was late came.
func (r *reader) late(was incident.Incident, e incident.Entry) {
	const (
		word    = "a word to the public"
		verdict = "somebody to say what it is"
		consent = "consent to a statement"
		command = "the command to be taken"
	)
	if e.Change.Statement != nil && e.Change.Statement.Version > versionOf(was.Statement) || e.Change.State == incident.Resolved {
		r.came(word, e.At)
		r.came(consent, e.At)
	}
	if s := e.Change.State; s == incident.Declared || s == incident.Dismissed {
		r.came(verdict, e.At)
	}
	if e.Change.Handing != nil && r.in.Handing == nil && r.in.Commander == e.Event.By {
		r.came(command, e.At)
	}
	if _, tick := e.Event.Body.(event.Elapsed); !tick {
		return
	}
	past := func(t time.Time) bool { return !t.IsZero() && !t.After(e.At) }
	if (was.State == incident.Declared || was.State == incident.Contained) && past(was.Next) {
		r.owed(word, was.Next)
	}
	if was.State == incident.Suspected && past(was.Confirm) {
		r.owed(verdict, was.Confirm)
	}
	if d := was.Draft; d != nil && past(d.Until) {
		r.owed(consent, d.Until)
	}
	if h := was.Handing; h != nil && past(h.Until) {
		r.owed(command, h.Until)
	}
}

// owed notes once that something is late; what comes of it later ends it.
func (r *reader) owed(what string, due time.Time) {
	if !slices.ContainsFunc(r.a.Late, func(x Late) bool { return x.What == what && x.At.IsZero() }) {
		r.a.Late = append(r.a.Late, Late{What: what, Due: due})
	}
}

func (r *reader) came(what string, at time.Time) {
	for i := range r.a.Late {
		if x := &r.a.Late[i]; x.What == what && x.At.IsZero() {
			x.At = at
		}
	}
}

// moment adds to the timeline. What came of pages stands with them, and cases that join are one moment.
func (r *reader) moment(was incident.Incident, e incident.Entry) {
	a := r.a
	switch e.Event.Body.(type) {
	case event.Delivered:
		return
	case event.Joined:
		if n := len(a.Timeline); e.Change.State == "" {
			if n == 0 || a.Timeline[n-1].What != e.Event.Kind() || a.Timeline[n-1].N == 0 {
				a.Timeline = append(a.Timeline, Moment{At: e.At, What: e.Event.Kind()})
				n++
			}
			m := &a.Timeline[n-1]
			m.Until = e.At
			m.N++
			return
		}
	}
	if _, tick := e.Event.Body.(event.Elapsed); tick && len(e.Because) == 0 {
		return // the pages of it stand with the pages
	}
	m := Moment{At: e.At, What: e.Event.Kind(), By: e.Event.By, Why: e.Because}
	if e.Change.State != "" && e.Change.State != was.State {
		m.What += ": " + string(e.Change.State)
	}
	a.Timeline = append(a.Timeline, m)
}

// close fills in how it stood in the end.
func (r *reader) close(in incident.Incident) {
	r.a.State, r.a.Matter, r.a.Surges, r.a.Findings = in.State, in.Matter, in.Surges, in.Findings
}

func versionOf(p *incident.Published) int {
	if p == nil {
		return 0
	}
	return p.Version
}
