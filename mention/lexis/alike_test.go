package lexis_test

import (
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/lexis"
)

const (
	letters = lexis.AlikeLetters
	digits  = lexis.AlikeDigits
	whole   = lexis.AlikeLetters | lexis.AlikeWhole
)

var disguises = []struct {
	patterns string
	alike    lexis.Alike
	text     string
	want     []string // "id:matched", with ~ for a look-alike
	reason   string
}{
	{"acme", letters, "Аcme аcmе ACMΕ ᴀᴄᴍᴇ acme", []string{"0:~Аcme", "0:~аcmе", "0:~ACMΕ", "0:~ᴀᴄᴍᴇ", "0:acme"},
		"Cyrillic, two of them, Greek, small capitals"},
	{"acme", 0, "Аcme ᴀᴄᴍᴇ 4cme acme", []string{"0:acme"}, "only where the pattern allows it"},
	{"acme|delta", letters, "4cme de1ta", nil, "digits are asked for apart"},
	{"acme", digits, "4cme @cme acm3 Аcme", []string{"0:~4cme", "0:~acm3"}, "letters too; @ begins a handle"},
	{"acme", letters | digits, "4сме", nil, "the rest is Cyrillic: no letter of its own"},
	{"acme", letters | digits, "4смe", []string{"0:~4смe"}, "one letter of its own"},
	{"ace|apple|top|cab", letters, "асе аррӏе тор САВ", nil, "words of Cyrillic letters may be words"},
	{"ace|apple|top|cab", whole, "асе аррӏе тор САВ", []string{"0:~асе", "1:~аррӏе", "2:~тор", "3:~САВ"}, "unless that is asked for"},
	{"acme air", letters, "Аcme Аir, Асме Air, acme Aіr", []string{"0:~Аcme Аir", "0:~acme Aіr"}, "each word for itself"},
	{"nike|hike", letters, "ΝIKE ΗIKE nіke", []string{"0:~ΝIKE", "0:~ΗIKE", "1:~ΗIKE", "0:~nіke"},
		"eta is an H in capitals and an n in small letters"},
	{"southwest|us", digits, "$outhwest Sou7hwe5t s0uthw3st x$outhwest $outhwest$ u$ $$outhwest",
		[]string{"0:~$outhwest", "0:~Sou7hwe5t", "0:~s0uthw3st", "0:~$outhwest", "0:~$outhwest"}, "$ before a word and inside one"},
	{"virgin|v", digits, "v!rgin V1rg!n v!r!g1n virgin! v!!rgin", []string{"1:v", "0:~v!rgin", "0:~V1rg!n", "1:v", "0:virgin", "1:v"},
		"! and 1; a sign stands between letters"},
	{"bali|bill", digits, "ball ba1i bi11 bil1 bi1i", []string{"0:~ba1i", "1:~bi11", "1:~bil1"}, "1 is i and l, but i is no l"},
	{"737|t3t|a 4", digits, "737 t3t 7e7 a 4 4 4 a a", []string{"0:737", "1:t3t", "2:a 4"}, "digits of patterns are themselves, digits alone are no word"},
	{"@acme|#fail", digits, "@4cme #f4il x@4cme #fa!l", []string{"0:~@4cme", "1:~#f4il", "1:~#fa!l"}, "after signs"},
	{"cancel*", digits, "c4ncelled CANCE11ED canc3l", []string{"0:~c4ncel", "0:~CANCE1", "0:~canc3l"}, "stems"},
	{"сбер|c6ep", letters, "сбер", []string{"0:сбер"}, "a Cyrillic name is itself"},
	{"acme air", digits, "acme a1r acme  4ir a(me air", []string{"0:~acme a1r", "0:~acme  4ir"}, "in the second word"},
	{"citroën", letters, "Citroёn citrоën", []string{"0:~Citroёn", "0:~citrоën"}, "with accents"},
	{"acme", letters, "А\u200bcme fooаcme аcmefoo а\u0301cme", []string{"0:~А\u200bcme"}, "whole words, whole letters"},
}

func allowing(ps []lexis.Pattern, alike lexis.Alike) []lexis.Pattern {
	for i := range ps {
		ps[i].Alike = alike
	}
	return ps
}

func TestAlike(t *testing.T) {
	for _, c := range disguises {
		a, err := lexis.Compile(allowing(patterns(c.patterns), c.alike), lexis.Folding{})
		require.NoError(t, err, c.reason)
		var got []string
		for _, m := range a.Append(nil, c.text) {
			mark := ""
			if m.Alike {
				mark = "~"
			}
			got = append(got, fmt.Sprintf("%d:%s%s", m.ID, mark, c.text[m.Start:m.End]))
		}
		assert.Equal(t, c.want, got, "%q in %q: %s", c.patterns, c.text, c.reason)
	}
}

// likes is the table, read anew: the kinds by look-alike and letter.
func likes(t testing.TB) map[[2]rune]string {
	b, err := os.ReadFile("words/alike.txt")
	require.NoError(t, err)
	out := map[[2]rune]string{}
	for line := range strings.Lines(string(b)) {
		fields := strings.Fields(line)
		for _, f := range fields[2:] {
			out[[2]rune{[]rune(f)[0], []rune(fields[1])[0]}] = fields[0]
		}
	}
	return out
}

