package signal

import (
	"maps"
	"math/bits"
	"slices"
)

// A builder makes the tree of one language.
type builder struct {
	*Lists
	bit   uint32
	has   set
	nodes []branch // nodes[0] is the root

	hidden [2][]string // words that people mask: those of the list, those of abuse
}

// A branch is a node while the tree is made.
type branch struct {
	lists   set
	weights [weighted]int16
	below   map[int64]int // by number of the word, or anyNumber
}

func ones(s set) int { return bits.OnesCount64(uint64(s)) }

// put adds one entry of a list.
func (b *builder) put(k list, it item) {
	if len(it.text.words) == 0 {
		return
	}
	if len(b.nodes) == 0 {
		b.nodes = make([]branch, 1, 4096)
	}
	node := 0
	for _, w := range it.text.words {
		id := int64(anyNumber)
		if folded := string(it.text.folded[w.from:w.to]); folded != "0" {
			id = int64(b.number(folded, k))
			if len(it.text.words) == 1 {
				b.hide(folded, k)
			}
		}
		node = b.child(node, id)
	}
	b.nodes[node].lists |= 1 << k
	if k < weighted {
		b.nodes[node].weights[k] = it.weight
	}
}

// number is the number of a word, noted for this language.
func (b *builder) number(word string, k list) int32 {
	id := b.add(word)
	for int(id) >= len(b.known) {
		b.known, b.common = append(b.known, 0), append(b.common, 0)
	}
	b.known[id] |= b.bit
	if k == littles {
		b.common[id] |= b.bit
	}
	return id
}

// hide notes a word that people write with other signs: those of the list, and single words of abuse.
func (b *builder) hide(word string, k list) {
	switch n := len(word); {
	case k == masks && n >= 3 && isLetters(word):
		b.hidden[0] = append(b.hidden[0], word)
	case (k == insults || k == slurs || k == obscene) && n >= 4 && isLetters(word):
		b.hidden[1] = append(b.hidden[1], word)
	}
}

// byLength sorts the words that people mask by length, those of masked.txt first.
func (b *builder) byLength() [][]string {
	var by [][]string
	for _, word := range slices.Concat(b.hidden[0], b.hidden[1]) {
		for len(by) <= len(word) {
			by = append(by, nil)
		}
		by[len(word)] = append(by[len(word)], word)
	}
	return by
}

// quiet lists are asked for by the word and not looked for in the text.
const quiet = 1<<littles | 1<<masks | 1<<numerals | 1<<readable

func (b *builder) child(node int, id int64) int {
	if next := b.nodes[node].below[id]; next != 0 {
		return next
	}
	b.nodes = append(b.nodes, branch{})
	if b.nodes[node].below == nil {
		b.nodes[node].below = map[int64]int{}
	}
	b.nodes[node].below[id] = len(b.nodes) - 1
	return len(b.nodes) - 1
}

// language is the finished tree. The node of a first word is the word's number, those of longer phrases stand behind.
func (b *builder) language(name string) language {
	if len(b.nodes) == 0 {
		b.nodes = make([]branch, 1)
	}
	b.meet(0)
	g := language{name: name, has: b.has, hidden: b.byLength(), top: int32(len(b.words))}
	for _, word := range slices.Concat(g.hidden...) {
		g.initials |= 1 << (word[0] - 'a')
	}
	place := make([]int32, len(b.nodes))
	for _, id := range slices.Sorted(maps.Keys(b.nodes[0].below)) {
		if id != anyNumber {
			place[b.nodes[0].below[id]] = int32(id)
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
	size := 16
	for size < 2*len(b.nodes) {
		size *= 2
	}
	g.steps, g.shift = make([]step, size), uint8(64-bits.TrailingZeros(uint(size)))
	for i := range b.nodes {
		b.finish(&g, i, place)
	}
	return g
}

// finish writes one node where it belongs, and the ways from it.
func (b *builder) finish(g *language, i int, place []int32) {
	n := &b.nodes[i]
	e := entry{
		lists: n.lists &^ quiet, weights: int32(len(g.weights)), longer: len(n.below) > 0,
		counts: n.below[anyNumber] != 0, number: n.lists.has(numerals),
	}
	for k := range weighted {
		if n.lists.has(k) {
			g.weights = append(g.weights, n.weights[k])
		}
	}
	for _, id := range slices.Sorted(maps.Keys(n.below)) {
		if i > 0 || id == anyNumber {
			g.lead(place[i], id, place[n.below[id]])
		}
		if i > 0 && id != anyNumber {
			e.next |= bitOf(int32(id))
		}
	}
	if i > 0 {
		g.nodes[place[i]] = e
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

// meet lets whatever goes on behind any number go on behind every number that stands in entries itself, so that a walk
// needs one way only.
func (b *builder) meet(node int) {
	if other, ok := b.nodes[node].below[anyNumber]; ok {
		for _, id := range slices.Sorted(maps.Keys(b.nodes[node].below)) {
			if id != anyNumber && b.isNumber(id) {
				b.copyInto(b.nodes[node].below[id], other)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.nodes[node].below)) {
		b.meet(b.nodes[node].below[id])
	}
}

func (b *builder) isNumber(id int64) bool {
	if isDigits(b.words[id]) {
		return true
	}
	n := b.nodes[0].below[id]
	return n != 0 && b.nodes[n].lists.has(numerals)
}

// copyInto adds to a node what another has; what the node says itself stays.
func (b *builder) copyInto(node, other int) {
	from := b.nodes[other]
	for k := range allLists {
		if from.lists.has(k) && !b.nodes[node].lists.has(k) {
			b.nodes[node].lists |= 1 << k
			if k < weighted {
				b.nodes[node].weights[k] = from.weights[k]
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(from.below)) {
		b.copyInto(b.child(node, id), from.below[id])
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
