package respondtest

import (
	"time"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// A Bug is one that is planted into what applies entries.
type Bug struct {
	Name  string
	Law   string
	Lines int // the shortest story that shows it
	Apply func(respond.Case, respond.Entry) respond.Case
}

// Bugs are planted one at a time.
var Bugs = []Bug{
	{"a removed message takes with it that an answer is owed", "after the customer writes we owe an answer", 2,
		func(c respond.Case, e respond.Entry) respond.Case {
			c = respond.Apply(c, e)
			if _, ok := e.Event.Body.(event.Removed); ok && e.Seq > 0 {
				c.Owed = time.Time{}
			}
			return c
		}},
	{"what was carried out leaves nothing to wait for", "every live state has a due instant", 5,
		func(c respond.Case, e respond.Entry) respond.Case {
			c = respond.Apply(c, e)
			if _, ok := e.Event.Body.(event.Fulfilled); ok && len(e.Change.Moves) > 0 && c.Owed.IsZero() {
				c.Clocks, c.Waits, c.Climb, c.Invite = nil, nil, nil, time.Time{}
			}
			return c
		}},
	{"known events are forgotten", "the same event twice asks for nothing twice", 2,
		func(c respond.Case, e respond.Entry) respond.Case {
			c = respond.Apply(c, e)
			if e.Event.Kind() == "spoken" {
				c.Known = nil
			}
			return c
		}},
	{"a step writes into its argument", "a step never alters its argument", 4,
		func(c respond.Case, e respond.Entry) respond.Case {
			if len(c.Messages) > 1 {
				c.Messages[0].Lang = "xx"
			}
			return respond.Apply(c, e)
		}},
}

// LawsWith is Laws with another Apply.
func LawsWith(t testingT, r *respond.Rules, stories int, apply func(respond.Case, respond.Entry) respond.Case) {
	bad := caseNature
	bad.apply = apply
	laws(t, r, stories, func(story string) error {
		p := newPlayer(r)
		p.nature = &bad
		_, err := play(p, story)
		return err
	})
}
