package signal

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// alikes says which letters a sign may stand for in a word that is meant to pass a filter.
var alikes = map[rune]string{
	'0': "o", '1': "il", '3': "e", '4': "a", '5': "s", '6': "gb", '7': "t", '8': "b", '9': "g",
	'@': "a", '$': "s", '!': "il", '|': "il", '+': "t", '(': "c", '£': "l", '€': "e", '¡': "i",
	'а': "a", 'е': "e", 'о': "o", 'р': "p", 'с': "c", 'у': "yu", 'х': "x", 'і': "i", 'ѕ': "s", 'к': "k", 'м': "m",
	'т': "t", 'в': "b", 'н': "h", 'ո': "n", 'ѵ': "v", 'ԁ': "d", 'һ': "h", 'ј': "j", 'ԛ': "q", 'ԝ': "w", 'и': "nu",
	'α': "a", 'ε': "e", 'ο': "o", 'ρ': "p", 'ν': "v", 'υ': "u", 'ι': "i", 'κ': "k", 'τ': "t", 'χ': "x", 'ω': "w",
	'σ': "o", 'η': "n", 'β': "b", 'ҝ': "k", 'п': "n", 'г': "r", 'я': "r", 'ц': "u", 'ш': "w", 'ʃ': "f",
}

// letters is a set of small letters, a bit for each.
type letters uint32

func (l letters) has(b byte) bool { return l>>(b-'a')&1 != 0 }

// plainAlikes are the alikes of the signs of ASCII: those that a post is full of.
var plainAlikes = func() (of [utf8.RuneSelf]letters) {
	for r := range rune(len(of)) {
		of[r] = lettersOf(alikes[r])
	}
	return of
}()

func lettersOf(s string) (set letters) {
	for _, b := range []byte(s) {
		set |= 1 << (b - 'a')
	}
	return set
}

// alike is the set of letters that a sign may stand for.
func alike(r rune) letters {
	if r < utf8.RuneSelf {
		return plainAlikes[r]
	}
	return lettersOf(alikes[r])
}

// Signs that stand for any letter, those that stand for some, and those that are put between letters.
const (
	wildSigns        = "*#%"
	partSigns        = wildSigns + "@$!+|" + gapSigns
	gapSigns         = "._-"
	longestStretched = 32 // bytes of a masked word that is stretched besides

	shortestIn = 4  // letters of a word that is found among more letters with gaps
	mostMasked = 64 // words and runs of single letters that are uncovered in one text; more say nothing new
)

// unmask finds words that are written so that a filter would not see them, and gives them their numbers: with signs for
// letters (f*ck, sh1t, $hit), with letters of other scripts, with gaps (s h i t, s.h.i.t). Only whole words count, so
// that Scunthorpe stays itself.
func (l *Lists) unmask(t *Text, g *language) {
	last, left := -1, mostMasked
	for _, at := range t.odd {
		if int(at) >= last && left > 0 {
			end, found := l.unmaskAt(t, g, int(at))
			if last = end; found {
				left--
			}
		}
	}
	left = mostMasked
	for i := 0; t.singles > 2 && left > 0 && i+2 < len(t.words); i++ {
		if t.words[i].to-t.words[i].from == 1 && t.follows(i) {
			i = l.unspace(t, g, i)
			left--
		}
	}
}

// unmaskAt looks at the run of signs and letters around a place, and returns where it ends.
func (l *Lists) unmaskAt(t *Text, g *language, at int) (end int, found bool) {
	from, end := at, at
	for from > 0 {
		r, n := utf8.DecodeLastRuneInString(t.source[:from])
		if !isPart(r) || at-from > longestWord {
			break
		}
		from -= n
	}
	for end < len(t.source) && end-at <= longestWord {
		r, n := utf8.DecodeRuneInString(t.source[end:])
		if !isPart(r) {
			break
		}
		end += n
	}
	if end-from > 2*longestWord || end-from < 3 || !g.begins(t.source[from]) {
		return end, false
	}
	// "sh!t!!" ends before its exclamation marks, "...sh1t" begins behind its stops
	whole := t.source[from:end]
	tried := ""
	for _, s := range [...]string{whole, strings.TrimRight(whole, "!.-_*"), strings.Trim(whole, "!.-_*#")} {
		if s == tried {
			continue
		}
		tried = s
		word, ok := g.uncover(s)
		if !ok {
			word, ok = g.squeeze(s)
		}
		if ok {
			begin := from + strings.Index(whole, s)
			l.replace(t, begin, begin+len(s), word)
			return end, true
		}
	}
	return end, false
}

// squeeze uncovers what is stretched besides ("fuuu*ck"): letters that come three times and more in a row, then twice.
func (g *language) squeeze(s string) (string, bool) {
	if len(s) > longestStretched {
		return "", false
	}
	for least := 3; least > 1; least-- {
		var buf [longestStretched]byte
		n := 0
		for i := 0; i < len(s); {
			j := i + 1
			for j < len(s) && small[s[j]] == small[s[i]] && class[s[i]]&(lower|upper) != 0 {
				j++
			}
			kept := j - i
			if kept >= least {
				kept = 1
			}
			n += copy(buf[n:], s[i:i+kept])
			i = j
		}
		if n == len(s) {
			continue
		}
		if word, ok := g.uncover(string(buf[:n])); ok {
			return word, true
		}
	}
	return "", false
}

