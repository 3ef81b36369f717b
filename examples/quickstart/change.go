package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

// A change is what another policy makes of the same mentions.
type change struct {
	Posts   int    `json:"posts"`
	Changed int    `json:"changed"` // whose verdict is another one
	Pairs   []pair `json:"pairs"`   // from what to what, most frequent first
	Before  cost   `json:"before"`
	After   cost   `json:"after"`
}

// A pair is one way in which verdicts changed.
type pair struct {
	From     string  `json:"from"`
	To       string  `json:"to"`
	Posts    int     `json:"posts"`
	Examples []shown `json:"examples"` // with the words that decide now
}

// A cost is what a policy asks of the house.
type cost struct {
	Cases   int `json:"cases"`   // mentions that somebody must answer
	Crisis  int `json:"crisis"`  // that open or join an incident
	Serious int `json:"serious"` // of severity serious and above
	Thanks  int `json:"thanks"`  // taken as praise
}

func (c *cost) add(v triage.Verdict) {
	if v.Handling == triage.Open {
		c.Cases++
	}
	if v.Crisis {
		c.Crisis++
	}
	if v.Severity >= triage.Serious {
		c.Serious++
	}
	if v.Aim == triage.Praise {
		c.Thanks++
	}
}

// mostExamples is how many mentions of a pair are shown.
const mostExamples = 2

// altered is the rules with the policy of another file.
func altered(rules *respond.Rules, file string) (*respond.Rules, error) {
	policy, err := loadPolicy(file)
	if err != nil {
		return nil, err
	}
	s := rules.Specs()
	s.Policy = policy
	return compiled(s, file)
}

// changeInput compares two policies over a file of the reader's own.
func (o order) changeInput(rules *respond.Rules, rows rowReader, out io.Writer, p paint) (int, error) {
	bad, in := 0, []event.Received{}
	authors := map[string]tally.Author{}
	err := rows(func(m mention.Mention) {
		in = append(in, event.Received{Mention: m, History: seen(authors, m)})
	}, func(int, error) { bad++ })
	if err != nil {
		return 0, fmt.Errorf("%s: %w", o.input, err)
	}
	return bad, o.compare(rules, in, out, p)
}

// seen reads what is known of the author just before this mention, and remembers the mention.
func seen(authors map[string]tally.Author, m mention.Mention) tally.Reading {
	key := m.Author.Key()
	if key == "" {
		return tally.Reading{}
	}
	key = m.Ref.Channel + "/" + key
	before := authors[key].Read(m.PostedAt)
	authors[key] = authors[key].See(m.PostedAt)
	return before
}

func (o order) compare(rules *respond.Rules, in []event.Received, out io.Writer, p paint) error {
	other, err := altered(rules, o.change)
	if err != nil {
		return err
	}
	c := compared(rules, other, in)
	if o.json {
		return writeJSON(out, c)
	}
	return c.print(out, p)
}

// compared judges every mention twice.
func compared(before, after *respond.Rules, in []event.Received) change {
	c := change{Posts: len(in)}
	pairs := map[string]*pair{}
	for _, x := range in {
		a, b := judgeAt(before, x), judgeAt(after, x)
		c.Before.add(a.verdict)
		c.After.add(b.verdict)
		from, to := a.inWords(), b.inWords()
		if from == to {
			continue
		}
		c.Changed++
		key := from + "\x00" + to
		if pairs[key] == nil {
			pairs[key] = &pair{From: from, To: to}
		}
		k := pairs[key]
		k.Posts++
		if len(k.Examples) < mostExamples {
			k.Examples = append(k.Examples, example(b, b.words()))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		c.Pairs = append(c.Pairs, *pairs[key])
	}
	slices.SortStableFunc(c.Pairs, func(a, b pair) int { return b.Posts - a.Posts })
	return c
}

// inWords is the verdict as a person compares it.
func (j judged) inWords() string {
	return fmt.Sprintf("%s %s", j.category(), j.verdict.Severity)
}

func (c change) print(out io.Writer, p paint) error {
	s := &page{paint: p}
	s.line("%s", bold(fmt.Sprintf("of %s, %s would have had another verdict",
		count(c.Posts, "post", "posts"), number(c.Changed))))
	s.line("")
	for _, k := range c.Pairs {
		s.line("%s", bold(fmt.Sprintf("%s -> %s: %s", k.From, k.To, count(k.Posts, "post", "posts"))))
		for _, x := range k.Examples {
			s.row("  %s, rule %s: %s", x.Ref, tallied{Name: x.Rule}.name(), x.quote())
		}
	}
	if len(c.Pairs) > 0 {
		s.line("")
	}
	for _, row := range []struct {
		what          string
		before, after int
	}{
		{"cases to answer", c.Before.Cases, c.After.Cases},
		{"in an incident", c.Before.Crisis, c.After.Crisis},
		{"serious and above", c.Before.Serious, c.After.Serious},
		{"thanked as praise", c.Before.Thanks, c.After.Thanks},
	} {
		s.line("%-18s %6s before %6s after", row.what, number(row.before), number(row.after))
	}
	return s.write(out)
}
