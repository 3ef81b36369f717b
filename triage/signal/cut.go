package signal

import (
	"math/bits"
	"slices"
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
	t.reset(text)
	if cap(t.words) == 0 {
		t.words = make([]word, 0, min(len(text), 400)/4+1) // most posts; what is longer makes its room as it goes
	}
	t.scan(text)
	c := cutter{Text: t, text: text}
	for c.at < len(text) {
		b := &t.blocks[c.at>>6]
		next := (b.word | b.other) >> (c.at & 63)
		if next == 0 {
			c.at = c.at&^63 + 64
			continue
		}
		c.at += bits.TrailingZeros64(next)
		switch {
		case b.word>>(c.at&63)&1 != 0:
			c.plain()
		case text[c.at] >= utf8.RuneSelf:
			c.rune()
		default:
			c.sign(text[c.at])
		}
	}
}

// What a byte is.
const (
	lower = 1 << iota
	upper
	digit

	inWord = lower | upper | digit
)

var (
	class = classes()
	small = smalls()
)

func classes() (of [256]uint8) {
	for b := range of {
		switch r := rune(b); {
		case 'a' <= r && r <= 'z':
			of[b] = lower
		case 'A' <= r && r <= 'Z':
			of[b] = upper
		case '0' <= r && r <= '9':
			of[b] = digit
		}
	}
	return of
}

func smalls() (of [256]byte) {
	for b := range of {
		of[b] = byte(b)
		if 'A' <= b && b <= 'Z' {
			of[b] += 'a' - 'A'
		}
	}
	return of
}

// reset forgets the text before, and keeps its memory.
func (t *Text) reset(text string) {
	t.source, t.lang, t.name = text, nil, ""
	t.words, t.spans, t.finds, t.moods, t.odd = t.words[:0], t.spans[:0], t.finds[:0], t.moods[:0], t.odd[:0]
	t.in, t.tallies = 0, tallies{contrast: -1}
}

func isWordByte(b byte) bool { return class[b]&inWord != 0 }

// note remembers a place at which a word may be written so that a filter does not see it.
func (c *cutter) note(at int) { c.odd = append(c.odd, int32(at)) }

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
		if r == '£' || r == '€' {
			c.money++
		}
	}
	c.at += n
}

// isSilent tells runes that stand inside words and change nothing: apostrophes, accents, joiners, soft hyphens; and the
// tones of skin behind an emoji.
func isSilent(r rune) bool {
	return r == '\u2019' || r == '\u02bc' || r == '\u00ad' || r == '\u200d' || r == '\ufe0f' || r == '\u200b' ||
		0x1f3fb <= r && r <= 0x1f3ff || unicode.Is(unicode.Mn, r)
}

// isSymbol tells emoji.
func isSymbol(r rune) bool {
	return r >= 0x1f000 || 0x2600 <= r && r <= 0x27bf || r == 0x2b50 || 0x231a <= r && r <= 0x23ff
}

func (c *cutter) symbol(n int) {
	c.emoji++
	at := int32(c.at)
	c.words = append(c.words, word{start: at, end: at + int32(n), from: at, to: at + int32(n), shape: symbol | c.before})
	c.before = 0
	c.at += n
}

// sign takes an ASCII sign that is no letter or digit, with what belongs to it.
func (c *cutter) sign(b byte) {
	rest := c.text[c.at:]
	inside := c.at > 0 && isWordByte(c.text[c.at-1])
	if n := faceLen(rest); n > 0 && !inside {
		c.symbol(n)
		return
	}
	c.at++
	next := len(rest) > 1 && isWordByte(rest[1])
	switch b {
	case '!':
		if inside && next {
			c.note(c.at - 1)
		}
		c.shouts++
		c.before |= border | sentence
	case '?':
		c.asks++
		c.before |= border | sentence
		if n := len(c.words); n > 0 {
			c.words[n-1].shape |= asked
		}
	case '.', '\n':
		if b == '.' && inside && next {
			c.gap(rest[1])
			return // inside a number or an abbreviation
		}
		c.before |= border | sentence
	case '@':
		c.handle(rest, inside)
	case '#':
		if inside && next {
			c.note(c.at - 1)
		}
		c.tagEnd = c.at + handleLen(rest[1:])
	case '&':
		if end := strings.IndexByte(rest[:min(len(rest), 6)], ';'); end > 1 {
			c.at += end // an entity that the platform left in
		}
	case '*', '$', '+', '|':
		if next || inside {
			c.note(c.at - 1)
		}
	case '-', '_', '%':
		if inside && next {
			c.gap(rest[1])
		}
	case '\'', '/', '~', '^', '`':
	default:
		c.before |= border
	}
}

