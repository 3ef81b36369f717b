package triage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage/signal"
)

// Explain writes a verdict on an input for a person, in short lines: the text with the marked words in [brackets],
// what was decided, every rule that fired and what it saw, the evidence, the signals and the place in the queue. The
// verdict is one that this Judge gave for the input; words that do not stand in its text are left out. Of the rules that
// are named behind it, it says why they did not fire, as Lacks does.
func (j *Judge) Explain(in Input, v Verdict, rules ...string) string {
	m := in.Mention
	if m == nil {
		m = &mention.Mention{}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", strings.Join(strings.Fields(marked(m.Text, v)), " "))
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-11s %s\n", name, fmt.Sprintf(format, args...))
	}
	line("said", "%s", saidBy(m))
	line("handling", "%s: %s", v.Handling, j.handledBecause(in, v))
	line("category", "%s", cmp.Or(v.Category, "none"))
	line("severity", "%s", v.Severity)
	if v.Aim != "" {
		line("aim", "%s", v.Aim)
	}
	if len(v.Tags) > 0 {
		line("tags", "%s", strings.Join(v.Tags, ", "))
	}
	line("legitimacy", "%s", legitimacyBecause(in, v))
	for _, p := range v.Private {
		line("private", "%s at bytes %d to %d", p.Class, p.Start, p.End)
	}
	for _, r := range v.Reasons {
		line("fired", "%s: %s%s", r.Rule, r.Did, r.saw(m.Text))
	}
	for _, rule := range rules {
		for _, lack := range j.Lacks(in, rule) {
			line("not fired", "%s: %s", rule, lack)
		}
	}
	for _, r := range v.Signals {
		line("signal", "%s %d%s", r.Name, r.Value, quoted(m.Text, r.Spans))
	}
	line("priority", "%s (%s)", v.Rank.Priority(), v.Rank.words())
	return b.String()
}

// marked puts brackets around every word that a rule or a hit stands on; what overlaps is marked once.
func marked(text string, v Verdict) string {
	var all []signal.Span
	for _, r := range v.Reasons {
		all = append(all, r.Spans...)
	}
	for _, h := range v.Hits {
		all = append(all, signal.Span{Start: h.Start, End: h.End})
	}
	slices.SortFunc(all, func(a, b signal.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	var b strings.Builder
	at := 0
	for _, s := range all {
		if s.Start < at || !within(s, text) {
			continue
		}
		b.WriteString(text[at:s.Start] + "[" + text[s.Start:s.End] + "]")
		at = s.End
	}
	return b.String() + text[at:]
}

// within reports whether a span is a place in the text, cut at rune borders.
func within(s signal.Span, text string) bool {
	return 0 <= s.Start && s.Start < s.End && s.End <= len(text) &&
		utf8.RuneStart(text[s.Start]) && (s.End == len(text) || utf8.RuneStart(text[s.End]))
}

// quoted lists the words at the spans: ` on "third", "cancelled"`.
func quoted(text string, spans []signal.Span) string {
	var words []string
	for _, s := range spans {
		if within(s, text) {
			words = append(words, fmt.Sprintf("%q", text[s.Start:s.End]))
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " on " + strings.Join(slices.Compact(words), ", ")
}

func (r Reason) isEvidence() bool { return strings.HasPrefix(r.Did, saysEvidence) }

func (r Reason) saw(text string) string {
	saw := quoted(text, r.Spans)
	if compared := r.Compared(); compared != "" {
		saw += " (" + compared + ")"
	}
	return saw
}

func saidBy(m *mention.Mention) string {
	who := cmp.Or(m.Author.Name, m.Author.Handle, m.Author.ID, "somebody")
	said := fmt.Sprintf("by %s on %s", who, cmp.Or(m.Ref.Channel, "an unnamed channel"))
	if m.IsPrivate() {
		said += ", in private"
	}
	if m.Lang != "" {
		said += ", in " + m.Lang
	}
	if n, ok := m.Rating.PerMille(); ok {
		said += fmt.Sprintf(", %d of %d stars (%d per mille)", m.Rating.Value, m.Rating.Best, n)
	}
	return said
}

// handledBecause says why a mention is handled as it is.
func (j *Judge) handledBecause(in Input, v Verdict) string {
	if v.Category == Life {
		return "life comes before everything"
	}
	handled := "" // by the last rule that named a handling
	for _, r := range v.Reasons {
		for i := range j.rules {
			if j.rules[i].name == r.Rule && !r.isEvidence() && j.rules[i].then.Handling == v.Handling {
				handled = r.Rule
			}
		}
	}
	if handled != "" {
		return "rule " + handled + " says so"
	}
	in.Hits = v.Hits
	s := scene{judge: j, in: in, mention: in.Mention, v: v}
	if s.mention == nil {
		s.mention = &s.nothing
	}
	_, why := s.usual()
	return why
}

func legitimacyBecause(in Input, v Verdict) string {
	switch v.Legitimacy {
	case Genuine:
		return fmt.Sprintf("%s: the host knows him as a customer", v.Legitimacy)
	case Fake:
		return fmt.Sprintf("%s: a person has said so", v.Legitimacy)
	case Doubtful:
		return fmt.Sprintf("%s: the evidence below weighs enough", v.Legitimacy)
	}
	return string(v.Legitimacy)
}

// words says what puts a case where it is, the strongest first.
func (r Rank) words() string {
	var words []string
	for _, w := range [...]struct {
		is   bool
		name string
	}{
		{r.Life, "life"}, {r.Safety, "safety"}, {r.Exposure, "exposure"}, {r.Duty, "duty"}, {r.Crisis, "crisis"},
		{true, r.Severity.String()}, {r.Breaches > 0, fmt.Sprintf("%d breached", r.Breaches)},
		{!r.Deadline.IsZero(), "due " + r.Deadline.Format("2006-01-02 15:04 MST")}, {r.Repeated, "again"},
		{!r.Since.IsZero(), "since " + r.Since.Format("2006-01-02 15:04 MST")},
		{r.Tier > 0, fmt.Sprintf("tier %d", r.Tier)}, {r.Audience > 0, fmt.Sprintf("reach %d", r.Audience)},
	} {
		if w.is {
			words = append(words, w.name)
		}
	}
	return strings.Join(words, ", ")
}
