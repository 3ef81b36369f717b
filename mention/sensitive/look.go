package sensitive

import (
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// A sight is what one walk over the bytes of a text has seen of it: enough to leave out every search that cannot find
// anything, and most posts hold nothing to search for.
type sight struct {
	digits    int  // how many
	ats       int  // how many
	reference bool // three digits, four capitals and digits in a row with a digit among them, or a record locator
	cue       bool // a word that may be a cue for what needs no digit
	digitCue  bool // ... for what needs a digit
	numberCue bool // ... for what needs a reference
	token     bool // a word that may be the beginning of a token
}

// What a byte is to look.
const (
	other byte = iota
	small
	capital
	figure
	at
	beyond // not ASCII
)

var sorts = func() (t [256]byte) {
	for c := range t {
		switch c := byte(c); {
		case 'a' <= c && c <= 'z':
			t[c] = small
		case upper(rune(c)):
			t[c] = capital
		case decimal(c):
			t[c] = figure
		case c == '@':
			t[c] = at
		case c >= utf8.RuneSelf:
			t[c] = beyond
		}
	}
	return t
}()

// look sees more cues than there are and misses none: it compares the first four letters of each word, without case and
// accents, and takes a word with a letter that it does not know for whatever it might be.
func look(text string) (s sight) {
	var w wordHead
	var c codeRun
	for i := 0; i < len(text); i++ {
		b := text[i]
		switch what := sorts[b]; what {
		case small:
			c = codeRun{}
			w.letter(b)
		case capital, figure:
			if what == figure {
				s.digits++
			}
			s.reference = c.grow(what) || s.reference
			w.letter(b)
		case beyond:
			what, letter, size := foreign(text, i)
			i += size - 1
			c = codeRun{}
			switch what {
			case other:
				w.end()
			case beyond:
				w.unknown()
			default:
				if what == figure {
					s.digits++
				}
				w.letter(letter)
			}
		default:
			if b == '@' {
				s.ats++
			}
			if b != '-' && b != '/' {
				c = codeRun{}
			}
			w.end()
		}
	}
	w.end()
	s.reference = s.reference || s.digits >= 3
	s.cue, s.digitCue, s.numberCue = w.seen&cueHead != 0, w.seen&digitHead != 0, w.seen&numberHead != 0
	s.token = w.seen&tokenHead != 0
	return s
}

// A codeRun is a run of capitals and digits with dashes and strokes in it.
type codeRun struct{ n, digits, capitals int }

// grow adds one and reports whether the run may be a reference now.
func (c *codeRun) grow(what byte) bool {
	c.n++
	if what == figure {
		c.digits++
		c.capitals = 0
	} else {
		c.capitals++
	}
	return c.n >= 4 && c.digits > 0 || c.capitals >= locator
}

// A wordHead holds the first letters of the word in hand, and what the words so far may begin.
type wordHead struct {
	key  uint32
	n    int
	seen byte
}

func (w *wordHead) letter(c byte) {
	if w.n < keyLength {
		w.key = w.key<<8 | uint32(c|0x20)
		if w.n++; w.n == keyLength {
			w.seen |= heads.of(w.key)
		}
	}
}

func (w *wordHead) end() {
	if 0 < w.n && w.n < keyLength {
		w.seen |= heads.of(w.key)
	}
	w.key, w.n = 0, 0
}

func (w *wordHead) unknown() {
	if w.n < keyLength {
		w.seen |= anyHead
	}
	w.key, w.n = 0, 0
}

// latin are the letters from À to ÿ as lexis folds them without accents.
const latin = "aaaaaa?ceeeeiiii?nooooo?ouuuuy??aaaaaa?ceeeeiiii?nooooo?ouuuuy?y"

// foreign says what stands at text[i:], which is not ASCII: a letter that folds to an ASCII one, a figure, punctuation or
// a picture that ends a word, or beyond whatever we care to know; and its length.
func foreign(text string, i int) (what, letter byte, size int) {
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case 0xC0 <= r && r <= 0xFF && latin[r-0xC0] != '?':
		return small, latin[r-0xC0], size
	case r == 0xA0, r == 0xA1, r == 0xAB, r == 0xB0, r == 0xBB, r == 0xBF, 0x2010 <= r && r <= 0x2027,
		0x1F300 <= r && r <= 0x1FAFF:
		return other, 0, size
	}
	if value, n := digit(text, i); n > 0 {
		return figure, '0' + value, n
	}
	return beyond, 0, size
}

const (
	keyLength = 4
	locator   = 6 // letters of an airline's record locator

	cueHead    byte = 1 << 0
	digitHead  byte = 1 << 1
	numberHead byte = 1 << 2
	tokenHead  byte = 1 << 3
	anyHead         = cueHead | digitHead | numberHead | tokenHead
)

// heads are the first four letters of all cues, and which kinds begin so.
var heads = func() *headTable {
	t := new(headTable)
	for _, c := range cues {
		head := numberHead
		switch c.kind {
		case secret, ill, gravelyIll:
			head = cueHead
		case housed:
			head = digitHead
		}
		for w := range strings.SplitSeq(c.words, "|") {
			t.add(keyOf(w), head)
		}
	}
	for _, p := range prefixes {
		t.add(keyOf(p.head), tokenHead)
	}
	for _, c := range "0123456789abcdefghijklmnopqrstuvwxyz" { // what the header of a signed token may begin with
		t.add(keyOf(signedHead+string(c)), tokenHead)
	}
	return t
}()

// A headTable is a hash table with room for several times the heads there are.
type headTable [1 << headBits]struct {
	key  uint32
	head byte
}

const headBits = 11

func (t *headTable) add(key uint32, head byte) {
	at := t.slot(key)
	t[at].key = key
	t[at].head |= head
}

func (t *headTable) of(key uint32) byte { return t[t.slot(key)].head }

// slot is where a key stands, or would.
func (t *headTable) slot(key uint32) uint32 {
	at := key * 2654435761 >> (32 - headBits)
	for t[at].key != key && t[at].key != 0 {
		at = (at + 1) % uint32(len(t))
	}
	return at
}

// keyOf is the key that look makes of a word's beginning.
func keyOf(word string) uint32 {
	var key uint32
	for i, c := range []byte(lexis.Folding{StripAccents: true}.Fold(word)) {
		if s := sorts[c]; i == keyLength || s != small && s != figure {
			break
		}
		key = key<<8 | uint32(c)
	}
	return key
}
