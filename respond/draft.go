package respond

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// propose drafts an answer from the playbook, for a person to look at. It never replaces what a person wrote, and never
// offers a text that this customer has had before.
func (s *step) propose() {
	if s.c.Open == nil || s.onItsWay() || s.disengaged() != "" || s.c.Draft != nil && !s.c.Draft.byMachine() && s.c.Draft.Stale == "" {
		return
	}
	answered, ok := s.answerable()
	if !ok {
		return
	}
	if slices.ContainsFunc(s.c.Verdict.Hits, func(h mention.Hit) bool { return h.Spelling == mention.Impostor }) {
		s.say("the author poses as us: nothing is drafted for him")
		return
	}
	if s.listens() {
		s.say("a first answer waits a moment for what others know")
		return
	}
	situation := s.situation()
	play, why := s.r.composer.Choose(situation)
	s.say("%s", why)
	if play.Mode == playbook.None || len(play.Texts) == 0 {
		return
	}
	had := func(h *Hold) bool { return h.Says.Version > 0 && s.was.Seq > 0 } // to his first word a holding play may answer
	if h := s.c.Hold; h != nil && (play.Mode != playbook.Holding || h.cause() == "" || had(h)) {
		s.say("the case is held: no play speaks in it")
		return
	}
	venue, _ := s.r.Venue(s.place().Channel)
	text, err := s.r.composer.Write(play.ID, situation, venue, s.slots(play))
	if err != nil {
		s.say("play %s is not proposed: %s", play.ID, s.reasonOf(err))
		return
	}
	if len(text.Asks) > 0 && s.answersUs() {
		s.say("play %s is not proposed: the customer answers what he was asked, and it would ask once more", play.ID)
		if s.inHand() {
			s.let(s.c.Climb.Taken, "the customer answers what he was asked")
		}
		return
	}
	d := s.draft(text.Body, playVisibility(play, answered.Private))
	d.By, d.Play = byPlay+play.ID, play.ID
	d.Asks, d.Proposes, d.Settles = text.Asks, play.Proposes, play.Settles || play.Expects == "nothing"
	s.lint(&d)
	if play.Unattended && len(d.Findings) == 0 && s.mayGoAlone() {
		s.setDraft(d)
		s.send(d.By, fmt.Sprintf("play %s may go out without a person", play.ID))
		return
	}
	s.setDraft(d)
	s.askConsent(d)
}

// answersUs reports whether his last word came while we waited for what we had asked him.
func (s *step) answersUs() bool {
	u := s.c.Unread
	return u != nil && u.Stage == followup.Asking
}

// mayGoAlone excludes what no machine ever answers. A machine speaks first or not at all: where somebody has the case or
// has answered it goes on by persons, so that two machines never talk to each other.
func (s *step) mayGoAlone() bool {
	return s.mild() && s.c.Ours == 0 && !s.late && (s.c.Climb == nil || s.c.Climb.Taken == "") && !s.answersOnce(s.place())
}

// answersAlone reports whether the play would answer without a person: nobody need be told then, unless it comes to
// nothing.
func (s *step) answersAlone() bool {
	play, _ := s.r.composer.Choose(s.situation())
	return play.Unattended && play.Mode != playbook.None && len(play.Texts) > 0
}

// mild reports whether the matter is one that a machine may answer at all.
func (s *step) mild() bool {
	v := s.c.Verdict
	return !v.Rank.Life && !v.Rank.Safety && !v.Crisis && v.Severity < triage.Serious && !s.litigates() &&
		(v.Legitimacy == triage.Genuine || v.Legitimacy == triage.Unverified)
}

// playVisibility is where a play speaks: privately when it says so, else as the customer wrote.
func playVisibility(p playbook.Play, private bool) mention.Visibility {
	if private || p.Mode == playbook.Private {
		return mention.Private
	}
	return mention.Public
}

func (s *step) reasonOf(err error) string {
	var missing *template.MissingError
	if errors.As(err, &missing) {
		names := slices.Clone(missing.Slots)
		for i, name := range names {
			if s.isFact(name) {
				names[i] = name + ", which is for somebody to verify"
			}
		}
		return "it needs " + strings.Join(names, ", ")
	}
	return err.Error()
}

// situation is what the playbook is asked with.
func (s *step) situation() playbook.Situation {
	v := s.c.Verdict
	visibility := mention.Public
	if m, ok := s.answerable(); ok && m.Private {
		visibility = mention.Private
	}
	return playbook.Situation{
		Category: v.Category, Severity: v.Severity, Aim: v.Aim, Standing: s.c.Standing, Legitimacy: v.Legitimacy,
		Channel: s.place().Channel, Visibility: visibility, Stage: s.c.Stage.String(), Lang: s.c.Open.Lang, ID: s.c.ID,
		Brand: s.matter().Brand, Tier: v.Rank.Tier, Had: s.had(), Beside: s.beside(),
		Place: mention.Place{Country: s.c.Open.Country, Lat: s.c.Open.Lat, Lon: s.c.Open.Lon},
	}
}

