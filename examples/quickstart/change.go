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
	spoilt

	pairs map[string]*pair
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
	other, err := altered(rules, o.change)
	if err != nil {
		return 0, err
	}
	c := change{pairs: map[string]*pair{}}
	authors := map[string]tally.Author{}
	err = rows(func(m mention.Mention) {
		c.add(rules, other, event.Received{Mention: m, History: seen(authors, m)})
	}, c.spoiled)
	if err != nil {
		return 0, err
	}
	return c.Bad, o.writeChange(&c, out, p)
}

// changeDay compares two policies over the shipped day.
func (o order) changeDay(rules *respond.Rules, in []event.Received, out io.Writer, p paint) error {
	other, err := altered(rules, o.change)
	if err != nil {
		return err
	}
	c := change{pairs: map[string]*pair{}}
	for _, x := range in {
		c.add(rules, other, x)
	}
	return o.writeChange(&c, out, p)
}

func (o order) writeChange(c *change, out io.Writer, p paint) error {
	c.close()
	if o.json {
		return writeJSON(out, c)
	}
	return c.print(out, p)
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

// add judges one mention twice.
func (c *change) add(before, after *respond.Rules, x event.Received) {
	a, b := judgeAt(before, x), judgeAt(after, x)
	c.Posts++
	c.Before.add(a.verdict)
	c.After.add(b.verdict)
	from, to := a.inWords(), b.inWords()
	if from == to {
		return
	}
	c.Changed++
	key := from + "\x00" + to
	k := c.pairs[key]
	if k == nil {
		k = &pair{From: from, To: to}
		c.pairs[key] = k
	}
	k.Posts++
	if len(k.Examples) < mostExamples {
		k.Examples = append(k.Examples, example(b, b.words()))
	}
}

// close puts the pairs in order.
func (c *change) close() {
	c.Pairs = []pair{}
	for _, key := range slices.Sorted(maps.Keys(c.pairs)) {
		c.Pairs = append(c.Pairs, *c.pairs[key])
	}
	slices.SortStableFunc(c.Pairs, func(a, b pair) int { return b.Posts - a.Posts })
}

// inWords is the verdict as a person compares it.
func (j judged) inWords() string {
	return fmt.Sprintf("%s %s", j.category(), j.verdict.Severity)
}

func (c *change) print(out io.Writer, p paint) error {
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
	c.list(s)
	return s.write(out)
}
