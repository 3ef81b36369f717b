package incident

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// usualPace is how many customers a house answers an hour where nobody has said.
const usualPace = 60

// fastest is the pace beyond which clocks stand at one instant.
const fastest = 3_600_000

// holdOne has a case held that joined while the incident speaks. Nothing holds danger to life.
func (s *step) holdOne(b event.Joined) {
	switch {
	case !s.in.Speaks():
	case b.Life:
		s.say("a life is in danger: nothing holds that case")
	default:
		s.ask("the incident speaks for its cases", effect.HoldCases{Incident: s.in.ID, Case: b.Case}, aside)
	}
}

// freed is a member's word that a case is about something else.
func (s *step) freed(b event.Freed) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case b.Case == "":
		return s.refuse("which case it is that goes is not said")
	case !s.in.Live():
		return s.refuse("the incident is over: it holds nothing")
	}
	s.ch.Freed = 1
	s.ask("the case is about something else, says "+s.e.By, effect.ReleaseCases{Incident: s.in.ID, Case: b.Case}, aside)
	s.say("%s takes a case out: %s", s.e.By, b.Note)
	return nil
}

// releaseAll lets every case go. Those that were held have waited, so their clocks begin one after another; of those that
// were not, and whose answer was missed meanwhile, one after another is told of.
func (s *step) releaseAll(to State, why string) {
	if s.in.Cases+s.ch.Cases == 0 {
		return
	}
	release := effect.ReleaseCases{Incident: s.in.ID, Pace: s.pace}
	if release.Pace <= 0 {
		release.Pace = usualPace
	}
	if to == Resolved {
		s.say("every customer gets an answer of his own: %d an hour, the most urgent first", release.Pace)
	} else {
		s.say("every case pages for itself again: of those whose answer was missed %d an hour, the most urgent first", release.Pace)
	}
	s.ask(why, release, aside)
}

// Members are the cases that an incident holds or lets go, in the order in which they joined: those since it began last,
// without those that a person took out. A host that carries out effect.HoldCases and effect.ReleaseCases reads them from
// the trail: an incident does not grow with its cases.
func Members(entries iter.Seq[Entry]) []string {
	in, _ := joining(entries)
	return in
}

// Everybody are the cases that ever joined it, also those before it began anew and those that a person took out: for
// effect.InformCases.
func Everybody(entries iter.Seq[Entry]) []string {
	_, ever := joining(entries)
	return ever
}

func joining(entries iter.Seq[Entry]) (in, ever []string) {
	at, known := map[string]int{}, map[string]bool{}
	for e := range entries {
		if e.Change.First != nil {
			in, at = nil, map[string]int{}
		}
		switch b := e.Event.Body.(type) {
		case event.Joined:
			if _, is := at[b.Case]; !is {
				at[b.Case] = len(in)
				in = append(in, b.Case)
			}
			if !known[b.Case] {
				known[b.Case], ever = true, append(ever, b.Case)
			}
		case event.Freed:
			if i, is := at[b.Case]; is {
				in[i] = ""
				delete(at, b.Case)
			}
		}
	}
	return slices.DeleteFunc(in, func(id string) bool { return id == "" }), ever
}

// A Waiting is a case that an incident lets go, with its place in the queue: respond.Case.Priority.
type Waiting struct {
	Case     string
	Priority triage.Priority
}

// Spread says from when the clock of the answer to each case runs, in the order in which they came: what
// event.IncidentOver wants as From when an incident lets go of many at once, so that not all of them fall due together.
// The most urgent begins at now, and pace of them begin in an hour; in open hours where the plan has some, and in daytime
// where nobody of it is on duty at now: what is over wakes nobody. With a pace of 0, and where a life is in danger, it is the
// zero instant: at once.
func Spread(r *respond.Rules, in Incident, cases []Waiting, pace int, now time.Time) []time.Time {
	out := make([]time.Time, len(cases))
	if pace <= 0 || in.Matter.Life {
		return out
	}
	order := make([]int, len(cases))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(cases[a].Priority, cases[b].Priority), cmp.Compare(cases[a].Case, cases[b].Case))
	})
	apart := time.Hour / time.Duration(min(pace, fastest))
	at, next := now, func(t time.Time) time.Time { return t.Add(apart) }
	calm := escalation.Matter{ // it is over, and wakes nobody
		Category: in.Matter.Category, Severity: triage.Serious, Brand: in.Matter.Brand, Country: in.Matter.Country, Lang: in.Matter.Lang,
	}
	if calendar := r.Answering(calm, now); calendar != nil {
		next = func(t time.Time) time.Time { return calendar.Add(t, apart) }
		if open, ok := calendar.Next(now); ok {
			at = mention.Instant(open)
		}
	}
	for _, i := range order {
		out[i] = at
		at = next(at)
	}
	return out
}