// beside is what others had who are read beside what we answer.
func (s *step) beside() []string {
	if h := s.heard(s.c.Open.Ref); h != nil {
		return h.Beside
	}
	return nil
}

// had is what went out in this conversation before: nothing is said twice.
func (s *step) had() (hashes []string) {
	for _, m := range s.c.Messages {
		if m.Ours && m.Hash != "" {
			hashes = append(hashes, m.Hash)
		}
	}
	return hashes
}

// slots are the values that a template may use: Name, Brand, Agent, Contact where the play names somebody, and whatever
// the host gave, under its own key.
func (s *step) slots(play playbook.Play) template.Slots {
	slots := template.Slots{}
	for k, v := range s.c.Given {
		slots[k] = v
	}
	if name := s.place().Author.Name; name != "" {
		slots["Name"] = name
	}
	if m := s.matter(); m.Brand != "" {
		slots["Brand"] = m.Brand
	}
	if m, ok := s.r.directory.Member(s.owner()); ok {
		slots["Agent"] = m.Name
	}
	contact := play.Contact
	if contact == "owner" {
		contact = s.owner()
	}
	if m, ok := s.r.directory.Member(contact); ok {
		slots["Contact"] = m.Name
	}
	s.factSlots(slots)
	return slots
}

// answerable is the customer's last message that is still there.
func (s *step) answerable() (Message, bool) {
	for _, m := range slices.Backward(s.c.Messages) {
		if !m.Ours && !m.Gone && !m.Ref.IsZero() {
			return m, true
		}
	}
	return Message{}, false
}

// draft makes a draft that answers it.
func (s *step) draft(text string, visibility mention.Visibility) Draft {
	m, _ := s.answerable()
	return s.draftOf(m, text, visibility)
}

// draftOf makes a draft that answers one message.
func (s *step) draftOf(m Message, text string, visibility mention.Visibility) Draft {
	d := Draft{Text: text, Visibility: visibility, Answers: m.Ref, Revision: m.Revision}
	d.ID = mention.Key("draft", s.c.ID, strconv.Itoa(s.c.Seq+1), text, string(visibility),
		d.Answers.Channel, d.Answers.ID, strconv.Itoa(d.Revision))
	return d
}

// ruleMoney is the guideline that finds sums beyond what may be promised.
const ruleMoney = "R27"

// lint reads the draft against the guidelines and the limits of the place.
func (s *step) lint(d *Draft) {
	sc := s.scene(d)
	d.Findings = s.r.composer.Lint(d.Text, sc)
	for i := range d.Findings {
		if f := &d.Findings[i]; f.Rule == ruleMoney && d.Offer == nil && !d.byMachine() {
			f.Suggest = "Name what is offered, so that it counts against limits."
		}
	}
	s.rests(d, sc)
}

// scene is what the guidelines are asked with.
func (s *step) scene(d *Draft) guideline.Scene {
	v := s.c.Verdict
	sc := guideline.Scene{Stage: s.c.Stage.String(), Aim: v.Aim, Standing: v.Standing, Legitimacy: v.Legitimacy}
	if s.c.Open != nil {
		play := ""
		if d.byMachine() {
			play = d.Play
		}
		situation := s.situation()
		if d.Visibility == mention.Private {
			situation.Visibility = mention.Private // its private half is held to what is private
		}
		sc = s.r.composer.Scene(play, situation)
		sc.Said = strings.TrimSpace(s.c.Open.Text + "\n" + sc.Said)
	}
	sc.Visibility, sc.Crisis, sc.FirstReply = d.Visibility, sc.Crisis || v.Crisis, s.c.Ours == 0
	sc.Safety, sc.Asks, sc.Limit = v.Rank.Life || v.Rank.Safety, len(d.Asks) > 0, s.limit(d)
	sc.Ours = s.r.specs.Watchlist.Ours.Numbers
	ledger := s.ledger()
	sc.Facts, sc.Claims, sc.FaultConfirmed = ledger.At(s.now), s.claims(d, ledger), s.c.Assessed.Admits()
	switch {
	case (d.Settles || d.Line) && !d.byMachine() || d.beside(): // a person's closing word has no next step, nor our last one
		sc.Stage = followup.Answered.String()
	case d.Proposes && !d.byMachine(): // it asks whether that is acceptable: the next word is the customer's
		sc.Stage = followup.Proposed.String()
	}
	sc.Statement = sc.Statement || d.For.Has(followup.GiveStatement)
	sc.MovesPrivate = sc.MovesPrivate || s.namesRoad(d)
	if d.For&followup.Unasked != 0 || d.beside() { // it speaks of what was asked, not of the complaint again
		sc.Aim, sc.FirstReply, sc.WantsContact, sc.Said = "", false, false, ""
	}
	for _, m := range s.c.Messages {
		if m.Ours && !m.Private {
			sc.PublicTurns++
		}
	}
	if s.c.Open != nil {
		sc.PrivateFound = !s.c.Open.Private && len(v.Private) > 0
		for _, p := range s.c.Verdict.Private {
			if p.Start >= 0 && p.Start < p.End && p.End <= len(s.c.Open.Text) {
				sc.Private = append(sc.Private, s.c.Open.Text[p.Start:p.End])
			}
		}
	}
	for k, v := range s.c.Given {
		if s.r.private[strings.ToLower(k)] && v != "" {
			sc.Private = append(sc.Private, v)
		}
	}
	slices.Sort(sc.Private)
	sc.Private = slices.Compact(sc.Private)
	return sc
}

