package lexis

import (
	"cmp"
	"math/bits"
	"slices"
)

// A trie holds the patterns as paths from the root, state 0, and for each state the one to fall back to when the text
// goes on differently (Aho and Corasick 1975). A state falls back only to what may begin a match: inside a word nothing
// does, so most states fall back to the root.
//
// States are numbered depth first, so that the first child of a state is the next one, and long words lie in a row.
type trie struct {
	root  []uint32 // the states of one rune, by its class
	nodes []node   // by state
	more  []uint32 // the children but the first, of states that have such
	rare  []edge   // the children by classes from 64 on
	sides []side
}

type node struct {
	low  uint64 // a bit for each class below 64 that leads to a child
	more uint32 // of these children, those after the first are more[more:]; then follow the bounds of the rest in rare
	side uint32 // index into sides, 0 for none; with hasRare and hasOut
}

const (
	hasRare = 1 << 31
	hasOut  = 1 << 30 // patterns end here, be it after falling back
)

type edge struct {
	class uint16
	to    uint32
}

// A side is what only few states have.
type side struct {
	fail     uint32 // the state to fall back to
	link     uint32 // the longest state to fall back to that patterns end in, or 0
	out, end uint32 // pats[out:end] end here
}

// step gives the state after s on class c.
func (t *trie) step(s uint32, c uint16) uint32 {
	for s != 0 {
		if to := t.child(s, c); to != 0 {
			return to
		}
		s = t.side(s).fail
	}
	return t.root[c]
}

// child gives the state one edge down, or 0.
func (t *trie) child(s uint32, c uint16) uint32 {
	n := &t.nodes[s]
	if c >= 64 {
		return t.rareChild(n, c)
	}
	if n.low>>c&1 == 0 {
		return 0
	}
	if before := n.low << (63 - c) << 1; before != 0 {
		return t.more[n.more+uint32(bits.OnesCount64(before))-1]
	}
	return s + 1
}

func (t *trie) rareChild(n *node, c uint16) uint32 {
	if n.side&hasRare == 0 {
		return 0
	}
	bounds := t.more[n.more+uint32(max(bits.OnesCount64(n.low), 1))-1:]
	edges := t.rare[bounds[0]:bounds[1]]
	i, ok := slices.BinarySearchFunc(edges, c, func(e edge, c uint16) int { return cmp.Compare(e.class, c) })
	if !ok {
		return 0
	}
	return edges[i].to
}

func (t *trie) side(s uint32) *side { return &t.sides[t.nodes[s].side&^(hasRare|hasOut)] }

// hit reports whether patterns end in s, be it after falling back.
func (t *trie) hit(s uint32) bool { return t.nodes[s].side&hasOut != 0 }

type origin struct {
	state uint32
	class uint16
}

// build makes the trie of the sorted words. solid tells classes between two of which no word begins.
func (t *trie) build(words []entry, solid []bool) {
	parent, level, last := grow(words)
	t.root = make([]uint32, len(solid))
	t.branch(parent)
	ends := make([]uint32, len(parent)+1) // where the patterns that end in each state end in pats, which is sorted like the states
	for _, s := range last {
		ends[s+1]++
	}
	for s := range parent {
		ends[s+1] += ends[s]
	}
	t.sides = make([]side, 1, len(words)+1)
	for _, s := range byLevel(level)[1:] {
		x := side{out: ends[s], end: ends[s+1]}
		if up := parent[s]; up.state != 0 {
			f := t.side(up.state).fail
			for ; f != 0 && x.fail == 0; f = t.side(f).fail {
				x.fail = t.child(f, up.class)
			}
			if x.fail == 0 && !(solid[up.class] && solid[parent[up.state].class]) {
				x.fail = t.root[up.class]
			}
		}
		if x.fail != 0 {
			if back := t.side(x.fail); back.out < back.end {
				x.link = x.fail
			} else {
				x.link = back.link
			}
		}
		if x.fail != 0 || x.out < x.end {
			t.nodes[s].side |= uint32(len(t.sides))
			if x.out < x.end || x.link != 0 {
				t.nodes[s].side |= hasOut
			}
			t.sides = append(t.sides, x)
		}
	}
	t.sides = slices.Clip(t.sides)
}

// grow numbers the states depth first, in the order of the sorted words, and gives where each word ends.
func grow(words []entry) (parent []origin, level []uint8, last []uint32) {
	shared, states := make([]uint8, len(words)), 1 // how many classes a word has in common with that before
	var before []uint16
	for i, w := range words {
		common := 0
		for common < len(before) && common < len(w.classes) && before[common] == w.classes[common] {
			common++
		}
		shared[i], before = uint8(common), w.classes
		states += len(w.classes) - common
	}
	parent, level, last = make([]origin, 1, states), make([]uint8, 1, states), make([]uint32, len(words))
	path := []uint32{0} // the states of the word before
	for i, w := range words {
		common := int(shared[i])
		path = path[:common+1]
		for _, c := range w.classes[common:] {
			s := uint32(len(level))
			parent = append(parent, origin{path[len(path)-1], c})
			level = append(level, uint8(len(path)))
			path = append(path, s)
		}
		last[i] = path[len(path)-1]
	}
	return parent, level, last
}

// branch sets the children of all states.
func (t *trie) branch(parent []origin) {
	t.nodes = make([]node, len(parent))
	rare := make(map[uint32][]edge) // of few states; only looked up
	for s, p := range parent {
		switch n := &t.nodes[p.state]; {
		case s == 0:
		case p.state == 0:
			t.root[p.class] = uint32(s)
		case p.class < 64:
			n.low |= 1 << p.class
			if n.low&(n.low-1) != 0 {
				n.more++ // a count for now
			}
		default:
			n.side = hasRare
			rare[p.state] = append(rare[p.state], edge{p.class, uint32(s)})
		}
	}
	next := uint32(0)
	for s := range t.nodes {
		n := &t.nodes[s]
		count := n.more
		n.more = next
		next += count
		if n.side == hasRare {
			next += 2
		}
	}
	t.more = make([]uint32, next)
	for s, p := range parent {
		if n := &t.nodes[p.state]; p.state != 0 && p.class < 64 {
			if before := n.low << (63 - p.class) << 1; before != 0 {
				t.more[n.more+uint32(bits.OnesCount64(before))-1] = uint32(s)
			}
		}
	}
	for s := range t.nodes {
		if n := &t.nodes[s]; n.side == hasRare {
			at := n.more + uint32(max(bits.OnesCount64(n.low), 1)) - 1
			t.more[at] = uint32(len(t.rare))
			t.rare = append(t.rare, rare[uint32(s)]...)
			t.more[at+1] = uint32(len(t.rare))
		}
	}
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
