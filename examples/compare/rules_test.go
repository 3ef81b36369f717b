package compare

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
