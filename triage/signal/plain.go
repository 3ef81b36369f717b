package signal

import (
	"slices"
	"unicode/utf8"
)

// more makes room for one word more. Its fields are set where it stands: copying a word that has just been written costs
// more than writing it.
func (t *Text) more() *word {
	n := len(t.words)
	if n == cap(t.words) {
		t.words = slices.Grow(t.words, n/2+8)
	}
	t.words = t.words[:n+1]
	w := &t.words[n]
	*w = word{}
	return w
}

// plain takes a word of ASCII letters and digits; a hashtag and any other word go the long way.
func (c *cutter) plain() {
	from := c.at
	n, capital, figure := c.run(from)
	at := from + n
	behind := byte(' ')
	if at < len(c.text) {
		behind = c.text[at]
	}
	if from < c.tagEnd || behind >= utf8.RuneSelf || n == 64 ||
		(behind == ':' || behind == '.') && addressLen(c.text[from:]) > 0 {
		c.word()
		return
	}
	end, folded, foldedEnd := at, from, at
	if behind == '\'' {
		if figure != 0 || !c.short(from, at) {
			c.word()
			return
		}
		rest, _, _ := c.run(at + 1) // "don't"
		end, folded, foldedEnd = at+1+rest, len(c.folded)-n-rest, len(c.folded)
		capital = 0
	}
	whole := uint64(1)<<n - 1
	shape := c.before
	c.before = 0
	c.at = end
	if n == 1 {
		c.singles++
	}
	if capital|figure != whole {
		c.lower = true
	}
	if capital|figure != 0 {
		switch {
		case figure == whole:
			shape |= number
			c.digits(from, n)
		case figure != 0:
			c.mixed(from, at, shape, capital != 0)
			return
		case capital == whole && n > 1:
			shape |= capitals
			c.shouted++
		}
	}
	w := c.more()
	w.start, w.end, w.from, w.to, w.shape = int32(from), int32(end), int32(folded), int32(foldedEnd), shape
}

// short folds a word of ASCII letters with an apostrophe in it, which is left out. It is false where the word is another.
func (c *cutter) short(from, at int) bool {
	if at+1 >= len(c.text) {
		return false
	}
	n, capital, figure := c.run(at + 1)
	end := at + 1 + n
	if n == 0 || n == 64 || capital|figure != 0 || end < len(c.text) && (c.text[end] == '\'' || c.text[end] >= utf8.RuneSelf) {
		return false
	}
	c.folded = append(append(c.folded, c.folded[from:at]...), c.folded[at+1:end]...)
	c.folded = slices.Grow(c.folded, padding)
	return true
}

// digits takes note of a number of n digits.
func (c *cutter) digits(from, n int) {
	if n >= 5 {
		c.codes++
	}
	if from > 0 && c.text[from-1] == '$' {
		c.money++
	}
}

// mixed takes a word of letters and digits. "2hrs" is two words, "XK4432" a code, "sh1t" odd.
func (c *cutter) mixed(from, end int, s shape, capital bool) {
	n := from
	for c.folded[n] <= '9' {
		n++
	}
	letters := n
	for letters < end && c.folded[letters] > '9' {
		letters++
	}
	if end-from >= 4 {
		c.note(from) // "sh1t", "5hit"
	}
	switch {
	case n == from || letters < end: // no "4th", "3B"
		if capital && end-from >= 5 {
			c.codes++
		}
	case !capital && end-n > 2:
		w := c.more()
		w.start, w.end, w.from, w.to, w.shape = int32(from), int32(n), int32(from), int32(n), s|number
		from, s = n, 0
	}
	w := c.more()
	w.start, w.end, w.from, w.to, w.shape = int32(from), int32(end), int32(from), int32(end), s
}
