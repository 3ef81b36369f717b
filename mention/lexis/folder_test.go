package lexis_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/reputekit/reputation/mention/lexis"
)

var folds = []struct{ in, want, bare, reason string }{
	{"Acme AIR", "acme air", "acme air", "case"},
	{"Ａｃｍｅ　Ａｉｒ", "acme air", "acme air", "full width, the space too"},
	{"ｱﾝﾃﾞｽ", "アンデス", "アンデス", "half-width kana, the voicing mark is composed"},
	{"\U0001D400\U0001D41C\U0001D426\U0001D41E", "acme", "acme", "mathematical letters"},
	{"Caf\u00e9 Cafe\u0301", "caf\u00e9 caf\u00e9", "cafe cafe", "composed and decomposed accents"},
	{"Vi\u1EC7t Vi\u00EA\u0323t Vie\u0323\u0302t Vie\u0302\u0323t", "vi\u1EC7t vi\u1EC7t vi\u1EC7t vi\u1EC7t", "viet viet viet viet",
		"two marks in any order and partly composed"},
	{"STRASSE Straße STRAẞE", "strasse strasse strasse", "strasse strasse strasse", "sharp s"},
	{"ISTANBUL İstanbul istanbul ıstanbul i\u0307stanbul", "istanbul istanbul istanbul istanbul istanbul",
		"istanbul istanbul istanbul istanbul istanbul", "all Turkish i"},
	{"ΣΊΣΥΦΟΣ σίσυφος", "σίσυφοσ σίσυφοσ", "σισυφοσ σισυφοσ", "final sigma"},
	{"A\u200bc\u00adm\u2060e\ufeff", "acme", "acme", "zero width and soft hyphen"},
	{"Acme\ufe0f \u200eAir\u200f", "acme air", "acme air", "variation selectors and direction marks"},
	{"e\u200d\u0301", "\u00e9", "e", "a mark is joined across what is dropped"},
	{"McDonald’s McDonald´s McDonald`s McDonaldʼs", "mcdonald's mcdonald's mcdonald's mcdonald's",
		"mcdonald's mcdonald's mcdonald's mcdonald's", "apostrophes of every keyboard"},
	{"“Coca‑Cola” – ok", `"coca-cola" - ok`, `"coca-cola" - ok`, "quotes and dashes"},
	{"a \t\r\n\u00a0\u2003b", "a b", "a b", "white space of any kind and length"},
	{"Acme™ Acme® ﬁne ½ ①", "acme™ acme® fine 1/2 1", "acme™ acme® fine 1/2 1", "signs, ligatures, fractions"},
	{"Łódź Ørsted Æon þing", "łódź ørsted æon þing", "lodz orsted aeon thing", "letters that carry their accent"},
	{"ёлка й Й", "ёлка й й", "елка й й", "in Cyrillic, but й is a letter"},
	{"a\xffb\xe2\x82", "a\ufffdb\ufffd\ufffd", "a\ufffdb\ufffd\ufffd", "bytes that are no UTF-8, one for one"},
	{"\u1112\u1161\u11ab 한", "한 한", "한 한", "Hangul from its parts"},
	{"¨ ¯ ˜", "¨ ¯ ˜", "¨ ¯ ˜", "spacing accents stay by themselves"},
	{"\u00a0", " ", " ", "a space alone"},
	{"", "", "", "nothing"},
}

func TestFold(t *testing.T) {
	for _, c := range folds {
		assert.Equal(t, c.want, lexis.Folding{}.Fold(c.in), "%q: %s", c.in, c.reason)
		assert.Equal(t, c.bare, lexis.Folding{StripAccents: true}.Fold(c.in), "%q: %s, without accents", c.in, c.reason)
	}
}

// TestFoldEveryRune holds the walk against x/text: what Unicode calls the same under compatibility, and the letters that
// are one but for case, must fold the same.
func TestFoldEveryRune(t *testing.T) {
	f := lexis.Folding{}
	for r := range rune(unicode.MaxRune + 1) {
		if !utf8.ValidRune(r) {
			continue
		}
		s := string(r)
		want := f.Fold(s)
		same := func(other, reason string) {
			if got := f.Fold(other); got != want {
				t.Errorf("%U folds to %q, but %s to %q", r, want, reason, got)
			}
		}
		same(norm.NFD.String(s), "decomposed")
		same(want, "twice")
		if k := norm.NFKC.String(s); k[0] != ' ' && !strings.ContainsRune("™℠´ʹ′″‴⁗‵‶‷`｀", r) {
			same(k, "in NFKC")
		}
		for o := unicode.SimpleFold(r); o != r && r != 0x345 && o != 0x345; o = unicode.SimpleFold(o) {
			same(string(o), "in the other case")
		}
	}
}

func TestFolderOffsets(t *testing.T) {
	f := lexis.Folding{}.Folder("a\u200b é½ \t x\xff")
	type step struct {
		r          rune
		start, end int
	}
	var got []step
	for {
		r, start, end, ok := f.Next()
		if !ok {
			assert.Equal(t, 14, start, "at the end the text's length")
			break
		}
		got = append(got, step{r, start, end})
	}
	assert.Equal(t, []step{
		{'a', 0, 1}, {' ', 4, 5}, {'é', 5, 7}, {'1', 7, 9}, {'/', 7, 9}, {'2', 7, 9}, {' ', 9, 12}, {'x', 12, 13},
		{utf8.RuneError, 13, 14},
	}, got)
}

func TestFoldDoesNotAllocate(t *testing.T) {
	for _, c := range folds {
		for _, strip := range []bool{false, true} {
			n := testing.AllocsPerRun(10, func() {
				f := lexis.Folding{StripAccents: strip}.Folder(c.in)
				for {
					if _, _, _, ok := f.Next(); !ok {
						return
					}
				}
			})
			assert.Zero(t, n, "%q", c.in)
		}
	}
}

func FuzzFolder(f *testing.F) {
	for _, c := range folds {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, folding := range []lexis.Folding{{}, {StripAccents: true}} {
			walk, last, lastStart := folding.Folder(s), 0, -1
			for {
				r, start, end, ok := walk.Next()
				if !ok {
					break
				}
				require.True(t, start >= last || start == lastStart, "units come in order and do not overlap")
				require.Less(t, start, end)
				if r != utf8.RuneError {
					require.True(t, utf8.ValidString(s[start:end]), "cut at the borders of runes")
				}
				last, lastStart = end, start
			}
			if folded := folding.Fold(s); marks(s) < 20 {
				require.Equal(t, folded, folding.Fold(folded), "folding twice changes nothing")
				if utf8.ValidString(s) {
					require.Equal(t, folded, folding.Fold(norm.NFD.String(s)))
					require.Equal(t, folded, folding.Fold(norm.NFC.String(s)))
				}
			}
		}
	})
}

// marks counts the runes that may combine with one before; beyond some in a row units are cut.
func marks(s string) (n int) {
	for _, r := range norm.NFKD.String(s) {
		if unicode.IsMark(r) {
			n++
		}
	}
	return n
}
