package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/followup"
)

// tagLegal is the tag of a case in which somebody threatens with a court. A plan may name it.
const tagLegal = "legal"

// requests carries out what a move asks for beside clocks and waits. What is a message becomes a draft, on the road of
// every other; what is for a person to do is told to whoever has the case. An owner is assigned where the case alarms, a
// breach is counted where its clock is missed, and what is only to be recorded stands in the entry.
func (s *step) requests(m followup.Move) {
	for _, r := range [...]struct {
		ask followup.Requests
		do  func(followup.Move)
	}{
		{followup.Raise, func(followup.Move) { s.raiseLevel() }},
		{followup.Lower, func(followup.Move) { s.lowerLevel() }},
		{followup.TagLegal, func(followup.Move) { s.tag(tagLegal) }},
		{followup.TellCounsel, func(followup.Move) { s.tellCounsel() }},
		{followup.Nudge, s.nudge},
		{followup.NudgeCounsel, func(followup.Move) { s.nudgeCounsel() }},
		{followup.DoNotContact, func(followup.Move) { s.silence() }},
		{followup.GiveStatement, func(followup.Move) { s.giveStatement() }},
	} {
		if m.Asks&r.ask != 0 {
			r.do(m)
		}
	}
	s.words(m)
	for _, x := range unasked {
		if m.Asks&x.ask != 0 && !s.asksAlready(m, x.ask) {
			s.write(x.ask, m.ByItself&x.ask != 0)
		}
	}
}

// asksAlready reports whether the question whether it is over is part of a word that is out, or of the answer that he is
// owed: it is not asked beside it.
func (s *step) asksAlready(m followup.Move, ask followup.Requests) bool {
	return ask == followup.AskIfOver && (m.On == followup.ReachedOut || m.Owed)
}

// words says what a person has to do, or to heed in our next word.
func (s *step) words(m followup.Move) {
	for _, t := range tasks {
		switch {
		case m.Asks&t.ask == 0:
		case t.tell:
			s.task("%s", t.say)
		default:
			s.say("%s", t.say)
		}
	}
	if m.Asks.Has(followup.SwitchChannel) {
		s.task("he can no longer be reached where he wrote: go on at %s", s.why)
	}
}

// tasks are the requests that are for a person, in his words; those that tell reach whoever has the case. It is never
// written to.
var tasks = [...]struct {
	ask  followup.Requests
	tell bool
	say  string
}{
	{followup.TellCustomer, true, "what he accepted failed: tell him so, and what happens now"},
	{followup.NeutralWord, true, "write him a word that takes no side while it is found out who he is"},
	{followup.CallBack, true, "he is not content: call him"},
	{followup.FollowUp, false, "its incident is over: he is owed a word of his own"},
	{followup.Apologise, true, "he is genuine after all: apologise for having misjudged him"},
	{followup.PrivateNote, false, "should a real customer be behind it, this is how he reaches us: leave him a private note"},
	{followup.Thank, false, "thank him in our next word"},
	{followup.AskMissing, false, "ask only for what is missing"},
	{followup.WorkWithout, false, "go on without what he will not tell"},
	{followup.StateLimit, false, "that was our last word, with where else he can turn"},
	{followup.Restate, false, "say the same once more, kindly, and where else he can turn"},
	{followup.ReviewStatement, false, "its incident speaks for it: its statement is looked at there"},
	{followup.ApprovedOnly, true, "only what counsel allows goes out"},
	{followup.ReviewInside, true, "silent since long: look whether we owe him something; nobody is written to"},
	{followup.LeaveOpen, false, "nobody is written to any more; a word of his opens it again, and an offer stands until its date"},
	{followup.LeaveTrace, true, "he can no longer be reached: note how he might be, nobody is written to"},
	{followup.PrivacyTask, true, "he wants his data erased"},
	{followup.Restrict, false, "nothing is done with his data until then"},
}

// nudge reminds whoever has the case of it. The cases of an incident don't ask one by one: they ask it, which pages once
// for all of them.
func (s *step) nudge(m followup.Move) {
	switch {
	case m.On == followup.ReplyMissed:
		s.pageMissed()
	case m.On != followup.LookedOut && s.inHand():
		s.tellOwner("news were owed, and none came: write him, though nothing be new, and when the next come")
	case m.On != followup.LookedOut:
		s.pageMissed()
	case s.c.Hold.cause() != "" && s.c.Waits.N%lostAfter != 0:
		s.say("incident %s speaks for it", s.c.Hold.Of)
	case s.c.Incident && !s.c.Verdict.Rank.Life:
		s.join(true)
	case suspect(s.c.Verdict) && !s.c.Owed.IsZero():
		s.tellOwner("find out who the author is: he is %s, and waits since %s", s.c.Verdict.Legitimacy,
			s.c.Owed.Format(time.RFC3339))
	case !s.c.Owed.IsZero():
		s.tellOwner("an answer is owed since %s, and its time is over", s.c.Owed.Format(time.RFC3339))
	default:
		s.tellOwner("nothing is owed here and nothing is waited for: look whether that is right")
	}
}

