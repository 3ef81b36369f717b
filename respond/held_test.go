package respond_test

import (
	"slices"
	"strings"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// check holds one step of a random life to the laws.
func (l *life) check(before respond.Case, entry respond.Entry) {
	t, c := l.story.t, l.story.c
	must := func(ok bool, what string) {
		if !ok {
			t.Fatalf("%s:\n%s%s\n%s", what, l.story.script(), encode(t, entry), encode(t, c))
		}
	}
	if entry.Change.Reread {
		l.said = l.saidBefore // what the customer's word undid, it did not mean
	}
	for _, m := range entry.Change.Moves {
		if m.On == followup.Wrote || m.On == followup.Triaged {
			l.saidBefore = l.said
		}
		switch {
		case m.Reopens:
			l.said = false
		case m.On == followup.SaidOver:
			must(slices.Contains([]string{"meant", "spoken"}, entry.Event.Kind()), "nobody heard the customer say that it is over")
			l.said = true
		}
	}
	must(c.Outcome != followup.Resolved || l.said, "resolved without the customer's word")
	must(!c.At.Before(before.At), "the case's time goes back")
	must(len(c.Messages) <= 50 && len(c.Known) <= 64 && len(c.Awaited) <= 70 && len(c.Keys) <= 70 && len(c.Given) <= 100,
		"the case grows without bound")
	l.checkOwed(must, before, entry)
	l.checkDue(must, entry)
	l.checkPages(must, entry)
	l.checkDraft(must)
	if u, ok := entry.Event.Body.(event.Undelivered); ok {
		delete(l.sends, l.drafts[u.Key]) // certainly not out: it may be approved again
	}
	for _, x := range entry.Effects {
		must(x.Key != "" && x.Because != "", "an effect without key or reason")
		if send, ok := x.Body.(effect.Send); ok {
			l.checkSend(must, before, entry, x.Key, send)
			continue
		}
		for _, word := range []string{"unconscious", "4111 1111", "wonderful", "is down"} {
			must(!strings.Contains(encode(t, x), word), "a customer's words leave with a "+x.Kind())
		}
	}
}

type must func(ok bool, what string)

// checkOwed: an answer that is owed has a clock, and is discharged by an answer, by the customer's word or by a person.
func (l *life) checkOwed(must must, before respond.Case, entry respond.Entry) {
	c := l.story.c
	must(c.Owed.IsZero() || len(c.Clocks) > 0, "an answer is owed and no clock runs")
	must(c.Owed.IsZero() || !c.Owed.After(c.At), "an answer is owed from tomorrow on")
	must(c.Waived == before.Waived || entry.Event.Kind() == "waived" && c.Waived == before.Waived+1, "waived without a waiver")
	if w, ok := entry.Event.Body.(event.Waived); ok {
		must(slices.Contains([]string{"ana", "ben", "cleo"}, entry.Event.By) && w.Code != "" && !c.Verdict.Rank.Life,
			"a waiver without a member or a code, or where a life is in danger")
	}
	if before.Owed.IsZero() || !c.Owed.IsZero() {
		return
	}
	ok := slices.Contains([]string{"spoken", "waived", "meant"}, entry.Event.Kind())
	switch b := entry.Event.Body.(type) {
	case event.Delivered:
		ok = slices.ContainsFunc(before.Awaited, func(a respond.Awaited) bool { return a.Key == b.Key && a.Kind == "send" })
	case event.AnsweredElsewhere:
		ok = !b.Automatic
	case event.Judged:
		ok = b.Legitimacy == "fake"
	}
	must(ok, "an answer that was owed is forgotten")
}

// checkDue: a live case falls due, a tick is never in vain, and a closed one has nothing left but pages for a person.
func (l *life) checkDue(must must, entry respond.Entry) {
	c := l.story.c
	must(!c.Stage.Live() || !c.Due().IsZero(), "a live case without a due instant")
	if entry.Event.Kind() == "elapsed" {
		must(c.Due().IsZero() || c.Due().After(c.At), "due again at once after a tick")
	}
	must(c.Due().IsZero() || !slices.Contains(c.Known, event.ElapsedID(c.ID, c.Due())), "due at an instant that was brought already")
	if c.Stage.Live() {
		return
	}
	must(c.Waits == nil && len(c.Clocks) == 0 && c.Owed.IsZero(), "a closed case waits or owes")
	must(!c.Incident, "a closed case is in an incident")
	if m := entry.Change.Moves; len(m) > 0 && m[len(m)-1].From != followup.Closed {
		must(c.Draft == nil || c.Draft.Stale != "" || len(l.onItsWay()) > 0, "a draft outlives its case")
	}
}

func (l *life) onItsWay() (sends []respond.Awaited) {
	for _, a := range l.story.c.Awaited {
		if a.Kind == "send" || a.Kind == "survey" {
			sends = append(sends, a)
		}
	}
	return sends
}

// checkPages: a page is asked for by name, what becomes of it is told to the climb it belongs to, a page that bounced
// leads on, and nobody is called off who was never called.
func (l *life) checkPages(must must, entry respond.Entry) {
	c := l.story.c
	for _, x := range entry.Effects {
		tell, ok := x.Body.(effect.Tell)
		if !ok {
			continue
		}
		l.tells[x.Key] = tell
		must(!tell.Relief || l.told[tell.Member], "somebody is called off who was never called")
		l.told[tell.Member] = true
	}
	for _, a := range c.Awaited {
		if a.Kind != "tell" || a.Page < 0 {
			continue
		}
		must(c.Climb != nil && slices.ContainsFunc(c.Climb.Pages, func(p escalation.Page) bool {
			return p.N == a.Page && p.Member == l.tells[a.Key].Member
		}), "a page whose outcome would count for another")
	}
	u, ok := entry.Event.Body.(event.Undelivered)
	if tell, page := l.tells[u.Key]; !ok || !page || tell.Relief || !c.Stage.Live() || c.Incident && !c.Verdict.Rank.Life {
		return
	}
	climb := c.Climb
	must(climb != nil && (climb.Taken != "" || climb.Over || !climb.Due().IsZero()), "a page that bounced leads to silence")
}

// checkDraft: one answer at a time, no template where a life is in danger, nobody reminded of what he answered.
func (l *life) checkDraft(must must) {
	c := l.story.c
	must(len(l.onItsWay()) <= 1, "two answers are on their way")
	d := c.Draft
	if d == nil || d.Stale != "" {
		return
	}
	must(!c.Verdict.Rank.Life || !strings.HasPrefix(d.By, "play:"), "a template where a life is in danger")
	must(d.For&followup.Unasked == 0 || c.Owed.IsZero(), "a reminder to somebody who waits for us")
	i := slices.IndexFunc(c.Messages, func(m respond.Message) bool { return m.Ref == d.Answers })
	must(i < 0 || !c.Messages[i].Private || d.Visibility == mention.Private, "a public answer to a private word")
}

func (l *life) checkSend(must must, before respond.Case, entry respond.Entry, key string, send effect.Send) {
	c := l.story.c
	waited := slices.ContainsFunc(before.Awaited, func(a respond.Awaited) bool { return !a.Until.IsZero() })
	alone := (entry.Event.Kind() == "received" || waited) && strings.HasPrefix(c.Draft.Approved, "play:")
	d := c.Draft
	if d.For&followup.Unasked != 0 && d.Approved == d.By {
		alone = false
		must(d.Approved == "play:"+d.Play && c.Hold == nil && !c.Verdict.Rank.Life && !c.Verdict.Rank.Safety &&
			c.Standing != "press" && c.Given["do_not_contact"] == "", "a timer writes to somebody to whom nobody writes unasked")
		must(send.Visibility == mention.Private, "what nobody asked for goes out in public")
	} else {
		must(entry.Event.Kind() == "approved" || alone, "something goes out that nobody approved")
	}
	must(!alone || before.Ours == 0 && !c.Verdict.Rank.Life && (before.Climb == nil || before.Climb.Taken == ""),
		"a machine speaks a second time, beside a person, or where a life is in danger")
	must(!l.sends[send.Draft], "one draft is sent twice")
	l.sends[send.Draft] = true
	l.drafts[key] = send.Draft
	must(c.Draft.Text == send.Text, "what is sent is not what was approved")
	must(c.Account == send.Account, "it leaves from another account")
	must(send.To.Channel == c.Channel, "it answers on another channel")
}
