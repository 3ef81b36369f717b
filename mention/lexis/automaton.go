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
	ID   int    // given back with each match; several patterns may have the same
	Text string // folded before use; white space at its ends does not count
	Stem bool   // match any word that begins so, and not the whole word only
}

// An Automaton finds many patterns in one walk over a text. It is immutable and safe for concurrent use. The zero
// Automaton finds nothing.
type Automaton struct {
	strip bool
	pats  []pattern // in the order of Compile

	// Runes that occur in patterns have a class from 1; class 0 is all others.
	ascii   [utf8.RuneSelf]uint16
	pages   []uint16      // by rune>>8: 1 + index into blocks, 0 for none
	blocks  [][256]uint16 // classes
	classes int

	// States are numbered from 0, the root. A small automaton has a row of next states for each in dense; a large one
	// has the root's row in dense and, for the others, the edges[first[s]:first[s+1]] by class, and the state to fall
	// back to when there is none.
	dense []uint32
	small bool
	first []uint32
	edges []edge
	fail  []uint32

	outs []uint32 // pattern numbers, by state
	out  []uint32 // outs[out[s]:out[s+1]] end in s
	link []uint32 // the longest proper suffix state that has outs, or 0
	hits []bool   // whether s or any state on its chain of links has outs
}

type pattern struct {
	id    int
	runes int  // folded length
	stem  bool // no border is needed at the end
	sigil bool // begins with @ or #, which a word before makes part of something else
}

type edge struct {
	class uint16
	to    uint32
}

const (
	maxPattern = 250     // folded runes; a walk remembers where so many began
	maxDense   = 1 << 21 // cells of dense, 8 MB
	maxClasses = 1<<16 - 1
)

