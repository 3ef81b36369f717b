package respond

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// propose drafts an answer from the playbook, for a person to look at. It never replaces what a person wrote, and never
// offers a text that this customer has had before.
func (s *step) propose() {
	if s.c.Open == nil || s.onItsWay() || s.c.Draft != nil && s.c.Draft.Play == "" && s.c.Draft.Stale == "" {
		return
	}
	situation := s.situation()
	play, why := s.r.composer.Choose(situation)
	s.say("%s", why)
	if play.Mode == None || len(play.Texts) == 0 {
		return
	}
	venue, _ := s.r.Venue(s.c.Channel)
	text, err := s.r.composer.Write(play.ID, situation, venue, s.slots())
	if err != nil {
		s.say("play %s is not proposed: %s", play.ID, reasonOf(err))
		return
	}
	if s.said(text.Body) {
		s.say("play %s is not proposed: this customer has had its text", play.ID)
		return
	}
	d := s.draft(text.Body, playVisibility(play, s.c.Open.Private))
	d.By, d.Play = byPlay+play.ID, play.ID
	d.Asks, d.Proposes, d.Settles = text.Asks, play.Proposes, play.Settles || play.Expects == "nothing"
	s.lint(&d)
	if play.Unattended && len(d.Findings) == 0 && s.mayGoAlone() {
		s.setDraft(d)
		s.send(d.By, fmt.Sprintf("play %s may go out without a person", play.ID))
		return
	}
	s.setDraft(d)
	s.askConsent(d, play.Approve)
}

// mayGoAlone excludes what no machine ever answers.
func (s *step) mayGoAlone() bool {
	v := s.c.Verdict
	return !v.Rank.Life && !v.Rank.Safety && !v.Crisis && v.Severity < triage.Serious &&
		(v.Legitimacy == triage.Genuine || v.Legitimacy == triage.Unverified)
}

// playVisibility is where a play speaks: privately when it says so, else as the customer wrote.
func playVisibility(p Play, private bool) mention.Visibility {
	if private || p.Mode == Private {
		return mention.Private
	}
	return mention.Public
}

func reasonOf(err error) string {
	var missing *template.MissingError
	if errors.As(err, &missing) {
		return "it needs " + strings.Join(missing.Slots, ", ")
	}
	return err.Error()
}

// situation is what the playbook is asked with.
func (s *step) situation() Situation {
	v := s.c.Verdict
	visibility := mention.Public
	if s.c.Open.Private {
		visibility = mention.Private
	}
	return Situation{
		Category: v.Category, Severity: v.Severity, Aim: v.Aim, Standing: s.c.Standing, Legitimacy: v.Legitimacy,
		Channel: s.c.Channel, Visibility: visibility, Stage: s.c.Stage.String(), Lang: s.c.Open.Lang, ID: s.c.ID,
	}
}

// slots are the values that a template may use: Name, Brand, Agent, and whatever the host gave, under its own key.
func (s *step) slots() template.Slots {
	slots := template.Slots{}
	for k, v := range s.c.Given {
		slots[k] = v
	}
	if name := s.c.Author.Name; name != "" {
		slots["Name"] = name
	}
	if m := s.matter(); m.Brand != "" {
		slots["Brand"] = m.Brand
	}
	if m, ok := s.r.directory.Member(s.owner()); ok {
		slots["Agent"] = m.Name
	}
	return slots
}

// said reports whether the text went out in this conversation before.
func (s *step) said(text string) bool {
	h := hash(text)
	return slices.ContainsFunc(s.c.Messages, func(m Message) bool { return m.Ours && m.Hash == h })
}

// draft makes a draft that answers the customer's last message.
func (s *step) draft(text string, visibility mention.Visibility) Draft {
	d := Draft{Text: text, Visibility: visibility}
	for _, m := range slices.Backward(s.c.Messages) {
		if !m.Ours && !m.Gone && !m.Ref.IsZero() {
			d.Answers, d.Revision = m.Ref, m.Revision
			break
		}
	}
	d.ID = mention.Key("draft", s.c.ID, strconv.Itoa(s.c.Seq+1), text, string(visibility),
		d.Answers.Channel, d.Answers.ID, strconv.Itoa(d.Revision))
	return d
}

// lint reads the draft against the guidelines and the limits of the place.
func (s *step) lint(d *Draft) {
	d.Findings = s.r.composer.Lint(d.Text, s.scene(d.Visibility))
}

// scene is what the guidelines are asked with.
func (s *step) scene(visibility mention.Visibility) guideline.Scene {
	sc := guideline.Scene{Visibility: visibility, Crisis: s.c.Verdict.Crisis, Ours: s.r.specs.Watchlist.Ours.Numbers}
	if s.c.Open != nil {
		sc.Lang = s.c.Open.Lang
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
	return sc
}

// drafted takes an answer that a member wrote.
func (s *step) drafted(b event.Drafted) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	text := strings.TrimSpace(mention.Clean(b.Text))
	if text == "" {
		return s.refuse("the draft is empty")
	}
	if s.onItsWay() {
		return s.refuse("an approved answer is on its way: a second one would answer twice")
	}
	visibility := b.Visibility
	if visibility == "" {
		visibility = mention.Public
		if s.c.Open != nil && s.c.Open.Private {
			visibility = mention.Private
		}
	}
	d := s.draft(text, visibility)
	if d.Answers.IsZero() {
		return s.refuse("there is no message of the customer left to answer")
	}
	d.By, d.Play = s.e.By, b.Play
	d.Asks, d.Proposes, d.Settles = b.Asks, b.Proposes, b.Settles
	s.lint(&d)
	s.setDraft(d)
	s.has(s.e.By)
	if errs := broken(d.Findings); len(errs) > 0 {
		s.say("the draft cannot go out: %s", strings.Join(errs, "; "))
		return nil
	}
	s.askConsent(d, "")
	return nil
}

