package foresee

import (
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
)

// A Case is what is looked into: one that runs, or what one of this matter would be.
type Case struct {
	Matter escalation.Matter
	Climb  *escalation.Climb  // nil means that it is opened, and its take and first reply started with it
	Clocks []escalation.Clock // of the climb's plan; not nil, they are all there are
}

// A Scene is one thing that would happen.
type Scene struct {
	At        time.Time            `json:"at"`
	Kind      Kind                 `json:"kind"`
	Member    string               `json:"member,omitempty"`  // Told and Relieved
	Contact   string               `json:"contact,omitempty"` // the kind of it: "phone"
	Level     int                  `json:"level,omitempty"`   // of the ladder, from 0; as many as it has levels is the fallback
	Objective escalation.Objective `json:"objective,omitempty"`
	Percent   int                  `json:"percent,omitempty"` // Warned: of the objective's time
	Because   string               `json:"because"`
}

// Kind is the kind of a scene.
type Kind string

// The kinds of scene.
const (
	Told     Kind = "told"     // somebody is asked to take the matter
	Relieved Kind = "relieved" // somebody need do nothing any more
	Waits    Kind = "waits"    // nobody of the level is on duty; Because says until when
	Warned   Kind = "warned"   // so many percent of an objective's time have passed
	Missed   Kind = "missed"   // an objective is due
	Cut      Kind = "cut"      // there may be more: nothing after this has been looked at
)

// What bounds an answer: scenes, and steps, of which those that change nothing for people make no scene.
const (
	most      = 10_000
	mostSteps = 20_000
)

// Simulate tells what would happen to the case between two instants, both included, in order, if every page is delivered
// at once and nobody takes the matter, makes progress or answers. It is a fold over Directory.Open, Directory.Climb and
// Clock.Elapse, nothing else; the case is not altered. More than ten thousand scenes, or twenty thousand steps, are cut: the
// last scene says so.
func Simulate(d *escalation.Directory, c Case, from, to time.Time) []Scene {
	p := play{d: d, now: mention.Instant(from), clocks: slices.Clone(c.Clocks)}
	if to = mention.Instant(to); to.Before(p.now) {
		return nil
	}
	if c.Climb != nil {
		p.climb = *c.Climb
	} else {
		p.open(c)
	}
	for steps := 0; len(p.scenes) < most && steps < mostSteps; steps++ {
		due := p.due()
		if due.IsZero() || due.After(to) {
			return p.scenes
		}
		if due.After(p.now) {
			p.now = due
		}
		p.step()
	}
	return append(p.scenes[:min(len(p.scenes), most-1)], Scene{At: p.now, Kind: Cut, Because: "too much would happen to look at all of it"})
}

// Explain says who would be told of the case at an instant, and why, and what would happen next and when. It is a
// Simulate of that instant.
func Explain(d *escalation.Directory, c Case, at time.Time) []string {
	var lines []string
	if c.Climb == nil {
		lines = append(lines, d.Assign(c.Matter, at).Because...)
	}
	for _, s := range Simulate(d, c, at, at) {
		lines = append(lines, s.String())
	}
	if next := soonest(d, c, at); next != nil {
		lines = append(lines, "then at "+next.At.Format(time.RFC3339)+": "+next.String())
	}
	return lines
}

// soonest is the first scene after an instant, within a year.
func soonest(d *escalation.Directory, c Case, at time.Time) *Scene {
	for _, days := range []int{1, 7, 366} {
		for _, s := range Simulate(d, c, at, at.AddDate(0, 0, days)) {
			if s.At.After(mention.Instant(at)) {
				return &s
			}
		}
	}
	return nil
}

// String is the scene for a person, without its instant.
func (s Scene) String() string {
	switch s.Kind {
	case Told, Relieved:
		return fmt.Sprintf("%s is %s by %s: %s", s.Member, s.Kind, s.Contact, s.Because)
	case Warned:
		return fmt.Sprintf("%d%% of the time for %s have passed: %s", s.Percent, s.Objective, s.Because)
	case Missed:
		return fmt.Sprintf("%s is missed: %s", s.Objective, s.Because)
	}
	return fmt.Sprintf("%s: %s", s.Kind, s.Because)
}

// A play is a simulation under way.
type play struct {
	d      *escalation.Directory
	now    time.Time
	climb  escalation.Climb
	clocks []escalation.Clock
	scenes []Scene
}

func (p *play) open(c Case) {
	climb, pages := p.d.Open(c.Matter, p.now)
	p.climb = climb
	if p.clocks == nil {
		for _, o := range []escalation.Objective{escalation.Take, escalation.FirstReply} {
			if clock, ok := p.d.Start(climb.Plan, o, p.now); ok {
				p.clocks = append(p.clocks, clock)
			}
		}
	}
	p.told(pages, "")
}

// due is when the first of climb and clocks wants to hear that its time is up; zero is never.
func (p *play) due() time.Time {
	due := p.climb.Due()
	for _, c := range p.clocks {
		if next := c.Next(); !next.IsZero() && (due.IsZero() || next.Before(due)) {
			due = next
		}
	}
	return due
}

// step tells whoever is due that it is. Each is told once: it is due later then, or never.
func (p *play) step() {
	for i, c := range p.clocks {
		var reached []int
		p.clocks[i], reached = c.Elapse(p.now)
		for _, n := range reached {
			s := Scene{At: p.now, Kind: Warned, Objective: c.Objective, Percent: n, Because: c.Because}
			if n == 100 {
				s.Kind, s.Percent = Missed, 0
			}
			p.scenes = append(p.scenes, s)
		}
	}
	if due := p.climb.Due(); !due.IsZero() && !due.After(p.now) {
		was := p.climb.Waits
		var pages []escalation.Page
		p.climb, pages = p.d.Climb(p.climb, escalation.Move{Kind: escalation.TimeUp}, p.now)
		p.told(pages, was)
	}
}

// told notes the pages, each of which arrives, and that the climb waits, if it began to.
func (p *play) told(pages []escalation.Page, waited string) {
	for _, page := range pages {
		s := Scene{At: p.now, Kind: Told, Member: page.Member, Contact: page.Kind, Level: page.Level, Because: page.Because}
		if page.Relief {
			s.Kind = Relieved
		}
		p.scenes = append(p.scenes, s)
		p.climb, _ = p.d.Climb(p.climb, escalation.Move{Kind: escalation.Reached, Page: page.N}, p.now)
	}
	if w := p.climb.Waits; w != "" && w != waited {
		p.scenes = append(p.scenes, Scene{At: p.now, Kind: Waits, Level: p.climb.Level, Because: w})
	}
}
