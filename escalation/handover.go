package escalation

import (
	"fmt"
	"slices"
	"time"
)

const (
	toldLate      = 5 * time.Minute // what a person told in the middle of a level's wait has at least
	thirdContact  = 2               // how often the customer has come back when the matter goes up a level
	abusiveAtMost = 3               // abusive messages until relief is offered, where the ladder says nothing
)

// watch notes when who is on duty at the level may change, if that is before the next level is told.
func (s *step) watch(m muster) {
	s.c.Turn = time.Time{}
	var next time.Time
	if len(m.on) > 0 {
		next = s.d.changes(s.rung(), m.on, s.now, s.c.Urgent)
	} else {
		next = s.d.next(m, s.now, s.c.Urgent)
	}
	if !next.IsZero() && next.Before(s.c.Next) {
		s.c.Turn = upwards(next)
	}
}

// rung is the level that is being waited for; one that tells nobody when it is no longer there.
func (s *step) rung() Level {
	if l, _ := s.ladder(); !s.c.Spent && s.c.Level >= 0 && s.c.Level < len(l.Levels) {
		return l.Levels[s.c.Level]
	}
	return Level{}
}

// turn looks at the level again when a shift of it ends: who has come on duty is told, and has five minutes at least. In
// crisis and life a level from which everybody has gone is not waited for.
func (s *step) turn() {
	x := s.rung()
	m := s.d.muster(&s.c, x, s.now, "")
	gone := s.gone(m)
	fresh := slices.DeleteFunc(slices.Clone(m.on), s.told)
	from := s.onTime(s.c.Turn, toldLate)
	switch {
	case len(m.on) == 0 && len(x.To) > 0 && s.c.Urgent:
		s.tell(s.c.Level+1, s.c.Round, clauses(gone, s.d.because(m, s.c.Level, s.now)), "")
		return
	case len(fresh) > 0:
		if least := from.Add(min(toldLate, x.Wait.Std())); least.After(s.c.Next) {
			s.c.Next = least
		}
		for _, id := range fresh {
			s.page(id, 0, fmt.Sprintf("level %d: %s", s.c.Level, clauses(gone, id+" is on duty now")))
		}
	}
	s.watch(m)
}

// told reports whether the member has been told in this telling.
func (s *step) told(id string) bool {
	return slices.ContainsFunc(s.c.Pages, func(p Page) bool { return p.Member == id && p.N >= s.c.Telling && p.asks() })
}

// gone says of whom the shift has ended since he was told.
func (s *step) gone(m muster) string {
	var who []string
	for i := range s.c.Pages {
		p := &s.c.Pages[i]
		if p.N >= s.c.Telling && p.asks() && !slices.Contains(m.on, p.Member) {
			if !slices.Contains(who, p.Member) {
				who = append(who, p.Member)
			}
		}
	}
	if who == nil {
		return ""
	}
	return "the " + plural(len(who), "shift of ", "shifts of ") + some(who) + plural(len(who), " has ended", " have ended")
}

// kept looks at a matter that somebody has: whether he is idle, whether his shift has ended.
func (s *step) kept() {
	if !s.c.Idle.IsZero() && !s.now.Before(s.c.Idle) {
		s.idle()
	}
	if s.c.Taken != "" && !s.c.Turn.IsZero() && !s.now.Before(s.c.Turn) {
		s.shiftEnded()
	}
}

// idleFrom is when the matter is taken back from whoever has it, if he makes no progress; zero is never.
func (s *step) idleFrom(t time.Time) time.Time {
	l, _ := s.ladder()
	if s.c.Taken == "" || l.Idle <= 0 {
		return time.Time{}
	}
	return instant(t.Add(l.Idle.Std()))
}

// shiftOf is when it is to be looked at whether the shift of whoever has the matter has ended; zero when it need not be.
func (s *step) shiftOf(by string) time.Time {
	if l, _ := s.ladder(); !l.HandOver && !s.c.Urgent {
		return time.Time{}
	}
	return s.d.flips(by, s.now, s.c.Urgent)
}

// idle takes the matter back from somebody who makes no progress: the level is told again, and he with it. While nobody
// of the level is on duty, nor he, the time does not run out but begins anew with whoever comes first.
func (s *step) idle() {
	by, l := s.c.Taken, s.rung()
	m := s.d.muster(&s.c, l, s.now, "")
	if !slices.Contains(m.on, by) {
		if who, _ := s.d.present(by, s.now, s.c.Urgent); who == by {
			m.on = append([]string{by}, m.on...)
		} else {
			m.absent = append(m.absent, absent{id: by})
		}
	}
	if len(m.on) == 0 && !s.c.Urgent {
		if next := s.d.next(m, s.now, false); next.After(s.now) {
			s.c.Idle = s.idleFrom(next)
			return
		}
	}
	ladder, _ := s.ladder()
	cause := fmt.Sprintf("%s has it and made no progress within %s", by, ladder.Idle)
	s.c.Next = s.c.Idle
	if len(m.on) == 0 || len(l.To) == 0 {
		s.back(cause, "")
		return
	}
	s.c.Taken = ""
	s.level(l, m, cause)
}

