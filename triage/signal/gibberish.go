package signal

import (
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
		if w.id == 0 && n >= shortest && t.isStruck(string(t.folded[w.from:w.to])) {
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
func (t *Text) isStruck(word string) bool {
	run, longest, vowels := 0, 0, 0
	for i := range len(word) {
		switch b := word[i]; {
		case b < 'a' || b > 'z':
			return false // a code, or letters of another script
		case strings.IndexByte("aeiouy", b) >= 0:
			vowels++
			run = 0
		default:
			run++
			longest = max(longest, run)
		}
	}
	if longest >= clustered || vowels == 0 || repeats(word) {
		return true
	}
	for i := 0; i+rowed <= len(word); i++ {
		if strings.Contains(rows, word[i:i+rowed]) {
			return true
		}
	}
	return false
}

// repeats reports whether two or three letters come three times in a row with a consonant among them that no laughter
// has: "asdasdasd", not "hahaha".
func repeats(word string) bool {
	for n := 3; n <= 4; n++ {
		if len(word) >= 2*n+n-1 && word[:n] == word[n:2*n] && strings.HasPrefix(word[2*n:], word[:n-1]) {
			return true
		}
	}
	return false
}
