package respond

import (
	"encoding/json"
	"slices"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/triage"
)

// Redacted returns the case without anything of the customer, and what of him lies outside it. It names what it keeps
// instead of what it drops: what the case is, how it went and how it ended, in words and figures of the house. A facet
// that this version does not know is dropped, for nobody here can say what is in it. The case's id and the marks of its
// events stay: they are made from the platform's ids, and cannot be read back.
func (c Case) Redacted() (Case, privacy.Remains) {
	out := Case{
		Tenant: c.Tenant, ID: c.ID, Seq: c.Seq, At: c.At, Opened: c.Opened, Channel: c.Channel, Account: c.Account,
		Standing: c.Standing, Verdict: redacted(c.Verdict), Stage: c.Stage, Outcome: c.Outcome, Offer: c.Offer,
		Reopens: c.Reopens, Asked: c.Asked, Left: c.Left, Owed: c.Owed, Play: c.Play, Clocks: c.Clocks,
		Breaches: c.Breaches, Incident: c.Incident, Calm: c.Calm, Waived: c.Waived, Theirs: c.Theirs, Ours: c.Ours,
		Known: c.Known, Access: c.Access, Erasure: c.Erasure, Purged: c.Purged, Duties: c.Duties, Dealings: dealing.Redact(c.Dealings),
	}
	if m := c.Merged; m != nil {
		out.Merged = &Merger{Into: m.Into, By: m.By, At: m.At}
	}
	out.Climb = placeless(c.Climb)
	if w := c.Waits; w != nil {
		out.Waits = &followup.Wait{Kind: w.Kind, At: w.At, N: w.N}
	}
	return out, c.remains()
}

func (c Case) remains() privacy.Remains {
	r := privacy.Remains{Author: c.Author, Incident: c.Incident, Beyond: privacy.Beyond()}
	for _, m := range c.Messages {
		if !m.Ref.IsZero() {
			r.Texts = append(r.Texts, m.Ref)
		}
	}
	for _, t := range c.Twins {
		r.Cases = append(r.Cases, t.Case)
	}
	for _, a := range c.Awaited {
		r.Requests = append(r.Requests, a.Key)
	}
	return r
}

// redacted is a verdict without what was read in the text, or told of its author.
func redacted(v *triage.Verdict) *triage.Verdict {
	if v == nil {
		return nil
	}
	return &triage.Verdict{
		Handling: v.Handling, Category: v.Category, Severity: v.Severity, Crisis: v.Crisis, Aim: v.Aim,
		Standing: v.Standing, Legitimacy: v.Legitimacy, Tags: slices.Clone(v.Tags), Rank: v.Rank,
	}
}

// Sees reports whether a member may see what was said in the case: anybody, or those that its restriction names, who
// made it, and who preserves it; where a life is in danger whoever was called for it too.
func (c Case) Sees(member string) bool {
	return c.Access == nil || slices.Contains(c.Access.To, member) || member == c.Access.By ||
		c.Preserve != nil && member == c.Preserve.Who || c.calls(member)
}

// calls reports whether a member was called because a life is in danger.
func (c *Case) calls(member string) bool {
	return c.Climb != nil && c.Climb.Life && (c.Climb.Taken == member ||
		slices.ContainsFunc(c.Climb.Pages, func(p escalation.Page) bool { return p.Member == member && !p.Relief }))
}

// For returns the case as a member may see it: whole, or without anything of the customer. Whatever renders or exports a
// case for somebody asks it first; its Priority and Due are the same.
func (c Case) For(member string) Case {
	if c.Sees(member) {
		return c
	}
	out, _ := c.Redacted()
	out.Preserve = c.Preserve
	for _, a := range c.Awaited {
		out.Awaited = append(out.Awaited, Awaited{Key: a.Key, Kind: a.Kind, Page: a.Page, At: a.At, Until: a.Until})
	}
	return out
}

// kept is what a case holds of one person, as it is given to him.
type kept struct {
	Said  []said                     `json:"said,omitempty"` // in order
	State map[string]json.RawMessage `json:"state"`
}

// said is one thing that was said, or written down of what was said.
type said struct {
	At   json.RawMessage `json:"at"`
	By   string          `json:"by"`
	What string          `json:"what"` // the kind of the event or request
	Fact json.RawMessage `json:"fact"`
}

// ours are the facets of the case that are about us: who is told, what is waited for, what leads here.
var ours = []string{"climb", "clocks", "awaited", "known", "waits", "keys", "unread", "access", "preserve"}

// Personal returns what a case and its entries hold of the customer, as JSON for him: {"said": [...], "state": {...}}.
// Said is what he said, what was said to him and what was written down about it, in order, as far as the entries reach;
// state is the case without what is only about us. What the law lets a house keep from him, the house takes out.
func (c Case) Personal(entries []Entry) ([]byte, error) {
	var out kept
	data, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &out.State); err != nil {
		return nil, err
	}
	for _, name := range ours {
		delete(out.State, name)
	}
	if len(c.Messages) > 0 { // as objects: what is given to him is for him to read
		if out.State["messages"], err = json.Marshal(c.Messages); err != nil {
			return nil, err
		}
	}
	for _, e := range entries {
		facts, err := saidIn(e)
		if err != nil {
			return nil, err
		}
		out.Said = append(out.Said, facts...)
	}
	return json.Marshal(out)
}

// saidIn is what stands in one entry: the fact itself, unless it is a tick or an outcome, and what went out by it.
func saidIn(e Entry) ([]said, error) {
	var all []said
	add := func(by, what string, body any) error {
		fact, err := json.Marshal(body)
		if err != nil {
			return err
		}
		at, err := json.Marshal(e.At)
		all = append(all, said{At: at, By: by, What: what, Fact: fact})
		return err
	}
	switch e.Event.Body.(type) {
	case event.Elapsed, event.Delivered, event.Undelivered, event.Uncertain, event.Approved, event.Taken:
	default:
		if err := add(e.Event.By, e.Event.Kind(), e.Event.Body); err != nil {
			return nil, err
		}
	}
	for _, x := range e.Effects {
		if x.Kind() == sendKind {
			if err := add("us", sendKind, x.Body); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}
