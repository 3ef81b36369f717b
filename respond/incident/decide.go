package incident

import (
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// ConfirmWithin is how long scheduled posts are held for a suspicion, and how long a person has to say what it is.
const ConfirmWithin = 2 * time.Hour

// Decide says what an event means for an incident under these rules. On an error nothing happened; a
// respond.RefusedError says why the event is not possible now. An event seen before decides nothing (Seq 0).
func Decide(r *respond.Rules, in Incident, e event.Event, now time.Time) (Entry, error) {
	s := &step{r: r, in: in, e: e}
	if e.ID == "" || e.Body == nil {
		return Entry{}, s.refuse("an event needs an id and a body")
	}
	if in.ID == "" {
		return Entry{}, s.refuse("the incident has no id: make it with New")
	}
	if slices.Contains(in.Known, e.ID) {
		return Entry{}, nil
	}
	s.now = mention.Instant(now)
	if s.now.Before(in.At) {
		s.now = in.At
	}
	s.e.At, s.e.By = mention.Instant(e.At), mention.Clean(e.By)
	if err := s.decide(); err != nil {
		return Entry{}, err
	}
	if s.nothing {
		return Entry{}, nil
	}
	return s.entry(), nil
}

// Step decides and applies.
func Step(r *respond.Rules, in Incident, e event.Event, now time.Time) (Incident, Entry, error) {
	entry, err := Decide(r, in, e, now)
	if err != nil {
		return in, Entry{}, err
	}
	return Apply(in, entry), entry, nil
}

type step struct {
	r       *respond.Rules
	in      Incident
	e       event.Event
	now     time.Time
	ch      Change
	asked   []effect.Effect
	pages   []int // beside asked: the climb's number of a page
	because []string
	nothing bool
}

func (s *step) decide() error {
	if _, joined := s.e.Body.(event.Joined); s.in.Seq == 0 && !joined {
		return s.refuse("the incident is not open yet: it begins with a case that joins it")
	}
	switch b := s.e.Body.(type) {
	case event.Joined:
		return s.joined(b)
	case event.Taken:
		return s.taken()
	case event.Declared:
		return s.declared()
	case event.Dismissed:
		return s.dismissed(b)
	case event.Stated:
		return s.stated(b)
	case event.Approved:
		return s.approved(b)
	case event.Rejected:
		return s.rejected(b)
	case event.Delivered:
		return s.delivered(b)
	case event.Undelivered:
		return s.undelivered(b.Key, string(b.Reason))
	case event.Uncertain:
		return s.undelivered(b.Key, "nobody knows whether it was done")
	case event.Elapsed:
		return s.elapsed()
	}
	return s.refuse("an incident knows no event of this kind")
}

func (s *step) refuse(format string, args ...any) error {
	return &respond.RefusedError{Event: s.e.Kind(), Reason: fmt.Sprintf(format, args...)}
}

func (s *step) say(format string, args ...any) {
	s.because = append(s.because, fmt.Sprintf(format, args...))
}

func (s *step) ask(because string, b effect.Body, page int) {
	s.asked = append(s.asked, effect.Effect{Because: because, Body: b})
	s.pages = append(s.pages, page)
}

func (s *step) byMember() bool {
	_, ok := s.r.Directory().Member(s.e.By)
	return ok
}

func (s *step) matter() escalation.Matter {
	m := s.in.Matter
	return escalation.Matter{
		Category: m.Category, Severity: triage.Crisis, Life: m.Life, Brand: m.Brand, Country: m.Country, Lang: m.Lang,
	}
}

// joined counts a case. The first opens the incident, as a suspicion.
func (s *step) joined(b event.Joined) error {
	if b.Case == "" || b.Category == "" {
		return s.refuse("a case joins with its id and its category")
	}
	s.ch.Cases = 1
	if s.in.Seq > 0 {
		if b.Severity > s.in.Matter.Severity || b.Life && !s.in.Matter.Life {
			m := s.in.Matter
			m.Severity, m.Life = max(m.Severity, b.Severity), m.Life || b.Life
			s.ch.Matter, s.in.Matter = &m, m
		}
		s.say("case %d of this incident: pages nobody", s.in.Cases+1)
		return nil
	}
	m := Matter{
		Category: b.Category, Severity: b.Severity, Brand: b.Brand, Country: b.Country, Lang: b.Lang, Life: b.Life,
	}
	s.ch.Matter, s.in.Matter = &m, m
	s.ch.State, s.in.State = Suspected, Suspected
	s.ch.First = &b.Mention
	confirm := s.now.Add(ConfirmWithin)
	s.ch.Confirm, s.in.Confirm = &confirm, confirm
	s.ask("a crisis is suspected: nothing cheerful goes out meanwhile", effect.Hold{Incident: s.in.ID, Until: confirm}, aside)
	s.say("suspected: category %s is a crisis category; only a person declares", b.Category)
	s.openClimb()
	return nil
}

// taken gives the incident to the member the event is by.
func (s *step) taken() error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !s.in.Live():
		return s.refuse("the incident is over")
	case s.in.Climb != nil && s.in.Climb.Taken == s.e.By:
		s.nothing = true
		return nil
	}
	s.ch.Commander, s.in.Commander = s.e.By, s.e.By
	s.climb(escalation.Move{Kind: escalation.Took, By: s.e.By})
	return nil
}

