package respond

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// Judge returns the verdict on a mention as a case would have it: a caller asks before it opens one. Handling says
// whether a case is to be opened.
func Judge(r *Rules, in event.Received, now time.Time) triage.Verdict {
	m := in.Mention.Canonical()
	v, _ := judge(r, in, m, mention.Instant(now))
	return v
}

// judge also says whether the mention is from the past: older at receipt than its plan's Fresh, or backfill. Such a
// mention is judged at its own instant.
func judge(r *Rules, in event.Received, m mention.Mention, now time.Time) (v triage.Verdict, old bool) {
	ti := triage.Input{
		Mention: &m, Hits: r.matcher.MatchMention(nil, &m), At: now,
		Given: in.Given, Standing: in.Standing, Observed: in.Observed, History: in.History,
	}
	v = r.judge.Judge(ti)
	if m.PostedAt.IsZero() {
		return v, in.Backfill
	}
	fresh := r.directory.Fresh(r.directory.Assign(matterOf(v, m.Place.Country, m.Lang), now).Plan)
	if old = in.Backfill || now.Sub(m.PostedAt) > fresh; old {
		ti.At = m.PostedAt
		v = r.judge.Judge(ti)
	}
	return v, old
}

// matterOf is what the hierarchy is asked about.
func matterOf(v triage.Verdict, country, lang string) escalation.Matter {
	m := escalation.Matter{
		Category: v.Category, Severity: v.Severity, Life: v.Rank.Life, Country: country, Lang: lang,
	}
	for _, h := range v.Hits {
		if h.Kind != mention.Competitor {
			m.Brand = h.Subject
			break
		}
	}
	return m
}

// received takes a mention in: it opens the case or joins it.
func (s *step) received(b event.Received) error {
	m := b.Mention.Canonical()
	if m.Ref.IsZero() {
		return s.refuse("the mention has no reference: a channel and an id tell it from others")
	}
	if i := slices.IndexFunc(s.c.Messages, func(x Message) bool { return x.Ref == m.Ref }); i >= 0 {
		if s.c.Messages[i].Revision >= m.Revision {
			s.nothing = true
			return nil
		}
		return s.edited(event.Edited{Mention: m})
	}
	b.Mention = m
	s.e.Body = b
	verdict, old := judge(s.r, b, m, s.now)
	first := s.c.Seq == 0
	if first {
		if verdict.Handling != triage.Open && !s.byMember() {
			return s.refuse("the policy says %s: no case is opened, unless a member asks for it", verdict.Handling)
		}
		s.open(m)
	}
	s.know(b)
	alarmed := s.raise(verdict, first)
	s.addMessage(turnOf(m, s.now))
	s.setOpen(m)
	s.moderate(m.Ref)
	if old {
		s.say("from %s: counted at its own time, pages nobody", m.PostedAt.Format(time.RFC3339))
		if first {
			s.wait(followup.Lapse, 0)
		}
		return nil
	}
	if move, ok := s.sign(followup.Wrote); ok && move.Owed {
		s.owe()
	}
	if alarmed || s.unwatched() {
		s.alarm()
	}
	s.propose()
	return nil
}

// open gives the case what it has from the first mention on.
func (s *step) open(m mention.Mention) {
	s.ch.Opening = &Opening{Channel: m.Ref.Channel, Account: m.Account, Author: m.Author}
	s.c.Channel, s.c.Account, s.c.Author = m.Ref.Channel, m.Account, m.Author
	for _, k := range Keys(s.c.Tenant, m) {
		s.addKey(k)
	}
}

// know keeps what the host says of the author.
func (s *step) know(b event.Received) {
	if len(b.Given) > 0 {
		given := maps.Clone(s.c.Given)
		if given == nil {
			given = map[string]string{}
		}
		maps.Copy(given, b.Given)
		s.ch.Given, s.c.Given = given, given
	}
	if b.Standing != "" {
		s.ch.Standing, s.c.Standing = b.Standing, b.Standing
	}
}

