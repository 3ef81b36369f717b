package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage"
)

// A saved is one thing that would have gone wrong, counted in this run.
type saved struct {
	Count int    `json:"count"`
	What  string `json:"what"`
}

// without counts what a desk would have done that pages for each post, thanks for each kind word, sends what was
// approved without looking again, and tries again what it is not sure of.
func (h *house) without() ([]saved, error) {
	in, err := h.incident()
	if err != nil {
		return nil, err
	}
	bitter := 0
	for _, m := range h.mentions {
		j := h.judge(m)
		if words, yes := j.bitter(); yes && j.verdict.Aim == triage.Complaint && j.sweet(h.rules, words) {
			bitter++
		}
	}
	out, err := h.outbox(desk.OutboxQuery{})
	if err != nil {
		return nil, err
	}
	overtaken := map[event.Reason]int{}
	hidden := map[mention.Ref]bool{}
	for _, o := range out {
		for _, why := range []event.Reason{event.Changed, event.Answered} {
			if o.Effect == sendKind && strings.HasSuffix(o.Outcome, " "+string(why)) {
				overtaken[why]++
			}
		}
		if b, ok := bodyOf(o).(effect.Moderate); ok && b.Act == effect.Hide {
			hidden[b.Ref] = true
		}
	}
	texts, rules := 0, map[string]bool{}
	for _, r := range h.diary.refusals {
		errs := broken(r.why.Findings)
		if len(errs) > 0 {
			texts++
		}
		for _, f := range errs {
			rules[f.Rule] = true
		}
	}
	cases, err := h.cases()
	if err != nil {
		return nil, err
	}
	silent := 0
	for _, c := range cases {
		if c.Ours > 0 && c.Outcome != followup.Resolved && c.Stage != followup.Surveying {
			silent++
		}
	}
	pages := h.pagesOf(in.ID)
	twice := overtaken[event.Answered] + len(h.diary.inFlight)
	return []saved{
		{in.Cases - pages, fmt.Sprintf("more pages: one for each post of the outage, where %d were sent", pages)},
		plural(len(h.diary.stopped), "cheerful scheduled post", "cheerful scheduled posts", "in the middle of it"),
		plural(bitter, "complaint", "complaints", "thanked because of a kind word"),
		plural(texts, "text", "texts", "out against the rules "+strings.Join(sortedKeys(rules), ", ")),
		plural(overtaken[event.Changed], "answer", "answers", "to words that were no longer there"),
		plural(twice, "customer", "customers", "answered twice: beside a colleague, and again after the crash"),
		plural(len(hidden), "whole card number", "whole card numbers", "left for everybody to read"),
		plural(silent, "case", "cases", "counted as resolved because the last word was ours"),
	}, nil
}

func plural(n int, one, many, rest string) saved {
	if n == 1 {
		return saved{n, one + " " + rest}
	}
	return saved{n, many + " " + rest}
}

// pagesOf is how many pages were sent for a case or an incident, those that only relieve not counted.
func (h *house) pagesOf(id string) int {
	n := 0
	for _, p := range h.pages {
		if p.tell.ID == id && !p.tell.Relief {
			n++
		}
	}
	return n
}

// pagesOfCases is how many pages were sent for the cases of these mentions.
func (h *house) pagesOfCases(list []judged) int {
	n := 0
	for _, j := range list {
		if c, err := h.caseOf(j.mention.Ref); err == nil {
			n += h.pagesOf(c.ID)
		}
	}
	return n
}

// incident is the one of the day.
func (h *house) incident() (incident.Incident, error) {
	list, err := h.incidents()
	if err != nil || len(list) == 0 {
		return incident.Incident{}, cmp.Or(err, errNoIncident)
	}
	return list[0], nil
}

var errNoIncident = fmt.Errorf("there is no incident")

// joined are the mentions that brought their cases into an incident, by instant.
func (h *house) joined(in incident.Incident) ([]judged, error) {
	trail, err := entries[incident.Change](h, desk.KindIncident, in.ID)
	if err != nil {
		return nil, err
	}
	var out []judged
	for _, e := range trail {
		if b, ok := e.Event.Body.(event.Joined); ok {
			j, err := h.judgedAs(b.Mention)
			if err != nil {
				return nil, err
			}
			out = append(out, j)
		}
	}
	return out, nil
}

