package followup

import (
	"fmt"
	"strings"
)

// An arrow is one line of a drawing: all the ways from one stage to another, or back to itself.
type arrow struct {
	from, to Stage
	labels   []string
}

// arrows are the table as it is drawn, in the order of the stages.
func (t Table) arrows() []arrow {
	var out []arrow
	for _, from := range stages {
		for _, to := range stages {
			a := arrow{from: from, to: to}
			for _, m := range t {
				if m.From == from && m.To == to {
					a.labels = append(a.labels, m.label())
				}
			}
			if len(a.labels) > 0 {
				out = append(out, a)
			}
		}
	}
	return out
}

// label is everything that a row says beside its stages: "declined [authorised, not firm] / owed, clock news".
func (m Move) label() string {
	var does []string
	say := func(what, value string) {
		if value != "" {
			does = append(does, strings.TrimSpace(what+" "+value))
		}
	}
	flag := func(is bool, name string) {
		if is {
			does = append(does, name)
		}
	}
	say("outcome", string(m.Outcome))
	say("hold", string(m.Hold))
	say("author", string(m.Legitimacy))
	say("offer", string(m.Offer))
	flag(m.Owed, "owed")
	flag(m.Reopens, "reopens")
	say("wait", string(m.Wait))
	say("clock", string(m.Clock))
	flag(m.Keep, "keep")
	say("", strings.ReplaceAll(m.Asks.String(), " ", ", "))
	out := string(m.On)
	if g := m.If.String(); g != "" {
		out += " [" + g + "]"
	}
	if len(does) > 0 {
		out += " / " + strings.Join(does, ", ")
	}
	return out
}

// Mermaid draws the table as a Mermaid state diagram.
func (t Table) Mermaid() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    [*] --> fresh\n")
	for _, a := range t.arrows() {
		for _, label := range a.labels {
			fmt.Fprintf(&b, "    %s --> %s: %s\n", a.from, a.to, label)
		}
	}
	b.WriteString("    closed --> [*]\n")
	return b.String()
}

// DOT draws the table in the language of Graphviz. Stages in which it is our turn have a thick border.
func (t Table) DOT() string {
	var b strings.Builder
	b.WriteString("digraph followup {\n\tnode [shape=box, style=rounded];\n")
	for _, s := range stages {
		width := 1
		if s.OurTurn() {
			width = 2
		}
		fmt.Fprintf(&b, "\t%s [penwidth=%d];\n", s, width)
	}
	for _, a := range t.arrows() {
		fmt.Fprintf(&b, "\t%s -> %s [label=%q];\n", a.from, a.to, strings.Join(a.labels, "\n"))
	}
	b.WriteString("}\n")
	return b.String()
}
