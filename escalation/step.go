package escalation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
)

const (
	punctual      = time.Minute     // a tick that is no later counts as on time, so that ticks do not drift
	fallbackRetry = 5 * time.Minute // how soon the fallback is told again when no page reached anybody of it
	pagesKept     = 32
	lastYear      = 9000
)

// Open begins a climb: it assigns the matter and tells the first level that has somebody on duty. The pages it returns
// are to be sent; what comes of each is a move. They carry no key: N names a page within its climb.
func (d *Directory) Open(m Matter, at time.Time) (Climb, []Page) {
	m = m.canonical()
	s := step{d: d, now: instant(at)}
	s.c.assign(d, m, s.now)
	s.tell(0, 0, "", "")
	s.trim()
	return s.c, s.pages
}

// Climb applies one move and returns the climb as it is then, with the pages to be sent. The argument is not altered.
// What cannot be meant (a page that is not known, a take by the same member again or by somebody who is none, a move
// after the matter is over, a TimeUp before Due) changes nothing.
//
// A late TimeUp takes one step: the level that is due is told, and the next counts from now. A person is on a level
// only while on duty; the fallback is told on duty or not, and again until somebody takes the matter: while the plan's
// Hours are open, where its first reply runs on them and nobody is in danger, else day and night.
func (d *Directory) Climb(c Climb, mv Move, now time.Time) (Climb, []Page) {
	now = instant(now)
	if !c.admits(mv, now) || mv.Kind == Took && !d.Stays(mv.By) {
		return c, nil
	}
	s := step{d: d, now: now, c: c}
	s.apply(mv)
	s.trim()
	return s.c, s.pages
}

func (s *step) apply(mv Move) {
	switch mv.Kind {
	case Took:
		s.took(mv.By)
	case Progressed:
		s.c.Idle = s.idleFrom(s.now)
	case Released:
		s.released()
	case Escalated:
		s.escalated(clauses(strings.TrimSpace(mv.By+" escalated it"), mv.Because), mv.By)
	case Contacted:
		s.contacted()
	case Abused:
		s.abused()
	case Reached:
		s.own(0)[s.c.page(mv.Page)].State = Delivered
	case Bounced:
		s.bounced(s.c.page(mv.Page))
	case Deferred:
		p := &s.own(0)[s.c.page(mv.Page)]
		p.State, p.Until = Held, instant(mv.Until)
	case Rebased:
		s.rebased(mv.Matter.canonical())
	case TimeUp:
		s.timeUp()
	case StoodOff:
		s.c.Over = true
		s.rest()
		s.relieve(s.c.Taken, mv.By, "it is over")
	}
}

// admits reports whether the move changes anything.
func (c Climb) admits(mv Move, now time.Time) bool {
	switch mv.Kind {
	case Took:
		return !c.Over && mv.By != "" && mv.By != c.Taken
	case Progressed:
		return !c.Over && c.Taken != "" && !c.Idle.IsZero()
	case Released:
		return !c.Over && c.Taken != ""
	case Abused:
		return !c.Over && c.Taken != "" && !c.Life
	case StoodOff, Escalated, Contacted, Rebased:
		return !c.Over
	case TimeUp:
		due := c.Due()
		return !due.IsZero() && !now.Before(due)
	case Reached:
		i := c.page(mv.Page)
		return i >= 0 && c.Pages[i].State != Delivered
	case Bounced:
		i := c.page(mv.Page)
		return i >= 0 && (c.Pages[i].State == Asked || c.Pages[i].State == Held)
	case Deferred:
		i := c.page(mv.Page)
		return i >= 0 && !c.Urgent && c.Pages[i].State == Asked && mv.Until.After(now)
	}
	return false
}

// page is the place of a page by its number, -1 when it is not kept.
func (c Climb) page(n int) int {
	return slices.IndexFunc(c.Pages, func(p Page) bool { return p.N == n })
}

// A step is one move being made: the climb as it becomes, and the pages it asks for.
type step struct {
	d     *Directory
	c     Climb
	now   time.Time
	pages []Page
	owned bool // c.Pages is not the caller's
}

// rest ends every wait of the climb.
func (s *step) rest() {
	s.c.Next, s.c.Turn, s.c.Idle, s.c.Waits = time.Time{}, time.Time{}, time.Time{}, ""
}

// own gives the step pages of its own before it alters one, with room for more, and returns them.
func (s *step) own(more int) []Page {
	if !s.owned && len(s.c.Pages) > 0 {
		s.c.Pages = append(make([]Page, 0, len(s.c.Pages)+more), s.c.Pages...)
	}
	s.owned = true
	return s.c.Pages
}

func (s *step) took(by string) {
	s.rest()
	s.c.Taken, s.c.Abuse = by, 0
	s.relieve(by, "", by+" has it")
	s.c.Idle = s.idleFrom(s.now)
	s.c.Turn = s.shiftOf(by)
}

func (s *step) released() { s.back(s.c.Taken+" gave it back", s.c.Taken) }

// back takes the matter from whoever has it: its level is told again, but one.
func (s *step) back(cause, not string) {
	s.rest()
	s.c.Taken = ""
	if s.c.Spent {
		s.fallback(cause)
		return
	}
	s.tell(s.c.Level, s.c.Round, cause, not)
}

func (s *step) timeUp() {
	switch c := &s.c; {
	case c.Taken != "":
		s.kept()
	case s.now.Before(c.Next):
		if !c.Turn.IsZero() && !s.now.Before(c.Turn) {
			s.turn()
		}
		s.unheard()
	case c.Spent:
		s.fallback("nobody has taken it yet")
	case c.Waits != "":
		s.tell(c.Level, c.Round, "", "")
	default:
		s.tell(c.Level+1, c.Round, s.untaken(), "")
	}
}