// raise makes the new verdict the case's own where it may: severity and danger only rise; the category changes until a
// person has taken the case, or when the new one is graver. It reports whether somebody must be told anew.
func (s *step) raise(v triage.Verdict, first bool) (alarmed bool) {
	if first || s.c.Verdict == nil {
		s.setVerdict(v)
		return true
	}
	was := *s.c.Verdict
	graver := v.Severity > was.Severity || v.Rank.Life && !was.Rank.Life
	taken := s.c.Climb != nil && s.c.Climb.Taken != ""
	if v.Category == "" || !graver && (taken || v.Severity < was.Severity) {
		v.Category, v.Crisis, v.Aim = was.Category, was.Crisis, was.Aim
	}
	v.Severity = max(v.Severity, was.Severity)
	v.Crisis = v.Crisis || was.Crisis
	v.Handling = was.Handling
	v.Tags = union(was.Tags, v.Tags)
	if was.Legitimacy == triage.Genuine || was.Legitimacy == triage.Fake {
		v.Legitimacy = was.Legitimacy // a person's word, or the host's, is not undone by a machine
	}
	if len(v.Hits) == 0 {
		v.Hits = was.Hits
	}
	r := &v.Rank
	r.Life, r.Safety = r.Life || was.Rank.Life, r.Safety || was.Rank.Safety
	r.Exposure, r.Duty = r.Exposure || was.Rank.Exposure, r.Duty || was.Rank.Duty
	r.Crisis, r.Severity = r.Crisis || was.Rank.Crisis, max(r.Severity, was.Rank.Severity)
	if r.Life {
		v.Category = triage.Life
	}
	s.setVerdict(v)
	return v.Rank.Life && !was.Rank.Life || v.Crisis && !was.Crisis || v.Severity > was.Severity
}

func (s *step) setVerdict(v triage.Verdict) {
	s.ch.Verdict = &v
	s.c.Verdict = &v
}

// setOpen makes a message the one that we answer next.
func (s *step) setOpen(m mention.Mention) {
	l := turnOf(m, s.now)
	l.Text, l.Lang, l.Country, l.Rating = m.Text, m.Lang, m.Place.Country, m.Rating
	s.ch.Open = &l
	s.c.Open = &l
}

// owe starts the clock on which we owe an answer, unless one runs: it runs from the first unanswered word.
func (s *step) owe() {
	if !s.c.Owed.IsZero() {
		return
	}
	s.setOwed(s.now)
	objective := escalation.FirstReply
	if s.c.Ours > 0 {
		objective = escalation.NextReply
	}
	s.startClock(objective, s.now)
}

// startClock starts an objective of the case's plan, once.
func (s *step) startClock(o escalation.Objective, from time.Time) {
	clock := s.r.clock(s.plan(), o, from)
	s.setClocks(append(running(s.c.Clocks, o), clock))
	s.say("%s is due %s: %s", o, clock.Due.Format(time.RFC3339), clock.Because)
}

// plan is the plan that the case runs on now.
func (s *step) plan() string {
	return s.r.directory.Assign(s.matter(), s.now).Plan
}

func (s *step) matter() escalation.Matter {
	var lang, country string
	if s.c.Open != nil {
		lang, country = s.c.Open.Lang, s.c.Open.Country
	}
	return matterOf(*s.c.Verdict, country, lang)
}

// moderate decides what becomes of the mention itself, and asks for it.
func (s *step) moderate(ref mention.Ref) {
	venue, _ := s.r.Venue(ref.Channel)
	if s.c.Open != nil && s.c.Open.Private {
		return // nobody else can read it
	}
	m := s.r.composer.Moderate(*s.c.Verdict, venue)
	if m.Act == effect.Keep || m.Act == "" {
		return
	}
	s.ask(m.Reason, effect.Moderate{Ref: ref, Act: m.Act, Reason: m.Clause}, 0)
	s.say("%s %s: %s", m.Act, ref, m.Reason)
}

// byMember reports whether the event is the doing of a person on our side.
func (s *step) byMember() bool {
	_, ok := s.r.directory.Member(s.e.By)
	return ok
}

// turnOf is the customer's turn without its text.
func turnOf(m mention.Mention, now time.Time) Message {
	at := m.PostedAt
	if at.IsZero() {
		at = now
	}
	return Message{Ref: m.Ref, Revision: m.Revision, Private: m.IsPrivate(), At: at, Hash: hash(m.Text)}
}

// hash is how a message is recognised without its text.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