// begins reports whether a byte may begin a word that people mask, or stand before it: no digit does that looks like no
// letter, and few letters do.
func (g *language) begins(b byte) bool {
	switch letter := small[b]; class[b] {
	case lower, upper:
		return g.initials>>(letter-'a')&1 != 0
	case digit:
		return alike(rune(b)) != 0
	}
	return true
}

// isPart reports whether a rune may belong to a masked word.
func isPart(r rune) bool {
	if r < utf8.RuneSelf {
		return isWordByte(byte(r)) || strings.IndexByte(partSigns, byte(r)) >= 0
	}
	return unicode.IsLetter(r) || r == '£' || r == '€' || r == '¡'
}

// uncover gives the word that people mask which a piece of text may stand for: as it is, without the signs between
// letters, and without stars.
func (g *language) uncover(s string) (string, bool) {
	var all, some [longestWord]rune
	n, gaps, stars := 0, 0, 0
	for _, r := range s {
		if n == len(all) {
			return "", false
		}
		switch {
		case r >= utf8.RuneSelf:
			r = unicode.ToLower(r)
		case r == '.' || r == '_' || r == '-':
			gaps++
		case r == '*':
			stars++
		default:
			r = rune(small[r])
		}
		all[n] = r
		n++
	}
	if gaps == 0 {
		if word, ok := g.standsFor(all[:n], 0); ok || stars == 0 {
			return word, ok
		}
	}
	for _, leave := range [...]string{gapSigns, gapSigns + "*"} {
		kept := some[:0]
		for _, r := range all[:n] {
			if !strings.ContainsRune(leave, r) {
				kept = append(kept, r)
			}
		}
		if word, ok := g.standsFor(kept, n-len(kept)); ok {
			return word, ok
		}
	}
	return "", false
}

// standsFor gives the first word of the right length that the runes may be.
func (g *language) standsFor(runes []rune, hiding int) (string, bool) {
	if len(runes) < 3 || len(runes) >= len(g.hidden) {
		return "", false
	}
	first := runes[0]
	initials := alike(first)
	for _, word := range g.hidden[len(runes)] {
		if first != rune(word[0]) && !initials.has(word[0]) {
			continue
		}
		if stands(runes, word, hiding) {
			return word, true
		}
	}
	return "", false
}

// stands reports whether the runes may be the word: its first letter or one that looks like it, some letter of its own,
// and something that hides it.
func stands(runes []rune, word string, hiding int) bool {
	own := 0
	for i, r := range runes {
		switch letter := word[i]; {
		case r == rune(letter):
			own++
		case i > 0 && strings.ContainsRune(wildSigns, r), looks(r, letter):
			hiding++
		default:
			return false
		}
	}
	return hiding > 0 && (own > 0 || runes[0] >= utf8.RuneSelf)
}

func looks(r rune, letter byte) bool { return alike(r).has(letter) }

// replace puts one word in place of those between two bytes of the text.
func (l *Lists) replace(t *Text, from, end int, text string) {
	i := 0
	for i < len(t.words) && int(t.words[i].end) <= from {
		i++
	}
	n := i
	for n < len(t.words) && int(t.words[n].start) < end {
		n++
	}
	w := word{start: int32(from), end: int32(end), from: int32(len(t.folded)), shape: masked}
	if n > i {
		w.shape |= t.words[i].shape&(border|sentence|capitals) | t.words[n-1].shape&asked
	}
	t.folded = slices.Grow(append(t.folded, text...), padding)
	w.to = int32(len(t.folded))
	w.id = l.find(t.folded[w.from:cap(t.folded)], len(text))
	t.words = slices.Replace(t.words, i, n, w)
}

// follows reports whether the word behind the one at i is one letter with one byte between them.
func (t *Text) follows(i int) bool {
	if i+1 >= len(t.words) {
		return false
	}
	w := &t.words[i+1]
	return w.to-w.from == 1 && w.start-t.words[i].end == 1
}

// unspace looks for a word that people mask among single letters from the word at i on, and returns the last of them.
func (l *Lists) unspace(t *Text, g *language, i int) int {
	var buf [longestWord]byte
	letters, last := append(buf[:0], t.folded[t.words[i].from]), i
	for len(letters) < len(buf) && t.follows(last) {
		last++
		letters = append(letters, t.folded[t.words[last].from])
	}
	for from := range letters {
		for n := min(len(letters)-from, len(g.hidden)-1); n >= 3; n-- {
			if n < shortestIn && n < len(letters) || !slices.Contains(g.hidden[n], string(letters[from:from+n])) {
				continue
			}
			l.replace(t, int(t.words[i+from].start), int(t.words[i+from+n-1].end), string(letters[from:from+n]))
			return i + from
		}
	}
	return last
}
