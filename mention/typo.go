package mention

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// typos finds misspelled names: those that the letters of a few words are the least edits away from. Each word more than
// the name has counts as an edit, so how far the letters may be away depends on the number of words they stand in. For
// each number and distance there is a table, in which names are filed under parts of them: nothing is missed, and few
// names have to be measured.
type typos struct {
	names   []typo
	tables  [maxWords][maxLetters + 2][]*table // by words less one and by letters: those that something may be found in
	longest int                                // letters of a word that may be a name
	words   int                                // of a text that may be one name
}

const (
	maxEdits   = 2
	maxTypo    = 48                 // letters of a spelling that is looked for misspelled
	maxLetters = maxTypo + maxEdits // of a misspelled one
	maxWords   = 8                  // of a misspelled one
)

// A typo is one spelling that may be misspelled.
type typo struct {
	runes   []rune // folded, without what may stand between words
	digits  string // the digits in it, which must be right
	subject int
	edits   int
	words   int // that it has, where a capital inside one begins another
	sigil   byte
	host    bool
}

func newTypo(spelling, letters string, subject, edits int) typo {
	n := 0
	for _, part := range strings.FieldsFunc(spelling, between) {
		for _, p := range humps(part) {
			n += words(p, maxWords)
		}
	}
	return typo{runes: []rune(letters), digits: digitsOf(letters), subject: subject, edits: edits,
		words: max(1, n), sigil: sigil(strings.TrimSpace(spelling))}
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// newTypos is nil when no name may be misspelled.
func newTypos(names []typo) *typos {
	names = slices.DeleteFunc(names, func(t typo) bool { return len(t.runes) > maxTypo })
	if len(names) == 0 {
		return nil
	}
	t := &typos{names: names}
	for i := range names {
		t.longest = max(t.longest, len(names[i].runes)+names[i].edits)
		t.words = max(t.words, min(names[i].words+names[i].edits, maxWords))
	}
	for words := 1; words <= t.words; words++ {
		var chosen [maxEdits + 1][]int32
		for i, x := range names {
			if edits := x.edits - max(0, words-x.words); edits >= 0 {
				chosen[edits] = append(chosen[edits], int32(i))
			}
		}
		for edits := range chosen {
			if len(chosen[edits]) == 0 {
				continue
			}
			x := newTable(names, chosen[edits], edits)
			for n, probes := range x.probes {
				if len(probes) > 0 {
					t.tables[words-1][n] = append(t.tables[words-1][n], x)
				}
			}
		}
	}
	return t
}

// nearest gives the name that the letters from i to j, which stand in so many words, are the least edits away from, the
// first of equals; -1 for none. The letters have that bag; before is the @ or # that stands before them.
func (t *typos) nearest(l *letters, i, j, words int, b bag, before byte) (name, distance int) {
	name, distance = -1, maxEdits+1
	n := j - i
	for _, p := range t.tables[words-1][n] {
		for parts := p.look(l, i, n); parts != 0; parts &= parts - 1 {
			for _, f := range p.under(p.key(l, i, n, bits.TrailingZeros64(parts))) {
				if gap := int(f.letters) - n; gap > p.edits || -gap > p.edits || !f.bag.near(b, p.edits) {
					continue
				}
				x := &t.names[f.name]
				if x.sigil != 0 && x.sigil != before {
					continue
				}
				d := osa(x.runes, l.runes[i:j], p.edits)
				if d > p.edits {
					continue
				}
				d += max(0, words-x.words)
				if (d < distance || d == distance && int(f.name) < name) && sameDigits(x.digits, l.runes[i:j]) {
					name, distance = int(f.name), d
				}
			}
		}
	}
	return name, distance
}

// sameDigits reports whether a word has the digits of a name that has any: an "iPhone 14" is no misspelled "iPhone 15".
func sameDigits(digits string, word []rune) bool {
	if digits == "" {
		return true
	}
	for _, r := range word {
		if !unicode.IsDigit(r) {
			continue
		}
		d, size := utf8.DecodeRuneInString(digits)
		if size == 0 || r != d {
			return false
		}
		digits = digits[size:]
	}
	return digits == ""
}
