package insight

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
)

// An Issue is what cases are about: a category, with its trend and a few examples.
type Issue struct {
	Name     string         `json:"name,omitempty"` // set by Top
	Cases    int            `json:"cases"`
	Weeks    map[string]int `json:"weeks,omitempty"` // cases opened, by week
	Examples []Example      `json:"examples,omitempty"`
	Now      int            `json:"now,omitempty"`    // set by Top: opened in the week asked for
	Before   int            `json:"before,omitempty"` // set by Top: opened in the week before it
}

// An Example is a customer's first words, masked. Which cases serve as examples is drawn by their ids.
type Example struct {
	Case string `json:"case"`
	Text string `json:"text"` // private data masked, at most 200 characters
	Lang string `json:"lang,omitempty"`
	Week string `json:"week"` // in which the case was opened
}

const (
	keptExamples   = 3       // of a week
	longestExample = 200     // characters
	lookedThrough  = 4 << 10 // bytes
)

func issueOf(l life, week string) Issue {
	i := Issue{Cases: 1, Weeks: map[string]int{week: 1}}
	if text := shown(l.text); text != "" && !l.restricted {
		i.Examples = []Example{{Case: l.id, Text: text, Lang: l.lang, Week: week}}
	}
	return i
}

// shown is a text without private data and without handles, on one line.
func shown(text string) string {
	if len(text) > lookedThrough {
		text = strings.ToValidUTF8(text[:lookedThrough], "")
	}
	words := strings.Fields(sensitive.Mask(mention.Clean(text)))
	for i, w := range words {
		if at := strings.IndexByte(w, '@'); at >= 0 && at+1 < len(w) {
			words[i] = w[:at] + "@..."
		}
	}
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x7f {
			return -1
		}
		return r
	}, strings.Join(words, " "))
	if utf8.RuneCountInString(text) > longestExample {
		text = string([]rune(text)[:longestExample]) + " ..."
	}
	return text
}

func merged(a, b Issue) Issue {
	out := Issue{Cases: a.Cases + b.Cases, Weeks: sum(a.Weeks, b.Weeks)}
	kept := map[string]int{}
	for _, x := range byLot(slices.Concat(a.Examples, b.Examples)) {
		if kept[x.Week]++; kept[x.Week] <= keptExamples {
			out.Examples = append(out.Examples, x)
		}
	}
	return out
}

func byLot(list []Example) []Example {
	slices.SortFunc(list, func(x, y Example) int {
		return cmp.Or(cmp.Compare(lot("example", x.Case), lot("example", y.Case)), cmp.Compare(x.Case, y.Case),
			cmp.Compare(x.Text, y.Text))
	})
	return list
}

// lot is a case's place in a draw: by its id alone, so that it is the same for everybody.
func lot(seed, id string) string { return mention.Key("draw", seed, id) }

// Top returns the n largest issues of a week, the largest first, with the week before for the trend and up to three
// examples of cases that were opened in it. An empty week means all of the time, without a trend.
func (r Report) Top(n int, week string) []Issue {
	var out []Issue
	for _, name := range slices.Sorted(maps.Keys(r.About)) {
		i := r.About[name]
		i.Name, i.Now, i.Before = name, i.Weeks[week], i.Weeks[weekBefore(week)]
		if week == "" {
			i.Now = i.Cases
		} else {
			i.Examples = slices.DeleteFunc(slices.Clone(i.Examples), func(x Example) bool { return x.Week != week })
		}
		i.Examples = i.Examples[:min(len(i.Examples), keptExamples)]
		if i.Now > 0 {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b Issue) int { return cmp.Compare(b.Now, a.Now) })
	return out[:max(0, min(n, len(out)))]
}
