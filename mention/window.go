package mention

import (
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// A window is the last words of a text, as far as they may belong to one name.
type window struct {
	letters
	words [2 * maxWords]textWord
	n     int // words
	most  int // words that may be one name
}

// A textWord is one word of a text.
type textWord struct {
	start, end int // in the text
	from, to   int // its letters; to is -1 for a word too long for any name
	bag        bag
	possessive int  // bytes of an 's at the end
	masked     bool // letters of it only look like its own
}

// plainLetters are the folded letters and digits of ASCII, 0 for anything else.
var plainLetters = func() (t [256]uint8) {
	for c := range utf8.RuneSelf {
		switch {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z':
			t[c] = uint8(c)
		case 'A' <= c && c <= 'Z':
			t[c] = uint8(c + 'a' - 'A')
		}
	}
	return t
}()

func isApostrophe(c byte) bool { return c == '\'' || c == '`' }

// eachWord calls each when the window has taken in one word more of the text. Words are those of lexis.Words; those that
// are plain ASCII, and stand beside nothing else, are read here, at a fraction of the cost.
func (w *window) eachWord(text string, folding lexis.Folding, each func()) {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if plainLetters[c] == 0 {
				i++
				continue
			}
			if end, ok := w.plain(text, i); ok {
				i = end
				each()
				continue
			}
		}
		scan := folding.Words(text[i:])
		at := i
		for i = len(text); scan.Next(); {
			w.folded(text, at, &scan)
			each()
			// Here nothing but a plain word or a gap can begin.
			if end := at + scan.End; end == len(text) || text[end-1] < utf8.RuneSelf && text[end] < utf8.RuneSelf {
				i = end
				break
			}
		}
	}
}

// begin makes room for a word that begins at text[i], and takes it in as the last.
func (w *window) begin(text string, i int) *textWord {
	if w.n > 0 {
		last := &w.words[w.n-1]
		one := i-last.end == 1 && text[last.end] == ' ' // by far the most gaps
		if last.to < 0 || !one && !joins(text[last.end:i]) {
			w.n, w.letters.n = 0, 0
		}
	}
	if w.n == len(w.words) || w.letters.n+maxLetters+2 > roomForLetters {
		w.forget()
	}
	x := &w.words[w.n]
	*x = textWord{start: i, from: w.letters.n}
	w.n++
	return x
}

// forget drops the words that can belong to no name with those to come.
func (w *window) forget() {
	drop := max(0, w.n-w.most+1)
	for drop < w.n && w.letters.n-w.words[drop].from > maxLetters {
		drop++
	}
	w.n = copy(w.words[:], w.words[drop:w.n])
	if w.n == 0 {
		w.letters.n = 0
		return
	}
	gone := w.words[0].from
	w.letters.drop(gone)
	for k := range w.words[:w.n] {
		w.words[k].from -= gone
		w.words[k].to -= gone
	}
}

// plain reads a word of ASCII letters. It is not ok, and nothing is read, where something else stands beside the word.
func (w *window) plain(text string, i int) (end int, ok bool) {
	x, l := w.begin(text, i), &w.letters
	n, sum, has := l.n, l.sums[l.n], bag(0)
	room := n + maxLetters + 1
	for ; i < len(text); i++ {
		c := plainLetters[text[i]]
		if c == 0 {
			if isApostrophe(text[i]) && i+1 < len(text) && plainLetters[text[i+1]] != 0 {
				continue
			}
			break
		}
		if n == room {
			x.to = -1
			continue
		}
		has = has.with(rune(c))
		sum = sum*base + uint64(c) + 1
		l.runes[n] = rune(c)
		n++
		l.sums[n] = sum
	}
	if i < len(text) && (text[i] >= utf8.RuneSelf || isApostrophe(text[i]) && i+1 < len(text) && text[i+1] >= utf8.RuneSelf) {
		w.n--
		return i, false
	}
	if i-x.start > 2 && isApostrophe(text[i-2]) && text[i-1]|0x20 == 's' {
		x.possessive = 2
	}
	l.n, x.bag, x.end = n, has, i
	if x.to == 0 {
		x.to = n
	}
	return i, true
}

// folded takes a word over from a scanner, whose text begins at the position at.
func (w *window) folded(text string, at int, scan *lexis.Scanner) {
	x := w.begin(text, at+scan.Start)
	folded := scan.Folded()
	if folded == nil {
		x.to = -1
	}
	var buf [maxLetters + 1]rune
	n := 0
	for rest := folded; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if rest = rest[size:]; r == '\'' {
			continue
		}
		if n == len(buf) {
			x.to = -1
			break
		}
		buf[n] = r
		n++
	}
	x.masked = mask{}.off(buf[:n])
	for _, r := range buf[:n] {
		x.bag = x.bag.with(r)
		w.letters.add(r)
	}
	end := at + scan.End
	if n := len(folded); n > 2 && folded[n-2] == '\'' && folded[n-1] == 's' {
		_, s := utf8.DecodeLastRuneInString(text[x.start:end])
		_, apostrophe := utf8.DecodeLastRuneInString(text[x.start : end-s])
		x.possessive = s + apostrophe
	}
	x.end = end
	if x.to == 0 {
		x.to = w.letters.n
	}
}

// everyday reports whether the word is a common one.
func (w *window) everyday(x *textWord) bool {
	var buf [4 * (maxLetters + 2)]byte
	b := buf[:0]
	for _, r := range w.runes[x.from:x.to] {
		b = utf8.AppendRune(b, r)
	}
	return len(b) <= 32 && lexis.Common(string(b))
}

// joins reports whether what stands between two words may stand inside a name, or be left out of it.
func joins(gap string) bool {
	switch gap {
	case " ", ".", "&", "+", "/", " & ", " + ":
		return true
	}
	if len(gap) > 3 {
		return false
	}
	for _, r := range gap {
		if !between(r) {
			return false
		}
	}
	return true
}
