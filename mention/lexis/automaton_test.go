package lexis_test

import (
	"cmp"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/spec"
)

var finds = []struct {
	patterns string // separated by |, stems end in *; a pattern's id is its place
	text     string
	want     []string // "id:matched"
	reason   string
}{
	{"acme", "Acme, ACME and acme!", []string{"0:Acme", "0:ACME", "0:acme"}, "any case, beside punctuation"},
	{"acme", "acmes pharmacme acme2 2acme", nil, "whole words only, digits belong to words"},
	{"acm*", "acmes Acm acme pharmacme", []string{"0:acm", "0:Acm", "0:acm"}, "a stem begins a word"},
	{"acme", "_acme_ foo_acme acme_foo __acme", []string{"0:acme", "0:acme"}, "an underscore belongs to a word only inside it"},
	{"acme", "@acme #acme www.acme.com acme's a.acme", []string{"0:acme", "0:acme", "0:acme", "0:acme", "0:acme"}, "signs are borders"},
	{"@acme|#fail", "@acme joe@acme.com #FAIL x#fail", []string{"0:@acme", "1:#FAIL"}, "a handle is no part of an address"},
	{"acme air|acme|air", "Acme  Air", []string{"1:Acme", "0:Acme  Air", "2:Air"}, "overlaps, by end and then the longest first"},
	{"acme air", "Acme\r\nAir acme-air", []string{"0:Acme\r\nAir"}, "any white space, but no hyphen"},
	{"he|she|hers|his", "ushers she hers his", []string{"1:she", "2:hers", "3:his"}, "suffixes that are patterns too"},
	{"a b a b c|b a b d", "a b a b a b c a b a b d", []string{"0:a b a b c", "1:b a b d"}, "falling back to where the other began"},
	{"日本|本", "日本語の本", []string{"0:日本", "1:本", "1:本"}, "Han has borders everywhere"},
	{"acme", "株式会社acmeは", []string{"0:acme"}, "Latin among Han and Kana"},
	{"삼성|acme", "삼성 삼성전자 acme는", []string{"0:삼성", "1:acme"}, "Hangul is words, but a border against Latin"},
	{"เอ", "ซื้อเอที่", []string{"0:เอ"}, "Thai has no spaces"},
	{"café|cafe", "café cafe\u0301 cafe", []string{"0:café", "0:cafe\u0301", "1:cafe"}, "accents count"},
	{"straße", "STRASSE", []string{"0:STRASSE"}, "folding that lengthens"},
	{"2", "½ 2 x² ②", []string{"0:2", "0:②"}, "no match begins or ends inside a rune"},
	{"acme", "A\u200bc\u00adme\u200b ac\xffme", []string{"0:A\u200bc\u00adme"}, "over what is not seen, not over a broken byte"},
	{"acme", "x\u200bacme acme\u200bx", nil, "what is not seen is no border"},
	{"x", "x\u0301 x", []string{"0:x"}, "a letter is not cut from its mark"},
	{"acme", "Acme™ acme® ⓐacme", []string{"0:Acme", "0:acme"}, "a trade mark is no part of the word, a circled letter is"},
	{"yahoo!|at&t", "Yahoo! yahoo at&t", []string{"0:Yahoo!", "1:at&t"}, "signs in names"},
	{"!!", "no!!!", []string{"0:!!", "0:!!"}, "signs alone"},
	{"  acme ", "acme", []string{"0:acme"}, "white space around a pattern"},
	{"acme|ACME", "acme", []string{"0:acme", "1:acme"}, "the same pattern twice"},
	{"acme", "x" + strings.Repeat("\u200b", 40) + "acme", nil, "a heap of what is not seen is no border either"},
	{"acme air|america", "acme america, acme acme  air", []string{"1:america", "0:acme  air"}, "a phrase that breaks off before another"},
	{"the end|acme", "the acme is not the end, the-acme", []string{"1:acme", "0:the end", "1:acme"}, "a first word that every text has"},
	{"c++|.net|-x", "C++ is no .NET, asp.net -x a-x", []string{"0:C++", "1:.NET", "1:.net", "2:-x", "2:-x"}, "signs at either end"},
	{"go*|a*|b1*", "go going a an ab b1 b12 b bgo", []string{"0:go", "0:go", "1:a", "1:a", "1:a", "2:b1", "2:b1"}, "short stems"},
	{"@acme air*", "@Acme Airlines", []string{"0:@Acme Air"}, "a stem of two words and a sign"},
	{"", "", nil, "no patterns"},
}

