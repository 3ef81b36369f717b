package incident

import (
	"regexp"
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
	if len(errorsIn(d.Findings)) == 0 {
		s.askConsent(d)
	}
	return nil
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
	findings := s.r.Composer().Lint(st.Text, guideline.Scene{
		Visibility: mention.Public, Crisis: true, Lang: s.in.Matter.Lang, Ours: s.r.Specs().Watchlist.Ours.Numbers,
	})
	if why := s.nextMissing(st); why != "" {
		findings = append(findings, guideline.Finding{
			Rule: "R13", Name: "next-step-time", Level: guideline.Error, Why: why,
			Suggest: "say when the next news comes: \"Next update at 15:00 CET\"",
		})
	}
	for _, why := range s.unmarked(st) {
		findings = append(findings, guideline.Finding{
			Rule: "S1", Name: "marked", Level: guideline.Error, Start: len(st.Text), End: len(st.Text), Why: why,
		})
	}
	return findings
}

// keptEarlier is how many earlier versions a statement carries.
const keptEarlier = 50

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
	return s.r.Directory().Authorize(escalation.Ask{Act: "approve", By: member,
		Matter: escalation.Matter{Category: s.in.Matter.Category, Severity: triage.Crisis}})
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
	case s.in.State != Declared:
		return s.refuse("the crisis is not declared any more: it is %s", s.in.State)
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
	for _, a := range accounts { // a statement never splits
		if venue, _ := s.r.Venue(a.Channel); !venue.Fits(d.Statement.Text) {
			return s.refuse("the statement has %d %s and %s takes %d",
				venue.Length(d.Statement.Text), venue.Measure, a.Channel, venue.Max)
		}
	}
	p := Published{Version: 1, Statement: d.Statement, By: s.e.By, At: s.now, Next: d.Statement.Next}
	if p.Next.IsZero() {
		p.Next = s.now.Add(d.Statement.Every.Std())
	}
	if s.in.Statement != nil {
		before := s.in.Statement
		p.Version = before.Version + 1
		p.Posts = slices.Clone(before.Posts)
		p.Earlier = append(slices.Clone(before.Earlier), Earlier{before.Version, before.Statement, before.By, before.At})
		p.Earlier = p.Earlier[max(0, len(p.Earlier)-keptEarlier):]
	}
	s.ch.Statement, s.in.Statement = &p, &p
	s.ch.Next, s.in.Next = &p.Next, p.Next
	s.ch.Draft, s.in.Draft = &Draft{}, nil
	for _, a := range accounts {
		i := slices.IndexFunc(p.Posts, func(x Post) bool { return x.Channel == a.Channel && x.Account == a.ID })
		if i < 0 {
			i = len(p.Posts)
			p.Posts = append(p.Posts, Post{Channel: a.Channel, Account: a.ID})
		}
		s.publish(i)
	}
	s.say("statement %d approved by %s: the next news are due %s", p.Version, s.e.By, p.Next.Format(time.RFC3339))
	return nil
}

// publish asks for the newest version at one place, to revise what stands there. While an older one may still arrive
// there it waits for word of that: else the place would show two.
func (s *step) publish(i int) {
	p := s.in.Statement
	if slices.ContainsFunc(s.in.Awaited, func(a respond.Awaited) bool { return a.Kind == publishKind && a.Page == i }) {
		s.say("statement %d waits at %s for word of the one before", p.Version, p.Posts[i].Channel)
		return
	}
	p.Posts[i].Version = p.Version
	s.ask("statement "+strconv.Itoa(p.Version)+", approved by "+p.By, effect.Publish{
		Channel: p.Posts[i].Channel, Account: p.Posts[i].Account, Text: p.Statement.Text, Version: p.Version,
		Revise: p.Posts[i].Ref,
	}, i)
}

// stands is what is known of one place: where the statement stands there, if it was published. A newer version that
// waited for it follows.
func (s *step) stands(i int, ref mention.Ref) {
	if s.in.Statement == nil || i < 0 || i >= len(s.in.Statement.Posts) {
		return
	}
	p := *s.in.Statement
	p.Posts = slices.Clone(p.Posts)
	if !ref.IsZero() {
		p.Posts[i].Ref = ref
	}
	s.ch.Statement, s.in.Statement = &p, &p
	if s.in.State == Declared && p.Posts[i].Version < p.Version {
		s.publish(i)
	}
}

// rejected is the refusal of a statement.
func (s *step) rejected(b event.Rejected) error {
	d := s.in.Draft
	if !s.byMember() || d == nil || d.ID != b.Draft {
		return s.refuse("there is no such statement, or %q is no member", s.e.By)
	}
	no := *d
	no.Rejected = true // it stays to be read, and cannot go out
	s.ch.Draft, s.in.Draft = &no, &no
	s.say("%s rejected the statement: %s", s.e.By, b.Reason)
	return nil
}
