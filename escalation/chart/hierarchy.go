package chart

import (
	"fmt"

	"github.com/reputekit/reputation/escalation"
)

// HierarchyMermaid draws the members under their bosses, who deputizes for whom, teams and rosters, for Mermaid.
func HierarchyMermaid(h escalation.Hierarchy) string { return hierarchy(h).mermaid() }

// HierarchyDOT draws the same for Graphviz.
func HierarchyDOT(h escalation.Hierarchy) string { return hierarchy(h).dot() }

func hierarchy(h escalation.Hierarchy) *graph {
	g := &graph{}
	at := make(map[string]int)
	for _, m := range h.Members {
		k, name := person, m.Name
		if name == "" {
			name = m.ID
		}
		if m.Left {
			k, name = absent, name+" (left)"
		}
		at[m.ID] = g.node(k, "%s", name)
	}
	link := func(from int, id, label string, dotted bool) {
		if to, ok := at[id]; ok {
			g.edge(from, to, label, dotted)
		}
	}
	for i, m := range h.Members {
		if boss, ok := at[m.Boss]; ok {
			g.edge(boss, i, "", false)
		}
		for _, id := range m.Deputies {
			link(i, id, "deputy", true)
		}
	}
	for _, t := range h.Teams {
		team := g.node(group, "team %s", t.ID)
		for _, id := range t.Members {
			link(team, id, "", true)
		}
	}
	for _, r := range h.Rosters {
		duty := g.node(group, "roster %s", r.ID)
		seen := make(map[string]bool)
		for i, l := range r.Layers {
			for _, x := range l.Rotations {
				for _, id := range x.Slots {
					if !seen[id] {
						link(duty, id, layerName(i, len(r.Layers)), true)
					}
					seen[id] = true
				}
			}
		}
	}
	return g
}

// layerName tells layers apart where there are several.
func layerName(i, of int) string {
	if of < 2 {
		return ""
	}
	return fmt.Sprintf("layer %d", i)
}

// LadderMermaid draws who is told after how long, for Mermaid.
func LadderMermaid(l escalation.Ladder) string { return ladder(l).mermaid() }

// LadderDOT draws the same for Graphviz.
func LadderDOT(l escalation.Ladder) string { return ladder(l).dot() }

func ladder(l escalation.Ladder) *graph {
	g := &graph{across: true}
	last, wait := g.node(start, "%s", l.ID), "at once"
	first := -1
	for i, x := range l.Levels {
		label := fmt.Sprintf("level %d:", i)
		for j, id := range x.To {
			if label += " " + id; j < len(x.To)-1 {
				label += ","
			}
		}
		if x.Empty == "hold" {
			label += " (waits for somebody on duty)"
		}
		n := g.node(person, "%s", label)
		g.edge(last, n, wait, false)
		if first < 0 {
			first = n
		}
		last, wait = n, "not taken for "+x.Wait.String()
	}
	if l.Repeat > 0 && first >= 0 {
		g.edge(last, first, fmt.Sprintf("%s, again %s", wait, times(l.Repeat)), true)
	}
	fallback := g.node(end, "fallback: %s", l.Fallback)
	g.edge(last, fallback, wait, false)
	return g
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}
