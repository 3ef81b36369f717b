package respond

import (
	"slices"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// raise makes the new verdict the case's own where it may: severity and danger only rise; the category changes until a
// person has taken the case, or when the new one is graver. It reports whether somebody must be told anew.
func (s *step) raise(v triage.Verdict, first bool) (alarmed bool) {
	if first || s.c.Verdict == nil {
		s.setVerdict(v)
		return true
	}
	taken := s.c.Climb != nil && s.c.Climb.Taken != ""
	return s.rise(risen(*s.c.Verdict, v, taken))
}

// risen is the verdict of a case that had one when another comes to it. taken says that a person has the case.
func risen(was, v triage.Verdict, taken bool) triage.Verdict {
	graver := v.Severity > was.Severity || v.Rank.Life && !was.Rank.Life
	if v.Category == "" || !graver && (taken || v.Severity < was.Severity) {
		v.Category, v.Crisis, v.Aim = was.Category, was.Crisis, was.Aim
	}
	v.Severity = max(v.Severity, was.Severity)
	v.Crisis = v.Crisis || was.Crisis
	v.Handling = was.Handling
	v.Tags = union(was.Tags, v.Tags)
	if was.Legitimacy == triage.Genuine || was.Legitimacy == triage.Fake {
		v.Legitimacy = was.Legitimacy // a person's word, or the host's, is not undone by a machine
	}
	if len(v.Hits) == 0 {
		v.Hits = was.Hits
	}
	r := &v.Rank
	r.Life, r.Safety = r.Life || was.Rank.Life, r.Safety || was.Rank.Safety
	r.Exposure, r.Duty = r.Exposure || was.Rank.Exposure, r.Duty || was.Rank.Duty
	r.Crisis, r.Severity = r.Crisis || was.Rank.Crisis, max(r.Severity, was.Rank.Severity)
	if r.Life {
		v.Category = triage.Life
	}
	return v
}

// rise makes a risen verdict the case's own. It reports whether somebody must be told anew.
func (s *step) rise(v triage.Verdict) (alarmed bool) {
	was := *s.c.Verdict
	s.setVerdict(v)
	if h := s.c.Hold; h != nil && v.Rank.Life {
		s.hold(h.Kind, "")
		s.say("a life is in danger: nothing holds the case")
	}
	s.recall()
	return v.Rank.Life && !was.Rank.Life || v.Crisis && !was.Crisis || v.Severity > was.Severity
}

// doubted is how genuine the author is held to be after one more of his messages: a doubt about him is not undone because
// he goes on without a reason for another, but by a person or by what is known of him.
func (s *step) doubted(l triage.Legitimacy) triage.Legitimacy {
	if l == triage.Unverified && s.c.Verdict != nil && s.c.Verdict.Legitimacy == triage.Doubtful {
		return triage.Doubtful
	}
	return l
}

func (s *step) setVerdict(v triage.Verdict) {
	s.ch.Verdict = &v
	s.c.Verdict = &v
}

// graver does what a verdict that alarms asks for: the clock is that of the graver matter, and somebody is told. A case
// that nobody is told of is told of anyway.
func (s *step) graver(alarmed, crisis bool) {
	if alarmed {
		s.tighten()
	}
	if alarmed || s.unwatched() {
		s.alarm(crisis)
	}
}

// recall keeps words here that no person wrote, and that were prepared for a milder matter: all of them where a life is
// in danger, else those that were to go out by themselves and no longer may.
func (s *step) recall() {
	d := s.c.Draft
	if d == nil || !d.byMachine() {
		return
	}
	if s.c.Verdict.Rank.Life || d.Approved == d.By && !s.mild() {
		s.withdraw(event.Graver)
	}
}

// tighten starts a running clock anew where the matter, as it is now, gives less time than is left.
func (s *step) tighten() {
	for _, k := range slices.Clone(s.c.Clocks) {
		if k.Objective != escalation.FirstReply && k.Objective != escalation.NextReply {
			continue
		}
		if k.Breached || s.r.clock(s.plan(), k.Objective, s.now).Due.Before(k.Due) {
			s.startClock(k.Objective, s.now)
		}
	}
}

// keptPlaces is how many places of one kind a verdict keeps. A text of megabytes can have hundreds of thousands, and a
// case is written anew at every step.
const keptPlaces = 200

// bounded is a verdict with as many places as a case keeps: the first of each kind, and of private data at least one of
// each class, for the class decides what is done with the text.
func bounded(v triage.Verdict) triage.Verdict {
	v.Hits = first(v.Hits)
	if all := v.Private; len(all) > keptPlaces {
		v.Private = slices.Clone(first(all))
		for _, p := range all[keptPlaces:] {
			if !slices.ContainsFunc(v.Private, func(x sensitive.Span) bool { return x.Class == p.Class }) {
				v.Private = append(v.Private, p)
			}
		}
	}
	v.Signals, v.Reasons = slices.Clone(v.Signals), slices.Clone(v.Reasons)
	for i := range v.Signals {
		v.Signals[i].Spans = first(v.Signals[i].Spans)
	}
	for i := range v.Reasons {
		v.Reasons[i].Spans = first(v.Reasons[i].Spans)
	}
	return v
}

// first are the first places of a kind.
func first[T any](places []T) []T {
	if len(places) <= keptPlaces {
		return places
	}
	return slices.Clone(places[:keptPlaces])
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// suspect reports whether the author may not be who he says.
func suspect(v *triage.Verdict) bool {
	return v != nil && (v.Legitimacy == triage.Doubtful || v.Legitimacy == triage.Fake)
}
