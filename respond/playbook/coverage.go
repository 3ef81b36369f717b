package playbook

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

// A Coverage says which plays answer what, and what is left to the last play alone. It looks at every situation that is
// made of a category (of the policy, of the plays, and one that nobody names), an aim, a severity from the category's own
// on, a stage, a visibility, a legitimacy and a channel, as far as some play is limited by it. The customer's standing,
// tier and locale and the brand are unknown, so that a play for one of these alone covers nothing here.
type Coverage struct {
	General    string `json:"general"` // the last play
	Situations int    `json:"situations"`
	Covered    int    `json:"covered"` // situations that another play than the last answers
	Rows       []Row  `json:"rows"`    // by category
	// Gaps are the situations that only the last play answers, brought together. An empty name in a list is a category
	// or an aim that nobody knows; no list is all values.
	Gaps []Scope `json:"gaps,omitempty"`
}

// A Row is one category of a Coverage.
type Row struct {
	Category string `json:"category"` // empty is one that nobody names
	Cells    []Cell `json:"cells"`    // by aim: complaint, praise, question, lead, nothing, unknown
}

// A Cell is one category and aim.
type Cell struct {
	Aim triage.Aim `json:"aim"` // empty is unknown
	// Play answers a new public mention, at the least severity that the category has.
	Play   string   `json:"play"`
	Others []string `json:"others,omitempty"` // those that answer in some other situation, sorted
	Open   int      `json:"open"`             // situations that only the last play answers
}

var coverageAims = []string{string(triage.Complaint), string(triage.Praise), string(triage.Question), string(triage.Lead),
	string(triage.Nothing), ""}

// Coverage says what the playbook covers in the house it was compiled for.
func (c *Composer) Coverage() Coverage {
	out := Coverage{General: c.general}
	values := c.coverageValues()
	open := map[string]bool{}
	for _, category := range values[byCategory] {
		row := Row{Category: category}
		for _, aim := range values[byAim] {
			row.Cells = append(row.Cells, c.cover(category, aim, values, &out, open))
		}
		out.Rows = append(out.Rows, row)
	}
	order := []facet{byCategory, byAim, byStage, bySeverity, byVisibility, byLegitimacy, byChannel}
	for _, product := range gather(slices.Sorted(maps.Keys(open)), len(order)) {
		out.Gaps = append(out.Gaps, scopeOf(order, product, values))
	}
	return out
}

// coverageValues are the values that Coverage looks at; one where no play is limited by the facet.
func (c *Composer) coverageValues() [facets][]string {
	var v [facets][]string
	v[byAim] = coverageAims
	all := closed
	all[byLegitimacy] = texts([]triage.Legitimacy{triage.Genuine, triage.Unverified, triage.Doubtful, triage.Fake})
	for _, f := range []facet{bySeverity, byStage, byVisibility, byLegitimacy} {
		if v[f] = []string{""}; len(c.index.named[f]) > 0 {
			v[f] = all[f]
		}
	}
	v[byChannel] = []string{""}
	if len(c.index.named[byChannel]) > 0 && len(c.house.Venues) > 0 {
		v[byChannel] = nil
		for _, venue := range c.house.Venues {
			v[byChannel] = append(v[byChannel], venue.Channel)
		}
	}
	names := map[string]bool{}
	if c.house.Policy != nil {
		for _, category := range c.house.Policy.Categories {
			names[category.Name] = true
		}
	}
	for name := range c.index.named[byCategory] {
		names[name] = true
	}
	delete(names, triage.Life) // a person writes, whatever the playbook says
	v[byCategory] = append(slices.Sorted(maps.Keys(names)), "")
	return v
}

