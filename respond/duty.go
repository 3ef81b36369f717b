package respond

import (
	"errors"
	"slices"

	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/respond/event"
)

func (s *step) setDuties(list []duty.Owed) {
	s.ch.Duties, s.c.Duties = &list, list
}

// duties starts the regulators' clocks that the case, as it is judged now, wants, and tells who files them. They run from
// when the post reached us: nothing pauses them, and no end of the case ends them.
func (s *step) duties() {
	m := s.matter()
	owed := s.r.duties.Start(duty.Facts{Category: m.Category, Tags: m.Tags, Country: m.Country}, s.now, s.e.By)
	for _, o := range owed {
		if slices.ContainsFunc(s.c.Duties, func(x duty.Owed) bool { return x.Duty == o.Duty }) {
			continue
		}
		s.setDuties(append(slices.Clip(s.c.Duties), o))
		s.tellFiler(o, o.Because)
	}
	if v := s.c.Verdict; len(s.c.Duties) > 0 && !v.Rank.Duty {
		owes := *v
		owes.Rank.Duty = true
		s.setVerdict(owes)
	}
}

// dutiesDue gives the warnings of duties that have fallen due, and says which were missed. What was missed is owed all
// the same.
func (s *step) dutiesDue() {
	for i := range s.c.Duties {
		after, reached := s.c.Duties[i].Elapse(s.now)
		if len(reached) == 0 {
			continue
		}
		list := slices.Clone(s.c.Duties)
		list[i] = after
		s.setDuties(list)
		why := "it is due soon"
		if after.Breached {
			why = "it was due and is not filed"
		}
		s.tellFiler(after, after.Because+": "+why)
		if after.Breached {
			s.rouse()
		}
	}
}

// tellFiler tells who files a duty: on duty or not, since a regulator does not wait for the morning.
func (s *step) tellFiler(o duty.Owed, why string) {
	s.say("%s", why)
	ids := []string{o.Owner}
	if team, ok := s.r.directory.Team(o.Owner); ok {
		ids = team.Members
	}
	for _, id := range ids {
		s.reach(id, why, aside)
	}
}

// filed says that a member met a duty.
func (s *step) filed(b event.Filed) error {
	i := slices.IndexFunc(s.c.Duties, func(o duty.Owed) bool { return o.Duty == b.Duty })
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case i < 0:
		return s.refuse("no duty %q runs on this case", b.Duty)
	}
	o, err := s.c.Duties[i].File(b.Reference, s.e.By, s.now)
	if errors.Is(err, duty.ErrFiled) || errors.Is(err, duty.ErrNoReference) {
		return s.refuse("%s", err)
	}
	list := slices.Clone(s.c.Duties)
	list[i] = o
	s.setDuties(list)
	s.say("%s filed by %s: %s", b.Duty, s.e.By, b.Reference)
	return nil
}
