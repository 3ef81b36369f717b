package signal

import (
	"math/bits"
	"slices"
)

// A builder makes the tree of one language while its files are read.
type builder struct {
	*Lists
	nodes []branch // nodes[0] is the root
	edges []edge   // open table of the ways from nodes
	text  Text     // for cutting entries
	ids   []int64  // the words of the entry at hand
	file  int32    // number of the file at hand
	wrong []error
}

// A branch is a node while the tree is made. Its first child and the next child of its parent are 0 for none.
type branch struct {
	id          int64 // the word that leads here, or anyNumber
	lists, own  set   // own are those that the language's own files say
	first, next int32
	any         int32 // the child for any number
	plain, bold int32 // the last file that had the entry, and the entry at the beginning of a sentence
	weights     [weighted]int16
}

// An edge leads from a node to one below it.
type edge struct {
	from int32
	to   int32 // 0 where there is none
	id   int64
}

// A shared entry stands in the lists of every language.
type sharedEntry struct {
	ids    []int64
	list   list
	weight int16
}

// Room for the lists of this package; longer ones make more.
const (
	usualNodes = 1 << 14
	usualEdges = 1 << 15
)

func newBuilder(l *Lists) *builder {
	return &builder{Lists: l, nodes: make([]branch, 0, usualNodes), edges: make([]edge, usualEdges)}
}

// begin forgets the language before, and puts in what all languages share.
func (b *builder) begin(shared []sharedEntry) {
	clear(b.edges)
	b.nodes = append(b.nodes[:0], branch{})
	for _, it := range shared {
		b.put(it.list, it.ids, it.weight)
	}
}

// note marks the words of the language at hand with its bit, and makes the tables as long as the vocabulary.
func (b *builder) note(bit uint32) {
	n := len(b.words)
	b.common = append(b.common, make([]uint32, n-len(b.common))...)
	b.known = append(b.known, make([]uint32, n-len(b.known))...)
	if bit != 0 {
		b.know(0, bit)
	}
}

func ones(s set) int { return bits.OnesCount64(uint64(s)) }

// quiet lists are asked for by the word and not looked for in the text.
const quiet = 1<<littles | 1<<masks | 1<<numerals | 1<<readable

// place is where the way from a node for a word stands in the table, or would stand.
func (b *builder) place(node int32, id int64) *edge {
	key := (uint64(node)<<32 ^ uint64(id)) * spread
	for at := key >> 20; ; at++ {
		e := &b.edges[at&uint64(len(b.edges)-1)]
		if e.to == 0 || e.from == node && e.id == id {
			return e
		}
	}
}

// below is the node below another for a word, 0 for none.
func (b *builder) below(node int32, id int64) int32 { return b.place(node, id).to }

// child is the same, and makes the node where there is none.
func (b *builder) child(node int32, id int64) int32 {
	e := b.place(node, id)
	if e.to != 0 {
		return e.to
	}
	to := int32(len(b.nodes))
	*e = edge{from: node, to: to, id: id}
	b.nodes = append(b.nodes, branch{id: id, next: b.nodes[node].first})
	b.nodes[node].first = to
	if id == anyNumber {
		b.nodes[node].any = to
	}
	if 2*len(b.nodes) > len(b.edges) {
		old := b.edges
		b.edges = make([]edge, 4*len(old))
		for _, x := range old {
			if x.to != 0 {
				*b.place(x.from, x.id) = x
			}
		}
	}
	return to
}

// at is the node of an entry, 0 for none.
func (b *builder) at(ids []int64) (node int32) {
	for _, id := range ids {
		if node = b.below(node, id); node == 0 {
			return 0
		}
	}
	return node
}

// put adds an entry to a list, or lays it over what stood there.
func (b *builder) put(k list, ids []int64, weight int16) *branch {
	node := int32(0)
	for _, id := range ids {
		node = b.child(node, id)
	}
	n := &b.nodes[node]
	n.lists |= 1 << k
	if k < weighted {
		n.weights[k] = weight
	}
	return n
}

// entries are all that stand in the tree.
func (b *builder) entries() []sharedEntry {
	var all []sharedEntry
	var walk func(node int32, ids []int64)
	walk = func(node int32, ids []int64) {
		for s := b.nodes[node].lists; s != 0; s &= s - 1 {
			it := sharedEntry{ids: slices.Clone(ids), list: list(bits.TrailingZeros64(uint64(s)))}
			if it.list < weighted {
				it.weight = b.nodes[node].weights[it.list]
			}
			all = append(all, it)
		}
		for j := b.nodes[node].first; j != 0; j = b.nodes[j].next {
			walk(j, append(ids, b.nodes[j].id))
		}
	}
	walk(0, nil)
	return all
}

// empty takes a list's own entries out.
func (b *builder) empty(k list) {
	for i := range b.nodes {
		if n := &b.nodes[i]; n.own.has(k) {
			n.own &^= 1 << k
			n.lists &^= 1 << k
		}
	}
}

