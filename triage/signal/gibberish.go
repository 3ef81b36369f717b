package signal

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

const (
	fewLetters = 12 // a text of fewer is too short to tell
	shortest   = 5  // letters of a word that can look struck at random
	clustered  = 6  // consonants in a row that no word of the languages with lists has
	rowed      = 5  // letters in a row of a keyboard
)

// The rows of the keyboards that Latin letters are written on.
const rows = "qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn " +
	"poiuytrewq lkjhgfdsa mnbvcxz poiuztrewq mnbvcxy"

// beside says for two letters in which rows the second stands behind the first, a bit for each row. No row has a letter
// twice, so that letters stand in a row when all pairs of neighbours do.
var beside = neighbours()

func neighbours() (of [26][26]uint16) {
	for i, row := range strings.Fields(rows) {
		for j := range len(row) - 1 {
			of[row[j]-'a'][row[j+1]-'a'] |= 1 << i
		}
	}
	return of
}

var vowels = lettersOf("aeiouy")

// Gibberish is the share of the letters that stand in words struck at random: 0 to 1000. It is evidence and never more.
// It is absent where there is too little to tell: an empty or short text, one of emoji, handles or addresses only, one
// that is said to be in a language that has no lists. Where nobody says the language and none is found, Latin letters
// are enough to tell. Codes, numbers and words in capitals are no gibberish, nor is a word of a list.
func (t *Text) gibberish() Value {
	if t.name == "" && !(t.unheard && t.latin()) {
		return Value{Absent: true}
	}
	letters, struck := 0, 0
	from := len(t.spans)
	for i := range t.words {
		w := &t.words[i]
		n := int(w.to - w.from)
		if w.shape&(symbol|number|capitals) != 0 {
			continue
		}
		letters += n
		if w.id == 0 && n >= shortest && isStruck(t.folded[w.from:w.to]) {
			struck += n
			t.spans = append(t.spans, t.span(i, 1))
		}
	}
	if letters < fewLetters {
		t.spans = t.spans[:from]
		return Value{Absent: true}
	}
	return Value{PerMille: 1000 * struck / letters, Spans: t.since(from)}
}

// latin reports whether all words are written in Latin letters, without their accents.
func (t *Text) latin() bool {
	for i := range t.words {
		w := &t.words[i]
		for _, b := range t.folded[w.from:w.to] {
			if b >= utf8.RuneSelf && w.shape&symbol == 0 {
				return false
			}
		}
	}
	return true
}

// isStruck tells words that nobody can say: too many consonants in a row, no vowel at all, a row of a keyboard, the same
// few letters again and again.
func isStruck(word []byte) bool {
	run, longest, spoken := 0, 0, 0
	var pairs [rowed - 1]uint16 // the last of them, by place in the word
	for i, b := range word {
		if b < 'a' || b > 'z' {
			return false // a code, or letters of another script
		}
		if vowels.has(b) {
			spoken++
			run = 0
		} else {
			run++
			longest = max(longest, run)
		}
		if i > 0 {
			pairs[i%len(pairs)] = beside[word[i-1]-'a'][b-'a']
			if pairs[0]&pairs[1]&pairs[2]&pairs[3] != 0 {
				longest = clustered
			}
		}
	}
	return longest >= clustered || spoken == 0 || repeats(word)
}

// repeats reports whether two or three letters come three times in a row with a consonant among them that no laughter
// has: "asdasdasd", not "hahaha".
func repeats(word []byte) bool {
	for n := 3; n <= 4; n++ {
		if len(word) >= 2*n+n-1 && bytes.Equal(word[:n], word[n:2*n]) && bytes.HasPrefix(word[2*n:], word[:n-1]) {
			return true
		}
	}
	return false
}
