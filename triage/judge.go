package triage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
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
//   - legitimacy is genuine when the host gave customer=yes, else doubtful when the weights of the evidence that holds
//     reach the policy's Doubtful, else unverified. An absence of words is no evidence in a text of fewer than three.
//
// The same Input gives the same Verdict; the Input is not altered and the Verdict shares no memory with it.
func (j *Judge) Judge(in Input) Verdict {
	s := j.read(in)
	v := Verdict{
		Standing: in.Standing,
		Hits:     slices.Clone(in.Hits),
		Private:  s.private,
		Signals:  s.readings,
	}
	j.weigh(s, &v)
	j.follow(s, &v)
	if v.Category == Life {
		v.Handling = Open
	} else if v.Handling == "" {
		v.Handling, _ = j.usual(s, &v)
	}
	k := j.categories[v.Category]
	v.Severity = max(v.Severity, k.Severity)
	v.Crisis = k.Crisis
	v.Tags = sortedOnce(v.Tags)
	v.Rank = s.rank(&v, k)
	return v
}

// weigh reads the evidence.
func (j *Judge) weigh(s *scene, v *Verdict) {
	sum := 0
	for i := range j.evidence {
		e := &j.evidence[i]
		if !hasBit(s.awake, i) || e.absence && s.text.Words() < fewWords || !s.holds(&e.when) {
			continue
		}
		sum += e.weight
		r := Reason{Rule: e.name, Did: fmt.Sprintf("evidence, weight %d", e.weight)}
		s.because(&e.when, &r)
		v.Reasons = append(v.Reasons, r)
	}
	switch {
	case s.in.Given["customer"] == "yes":
		v.Legitimacy = Genuine
	case j.doubtful > 0 && sum >= j.doubtful:
		v.Legitimacy = Doubtful
	default:
		v.Legitimacy = Unverified
	}
	s.legitimacy = v.Legitimacy
}

// fewWords is how many words a text must have for what it does not say to mean anything.
const fewWords = 3

// follow reads the rules.
func (j *Judge) follow(s *scene, v *Verdict) {
	stopped := false
	eachBit(s.awake, func(i int) {
		if i < len(j.evidence) {
			return
		}
		r := &j.rules[i-len(j.evidence)]
		if stopped && r.then.Category != Life || !s.holds(&r.when) {
			return
		}
		reason := Reason{Rule: r.name, Did: r.then.apply(v, j.categories)}
		s.because(&r.when, &reason)
		v.Reasons = append(v.Reasons, reason)
		stopped = stopped || r.then.Stop
	})
}

// apply writes what a rule asks for into the verdict and says so.
func (t *Then) apply(v *Verdict, categories map[string]Category) string {
	var did []string
	switch {
	case t.Category == "":
	case v.Category == "" || t.Category == Life && v.Category != Life:
		v.Category = t.Category
		did = append(did, "category "+t.Category)
	case v.Category != t.Category:
		did = append(did, "category "+t.Category+" not taken, it is "+v.Category+" already")
	}
	if t.Severity > Routine {
		v.Severity = max(v.Severity, t.Severity)
		did = append(did, "severity "+t.Severity.String())
	}
	if t.Category != "" && v.Category == t.Category {
		if floor := categories[t.Category].Severity; floor > t.Severity {
			did = append(did, "severity "+floor.String()+" by its category")
		}
	}
	if t.Aim != "" {
		if v.Aim == "" {
			v.Aim = t.Aim
		}
		did = append(did, "aim "+string(t.Aim))
	}
	if len(t.Tags) > 0 {
		v.Tags = append(v.Tags, t.Tags...)
		did = append(did, "tags "+strings.Join(t.Tags, " "))
	}
	if t.Handling != "" {
		v.Handling = t.Handling
		did = append(did, string(t.Handling))
	}
	if t.Stop {
		did = append(did, "stop")
	}
	return strings.Join(did, ", ")
}

// usual is the handling when no rule names one, and why. A Judge without a matcher cannot know whom a mention names,
// and takes one without hits to name us.
func (j *Judge) usual(s *scene, v *Verdict) (h Handling, why string) {
	toUs := s.mention.Addressed == mention.ToUs || s.mention.IsPrivate()
	switch {
	case j.matcher != nil && len(s.hits) == 0 && !toUs:
		return Ignore, "it names nobody who is watched and is not addressed to us"
	case v.Category == "":
		return Record, "no rule gave it a category"
	case toUs:
		return Open, "it has a category and is addressed to us"
	case slices.ContainsFunc(s.hits, j.isCore):
		return Open, "it has a category and names a core subject"
	case j.matcher == nil && len(s.hits) == 0:
		return Open, "it has a category, and there is no watchlist"
	}
	return Record, "it names no core subject of ours"
}

// isCore reports whether a hit alone is reason to open a case.
func (j *Judge) isCore(h mention.Hit) bool {
	if h.Kind == mention.Competitor {
		return false
	}
	if j.matcher == nil {
		return true
	}
	subject, ok := j.matcher.Subject(h.Subject)
	return ok && subject.Focus != mention.Wide
}

// rank gathers what the priority is made of.
func (s *scene) rank(v *Verdict, k Category) Rank {
	h := s.in.History
	return Rank{
		Life:     v.Category == Life,
		Safety:   k.Safety,
		Exposure: k.Exposure || !s.mention.IsPrivate() && slices.ContainsFunc(s.private, endangers),
		Duty:     k.Duty,
		Crisis:   v.Crisis,
		Severity: v.Severity,
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
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
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
