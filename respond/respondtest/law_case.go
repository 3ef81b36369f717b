package respondtest

import (
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

// lawOfCase holds a step of a case to the laws of cases.
func lawOfCase(m *memory, was, is respond.Case, e respond.Entry) error {
	return firstOf(
		must(!is.At.Before(was.At), "nothing is undone when the clock goes back", "the case's time goes back"),
		must(len(is.Messages) <= 50 && len(is.Known) <= 64 && len(is.Keys) <= 36 && len(is.Given) <= 100,
			"a state does not grow without bound", "%d messages, %d events, %d keys", len(is.Messages), len(is.Known), len(is.Keys)),
		m.resolved(is, e), m.owed(was, is, e), m.due(is, e), m.pages(is, e), m.draft(is), m.send(was, is, e), facts(was, is, e),
	)
}

// facts: what rests on a fact that is none any more stays here, and what was said on one is owed a correction until it is
// corrected by a word of ours.
func facts(was, is respond.Case, e respond.Entry) error {
	const law = "nothing is claimed that nobody verified"
	if d := is.Draft; d != nil && d.Stale == "" && e.Change.Whole == nil {
		none := func(says string) bool {
			return slices.ContainsFunc(is.Facts, func(f fact.Record) bool { return f.Says == says && !f.Holds(is.At) }) &&
				!slices.ContainsFunc(is.Facts, func(f fact.Record) bool { return f.Says == says && f.Holds(is.At) })
		}
		if err := firstOf(
			must(d.Until.IsZero() || d.Until.After(is.At), law, "a draft rests on what ended %s", d.Until),
			must(!slices.ContainsFunc(d.Rests, none), law, "a draft rests on what holds no more: %v", d.Rests),
		); err != nil {
			return err
		}
	}
	if e.Change.Whole != nil || e.Event.Kind() == "delivered" || e.Event.Kind() == "spoken" {
		return nil
	}
	for _, f := range was.Facts {
		still := slices.ContainsFunc(is.Facts, func(x fact.Record) bool { return x.Owed() && x.Says == f.Says })
		if err := must(!f.Owed() || still, "what was said and is not so is corrected", "%s forgets it", e.Event.Kind()); err != nil {
			return err
		}
	}
	return nil
}

// resolved: only the customer's word closes a case as resolved.
func (m *memory) resolved(is respond.Case, e respond.Entry) error {
	const law = "only the customer's word closes a case as resolved"
	if e.Change.Reread {
		m.over = m.overBefore // what the customer's word undid, it did not mean
	}
	for _, mv := range e.Change.Moves {
		if mv.On == followup.Wrote || mv.On == followup.Triaged {
			m.overBefore = m.over
		}
		switch {
		case mv.Reopens:
			m.over = false
		case mv.On == followup.SaidOver:
			m.over = true
			said := event.Customer == e.Event.By || slices.Contains([]string{"meant", "spoken"}, e.Event.Kind())
			if !said {
				return must(false, law, "nobody heard the customer say that it is over: %s", e.Event.Kind())
			}
		}
	}
	return must(is.Outcome != followup.Resolved || m.over, law, "it is resolved on %s", e.Event.Kind())
}

// owed: an answer that is owed has a clock, and is discharged by an answer, by the customer's word or by a person.
func (m *memory) owed(was, is respond.Case, e respond.Entry) error {
	const law = "after the customer writes we owe an answer and a clock runs"
	machine := slices.Contains([]string{event.Customer, event.Channel, event.Clock, event.Host}, e.Event.By)
	w, waives := e.Event.Body.(event.Waived)
	barred := slices.ContainsFunc(is.Bars, func(b tally.Bar) bool { return b.From == event.Engage && b.Owner != "" })
	if err := firstOf(
		must(is.Waived == was.Waived || waives || barred && !is.Verdict.Rank.Life,
			"a machine never waives, nor anybody where a life is in danger", "on %s", e.Event.Kind()),
		must(is.Owed.IsZero() || len(is.Clocks) > 0, law, "an answer is owed and no clock runs"),
		must(is.Owed.IsZero() || !is.Owed.After(is.At), law, "an answer is owed from tomorrow on"),
		must(is.Waived == was.Waived || (waives || barred) && is.Waived == was.Waived+1,
			"waivers are counted", "%d after %d", is.Waived, was.Waived),
		must(!waives || !machine && w.Code != "" && !is.Verdict.Rank.Life, "a machine never waives, nor anybody where a life is in danger",
			"waived by %q for %q", e.Event.By, w.Code),
	); err != nil {
		return err
	}
	if was.Owed.IsZero() || !is.Owed.IsZero() {
		return nil
	}
	ok := slices.Contains([]string{"spoken", "waived", "meant", "erased", "merged", "split"}, e.Event.Kind())
	switch b := e.Event.Body.(type) {
	case event.Delivered:
		ok = slices.ContainsFunc(was.Awaited, func(a respond.Awaited) bool { return a.Key == b.Key && a.Kind == "send" })
	case event.AnsweredElsewhere:
		ok = !b.Automatic
	case event.Judged:
		ok = b.Legitimacy == "fake"
	case event.Barred: // whoever answers for it waives what is owed
		ok = b.From == event.Engage && !machine
	}
	return must(ok, law, "an answer that was owed is forgotten on %s", e.Event.Kind())
}

// due: a live case falls due, and a closed one has nothing left but pages for a person.
func (m *memory) due(is respond.Case, e respond.Entry) error {
	const law = "every live state has a due instant, and a closed one leaves nothing behind"
	if err := firstOf(
		must(!is.Stage.Live() || !is.Due().IsZero(), law, "a live case (%s) without one", is.Stage),
	); err != nil || is.Stage.Live() {
		return err
	}
	moves := e.Change.Moves
	ended := len(moves) > 0 && moves[len(moves)-1].From != followup.Closed
	return firstOf(
		must(is.Waits == nil && len(is.Clocks) == 0 && is.Owed.IsZero(), law, "a closed case waits or owes"),
		must(!is.Incident, law, "a closed case is in an incident"),
		must(!ended || is.Draft == nil || is.Draft.Stale != "" || onItsWay(is) > 0, law, "a draft outlives its case"),
	)
}

func onItsWay(c respond.Case) (n int) {
	for _, a := range c.Awaited {
		if a.Kind == "send" || a.Kind == "survey" {
			n++
		}
	}
	return n
}

// pages: what becomes of a page is told to the climb it belongs to, a page that bounced leads on, and nobody is called
// off who was never called.
func (m *memory) pages(is respond.Case, e respond.Entry) error {
	const law = "nobody on duty is never silence"
	if err := m.called(e.Effects); err != nil {
		return err
	}
	if err := m.counts(is.Awaited, is.Climb); err != nil {
		return err
	}
	u, ok := e.Event.Body.(event.Undelivered)
	if t, page := m.tells[u.Key]; !ok || !page || t.Relief || !is.Stage.Live() || is.Incident && !is.Verdict.Rank.Life {
		return nil
	}
	c := is.Climb
	return must(c != nil && (c.Taken != "" || c.Over || !c.Due().IsZero()), law, "a page that bounced leads to silence")
}

// draft: one answer at a time, no template where a life is in danger, nobody reminded of what he answered.
func (m *memory) draft(is respond.Case) error {
	if n := onItsWay(is); n > 1 {
		return must(false, "one answer at a time", "%d are on their way", n)
	}
	d := is.Draft
	if d == nil || d.Stale != "" {
		return nil
	}
	i := slices.IndexFunc(is.Messages, func(x respond.Message) bool { return x.Ref == d.Answers })
	return firstOf(
		must(!is.Verdict.Rank.Life || !strings.HasPrefix(d.By, "play:"), "no template where a life is in danger", "%s", d.By),
		must(d.For&followup.Unasked == 0 || is.Owed.IsZero(), "nobody is reminded who waits for us", "a reminder is drafted"),
		must(i < 0 || !is.Messages[i].Private || d.Visibility == mention.Private,
			"a private word is not answered in public", "by %s", d.By),
	)
}

// speaksFrom reports whether an answer leaves from the account that the customer wrote to.
func speaksFrom(c respond.Case, x effect.Send) bool {
	return c.Account == x.Account && c.Channel == x.To.Channel || slices.ContainsFunc(c.Twins, func(t respond.Twin) bool {
		return t.Account == x.Account && t.Channel == x.To.Channel
	})
}

// send: what is sent is what was approved, once, from the case's own account.
func (m *memory) send(was, is respond.Case, e respond.Entry) error {
	const law = "what is sent is what was approved, once, from the case's own account"
	if u, ok := e.Event.Body.(event.Undelivered); ok {
		delete(m.out, m.sends[u.Key]) // certainly not out: it may be approved again
	}
	for key, x := range requests[effect.Send](e) {
		waited := slices.ContainsFunc(was.Awaited, func(a respond.Awaited) bool { return !a.Until.IsZero() })
		alone := (e.Event.Kind() == "received" || waited) && is.Draft != nil && strings.HasPrefix(is.Draft.Approved, "play:")
		unasked := is.Draft != nil && is.Draft.For&followup.Unasked != 0 && is.Draft.Approved == is.Draft.By
		alone = alone && !unasked
		if err := firstOf(
			must(!unasked || is.Hold == nil && !is.Verdict.Rank.Life && !is.Verdict.Rank.Safety && is.Standing != triage.Press &&
				is.Given["do_not_contact"] == "" && x.Visibility == mention.Private,
				"a timer writes to nobody whom nobody writes unasked", "%s", is.Draft.For),
			must(e.Event.Kind() == "approved" || alone || unasked, law, "something goes out on %s", e.Event.Kind()),
			must(!alone || was.Ours == 0 && !is.Verdict.Rank.Life && (was.Climb == nil || was.Climb.Taken == ""),
				"a machine speaks once, beside nobody, and not where a life is in danger", "%s", x.Draft),
			must(!m.out[x.Draft], law, "one draft is sent twice"),
			must(is.Draft != nil && is.Draft.Text == x.Text, law, "the text is another"),
			must(speaksFrom(is, x), law, "it leaves from %s to %s", x.Account, x.To.Channel),
		); err != nil {
			return err
		}
		m.out[x.Draft], m.sends[key] = true, x.Draft
	}
	return nil
}
