package mention

import (
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// A likeness says which letter to take for one that looks like two, as η does like h and n.
type likeness uint8

const (
	firstLike likeness = iota
	lastLike
)

// A mask says what is taken for the letters that it looks like.
type mask struct {
	like   likeness
	whole  bool // also in a word that has no Latin letter; such a word is its own, else
	digits bool // digits, too
}

// on reports whether off would take anything.
func (m mask) on(word []rune) bool {
	latin, masked := m.whole, false
	for _, r := range word {
		if r < utf8.RuneSelf {
			latin = latin || r > '9'
			masked = masked || m.digits && r <= '9'
			continue
		}
		latin = latin || unicode.Is(unicode.Latin, r)
		masked = masked || lexis.LooksLike(r) != ""
	}
	return latin && masked
}

// off takes what looks like Latin letters for those, and reports whether there was anything to take.
func (m mask) off(word []rune) bool {
	if !m.on(word) {
		return false
	}
	for i, r := range word {
		if r < utf8.RuneSelf && !m.digits {
			continue
		}
		switch like := lexis.LooksLike(r); {
		case like == "":
		case m.like == firstLike:
			word[i], _ = utf8.DecodeRuneInString(like)
		default:
			word[i], _ = utf8.DecodeLastRuneInString(like)
		}
	}
	return true
}

// wholeLike is how many letters a spelling has at least for which words wholly of another script's letters may stand: no
// words of that script are so long and made only of letters that look like Latin ones, and make a name.
const wholeLike = 8

// likes says what may stand for the letters of a form.
func (f *form) likes(digits bool) (a lexis.Alike) {
	if f.use == isNear {
		return 0
	}
	a = lexis.AlikeLetters
	if f.host || countLetters(f.spelled) >= wholeLike {
		a |= lexis.AlikeWhole
	}
	if digits && !f.host {
		a |= lexis.AlikeDigits
	}
	return a
}

func countLetters(s string) (n int) {
	for _, r := range s {
		if isLetter(r) {
			n++
		}
	}
	return n
}