// cover asks for every situation of a category and an aim.
func (c *Composer) cover(category, aim string, values [facets][]string, out *Coverage, open map[string]bool) Cell {
	cell := Cell{Aim: triage.Aim(aim)}
	known, _ := c.house.category(category)
	plain, _ := c.Choose(Situation{Category: category, Aim: triage.Aim(aim), Severity: known.Severity,
		Legitimacy: triage.Unverified})
	cell.Play = plain.ID
	others := map[string]bool{}
	for _, stage := range values[byStage] {
		for i, severity := range values[bySeverity] {
			if severity != "" && triage.Severity(i) < known.Severity {
				continue
			}
			for _, visibility := range values[byVisibility] {
				for _, legitimacy := range values[byLegitimacy] {
					for _, channel := range values[byChannel] {
						s := Situation{Category: category, Aim: triage.Aim(aim), Stage: stage, Visibility: mention.Visibility(visibility),
							Legitimacy: triage.Legitimacy(cmp.Or(legitimacy, string(triage.Unverified))), Channel: channel}
						s.Severity = max(0, triage.Severity(slices.Index(closed[bySeverity], severity)))
						play, _ := c.Choose(s)
						out.Situations++
						if play.ID == c.general {
							cell.Open++
							open[strings.Join([]string{category, aim, stage, severity, visibility, legitimacy, channel}, "\x00")] = true
							continue
						}
						out.Covered++
						others[play.ID] = true
					}
				}
			}
		}
	}
	delete(others, cell.Play)
	cell.Others = slices.Sorted(maps.Keys(others))
	return cell
}

// gather brings tuples together that differ in one value only, from the last place to the first, so that what is left is
// few products of lists. It wants the tuples sorted.
func gather(tuples []string, places int) [][][]string {
	products := make([][][]string, len(tuples))
	for i, t := range tuples {
		for _, v := range strings.Split(t, "\x00") {
			products[i] = append(products[i], []string{v})
		}
	}
	for place := places - 1; place >= 0; place-- {
		at := map[string]int{}
		var merged [][][]string
		for _, p := range products {
			key := ""
			for i, list := range p {
				if i != place {
					key += strings.Join(list, "\x01") + "\x00"
				}
			}
			i, ok := at[key]
			if !ok {
				at[key] = len(merged)
				merged = append(merged, p)
				continue
			}
			merged[i][place] = append(merged[i][place], p[place]...)
		}
		products = merged
	}
	return products
}

// scopeOf writes a product as a scope: a list of all values is no limit.
func scopeOf(order []facet, product [][]string, values [facets][]string) (f Scope) {
	for i, by := range order {
		list := product[i]
		if len(list) == len(values[by]) {
			continue
		}
		switch by {
		case byCategory:
			f.Categories = list
		case byAim:
			f.Aims = as[triage.Aim](list)
		case byStage:
			f.Stages = list
		case bySeverity:
			for _, v := range list {
				f.Severities = append(f.Severities, triage.Severity(slices.Index(closed[bySeverity], v)))
			}
			slices.Sort(f.Severities)
		case byVisibility:
			f.Visibilities = as[mention.Visibility](list)
		case byLegitimacy:
			f.Legitimacies = as[triage.Legitimacy](list)
		case byChannel:
			f.Channels = list
		}
	}
	return f
}

func as[T ~string](list []string) []T {
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = T(v)
	}
	return out
}

// wrapped breaks a scope between its lists where it is too long for a line.
func wrapped(scope string) (lines []string) {
	for _, part := range strings.SplitAfter(scope, ", ") {
		last := len(lines) - 1
		if last >= 0 && len(lines[last])+len(part) <= 100 {
			lines[last] += part
			continue
		}
		lines = append(lines, part)
	}
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// String is the table, for a person: which play answers a new public mention, a line for each category and a column for
// each aim. A dash is the last play. Below stands what only the last play answers, wherever it is.
func (c Coverage) String() string {
	lines := [][]string{{"category"}}
	for _, aim := range coverageAims {
		lines[0] = append(lines[0], cmp.Or(aim, "unknown"))
	}
	for _, row := range c.Rows {
		line := []string{cmp.Or(row.Category, "(any other)")}
		for _, cell := range row.Cells {
			text := cell.Play
			if text == c.General {
				text = "-"
			}
			line = append(line, text)
		}
		lines = append(lines, line)
	}
	var b strings.Builder
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, text := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	for _, line := range lines {
		text := ""
		for i, cell := range line {
			text += cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2)
		}
		b.WriteString(strings.TrimRight(text, " ") + "\n")
	}
	fmt.Fprintf(&b, "\n%d of %d situations have a play of their own.", c.Covered, c.Situations)
	if len(c.Gaps) > 0 {
		fmt.Fprintf(&b, " Only %s answers:\n", c.General)
	}
	for _, gap := range c.Gaps {
		b.WriteString("  " + strings.Join(wrapped(gap.String()), "\n    ") + "\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}
