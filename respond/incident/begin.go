package incident

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/strategy"
)

// A Surge is more than usual being said, as the incident knows it.
type Surge struct {
	Series   string    `json:"series"` // surge.Key or surge.CrowdKey
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until,omitzero"` // when it was known to be over; zero: it is on
	Seen     int       `json:"seen"`           // mentions in the hour before it was noticed
	Expected int       `json:"expected"`       // what is usual
	Authors  int       `json:"authors,omitempty"`
}

// ConfirmWithin is how long scheduled posts are held for a suspicion, and how long a person has to say what it is.
const ConfirmWithin = 2 * time.Hour

// decideWithin is how long a person has to say what becomes of a crowd.
const decideWithin = 24 * time.Hour

// keptSurges is how many surges an incident remembers.
const keptSurges = 16

// joined counts a case. The first opens the incident, as a suspicion; so does one that joins when it was over, for what
// is over pages nobody.
func (s *step) joined(b event.Joined) error {
	of := s.in.Matter.Category
	switch {
	case b.Case == "" || b.Category == "":
		return s.refuse("a case joins with its id and its category")
	case s.in.Seq > 0 && of != "" && b.Category != of && !s.byMember():
		return s.refuse("the incident is one of %s: a case of %q has another, and only a member brings it in", of, b.Category)
	}
	if !b.Again || s.in.Seq == 0 {
		s.ch.Cases = 1
	}
	if s.in.Seq == 0 || !s.in.Live() || s.in.State == Crowd {
		s.say("suspected: category %s is a crisis category; only a person declares", b.Category)
		s.begin(Suspected, b.Mention, Matter{
			Category: b.Category, Severity: b.Severity, Brand: b.Brand, Country: b.Country, Lang: b.Lang, Life: b.Life,
		})
		s.inform(b.Case)
		return nil
	}
	if b.Severity > s.in.Matter.Severity || b.Life && !s.in.Matter.Life {
		m := s.in.Matter
		m.Severity, m.Life = max(m.Severity, b.Severity), m.Life || b.Life
		s.ch.Matter, s.in.Matter = &m, m
	}
	if b.Again {
		s.say("a case that joined before still waits for an answer: pages nobody")
	} else {
		s.say("case %d of this incident: pages nobody", s.in.Cases+1)
	}
	s.holdOne(b)
	s.inform(b.Case)
	return nil
}

// surged notes that more is said than usual. Where nothing is open yet it opens a suspicion without any case; a crowd
// outside the crisis categories is none, and its owner is asked once.
func (s *step) surged(b event.Surged) error {
	m := s.in.Matter
	switch {
	case b.Series == "" || b.Since.IsZero():
		return s.refuse("a surge has a series and the instant at which it began")
	case slices.ContainsFunc(s.in.Surges, func(x Surge) bool { return x.Series == b.Series && x.Since.Equal(b.Since) }):
		s.nothing = true
		return nil
	case s.in.Seq > 0 && m.Category != "" && b.Category != "" && b.Category != m.Category:
		return s.refuse("the incident is one of %s: a surge of %q is another's", m.Category, b.Category)
	}
	what := b.Category
	if what == "" {
		what = b.Brand
	}
	s.say("%d mentions of %s in an hour, %d are usual", b.Seen, what, b.Expected)
	crowd := b.Authors > 0 && !s.r.Crisis(b.Category)
	if crowd {
		s.say("%d strangers at once: one person decides what becomes of all they write", b.Authors)
	}
	state := Suspected
	if crowd {
		state = Crowd
	}
	if s.in.Seq == 0 || !s.in.Live() || s.in.State == Crowd && !crowd {
		s.begin(state, b.Mention, Matter{
			Category: b.Category, Severity: b.Severity, Brand: b.Brand, Country: b.Country, Lang: b.Lang,
		})
	}
	list := append(slices.Clone(s.in.Surges), Surge{
		Series: b.Series, Since: b.Since, Seen: b.Seen, Expected: b.Expected, Authors: b.Authors,
	})
	s.setSurges(list[max(0, len(list)-keptSurges):])
	return nil
}

// subsided notes the end of a surge. It ends no crisis: only a person does. A crowd that went away by itself is no
// question any more.
func (s *step) subsided(b event.Subsided) error {
	i := slices.IndexFunc(s.in.Surges, func(x Surge) bool { return x.Series == b.Series && x.Since.Equal(b.Since) })
	switch {
	case i < 0:
		return s.refuse("the incident knows no such surge")
	case !s.in.Surges[i].Until.IsZero():
		s.nothing = true
		return nil
	}
	list := slices.Clone(s.in.Surges)
	list[i].Until = s.now
	s.setSurges(list)
	s.say("what began %s has subsided: no more is said than usual", b.Since.Format(time.RFC3339))
	if s.in.State == Crowd && !slices.ContainsFunc(list, func(x Surge) bool { return x.Until.IsZero() }) {
		s.end(Dismissed, "the crowd went away by itself")
	}
	return nil
}

// decided is a person's word on a crowd.
func (s *step) decided(b event.Decided) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case s.in.State != Crowd:
		return s.refuse("there is no crowd to decide about: it is %s", s.in.State)
	case b.Decision == "":
		return s.refuse("a decision says how what the crowd wrote is treated")
	}
	s.ch.Decision, s.in.Decision = &b.Decision, b.Decision
	s.end(Dismissed, "decided by "+s.e.By)
	s.say("%s", b.Decision)
	return nil
}

// begin opens the incident: the first time, or afresh after it was over, or as a crisis where there was a crowd.
func (s *step) begin(state State, first mention.Ref, m Matter) {
	if s.in.Seq > 0 {
		s.afresh()
	}
	s.ch.Matter, s.in.Matter = &m, m
	s.ch.State, s.in.State = state, state
	s.ch.First = &first
	confirm := s.now.Add(decideWithin)
	if state == Suspected {
		confirm = s.now.Add(ConfirmWithin)
		const why = "a crisis is suspected"
		s.setPosts(Halt{Since: s.now, Until: confirm, Why: why})
		s.ask(why+": nothing cheerful goes out meanwhile", effect.Hold{Incident: s.in.ID, Until: confirm, Why: why}, aside)
	}
	s.ch.Confirm, s.in.Confirm = &confirm, confirm
	s.openClimb()
}

// afresh clears what was of the time before: who commanded, what the public was told.
func (s *step) afresh() {
	nobody, undecided, never, none := "", "", time.Time{}, 0
	s.ch.Commander, s.in.Commander = &nobody, nobody
	s.ch.Decision, s.in.Decision = &undecided, undecided
	s.ch.Next, s.in.Next = &never, never
	s.ch.Asked, s.in.Asked = &none, none
	s.setSurges(slices.DeleteFunc(slices.Clone(s.in.Surges), func(x Surge) bool { return !x.Until.IsZero() }))
	s.setUsed(nil)
	s.ch.Handing, s.in.Handing = &Handing{}, nil
	s.ch.Assessed, s.in.Assessed = &strategy.Assessment{}, nil
	s.ch.Findings, s.in.Findings = &Examination{}, nil
	s.ch.Draft, s.in.Draft = &Draft{}, nil
	s.ch.Statement, s.in.Statement = &Published{}, nil
	list := slices.Clone(s.in.Awaited)
	for i := range list {
		if list[i].Kind == publishKind {
			list[i].Page = past // it may still arrive, and is no place of what will be said now
		}
	}
	s.setAwaited(list)
}

func (s *step) setSurges(list []Surge) { s.ch.Surges, s.in.Surges = written(list), list }
