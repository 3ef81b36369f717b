package respond

import (
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
)

// reminding is the play whose reminder fits what the customer was asked: that of the question whether it is over, where
// that was asked, else the one that spoke last. What a person asked in words of his own only he can repeat, unless it is
// what the playbook would ask.
func (s *step) reminding() (playbook.Play, bool) {
	if s.c.Stage == followup.Confirming {
		return s.r.unasked(followup.AskIfOver)
	}
	if said, ok := s.r.composer.Play(s.c.Play); ok {
		return said, true
	}
	if s.c.Stage != followup.Asking || s.c.Open == nil {
		return playbook.Play{}, false
	}
	asked := s.situation()
	asked.Stage = followup.Fresh.String() // as it was when he was asked
	play, _ := s.r.composer.Choose(asked)
	return play, true
}

// remindsAlone reports whether the reminder goes out without a person.
func (s *step) remindsAlone() bool {
	play, ok := s.reminding()
	return ok && (play.Unattended || play.RemindsAlone)
}

// hasAsked reports whether the customer was asked anything: what is done on our side is no question until he was told.
func (s *step) hasAsked() bool {
	if s.c.Ours == 0 {
		return false
	}
	for _, k := range s.c.Clocks {
		if k.Objective == escalation.Update && s.c.Stage == followup.Confirming {
			return false
		}
	}
	return true
}

// How far ahead, and in what steps, a time is looked for at which somebody lets out what nobody asked for.
const (
	lookAhead = 14 * 24 * time.Hour
	lookEvery = 30 * time.Minute
)

// unaskedAt is when a message that nobody asked for can go: in the customer's daytime and, where a person lets it out,
// when somebody is there who may. Where nobody will be it is his daytime alone: the draft waits in the queue.
func (s *step) unaskedAt(ask followup.Requests) time.Time {
	zone := s.r.zoneOf(s.c.Given)
	first := s.daytime(zone)
	calendar, err := s.r.daytime.Compile(zone)
	if err != nil || s.byItself().Has(ask) {
		return first
	}
	d := Draft{By: byPlay, Play: s.r.asks[ask], For: ask}
	if play, ok := s.reminding(); ok && ask == followup.SendReminder {
		d.Play = play.ID
	}
	for at := first; at.Before(first.Add(lookAhead)); at = at.Add(lookEvery).Truncate(lookEvery) {
		if calendar.Open(at) && s.consenter(d, at) != "" {
			return at
		}
	}
	return first
}