func patterns(s string) (ps []lexis.Pattern) {
	for i, p := range strings.Split(s, "|") {
		if stem, ok := strings.CutSuffix(p, "*"); ok {
			ps = append(ps, lexis.Pattern{ID: i, Text: stem, Stem: true})
		} else if p != "" {
			ps = append(ps, lexis.Pattern{ID: i, Text: p})
		}
	}
	return ps
}

func TestAutomaton(t *testing.T) {
	for _, c := range finds {
		a, err := lexis.Compile(patterns(c.patterns), lexis.Folding{})
		require.NoError(t, err, c.reason)
		var got []string
		for _, m := range a.Append(nil, c.text) {
			got = append(got, fmt.Sprintf("%d:%s", m.ID, c.text[m.Start:m.End]))
		}
		assert.Equal(t, c.want, got, "%q in %q: %s", c.patterns, c.text, c.reason)
	}
}

func TestAutomatonStripsAccents(t *testing.T) {
	a, err := lexis.Compile([]lexis.Pattern{{ID: 7, Text: "Nestlé"}, {ID: 8, Text: "orsted"}}, lexis.Folding{StripAccents: true})
	require.NoError(t, err)
	assert.Equal(t, []lexis.Match{{ID: 7, End: 6}, {ID: 7, Start: 7, End: 14}, {ID: 8, Start: 15, End: 22}},
		a.Append(nil, "nestle NESTLÉ Ørsted"))
}

func TestCompileProblems(t *testing.T) {
	_, err := lexis.Compile([]lexis.Pattern{{Text: "ok"}, {Text: " \u200b"}, {Text: strings.Repeat("é", 251)}}, lexis.Folding{})
	var p spec.Problems
	require.ErrorAs(t, err, &p)
	require.Len(t, p, 2, "all at once")
	assert.Equal(t, "[1]", p[0].Path)
	assert.Equal(t, "[2]: the pattern is 251 characters long, at most 250 can be looked for", p[1].String())
	a, err := lexis.Compile([]lexis.Pattern{{Text: strings.Repeat("é", 250)}}, lexis.Folding{})
	require.NoError(t, err, "250 can")
	assert.Len(t, a.Append(nil, "x "+strings.Repeat("É", 250)+" y"), 1)
}

func TestZeroAutomaton(t *testing.T) {
	assert.Empty(t, new(lexis.Automaton).Append(nil, "acme"))
}

func TestEachStops(t *testing.T) {
	a, err := lexis.Compile(patterns("a|b"), lexis.Folding{})
	require.NoError(t, err)
	n := 0
	a.Each("a b a b", func(lexis.Match) bool { n++; return n < 2 })
	assert.Equal(t, 2, n)
}

func TestAutomatonDoesNotAllocate(t *testing.T) {
	a, err := lexis.Compile(patterns("acme|café*|日本|acme air|ß"), lexis.Folding{})
	require.NoError(t, err)
	text := "Acme Air in Cafe\u0301s, Straße, 日本語 ｱｸﾞ \u200b½ İ " + strings.Repeat("acme ", 20)
	buf := a.Append(nil, text)
	assert.NotEmpty(t, buf)
	assert.Zero(t, testing.AllocsPerRun(20, func() { buf = a.Append(buf[:0], text) }))
}

// naive finds the same by trying every pattern at every place.
func naive(ps []lexis.Pattern, f lexis.Folding, text string) []lexis.Match {
	return naiveAlike(nil, ps, f, text)
}

