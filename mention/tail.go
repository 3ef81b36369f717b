package mention

import (
	"strings"
	"unicode"

	"github.com/reputekit/reputation/mention/lexis"
)

// plurals appends the names in text that have a plural's s behind them, or es where they end with a hiss: Acmes,
// Netflixes. A name has three letters at least; what is an everyday word is no plural of a name, unless it is written
// like one.
func (m *Matcher) plurals(dst []Hit, text string) []Hit {
	for _, s := range [...]byte{'s', 'S'} {
		for i := 0; ; i++ {
			n := strings.IndexByte(text[i:], s)
			if n < 0 {
				break
			}
			i += n
			if i >= 3 && plainLetters[text[i-1]] != 0 && (i+1 == len(text) || plainLetters[text[i+1]] == 0) {
				dst = m.plural(dst, text, i)
			}
		}
	}
	return dst
}

// plural looks for names before the s at text[end], which ends a word.
func (m *Matcher) plural(dst []Hit, text string, end int) []Hit {
	start, hash := end, uint64(0)
	for start > 0 && plainLetters[text[start-1]] != 0 {
		start--
	}
	if sigilBefore(text, start) == '@' || !lexis.Border(text, end+1) {
		return dst
	}
	beforeLast := hash
	for i := start; i < end; i++ {
		beforeLast = hash
		hash = hash*base + uint64(plainLetters[text[i]]) + 1
	}
	if hiss := hisses(text[start:end]); !hiss && m.ends.has(finish(hash, ending)) {
		dst = m.pluralOf(dst, text, end, end+1)
	}
	if text[end-1]|0x20 == 'e' && hisses(text[start:end-1]) && m.ends.has(finish(beforeLast, ending)) {
		dst = m.pluralOf(dst, text, end-1, end+1)
	}
	return dst
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
	from := end
	for n := 0; from > 0 && n < maxSpelling; n++ {
		from--
		for from > 0 && text[from]&0xC0 == 0x80 {
			from--
		}
	}
	m.names.Each(text[from:end], func(x lexis.Match) bool {
		f := &m.forms[x.ID]
		start := from + x.Start
		if from+x.End != end || !f.isName() || f.sigil || end-start < 3 || !lexis.Border(text, start) {
			return true
		}
		if named(text, start, after) || !everyday(text[start:after]) {
			h := m.hitOf(f, text, start, after)
			h.Spelling = Folded
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
