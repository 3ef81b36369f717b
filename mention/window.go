package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// A window is the last words of a text, as far as they may belong to one name.
type window struct {
	runes  [maxTypo + 4]rune // of the words that are joined
	words  [maxWords]textWord
	n      int // words
	hasher hasher
}

const maxWords = 8

type textWord struct {
	start, end int
	runes      [maxTypo + 4]rune // folded, without apostrophes
	n          int               // runes; -1 for a word too long for any name
	possessive int               // bytes of an 's at the end
}

// misspelled appends the misspelled names in text.
func (m *Matcher) misspelled(dst []Hit, text string) []Hit {
	t, from := m.typos, len(dst)
	var w window
	scan := lexis.Words(text)
	for scan.Next() {
		if w.n > 0 && !joins(text[w.words[w.n-1].end:scan.Start]) {
			w.n = 0
		}
		if w.n == min(t.words, maxWords) {
			copy(w.words[:], w.words[1:w.n])
			w.n--
		}
		w.words[w.n].read(text, &scan)
		w.n++
		dst = m.look(dst, from, text, &w)
	}
	return dst
}

// read takes a word over from the scanner.
func (x *textWord) read(text string, scan *lexis.Scanner) {
	x.start, x.end, x.n, x.possessive = scan.Start, scan.End, 0, 0
	folded := scan.Folded()
	if folded == nil {
		x.n = -1
		return
	}
	if n := len(folded); n > 2 && folded[n-2] == '\'' && folded[n-1] == 's' {
		_, s := utf8.DecodeLastRuneInString(text[x.start:x.end])
		_, apostrophe := utf8.DecodeLastRuneInString(text[x.start : x.end-s])
		x.possessive = s + apostrophe
	}
	for rest := folded; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		if r == '\'' {
			continue
		}
		if x.n == len(x.runes) {
			x.n = -1
			return
		}
		x.runes[x.n] = r
		x.n++
	}
}

// everyday reports whether the word is a common one.
func (x *textWord) everyday() bool {
	var buf [4 * len(x.runes)]byte
	b := buf[:0]
	for _, r := range x.runes[:x.n] {
		b = utf8.AppendRune(b, r)
	}
	return len(b) <= 32 && lexis.Common(string(b))
}

// joins reports whether what stands between two words may stand inside a name, or be left out of it.
func joins(gap string) bool {
	switch gap {
	case ".", "&", "+", "/", " & ", " + ":
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

// look looks for names in the last word, and in it joined with those before.
func (m *Matcher) look(dst []Hit, from int, text string, w *window) []Hit {
	t := m.typos
	n := 0
	last := &w.words[w.n-1]
	for i := w.n - 1; i >= 0; i-- {
		x := &w.words[i]
		if x.n < 0 || n+x.n > t.longest+1 {
			break
		}
		copy(w.runes[x.n:], w.runes[:n])
		copy(w.runes[:], x.runes[:x.n])
		n += x.n
		name, distance := t.nearest(w, n, sigilBefore(text, x.start))
		end := last.end
		if last.possessive > 0 { // Acme's is Acme, McDonald's is not McDonald
			if other, d := t.nearest(w, n-1, sigilBefore(text, x.start)); other >= 0 && (name < 0 || d <= distance) {
				name, distance, end = other, d, last.end-last.possessive
			}
		}
		if name < 0 {
			continue
		}
		h, ok := m.accept(text, w, i, name, distance)
		if h.End = end; ok && lexis.Border(text, end) && !better(dst[from:], h) {
			dst = append(dst, h)
		}
	}
	return dst
}

// better reports whether the same subject was found inside h just before, no further away: a word more makes nothing
// of "my" and a misspelled name but a longer misspelling.
func better(found []Hit, h Hit) bool {
	for i := len(found) - 1; i >= 0 && i >= len(found)-maxWords; i-- {
		x := &found[i]
		if x.Spelling == Misspelled && x.Subject == h.Subject && h.Start <= x.Start && x.End <= h.End && x.Distance <= h.Distance {
			return true
		}
	}
	return false
}

func sigilBefore(text string, i int) byte {
	if i > 0 && (text[i-1] == '@' || text[i-1] == '#') {
		return text[i-1]
	}
	return 0
}

// accept makes a hit of the words from i on, unless they are everyday words that only look like the name.
func (m *Matcher) accept(text string, w *window, i, name, distance int) (Hit, bool) {
	first, last := &w.words[i], &w.words[w.n-1]
	s := &m.subjects[m.typos.names[name].subject]
	h := Hit{Subject: s.Name, Kind: s.Kind, Start: first.start, End: last.end, Spelling: Misspelled, Distance: distance}
	if distance == 0 {
		h.Spelling = Folded // only what stands between the words differs, if anything
	}
	if !lexis.Border(text, h.Start) {
		return h, false
	}
	if m.typos.names[name].sigil != 0 {
		h.Start-- // an ASCII sign
	}
	everyday := distance > 0
	for k := i; everyday && k < w.n; k++ {
		everyday = w.words[k].everyday()
	}
	return h, !everyday || named(text, first.start, first.end)
}

// named reports whether the word at text[start:end] is written like a name: with a capital where no sentence begins,
// and not in a text that shouts. A handle or hashtag of an everyday word is that word.
func named(text string, start, end int) bool {
	r, _ := utf8.DecodeRuneInString(text[start:])
	if !unicode.IsUpper(r) || sigilBefore(text, start) != 0 {
		return false
	}
	before := strings.TrimRightFunc(text[max(0, start-64):start], func(r rune) bool {
		return unicode.IsSpace(r) && r != '\n' || strings.ContainsRune("\"'“”‘’(*_", r)
	})
	r, _ = utf8.DecodeLastRuneInString(before)
	if before == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ',' && r != '&' && r != '-' {
		return false // a sentence begins, or nobody can tell
	}
	word := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
	return !shouted(text[start:end]) || !shouted(word)
}

// shouted reports whether a word has capitals and no small letters.
func shouted(word string) bool {
	capitals := false
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		capitals = capitals || unicode.IsUpper(r)
	}
	return capitals
}
