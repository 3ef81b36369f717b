package compare

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	bobu "github.com/BobuSumisu/aho-corasick"
	cloudflare "github.com/cloudflare/ahocorasick"
	coregx "github.com/coregx/ahocorasick"
	petar "github.com/petar-dambovaliev/aho-corasick"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A span is a place in a folded text.
type span struct{ start, end int }

// A finder appends where spellings stand in a text as whole words, also where they overlap. The places are in the
// folded text: no peer gives those in the text as it was written, nor which subject a spelling belongs to.
type finder func(dst []span, text string) []span

// A matcher is a peer with what has to be done around it.
type matcher struct {
	name  string
	posts map[int]int // by size of the watchlist: how many posts there is time for; all where it is not said
	most  int         // the largest watchlist there is time and memory for; 0 for any
	less  string      // what it does not do that the others do
	build func(spellings []string) finder
}

var matchers = []matcher{
	{name: "xtext+coregx", build: buildCoregx},
	{name: "xtext+coregx,buffers", build: buildCoregxWithBuffers},
	{name: "xtext+bobusumisu", build: buildBobu},
	{name: "xtext+petar", build: buildPetar},
	{name: "xtext+cloudflare", most: 10_000, less: "says which, not where", build: buildCloudflare},
	{name: "regexp", most: 10_000, less: "no overlaps, and only case is folded", build: buildRegexp,
		posts: map[int]int{1_000: 200, 10_000: 20}},
}

var caser = cases.Fold()

// folded is what a Go program does before it compares: compatibility forms and case.
func folded(s string) string { return caser.String(norm.NFKC.String(s)) }

func buildCoregx(spellings []string) finder {
	a, err := coregx.NewBuilder().AddStrings(spellings).Build()
	if err != nil {
		panic(err) // ours to see, in a benchmark
	}
	return func(dst []span, text string) []span {
		f := folded(text)
		for _, m := range a.FindAllOverlapping([]byte(f)) {
			if stands(f, m.Start, m.End) {
				dst = append(dst, span{m.Start, m.End})
			}
		}
		return dst
	}
}

// buildCoregxWithBuffers is the same for somebody who counts allocations: x/text writes into buffers used again.
func buildCoregxWithBuffers(spellings []string) finder {
	a, err := coregx.NewBuilder().AddStrings(spellings).Build()
	if err != nil {
		panic(err)
	}
	var normal []byte
	lower := make([]byte, 1<<16)
	return func(dst []span, text string) []span {
		normal = norm.NFKC.AppendString(normal[:0], text)
		caser.Reset()
		n, _, err := caser.Transform(lower, normal, true)
		if err != nil {
			panic(err)
		}
		f := lower[:n]
		for _, m := range a.FindAllOverlapping(f) {
			if stands(f, m.Start, m.End) {
				dst = append(dst, span{m.Start, m.End})
			}
		}
		return dst
	}
}

func buildBobu(spellings []string) finder {
	trie := bobu.NewTrieBuilder().AddStrings(spellings).Build()
	return func(dst []span, text string) []span {
		f := folded(text)
		trie.Walk([]byte(f), func(last, n, _ int64) bool {
			if start, end := int(last-n+1), int(last+1); stands(f, start, end) {
				dst = append(dst, span{start, end})
			}
			return true
		})
		return dst
	}
}

func buildPetar(spellings []string) finder {
	builder := petar.NewAhoCorasickBuilder(petar.Opts{MatchKind: petar.StandardMatch})
	a := builder.Build(spellings)
	return func(dst []span, text string) []span {
		f := folded(text)
		all := a.IterOverlapping(f)
		for m := all.Next(); m != nil; m = all.Next() {
			if stands(f, m.Start(), m.End()) {
				dst = append(dst, span{m.Start(), m.End()})
			}
		}
		return dst
	}
}

func buildCloudflare(spellings []string) finder {
	m := cloudflare.NewStringMatcher(spellings)
	return func(dst []span, text string) []span {
		for range m.Match([]byte(folded(text))) {
			dst = append(dst, span{})
		}
		return dst
	}
}

func buildRegexp(spellings []string) finder {
	var words, tagged []string // what begins with a sign has no word border before it
	for _, s := range spellings {
		if q := regexp.QuoteMeta(s); isWord(s, true) {
			words = append(words, q)
		} else {
			tagged = append(tagged, q)
		}
	}
	re := regexp.MustCompile(`(?i)(?:` + strings.Join(tagged, "|") + `|\b(?:` + strings.Join(words, "|") + `))\b`)
	return func(dst []span, text string) []span {
		for _, m := range re.FindAllStringIndex(text, -1) {
			dst = append(dst, span{m[0], m[1]})
		}
		return dst
	}
}

// stands reports whether text[start:end] is a whole word, as this library sees words in scripts that put spaces between
// them: underscores around it are looked past, and a handle or hashtag does not begin inside a word.
func stands[T string | []byte](text T, start, end int) bool {
	before, after := start, end
	for before > 0 && text[before-1] == '_' {
		before--
	}
	for after < len(text) && text[after] == '_' {
		after++
	}
	joins := isWord(text[start:end], true) || text[start] == '@' || text[start] == '#'
	if before > 0 && joins && isWord(text[:before], false) {
		return false
	}
	return after == len(text) || !isWord(text[start:end], false) || !isWord(text[after:], true)
}

// isWord reports whether the first or else the last rune of s belongs to a word.
func isWord[T string | []byte](s T, first bool) bool {
	c := s[len(s)-1]
	if first {
		c = s[0]
	}
	if c < utf8.RuneSelf {
		return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	r, _ := utf8.DecodeLastRuneInString(string(s))
	if first {
		r, _ = utf8.DecodeRuneInString(string(s))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