// naiveAlike does so with a table of look-alikes.
func naiveAlike(table map[[2]rune]string, ps []lexis.Pattern, f lexis.Folding, text string) []lexis.Match {
	type folded struct {
		r          rune
		start, end int
	}
	var runes []folded
	for walk := f.Folder(text); ; {
		r, start, end, ok := walk.Next()
		if !ok {
			break
		}
		runes = append(runes, folded{r, start, end})
	}
	type found struct {
		m             lexis.Match
		runes, number int
	}
	var out []found
	for n, p := range ps {
		want := []rune(strings.TrimSpace(f.Fold(p.Text)))
		for i := 0; i+len(want) <= len(runes); i++ {
			here := runes[i : i+len(want)]
			written := make([]rune, len(want))
			for n, x := range here {
				written[n] = x.r
			}
			alike, ok := alikeOf(table, written, want, p.Alike, text, here[0].start)
			if !ok {
				continue
			}
			j := i + len(want)
			if i > 0 && runes[i-1].start == runes[i].start || j < len(runes) && runes[j-1].start == runes[j].start {
				continue
			}
			start, end := here[0].start, here[len(here)-1].end
			if lexis.Border(text, start) && (p.Stem || lexis.Border(text, end)) {
				if s := want[0]; (s == '@' || s == '#') && wordBefore(text, start) {
					continue
				}
				out = append(out, found{lexis.Match{ID: p.ID, Start: start, End: end, Alike: alike}, len(want), n})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.m.End, b.m.End), cmp.Compare(b.runes, a.runes), cmp.Compare(a.number, b.number))
	})
	var ms []lexis.Match
	for _, x := range out {
		ms = append(ms, x.m)
	}
	return ms
}

// wordBefore puts an x at the place: without a border there, a word stands before it.
func wordBefore(text string, i int) bool {
	return i > 0 && !lexis.Border(text[:i]+"x", i)
}

func FuzzAutomaton(f *testing.F) {
	for _, c := range finds {
		f.Add(c.patterns, c.text)
	}
	for _, c := range disguises {
		f.Add(c.patterns, c.text)
	}
	table := likes(f)
	f.Fuzz(func(t *testing.T, list, text string) {
		for _, folding := range []lexis.Folding{{}, {StripAccents: true}} {
			for _, alike := range []lexis.Alike{0, letters | digits, whole | digits} {
				ps := allowing(patterns(list), alike)
				a, err := lexis.Compile(ps, folding)
				if err != nil {
					continue
				}
				require.Equal(t, naiveAlike(table, ps, folding, text), a.Append(nil, text))
			}
		}
	})
}

// TestLargeAutomaton agrees with the small one, and with the naive matcher, where states have thousands of edges.
func TestLargeAutomaton(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	word := func() string {
		b := make([]byte, 1+r.Intn(6))
		for i := range b {
			b[i] = "abcd "[r.Intn(5)]
		}
		return "x" + string(b)
	}
	var few, many []lexis.Pattern
	for i := range 200 {
		few = append(few, lexis.Pattern{ID: i, Text: word(), Stem: i%3 == 0})
	}
	many = slices.Clone(few)
	for i := range 30_000 {
		many = append(many, lexis.Pattern{ID: -1, Text: fmt.Sprintf("%c%c%dq%dz", 0x4E00+i%5000, 'é'+i%50, i*7919, i)})
	}
	small, err := lexis.Compile(few, lexis.Folding{})
	require.NoError(t, err)
	large, err := lexis.Compile(many, lexis.Folding{})
	require.NoError(t, err)
	for range 2000 {
		text := word() + " " + word() + " " + word() + word()
		require.Equal(t, small.Append(nil, text), large.Append(nil, text), text)
		require.Equal(t, naive(few, lexis.Folding{}, text), small.Append(nil, text), text)
	}
}

var brands = strings.Fields("acme apple amazon boeing canon delta easyjet fedex google honda ikea jetblue kodak lufthansa " +
	"microsoft nestle oracle pepsi qantas renault samsung toyota united virgin walmart xerox yahoo zara")

func BenchmarkAutomaton(b *testing.B) {
	post := "@acme my flight from Boston was cancelled again, third time this month, and nobody at the desk could tell us why"
	for _, n := range []int{10, 1000, 100_000} {
		var ps []lexis.Pattern
		for i := range n {
			ps = append(ps, lexis.Pattern{ID: i, Text: brands[i%len(brands)] + strings.Repeat(" ", min(1,
				i/28)) + brands[i/28%28] + fmt.Sprint(i)})
		}
		a, err := lexis.Compile(ps, lexis.Folding{})
		require.NoError(b, err)
		var buf []lexis.Match
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				buf = a.Append(buf[:0], post)
			}
		})
	}
	b.Run("build100000", func(b *testing.B) {
		var ps []lexis.Pattern
		for i := range 100_000 {
			ps = append(ps, lexis.Pattern{ID: i, Text: brands[i%28] + " " + brands[i/28%28] + fmt.Sprint(i)})
		}
		b.ReportAllocs()
		for b.Loop() {
			if _, err := lexis.Compile(ps, lexis.Folding{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
