package lexis

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/spec"
)

// A Pattern is a word or a phrase to look for.
type Pattern struct {
	ID    int    // given back with each match; several patterns may have the same
	Text  string // folded before use; white space at its ends does not count
	Stem  bool   // match any word that begins so, and not the whole word only
	Alike Alike  // what else may stand for its letters
}

// An Automaton finds many patterns in one walk over a text. It is immutable and safe for concurrent use. The zero
// Automaton finds nothing.
type Automaton struct {
	strip bool
	pats  []pattern // sorted like the states of the trie in which they end

	// Runes that occur in patterns have a class from 1; class 0 is all others.
	bytes   [256]uint16   // of ASCII characters as they are written
	pages   []uint16      // by folded rune>>8: 1 + index into blocks, 0 for none
	blocks  [][256]uint16 // classes
	classes int
	slab    []uint16 // room for patterns as classes, while they are compiled

	// Where patterns allow look-alikes, all that are alike have one class, and a match is compared with its pattern.
	alikes *likenesses
	texts  string // folded, in a row

	trie
	gate
}

type pattern struct {
	id            int
	text, textEnd uint32 // texts[text:textEnd]
	runes         uint8  // folded length
	stem          bool   // no border is needed at the end
	sigil         bool   // begins with @ or #, which a word before makes part of something else
	alike         Alike
}

const (
	maxPattern = 250 // folded runes; a walk remembers where so many began
	maxClasses = 1<<16 - 1
	frequent   = "abcdefghijklmnopqrstuvwxyz0123456789 '-@#.&" // have the first classes, which are found most quickly
)

// Compile makes an automaton of the patterns. The error is spec.Problems with paths like "[3]": a pattern that is empty
// once folded, one that folds to more than 250 characters, or more than 65,535 different characters in all.
func Compile(patterns []Pattern, f Folding) (*Automaton, error) {
	var problems spec.Problems
	a := &Automaton{strip: f.StripAccents, pats: make([]pattern, len(patterns))}
	allowed := Alike(0)
	for _, p := range patterns {
		allowed |= p.Alike
	}
	a.alikes, a.gate.disguises = newLikenesses(allowed), allowed&AlikeDigits != 0
	a.classify([]rune(frequent))
	words := make([]entry, 0, len(patterns))
	a.gate.names = make([]uint64, 0, 2*len(patterns))
	var runes []rune
	var texts strings.Builder
	for i, p := range patterns {
		runes = f.appendTrimmed(runes[:0], p.Text)
		switch {
		case len(runes) == 0:
			problems.Add(spec.Index("", i), "%q has no visible character to look for", p.Text)
			continue
		case len(runes) > maxPattern:
			problems.Add(spec.Index("", i), "the pattern is %d characters long, at most %d can be looked for",
				len(runes), maxPattern)
			continue
		}
		classes := a.classify(runes)
		if classes == nil {
			problems.Add(spec.Index("", i), "the patterns have more than %d different characters", maxClasses)
			break
		}
		words = append(words, newEntry(classes, i))
		a.gate.add(runes, p.Stem)
		from := texts.Len()
		if a.alikes != nil {
			texts.WriteString(string(runes))
		}
		a.pats[i] = pattern{id: p.ID, runes: uint8(len(runes)), stem: p.Stem, sigil: runes[0] == '@' || runes[0] == '#',
			alike: p.Alike, text: uint32(from), textEnd: uint32(texts.Len())}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	a.texts, a.slab = texts.String(), nil
	a.classifyText()
	slices.SortFunc(words, func(a, b entry) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return cmp.Or(slices.Compare(a.classes, b.classes), cmp.Compare(a.pattern, b.pattern))
	})
	a.arrange(words)
	a.trie.build(words, a.solid())
	a.gate.close()
	return a, nil
}

// arrange puts the patterns, and their texts, into the order of the sorted words.
func (a *Automaton) arrange(words []entry) {
	sorted := make([]pattern, len(words))
	var texts strings.Builder
	texts.Grow(len(a.texts))
	for i, w := range words {
		p := a.pats[w.pattern]
		from := texts.Len()
		texts.WriteString(a.texts[p.text:p.textEnd])
		p.text, p.textEnd = uint32(from), uint32(texts.Len())
		sorted[i] = p
	}
	a.pats, a.texts = sorted, texts.String()
}

// appendTrimmed appends the folded runes of text without the white space at its ends.
func (f Folding) appendTrimmed(dst []rune, text string) []rune {
	walk := f.Folder(strings.TrimSpace(text))
	for {
		r, _, _, ok := walk.Next()
		switch {
		case ok && (r != ' ' || len(dst) > 0):
			dst = append(dst, r)
		case !ok:
			for len(dst) > 0 && dst[len(dst)-1] == ' ' {
				dst = dst[:len(dst)-1]
			}
			return dst
		}
	}
}

// An entry is a pattern as classes.
type entry struct {
	key     uint64 // the first four classes, by which most are told apart
	classes []uint16
	pattern uint32
}

func newEntry(classes []uint16, pattern int) entry {
	key := uint64(0)
	for i := range 4 {
		key <<= 16
		if i < len(classes) {
			key |= uint64(classes[i])
		}
	}
	return entry{key, classes, uint32(pattern)}
}

// classify gives each rune of a pattern its class, making new ones as needed. It is nil when there are too many.
func (a *Automaton) classify(runes []rune) []uint16 {
	if a.pages == nil {
		a.pages = make([]uint16, 0x110000>>8)
	}
	if len(a.slab) < len(runes) {
		a.slab = make([]uint16, 1<<14)
	}
	out := a.slab[:len(runes):len(runes)]
	a.slab = a.slab[len(runes):]
	for i, r := range runes {
		c := a.place(a.alikes.group(r))
		if *c == 0 {
			if a.classes == maxClasses {
				return nil
			}
			a.classes++
			*c = uint16(a.classes)
		}
		out[i] = *c
	}
	return out
}

// place is where the class of a folded rune is noted.
func (a *Automaton) place(r rune) *uint16 {
	if a.pages[r>>8] == 0 {
		a.blocks = append(a.blocks, [256]uint16{})
		a.pages[r>>8] = uint16(len(a.blocks))
	}
	return &a.blocks[a.pages[r>>8]-1][r&0xFF]
}

// classifyText gives what may stand in a text for runes of the patterns the same class.
func (a *Automaton) classifyText() {
	if a.alikes != nil {
		for _, l := range a.alikes.all {
			if class := a.class(a.alikes.group(l.letter)); class != 0 {
				*a.place(l.rune), *a.place(l.letter) = class, class
			}
		}
	}
	for c := range utf8.RuneSelf {
		r := rune(ascii[c])
		if whiteASCII(byte(c)) {
			r = ' '
		}
		a.bytes[c] = a.class(r)
	}
}

// class gives the class of a folded rune.
func (a *Automaton) class(r rune) uint16 {
	if len(a.pages) == 0 {
		return 0
	}
	if page := a.pages[r>>8]; page != 0 {
		return a.blocks[page-1][r&0xFF]
	}
	return 0
}

// solid says of each class whether all its runes are letters, digits or marks of scripts that put spaces between words:
// between two such no word begins.
func (a *Automaton) solid() []bool {
	out := make([]bool, a.classes+1)
	for i := range out {
		out[i] = true
	}
	for page, n := range a.pages {
		if n == 0 {
			continue
		}
		for low, class := range a.blocks[n-1] {
			if class != 0 && kindOf(rune(page<<8+low)) != word {
				out[class] = false
			}
		}
	}
	return out
}
