package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// maxTag is the longest hashtag that names are looked for in, in bytes. Without a bound a text that is one long hashtag
// would cost the square of its length.
const maxTag = 100

// A tag is a hashtag without its #, letter by letter.
type tag struct {
	letters
	text  string
	at    [roomForLetters]uint8 // where the letters begin in text
	end   [roomForLetters]uint8 // and end
	plain bool                  // no word but the first begins in it, by the way it is written
}

// inTags appends the names that are words of a hashtag, but not all of it: between humps, or in a tag that has none, at
// its beginning, of five letters at least, and no everyday word. They have at most maxLetters.
func (m *Matcher) inTags(dst []Hit, text string) []Hit {
	for i := 0; ; {
		n := strings.IndexByte(text[i:], '#')
		if n < 0 {
			return dst
		}
		start := i + n + 1
		end := tagEnd(text, start)
		if i = end; end-start > 3 && end-start <= maxTag && m.mayHold(text[start:end]) {
			dst = m.inTag(dst, text, start, end)
		}
	}
}

// tagEnd is the end of the hashtag that begins at text[start], or a place behind maxTag bytes of it.
func tagEnd(text string, start int) int {
	end := start
	for end < len(text) && end-start <= maxTag {
		r, size := utf8.DecodeRuneInString(text[end:])
		if r != '_' && !isLetter(r) {
			break
		}
		end += size
	}
	return end
}

// mayHold reports whether a hashtag of ASCII letters and digits has letters in it that are those of a spelling, from a
// word of it on. Of other tags nobody can tell so quickly.
func (m *Matcher) mayHold(tag string) bool {
	for i := range len(tag) {
		if plainLetters[tag[i]] == 0 || m.digits && tag[i] <= '9' {
			return true
		}
		if i > 0 && !plainHump(tag, i) || i+3 > len(tag) || !m.firsts.has(firstRun(tag[i:])) {
			continue
		}
		x := uint64(0)
		for j := i; j < len(tag); j++ {
			x = x*base + uint64(plainLetters[tag[j]]) + 1
			if j-i >= 2 && m.inside.has(finish(x, whole)) && (i > 0 || j+1 < len(tag)) {
				return true
			}
		}
	}
	return false
}

// plainHump is hump for letters and digits of ASCII, and for some places that are none.
func plainHump(tag string, i int) bool { return tag[i] < 'a' || tag[i-1] <= '9' }

func (m *Matcher) inTag(dst []Hit, text string, start, end int) []Hit {
	var t tag
	if !t.read(text[start:end], m.folding) {
		return dst
	}
	dst = m.inLetters(dst, &t, text, start)
	for _, like := range [...]likeness{firstLike, lastLike} {
		x := mask{like, true, m.digits}
		if !x.on(t.runes[:t.n]) {
			break
		}
		bare := t
		x.off(bare.runes[:bare.n])
		bare.set(bare.runes[:bare.n])
		dst = m.inLetters(dst, &bare, text, start)
	}
	return dst
}

// inLetters looks for the letters of spellings in those of a hashtag that begins at text[start].
func (m *Matcher) inLetters(dst []Hit, t *tag, text string, start int) []Hit {
	for i := range t.n {
		if i > 0 && !t.cut(i) {
			continue
		}
		for j := i + 3; j <= min(t.n, i+maxLetters); j++ {
			byHump := t.cut(j)
			if i == 0 && j == t.n || !byHump && (i > 0 || !t.plain || j < 5) || !m.inside.has(t.key(i, j, whole)) {
				continue
			}
			part := t.text[t.at[i]:t.end[j-1]]
			m.names.Each(part, func(x lexis.Match) bool {
				f := &m.forms[x.ID]
				if x.Start == 0 && x.End == len(part) && (f.use == toIgnore || f.isName() && !f.host && (byHump || !everyday(part))) {
					from := start + int(t.at[i])
					dst = append(dst, m.hitOf(f, text, from, from+len(part), x.Alike))
				}
				return true
			})
		}
	}
	return dst
}

// read takes the letters of a hashtag. It is false when there are too many.
func (t *tag) read(text string, folding lexis.Folding) bool {
	t.text = text
	for f := folding.Folder(text); ; {
		r, start, end, ok := f.Next()
		if !ok {
			break
		}
		if !isLetter(r) {
			continue
		}
		if t.n == roomForLetters {
			return false
		}
		t.at[t.n], t.end[t.n] = uint8(start), uint8(end)
		t.add(r)
	}
	t.plain = true
	for i := 1; i < t.n; i++ {
		t.plain = t.plain && !t.cut(i)
	}
	return t.n > 0
}

// cut reports whether a word may end before the letter i, by the way it is written, and another begin.
func (t *tag) cut(i int) bool {
	return i == 0 || i >= t.n || t.end[i-1] < t.at[i] || t.at[i-1] < t.at[i] && hump(t.text, int(t.at[i]))
}

// hump reports whether a word begins at text[i]: with a capital after a small letter, with the last of several capitals,
// with a digit after a letter or a letter after a digit.
func hump(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, size := utf8.DecodeRuneInString(text[i:])
	next, _ := utf8.DecodeRuneInString(text[i+size:])
	switch {
	case unicode.IsDigit(before) != unicode.IsDigit(after):
		return true
	case !unicode.IsUpper(after):
		return false
	}
	return unicode.IsLower(before) || unicode.IsUpper(before) && unicode.IsLower(next)
}
