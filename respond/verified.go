package respond

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/guideline"
)

// actVerify is the authority to establish a fact. Where the hierarchy gives it to nobody, every member has it.
const actVerify = "verify"

// established takes a claim that a member verified. What it takes the place of is not so any more.
func (s *step) established(b event.Established) error {
	f := fact.Fact{Name: strings.TrimSpace(b.Name), Says: strings.TrimSpace(b.Says), By: s.e.By, At: s.now,
		Evidence: b.Evidence, Source: b.Source, Until: b.Until}
	switch err := f.Check(); {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy: a machine verifies nothing", s.e.By)
	case s.c.nameless():
		return s.refuse("nothing of the person is kept here any more")
	case err != nil:
		return s.refuse("%s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	if why := s.mayVerify(); why != "" {
		return s.refuse("%s", why)
	}
	list := fact.With(s.c.Facts, f)
	list = fact.Keep(list, s.now)
	foreign := func(x fact.Record) bool { return x.Incident != "" }
	if len(slices.DeleteFunc(slices.Clone(list), foreign)) > fact.Most {
		return s.refuse("%d facts hold here or have to be corrected: no more are kept", fact.Most)
	}
	s.say("%s verified %s: %s (%s)", s.e.By, f.Name, f.Evidence, f.Source)
	s.setFacts(list)
	if d := s.c.Draft; !s.c.Owed.IsZero() && (d == nil || d.byMachine() && d.Stale != "") {
		s.proposeAgain() // what a play wanted to say may be what was missing
	}
	return nil
}

// proposeAgain drafts from the playbook by what is verified now. It is for a person: no machine answers because somebody
// verified something.
func (s *step) proposeAgain() {
	s.late = true
	s.propose()
}

// mayVerify says why a member may not establish a fact; empty when he may.
func (s *step) mayVerify() string {
	if err := s.r.MayVerify(s.e.By, s.matter(), s.now); err != nil {
		return err.Error()
	}
	return ""
}

// MayVerify says why a member may not establish a fact in a matter; nil when he may.
func (r *Rules) MayVerify(member string, m escalation.Matter, at time.Time) error {
	return r.may(actVerify, member, m, at)
}

// may says why a member may not do what the hierarchy lets some members do; nil when he may, and where it names nobody.
func (r *Rules) may(act, member string, m escalation.Matter, at time.Time) error {
	given := func(a escalation.Authority) bool { return a.Act == act }
	for _, x := range r.specs.Hierarchy.Members {
		if slices.ContainsFunc(x.Authority, given) {
			return r.directory.Authorize(escalation.Ask{Act: act, By: member, Matter: m, At: at})
		}
	}
	return nil
}

// retracted is a member's word that a fact is not so. One of the house is no fact in this case any more.
func (s *step) retracted(b event.Retracted) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case strings.TrimSpace(b.Why) == "" || len(b.Why) > keptNote:
		return s.refuse("say why it is not so, in at most %d bytes", keptNote)
	}
	list, known, gone := fact.Without(s.c.Facts, s.r.specs.Facts, b.Fact, b.Why, s.now)
	switch {
	case !known:
		return s.refuse("no fact is called %q here", b.Fact)
	case !gone:
		s.nothing = true
		return nil
	}
	s.say("%s is not so, says %s: %s", b.Fact, s.e.By, b.Why)
	s.setFacts(fact.Keep(list, s.now))
	return nil
}

// rests notes what a draft rests on, and until when it may claim what it claims.
func (s *step) rests(d *Draft, sc guideline.Scene) {
	d.Rests, d.Until = nil, time.Time{}
	if len(sc.Facts) == 0 {
		return
	}
	if d.Rests = s.r.composer.Rests(d.Text, sc); len(d.Rests) == 0 {
		return
	}
	ledger := s.ledger()
	var ends []time.Time
	for _, f := range ledger {
		if slices.Contains(d.Rests, f.Says) && f.Until.After(s.now) {
			ends = append(ends, f.Until)
		}
	}
	slices.SortFunc(ends, time.Time.Compare)
	for _, end := range ends {
		sc.Facts = ledger.At(end)
		if len(broken(s.r.composer.Lint(d.Text, sc))) > len(broken(d.Findings)) {
			d.Until = end
			return
		}
	}
}

// claims are the facts that stand in a text word for word, as a slot is filled. Who corrects one may name it.
func (s *step) claims(d *Draft, ledger fact.Ledger) (says []string) {
	for _, f := range ledger {
		if strings.Contains(d.Text, f.Says) && !(d.Corrects && !f.Retracted.IsZero()) {
			says = append(says, f.Says)
		}
	}
	return says
}

