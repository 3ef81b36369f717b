package compare

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
)

// TestMatchersAgree holds what all define alike: in an ASCII post, where a name or alias stands as a whole word but for
// case. Peers give every such place. Of places that overlap this library gives the first and longest, so a peer's place
// that it does not give must lie across one that it does give.
func TestMatchersAgree(t *testing.T) {
	list := watchlist(t, 1_000)
	written := map[string]bool{}
	for _, s := range spellings(list) {
		written[s] = true
	}
	ours := compiled(t, list)
	for _, p := range matchers {
		if p.less != "" {
			t.Logf("%s is not compared: %s", p.name, p.less)
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			find := p.build(spellings(list))
			var hits []mention.Hit
			var spans []span
			compared, alike := 0, 0
			for _, text := range texts(t, 0) {
				if !isASCII(text) {
					continue
				}
				hits, spans = ours.Match(hits[:0], text), find(spans[:0], text)
				compared++
				theirs := map[span]bool{}
				for _, s := range spans {
					theirs[s] = true
					assert.True(t, covered(hits, s), "%s finds %q, we don't: %s", p.name, text[s.start:s.end], text)
				}
				for _, h := range hits {
					if !written[strings.ToLower(h.Text(text))] || !stands(text, h.Start, h.End) {
						continue // written with other gaps between its words, or inside a hashtag: peers don't look there
					}
					alike++
					assert.True(t, theirs[span{h.Start, h.End}], "we find %q, %s doesn't: %s", h.Text(text), p.name, text)
				}
			}
			require.NotZero(t, alike)
			t.Logf("%d posts, %d places found by both", compared, alike)
		})
	}
}

// covered reports whether one of the hits overlaps the span.
func covered(hits []mention.Hit, s span) bool {
	for _, h := range hits {
		if h.Start < s.end && s.start < h.End {
			return true
		}
	}
	return false
}