// mayPromise is the most money that a member may promise in this matter.
func (s *step) mayPromise(id string) (most escalation.Money) {
	m, _ := s.r.directory.Member(id)
	for _, a := range m.Authority {
		covers := len(a.Categories) == 0 || slices.Contains(a.Categories, s.c.Verdict.Category)
		if a.Act == "grant" && covers && s.c.Verdict.Severity <= a.Severity && a.Limit.Minor > most.Minor {
			most = a.Limit
		}
	}
	return most
}

// drafted takes an answer that a member wrote.
func (s *step) drafted(b event.Drafted) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	text := strings.TrimSpace(b.Text)
	switch {
	case text == "":
		return s.refuse("the draft is empty")
	case len(text) > longestDraft || len(strings.Join(b.Asks, "")) > longestDraft:
		return s.refuse("the draft has more than %d bytes: no channel takes it", longestDraft)
	}
	if s.onItsWay() {
		return s.refuse("an approved answer is on its way: a second one would answer twice")
	}
	answered, ok := s.answerable()
	if i := s.message(b.Answers); i >= 0 {
		answered, ok = s.c.Messages[i], !s.c.Messages[i].Ours && !s.c.Messages[i].Gone
	} else if !b.Answers.IsZero() {
		return s.refuse("the case has no message %s", b.Answers)
	}
	if !ok {
		return s.refuse("there is no message of the customer left to answer")
	}
	visibility, err := s.visibility(b.Visibility, answered)
	if b.TakenUp {
		answered, visibility, err = s.publicSide()
	}
	if err == nil {
		err = s.mayDraft(b, visibility)
	}
	if err != nil {
		return err
	}
	d := s.draftOf(answered, text, visibility)
	d.By, d.Play = s.e.By, b.Play
	d.Asks, d.Proposes, d.Settles = b.Asks, b.Proposes || b.Offer != nil && !b.Offer.Goodwill, b.Settles
	d.Offer, d.Promises, d.TakenUp, d.Corrects = b.Offer, b.Promises, b.TakenUp, b.Corrects
	d.Line = b.Line || b.Offer != nil && b.Offer.Firm && s.c.Stage == followup.Working
	d.Settles = d.Settles || s.expectsNothing(d)
	s.lint(&d)
	s.setDraft(d)
	s.has(s.e.By)
	if errs := broken(d.Findings); len(errs) > 0 {
		s.say("the draft cannot go out: %s", strings.Join(errs, "; "))
		return nil
	}
	s.askConsent(d)
	return nil
}

// expectsNothing reports whether a person wrote a draft out of a play that expects nothing back, and added nothing to it that
// does.
func (s *step) expectsNothing(d Draft) bool {
	play, ok := s.r.composer.Play(d.Play)
	return ok && play.Expects == "nothing" && !d.Proposes && !d.Line && !d.beside() && len(d.Asks)+len(d.Promises) == 0
}

// visibility is where a draft goes: as the customer wrote, unless it says otherwise. Who wrote in private is never
// answered in public.
func (s *step) visibility(wanted mention.Visibility, answered Message) (mention.Visibility, error) {
	venue, _ := s.r.Venue(s.place().Channel)
	switch {
	case wanted == "" && answered.Private:
		return mention.Private, nil
	case wanted == "":
		return mention.Public, nil
	case wanted != mention.Public && wanted != mention.Private:
		return "", s.refuse("the visibility %q is neither public nor private", wanted)
	case wanted == mention.Public && answered.Private:
		return "", s.refuse("the customer wrote in private: he is not answered in public")
	case wanted == mention.Private && !answered.Private &&
		len(venue.Visibilities) > 0 && !slices.Contains(venue.Visibilities, mention.Private):
		return "", s.refuse("%s has no private messages", venue.Channel)
	}
	return wanted, nil
}