// untaken says why the level after this one is told.
func (s *step) untaken() string {
	if l, _ := s.ladder(); s.c.Level >= 0 && s.c.Level < len(l.Levels) {
		return fmt.Sprintf("nobody took it within %s of level %d", l.Levels[s.c.Level].Wait, s.c.Level)
	}
	return fmt.Sprintf("level %d is no longer on the ladder", s.c.Level)
}

// ladder is the climb's ladder. When that is no longer there it is the one its plan has now, with the reason.
func (s *step) ladder() (*Ladder, string) {
	if l, ok := s.d.ladders[s.c.Ladder]; ok {
		return l, ""
	}
	l := s.d.ladders[s.d.plan(s.c.Plan).Ladder]
	return l, fmt.Sprintf("ladder %s is no longer there, ladder %s holds", s.c.Ladder, l.ID)
}

// tell tells the level, or the first after it with somebody on duty, round after round, but each level only once: when
// all have been passed it is the fallback's turn.
func (s *step) tell(level, round int, cause, not string) {
	l, other := s.ladder()
	s.c.Ladder = l.ID
	cause = clauses(other, cause)
	level, round = max(0, level), max(0, round) // whatever a stored climb may say
	for range l.Levels {
		if level >= len(l.Levels) {
			level, round = 0, round+1
		}
		if round > l.Repeat {
			break
		}
		x := l.Levels[level]
		m := s.d.muster(&s.c, x, s.now, not)
		s.c.Level, s.c.Round = level, round
		if len(m.on) > 0 {
			s.level(x, m, cause)
			return
		}
		because := s.d.because(m, level, s.now)
		if x.Empty == hold && !s.c.Urgent {
			if next := s.d.next(m, s.now, false); next.After(s.now) {
				s.wait(next, because)
				return
			}
		}
		cause = clauses(cause, because)
		level++
	}
	s.fallback(cause)
}

// level pages everybody of the muster.
func (s *step) level(l Level, m muster, cause string) {
	if cause = clauses(append([]string{cause}, m.notes[:min(len(m.notes), mostNamed)]...)...); cause == "" {
		cause = some(m.on) + plural(len(m.on), " is on duty", " are on duty")
	}
	s.begin(l.Wait.Std())
	for _, id := range m.on {
		s.page(id, 0, fmt.Sprintf("level %d: %s", s.c.Level, cause))
	}
	s.watch(m)
}

// wait holds the level until somebody of it is on duty.
func (s *step) wait(until time.Time, because string) {
	s.c.Telling, s.c.Turn = s.c.Sent, time.Time{}
	s.c.Next, s.c.Waits = upwards(until), because
}

// instant is t in UTC, to the millisecond, in years to which time may be added so that JSON can still write the sum.
func instant(t time.Time) time.Time {
	switch t = mention.Instant(t); {
	case t.Before(time.Time{}):
		return time.Time{}
	case t.Year() > lastYear:
		return time.Date(lastYear, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return t
}

// upwards is the first whole millisecond that is not before t.
func upwards(t time.Time) time.Time {
	at := mention.Instant(t)
	if at.Before(t) {
		at = at.Add(time.Millisecond)
	}
	return at
}

// fallback pages the fallback of the ladder, on duty or not; for one on leave whoever covers him, if anybody does.
func (s *step) fallback(cause string) {
	l, other := s.ladder()
	s.c.Ladder, s.c.Level, s.c.Spent = l.ID, len(l.Levels), true
	s.begin(s.c.again())
	s.byDay()
	told := make(map[string]bool)
	for _, id := range s.d.everybody(l.Fallback) {
		away := ""
		if by := s.d.covers(id, s.now); s.d.Stays(by) {
			id, away = by, fmt.Sprintf("%s is on leave, %s covers", id, by)
		}
		if !told[id] {
			told[id] = true
			s.page(id, 0, "fallback: "+clauses(other, cause, away))
		}
	}
}

// byDay lets the fallback, who has been told, be told again only while the house is open, where its plan answers then: what
// can wait until Monday for its answer wakes nobody every hour of a weekend.
func (s *step) byDay() {
	if s.c.Urgent {
		return
	}
	p := s.d.plan(s.c.Plan)
	if first, ok := p.Objectives[FirstReply]; !ok || first.Elapsed || p.hours == nil {
		return
	}
	if opens, ok := p.hours.Next(s.c.Next); ok {
		s.c.Next = upwards(opens)
	}
}

// again is how often the fallback is told until somebody takes the matter.
func (c *Climb) again() time.Duration {
	switch {
	case c.Life:
		return 5 * time.Minute
	case c.Urgent:
		return 15 * time.Minute
	}
	return time.Hour
}

// begin starts a telling. The wait counts from when the telling was due, if that is not long ago, else from now.
func (s *step) begin(wait time.Duration) {
	next := s.onTime(s.c.Next, wait).Add(wait)
	s.rest()
	s.c.Telling, s.c.Next = s.c.Sent, next
}

// onTime is when the step counts as taken: when it was due, if that is not long ago and shorter than what follows.
func (s *step) onTime(due time.Time, wait time.Duration) time.Time {
	if late := s.now.Sub(due); !due.IsZero() && late >= 0 && late <= punctual && late < wait {
		return due
	}
	return s.now
}

// mostNamed is how many of a list a reason names.
const mostNamed = 12

// some names the list, or the first of a long one and how many more there are.
func some(list []string) string {
	if n := len(list) - mostNamed; n > 1 {
		return fmt.Sprintf("%s and %d more", strings.Join(list[:mostNamed], ", "), n)
	}
	return strings.Join(list, ", ")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// clauses joins what is not empty.
func clauses(parts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" }), "; ")
}
