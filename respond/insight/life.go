package insight

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// A Trail is one case with what happened to it, in order.
type Trail struct {
	Start      respond.Case            // as it was before the first entry: respond.New, or what an erasure left
	Entries    iter.Seq[respond.Entry] // nil: none
	Restricted bool                    // it counts, and neither its id nor its words are shown, as if the case itself said so
	Causes     []string                // names of root causes that people gave it
}

// Options say how trails are read. The zero value reads them whole, in UTC, without office hours.
type Options struct {
	Until   time.Time                              // entries after it are left out, and it is the instant of the figures; zero: all
	Zone    *time.Location                         // of the weeks; nil means UTC
	For     string                                 // who reads it: restricted cases that he may see are shown; empty: anybody
	Working func(from, to time.Time) time.Duration // office time between two instants; hours.Calendar.Measure is one; nil: not counted
}

// A life is what one trail comes to.
type life struct {
	id, channel, category, owner string
	restricted                   bool
	causes                       []string
	opened                       time.Time
	facts                        []fact
	text, lang                   string // of the first message, as it is now; empty when it is gone
	automatic, waived            bool
	duties                       []Duty // open
}

// A fact is one thing that counts, at its instant.
type fact struct {
	at    time.Time
	count counter
	name  string // what the counter counts apart: a code, a clause, an objective
	ms    int64  // a length of time; a number, where the counter says so
}

// A counter is where a fact counts.
type counter int

const (
	opened counter = iota
	ended
	replied
	promised
	pledged
	breached
	reopened
	waived
	moderated
	wentOut
	firstReply
	firstReplyWorking
	firstResolution
	lastResolution
	firstContact
	surveyed
	befell // an incident: its name is what, ms how many
	toDeclare
	toStatement
	toEnd
	newsKept
)

// A reader reads one trail.
type reader struct {
	o       Options
	l       life
	c       respond.Case
	closed  time.Time // when it closed last
	first   time.Time // the customer's first message
	begun   bool      // it was a matter of the day, not of a channel's past
	replied bool
	late    bool              // the clock of the reply that is owed was missed
	acts    map[string]string // moderation that was asked for, by key
	over    time.Time         // the customer's word that it is over, while it stands
	before  time.Time         // the same, before his last word
	wasOver bool
	ours    int       // answers when the customer said so
	answer  time.Time // our last answer
	again   time.Time // the customer's last message
}

func read(t Trail, o Options) life {
	r := &reader{o: o, c: t.Start, acts: map[string]string{}}
	r.l = life{id: t.Start.ID, restricted: t.Restricted, causes: t.Causes}
	if t.Start.Seq > 0 {
		r.open(t.Start)
	}
	if t.Entries != nil {
		for e := range t.Entries {
			if !o.Until.IsZero() && e.At.After(o.Until) {
				break
			}
			r.entry(e)
		}
	}
	r.end()
	return r.l
}

func (r *reader) fact(at time.Time, c counter, name string, d time.Duration) {
	r.l.facts = append(r.l.facts, fact{at: at, count: c, name: name, ms: max(0, d.Milliseconds())})
}

// took counts how long it took from the customer's first message, unless that was erased.
func (r *reader) took(c counter, until time.Time) {
	if !r.first.IsZero() {
		r.fact(until, c, "", until.Sub(r.first))
	}
}

// open is the beginning of a case, as it is then.
func (r *reader) open(c respond.Case) {
	r.l.opened = c.Opened
	r.fact(c.Opened, opened, "", 0)
	for _, m := range c.Messages {
		if !m.Ours {
			r.first = m.At
			break
		}
	}
	r.begun = !c.Owed.IsZero() && !r.first.IsZero()
}

func (r *reader) entry(e respond.Entry) {
	was := r.c
	is := respond.Apply(was, e)
	r.c = is
	if was.Seq == 0 && is.Seq > 0 {
		r.open(is)
	}
	r.say(e)
	spoke := is.Ours > was.Ours && !quiet(e, was)
	byPlay := spoke && unattended(e, was)
	r.obligation(was, is, e, spoke, byPlay) // first: what this step finds missed is of what is owed after it
	r.clocks(was, is, e, spoke)
	r.pledges(was, is, e.At)
	if is.Theirs > was.Theirs {
		r.again = e.At
	}
	if spoke {
		r.answer = e.At
		r.reply(e.At, byPlay)
	}
	r.moved(was, is, e)
	r.world(e)
}