// broken lists the findings that stop a draft.
func broken(findings []guideline.Finding) []string {
	var out []string
	for _, f := range findings {
		if f.Level == guideline.Error {
			out = append(out, fmt.Sprintf("%s %s: %s", f.Rule, f.Name, f.Why))
		}
	}
	return out
}

// askConsent puts a draft before somebody who may approve it and is on duty. A draft waits in the queue meanwhile: no
// draft wakes anybody.
func (s *step) askConsent(d Draft, approver string) {
	if len(broken(d.Findings)) > 0 {
		return
	}
	if s.c.Incident && strings.HasPrefix(d.By, byPlay) {
		s.say("the draft waits: one crisis does not ask once for each of its cases")
		return
	}
	v := s.c.Verdict
	candidates := []string{approver, s.owner()}
	if a := s.r.directory.Assign(s.matter(), s.now); a.Owner != "" {
		candidates = append(append(candidates, a.Owner), a.Backups...)
	}
	for _, id := range candidates {
		if id == "" || id == d.By || !s.r.directory.OnDuty(id, s.now) {
			continue
		}
		if s.r.directory.Authorize(actApprove, v.Category, v.Severity, escalation.Money{}, id) != nil {
			continue
		}
		s.ask("draft by "+d.By+" wants consent", effect.Approve{Member: id, Draft: d.ID, Subject: "case", ID: s.c.ID}, aside)
		return
	}
	if s.r.directory.Authorize(actApprove, v.Category, v.Severity, escalation.Money{}, d.By) == nil {
		s.say("the draft waits for %s, who wrote it and may approve it", d.By)
		return
	}
	s.say("the draft waits in the queue: nobody who may approve it is on duty")
}

// byPlay marks a draft that no person wrote.
const byPlay = "play:"

// actApprove is the authority that a consent needs.
const actApprove = "approve"

// approved is the consent of a member to one draft. Only then is it sent.
func (s *step) approved(b event.Approved) error {
	d := s.c.Draft
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case d == nil:
		return s.refuse("there is no draft")
	case d.ID != b.Draft:
		return s.refuse("the draft was changed since: what was read is not what would be sent")
	case d.Stale != "":
		return s.refuse("the draft is stale (%s): look at the case again and write a new one", d.Stale)
	case s.onItsWay():
		return s.refuse("an approved answer is on its way already")
	}
	v := s.c.Verdict
	if err := s.r.directory.Authorize(actApprove, v.Category, v.Severity, escalation.Money{}, s.e.By); err != nil {
		return s.refuse("%s", err)
	}
	checked := *d
	s.lint(&checked)
	if errs := broken(checked.Findings); len(errs) > 0 {
		return &RefusedError{Event: s.e.Kind(), Reason: strings.Join(errs, "; "), Findings: checked.Findings}
	}
	if venue, ok := s.r.Venue(s.c.Channel); ok && !venue.Fits(d.Text) {
		return s.refuse("the draft has %d %s and %s takes %d", venue.Length(d.Text), venue.Measure, venue.Channel, venue.Max)
	}
	s.setDraft(checked)
	s.has(s.e.By)
	s.send(s.e.By, "approved by "+s.e.By)
	return nil
}

// has gives the case to who works on its answer, unless somebody has it: nobody else need be told of it.
func (s *step) has(member string) {
	if c := s.c.Climb; c != nil && c.Taken == "" && !c.Over {
		s.climb(escalation.Move{Kind: escalation.Took, By: member})
	}
}

// send asks for the draft to go out, exactly as it stands.
func (s *step) send(by, why string) {
	d := *s.c.Draft
	d.Approved = by
	s.setDraft(d)
	s.ask(why, effect.Send{
		Draft: d.ID, Channel: s.c.Channel, Account: s.c.Account, To: d.Answers, Author: s.c.Author.Key(),
		Visibility: d.Visibility, Text: d.Text, IfRevision: d.Revision,
	}, 0)
}

// onItsWay reports whether an answer was asked for and nobody knows yet what became of it.
func (s *step) onItsWay() bool {
	sending := func(a Awaited) bool { return a.Kind == sendKind }
	return slices.ContainsFunc(s.c.Awaited, sending) ||
		slices.ContainsFunc(s.asked, func(e effect.Effect) bool { return e.Kind() == sendKind })
}

// rejected is the refusal of a draft. It stays to be read, and cannot go out.
func (s *step) rejected(b event.Rejected) error {
	d := s.c.Draft
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case d == nil || d.ID != b.Draft:
		return s.refuse("there is no such draft")
	case s.onItsWay():
		return s.refuse("an approved answer is on its way already")
	}
	stale := *d
	stale.Stale = event.Refused
	s.setDraft(stale)
	s.say("%s rejected the draft: %s", s.e.By, b.Reason)
	return nil
}