// declared is a person's word that it is a crisis.
func (s *step) declared() error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy: only a person declares", s.e.By)
	case s.in.State == Declared:
		return s.refuse("it is declared already")
	}
	if err := s.r.Directory().Authorize("declare", s.in.Matter.Category, triage.Crisis, escalation.Money{}, s.e.By); err != nil {
		return s.refuse("%s", err)
	}
	s.ch.State, s.in.State = Declared, Declared
	s.ch.Commander, s.in.Commander = s.e.By, s.e.By
	s.ask("a crisis is declared", effect.Hold{Incident: s.in.ID}, aside)
	s.climb(escalation.Move{Kind: escalation.Took, By: s.e.By})
	s.say("declared by %s", s.e.By)
	return nil
}

// dismissed is a person's word that it is none.
func (s *step) dismissed(b event.Dismissed) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case s.in.State != Suspected:
		return s.refuse("only a suspicion can be dismissed: it is %s", s.in.State)
	}
	s.dismiss("dismissed by " + s.e.By + ": " + b.Note)
	return nil
}

func (s *step) dismiss(why string) {
	s.ch.State, s.in.State = Dismissed, Dismissed
	s.ask(why, effect.Resume{Incident: s.in.ID}, aside)
	s.climb(escalation.Move{Kind: escalation.StoodOff})
	s.say("%s", why)
}

// elapsed looks at what has fallen due by now.
func (s *step) elapsed() error {
	due := s.in.Due()
	if due.IsZero() || due.After(s.now) {
		s.nothing = true
		return nil
	}
	if c := s.in.Climb; c != nil && !c.Due().IsZero() && !c.Due().After(s.now) {
		s.climb(escalation.Move{Kind: escalation.TimeUp})
	}
	if s.in.State == Suspected && !s.in.Confirm.After(s.now) {
		s.unconfirmed()
	}
	if p := s.in.Statement; s.in.State == Declared && p != nil && !p.Missed && !p.Next.After(s.now) {
		missed := *p
		missed.Missed = true
		s.ch.Statement, s.in.Statement = &missed, &missed
		s.ch.Breaches = 1
		s.say("the update promised in public for %s is missed", p.Next.Format(time.RFC3339))
		s.again()
	}
	return nil
}

// unconfirmed asks once more, and lets go the second time.
func (s *step) unconfirmed() {
	if s.in.Asked > 0 {
		s.dismiss("nobody confirmed it: back to normal")
		return
	}
	s.ch.Asked = 1
	confirm := s.now.Add(ConfirmWithin)
	s.ch.Confirm, s.in.Confirm = &confirm, confirm
	s.say("nobody said what it is: asked again")
	s.again()
}

// again tells the ladder once more.
func (s *step) again() {
	if s.in.Climb == nil || s.in.Climb.Over {
		s.openClimb()
		return
	}
	if s.in.Climb.Taken != "" {
		s.climb(escalation.Move{Kind: escalation.Released})
		return
	}
	s.openClimb()
}