// lostAfter is after how many looks a case that is held asks its incident anew: the end of it may have been lost.
const lostAfter = 7

// tag adds a tag to the verdict: a plan that names it has the case from here on.
func (s *step) tag(name string) {
	if slices.Contains(s.c.Verdict.Tags, name) {
		return
	}
	v := *s.c.Verdict
	v.Tags = union(v.Tags, []string{name})
	s.setVerdict(v)
}

// tellCounsel tells the point person of the plan for legal matters: counsel, where the house has one.
func (s *step) tellCounsel() {
	m := s.matter()
	m.Tags = union(m.Tags, []string{tagLegal})
	if id := s.counsel(); id != "" {
		if id != s.e.By { // who holds it knows
			s.tellMember(id, "counsel holds the case")
		}
		return
	}
	a := s.r.directory.Assign(m, s.now)
	why := "the customer speaks of a court: " + a.Because[0]
	switch {
	case s.c.Seq > 0:
		s.tellMember(a.Owner, why)
	case s.c.Verdict.Crisis && !s.c.Verdict.Rank.Life && s.r.directory.OnDuty(a.Owner, s.now):
		s.say("%s", why)
		s.let(a.Owner, why) // the case joins an incident, which pages for it
	default:
		s.say("%s", why) // the tag has made the case his, and its ladder begins with him
	}
}

func (s *step) nudgeCounsel() {
	if id := s.counsel(); id != "" {
		s.tellMember(id, "held since "+s.c.Hold.Since.Format(time.DateOnly)+": look whether it must be any longer")
		return
	}
	s.tellOwner("counsel, who held the case, has left: let it go, or have somebody else hold it")
}

// silence keeps everything here that nobody asked for, from now on.
func (s *step) silence() {
	given, _ := merged(map[string]string{givenSilent: "yes"}, s.c.Given)
	s.ch.Given, s.c.Given = given, given
	s.say("he wants no more of us: nobody writes to him unasked")
}

// giveStatement drafts the incident's statement for a customer who wrote, once per version.
func (s *step) giveStatement() {
	h := *s.c.Hold
	switch {
	case h.Says.Version == 0:
		s.say("its incident has told nobody anything yet")
		return
	case h.Had >= h.Says.Version:
		s.say("he has had version %d of the statement", h.Had)
		return
	}
	m, ok := s.answerable()
	if !ok || s.busy() {
		return
	}
	d := s.draft(h.Says.Text, visible(m.Private))
	d.By, d.For = byPlay+"statement", followup.GiveStatement
	s.lint(&d)
	s.setDraft(d)
	s.say("version %d of the incident's statement is drafted: a person lets it go out", h.Says.Version)
	s.askConsent(d)
}

// busy reports whether another word of ours is under way: nothing is drafted beside it.
func (s *step) busy() bool {
	d := s.c.Draft
	return s.onItsWay() || d != nil && d.Stale == "" && !d.byMachine()
}

// carriedOut is what a word changes that nobody asked for, or that an incident speaks: news and the question whether it
// is over are words of ours like any other, the rest answers nothing and moves nothing.
func (s *step) carriedOut(d Draft) error {
	answers := d.Answers
	s.setDraft(Draft{})
	switch d.For {
	case followup.NewsByTimer, followup.AskIfOver:
		return s.settle(answers, followup.AtIt)
	case followup.SendSurvey:
		given, _ := merged(map[string]string{givenSurveyed: s.now.Format(time.DateOnly)}, s.c.Given)
		s.ch.Given, s.c.Given = given, given
	case followup.GiveStatement:
		if h := s.c.Hold; h.cause() != "" {
			had := *h
			had.Had = h.Says.Version
			s.setHold(had)
			return s.settle(answers, followup.AtIt)
		}
	}
	return nil
}

// visible is how a word goes to somebody who wrote so.
func visible(private bool) mention.Visibility {
	if private {
		return mention.Private
	}
	return mention.Public
}