// gap remembers a sign between two letters.
func (c *cutter) gap(next byte) {
	last := len(c.words) - 1
	if class[c.text[c.at-2]]&(lower|upper) != 0 && class[next]&(lower|upper) != 0 && last >= 0 &&
		c.words[last].end-c.words[last].start <= 3 {
		c.note(c.at - 1) // "sh-it", "f.uck", "s.h.i.t"; nobody cuts such words behind their fourth letter
	}
}

// handle takes "@somebody", the end of an e-mail address, or a word that begins with @ for an a.
func (c *cutter) handle(rest string, inside bool) {
	if len(rest) > 2 && small[rest[1]] == 's' && small[rest[2]] == 's' {
		c.note(c.at - 1)
	}
	n := handleLen(rest[1:])
	if inside && n > 0 {
		c.mails++
	}
	c.at += n
}

// handleLen is the length of the name at the beginning of s: letters, digits and underscores.
func handleLen(s string) int {
	for i := range len(s) {
		if b := s[i]; b >= utf8.RuneSelf {
			return i + len(s[i:]) - len(strings.TrimLeftFunc(s[i:], isHandleRune))
		} else if b != '_' && !isWordByte(b) {
			return i
		}
	}
	return len(s)
}

func isHandleRune(r rune) bool {
	return r == '_' || r < utf8.RuneSelf && isWordByte(byte(r)) || r >= utf8.RuneSelf && unicode.IsLetter(r)
}

// faceLen is the length of a face such as :-) or <3 at the beginning of s, or 0. Whether a list has it is seen later.
func faceLen(s string) int {
	if len(s) < 2 || s[0] != ':' && s[0] != ';' && s[0] != '=' && s[0] != '<' {
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
		c.links++
		return
	}
	w := word{start: int32(c.at), from: int32(len(c.folded)), shape: c.before}
	if c.at < c.tagEnd {
		w.shape |= tagged
		c.tags = true
	}
	c.before = 0
	capital, ordinary, digits, plain, odd := 0, 0, 0, true, false
	for c.at < len(c.text) {
		r, n := rune(c.text[c.at]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(c.text[c.at:])
		}
		kind := c.kind(r)
		if kind == ends || kind == big && ordinary > 0 && c.at < c.tagEnd {
			break
		}
		c.at += n
		switch kind {
		case silent:
			continue
		case big:
			capital++
		case little:
			ordinary++
		case figure:
			digits++
		}
		plain = plain && r < utf8.RuneSelf
		odd = odd || r >= 0x250
		if plain {
			c.folded = append(c.folded, small[byte(r)])
		}
	}
	w.end = int32(c.at)
	if !plain {
		c.refold(w)
	}
	w.to = int32(len(c.folded))
	c.folded = slices.Grow(c.folded, padding)
	switch {
	case capital > 1 && ordinary == 0:
		w.shape |= capitals
		c.shouted++
	case digits > 0 && capital+ordinary == 0:
		w.shape |= number
	}
	if odd || digits > 0 && capital+ordinary > 0 {
		c.note(int(w.start))
	}
	if w.to-w.from == 1 {
		c.singles++
	}
	c.lower = c.lower || ordinary > 0
	c.words = append(c.words, w)
}

// What a rune is within a word.
const (
	ends = iota
	silent
	big
	little
	figure
)

func (c *cutter) kind(r rune) int {
	switch {
	case r < utf8.RuneSelf && class[byte(r)] == lower:
		return little
	case r < utf8.RuneSelf && class[byte(r)] == upper:
		return big
	case r < utf8.RuneSelf && class[byte(r)] == digit:
		return figure
	case r == '\'' && c.at+1 < len(c.text) && isWordByte(c.text[c.at+1]):
		return silent
	case r < utf8.RuneSelf:
		return ends
	case unicode.IsUpper(r):
		return big
	case unicode.IsLetter(r):
		return little
	case unicode.IsDigit(r):
		return figure
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
