package policytest

import (
	"slices"
	"strings"

	"github.com/reputekit/reputation/triage"
)

// nearest tells of the clause that comes nearest to giving what was wanted, and what it lacked.
func (l *lesson) nearest(d Difference) {
	would := l.candidates(d)
	if len(would) == 0 {
		if l.isMissing(d) {
			l.line("nearest", "no rule gives %s", l.gift(d))
		}
		return
	}
	lack := func(c *clause) []*part { return l.answer.lacking(&c.root) }
	best := slices.MinFunc(would, func(a, b *clause) int {
		if byLack := len(lack(a)) - len(lack(b)); byLack != 0 {
			return byLack
		}
		return len(l.answer.having(&b.root)) - len(l.answer.having(&a.root))
	})
	missing, told := lack(best), l.judge.Lacks(l.answer.in, best.name)
	if len(missing) == 0 {
		l.line("nearest", "%s: %s", best.called(), l.unheard(best, told))
		return
	}
	what := ""
	if d.Field != "fired" {
		what = ", which gives " + l.gift(d) + ","
	}
	if slices.Contains(l.told, best.called()) {
		l.line("nearest", "%s%s lacks what is said above", best.called(), what)
		return
	}
	l.told = append(l.told, best.called())
	l.line("nearest", "%s%s lacks", best.called(), what)
	for _, line := range told {
		if slices.ContainsFunc(missing, func(p *part) bool { return below(line, p.path) }) {
			l.line("", "- %s", shortened(line))
		}
	}
	if has := l.answer.having(&best.root); len(has) > 0 {
		l.line("", "and has")
		for _, p := range has {
			l.line("", "- %s%s", p.path, l.answer.saw(l.answer.held[p.rule]))
		}
	}
}

// below says whether a line of Judge.Lacks is about a condition of this path: it names what stands in it as well.
func below(line, path string) bool {
	rest, ok := strings.CutPrefix(line, path)
	return ok && (strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, ":"))
}

// mostLack is how much of a line a person is shown, in runes: lists of words are long.
const mostLack = 200

func shortened(line string) string {
	if runes := []rune(line); len(runes) > mostLack {
		return string(runes[:mostLack]) + " ..."
	}
	return line
}

// isMissing says whether a difference is that something is not there, and not that something is there too much.
func (l *lesson) isMissing(d Difference) bool {
	switch d.Field {
	case "tags":
		return len(l.missingTags(d)) > 0
	case "severity":
		return l.answer.verdict.Severity < severityOf(d.Want)
	case "legitimacy":
		return d.Want == string(triage.Doubtful)
	case "silent":
		return false
	}
	return d.Want != None
}

// gift says what was wanted as a rule would give it.
func (l *lesson) gift(d Difference) string {
	switch d.Field {
	case "tags":
		return "tag " + strings.Join(l.missingTags(d), ", ")
	case "severity":
		return "severity " + d.Want + " or higher"
	case "fired":
		return d.Want
	}
	return d.Field + " " + d.Want
}

// candidates are the clauses that give what was wanted and is not there.
func (l *lesson) candidates(d Difference) []*clause {
	var out []*clause
	for i := range l.probe.clauses {
		if c := &l.probe.clauses[i]; l.gives(d, c) {
			out = append(out, c)
		}
	}
	return out
}

func (l *lesson) gives(d Difference, c *clause) bool {
	switch d.Field {
	case "category":
		return !c.evidence && c.then.Category == d.Want
	case "severity":
		return l.isMissing(d) && !c.evidence && l.severity(c) >= severityOf(d.Want)
	case "aim":
		return !c.evidence && string(c.then.Aim) == d.Want
	case "tags":
		return slices.ContainsFunc(l.missingTags(d), func(tag string) bool { return slices.Contains(c.then.Tags, tag) })
	case "legitimacy":
		return c.evidence && c.weight > 0 && d.Want == string(triage.Doubtful) && len(l.answer.lacking(&c.root)) > 0
	case "handling":
		return !c.evidence && string(c.then.Handling) == d.Want
	case "fired":
		return c.name == d.Want
	}
	return false
}

// missingTags are those wanted that the verdict does not have.
func (l *lesson) missingTags(d Difference) []string {
	wanted := strings.Split(d.Want, ", ")
	return slices.DeleteFunc(wanted, func(tag string) bool {
		return tag == None || slices.Contains(l.answer.verdict.Tags, tag)
	})
}

// severity is what a rule makes a mention at least, with the floor of its category.
func (l *lesson) severity(c *clause) triage.Severity {
	s := c.then.Severity
	if c.then.Category == triage.Life {
		return triage.Crisis
	}
	for _, k := range l.policy.Categories {
		taken := l.answer.verdict.Category
		if c.then.Category == k.Name && (taken == "" || taken == k.Name) {
			s = max(s, k.Severity)
		}
	}
	return s
}

func severityOf(name string) triage.Severity {
	var s triage.Severity
	if err := s.UnmarshalText([]byte(name)); err != nil {
		return triage.Routine
	}
	return s
}

// unheard says why a clause of which every condition holds did not give what it gives.
func (l *lesson) unheard(c *clause, told []string) string {
	for _, r := range l.answer.verdict.Reasons {
		if r.Rule == c.name && isEvidence(r) == c.evidence {
			return "it holds, but all it did was " + r.Did
		}
	}
	if len(told) > 0 {
		return told[len(told)-1]
	}
	return "it holds, but the judge in its place did not hear it"
}
