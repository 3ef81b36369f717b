package compare

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage/signal"
)

// BenchmarkRules is a post under 100 rules.
func BenchmarkRules(b *testing.B) {
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) {
			count, cases := e.build(rules()), ruleCases(b, e.posts)
			per(b, "post", len(cases), func() (n int) {
				for i := range cases {
					n += count(&cases[i])
				}
				return n
			})
		})
	}
}

// BenchmarkWhole is a post from its text to its verdict, on one core: a thousand subjects are looked for, all signals and
// private data are read, and the post is judged by 100 rules. The parts stand beside it.
func BenchmarkWhole(b *testing.B) {
	list := watchlist(b, 1_000)
	matcher := compiled(b, list)
	cases := ruleCases(b, 5_000)
	whole, lazy := compileRules(rules(), matcher, false).Reuse(), compileRules(rules(), matcher, true).Reuse()
	lists, err := signal.New()
	require.NoError(b, err)
	var hits []mention.Hit
	var spans []sensitive.Span
	var text signal.Text
	for _, x := range []struct {
		name string
		work func(*ruleCase) int
	}{
		{"match+signals+private+rules", func(c *ruleCase) int {
			c.input.Hits = matcher.Match(hits[:0], c.input.Mention.Text)
			hits = c.input.Hits
			return len(whole(c.input).Reasons)
		}},
		{"match", func(c *ruleCase) int {
			hits = matcher.Match(hits[:0], c.input.Mention.Text)
			return len(hits)
		}},
		{"cutting", func(c *ruleCase) int {
			lists.Read(&text, c.input.Mention.Text, c.input.Mention.Lang)
			return text.Words()
		}},
		{"private", func(c *ruleCase) int {
			spans = sensitive.Find(spans[:0], c.input.Mention.Text)
			return len(spans)
		}},
		{"rules", func(c *ruleCase) int { return len(lazy(c.input).Reasons) }},
	} {
		b.Run(x.name, func(b *testing.B) {
			per(b, "post", len(cases), func() (n int) {
				for i := range cases {
					n += x.work(&cases[i])
				}
				return n
			})
		})
	}
}

// TestEnginesAgree counts the rules that hold, post by post.
func TestEnginesAgree(t *testing.T) {
	all := rules()
	cases := ruleCases(t, 2_000)
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			count, sum := e.build(all), 0
			for i := range cases {
				want := 0
				for _, r := range all {
					if r.holds(&cases[i]) {
						want++
					}
				}
				require.Equal(t, want, count(&cases[i]), cases[i].input.Mention.Text)
				sum += want
			}
			assert.NotZero(t, sum)
			t.Logf("%d posts, %d rules held", len(cases), sum)
		})
	}
}
