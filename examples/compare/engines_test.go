package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/when"
)

// An engine gives how many of the rules hold for a case.
type engine struct {
	name  string
	posts int // how many there is time for
	build func([]rule) func(*ruleCase) int
}

var engines = []engine{
	{"ours", 5_000, func(rules []rule) func(*ruleCase) int { return buildJudge(rules, true) }},
	{"ours,whole-verdict", 5_000, func(rules []rule) func(*ruleCase) int { return buildJudge(rules, false) }},
	{"expr", 500, func(rules []rule) func(*ruleCase) int { return buildExpr(rules, false) }},
	{"expr,cheap-first", 500, func(rules []rule) func(*ruleCase) int { return buildExpr(rules, true) }},
	{"closures", 5_000, buildClosures},
	{"closures,cheap-first", 5_000, buildCheapFirst},
}

// buildJudge is a verdict with the reasons of all rules that fired, their words, and a priority. The peers are given
// what they ask about, so the judge is lazy beside them: it reads no signals of its own and no private data, for which
// no rule asks. The whole verdict has both.
func buildJudge(rules []rule, lazy bool) func(*ruleCase) int {
	judge := compileRules(rules, nil, lazy).Reuse()
	return func(c *ruleCase) int { return len(judge(c.input).Reasons) }
}

// compileRules writes the rules as a policy. The matcher is nil where no subjects are matched.
func compileRules(rules []rule, matcher *mention.Matcher, lazy bool) *triage.Judge {
	p := triage.Policy{Categories: []triage.Category{{Name: "any"}}, Signals: []triage.Source{{Name: "mood", By: "peers too"}}}
	for i, r := range rules {
		all := []triage.Condition{when.WordsEvenNegated(r.Any...)} // no peer knows negation
		if r.None != "" {
			all = append(all, when.Not(when.WordsEvenNegated(r.None)))
		}
		if r.Followers > 0 {
			all = append(all, when.Followers(when.Min(r.Followers)))
		}
		if r.Mood != 0 {
			all = append(all, when.Signal("mood", when.Max(r.Mood)))
		}
		if r.Channels != nil {
			all = append(all, when.Channel(r.Channels...))
		}
		if r.Lang != "" {
			all = append(all, when.Lang(r.Lang))
		}
		p.Rules = append(p.Rules, triage.Rule{
			Name: fmt.Sprint("rule ", i), When: when.All(all...), Then: triage.Then{Category: "any"},
		})
	}
	judge, err := p.Compile(matcher, triage.Options{Lazy: lazy})
	if err != nil {
		panic(err)
	}
	return judge
}

// buildExpr gives expr a map, which it reads faster than a struct.
func buildExpr(rules []rule, cheapFirst bool) func(*ruleCase) int {
	known := map[string]any{}
	set := func(c *ruleCase) {
		known["Text"], known["Followers"], known["Mood"] = c.Text, c.Followers, c.Mood
		known["Channel"], known["Lang"] = c.Channel, c.Lang
	}
	set(&ruleCase{})
	programs := make([]*vm.Program, len(rules))
	for i, r := range rules {
		p, err := expr.Compile(expression(r, cheapFirst), expr.Env(known), expr.AsBool())
		if err != nil {
			panic(err)
		}
		programs[i] = p
	}
	var machine vm.VM
	return func(c *ruleCase) (n int) {
		set(c)
		for _, p := range programs {
			holds, err := machine.Run(p, known)
			if err != nil {
				panic(err)
			}
			if holds.(bool) {
				n++
			}
		}
		return n
	}
}

// expression writes a rule for expr: the words before the rest, which is how people write, or behind it.
func expression(r rule, cheapFirst bool) string {
	var words, rest []string
	for _, w := range r.Any {
		words = append(words, fmt.Sprintf("Text contains %q", " "+w+" "))
	}
	words = []string{"(" + strings.Join(words, " or ") + ")"}
	if r.None != "" {
		words = append(words, fmt.Sprintf("not (Text contains %q)", " "+r.None+" "))
	}
	if r.Followers > 0 {
		rest = append(rest, fmt.Sprint("Followers >= ", r.Followers))
	}
	if r.Mood != 0 {
		rest = append(rest, fmt.Sprint("Mood <= ", r.Mood))
	}
	if r.Lang != "" {
		rest = append(rest, fmt.Sprintf("Lang == %q", r.Lang))
	}
	if r.Channels != nil {
		rest = append(rest, `Channel in ["`+strings.Join(r.Channels, `", "`)+`"]`)
	}
	if cheapFirst {
		return strings.Join(append(rest, words...), " and ")
	}
	return strings.Join(append(words, rest...), " and ")
}

// buildClosures is what people write first: a list of tests for each rule, the words before the rest.
func buildClosures(rules []rule) func(*ruleCase) int {
	type test = func(*ruleCase) bool
	tests := make([][]test, len(rules))
	for i, r := range rules {
		var words []string
		for _, w := range r.Any {
			words = append(words, " "+w+" ")
		}
		all := []test{func(c *ruleCase) bool {
			return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(c.Text, w) })
		}}
		if r.None != "" {
			none := " " + r.None + " "
			all = append(all, func(c *ruleCase) bool { return !strings.Contains(c.Text, none) })
		}
		tests[i] = append(all, cheap(r)...)
	}
	return countAll(tests)
}

// buildCheapFirst is the same by somebody who has measured: the words last.
func buildCheapFirst(rules []rule) func(*ruleCase) int {
	type test = func(*ruleCase) bool
	tests := make([][]test, len(rules))
	for i, r := range rules {
		tests[i] = append(cheap(r), func(c *ruleCase) bool { return rule{Any: r.Any, None: r.None}.holds(c) })
	}
	return countAll(tests)
}

func cheap(r rule) (all []func(*ruleCase) bool) {
	if r.Followers > 0 {
		all = append(all, func(c *ruleCase) bool { return c.Followers >= r.Followers })
	}
	if r.Mood != 0 {
		all = append(all, func(c *ruleCase) bool { return c.Mood <= r.Mood })
	}
	if r.Lang != "" {
		all = append(all, func(c *ruleCase) bool { return c.Lang == r.Lang })
	}
	if r.Channels != nil {
		all = append(all, func(c *ruleCase) bool { return slices.Contains(r.Channels, c.Channel) })
	}
	return all
}

func countAll(tests [][]func(*ruleCase) bool) func(*ruleCase) int {
	return func(c *ruleCase) (n int) {
	rules:
		for _, all := range tests {
			for _, test := range all {
				if !test(c) {
					continue rules
				}
			}
			n++
		}
		return n
	}
}
