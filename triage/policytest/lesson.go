package policytest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/triage"
)

// failure compares a case with its trial and writes what there is to learn.
func (b *bench) failure(c *Case, t *trial) (f Failure, failed bool) {
	f = Failure{Reason: c.Reason, Line: c.line, Differences: c.Want.differences(&t.verdict)}
	if len(f.Differences) == 0 && t.shaky == "" {
		return f, false
	}
	l := &lesson{policy: b.suite.Policy, judge: b.judge}
	if t.shaky != "" {
		l.line("judged", "%s", t.shaky)
	}
	if len(f.Differences) > 0 {
		l.probe, l.err = b.asked()
		if l.err == nil {
			l.answer = l.probe.answer(t.in, t.verdict)
		}
		for _, d := range f.Differences {
			l.tell(d)
		}
		l.line("decided", "%s", strings.ReplaceAll(strings.TrimSpace(b.judge.Explain(t.in, t.verdict)), "\n", "\n    "))
	}
	f.Lesson = l.String()
	return f, true
}

// asked is the probe of the policy, made when the first case fails.
func (b *bench) asked() (*probe, error) {
	if b.probe == nil {
		b.probe, b.probeErr = newProbe(b.suite.Policy, b.suite.Matcher, b.suite.Options)
	}
	return b.probe, b.probeErr
}

// unfired is the failure of a rule that no case fires, where every rule is to be.
func unfired(u Use) Failure {
	what := "rule "
	if u.Evidence {
		what = "evidence "
	}
	return Failure{Reason: what + u.Rule, Lesson: "  unfired     no case fires it: write one, or take it out\n"}
}

// A lesson is a text in the making, of lines with a name in front.
type lesson struct {
	strings.Builder
	policy triage.Policy
	judge  *triage.Judge
	probe  *probe
	err    error // why there is no probe
	answer answer
	told   []string // rules whose lack has been told
}

func (l *lesson) line(name, format string, args ...any) {
	fmt.Fprintf(l, "  %-11s %s\n", name, fmt.Sprintf(format, args...))
}

// tell writes one difference: what was wanted, who gave what there is, who was nearest to giving what was wanted.
func (l *lesson) tell(d Difference) {
	switch d.Field {
	case "fired":
		l.line(d.Field, "wanted %s, %s", d.Want, d.Got)
	case "silent":
		l.line(d.Field, "wanted without %s, %s", d.Want, d.Got)
	default:
		l.line(d.Field, "wanted %s, got %s", d.Want, d.Got)
	}
	if l.err != nil {
		l.line("", "nothing more can be said: %v", l.err)
		return
	}
	if d.Field == "legitimacy" {
		l.line("", "%s", l.weighed(d))
	}
	for _, r := range l.answer.verdict.Reasons {
		if c := l.clause(r.Rule, isEvidence(r)); c != nil && l.gave(d, c) {
			l.line("", "%s did that%s", c.called(), l.answer.saw(r))
		}
	}
	l.nearest(d)
}

// weighed says what legitimacy comes of.
func (l *lesson) weighed(d Difference) string {
	if d.Want == string(triage.Genuine) {
		return "genuine is whom the host knows: it gives customer as yes, or orders"
	}
	if d.Got == string(triage.Genuine) {
		return "the host gave customer as yes, or orders"
	}
	sum := 0
	for _, r := range l.answer.verdict.Reasons {
		if c := l.clause(r.Rule, true); c != nil && isEvidence(r) {
			sum += c.weight
		}
	}
	weighs := fmt.Sprintf("the evidence weighs %d, doubtful is %d", sum, l.policy.Legitimacy.Doubtful)
	if d.Got != string(triage.Doubtful) && l.policy.Legitimacy.Doubtful > 0 && sum >= l.policy.Legitimacy.Doubtful {
		weighs += "; but that the host does not know the author, or that he writes gibberish, never decides alone"
	}
	return weighs
}

func (l *lesson) clause(name string, evidence bool) *clause {
	for i := range l.probe.clauses {
		if c := &l.probe.clauses[i]; c.name == name && c.evidence == evidence {
			return c
		}
	}
	return nil
}

func (c *clause) called() string {
	if c.evidence {
		return fmt.Sprintf("evidence %s (weight %d)", c.name, c.weight)
	}
	return "rule " + c.name
}

// gave says whether a clause that fired is why the verdict has what was not wanted.
func (l *lesson) gave(d Difference, c *clause) bool {
	v := &l.answer.verdict
	switch d.Field {
	case "category":
		return !c.evidence && c.then.Category == v.Category && v.Category != ""
	case "severity":
		return v.Severity > severityOf(d.Want) && l.severity(c) == v.Severity
	case "aim":
		return !c.evidence && c.then.Aim == v.Aim && v.Aim != ""
	case "tags":
		wanted := strings.Split(d.Want, ", ")
		return slices.ContainsFunc(c.then.Tags, func(tag string) bool { return !slices.Contains(wanted, tag) })
	case "legitimacy":
		return c.evidence && v.Legitimacy == triage.Doubtful && c.weight > 0
	case "handling":
		return !c.evidence && c.then.Handling == v.Handling
	case "silent":
		return c.name == d.Want
	}
	return false
}

// saw lists the words of the text, and what was compared, that something stands on: ` on "late" (followers 3 >= 1)`.
func (a answer) saw(r triage.Reason) string {
	text := a.in.Mention.Text
	var words []string
	for _, s := range r.Spans {
		if s.Start < 0 || s.Start >= s.End || s.End > len(text) {
			continue // a judge of the host's own may say what it likes
		}
		if word := strconv.Quote(strings.ToValidUTF8(text[s.Start:s.End], "?")); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	out := ""
	if len(words) > 0 {
		out = " on " + strings.Join(words, ", ")
	}
	if compared := r.Compared(); compared != "" {
		out += " (" + compared + ")"
	}
	return out
}
