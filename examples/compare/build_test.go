package compare

import (
	"fmt"
	"testing"
)

// BenchmarkBuild is from a list of subjects to what can match. The list itself is not counted.
func BenchmarkBuild(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint("subjects=", n), func(b *testing.B) {
			list := watchlist(b, n)
			b.Run("ours", func(b *testing.B) {
				perBuild(b, func() any { return compiled(b, list) })
			})
			for _, p := range matchers {
				if p.most > 0 && n > p.most {
					continue
				}
				b.Run(p.name, func(b *testing.B) {
					perBuild(b, func() any { return p.build(spellings(list)) })
				})
			}
		})
	}
}
