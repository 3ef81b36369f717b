package mention

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// typos finds misspelled names. Every name is filed under itself and under all that is left of it when up to its
// number of edits of letters are taken out; a text's words, alone and joined, are looked up the same way. Two words
// within k edits of each other always have such a rest in common, so nothing is missed; what is found so is measured.
type typos struct {
	names   []typo
	slots   []slot // open addressing; the number of slots is a power of two
	lists   []int32
	most    [maxTypo + 3]uint8 // by letters of a text's words: the edits of names about as long, 0 for none
	longest int                // letters, with the edits added
	words   int                // words that may be joined
}

// A typo is one spelling that may be misspelled.
type typo struct {
	letters string // joined and folded
	runes   []rune
	digits  string // the digits in it, which must be right
	subject int
	edits   int
	words   int
	sigil   byte
}

type slot struct {
	hash  uint64
	first int32 // into lists, from 1; 0 for an empty slot
	n     int32
}

// maxTypo is the longest spelling that is looked for misspelled, in letters.
const maxTypo = 48

func newTypo(spelling string, subject, edits int) typo {
	s := joined(spelling)
	return typo{letters: s, runes: []rune(s), digits: digitsOf(s), subject: subject, edits: edits,
		words: max(1, len(strings.FieldsFunc(spelling, between))), sigil: sigil(strings.TrimSpace(spelling))}
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func newTypos(names []typo) *typos {
	names = slices.DeleteFunc(names, func(t typo) bool { return len(t.runes) > maxTypo })
	if len(names) == 0 {
		return nil
	}
	t := &typos{names: names}
	type filed struct {
		hash uint64
		name int32
	}
	var all []filed
	for i, n := range names {
		var h hasher
		h.set(n.runes)
		h.rests(n.edits, func(x uint64) bool {
			all = append(all, filed{x, int32(i)})
			return true
		})
		for l := max(0, len(n.runes)-n.edits); l <= len(n.runes)+n.edits; l++ {
			t.most[l] = max(t.most[l], uint8(n.edits))
		}
		t.longest = max(t.longest, len(n.runes)+n.edits)
		t.words = max(t.words, n.words+1)
	}
	slices.SortFunc(all, func(a, b filed) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.name, b.name)) })
	all = slices.Compact(all)
	size := 4
	for size < 2*len(all) {
		size *= 2
	}
	t.slots = make([]slot, size)
	t.lists = make([]int32, 0, len(all))
	for i := 0; i < len(all); {
		s := slot{hash: all[i].hash, first: int32(len(t.lists) + 1)}
		for ; i < len(all) && all[i].hash == s.hash; i++ {
			t.lists = append(t.lists, all[i].name)
			s.n++
		}
		at := s.hash & uint64(size-1)
		for t.slots[at].first != 0 {
			at = (at + 1) & uint64(size-1)
		}
		t.slots[at] = s
	}
	return t
}

// find gives the names filed under a hash.
func (t *typos) find(hash uint64) []int32 {
	mask := uint64(len(t.slots) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		switch s := &t.slots[at]; {
		case s.first == 0:
			return nil
		case s.hash == hash:
			return t.lists[s.first-1 : s.first-1+s.n]
		}
	}
}

// nearest gives the name that the first n runes of the window are the least edits away from, the first of equals; -1
// for none.
func (t *typos) nearest(w *window, n int, before byte) (name, distance int) {
	edits := 0
	if n < len(t.most) {
		edits = int(t.most[n])
	}
	if edits == 0 {
		return -1, 0
	}
	name, distance = -1, edits+1
	h, word := &w.hasher, w.runes[:n]
	h.set(word)
	last := int32(-1)
	h.rests(edits, func(x uint64) bool {
		for _, i := range t.find(x) {
			if i == last {
				continue
			}
			last = i
			n := &t.names[i]
			if n.sigil != 0 && n.sigil != before {
				continue
			}
			d := osa(n.runes, word, n.edits)
			if d <= n.edits && (d < distance || d == distance && int(i) < name) && sameDigits(n.digits, word) {
				name, distance = int(i), d
			}
		}
		return distance > 0
	})
	return name, distance
}

// sameDigits reports whether a word has the digits of a name that has any: an "iPhone 14" is no misspelled "iPhone 15".
func sameDigits(digits string, word []rune) bool {
	if digits == "" {
		return true
	}
	for _, r := range word {
		if !unicode.IsDigit(r) {
			continue
		}
		d, size := utf8.DecodeRuneInString(digits)
		if size == 0 || r != d {
			return false
		}
		digits = digits[size:]
	}
	return digits == ""
}
