package respond

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/guideline"
)

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
func (s *step) askConsent(d Draft) {
	if len(broken(d.Findings)) > 0 {
		return
	}
	if s.c.Incident && d.byMachine() {
		s.say("the draft waits: one crisis does not ask once for each of its cases")
		return
	}
	if id := s.consenter(d, s.now); id != "" {
		s.ask("draft by "+d.By+" wants consent", effect.Approve{Member: id, Draft: d.ID, Subject: "case", ID: s.c.ID}, aside)
		return
	}
	if s.forbids(d, d.By) == "" {
		s.say("the draft waits for %s, who wrote it and may approve it", d.By)
		return
	}
	s.say("the draft waits in the queue: nobody who may approve it is on duty")
}

// consenter is who would be asked at an instant to allow a draft: who may, and is on duty then. It is empty when nobody is.
func (s *step) consenter(d Draft, at time.Time) string {
	candidates := slices.Concat([]string{s.counsel()}, s.mustAllow(d), s.whoGrants(d), []string{s.owner()})
	if a := s.r.directory.Assign(s.matter(), at); a.Owner != "" {
		candidates = append(append(candidates, a.Owner), a.Backups...)
	}
	if len(d.Consents) > 0 { // another must, whoever may
		for _, m := range s.r.specs.Hierarchy.Members {
			candidates = append(candidates, m.ID)
		}
	}
	may := func(id string) bool {
		return id != "" && id != d.By && !slices.Contains(d.Consents, id) && s.r.directory.OnDuty(id, at) &&
			s.forbids(d, id) == "" && s.c.Sees(id)
	}
	if i := slices.IndexFunc(candidates, may); i >= 0 {
		return candidates[i]
	}
	return ""
}

// actApprove is the authority that a consent needs.
const actApprove = "approve"

// forbids says why a member may not allow a draft; empty when he may.
func (s *step) forbids(d Draft, id string) string {
	ask := escalation.Ask{Act: actApprove, By: id, Author: d.By, Matter: s.matter(), At: s.now}
	if err := s.r.directory.Authorize(ask); err != nil {
		return err.Error()
	}
	if who := s.counsel(); who != "" && who != id {
		return fmt.Sprintf("counsel holds the case: only what %s allows goes out", who)
	}
	if must := s.mustAllow(d); len(must) > 0 && !slices.Contains(must, id) {
		return fmt.Sprintf("play %s is for %s to allow", d.Play, strings.Join(must, " or "))
	}
	if d.Line && !s.highest(id) {
		return "a firm line is only drawn at the highest authority"
	}
	return s.grantForbids(d, id)
}

// mustAllow are the members of whom one must allow a draft, because its play says so. Where none of them is left it is
// as if the play said nothing: a name that is nobody's any more must not keep a customer waiting.
func (s *step) mustAllow(d Draft) []string {
	play, ok := s.r.composer.Play(d.Play)
	if !ok || play.Approve == "" {
		return nil
	}
	ids := []string{play.Approve}
	if team, ok := s.r.directory.Team(play.Approve); ok {
		ids = team.Members
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !s.member(id) })
}

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
	if slices.Contains(d.Consents, s.e.By) {
		return s.refuse("%s has consented already: another must", s.e.By)
	}
	if why := s.forbids(*d, s.e.By); why != "" {
		return s.refuse("%s", why)
	}
	checked := *d
	s.lint(&checked)
	if errs := broken(checked.Findings); len(errs) > 0 {
		return &RefusedError{Event: s.e.Kind(), Reason: strings.Join(errs, "; "), Findings: checked.Findings}
	}
	if venue, ok := s.r.Venue(s.place().Channel); ok && !venue.Fits(d.Text) {
		return s.refuse("the draft has %d %s and %s takes %d", venue.Length(d.Text), venue.Measure, venue.Channel, venue.Max)
	}
	if why := s.mayNot(*d); why != "" {
		return s.refuse("%s", why)
	}
	if err := s.mayGo(checked); err != nil {
		return err
	}
	if s.wantsMore(&checked) {
		return nil
	}
	s.setDraft(checked)
	s.has(s.e.By)
	s.overtakes(checked)
	s.allow(checked)
	s.send(s.e.By, "approved by "+s.e.By)
	return nil
}

// mayNot says why the machine would not take a draft for what it says it is, now and by this person; empty when it would.
// Once a word is out it is too late to refuse it.
func (s *step) mayNot(d Draft) string {
	if d.For&followup.Unasked != 0 {
		if barred, why := s.bars(d.For); barred&d.For != 0 {
			return why
		}
	}
	if d.Line {
		_, _, err := followup.Step(s.c.state(), followup.DrewLine, followup.Given{Facts: s.facts(followup.DrewLine)})
		if err != nil {
			return err.Error()
		}
	}
	return ""
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
	place := s.c.twin(s.from(d.Answers))
	if d.For.Has(followup.SendSurvey) {
		s.ask(why, effect.Survey{
			Draft: d.ID, Channel: place.Channel, Account: place.Account, To: d.Answers, Author: place.Author.Key(),
			Scale: s.r.followup.Scale, Version: s.r.followup.Version, Text: d.Text,
		}, 0)
		return
	}
	s.ask(why, effect.Send{
		Draft: d.ID, Channel: place.Channel, Account: place.Account, To: d.Answers, Author: place.Author.Key(),
		Visibility: d.Visibility, Text: d.Text, IfRevision: d.Revision, NotAfter: before(d.Until), Revises: s.revises(d),
	}, 0)
}

// before is the last instant before one, for what ends then; zero for none.
func before(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(-time.Millisecond)
}

// onItsWay reports whether an answer was asked for and nobody knows yet what became of it.
func (s *step) onItsWay() bool {
	sending := func(a Awaited) bool { return isWord(a.Kind) }
	return slices.ContainsFunc(s.c.Awaited, sending) ||
		slices.ContainsFunc(s.asked, func(e effect.Effect) bool { return isWord(e.Kind()) })
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
