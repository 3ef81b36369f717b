package learn

import (
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

const (
	longestToken = 64 // runes; what is longer goes on in the next token
	shortestGram = 3  // runes of the shortest character n-gram
	longestGram  = 5
	fewestOfMany = 3 // a sign that is repeated counts up to here: "!!!!!" is "!!!"

	mostFeatures = (longestToken+2)*(longestGram-shortestGram+1) + 2 // of one token
)

// The hash of a feature begins with one of these, takes its runes in by steps and is mixed down to 32 bits. A model file
// holds weights by hash, so none of it may change without a new version of the file.
const (
	wordSeed = 0xCBF29CE484222325
	gramSeed = 0x9AE16A3B2F90404F
	linkSeed = 0x3C6EF372FE94F82B // two words in a row
	capsSeed = 0x1F83D9ABFB41BD6B // how many words are in capitals, up to 4
	sizeSeed = 0x5BE0CD19137E2179 // how many tokens there are, in steps of 5 up to 50
	webHash  = 0x510E527FADE682D1 // any address
	step     = 0x100000001B3      // the prime of FNV-1a
	golden   = 0x9E3779B97F4A7C15
)

func mix(h uint64) uint32 {
	h ^= h >> 32
	return uint32(h * golden >> 32)
}

// A reader cuts a text into tokens and gives the features of one token at a time, so that no text needs more memory
// than another. Text is read folded, as package lexis does it. A token is
//
//   - a word: letters, digits (all the same digit), marks, underscores and inner apostrophes, with a # or @ before it;
//   - an address, whatever it is;
//   - a sign, as often as it is repeated, up to three times;
//   - one rune of a script that is written without spaces.
//
// Its features are the word, the word with the one before it, and, but for addresses, each run of 3 to 5 runes of it,
// the blanks at both ends included. After the last token come two for the whole text: words in capitals, and length.
type reader struct {
	folder   lexis.Folder
	text     string
	now      rune // in hand; end when there is none
	next     rune
	at, then int // where they begin in the text
	ends     [2]int
	passed   int // the end of the last rune that was in hand

	token  [longestToken + 2]rune // with a blank at both ends
	size   int
	before uint64 // the hash of the token before
	tokens int
	caps   int
	ended  bool

	count    int
	features [mostFeatures]uint32

	start, stop int // the token in hand is text[start:stop]
}

const end = rune(-1)

// read begins a text.
func (r *reader) read(text string) {
	r.text, r.folder = text, lexis.Folding{}.Folder(text)
	r.before, r.tokens, r.caps, r.ended = linkSeed, 0, 0, false
	r.move()
	r.move()
}

// move takes the next rune in hand.
func (r *reader) move() {
	r.now, r.at, r.passed = r.next, r.then, r.ends[0]
	next, from, to, ok := r.folder.Next()
	if !ok {
		next = end
	}
	r.next, r.then = next, from
	r.ends = [2]int{r.ends[1], to}
}

// more goes on to the next token and reports whether there are features in hand.
func (r *reader) more() bool {
	r.count = 0
	for r.now != end && kindOf(r.now) == blank {
		r.move()
	}
	if r.now == end {
		return r.last()
	}
	r.token[0], r.size, r.start = ' ', 1, r.at
	web := false
	switch kindOf(r.now) {
	case apart:
		r.put(r.now)
		r.move()
	case letter:
		web = r.word()
	case sign:
		if (r.now == '@' || r.now == '#') && kindOf(r.next) == letter {
			r.put(r.now)
			r.move()
			web = r.word()
		} else {
			r.signs()
		}
	}
	r.stop = r.passed
	r.tokens++
	r.emit(web)
	return true
}

// word reads letters. It reports whether they turn out to be the beginning of an address, which is then read whole.
func (r *reader) word() (web bool) {
	upper, lower := 0, 0
	for r.size <= longestToken {
		switch {
		case kindOf(r.now) == letter:
			u, l := r.capital()
			upper, lower = upper+u, lower+l
		case r.now == '\'' && kindOf(r.next) == letter:
		default:
			r.shout(upper, lower)
			return r.now == ':' && r.next == '/' && r.address()
		}
		r.put(r.now)
		r.move()
	}
	r.shout(upper, lower)
	return false
}

// capital counts the rune in hand as it was written.
func (r *reader) capital() (upper, lower int) {
	switch c := r.text[r.at]; {
	case 'a' <= c && c <= 'z':
		return 0, 1
	case 'A' <= c && c <= 'Z':
		return 1, 0
	case c < utf8.RuneSelf:
		return 0, 0
	}
	written, _ := utf8.DecodeRuneInString(r.text[r.at:])
	if unicode.IsUpper(written) {
		return 1, 0
	}
	return 0, 1
}

func (r *reader) shout(upper, lower int) {
	if upper > 1 && lower == 0 {
		r.caps++
	}
}

// address reads on to the next blank if the word in hand is http or https.
func (r *reader) address() bool {
	scheme := r.token[1:r.size]
	if len(scheme) == 5 && scheme[4] == 's' {
		scheme = scheme[:4]
	}
	if len(scheme) != 4 || [4]rune(scheme) != [4]rune{'h', 't', 't', 'p'} {
		return false
	}
	for kindOf(r.now) != blank {
		r.move()
	}
	return true
}

// signs reads a sign and its repetitions.
func (r *reader) signs() {
	for first := r.now; r.now == first; r.move() {
		if r.size <= fewestOfMany {
			r.put(first)
		}
	}
}

// put adds a rune to the token.
func (r *reader) put(c rune) {
	if '0' <= c && c <= '9' || c >= utf8.RuneSelf && unicode.IsDigit(c) {
		c = '0'
	}
	r.token[r.size] = c
	r.size++
}

// emit makes the features of the token.
func (r *reader) emit(web bool) {
	h := uint64(webHash)
	if !web {
		r.token[r.size] = ' '
		h = wordSeed
		for _, c := range r.token[1:r.size] {
			h = (h ^ uint64(c)) * step
		}
		r.grams(r.token[:r.size+1])
	}
	r.feature(h)
	r.feature((h^linkSeed)*step + r.before)
	r.before = h * golden
}

func (r *reader) grams(token []rune) {
	for i := range token {
		h := uint64(gramSeed)
		for n, c := range token[i:min(i+longestGram, len(token))] {
			h = (h ^ uint64(c)) * step
			if n+1 >= shortestGram {
				r.feature(h)
			}
		}
	}
}

func (r *reader) feature(h uint64) {
	r.features[r.count] = mix(h)
	r.count++
}

// last gives the features of the whole text, once; a text without a token has none.
func (r *reader) last() bool {
	if r.ended || r.tokens == 0 {
		return false
	}
	r.ended = true
	r.start, r.stop = len(r.text), len(r.text)
	r.feature(capsSeed + uint64(min(r.caps, 4))*golden)
	r.feature(sizeSeed + uint64(min(r.tokens/5, 10))*golden)
	return true
}

// A kind is what a rune does to a token.
type kind uint8

const (
	blank  kind = iota
	sign        // stands with its like
	letter      // stands with letters
	apart       // stands alone: a rune of a script without spaces
)

var kinds = func() (table [utf8.RuneSelf]kind) {
	for r := range table {
		switch c := rune(r); {
		case c <= ' ' || c == 0x7F:
			table[r] = blank
		case c == '_', unicode.IsLetter(c), unicode.IsDigit(c):
			table[r] = letter
		default:
			table[r] = sign
		}
	}
	return table
}()

func kindOf(r rune) kind {
	switch {
	case r < 0:
		return blank
	case r < utf8.RuneSelf:
		return kinds[r]
	case r >= 0x0E00 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Myanmar, unicode.Khmer, unicode.Hiragana,
		unicode.Katakana, unicode.Han):
		return apart
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return letter
	}
	return sign
}