// told notes what a word of ours that is out has told the customer, and what it has corrected.
func (s *step) told(d Draft) {
	if d.Corrects {
		s.corrected()
	}
	if len(d.Rests) == 0 {
		return
	}
	list := slices.Clone(s.c.Facts)
	for _, says := range d.Rests {
		is := func(f fact.Fact) bool { return f.Says == says }
		i := slices.IndexFunc(list, func(x fact.Record) bool { return is(x.Fact) && x.Corrected.IsZero() })
		if j := slices.IndexFunc(s.r.specs.Facts, is); i < 0 && j >= 0 {
			i, list = len(list), append(list, fact.Record{Fact: s.r.specs.Facts[j], House: true})
		}
		if i >= 0 && list[i].Said.IsZero() {
			list[i].Said = s.now
		}
	}
	s.setFacts(fact.Keep(list, s.now))
}

// corrected notes that the customer knows now what is not so.
func (s *step) corrected() {
	list := slices.Clone(s.c.Facts)
	for i, x := range list {
		if x.Owed() {
			list[i].Corrected = s.now
		}
	}
	s.setFacts(list)
}

// owesCorrection reports whether the customer was told something that is not so.
func (s *step) owesCorrection() bool { return slices.ContainsFunc(s.c.Facts, fact.Record.Owed) }

// standing looks, after every step, whether what is verified still is: what the house took back, what a draft may claim no
// more, and what the customer has to be told.
func (s *step) standing() {
	s.houseSays()
	s.mayStillClaim()
	for _, x := range s.c.Facts {
		same := func(y fact.Record) bool { return y.Owed() && y.Name == x.Name && y.At.Equal(x.At) && y.Says == x.Says }
		if !x.Owed() || slices.ContainsFunc(s.was.Facts, same) {
			continue
		}
		s.task("he was told %s, and it is not so (%s): correct it", x.Name, x.Why)
		news := slices.ContainsFunc(s.c.Clocks, func(k escalation.Clock) bool { return k.Objective == escalation.Update })
		if s.c.Stage.Live() && s.c.Stage != followup.Surveying && !news {
			s.startClock(escalation.Update, s.now)
		}
	}
}

// houseSays takes back here what the house took back since it was said.
func (s *step) houseSays() {
	var list []fact.Record
	for i, x := range s.c.Facts {
		if !x.House || !x.Retracted.IsZero() {
			continue
		}
		if why, gone := s.r.specs.Facts.Gone(x.Fact, s.now); gone {
			if list == nil {
				list = slices.Clone(s.c.Facts)
			}
			list[i].Retracted, list[i].Why = s.now, why
		}
	}
	if list != nil {
		s.setFacts(list)
	}
}

// restsOnNothing reports whether a draft rests on what nobody says any more.
func (s *step) restsOnNothing() bool {
	d := s.c.Draft
	if d == nil || d.Stale != "" || len(d.Rests) == 0 {
		return false
	}
	facts := s.ledger().At(s.now)
	return slices.ContainsFunc(d.Rests, func(says string) bool {
		return !slices.ContainsFunc(facts, func(f guideline.Fact) bool { return f.Says == says && !f.Expired })
	})
}

// mayStillClaim reads a draft again where what it rests on ended, or something was verified since it was written: what
// claims too much stays here, and a person is told; what may go now is put before one.
func (s *step) mayStillClaim() {
	d := s.c.Draft
	if d == nil || d.Stale != "" {
		return
	}
	ended := !d.Until.IsZero() && !d.Until.After(s.now)
	if !ended && s.ch.Facts == nil && s.ch.Assessed == nil && !s.restsOnNothing() {
		return
	}
	again, then := *d, s.scene(d)
	s.lint(&again)
	for _, says := range d.Rests {
		then.Facts = append(then.Facts, guideline.Fact{Says: says})
	}
	then.FaultConfirmed = then.FaultConfirmed || s.was.Assessed.Admits()
	if len(broken(again.Findings)) > len(broken(s.r.composer.Lint(d.Text, then))) {
		s.withdraw(event.Unverified)
		s.task("%s stays here: %s", cmp.Or(map[bool]string{true: "an approved answer"}[d.Approved != ""], "a draft"),
			strings.Join(broken(again.Findings), "; "))
		if d.byMachine() && !s.onItsWay() && !s.c.Owed.IsZero() {
			s.proposeAgain()
		}
		return
	}
	s.setDraft(again)
	if len(broken(d.Findings)) > 0 && d.Approved == "" {
		s.askConsent(again)
	}
}