// Compile makes an automaton of the patterns. The error is spec.Problems with paths like "[3]": a pattern that is empty
// once folded, one that folds to more than 250 characters, or more than 65,535 different characters in all.
func Compile(patterns []Pattern, f Folding) (*Automaton, error) {
	var problems spec.Problems
	a := &Automaton{strip: f.StripAccents, pats: make([]pattern, len(patterns))}
	words := make([]entry, 0, len(patterns))
	for i, p := range patterns {
		runes := []rune(strings.TrimSpace(f.Fold(p.Text)))
		switch {
		case len(runes) == 0:
			problems.Add(spec.Index("", i), "%q has no visible character to look for", p.Text)
			continue
		case len(runes) > maxPattern:
			problems.Add(spec.Index("", i), "the pattern is %d characters long, at most %d can be looked for",
				len(runes), maxPattern)
			continue
		}
		a.pats[i] = pattern{id: p.ID, runes: len(runes), stem: p.Stem, sigil: runes[0] == '@' || runes[0] == '#'}
		classes := a.classify(runes)
		if classes == nil {
			problems.Add(spec.Index("", i), "the patterns have more than %d different characters", maxClasses)
			break
		}
		words = append(words, entry{classes, uint32(i)})
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(words, func(a, b entry) int {
		return cmp.Or(slices.Compare(a.classes, b.classes), cmp.Compare(a.pattern, b.pattern))
	})
	a.build(words)
	return a, nil
}

// An entry is a pattern as classes.
type entry struct {
	classes []uint16
	pattern uint32
}

// classify gives each rune its class, making new ones as needed. It is nil when there are too many.
func (a *Automaton) classify(runes []rune) []uint16 {
	if a.pages == nil {
		a.pages = make([]uint16, 0x110000>>8)
	}
	out := make([]uint16, len(runes))
	for i, r := range runes {
		if a.pages[r>>8] == 0 {
			a.blocks = append(a.blocks, [256]uint16{})
			a.pages[r>>8] = uint16(len(a.blocks))
		}
		c := &a.blocks[a.pages[r>>8]-1][r&0xFF]
		if *c == 0 {
			if a.classes == maxClasses {
				return nil
			}
			a.classes++
			*c = uint16(a.classes)
			if r < utf8.RuneSelf {
				a.ascii[r] = *c
			}
		}
		out[i] = *c
	}
	return out
}

// class gives the class of a folded rune.
func (a *Automaton) class(r rune) uint16 {
	if r < utf8.RuneSelf {
		return a.ascii[r]
	}
	if page := a.pages[r>>8]; page != 0 {
		return a.blocks[page-1][r&0xFF]
	}
	return 0
}

// build makes the trie of the sorted words, then the fall-back states level by level.
func (a *Automaton) build(words []entry) {
	parent, level := a.trie(words)
	states := len(level)
	a.link = make([]uint32, states)
	a.hits = make([]bool, states)
	a.fail = make([]uint32, states)
	order := byLevel(level)
	width := uint32(a.classes + 1)
	a.small = states*int(width) <= maxDense
	rows := 1
	if a.small {
		rows = states
	}
	a.dense = make([]uint32, rows*int(width))
	for _, e := range a.edges[a.first[0]:a.first[1]] {
		a.dense[e.class] = e.to
	}
	for _, s := range order[1:] {
		up := parent[s]
		if up.state != 0 {
			a.fail[s] = a.step(a.fail[up.state], up.class)
		}
		f := a.fail[s]
		a.link[s] = a.link[f]
		if a.out[f] < a.out[f+1] {
			a.link[s] = f
		}
		a.hits[s] = a.out[s] < a.out[s+1] || a.link[s] != 0
		if a.small {
			copy(a.dense[s*width:(s+1)*width], a.dense[f*width:(f+1)*width])
			for _, e := range a.edges[a.first[s]:a.first[s+1]] {
				a.dense[s*width+uint32(e.class)] = e.to
			}
		}
	}
	if a.small {
		a.first, a.edges, a.fail = nil, nil, nil
	}
}

// step gives the state after s on class c.
func (a *Automaton) step(s uint32, c uint16) uint32 {
	if a.small {
		return a.dense[s*uint32(a.classes+1)+uint32(c)]
	}
	for s != 0 {
		for _, e := range a.edges[a.first[s]:a.first[s+1]] {
			if e.class == c {
				return e.to
			}
		}
		s = a.fail[s]
	}
	return a.dense[c]
}

type origin struct {
	state uint32
	class uint16
}

// trie numbers the states depth first, in the order of the sorted words, and sets first, edges, out and outs.
func (a *Automaton) trie(words []entry) (parent []origin, level []uint8) {
	parent, level = []origin{{}}, []uint8{0}
	path := []uint32{0} // the states of the word before
	var before []uint16
	ends := make([]uint32, len(words))
	for i, w := range words {
		common := 0
		for common < len(before) && common < len(w.classes) && before[common] == w.classes[common] {
			common++
		}
		path = path[:common+1]
		for _, c := range w.classes[common:] {
			s := uint32(len(level))
			parent = append(parent, origin{path[len(path)-1], c})
			level = append(level, uint8(len(path)))
			path = append(path, s)
		}
		ends[i], before = path[len(path)-1], w.classes
	}
	a.first = make([]uint32, len(level)+1)
	for _, p := range parent[1:] {
		a.first[p.state+1]++
	}
	a.out = make([]uint32, len(level)+1)
	for _, s := range ends {
		a.out[s+1]++
	}
	for s := range level {
		a.first[s+1] += a.first[s]
		a.out[s+1] += a.out[s]
	}
	a.edges = make([]edge, len(level)-1)
	a.outs = make([]uint32, len(words))
	nextEdge, nextOut := slices.Clone(a.first), slices.Clone(a.out)
	for s, p := range parent[1:] {
		a.edges[nextEdge[p.state]] = edge{p.class, uint32(s + 1)}
		nextEdge[p.state]++
	}
	for i, s := range ends {
		a.outs[nextOut[s]] = words[i].pattern
		nextOut[s]++
	}
	return parent, level
}

// byLevel orders the states from the root outwards.
func byLevel(level []uint8) []uint32 {
	var count [maxPattern + 2]int
	for _, l := range level {
		count[l+1]++
	}
	for i := range count[1:] {
		count[i+1] += count[i]
	}
	order := make([]uint32, len(level))
	for s, l := range level {
		order[count[l]] = uint32(s)
		count[l]++
	}
	return order
}