// judgedAs is a mention with the verdict that the desk stored when it came in.
func (h *house) judgedAs(ref mention.Ref) (judged, error) {
	c, err := h.caseOf(ref)
	if err != nil {
		return judged{}, err
	}
	trail, err := entries[respond.Change](h, desk.KindCase, c.ID)
	if err != nil {
		return judged{}, err
	}
	for _, e := range trail {
		if b, ok := e.Event.Body.(event.Received); ok && b.Mention.Ref == ref && e.Change.Verdict != nil {
			return judged{b.Mention, *e.Change.Verdict}, nil
		}
	}
	return judged{}, fmt.Errorf("%s: no verdict is stored", ref)
}

// judge is the verdict on a mention of the day, also on one that opened no case.
func (h *house) judge(m mention.Mention) judged {
	given, standing := h.knows("", m)
	return judgeAt(h.rules, event.Received{Mention: m, Given: given, Standing: standing})
}

// ends says how the cases ended, each end by its own name.
func (h *house) ends() (string, error) {
	cases, err := h.cases()
	if err != nil {
		return "", err
	}
	ends := map[followup.Outcome]int{}
	for _, c := range cases {
		ends[c.Outcome]++
	}
	parts := []string{}
	for _, o := range []followup.Outcome{followup.Resolved, followup.WasAnswered, followup.Lapsed, followup.NotGenuine} {
		if ends[o] > 0 || o == followup.Resolved {
			parts = append(parts, fmt.Sprintf("%s %s", number(ends[o]), o))
		}
	}
	return strings.Join(append(parts, number(ends[""])+" open"), ", "), nil
}

// doubles is how many texts the world got more than once under one key, or twice in answer to one message.
func (h *house) doubles() int {
	keys, answers := map[string]int{}, map[string]int{}
	for _, s := range h.sent() {
		keys[string(s.Key)]++
		if s.Op == "send" {
			answers[s.To.String()+"\x00"+s.Text]++
		}
	}
	n := 0
	for _, counts := range []map[string]int{keys, answers} {
		for _, times := range counts {
			n += times - 1
		}
	}
	return n
}

// replay folds every trail from nothing and compares it with what is stored, byte for byte.
func (h *house) replay() (string, error) {
	same, all := 0, 0
	check := func(at desk.Address, folded any) error {
		row, err := h.store.Row(context.Background(), at)
		if err != nil {
			return err
		}
		again, err := json.Marshal(folded)
		if err != nil {
			return err
		}
		all++
		if bytes.Equal(again, row.State) {
			same++
		}
		return nil
	}
	cases, err := h.cases()
	if err != nil {
		return "", err
	}
	for _, c := range cases {
		list, err := entries[respond.Change](h, desk.KindCase, c.ID)
		if err != nil {
			return "", err
		}
		folded := trail.Fold(respond.New(c.Tenant, c.ID), list, respond.Apply)
		if err := check(desk.Address{Kind: desk.KindCase, ID: c.ID}, folded); err != nil {
			return "", err
		}
	}
	incidents, err := h.incidents()
	if err != nil {
		return "", err
	}
	for _, in := range incidents {
		list, err := entries[incident.Change](h, desk.KindIncident, in.ID)
		if err != nil {
			return "", err
		}
		folded := trail.Fold(incident.New(in.Tenant, in.ID), list, incident.Apply)
		if err := check(desk.Address{Kind: desk.KindIncident, ID: in.ID}, folded); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%s of %s replay to the same bytes", number(same), count(all, "trail", "trails")), nil
}

// clock is an instant as the house tells it.
func (h *house) clock(t time.Time) string { return t.In(h.zone).Format("15:04") }

// bodyOf is what a request asks for; nil if it cannot be read.
func bodyOf(o desk.Outbound) effect.Body {
	var e effect.Effect
	if json.Unmarshal(o.Body, &e) != nil {
		return nil
	}
	return e.Body
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
