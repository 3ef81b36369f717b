package incident

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// A Handing is the command on its way from one member to another. Until he takes it, who has it keeps it.
type Handing struct {
	To      string    `json:"to"`
	By      string    `json:"by"`
	Note    string    `json:"note,omitempty"`
	At      time.Time `json:"at"`                // UTC
	Until   time.Time `json:"until"`             // when it has failed, if he has not taken it
	Contact int       `json:"contact,omitempty"` // through which of his contacts he was told, from 0
}

// takeWithin is how long somebody has to take the command that he is offered.
const takeWithin = 15 * time.Minute

// taken gives the incident to the member the event is by.
func (s *step) taken() error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !s.in.Live() && (s.in.Climb == nil || s.in.Climb.Over): // while somebody is still told of it, it can be taken
		return s.refuse("the incident is over")
	case s.in.Climb != nil && s.in.Climb.Taken == s.e.By && s.in.Handing == nil:
		s.nothing = true
		return nil
	}
	s.command()
	return nil
}

// command gives the incident to who the event is by, and what he must know with it.
func (s *step) command() {
	before := s.in.Commander
	s.ch.Commander, s.in.Commander = &s.e.By, s.e.By
	s.climb(escalation.Move{Kind: escalation.Took, By: s.e.By})
	if before != "" && before != s.e.By {
		s.say("the command goes from %s to %s", before, s.e.By)
		s.relieve(before)
		s.handover()
	}
	if h := s.in.Handing; h != nil {
		if h.To == s.e.By && h.Note != "" {
			s.say("%s says: %s", h.By, h.Note)
		}
		s.ch.Handing, s.in.Handing = &Handing{}, nil
	}
}

// relieve tells who had the command that another has it, unless the ladder has told him.
func (s *step) relieve(id string) {
	for _, x := range s.asked {
		if t, ok := x.Body.(effect.Tell); ok && t.Member == id && t.Relief {
			return
		}
	}
	s.tellMember(id, 0, aside, true, s.e.By+" has the command")
}

// handover says what is open, so that it need not be remembered.
func (s *step) handover() {
	s.say("%s since %s, %d cases", s.in.State, s.in.Opened.Format(time.RFC3339), s.in.Cases)
	if p := s.in.Statement; p != nil {
		s.say("statement %d stands: the next news are owed by %s", p.Version, s.in.Next.Format(time.RFC3339))
	} else if s.in.Speaks() {
		s.say("the public has been told nothing: it is owed a word by %s", s.in.Next.Format(time.RFC3339))
	}
	if d := s.in.Draft; d != nil && !d.Rejected {
		s.say("a statement by %s waits for consent", d.By)
	}
	if h := s.in.Posts; h != nil {
		s.say("scheduled posts are held: %s", h.Why)
	}
}

// handedOver offers the command to another. He is told, and has it when he takes it.
func (s *step) handedOver(b event.HandedOver) error {
	to, ok := s.r.Directory().Member(b.To)
	switch {
	case !s.in.Live():
		return s.refuse("the incident is over")
	case !ok || to.Left:
		return s.refuse("%q is no member of the hierarchy", b.To)
	case b.To == s.in.Commander:
		return s.refuse("%s has the command", b.To)
	case len(to.Contacts) == 0:
		return s.refuse("%s has no contact by which he could be told", b.To)
	}
	if err := s.leads(); err != nil {
		return err
	}
	s.offer(Handing{To: b.To, By: s.e.By, Note: b.Note, Until: s.now.Add(takeWithin)})
	return nil
}

// offer tells a member, through one of his contacts, that the command is his to take.
func (s *step) offer(h Handing) {
	h.At = s.now
	s.ch.Handing, s.in.Handing = &h, &h
	s.tellMember(h.To, h.Contact, handing, false, h.By+" hands over the command of the incident: take it")
	s.say("%s is asked to take the command from %s until %s", h.To, h.By, h.Until.Format(time.RFC3339))
}

// notHanded is a hand-over that reached nobody, or that nobody took: who has the command is told that he still has it.
func (s *step) notHanded(why string) {
	h := *s.in.Handing
	if m, ok := s.r.Directory().Member(h.To); ok && why == undeliveredPage && h.Contact+1 < len(m.Contacts) {
		h.Contact++
		s.offer(h)
		return
	}
	s.ch.Handing, s.in.Handing = &Handing{}, nil
	s.say("%s did not take the command (%s)", h.To, why)
	if s.reaches(s.in.Commander) {
		s.tellMember(s.in.Commander, 0, aside, false, h.To+" did not take the command: it is still yours")
		return
	}
	s.rouse()
}

const undeliveredPage = "the page did not arrive"

