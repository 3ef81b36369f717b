package policytest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
)

// None in Want.Category and Want.Aim says that there is to be none.
const None = "none"

// A Case is one mention, what the host knew beside it, and what the policy is to say of it.
type Case struct {
	Reason   string            `json:"reason"`             // what the case shows; each its own, since it is the case's name
	Text     string            `json:"text,omitempty"`     // short for mention.text
	Mention  mention.Mention   `json:"mention,omitzero"`   // whatever else matters; canonical or not
	At       time.Time         `json:"at,omitzero"`        // the instant to judge at; zero is the mention's own
	Given    map[string]string `json:"given,omitempty"`    // as triage.Input has it
	Standing triage.Standing   `json:"standing,omitempty"` // as triage.Input has it
	Observed []signal.Reading  `json:"observed,omitempty"` // signals from outside
	History  tally.Reading     `json:"history,omitzero"`   // of the author, within 30 days
	Thread   tally.Thread      `json:"thread,omitzero"`    // what is known of the conversation
	Copies   group.Reading     `json:"copies,omitzero"`    // what the tally of near copies said
	Surges   []string          `json:"surges,omitempty"`   // the series that surge
	Want     Want              `json:"want,omitzero"`

	line int // where it begins in its file, from 1; 0 in a Go table
}

// A Want is what a verdict is to have. A field that is left out is not looked at; of Category, Severity, Aim, Tags,
// Legitimacy, Handling, Fired and Silent one at least is needed.
type Want struct {
	Category   string            `json:"category,omitempty"` // or None
	Severity   *triage.Severity  `json:"severity,omitempty"`
	Aim        triage.Aim        `json:"aim,omitempty"` // or None
	Tags       []string          `json:"tags,omitzero"` // these and no others, in any order; [] is none at all
	Legitimacy triage.Legitimacy `json:"legitimacy,omitempty"`
	Handling   triage.Handling   `json:"handling,omitempty"`
	Fired      []string          `json:"fired,omitempty"`  // rules and pieces of evidence that fire, beside others
	Silent     []string          `json:"silent,omitempty"` // rules and pieces of evidence that do not
}

func (w *Want) isEmpty() bool {
	return w.Category == "" && w.Severity == nil && w.Aim == "" && w.Tags == nil && w.Legitimacy == "" &&
		w.Handling == "" && len(w.Fired) == 0 && len(w.Silent) == 0
}

// input is what the judge is given. The case keeps its own: what a judge might write into is copied.
func (c *Case) input(matcher *mention.Matcher) triage.Input {
	m := c.Mention
	m.Text = cmp.Or(c.Text, m.Text)
	m.Ref = mention.Ref{Channel: cmp.Or(m.Ref.Channel, "policytest"), ID: cmp.Or(m.Ref.ID, c.Reason)}
	m.Media, m.Links = slices.Clone(m.Media), slices.Clone(m.Links)
	m = m.Canonical()
	in := triage.Input{
		Mention: &m, At: firstSet(c.At, m.PostedAt, m.ReceivedAt), Standing: c.Standing, History: c.History,
		Thread: c.Thread, Copies: c.Copies, Surges: slices.Clone(c.Surges),
	}
	if matcher != nil {
		in.Hits = matcher.MatchMention(nil, &m)
	}
	for k, v := range c.Given {
		if in.Given == nil {
			in.Given = map[string]string{}
		}
		in.Given[k] = v
	}
	for _, r := range c.Observed {
		r.Spans = slices.Clone(r.Spans)
		in.Observed = append(in.Observed, r)
	}
	return in
}

func firstSet(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return mention.Instant(t)
		}
	}
	return time.Time{}
}

// got is the verdict said with the fields of a want.
func got(v *triage.Verdict) Want {
	w := Want{
		Category: cmp.Or(v.Category, None), Severity: new(v.Severity), Aim: cmp.Or(v.Aim, None),
		Tags: slices.Clone(v.Tags), Legitimacy: v.Legitimacy, Handling: v.Handling,
	}
	if w.Tags == nil {
		w.Tags = []string{}
	}
	for _, r := range v.Reasons {
		w.Fired = append(w.Fired, r.Rule)
	}
	return w
}

// A Difference is one field in which a verdict is not what was wanted.
type Difference struct {
	Field string `json:"field"` // category, severity, aim, tags, legitimacy, handling, fired, silent
	Want  string `json:"want"`
	Got   string `json:"got"`
}

// differences compares what was wanted with a verdict, in the order of Want's fields.
func (w *Want) differences(v *triage.Verdict) []Difference {
	var out []Difference
	add := func(field, want, got string) {
		if want != got {
			out = append(out, Difference{field, want, got})
		}
	}
	is := got(v)
	if w.Category != "" {
		add("category", w.Category, is.Category)
	}
	if w.Severity != nil {
		add("severity", w.Severity.String(), v.Severity.String())
	}
	if w.Aim != "" {
		add("aim", string(w.Aim), string(is.Aim))
	}
	if w.Tags != nil && !slices.Equal(once(w.Tags), once(v.Tags)) {
		out = append(out, Difference{"tags", listed(w.Tags), listed(v.Tags)})
	}
	if w.Legitimacy != "" {
		add("legitimacy", string(w.Legitimacy), string(v.Legitimacy))
	}
	if w.Handling != "" {
		add("handling", string(w.Handling), string(v.Handling))
	}
	for _, rule := range w.Fired {
		if !slices.Contains(is.Fired, rule) {
			out = append(out, Difference{"fired", rule, "it was silent"})
		}
	}
	for _, rule := range w.Silent {
		if slices.Contains(is.Fired, rule) {
			out = append(out, Difference{"silent", rule, "it fired"})
		}
	}
	return out
}

func once(tags []string) []string { return slices.Compact(slices.Sorted(slices.Values(tags))) }

// listed writes a set of tags in order.
func listed(tags []string) string {
	if len(tags) == 0 {
		return None
	}
	return strings.Join(once(tags), ", ")
}
