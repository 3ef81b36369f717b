package incident

import (
	"errors"
	"slices"

	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/strategy"
)

// assessed keeps what the situation is, and asks how to speak of it.
func (s *step) assessed(b event.Assessed) error {
	if !s.in.Live() || s.in.State == Crowd {
		return s.refuse("nothing is said of it in public: it is %s", s.in.State)
	}
	if err := s.leads(); err != nil {
		return err
	}
	x, err := strategy.Assess(b, s.e.By, s.now)
	if err != nil {
		return s.refuse("%s", err)
	}
	s.ch.Assessed, s.in.Assessed = &x, &x
	s.say("%s: %s", x.Advice.Strategy, x.Advice.Because)
	s.say("sorry for %s, by %s", x.Apology.For, x.Apology.Kind)
	if d := s.in.Draft; d != nil && !d.Rejected { // what was read by what was known before is read again
		s.restate(*d)
	}
	return nil
}

// base is the strategy of a text that says none.
func base(st event.Statement) strategy.Strategy {
	if st.Strategy == "" {
		return strategy.Base
	}
	return strategy.Strategy(st.Strategy)
}

// astray says where a statement speaks of responsibility otherwise than the situation allows.
func (s *step) astray(st event.Statement) (why []string) {
	next := base(st)
	switch advice := s.advice(); {
	case !slices.Contains([]strategy.Strategy{strategy.Base, strategy.Diminish, strategy.Rebuild, strategy.Deny}, next):
		return []string{"there is no strategy " + st.Strategy}
	case next != strategy.Base && next != advice.Strategy:
		why = append(why, "the situation allows "+string(advice.Strategy)+" ("+advice.Because+"), not "+string(next))
	}
	used := make([]strategy.Strategy, len(s.in.Used))
	for i, u := range s.in.Used {
		used[i] = strategy.Strategy(u)
	}
	var contradicts *strategy.SwitchError
	if err := strategy.Switch(used, next, st.Corrects); errors.As(err, &contradicts) {
		why = append(why, contradicts.Error())
	}
	return why
}

// advice is how the matter is to be spoken of, by what is known of it.
func (s *step) advice() strategy.Advice {
	if s.in.Assessed != nil {
		return s.in.Assessed.Advice
	}
	advice, _ := strategy.Choose(strategy.Situation{}) // of nothing known there is always one
	return advice
}

// admits reports whether somebody confirmed that the fault is ours.
func (s *step) admits() bool { return s.in.Assessed.Admits() }

// use notes the strategy of a statement that goes out. A retraction begins anew.
func (s *step) use(st event.Statement) {
	used := slices.Clone(s.in.Used)
	if st.Corrects {
		used = nil
	}
	if name := string(base(st)); !slices.Contains(used, name) {
		used = append(used, name)
	}
	s.setUsed(used)
}

func (s *step) setUsed(list []string) { s.ch.Used, s.in.Used = written(list), list }

// faults are findings of one kind that stop a statement, at the end of its text.
func faults(rule, name string, end int, why []string) (list []guideline.Finding) {
	for _, w := range why {
		list = append(list, guideline.Finding{Rule: rule, Name: name, Level: guideline.Error, Start: end, End: end, Why: w})
	}
	return list
}
