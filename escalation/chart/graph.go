package chart

import (
	"fmt"
	"strings"
	"unicode"
)

// A graph is what both formats draw. Nodes are known by their place.
type graph struct {
	across bool // from left to right, not from the top down
	nodes  []node
	edges  []edge
}

type node struct {
	label string
	kind  kind
}

type edge struct {
	from, to int
	label    string
	dotted   bool
}

type kind int

const (
	person kind = iota
	absent      // has left
	group
	start
	end
)

func (g *graph) node(k kind, format string, args ...any) int {
	g.nodes = append(g.nodes, node{fmt.Sprintf(format, args...), k})
	return len(g.nodes) - 1
}

func (g *graph) edge(from, to int, label string, dotted bool) {
	g.edges = append(g.edges, edge{from, to, label, dotted})
}

// mermaid writes the graph for Mermaid.
func (g *graph) mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart " + map[bool]string{false: "TD", true: "LR"}[g.across] + "\n")
	brackets := map[kind][2]string{person: {"[", "]"}, absent: {"[", "]"}, group: {"[[", "]]"}, start: {"((", "))"}, end: {"{{", "}}"}}
	for i, n := range g.nodes {
		fmt.Fprintf(&b, "    n%d%s\"%s\"%s\n", i, brackets[n.kind][0], mermaidText(n.label), brackets[n.kind][1])
	}
	for _, e := range g.edges {
		arrow := "-->"
		if e.dotted {
			arrow = "-.->"
		}
		if e.label != "" {
			arrow += `|"` + mermaidText(e.label) + `"|`
		}
		fmt.Fprintf(&b, "    n%d %s n%d\n", e.from, arrow, e.to)
	}
	return b.String()
}

// dot writes the graph for Graphviz.
func (g *graph) dot() string {
	var b strings.Builder
	b.WriteString("digraph {\n    rankdir=" + map[bool]string{false: "TB", true: "LR"}[g.across] + "\n    node [shape=box]\n")
	styles := map[kind]string{person: "", absent: ", style=dashed", group: ", shape=folder", start: ", shape=circle",
		end: ", shape=octagon"}
	for i, n := range g.nodes {
		fmt.Fprintf(&b, "    n%d [label=\"%s\"%s]\n", i, dotText(n.label), styles[n.kind])
	}
	for _, e := range g.edges {
		var style []string
		if e.label != "" {
			style = append(style, `label="`+dotText(e.label)+`"`)
		}
		if e.dotted {
			style = append(style, "style=dotted")
		}
		fmt.Fprintf(&b, "    n%d -> n%d", e.from, e.to)
		if style != nil {
			b.WriteString(" [" + strings.Join(style, ", ") + "]")
		}
		b.WriteByte('\n')
	}
	b.WriteString("}\n")
	return b.String()
}

var (
	mermaidMarks = strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "&", "#amp;", "`", "#96;")
	dotMarks     = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
)

func mermaidText(s string) string { return mermaidMarks.Replace(plain(s)) }
func dotText(s string) string     { return dotMarks.Replace(plain(s)) }

// plain is the text on one line, without what no format takes.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}
