package escalation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

const (
	punctual      = time.Minute     // a tick that is no later counts as on time, so that ticks do not drift
	fallbackAgain = time.Hour       // how often the fallback is told, until somebody takes it
	fallbackRetry = 5 * time.Minute // the same when no page reached anybody of the fallback
	pagesKept     = 32
)

// Open begins a climb: it assigns the matter and tells the first level that has somebody on duty. The pages it returns
// are to be sent; what comes of each is a move. They carry no key: N names a page within its climb.
func (d *Directory) Open(m Matter, at time.Time) (Climb, []Page) {
	m = m.canonical()
	s := step{d: d, now: mention.Instant(at), c: Climb{
		Assignment: d.Assign(m, at),
		Urgent:     m.Life || m.Severity >= triage.Crisis,
	}}
	s.tell(0, 0, "", "")
	return s.c, s.pages
}

// Climb applies one move and returns the climb as it is then, with the pages to be sent. The argument is not altered.
// What cannot be meant (a page that is not known, a second take by the same member, a move after the matter is over, a
// TimeUp before Due) changes nothing.
//
// A late TimeUp takes one step: the level that is due is told, and the next counts from now. A person is on a level
// only while on duty; the fallback is told on duty or not, and again every hour until somebody takes the matter.
func (d *Directory) Climb(c Climb, mv Move, now time.Time) (Climb, []Page) {
	now = mention.Instant(now)
	if !c.admits(mv, now) {
		return c, nil
	}
	s := step{d: d, now: now, c: c}
	s.c.Pages = slices.Clone(c.Pages)
	switch mv.Kind {
	case Took:
		s.took(mv.By)
	case Released:
		s.released()
	case Reached:
		s.c.Pages[s.c.page(mv.Page)].State = Delivered
	case Bounced:
		s.bounced(s.c.page(mv.Page))
	case TimeUp:
		s.timeUp()
	case StoodOff:
		s.c.Over, s.c.Next, s.c.Waits = true, time.Time{}, ""
		s.relieve(s.c.Taken, "it is over")
	}
	return s.c, s.pages
}

// admits reports whether the move changes anything.
func (c Climb) admits(mv Move, now time.Time) bool {
	switch mv.Kind {
	case Took:
		return !c.Over && mv.By != "" && mv.By != c.Taken
	case Released:
		return !c.Over && c.Taken != ""
	case StoodOff:
		return !c.Over
	case TimeUp:
		due := c.Due()
		return !due.IsZero() && !now.Before(due)
	case Reached:
		i := c.page(mv.Page)
		return i >= 0 && c.Pages[i].State != Delivered
	case Bounced:
		i := c.page(mv.Page)
		return i >= 0 && c.Pages[i].State == Asked
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
}

func (s *step) took(by string) {
	s.c.Taken, s.c.Next, s.c.Waits = by, time.Time{}, ""
	s.relieve(by, by+" has it")
}

func (s *step) released() {
	by := s.c.Taken
	s.c.Taken = ""
	if s.c.Spent {
		s.fallback(by + " gave it back")
		return
	}
	s.tell(s.c.Level, s.c.Round, by+" gave it back", by)
}

func (s *step) timeUp() {
	switch c := &s.c; {
	case s.now.Before(c.Next):
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
		m := s.d.muster(s.c.Assignment, x, s.now, not)
		s.c.Level, s.c.Round = level, round
		if len(m.on) > 0 {
			s.level(x, m, cause)
			return
		}
		if x.Empty == hold && !s.c.Urgent && m.next.After(s.now) {
			s.wait(m)
			return
		}
		cause = clauses(cause, m.because(level))
		level++
	}
	s.fallback(cause)
}

// level pages everybody of the muster.
func (s *step) level(l Level, m muster, cause string) {
	if cause = clauses(append([]string{cause}, m.notes...)...); cause == "" {
		cause = strings.Join(m.on, ", ") + plural(len(m.on), " is on duty", " are on duty")
	}
	s.begin(l.Wait.Std())
	for _, id := range m.on {
		s.page(id, 0, fmt.Sprintf("level %d: %s", s.c.Level, cause))
	}
}

// wait holds the level until somebody of it is on duty.
func (s *step) wait(m muster) {
	s.c.Telling = s.c.Sent
	s.c.Next = mention.Instant(m.next)
	if s.c.Next.Before(m.next) {
		s.c.Next = s.c.Next.Add(time.Millisecond)
	}
	s.c.Waits = m.because(s.c.Level)
}

// fallback pages the fallback of the ladder, on duty or not.
func (s *step) fallback(cause string) {
	l, other := s.ladder()
	s.c.Ladder, s.c.Level, s.c.Spent = l.ID, len(l.Levels), true
	s.begin(fallbackAgain)
	for _, id := range s.d.everybody(l.Fallback) {
		s.page(id, 0, "fallback: "+clauses(other, cause))
	}
}

// begin starts a telling. The wait counts from when the telling was due, if that is not long ago, else from now.
func (s *step) begin(wait time.Duration) {
	from := s.now
	if late := s.now.Sub(s.c.Next); !s.c.Next.IsZero() && late >= 0 && late <= punctual && late < wait {
		from = s.c.Next
	}
	s.c.Telling, s.c.Waits, s.c.Next = s.c.Sent, "", from.Add(wait)
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
