package lexis

import "unicode/utf8"

// A Match is a place where a pattern stands: text[Start:End], which folds to what the pattern folds to. It begins and
// ends at the borders of runes.
type Match struct {
	ID         int // of the pattern
	Start, End int // in bytes
}

// Append appends all matches in text to dst, also those that overlap, by End and then the longest first. It allocates
// nothing but what dst needs to grow.
func (a *Automaton) Append(dst []Match, text string) []Match {
	a.Each(text, func(m Match) bool {
		dst = append(dst, m)
		return true
	})
	return dst
}

// Each calls yield with every match in the order of Append until it returns false. It allocates nothing.
func (a *Automaton) Each(text string, yield func(Match) bool) {
	if len(a.pats) == 0 {
		return
	}
	// starts remembers where the last folded runes began, as the low 32 bits of their offsets: enough to tell the
	// length of a match, and half the memory.
	var starts [256]uint32
	k := -1 // the number of the folded rune in hand
	state := uint32(0)
	f := Folding{StripAccents: a.strip}.Folder(text)
	for {
		if f.pos < len(text) && f.i == f.n {
			// The common case, a plain letter beside another, without a call.
			if c := text[f.pos]; c < utf8.RuneSelf && !whiteASCII(c) &&
				(f.pos+1 == len(text) || text[f.pos+1] < utf8.RuneSelf) {
				k++
				starts[k&255] = uint32(f.pos)
				f.start = f.pos
				f.pos++
				f.end = f.pos
				state = a.step(state, a.ascii[ascii[c]])
				if a.hits[state] && !a.report(text, &f, &starts, k, state, yield) {
					return
				}
				continue
			}
		}
		r, start, _, ok := f.Next()
		if !ok {
			return
		}
		k++
		starts[k&255] = uint32(start)
		state = a.step(state, a.class(r))
		if a.hits[state] && f.i == f.n && !a.report(text, &f, &starts, k, state, yield) {
			return
		}
	}
}

// report yields what ends at the folded rune k, the last of the unit that f has in hand.
func (a *Automaton) report(text string, f *Folder, starts *[256]uint32, k int, state uint32, yield func(Match) bool) bool {
	end := f.end
	for s := state; s != 0; s = a.link[s] {
		for _, n := range a.outs[a.out[s]:a.out[s+1]] {
			p := &a.pats[n]
			first := k - p.runes + 1
			low := starts[first&255]
			if first > 0 && starts[(first-1)&255] == low {
				continue // it would begin inside a rune that folds to several
			}
			start := end - int(uint32(end)-low)
			if !p.stem && !Border(text, end) {
				continue
			}
			if !Border(text, start) || p.sigil && kindBefore(text, start) == word {
				continue
			}
			if !yield(Match{ID: p.id, Start: start, End: end}) {
				return false
			}
		}
	}
	return true
}
