package guideline_test

import (
	"strings"
	"testing"

	"github.com/reputekit/reputation/respond/guideline"
)

// draft has 280 characters, as a person would type them.
const draft = `Hi Dana, thank you for telling us. We are sorry that the parcel has not come. We have asked the courier ` +
	`where it is, and Robin will write to you here tomorrow by noon. If it is lost we send it again at once, and you ` +
	`need do nothing for it. Was it the grey one or the blue one then?`

func BenchmarkLint(b *testing.B) {
	c := linter(b, guideline.Guidelines{})
	for _, tt := range []struct{ name, text, lang string }{
		{"280 characters, nothing found", draft, "en"},
		{"280 characters, every language's rules", draft, ""},
		{"280 characters, three found", strings.Replace(draft, "tomorrow by noon", "soon, by 3:00 PM, our mistake", 1), "en"},
	} {
		b.Run(tt.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Lint(tt.text, guideline.Scene{Lang: tt.lang, Private: []string{"44-1092"}})
			}
		})
	}
}
