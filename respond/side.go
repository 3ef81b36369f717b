package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
)

// publicSide is the customer's last public message that is still there, for the word that tells it that the matter was
// taken up in private. It is told once.
func (s *step) publicSide() (Message, mention.Visibility, error) {
	if !s.c.TakenUp.IsZero() {
		return Message{}, "", s.refuse("the public side was told on %s", s.c.TakenUp.Format(time.DateOnly))
	}
	if !s.wrotePrivately() {
		return Message{}, "", s.refuse("nothing was taken up in private yet")
	}
	for _, m := range slices.Backward(s.c.Messages) {
		if !m.Ours && !m.Private && !m.Gone && !m.Ref.IsZero() {
			return m, mention.Public, nil
		}
	}
	return Message{}, "", s.refuse("the customer has no public message that is still there")
}

// wrotePrivately reports whether a private word was said, by him or by us.
func (s *step) wrotePrivately() bool {
	return slices.ContainsFunc(s.c.Messages, func(m Message) bool { return m.Private })
}

// carried writes down what a word of ours that is out brought with it. It reports whether the word moves nothing: it
// answers nobody.
func (s *step) carried(d Draft) bool {
	if len(d.Promises) > 0 {
		by := d.By
		if d.byMachine() {
			by = d.Approved
		}
		s.vow(by, s.from(d.Answers), d.Promises)
	}
	if o, ok := s.offer(func(o dealing.Offer) bool { return o.ID == d.ID && o.State == dealing.Allowed }); ok {
		s.setOffer(o, dealing.Made)
		if o.Goodwill {
			s.deal(func(x *dealing.Dealt) { x.Gave = s.now })
			if o.State = dealing.Made; o.Costs() {
				s.grant(o, "goodwill that the customer was told of")
			}
		}
	}
	if d.For.Has(followup.Invite) {
		s.deal(func(x *dealing.Dealt) { x.Invited = s.now })
	}
	if d.TakenUp || d.Visibility == mention.Public && s.hasHalf(d) {
		s.deal(func(x *dealing.Dealt) { x.TakenUp = s.now })
	}
	return d.beside()
}

// hasHalf reports whether a draft is the public half of a play that goes on in private.
func (s *step) hasHalf(d Draft) bool {
	play, ok := s.r.composer.Play(d.Play)
	return ok && play.Mode == playbook.PublicThenPrivate && d.Visibility == mention.Public
}

// goOn drafts what follows a word of ours that is out: the private half of what was said in public. Of what a private one
// leaves open in public it says so.
func (s *step) goOn() {
	d := s.was.Draft
	if _, out := s.e.Body.(event.Delivered); !out || d == nil || s.c.Ours == s.was.Ours {
		return
	}
	switch {
	case s.hasHalf(*d):
		s.secondHalf(d.Play)
	case d.Visibility == mention.Private && s.publicWaits():
		s.tellPublic()
	}
}

// tellPublic drafts the word that tells the public side that the matter was taken up in private, for a person to allow.
// Without words for it, and where no template speaks, it stands in the trail alone.
func (s *step) tellPublic() {
	answered, visibility, err := s.publicSide()
	if err != nil {
		return
	}
	s.say("the matter is taken up in private: the public side is to be told so, once")
	play, ok := s.r.composer.Unasked(playbook.TakenUp)
	if !ok || s.c.Open == nil || s.c.Draft != nil || s.onItsWay() || s.c.Verdict.Rank.Life || s.c.Hold != nil ||
		s.c.Incident || s.disengaged() != "" {
		return
	}
	situation := s.situation()
	situation.Visibility = mention.Public
	venue, _ := s.r.Venue(s.c.twin(answered.From).Channel)
	text, err := s.r.composer.Write(play.ID, situation, venue, s.slots(play))
	if err != nil {
		s.say("it is not drafted: %s", s.reasonOf(err))
		return
	}
	d := s.draftOf(answered, text.Body, visibility)
	d.By, d.Play, d.TakenUp = byPlay+play.ID, play.ID, true
	s.lint(&d)
	s.setDraft(d)
	s.askConsent(d)
}

// publicWaits reports whether the first private word of ours is out while the public side was told nothing.
func (s *step) publicWaits() bool {
	if slices.ContainsFunc(s.was.Messages, func(m Message) bool { return m.Ours }) {
		return false
	}
	_, _, err := s.publicSide()
	return err == nil
}

// secondHalf drafts the private message that the public word has promised. His private messages belong to this case from
// here on, whoever writes first.
func (s *step) secondHalf(id string) {
	place := s.place()
	if author := place.Author.Key(); author != "" {
		s.addKey(privateKey(s.c.Tenant, place.Channel, place.Account, author))
	}
	if s.c.Open == nil || s.c.Draft != nil || s.onItsWay() {
		return
	}
	if _, ok := s.answerable(); !ok {
		return
	}
	play, _ := s.r.composer.Play(id)
	situation := s.situation()
	situation.Visibility = mention.Private
	venue, _ := s.r.Venue(place.Channel)
	text, err := s.r.composer.Write(id, situation, venue, s.slots(play))
	if err != nil {
		s.say("the private half is not drafted: %s", s.reasonOf(err))
		s.tellOwner("the customer was told in public that we write to him: write")
		return
	}
	d := s.draft(text.Body, mention.Private)
	d.By, d.Play, d.Asks, d.Proposes, d.Settles = byPlay+id, id, text.Asks, play.Proposes, play.Settles
	s.lint(&d)
	s.setDraft(d)
	s.say("the private half of play %s is drafted", id)
	s.askConsent(d)
}