// reaches reports whether a member is there and has a contact.
func (s *step) reaches(id string) bool {
	m, ok := s.r.Directory().Member(id)
	return ok && !m.Left && len(m.Contacts) > 0
}

// tellMember tells one member through one of his contacts.
func (s *step) tellMember(id string, contact, page int, relief bool, because string) {
	m, ok := s.r.Directory().Member(id)
	if !ok || m.Left || contact >= len(m.Contacts) {
		return
	}
	t := s.tell(id, m.Contacts[contact].Kind, m.Contacts[contact].Address, page)
	t.Relief = relief
	s.ask(because, t, page)
}

// leads refuses who neither has the command nor may say what is a crisis.
func (s *step) leads() error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case s.e.By == s.in.Commander:
		return nil
	}
	return s.mayDeclare()
}

// mayDeclare refuses who has no authority to say what is a crisis.
func (s *step) mayDeclare() error {
	err := s.r.Directory().Authorize(escalation.Ask{Act: "declare", By: s.e.By, At: s.now,
		Matter: escalation.Matter{Category: s.in.Matter.Category, Severity: triage.Crisis}})
	if err != nil {
		return s.refuse("%s", err)
	}
	return nil
}

// declared is a person's word that it is a crisis. From here on the incident speaks for its cases.
func (s *step) declared() error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy: only a person declares", s.e.By)
	case s.in.Speaks():
		return s.refuse("it is declared already")
	case s.in.State == Resolved || s.in.State == Examined:
		return s.refuse("it is over: what begins anew is suspected first")
	}
	if err := s.mayDeclare(); err != nil {
		return err
	}
	s.ch.State, s.in.State = Declared, Declared
	s.oweWord()
	s.halt(time.Time{}, "a crisis is declared")
	if s.in.Cases > 0 {
		s.ask("the incident speaks for its cases", effect.HoldCases{Incident: s.in.ID}, aside)
	}
	if s.in.Climb == nil || s.in.Climb.Over { // it was dismissed, and is one after all
		s.quietClimb()
	}
	s.command()
	s.say("declared by %s", s.e.By)
	if s.in.Assessed == nil {
		s.say("what the situation is nobody has said: until then a statement holds the base alone")
	}
	return nil
}

// contained is a person's word that it spreads no further. The public is still owed its updates.
func (s *step) contained(b event.Contained) error {
	if s.in.State != Declared {
		return s.refuse("only what is declared is contained: it is %s", s.in.State)
	}
	if err := s.leads(); err != nil {
		return err
	}
	s.ch.State, s.in.State = Contained, Contained
	s.say("contained, says %s: %s", s.e.By, b.Note)
	return nil
}

// dismissed is a person's word that it is none. That a declared one is over says who may declare.
func (s *step) dismissed(b event.Dismissed) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case !s.in.Live():
		return s.refuse("it is %s already", s.in.State)
	case s.in.Speaks():
		if err := s.mayDeclare(); err != nil {
			return err
		}
		s.pace = b.Pace
		s.end(Resolved, "over, says "+s.e.By)
	default:
		s.end(Dismissed, "dismissed by "+s.e.By)
	}
	s.say("%s", b.Note)
	return nil
}

// end closes the incident and lets everything go that it held. why leaves the house with the effects: no note of a
// person is in it.
func (s *step) end(to State, why string) {
	s.ch.State, s.in.State = to, to
	if s.in.Draft != nil {
		s.ch.Draft, s.in.Draft = &Draft{}, nil
	}
	if s.in.Handing != nil {
		s.ch.Handing, s.in.Handing = &Handing{}, nil
	}
	s.letPostsGo(why)
	s.releaseAll(to, why)
	s.climb(escalation.Move{Kind: escalation.StoodOff, By: s.e.By})
	s.say("%s", why)
}

// An Examination is what people found out about an incident once it was over.
type Examination struct {
	By      string    `json:"by"`
	At      time.Time `json:"at"` // when he was told last, UTC
	Cause   string    `json:"cause"`
	Changes []string  `json:"changes,omitempty"`
}

// examined is what people found out. It can be told anew.
func (s *step) examined(b event.Examined) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case s.in.State != Resolved && s.in.State != Examined:
		return s.refuse("what is examined was declared and is over: it is %s", s.in.State)
	case b.Cause == "":
		return s.refuse("an examination names the root cause")
	}
	x := Examination{By: s.e.By, At: s.now, Cause: b.Cause, Changes: slices.Clone(b.Changes)}
	s.ch.State, s.in.State = Examined, Examined
	s.ch.Findings, s.in.Findings = &x, &x
	s.say("examined by %s: %s", s.e.By, b.Cause)
	return nil
}
