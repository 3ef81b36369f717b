package incident

import (
	"time"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// A Halt is that scheduled posts are held at the moment of sending. What was missed meanwhile never goes out by itself.
type Halt struct {
	By    string    `json:"by,omitempty"` // a member; empty: the machine, on a suspicion
	Why   string    `json:"why"`
	Since time.Time `json:"since"`
	Until time.Time `json:"until,omitzero"` // zero: until somebody lets them go
}

// halted is a member's word that scheduled posts are held, or for how long.
func (s *step) halted(b event.Halted) error {
	switch {
	case !s.in.Live():
		return s.refuse("the incident is over: it holds nothing")
	case b.Why == "":
		return s.refuse("who is stopped wants to know why: say it")
	case !b.Until.IsZero() && !b.Until.After(s.now):
		return s.refuse("it would be over before it begins")
	}
	if err := s.leads(); err != nil {
		return err
	}
	s.halt(b.Until, b.Why)
	s.say("%s holds scheduled posts: %s", s.e.By, b.Why)
	return nil
}

// halt holds scheduled posts in the name of whoever the event is by.
func (s *step) halt(until time.Time, why string) {
	s.setPosts(Halt{By: s.e.By, Why: why, Since: s.now, Until: until})
	s.ask("scheduled posts are held", effect.Hold{Incident: s.in.ID, Until: until, By: s.e.By, Why: why}, aside)
}

// resumed is a member's word that scheduled posts go again.
func (s *step) resumed(b event.Resumed) error {
	if s.in.Posts == nil {
		return s.refuse("no scheduled posts are held")
	}
	if err := s.leads(); err != nil {
		return err
	}
	s.letPostsGo("scheduled posts go again")
	s.say("%s lets scheduled posts go again: %s", s.e.By, b.Why)
	return nil
}

// letPostsGo asks for it, if they are held.
func (s *step) letPostsGo(why string) {
	if s.in.Posts != nil {
		s.ch.Posts, s.in.Posts = &Halt{}, nil
		s.ask(why, effect.Resume{Incident: s.in.ID}, aside)
	}
}

func (s *step) setPosts(h Halt) { s.ch.Posts, s.in.Posts = &h, &h }
