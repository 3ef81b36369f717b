package mention

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// plurals appends the names in text that have a plural's s behind them, or es where they end with a hiss: Acmes,
// Netflixes. The last word of a name has three letters at least; what is an everyday word is no plural of a name, unless
// it is written like one.
func (m *Matcher) plurals(dst []Hit, text string) []Hit {
	const (
		ones = 0x0101_0101_0101_0101
		low  = 0x7F * ones
		high = 0x80 * ones
	)
	b, i := []byte(text), 0
	var wide, before uint64       // what is beyond ASCII of these eight bytes, and of those before
	for ; i+8 <= len(b); i += 8 { // eight bytes at a time, their upper bits saying what they are
		w := binary.LittleEndian.Uint64(b[i:]) | 0x20*ones
		x := w ^ 's'*ones
		letter := (w&low + (0x80-'a')*ones) &^ (w&low + (0x7F-'z')*ones) &^ w & high
		s := ^(x&low + low | x | low) &^ (letter >> 8)
		wide, before = w&high, wide
		for ; s != 0; s &= s - 1 {
			dst = m.pluralAt(dst, text, i+bits.TrailingZeros64(s)/8, wide|before != 0)
		}
	}
	for ; i < len(b); i++ {
		if b[i]|0x20 == 's' {
			dst = m.pluralAt(dst, text, i, true)
		}
	}
	return dst
}

// pluralAt looks for names before the s at text[end] where they may be; wide is whether some of the letters before it may
// be beyond ASCII.
func (m *Matcher) pluralAt(dst []Hit, text string, end int, wide bool) []Hit {
	if m.mayEnd(text, end) {
		dst = m.plural(dst, text, end)
	}
	if !wide {
		return dst
	}
	for i := end - 1; i >= max(0, end-5); i-- {
		switch {
		case text[i] >= utf8.RuneSelf:
			return m.widePlural(dst, text, end)
		case plainLetters[text[i]] == 0:
			return dst
		}
	}
	return dst
}

// widePlural is plural where not all of the last letters are ASCII.
func (m *Matcher) widePlural(dst []Hit, text string, end int) []Hit {
	start := end
	for start > 0 && end-start < maxHost {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if !isLetter(r) && !unicode.Is(unicode.Cf, r) {
			break
		}
		start -= size
	}
	if start == end || sigilBefore(text, start) == '@' || !lexis.Border(text, end+1) {
		return dst
	}
	var l letters
	if !l.fold(m.folding.Folder(text[start:end]), isLetter) || l.n < 3 {
		return dst
	}
	mask{whole: true}.off(l.runes[:l.n])
	l.set(l.runes[:l.n])
	if !hisses(string(l.runes[l.n-2:l.n])) && m.ends.has(l.key(0, l.n, beginning)) {
		dst = m.pluralOf(dst, text, end, end+1)
	}
	if text[end-1]|0x20 == 'e' && hisses(string(l.runes[l.n-3:l.n-1])) && m.ends.has(l.key(0, l.n-1, beginning)) {
		dst = m.pluralOf(dst, text, end-1, end+1)
	}
	return dst
}

// mayEnd reports whether the letters before the s at text[end], or before its es, are the last of a name.
func (m *Matcher) mayEnd(text string, end int) bool {
	return end >= 3 && (m.lasts.has(lastRun(text, end)) || text[end-1]|0x20 == 'e' && end > 3 && m.lasts.has(lastRun(text, end-1)))
}

// plural looks for names before the s at text[end].
func (m *Matcher) plural(dst []Hit, text string, end int) []Hit {
	if end+1 < len(text) && plainLetters[text[end+1]] != 0 {
		return dst
	}
	start := wordStart(text, end)
	if end-start < 3 || sigilBefore(text, start) == '@' || !lexis.Border(text, end+1) {
		return dst
	}
	if !hisses(text[start:end]) && m.mayEndWith(text, start, end) {
		dst = m.pluralOf(dst, text, end, end+1)
	}
	if text[end-1]|0x20 == 'e' && hisses(text[start:end-1]) && m.mayEndWith(text, start, end-1) {
		dst = m.pluralOf(dst, text, end-1, end+1)
	}
	return dst
}

// wordStart is where the ASCII letters and digits before text[i] begin.
func wordStart(text string, i int) int {
	for i > 0 && plainLetters[text[i-1]] != 0 {
		i--
	}
	return i
}

// mayEndWith reports whether a name may have the word text[start:end] for its last: alone, or behind the word before.
func (m *Matcher) mayEndWith(text string, start, end int) bool {
	last := sumOf(0, text[start:end])
	if m.ends.has(finish(last, whole)) {
		return true
	}
	if !m.ends.has(finish(last, middle)) {
		return false
	}
	gap := start
	for gap > 0 && start-gap < 3 && plainLetters[text[gap-1]] == 0 {
		gap--
	}
	return m.ends.has(finish(sumOf(sumOf(0, text[wordStart(text, gap):gap]), text[start:end]), ending))
}

// hisses reports whether a word's plural is made with es.
func hisses(word string) bool {
	n := len(word)
	if n < 2 {
		return false
	}
	switch word[n-1] | 0x20 {
	case 's', 'x', 'z':
		return true
	case 'h':
		c := word[n-2] | 0x20
		return c == 's' || c == 'c'
	}
	return false
}

// pluralOf appends the names that end at text[end], where the plural ends at text[after].
func (m *Matcher) pluralOf(dst []Hit, text string, end, after int) []Hit {
	from := max(0, end-m.longest)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	m.names.Each(text[from:end], func(x lexis.Match) bool {
		f := &m.forms[x.ID]
		start := from + x.Start
		if from+x.End != end || !f.isName() || f.sigil || f.host || end-start < 3 || !lexis.Border(text, start) {
			return true
		}
		if named(text, start, after) || !everyday(text[start:after]) {
			h := m.hitOf(f, text, start, after, x.Alike)
			if !x.Alike {
				h.Spelling = Folded
			}
			dst = append(dst, h)
		}
		return true
	})
	return dst
}

// everyday reports whether a text is one everyday word.
func everyday(text string) bool {
	scan := lexis.Words(text)
	return scan.Next() && scan.End == len(text) && len(scan.Folded()) <= 32 && lexis.Common(string(scan.Folded()))
}

// koreanParticles are what follows a Korean name in the same word, alone or two together.
var koreanParticles = strings.Fields(`은 는 이 가 을 를 의 에 와 과 도 로 으로 만 랑 이랑 나 이나 께 야 아 여 이여 든 란 이란 라 이라
	에서 에게 한테 하고 까지 부터 보다 처럼 마다 밖에 조차 마저 뿐 께서 라고 이라고 라는 이라는 입니다 이다 인데 이네 네 요 이요
	에는 에도 에만 에서는 에서도 에서의 에게는 에게서 한테는 으로는 로는 으로도 로도 까지도 부터는 만의 만은 만이 와는 과는 와의 과의
	하고는 보다는 보다도 처럼은 이나마`)

// takesParticles reports whether a spelling ends with a Korean letter.
func takesParticles(folded string) bool {
	at := strings.LastIndexFunc(folded, unicode.IsLetter)
	return at >= 0 && sigil(folded) == 0 && unicode.Is(unicode.Hangul, []rune(folded[at:])[0])
}

// isParticle reports whether a text goes on with a Korean particle and then with no other Korean letter.
func isParticle(rest string) bool {
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.Is(unicode.Hangul, r) })
	if end < 0 {
		end = len(rest)
	}
	for _, p := range koreanParticles {
		if rest[:end] == p {
			return true
		}
	}
	return false
}
