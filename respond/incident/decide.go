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

// Decide says what an event means for an incident under these rules. On an error nothing happened; a
// respond.RefusedError says why the event is not possible now. An event seen before decides nothing (Seq 0).
func Decide(r *respond.Rules, in Incident, e event.Event, now time.Time) (Entry, error) {
	e, err := e.Canonical()
	s := &step{r: r, in: in, was: in, e: e, now: mention.Instant(now)}
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
	if s.ch.Whole == nil {
		s.houseSays()
		s.correct()
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
	in      Incident // as changed so far; lists are replaced, never written to
	was     Incident // as it was
	e       event.Event
	now     time.Time
	ch      Change
	asked   []effect.Effect
	pages   []int // beside asked: the climb's number of a page
	because []string
	pace    int // of the answers once it is over
	nothing bool
}

func (s *step) decide() error {
	switch s.e.Body.(type) {
	case event.Joined, event.Surged:
	default:
		if s.in.Seq == 0 {
			return s.refuse("the incident is not open yet: it begins with a case that joins it, or with a surge")
		}
	}
	switch b := s.e.Body.(type) {
	case event.Joined:
		return s.joined(b)
	case event.Surged:
		return s.surged(b)
	case event.Subsided:
		return s.subsided(b)
	case event.Decided:
		return s.decided(b)
	case event.Taken:
		return s.taken()
	case event.HandedOver:
		return s.handedOver(b)
	case event.Declared:
		return s.declared()
	case event.Contained:
		return s.contained(b)
	case event.Dismissed:
		return s.dismissed(b)
	case event.Examined:
		return s.examined(b)
	case event.Freed:
		return s.freed(b)
	case event.Halted:
		return s.halted(b)
	case event.Resumed:
		return s.resumed(b)
	case event.Assessed:
		return s.assessed(b)
	case event.Established:
		return s.established(b)
	case event.Retracted:
		return s.retracted(b)
	case event.Informed:
		s.houseSays()
		s.nothing = s.ch.Facts == nil
		return nil
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
	case event.Erased:
		return s.erased(b)
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
	out := escalation.Matter{
		Category: m.Category, Severity: triage.Crisis, Life: m.Life, Brand: m.Brand, Country: m.Country, Lang: m.Lang,
	}
	if s.in.State == Crowd {
		out.Severity = m.Severity
	}
	return out
}
