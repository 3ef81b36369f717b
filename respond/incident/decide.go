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
	e, err := e.Canonical()
	s := &step{r: r, in: in, e: e, now: mention.Instant(now)}
	switch {
	case err != nil:
		return Entry{}, s.refuse("%s", err)
	case in.ID == "" || mention.Clean(in.ID) != in.ID || mention.Clean(in.Tenant) != in.Tenant:
		return Entry{}, s.refuse("the incident has no id that is text: make it with New")
	case slices.Contains(in.Known, e.ID):
		return Entry{}, nil
	}
	if s.now.Before(in.At) {
		s.now = in.At
	}
	if s.now.IsZero() || s.now.Year() < 1 || s.now.Year() > 9999 {
		return Entry{}, s.refuse("now is no instant: an incident lives between the years 1 and 9999")
	}
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
		return s.uncertain(b.Key)
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
	m, ok := s.r.Directory().Member(s.e.By)
	return ok && !m.Left
}

func (s *step) matter() escalation.Matter {
	m := s.in.Matter
	return escalation.Matter{
		Category: m.Category, Severity: triage.Crisis, Life: m.Life, Brand: m.Brand, Country: m.Country, Lang: m.Lang,
	}
}

// joined counts a case. The first opens the incident, as a suspicion; so does one that joins when it was over, for what
// is over pages nobody.
func (s *step) joined(b event.Joined) error {
	switch {
	case b.Case == "" || b.Category == "":
		return s.refuse("a case joins with its id and its category")
	case s.in.Seq > 0 && b.Category != s.in.Matter.Category:
		return s.refuse("the incident is one of %s: a case of %q has another", s.in.Matter.Category, b.Category)
	}
	if !b.Again || s.in.Seq == 0 {
		s.ch.Cases = 1
	}
	if s.in.Seq > 0 && s.in.Live() {
		if b.Severity > s.in.Matter.Severity || b.Life && !s.in.Matter.Life {
			m := s.in.Matter
			m.Severity, m.Life = max(m.Severity, b.Severity), m.Life || b.Life
			s.ch.Matter, s.in.Matter = &m, m
		}
		if b.Again {
			s.say("a case that joined before still waits for an answer: pages nobody")
			return nil
		}
		s.say("case %d of this incident: pages nobody", s.in.Cases+1)
		return nil
	}
	if s.in.Seq > 0 {
		s.afresh()
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

// afresh clears what was of the time before: who commanded, what the public was told.
func (s *step) afresh() {
	nobody, never, none := "", time.Time{}, 0
	s.ch.Commander, s.in.Commander = &nobody, nobody
	s.ch.Next, s.in.Next = &never, never
	s.ch.Asked, s.in.Asked = &none, none
	s.ch.Draft, s.in.Draft = &Draft{}, nil
	s.ch.Statement, s.in.Statement = &Published{}, nil
	list := slices.Clone(s.in.Awaited)
	for i := range list {
		if list[i].Kind == publishKind {
			list[i].Page = past // it may still arrive, and is no place of what will be said now
		}
	}
	s.setAwaited(list)
}

// taken gives the incident to the member the event is by.
func (s *step) taken() error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !s.in.Live() && (s.in.Climb == nil || s.in.Climb.Over): // while somebody is still told of it, it can be taken
		return s.refuse("the incident is over")
	case s.in.Climb != nil && s.in.Climb.Taken == s.e.By:
		s.nothing = true
		return nil
	}
	s.command()
	return nil
}

// command gives the incident to who the event is by.
func (s *step) command() {
	s.ch.Commander, s.in.Commander = &s.e.By, s.e.By
	s.climb(escalation.Move{Kind: escalation.Took, By: s.e.By})
}

// declared is a person's word that it is a crisis.
func (s *step) declared() error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy: only a person declares", s.e.By)
	case s.in.State == Declared:
		return s.refuse("it is declared already")
	}
	if err := s.mayDeclare(); err != nil {
		return err
	}
	s.ch.State, s.in.State = Declared, Declared
	s.oweWord()
	s.ask("a crisis is declared", effect.Hold{Incident: s.in.ID}, aside)
	if s.in.Climb == nil || s.in.Climb.Over { // it was dismissed, and is one after all
		s.quietClimb()
	}
	s.command()
	s.say("declared by %s", s.e.By)
	return nil
}

// mayDeclare refuses who has no authority to say what is a crisis.
func (s *step) mayDeclare() error {
	err := s.r.Directory().Authorize(escalation.Ask{Act: "declare", By: s.e.By,
		Matter: escalation.Matter{Category: s.in.Matter.Category, Severity: triage.Crisis}})
	if err != nil {
		return s.refuse("%s", err)
	}
	return nil
}

// dismissed is a person's word that it is none. That a declared one is over says who may declare.
func (s *step) dismissed(b event.Dismissed) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !s.in.Live():
		return s.refuse("it is %s already", s.in.State)
	case s.in.State == Declared:
		if err := s.mayDeclare(); err != nil {
			return err
		}
		s.end(Resolved, "over, says "+s.e.By)
	default:
		s.end(Dismissed, "dismissed by "+s.e.By)
	}
	s.say("%s", b.Note)
	return nil
}

// end closes the incident. why leaves the house with the effect: no note of a person is in it.
func (s *step) end(to State, why string) {
	s.ch.State, s.in.State = to, to
	if s.in.Draft != nil {
		s.ch.Draft, s.in.Draft = &Draft{}, nil
	}
	s.ask(why, effect.Resume{Incident: s.in.ID}, aside)
	s.climb(escalation.Move{Kind: escalation.StoodOff})
	s.say("%s", why)
}