func TestAlikeTable(t *testing.T) {
	b, err := os.ReadFile("words/alike.txt")
	require.NoError(t, err)
	kinds := []string{"script", "latin", "digit", "sign"}
	seen := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		fields := strings.Fields(line)
		require.Contains(t, kinds, fields[0], line)
		require.False(t, seen[fields[0]+fields[1]], "%s %s twice", fields[0], fields[1])
		seen[fields[0]+fields[1]] = true
		for i, f := range fields[1:] {
			r := []rune(f)
			require.Len(t, r, 1, line)
			assert.Equal(t, f, lexis.Folding{}.Fold(f), "%U is folded", r[0])
			assert.Equal(t, i == 0 || fields[0] == "latin", unicode.Is(unicode.Latin, r[0]), "%U is what it is said to be", r[0])
			assert.Equal(t, fields[0] != "sign" || i == 0, !lexis.Border("x"+f, 1), "%U belongs to words, signs do not", r[0])
		}
	}
	assert.Len(t, seen, len(slices.Sorted(strings.SplitSeq(strings.TrimSpace(string(b)), "\n"))))
}

// alikeOf is how a naive matcher decides: whether runes, beginning at start, are want, and whether with look-alikes.
func alikeOf(table map[[2]rune]string, runes, want []rune, allowed lexis.Alike, text string, start int) (alike, ok bool) {
	inWord := func(i int) bool {
		return 0 <= i && i < len(runes) && !lexis.Border("x"+string(runes[i]), 1) && runes[i] != '_'
	}
	used, own, script := false, false, false
	for i := range want {
		k := table[[2]rune{runes[i], want[i]}]
		switch {
		case runes[i] == want[i]:
			own = own || unicode.IsLetter(want[i])
		case k == "", (k == "digit" || k == "sign") && allowed&digits == 0, (k == "script" || k == "latin") && allowed&letters == 0:
			return false, false
		case k == "sign" && !(inWord(i+1) && (inWord(i-1) || runes[i] == '$' && (i > 0 || !wordBefore(text, start)))):
			return false, false
		default:
			used, own, script = true, own || k == "latin", script || k == "script"
		}
		if last := i+1 == len(want); last || runes[i] == want[i] && !inWord(i) {
			if used && !own && !(script && allowed&lexis.AlikeWhole != 0) {
				return false, false
			}
			alike = alike || used
			used, own, script = false, false, false
		}
	}
	return alike, true
}

func TestAlikeAgreesWithNaive(t *testing.T) {
	table := likes(t)
	r := rand.New(rand.NewSource(5))
	plain := strings.Split("a|s|i|l|o|e|t|b|as|li|sail|toe|4|7| | |@|$|!|-|#|_|é|т", "|")
	strange := append(strings.Split("А|а|ѕ|ɪ|ᴀ|ӏ|о|ο|σ|т|1|0|3|5|7|8|!|@|$|$|\\||\u200b|ａ|\u0301|’|A|  |日|xyzxyzxyzxyz", "|"), plain...)
	join := func(from []string, n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(from[r.Intn(len(from))])
		}
		return b.String()
	}
	found, alikes := 0, 0
	for range 6000 {
		folding := lexis.Folding{StripAccents: r.Intn(3) == 0}
		var ps []lexis.Pattern
		for i := range 1 + r.Intn(8) {
			if p := join(plain, 1+r.Intn(5)); strings.TrimSpace(folding.Fold(p)) != "" {
				ps = append(ps, lexis.Pattern{ID: i, Text: p, Stem: r.Intn(5) == 0, Alike: lexis.Alike(r.Intn(8))})
			}
		}
		a, err := lexis.Compile(ps, folding)
		require.NoError(t, err)
		for range 4 {
			text := join(strange, r.Intn(40))
			for len(ps) > 0 && r.Intn(3) > 0 {
				text += disguise(r, table, ps[r.Intn(len(ps))].Text) + join(strange, r.Intn(2))
			}
			got := a.Append(nil, text)
			require.Equal(t, naiveAlike(table, ps, folding, text), got, "%+v in %q", ps, text)
			for _, m := range got {
				found++
				if m.Alike {
					alikes++
				}
			}
		}
	}
	t.Logf("%d matches, %d of them by look-alikes, all as the naive matcher finds them", found, alikes)
	require.Greater(t, alikes, 2_000)
}

// disguise writes some letters otherwise.
func disguise(r *rand.Rand, table map[[2]rune]string, text string) string {
	out := []rune(text)
	for i, c := range out {
		var like []rune
		for pair := range table {
			if pair[1] == c {
				like = append(like, pair[0])
			}
		}
		if slices.Sort(like); len(like) > 0 && r.Intn(3) == 0 {
			out[i] = like[r.Intn(len(like))]
		}
	}
	return string(out)
}
