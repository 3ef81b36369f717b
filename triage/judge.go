package triage

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
)

// Judge says what a mention is. It reads evidence first and the rules after it, in order:
//
//   - the first rule that names a category gives it; the severity is the highest that any rule asks for, and at least
//     the category's own; the first aim named stands; tags add up; the last handling named stands; Stop ends the
//     reading.
//   - rules of the category life are read in any case, also behind a Stop. One that holds gives the category life,
//     severity crisis and a case, whatever the others say.
//   - where no rule names a handling: Ignore what names no subject, speaks to none of our accounts and is public;
//     Open what a rule gave a category if it names a core subject, speaks to us or is private; Record all else. Wide
//     subjects and competitors never open a case by themselves.
//   - legitimacy is genuine when the host gave customer=yes or an order (orders=1 and more), else doubtful when the
//     weights of the evidence that holds reach the policy's Doubtful, else unverified.
//
// The same Input gives the same Verdict; the Input is not altered and the Verdict shares no memory with it.
func (j *Judge) Judge(in Input) Verdict {
	var s scene
	s.judgeAll(j, in)
	return s.v
}

// Reuse gives a function that judges as Judge does, into one Verdict that the next call writes over, with all that is
// in it. It allocates nothing once its memory has grown, but for what an expression or a scorer of the policy allocates.
// The function is for one goroutine; take one each.
func (j *Judge) Reuse() func(Input) *Verdict {
	s := new(scene)
	return func(in Input) *Verdict {
		s.judgeAll(j, in)
		return &s.v
	}
}

func (s *scene) judgeAll(j *Judge, in Input) {
	s.begin(j, in)
	s.weigh()
	s.follow()
	v := &s.v
	if v.Category == Life {
		v.Handling = Open
	} else if v.Handling == "" {
		v.Handling, _ = s.usual()
	}
	k := j.categories[v.Category]
	v.Severity = max(v.Severity, k.Severity)
	v.Crisis = k.Crisis
	s.finish()
	v.Rank = s.rank(k)
}

// follow reads the rules.
func (s *scene) follow() {
	j := s.judge
	stopped := false
	first := len(j.evidence)
	for i := nextBit(s.awake, first); i >= 0; i = nextBit(s.awake, i+1) {
		r := &j.rules[i-first]
		if stopped && r.then.Category != Life || !s.awakened(r) {
			continue
		}
		before := s.v.Category
		how := s.apply(&r.then)
		did := r.did[how]
		if how == other {
			did = s.refused(i-first, before)
		}
		s.because(&r.when, s.reason(r.name, did))
		stopped = stopped || r.then.Stop
	}
}

// awakened reports whether the condition of a clause holds that is looked at because of the words in the text: the
// part by which it was woken is not asked again.
func (s *scene) awakened(k *clause) bool {
	if k.woken == nil {
		return s.holds(&k.when)
	}
	for i := range k.when.kids {
		if kid := &k.when.kids[i]; kid != k.woken && !s.holds(kid) {
			return false
		}
	}
	return true
}

// What a rule may find where it names a category, and the places in clause.did.
const (
	gave  = iota // it gave it, or names none
	found        // it was given already
	other        // another was given already: what is said then names that one
)

// refusal is a rule that found another category given.
type refusal struct {
	rule     int
	category string
}

// refused is what such a rule did. It is written once.
func (s *scene) refused(rule int, category string) string {
	key := refusal{rule, category}
	did, ok := s.refusals[key]
	if !ok {
		did = s.judge.rules[rule].then.saying(other, category, s.judge.categories)
		if s.refusals == nil {
			s.refusals = map[refusal]string{}
		}
		s.refusals[key] = did
	}
	return did
}

// apply writes what a rule asks for into the verdict and says what it found.
func (s *scene) apply(t *Then) (did int) {
	v := &s.v
	switch {
	case t.Category == "":
	case v.Category == "" || t.Category == Life && v.Category != Life:
		v.Category = t.Category
	case v.Category == t.Category:
		did = found
	default:
		did = other
	}
	v.Severity = max(v.Severity, t.Severity)
	if v.Aim == "" {
		v.Aim = t.Aim
	}
	s.tags = append(s.tags, t.Tags...)
	if t.Handling != "" {
		v.Handling = t.Handling
	}
	return did
}

// usual is the handling when no rule names one, and why. A Judge without a matcher cannot know whom a mention names,
// and takes one without hits to name us.
func (s *scene) usual() (h Handling, why string) {
	j, hits := s.judge, s.in.Hits
	toUs := s.mention.Addressed == mention.ToUs || s.mention.IsPrivate()
	switch {
	case j.matcher != nil && len(hits) == 0 && !toUs:
		return Ignore, "it names nobody who is watched and is not addressed to us"
	case s.v.Category == "":
		return Record, "no rule gave it a category"
	case toUs:
		return Open, "it has a category and is addressed to us"
	case j.hasCore(hits):
		return Open, "it has a category and names a core subject"
	case j.matcher == nil && len(hits) == 0:
		return Open, "it has a category, and there is no watchlist"
	}
	return Record, "it names no core subject of ours"
}

// hasCore reports whether one of the hits alone is reason to open a case.
func (j *Judge) hasCore(hits []mention.Hit) bool {
	for i := range hits {
		if h := &hits[i]; h.Kind != mention.Competitor && (j.matcher == nil || j.core[h.Subject]) {
			return true
		}
	}
	return false
}

// rank gathers what the priority is made of.
func (s *scene) rank(k Category) Rank {
	h := &s.in.History
	return Rank{
		Life:     s.v.Category == Life,
		Safety:   k.Safety,
		Exposure: k.Exposure || !s.mention.IsPrivate() && slices.ContainsFunc(s.v.Private, endangers),
		Duty:     k.Duty,
		Crisis:   s.v.Crisis,
		Severity: s.v.Severity,
		Repeated: h.Broken > 0 || h.Open > 0 && h.Contacts > 0,
		Since:    firstSet(s.mention.PostedAt, s.mention.ReceivedAt, s.in.At),
		Tier:     tier(s.in.Given["tier"]),
		Audience: max(0, s.mention.Audience, s.mention.Author.Followers),
	}
}

// endangers reports whether private data of this class harms its owner by standing in public for an hour.
// Who may be reached by it, or is ill, is not robbed by it.
func endangers(p sensitive.Span) bool {
	switch p.Class {
	case sensitive.Password, sensitive.Code, sensitive.Token, sensitive.Card, sensitive.IBAN, sensitive.SSN,
		sensitive.NationalID, sensitive.Bank:
		return true
	}
	return false
}

// tier reads the customer's tier, a number from 0 to 9; names mean nothing here.
func tier(s string) int {
	n, _ := wholeNumber(s)
	return min(9, max(0, n))
}

func firstSet(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return mention.Instant(t)
		}
	}
	return time.Time{}
}
