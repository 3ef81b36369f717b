package lexis

import (
	"cmp"
	_ "embed" // the table of look-alikes
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Alike says what may stand for the letters of a pattern besides themselves. The zero Alike is nothing. In any case a
// look-alike stands for one letter, and a word of the text with look-alikes in it must hold a letter that is none: as a
// word wholly of Cyrillic or Greek letters may be a word of its own.
type Alike uint8

// What may look like a letter. AlikeWhole goes with AlikeLetters and lets words wholly of other scripts' letters count
// as well: аррӏе for apple, but also the Russian асе for ace.
const (
	AlikeLetters Alike = 1 << iota // Cyrillic, Greek and Armenian letters, small capitals, other Latin letters: Аcme, ᴀᴄᴍᴇ
	AlikeDigits                    // digits, and signs inside a word or $ before one: 4cme, v!rgin, $outhwest
	AlikeWhole
)

// The table is written for this package. A line has what kind of look-alike it is about, a letter, and what looks like it
// in small or in capitals, folded: script for letters of other scripts, latin for Latin letters that no alphabet of
// everyday has, digit and sign.
//
//go:embed words/alike.txt
var alikeTable string

type likeKind uint8

const (
	likeScript likeKind = iota
	likeLatin
	likeDigit
	likeSign
)

// A likeness is one look-alike of one letter.
type likeness struct {
	rune, letter rune
	kind         likeKind
}

// likenesses are the look-alikes that some pattern of an automaton allows.
type likenesses struct {
	all    []likeness    // by rune, then letter
	groups map[rune]rune // what is alike, also over others, has one of them in common
}

// newLikenesses reads the table. It is nil when nothing is allowed.
func newLikenesses(allowed Alike) *likenesses {
	if allowed&(AlikeLetters|AlikeDigits) == 0 {
		return nil
	}
	l := &likenesses{groups: map[rune]rune{}}
	for line := range strings.Lines(alikeTable) {
		fields := strings.Fields(line)
		k := likeKind(slices.Index([]string{"script", "latin", "digit", "sign"}, fields[0]))
		if need := k.needs(); allowed&need == 0 {
			continue
		}
		letter, _ := utf8.DecodeRuneInString(fields[1])
		for _, f := range fields[2:] {
			r, _ := utf8.DecodeRuneInString(f)
			l.all = append(l.all, likeness{r, letter, k})
			l.join(r, letter)
		}
	}
	slices.SortFunc(l.all, func(a, b likeness) int {
		return cmp.Or(cmp.Compare(a.rune, b.rune), cmp.Compare(a.letter, b.letter))
	})
	return l
}

// needs is what a pattern must allow for a look-alike of that kind.
func (k likeKind) needs() Alike {
	if k == likeDigit || k == likeSign {
		return AlikeDigits
	}
	return AlikeLetters
}

// join puts two runes, and all that is alike to them, into one group.
func (l *likenesses) join(a, b rune) {
	to, from := l.group(b), l.group(a)
	l.groups[a], l.groups[b] = to, to
	for r, g := range l.groups {
		if g == from {
			l.groups[r] = to
		}
	}
}

// group is the rune that stands for all that are alike to r.
func (l *likenesses) group(r rune) rune {
	if l != nil {
		if g, ok := l.groups[r]; ok {
			return g
		}
	}
	return r
}

// kind tells what kind of look-alike of the letter r is.
func (l *likenesses) kind(r, letter rune) (likeKind, bool) {
	i, ok := slices.BinarySearchFunc(l.all, likeness{rune: r, letter: letter}, func(a, b likeness) int {
		return cmp.Or(cmp.Compare(a.rune, b.rune), cmp.Compare(a.letter, b.letter))
	})
	if !ok {
		return 0, false
	}
	return l.all[i].kind, true
}

// looks are the letters that runes look like, in the order of the alphabet.
var looks = func() map[rune]string {
	out := map[rune]string{}
	for _, x := range newLikenesses(AlikeLetters | AlikeDigits).all {
		out[x.rune] += string(x.letter)
	}
	return out
}()

// LooksLike gives the Latin letters that a folded rune looks like in small or in capitals: "hn" for the Greek η, whose
// capital is an H, "il" for 1. It is empty for a rune that looks like none, or is a letter of everyday itself.
func LooksLike(r rune) string { return looks[r] }

// compare reports whether text[start:end], which may be p but for look-alikes, is p, and whether that takes any.
func (a *Automaton) compare(p *pattern, text string, start, end int) (alike, ok bool) {
	want := a.texts[p.text:p.textEnd]
	if same(text[start:end], want) {
		return false, true
	}
	var runes [maxPattern]rune
	n := 0
	for walk := (Folding{StripAccents: a.strip}).Folder(text[start:end]); n < len(runes); n++ {
		r, _, _, more := walk.Next()
		if !more {
			break
		}
		runes[n] = r
	}
	var w alikeWord
	here := runes[:n]
	for i, r := range here {
		letter, size := utf8.DecodeRuneInString(want)
		want = want[size:]
		switch k, like := a.alikes.kind(r, letter); {
		case r == letter && kindOf(r) != word:
			if !w.counts(p.alike) {
				return false, false
			}
			alike, w = alike || w.used, alikeWord{}
		case r == letter:
			w.own = w.own || unicode.IsLetter(r)
		case !like, p.alike&k.needs() == 0, k == likeSign && !signStands(here, i, text, start):
			return false, false
		default:
			w.used, w.own, w.script = true, w.own || k == likeLatin, w.script || k == likeScript
		}
	}
	return alike || w.used, w.counts(p.alike)
}

// same reports whether text is the folded text want, as far as that is seen at once: both are ASCII.
func same(text, want string) bool {
	if len(text) != len(want) {
		return false
	}
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || ascii[c] != want[i] {
			return false
		}
	}
	return true
}

// signStands reports whether the sign runes[i] may stand for a letter: between two letters or digits, and $ also at the
// beginning of a word.
func signStands(runes []rune, i int, text string, start int) bool {
	if i+1 == len(runes) || kindOf(runes[i+1]) != word {
		return false
	}
	if i > 0 && kindOf(runes[i-1]) == word {
		return true
	}
	return runes[i] == '$' && (i > 0 || kindBefore(text, start) != word)
}

// An alikeWord is what is known of one word of a match.
type alikeWord struct {
	used   bool // a look-alike
	own    bool // a letter of the pattern itself, or a Latin one
	script bool // a letter of another script
}

func (w alikeWord) counts(allowed Alike) bool {
	return !w.used || w.own || w.script && allowed&AlikeWhole != 0
}