// shiftEnded hands the matter over when whoever has it goes off duty: the first level from his own on with somebody on
// duty is told. While there is nobody who could follow it stays his, but in crisis and life, where the ladder is gone up,
// and not when he has left.
func (s *step) shiftEnded() {
	by := s.c.Taken
	s.c.Turn = time.Time{}
	if who, _ := s.d.present(by, s.now, s.c.Urgent); who == by {
		s.c.Turn = s.shiftOf(by)
		return
	}
	level, next, ok := s.follower(by)
	if !ok && !s.c.Urgent && s.d.Stays(by) {
		if next = sooner(next, s.d.flips(by, s.now, false)); next.After(s.now) {
			s.c.Turn = upwards(next)
		}
		return
	}
	round := s.c.Round
	if s.c.Spent { // the levels have been gone through often enough: once more is for the hand-over
		l, _ := s.ladder()
		round = l.Repeat
	}
	s.rest()
	s.c.Taken, s.c.Spent = "", false
	s.tell(level, round, "the shift of "+by+" has ended: hand-over is due", by)
}

// follower is the first level, from this one on and round, with somebody else on duty; else when there will be.
func (s *step) follower(by string) (level int, next time.Time, ok bool) {
	l, _ := s.ladder()
	begin := max(0, s.c.Level)
	if begin >= len(l.Levels) {
		begin = 0
	}
	for i := range l.Levels {
		n := (begin + i) % len(l.Levels)
		m := s.d.muster(&s.c, l.Levels[n], s.now, by)
		m.on = slices.DeleteFunc(m.on, func(id string) bool { return id == by })
		if len(m.on) > 0 {
			return n, time.Time{}, true
		}
		next = sooner(next, s.d.next(m, s.now, s.c.Urgent))
	}
	return begin, next, false
}

// escalated sends the matter up: what is below is not told again.
func (s *step) escalated(cause, by string) {
	s.rest()
	s.c.Taken = ""
	if s.c.Spent {
		s.fallback(cause)
		return
	}
	l, _ := s.ladder()
	s.tell(max(0, s.c.Level)+1, l.Repeat, cause, by)
}

// contacted counts how often the customer has come back: the third contact on one matter goes up a level.
func (s *step) contacted() {
	s.c.Again++
	if s.c.Again == thirdContact && !s.c.Spent {
		s.escalated("it is the third contact on one matter", "")
	}
}

// abused counts abusive messages to whoever has the matter, and offers him relief. Nobody takes it from him.
func (s *step) abused() {
	l, _ := s.ladder()
	most := l.Relief
	if most <= 0 {
		most = abusiveAtMost
	}
	if s.c.Abuse++; s.c.Abuse < most {
		return
	}
	s.c.Abuse = 0
	if _, ok := s.d.Contact(s.c.Taken, 0); !ok {
		return // he is no member: there is no way to him
	}
	s.add(Page{Member: s.c.Taken, Offer: true, Because: fmt.Sprintf(
		"%d abusive messages since %s took it: he need not bear more of it, and may give it back", most, s.c.Taken)})
}

// rebased puts the climb on the plan that the matter has now. Whoever has it keeps it, if he is still a member, unless
// it has become danger to people; what has become a crisis after his shift is handed over at once. Else another ladder
// is begun at its first level; on the same one the level stays, and who has come to it is told.
func (s *step) rebased(m Matter) {
	was, life, ladder := s.c.Urgent, s.c.Life, s.c.Ladder
	s.c.assign(s.d, m, s.now)
	life = s.c.Life && !life
	by := s.c.Taken
	if s.d.Stays(by) && !life {
		s.c.Idle, s.c.Turn = s.idleFrom(s.now), s.shiftOf(by)
		if s.c.Urgent && !was {
			s.shiftEnded()
		}
		return
	}
	if by != "" {
		s.rest()
		s.c.Taken = ""
	}
	switch why := "the plan is " + s.c.Plan + " now"; {
	case s.c.Ladder != ladder || by != "" && life || s.c.Spent && s.c.Urgent && !was:
		s.rest()
		s.c.Spent = false
		s.tell(0, 0, clauses(why, s.otherLadder(ladder)), "")
	case by != "":
		s.back(by+" is no longer a member", "")
	case s.c.Waits != "":
		s.c.Waits = ""
		s.tell(s.c.Level, s.c.Round, why, "")
	case s.c.Spent:
		if soon := s.now.Add(s.c.again()); soon.Before(s.c.Next) {
			s.c.Next = soon
		}
	default:
		s.c.Turn = s.now
		s.turn()
	}
}

func (s *step) otherLadder(was string) string {
	if was == s.c.Ladder {
		return ""
	}
	return "its ladder is " + s.c.Ladder + ", and was " + was
}
