package signal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// A cutter walks once over a text and finds its words.
type cutter struct {
	*Text
	text   string
	at     int
	tagEnd int   // where the hashtag ends that at stands in
	before shape // what stands between the last word and the next
}

// cut finds the words of a text. Handles, addresses and entities are left out, a hashtag is cut where its case changes.
func (t *Text) cut(text string) {
	*t = Text{words: t.words[:0], folded: t.folded[:0], spans: t.spans[:0]}
	if cap(t.words) == 0 {
		n := min(len(text), 400) // most posts; what is longer makes its room as it goes
		t.words, t.folded = make([]word, 0, n/5+1), make([]byte, 0, n)
	}
	c := cutter{Text: t, text: text}
	for c.at < len(text) {
		b := text[c.at]
		switch {
		case isWordByte(b):
			c.word()
		case b >= utf8.RuneSelf:
			c.rune()
		default:
			c.sign(b)
		}
	}
}

func isWordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}

// rune takes one rune beyond ASCII.
func (c *cutter) rune() {
	r, n := utf8.DecodeRuneInString(c.text[c.at:])
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		c.word()
		return
	case isSilent(r):
	case isSymbol(r):
		c.symbol(n)
		return
	default:
		c.before |= border
		if r == '\u2026' || r == '\u3002' {
			c.before |= sentence
		}
	}
	c.at += n
}

// isSilent tells runes that stand inside words and change nothing: apostrophes, accents, joiners, soft hyphens.
func isSilent(r rune) bool {
	return r == '\u2019' || r == '\u02bc' || r == '\u00ad' || r == '\u200d' || r == '\ufe0f' || unicode.Is(unicode.Mn, r)
}

// isSymbol tells emoji; skin tones stand behind the emoji they belong to and are looked up in vain.
func isSymbol(r rune) bool {
	return r >= 0x1f000 || 0x2600 <= r && r <= 0x27bf || r == 0x2b50
}

func (c *cutter) symbol(n int) {
	c.emoji++
	c.words = append(c.words, word{start: int32(c.at), end: int32(c.at + n), shape: symbol | c.before})
	c.before = 0
	c.at += n
}

// sign takes an ASCII sign that is no letter or digit, with what belongs to it.
func (c *cutter) sign(b byte) {
	rest := c.text[c.at:]
	if n := faceLen(rest); n > 0 && !(c.at > 0 && isWordByte(c.text[c.at-1])) {
		c.symbol(n)
		return
	}
	c.at++
	switch b {
	case '!':
		c.shouts++
		c.before |= border | sentence
	case '?':
		c.asks++
		c.before |= border | sentence
		if n := len(c.words); n > 0 {
			c.words[n-1].shape |= asked
		}
	case '.', '\n':
		if b == '.' && len(rest) > 1 && isWordByte(rest[1]) && c.at > 1 && isWordByte(c.text[c.at-2]) {
			return // inside a number or an abbreviation
		}
		c.before |= border | sentence
	case '@':
		c.at += len(rest) - 1 - len(strings.TrimLeftFunc(rest[1:], isHandleRune))
	case '#':
		c.tagEnd = c.at + len(rest) - 1 - len(strings.TrimLeftFunc(rest[1:], isHandleRune))
	case '&':
		if end := strings.IndexByte(rest[:min(len(rest), 6)], ';'); end > 1 {
			c.at += end // an entity that the platform left in
		}
	case ' ', '\t', '\r', '\'', '-', '_', '*', '/', '%', '$', '+', '~', '^', '`':
	default:
		c.before |= border
	}
}

func isHandleRune(r rune) bool {
	return r == '_' || r < utf8.RuneSelf && isWordByte(byte(r)) || r >= utf8.RuneSelf && unicode.IsLetter(r)
}

// faceLen is the length of a face such as :-) or <3 at the beginning of s, or 0. Whether a list has it is seen later.
func faceLen(s string) int {
	if len(s) < 2 || strings.IndexByte(":;=<", s[0]) < 0 {
		return 0
	}
	if s[0] == '<' {
		if s[1] == '3' {
			return 2
		}
		return 0
	}
	n := 1
	if s[1] == '-' || s[1] == '\'' {
		n = 2
	}
	if n == len(s) || strings.IndexByte(")(DPp/|\\*OoX]['3@$", s[n]) < 0 {
		return 0
	}
	if n++; n < len(s) && (isWordByte(s[n]) || s[n] == '/') {
		return 0 // "a:public", "http://"
	}
	return n
}

// addressLen is the length of a web address at the beginning of s, or 0.
func addressLen(s string) int {
	begins := func(with string) bool { return len(s) >= len(with) && strings.EqualFold(s[:len(with)], with) }
	if !begins("http://") && !begins("https://") && !begins("www.") {
		return 0
	}
	if end := strings.IndexAny(s, " \t\r\n\""); end >= 0 {
		return end
	}
	return len(s)
}

// word takes one word: letters, digits and the silent runes between them. In a hashtag a capital after a small letter
// begins the next one.
func (c *cutter) word() {
	if n := addressLen(c.text[c.at:]); n > 0 {
		c.at += n
		return
	}
	w := word{start: int32(c.at), from: int32(len(c.folded)), shape: c.before}
	c.before = 0
	upper, lower, run, plain := 0, 0, 0, true
	last := rune(-1)
	for c.at < len(c.text) {
		r, n := rune(c.text[c.at]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(c.text[c.at:])
		}
		kind := c.kind(r)
		if kind == ends || kind == big && lower > 0 && c.at < c.tagEnd {
			break
		}
		c.at += n
		switch kind {
		case silent:
			continue
		case big:
			upper++
		case small:
			lower++
		}
		if plain = plain && r < utf8.RuneSelf; plain {
			if kind == big {
				r += 'a' - 'A'
			}
			c.folded = append(c.folded, byte(r))
		}
		if run++; r != last {
			last, run = r, 1
		} else if run == 3 {
			w.shape |= lengthened
		}
	}
	w.end = int32(c.at)
	if !plain {
		c.refold(w)
	}
	w.to = int32(len(c.folded))
	if upper > 1 && lower == 0 {
		w.shape |= capitals
	}
	c.lower = c.lower || lower > 0
	c.words = append(c.words, w)
}

// A kind is what a rune is within a word.
type kind uint8

const (
	ends kind = iota
	silent
	big
	small
	digit
)

func (c *cutter) kind(r rune) kind {
	switch {
	case 'a' <= r && r <= 'z':
		return small
	case 'A' <= r && r <= 'Z':
		return big
	case '0' <= r && r <= '9':
		return digit
	case r == '\'' && c.at+1 < len(c.text) && isWordByte(c.text[c.at+1]):
		return silent
	case r < utf8.RuneSelf:
		return ends
	case unicode.IsUpper(r):
		return big
	case unicode.IsLetter(r):
		return small
	case unicode.IsDigit(r):
		return digit
	case isSilent(r):
		return silent
	}
	return ends
}

// refold folds a word that is not plain ASCII the way package mention does, and without accents: customers leave them
// out.
func (c *cutter) refold(w word) {
	c.folded = c.folded[:w.from]
	f := lexis.Folding{StripAccents: true}.Folder(c.text[w.start:w.end])
	for {
		r, _, _, ok := f.Next()
		if !ok {
			return
		}
		if r != '\'' && !isSilent(r) {
			c.folded = utf8.AppendRune(c.folded, r)
		}
	}
}