// language is the finished tree. The node of a first word is the word's number, those of longer phrases stand behind.
func (b *builder) language(name string) language {
	b.meet(0)
	g := language{name: name, top: int32(len(b.words))}
	for i := range b.nodes {
		g.has |= b.nodes[i].own
	}
	place := make([]int32, len(b.nodes))
	for i := b.nodes[0].first; i != 0; i = b.nodes[i].next {
		if b.nodes[i].id != anyNumber {
			place[i] = int32(b.nodes[i].id)
		}
	}
	behind := g.top
	for i := 1; i < len(place); i++ {
		if place[i] == 0 {
			place[i] = behind
			behind++
		}
	}
	g.nodes = make([]entry, behind)
	g.begun = make([]uint64, g.top>>6+1)
	size := 16
	for size < 2*len(b.nodes) {
		size *= 2
	}
	g.steps, g.shift = make([]step, size), uint8(64-bits.TrailingZeros(uint(size)))
	g.weights = make([]int16, 0, len(b.nodes))
	for i := range b.nodes {
		b.finish(&g, int32(i), place)
	}
	b.hide(&g)
	return g
}

// finish writes one node where it belongs, and the ways from it.
func (b *builder) finish(g *language, i int32, place []int32) {
	n := &b.nodes[i]
	e := entry{lists: n.lists &^ quiet, weights: int32(len(g.weights)), longer: n.first != 0, number: n.lists.has(numerals)}
	for s := n.lists & (1<<weighted - 1); s != 0; s &= s - 1 {
		g.weights = append(g.weights, n.weights[bits.TrailingZeros64(uint64(s))])
	}
	for j := n.first; j != 0; j = b.nodes[j].next {
		id := b.nodes[j].id
		if i > 0 || id == anyNumber {
			g.lead(place[i], id, place[j])
		}
		if id == anyNumber {
			e.counts = true
		} else if i > 0 {
			e.next |= bitOf(int32(id))
		}
	}
	if i > 0 {
		g.nodes[place[i]] = e
		if at := place[i]; at < g.top && (e.lists != 0 || e.longer) {
			g.begun[at>>6] |= 1 << (at & 63)
		}
	}
}

// lead notes the way from a node to one below it.
func (g *language) lead(from int32, id int64, to int32) {
	key := uint64(from)<<32 | uint64(id)
	at := key * spread >> g.shift
	for g.steps[at&uint64(len(g.steps)-1)].node != 0 {
		at++
	}
	g.steps[at&uint64(len(g.steps)-1)] = step{key, to}
}

// bitOf is the bit of a word among the 64 of entry.next.
func bitOf(id int32) uint64 { return 1 << (uint64(id) * spread >> 58) }

// hide gathers the words that people write with other signs, by length: those of masked.txt, then single words of abuse.
func (b *builder) hide(g *language) {
	for _, from := range [...]struct {
		lists set
		least int
	}{{1 << masks, 3}, {1<<insults | 1<<slurs | 1<<obscene, 4}} {
		for i := b.nodes[0].first; i != 0; i = b.nodes[i].next {
			if b.nodes[i].lists&from.lists == 0 || b.nodes[i].id == anyNumber {
				continue
			}
			word := b.words[b.nodes[i].id]
			if len(word) < from.least || !isLetters(word) {
				continue
			}
			for len(g.hidden) <= len(word) {
				g.hidden = append(g.hidden, nil)
			}
			g.hidden[len(word)] = append(g.hidden[len(word)], word)
			g.initials |= 1 << (word[0] - 'a')
		}
	}
}

// know notes for a language which words it has: those on the way to an entry.
func (b *builder) know(node int32, bit uint32) (known bool) {
	n := &b.nodes[node]
	known = n.lists != 0
	for j := n.first; j != 0; j = b.nodes[j].next {
		known = b.know(j, bit) || known
	}
	if node == 0 || n.id == anyNumber || !known {
		return known
	}
	b.known[n.id] |= bit
	if n.lists.has(littles) {
		b.common[n.id] |= bit
	}
	return known
}

// meet lets whatever goes on behind any number go on behind every number that stands in entries itself, so that a walk
// needs one way only.
func (b *builder) meet(node int32) {
	if other := b.nodes[node].any; other != 0 {
		for j := b.nodes[node].first; j != 0; j = b.nodes[j].next {
			if id := b.nodes[j].id; id != anyNumber && b.isNumber(id) {
				b.copyInto(j, other)
			}
		}
	}
	for j := b.nodes[node].first; j != 0; j = b.nodes[j].next {
		b.meet(j)
	}
}

func (b *builder) isNumber(id int64) bool {
	return isDigits(b.words[id]) || b.nodes[b.below(0, id)].lists.has(numerals)
}

// copyInto adds to a node what another has; what the node says itself stays.
func (b *builder) copyInto(node, other int32) {
	from := b.nodes[other]
	n := &b.nodes[node]
	for k := range allLists {
		if from.lists.has(k) && !n.lists.has(k) {
			n.lists |= 1 << k
			if k < weighted {
				n.weights[k] = from.weights[k]
			}
		}
	}
	for j := from.first; j != 0; j = b.nodes[j].next {
		b.copyInto(b.child(node, b.nodes[j].id), j)
	}
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isLetters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}
