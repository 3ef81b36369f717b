package incident

import (
	"slices"
	"strings"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
)

// established takes a claim that a member verified: statements may claim it, and so may every case of the incident.
func (s *step) established(b event.Established) error {
	f := fact.Fact{Name: strings.TrimSpace(b.Name), Says: strings.TrimSpace(b.Says), By: s.e.By, At: s.now,
		Evidence: b.Evidence, Source: b.Source, Until: b.Until}
	switch err := f.Check(); {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy: a machine verifies nothing", s.e.By)
	case s.in.State == Crowd || s.in.State == Dismissed:
		return s.refuse("it is no crisis: a fact is verified in the case that it is about")
	case err != nil:
		return s.refuse("%s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	if err := s.r.MayVerify(s.e.By, s.matter(), s.now); err != nil {
		return s.refuse("%s", err)
	}
	list := fact.Keep(fact.With(s.in.Facts, f), s.now)
	if len(list) > fact.Most {
		return s.refuse("%d facts hold here or have to be corrected: no more are kept", fact.Most)
	}
	s.say("%s verified %s: %s (%s)", s.e.By, f.Name, f.Evidence, f.Source)
	s.verified(list)
	return nil
}

// longestWhy is how many bytes a reason has at most: it is a sentence.
const longestWhy = 1000

// retracted is a member's word that a fact is not so. Whoever was told it is owed a correction: the public here, and each
// customer in his case.
func (s *step) retracted(b event.Retracted) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case strings.TrimSpace(b.Why) == "" || len(b.Why) > longestWhy:
		return s.refuse("say why it is not so, in at most %d bytes", longestWhy)
	}
	list, known, gone := fact.Without(s.in.Facts, s.r.Specs().Facts, b.Fact, b.Why, s.now)
	switch {
	case !known:
		return s.refuse("no fact is called %q here", b.Fact)
	case !gone:
		s.nothing = true
		return nil
	}
	s.say("%s is not so, says %s: %s", b.Fact, s.e.By, b.Why)
	s.verified(fact.Keep(list, s.now))
	return nil
}

// verified puts other facts in the place of the old ones, tells every case, and reads what is drafted again.
func (s *step) verified(list []fact.Record) {
	s.setFacts(list)
	if s.in.Cases > 0 {
		s.ask("what is verified in the incident has changed", effect.InformCases{Incident: s.in.ID}, aside)
	}
	d := s.in.Draft
	if d == nil || d.Rejected {
		return
	}
	before := len(errorsIn(d.Findings))
	s.restate(*d)
	if now := errorsIn(s.in.Draft.Findings); len(now) > before {
		s.tellMember(d.By, 0, aside, false, "a statement stays here: "+now[0].Why)
	}
}

// inform tells a case that joins what is verified.
func (s *step) inform(id string) {
	if len(s.in.Facts) > 0 {
		s.ask("what is verified in the incident", effect.InformCases{Incident: s.in.ID, Case: id}, aside)
	}
}

func (s *step) setFacts(list []fact.Record) { s.ch.Facts, s.in.Facts = written(list), list }

// Verified are its facts as its cases are told of them, for event.Informed.
func (in Incident) Verified() (out []event.Verified) {
	for _, x := range in.Facts {
		out = append(out, event.Verified{
			Name: x.Name, Says: x.Says, By: x.By, At: x.At, Until: x.Until, Retracted: x.Retracted, Why: x.Why,
		})
	}
	return out
}

// ledger is what a statement may claim.
func (s *step) ledger() fact.Ledger { return fact.Of(s.in.Facts, s.r.Specs().Facts) }

// rests is what a statement says that facts say.
func (s *step) rests(st event.Statement) []string {
	sc := s.scene()
	if len(sc.Facts) == 0 {
		return nil
	}
	return s.r.Composer().Rests(st.Text, sc)
}

// stood notes that the public has been told what the statement rests on, once it is known to stand somewhere, and that it
// has been corrected, where that is what the statement does.
func (s *step) stood() {
	p := s.in.Statement
	list := slices.Clone(s.in.Facts)
	if p.Statement.Corrects {
		for i, x := range list {
			if x.Owed() {
				list[i].Corrected = s.now
			}
		}
	}
	for _, says := range p.Rests {
		is := func(x fact.Record) bool { return x.Says == says && x.Corrected.IsZero() }
		i := slices.IndexFunc(list, is)
		house := slices.IndexFunc(s.r.Specs().Facts, func(f fact.Fact) bool { return f.Says == says })
		if i < 0 && house >= 0 {
			i, list = len(list), append(list, fact.Record{Fact: s.r.Specs().Facts[house], House: true})
		}
		if i >= 0 && list[i].Said.IsZero() {
			list[i].Said = s.now
		}
	}
	if !slices.Equal(list, s.in.Facts) {
		s.setFacts(fact.Keep(list, s.now))
	}
}

// correct looks, after every step, for what the public was told and is not so: whoever has the command is told, and the
// public's next word is due sooner.
func (s *step) correct() {
	for _, x := range s.in.Facts {
		same := func(y fact.Record) bool { return y.Owed() && y.Name == x.Name && y.At.Equal(x.At) && y.Says == x.Says }
		if !x.Owed() || slices.ContainsFunc(s.was.Facts, same) {
			continue
		}
		why := "the public was told " + x.Name + ", and it is not so: correct it"
		s.say("%s (%s)", why, x.Why)
		switch c := s.in.Commander; {
		case c != "" && c == s.e.By: // he reads it in the answer
		case s.reaches(c):
			s.tellMember(c, 0, aside, false, why)
		default:
			s.rouse()
		}
		if next := s.in.Next; s.in.Speaks() {
			if s.oweWord(); !next.IsZero() && next.Before(s.in.Next) {
				s.ch.Next, s.in.Next = &next, next
			}
		}
	}
}

// houseSays takes back here what the house took back since the public was told it.
func (s *step) houseSays() {
	list, changed := slices.Clone(s.in.Facts), false
	for i, x := range list {
		if !x.House || !x.Retracted.IsZero() {
			continue
		}
		if why, gone := s.r.Specs().Facts.Gone(x.Fact, s.now); gone {
			list[i].Retracted, list[i].Why, changed = s.now, why, true
		}
	}
	if changed {
		s.setFacts(list)
	}
}

// owesCorrection reports whether the public was told something that is not so, and does not know.
func (in Incident) owesCorrection() bool { return slices.ContainsFunc(in.Facts, fact.Record.Owed) }

// states reports whether it may speak in public: while it is declared, and afterwards to correct what it said.
func (in Incident) states() bool {
	over := in.State == Resolved || in.State == Examined
	return in.Speaks() || over && in.Statement != nil && (in.owesCorrection() || in.Statement.Statement.Corrects)
}
