package incident

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/triage"
)

// stated takes a holding statement that a member wrote. What is wrong with it is kept with it, and stops its approval.
func (s *step) stated(b event.Stated) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	if !s.in.states() {
		return s.refuse("nothing is said in public before a person declares: it is %s", s.in.State)
	}
	st := b.Statement
	st.Text = strings.TrimSpace(st.Text)
	switch {
	case st.Text == "":
		return s.refuse("the statement is empty")
	case len(st.Text) > longest:
		return s.refuse("the statement has more than %d bytes: no channel takes it", longest)
	}
	d := Draft{By: s.e.By, Statement: st, Findings: s.check(st)}
	d.ID = mention.Key("statement", s.in.ID, strconv.Itoa(s.in.Seq+1), st.Text)
	s.ch.Draft, s.in.Draft = &d, &d
	for _, f := range d.Findings {
		s.say("%s %s: %s", f.Rule, f.Name, f.Why)
	}
	s.askConsent()
	return nil
}

// restate reads a draft again, by what is known now.
func (s *step) restate(d Draft) {
	d.Findings = s.check(d.Statement)
	s.ch.Draft, s.in.Draft = &d, &d
	if len(d.Asked) == 0 {
		s.askConsent()
	}
}

// What no statement is beyond.
const (
	longest = 100_000 // bytes
	soonest = time.Minute
	latest  = 7 * 24 * time.Hour
)

// check reads a statement against the guidelines, and for what a statement must have: an instant with its zone, or an
// interval, at which the next news comes.
func (s *step) check(st event.Statement) []guideline.Finding {
	findings := s.r.Composer().Lint(st.Text, s.scene())
	if why := s.nextMissing(st); why != "" {
		findings = append(findings, guideline.Finding{
			Rule: "R13", Name: "next-step-time", Level: guideline.Error, Why: why,
			Suggest: "say when the next news comes: \"Next update at 15:00 CET\"",
		})
	}
	findings = append(findings, faults("S1", "marked", len(st.Text), s.unmarked(st))...)
	findings = append(findings, faults("S2", "strategy", len(st.Text), s.astray(st))...)
	if st.Look == "" {
		findings = append(findings, guideline.Finding{
			Rule: "S3", Name: "where-to-look", Level: guideline.Warning, Start: len(st.Text), End: len(st.Text),
			Why: "the statement does not say where to look for the next news", Suggest: "name a page or an account",
		})
	}
	return findings
}

// scene is what a statement is read in: what it claims has been verified, here or in the house.
func (s *step) scene() guideline.Scene {
	return guideline.Scene{
		Visibility: mention.Public, Crisis: true, Lang: s.in.Matter.Lang, Ours: s.r.Specs().Watchlist.Ours.Numbers,
		Statement: true, FaultConfirmed: s.admits(), Facts: s.ledger().At(s.now),
	}
}

// correction is a word by which a text says that it corrects, in the languages of the built-in guidelines.
var correction = regexp.MustCompile(`(?i)\b(correct\w*|corri\w+|correg\w+|korrig\w+|korrektur|berichtig\w+|richtigstell\w+)`)

// unmarked says what the statement is and its text does not say: that it corrects, and where to look.
func (s *step) unmarked(st event.Statement) (why []string) {
	switch {
	case st.Corrects && s.in.Statement == nil:
		why = append(why, "there is no earlier statement to correct")
	case st.Corrects && !correction.MatchString(st.Text):
		why = append(why, "it corrects what was said, and the text does not say so")
	}
	if strings.Contains(st.Look, "://") && !strings.Contains(st.Text, st.Look) { // an account may be "here"
		why = append(why, "the text does not say where to look: "+st.Look)
	}
	return why
}

// nextMissing says what is wrong with the time of the next news; empty when nothing is.
func (s *step) nextMissing(st event.Statement) string {
	switch {
	case st.Next.IsZero() && st.Every <= 0 && !s.in.Speaks(): // it is over: what corrects is the last word
		return ""
	case st.Next.IsZero() && st.Every <= 0:
		return "a holding statement says when the next news comes: an instant with its zone, or an interval"
	case st.Next.IsZero() && (st.Every.Std() < soonest || st.Every.Std() > latest):
		return "an interval of updates is at least a minute and at most a week"
	case st.Next.IsZero():
		return ""
	case !st.Next.After(s.now):
		return "the next update lies in the past"
	}
	zone, err := s.r.Directory().Zone(st.Zone)
	if st.Zone == "" || err != nil {
		return "the next update needs the IANA zone it is told in"
	}
	local := st.Next.In(zone)
	for _, layout := range []string{"15:04", "15.04", "3:04 PM", "3:04PM", "3:04 pm", "3:04pm"} {
		if strings.Contains(st.Text, local.Format(layout)) {
			return ""
		}
	}
	return "the text does not say the time of the next update, " + local.Format("15:04 MST")
}

func errorsIn(findings []guideline.Finding) []guideline.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f guideline.Finding) bool { return f.Level != guideline.Error })
}

// consentWithin is how long a member has to answer before the next is asked.
const consentWithin = 15 * time.Minute

// askConsent puts the draft before somebody who may approve it, unless something is wrong with it.
func (s *step) askConsent() {
	if d := s.in.Draft; len(errorsIn(d.Findings)) == 0 {
		s.askNext(*d)
	}
}

// askNext puts a statement before the next who may approve it: who is on duty first, and then, for it is a crisis, who is
// not. Who wrote it is not asked. When nobody is left the ladder is told.
func (s *step) askNext(d Draft) {
	dir := s.r.Directory()
	for _, duty := range []bool{true, false} {
		for _, m := range s.r.Specs().Hierarchy.Members {
			if m.Left || m.ID == d.By || slices.Contains(d.Asked, m.ID) || dir.OnDuty(m.ID, s.now) != duty ||
				s.mayApprove(m.ID, d.By) != nil {
				continue
			}
			d.Asked, d.Until = append(slices.Clone(d.Asked), m.ID), s.now.Add(consentWithin)
			s.ch.Draft, s.in.Draft = &d, &d
			s.ask("the statement by "+d.By+" wants consent",
				effect.Approve{Member: m.ID, Draft: d.ID, Subject: "incident", ID: s.in.ID}, aside)
			return
		}
	}
	d.Until = time.Time{}
	s.ch.Draft, s.in.Draft = &d, &d
	if s.mayApprove(d.By, d.By) == nil {
		s.say("the statement waits for %s, who wrote it and may approve it", d.By)
	} else {
		s.say("the statement waits: nobody else who may approve it has answered")
	}
	if len(d.Asked) > 0 {
		s.rouse()
	}
}

// mayApprove says why a member may not approve what another wrote; nil when he may.
func (s *step) mayApprove(member, author string) error {
	return s.r.Directory().Authorize(escalation.Ask{Act: "approve", By: member, Author: author, At: s.now,
		Matter: escalation.Matter{Category: s.in.Matter.Category, Severity: triage.Crisis}})
}

// rejected is the refusal of a statement.
func (s *step) rejected(b event.Rejected) error {
	d := s.in.Draft
	if !s.byMember() || d == nil || d.ID != b.Draft {
		return s.refuse("there is no such statement, or %q is no member", s.e.By)
	}
	no := *d
	no.Rejected, no.Until = true, time.Time{} // it stays to be read, and cannot go out
	s.ch.Draft, s.in.Draft = &no, &no
	s.say("%s rejected the statement: %s", s.e.By, b.Reason)
	return nil
}