// say keeps the first message's words as they are now.
func (r *reader) say(e respond.Entry) {
	switch b := e.Event.Body.(type) {
	case event.Received:
		if e.Change.Opening != nil || r.isFirst(b.Mention.Ref) {
			r.l.text, r.l.lang = b.Mention.Text, b.Mention.Lang
		}
	case event.Edited:
		if r.isFirst(b.Mention.Ref) {
			r.l.text = b.Mention.Text
		}
	case event.Removed:
		if r.isFirst(b.Ref) {
			r.l.text = ""
		}
	case event.Erased, event.Purged:
		r.l.text = ""
	}
}

func (r *reader) isFirst(ref mention.Ref) bool {
	for _, m := range r.c.Messages {
		if !m.Ours {
			return m.Ref == ref
		}
	}
	return false
}

// quiet reports whether what went out answers nothing: a reminder, or an automatic answer of the platform.
func quiet(e respond.Entry, was respond.Case) bool {
	switch b := e.Event.Body.(type) {
	case event.Delivered:
		return was.Draft != nil && was.Draft.For&followup.Unasked != 0
	case event.AnsweredElsewhere:
		return b.Automatic
	}
	return false
}

// unattended reports whether no person let it out.
func unattended(e respond.Entry, was respond.Case) bool {
	_, ok := e.Event.Body.(event.Delivered)
	return ok && was.Draft != nil && was.Draft.Approved != "" && was.Draft.Approved == was.Draft.By &&
		strings.HasPrefix(was.Draft.By, "play:")
}

func (r *reader) reply(at time.Time, byPlay bool) {
	if byPlay {
		r.l.automatic = true
		r.fact(at, wentOut, "", 0)
		return
	}
	if r.replied || !r.begun {
		r.replied = true
		return
	}
	r.replied = true
	r.fact(at, firstReply, "", at.Sub(r.first))
	if r.o.Working != nil {
		r.fact(at, firstReplyWorking, "", r.o.Working(r.first, at))
	}
}

func (r *reader) moved(was, is respond.Case, e respond.Entry) {
	over := r.over
	if is.Reopens > was.Reopens {
		r.fact(e.At, reopened, "", 0)
		r.over = time.Time{}
	}
	if e.Change.Reread { // the customer's last word is read only now: what it seemed to undo, it did not
		for range was.Reopens - min(was.Reopens, is.Reopens) {
			r.unreopen()
		}
		r.over = r.before
	}
	for _, m := range e.Change.Moves {
		if m.On == followup.Wrote {
			r.before = over
		}
		if m.To == followup.Closed {
			r.closed = e.At
		}
		if m.On != followup.SaidOver {
			continue
		}
		r.over = e.At
		if !r.wasOver {
			r.wasOver, r.ours = true, is.Ours
			r.took(firstResolution, e.At)
		}
	}
}

// unreopen takes back the last reopening that was counted.
func (r *reader) unreopen() {
	for i, f := range slices.Backward(r.l.facts) {
		if f.count == reopened {
			r.l.facts = slices.Delete(r.l.facts, i, i+1)
			return
		}
	}
}

// world counts waivers, and what became of moderation.
func (r *reader) world(e respond.Entry) {
	switch b := e.Event.Body.(type) {
	case event.Waived:
		r.l.waived = true
		r.fact(e.At, waived, b.Code, 0)
	case event.Surveyed:
		if _, known := b.Bad(); known { // an answer off its scale is none
			r.l.facts = append(r.l.facts, fact{at: e.At, count: surveyed, name: question(b), ms: int64(b.Score)})
		}
	case event.Delivered:
		r.acted(e.At, b.Key, "done")
	case event.Undelivered:
		r.acted(e.At, b.Key, "failed")
	}
	for _, x := range e.Effects {
		if m, ok := x.Body.(effect.Moderate); ok {
			r.acts[x.Key] = string(m.Act) + "\x00" + m.Reason
			r.fact(e.At, moderated, r.acts[x.Key]+"\x00asked", 0)
		}
	}
}

// question is what a survey asked, with its version where it has several.
func question(b event.Surveyed) string {
	if b.Scale == event.CES {
		return string(b.Scale) + " " + b.Version
	}
	return string(b.Scale)
}

func (r *reader) acted(at time.Time, key, what string) {
	if act, ok := r.acts[key]; ok {
		r.fact(at, moderated, act+"\x00"+what, 0)
	}
}
