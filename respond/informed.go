package respond

import (
	"slices"

	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
)

// informed takes what the case's incident has verified, and what of it is not so: what was said is owed a correction, what
// rests on it stays here. Without an incident it is the house that has changed its facts.
func (s *step) informed(b event.Informed) error {
	if s.c.nameless() {
		return s.refuse("nothing of the person is kept here any more")
	}
	if b.Incident == "" {
		s.houseSays()
		s.nothing = s.ch.Facts == nil && !s.restsOnNothing()
		return nil
	}
	list, news := slices.Clone(s.c.Facts), false
	for _, v := range b.Facts {
		var did bool
		list, did = s.takesOver(list, b.Incident, v)
		news = news || did
	}
	if s.nothing = !news; news {
		s.setFacts(fact.Keep(list, s.now))
	}
	return nil
}

// takesOver puts one fact of an incident into a list. What is known here to be wrong stays so.
func (s *step) takesOver(list []fact.Record, incident string, v event.Verified) ([]fact.Record, bool) {
	f := fact.Fact{Name: v.Name, Says: v.Says, By: v.By, At: v.At, Until: v.Until, Retracted: v.Retracted, Why: v.Why}
	same := func(x fact.Record) bool { return x.Incident == incident && x.Name == f.Name && x.Says == f.Says }
	i := slices.IndexFunc(list, func(x fact.Record) bool { return same(x) && x.At.Equal(f.At) })
	if i < 0 { // it was verified anew before this case heard of it
		i = slices.IndexFunc(list, func(x fact.Record) bool { return same(x) && x.At.Before(f.At) && x.Retracted.IsZero() })
	}
	switch {
	case f.Retracted.IsZero() && i < 0 && f.Holds(s.now):
		return append(list, fact.Record{Fact: f, Incident: incident}), true
	case f.Retracted.IsZero() && i >= 0 && list[i].Retracted.IsZero() && !list[i].At.Equal(f.At):
		list[i].Fact = f
		return list, true
	case f.Retracted.IsZero() || i >= 0 && !list[i].Retracted.IsZero():
		return list, false
	case i >= 0:
		list[i].Retracted, list[i].Why = s.now, f.Why
		return list, true
	}
	return s.ofHouse(list, incident, f)
}

// ofHouse takes back a fact of the house that the incident knows not to be so: here it is none any more.
func (s *step) ofHouse(list []fact.Record, incident string, f fact.Fact) ([]fact.Record, bool) {
	said := func(x fact.Record) bool { return x.House && x.Name == f.Name && x.Says == f.Says }
	if i := slices.IndexFunc(list, said); i >= 0 {
		list[i].House, list[i].Incident, list[i].Retracted, list[i].Why = false, incident, s.now, f.Why
		return list, true
	}
	if house, ok := s.r.specs.Facts.Find(f.Name, s.now); ok && house.Says == f.Says {
		return append(list, fact.Record{Fact: f, Incident: incident}), true
	}
	return list, false
}
