package incident

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
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
	if s.in.State != Declared {
		return s.refuse("nothing is said in public before a person declares: it is %s", s.in.State)
	}
	st := b.Statement
	st.Text = strings.TrimSpace(mention.Clean(st.Text))
	st.Next = mention.Instant(st.Next)
	if st.Text == "" {
		return s.refuse("the statement is empty")
	}
	d := Draft{By: s.e.By, Statement: st, Findings: s.check(st)}
	d.ID = mention.Key("statement", s.in.ID, strconv.Itoa(s.in.Seq+1), st.Text)
	s.ch.Draft, s.in.Draft = &d, &d
	for _, f := range d.Findings {
		s.say("%s %s: %s", f.Rule, f.Name, f.Why)
	}
	if len(errorsIn(d.Findings)) == 0 {
		s.askConsent(d)
	}
	return nil
}

// check reads a statement against the guidelines, and for what a statement must have: an instant with its zone, or an
// interval, at which the next news comes.
func (s *step) check(st event.Statement) []guideline.Finding {
	findings := s.r.Composer().Lint(st.Text, guideline.Scene{
		Visibility: mention.Public, Crisis: true, Lang: s.in.Matter.Lang, Ours: s.r.Specs().Watchlist.Ours.Numbers,
	})
	if why := s.nextMissing(st); why != "" {
		findings = append(findings, guideline.Finding{
			Rule: "R13", Name: "next-step-time", Level: guideline.Error, Why: why,
			Suggest: "say when the next news comes: \"Next update at 15:00 CET\"",
		})
	}
	return findings
}

// nextMissing says what is wrong with the time of the next news; empty when nothing is.
func (s *step) nextMissing(st event.Statement) string {
	switch {
	case st.Next.IsZero() && st.Every <= 0:
		return "a holding statement says when the next news comes: an instant with its zone, or an interval"
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

// askConsent puts the statement before somebody on duty who may approve it, and did not write it.
func (s *step) askConsent(d Draft) {
	dir := s.r.Directory()
	for _, m := range s.r.Specs().Hierarchy.Members {
		if m.ID != d.By && dir.OnDuty(m.ID, s.now) && s.mayApprove(m.ID) == nil {
			s.ask("the statement by "+d.By+" wants consent",
				effect.Approve{Member: m.ID, Draft: d.ID, Subject: "incident", ID: s.in.ID}, aside)
			return
		}
	}
	s.say("the statement waits: nobody else who may approve it is on duty")
}

func (s *step) mayApprove(member string) error {
	return s.r.Directory().Authorize("approve", s.in.Matter.Category, triage.Crisis, escalation.Money{}, member)
}

// approved is the consent of a member to one statement. Only then is it published, once at each of our accounts.
func (s *step) approved(b event.Approved) error {
	d := s.in.Draft
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case d == nil || d.ID != b.Draft:
		return s.refuse("there is no such statement: it was changed since")
	case d.Rejected:
		return s.refuse("the statement was rejected")
	}
	if err := s.mayApprove(s.e.By); err != nil {
		return s.refuse("%s", err)
	}
	findings := s.check(d.Statement)
	if errs := errorsIn(findings); len(errs) > 0 {
		return &respond.RefusedError{Event: s.e.Kind(), Reason: errs[0].Why, Findings: findings}
	}
	accounts := s.r.Specs().Watchlist.Ours.Accounts
	if len(accounts) == 0 {
		return s.refuse("the watchlist names no account of ours to publish from")
	}
	p := Published{Version: 1, Statement: d.Statement, By: s.e.By, At: s.now, Next: d.Statement.Next}
	if p.Next.IsZero() {
		p.Next = s.now.Add(d.Statement.Every.Std())
	}
	var before []mention.Ref
	if s.in.Statement != nil {
		p.Version = s.in.Statement.Version + 1
		before = s.in.Statement.Posts
	}
	s.ch.Statement, s.in.Statement = &p, &p
	s.ch.Draft, s.in.Draft = &Draft{}, nil
	for _, a := range accounts {
		post := effect.Publish{Channel: a.Channel, Account: a.ID, Text: d.Statement.Text, Version: p.Version}
		if i := slices.IndexFunc(before, func(r mention.Ref) bool { return r.Channel == a.Channel }); i >= 0 {
			post.Revise = before[i]
		}
		s.ask("statement "+strconv.Itoa(p.Version)+", approved by "+s.e.By, post, aside)
	}
	s.say("statement %d approved by %s: the next news are due %s", p.Version, s.e.By, p.Next.Format(time.RFC3339))
	return nil
}

// rejected is the refusal of a statement.
func (s *step) rejected(b event.Rejected) error {
	d := s.in.Draft
	if !s.byMember() || d == nil || d.ID != b.Draft {
		return s.refuse("there is no such statement, or %q is no member", s.e.By)
	}
	no := *d
	no.Rejected = true
	s.ch.Draft, s.in.Draft = &no, &no
	s.say("%s rejected the statement: %s", s.e.By, b.Reason)
	return nil
}
