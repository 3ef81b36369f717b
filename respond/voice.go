package respond

import (
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
)

// begun says that a member begins to write. The second who does is told of the first: the customer hears one voice.
func (s *step) begun() error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	if s.onItsWay() {
		return s.refuse("an approved answer is on its way: a second one would answer twice")
	}
	if err := s.oneVoice(""); err != nil {
		return err
	}
	s.deal(func(d *dealing.Dealt) { d.Writing = &dealing.Writing{By: s.e.By, Since: s.now} })
	return nil
}

// oneVoice refuses a second answer while a colleague has one ready, or writes one. Who has seen it may put his own in its
// place: he names the draft, or the colleague.
func (s *step) oneVoice(instead string) error {
	if d := s.c.Draft; d != nil && d.Stale == "" && !d.byMachine() && d.By != s.e.By && len(broken(d.Findings)) == 0 &&
		instead != d.ID {
		return s.refuse("%s has written an answer, which waits for consent: read it, and name it (%s) to put another in its place",
			d.By, d.ID)
	}
	if w := s.c.Writing; w.Else(s.e.By, s.now) && instead != w.By {
		return s.refuse("%s is writing an answer since %s", w.By, w.Since.Format(time.RFC3339))
	}
	return nil
}

// overtakes tells a colleague who is writing an answer that another goes out.
func (s *step) overtakes(d Draft) {
	w := s.c.Writing
	if !w.Else(s.e.By, s.now) || w.By == d.By {
		return
	}
	s.let(w.By, s.e.By+" let an answer go out while you were writing yours")
	s.deal(func(d *dealing.Dealt) { d.Writing = &dealing.Writing{} })
}

// mayDraft says why a draft of a member is none.
func (s *step) mayDraft(b event.Drafted, visibility mention.Visibility) error {
	if why := s.disengaged(); why != "" {
		return s.refuse("%s", why)
	}
	if err := s.oneVoice(b.Instead); err != nil {
		return err
	}
	if err := s.mayPledge(b.Promises); err != nil {
		return err
	}
	if b.Offer != nil {
		if err := s.mayOffer(b, visibility); err != nil {
			return err
		}
	} else if b.Line {
		if err := s.namesRecourse(b, b.Recourse); err != nil {
			return err
		}
	}
	if b.Corrects && !s.owesCorrection() {
		return s.refuse("he was told nothing that is not so: there is nothing to correct")
	}
	if d := s.c.Draft; d != nil && b.Instead == d.ID && b.Instead != "" && d.By != s.e.By {
		s.let(d.By, s.e.By+" put another answer in the place of yours")
	}
	if s.c.Writing != nil {
		s.deal(func(d *dealing.Dealt) { d.Writing = &dealing.Writing{} })
	}
	return nil
}

// mayGo says why a draft that could go out when it was written cannot any more.
func (s *step) mayGo(d Draft) error {
	if why := s.disengaged(); why != "" {
		return s.refuse("%s", why)
	}
	if err := s.mayPledge(d.Promises); err != nil {
		return err
	}
	b := event.Drafted{
		Text: d.Text, Play: d.Play, Asks: d.Asks, Settles: d.Settles, TakenUp: d.TakenUp, Promises: d.Promises, Offer: d.Offer,
	}
	switch {
	case d.Offer != nil:
		return s.mayOffer(b, d.Visibility)
	case d.TakenUp:
		_, _, err := s.publicSide()
		return err
	}
	return nil
}
