package mention

import (
	"cmp"
	"slices"
)

// A table holds names that letters may be so many edits away from, filed under parts of them. Letters that are no more
// edits away have such a part too, and whoever looks up all that the letters may have misses nothing.
//
//   - No edit: the part is the whole name.
//   - One edit: the parts are the name, and what is left of it without one of its letters.
//   - Two edits: the parts are its beginning, its middle and its end. Cut what was written where the name is cut; then
//     every edit lies in one piece. If the beginning is not touched, the letters begin with it. If it is touched once and
//     the middle is not, the middle stands in its place or one letter off. Else both edits are spent, and the letters
//     end with the end.
//     Only two letters swapped across a cut spoil two pieces at the price of one edit. So the beginning and the end are
//     filed a second time, as such a swap leaves them: unless the other edit is in it, that piece stands where it
//     should; and if it is in it, the piece at the far side is whole.
type table struct {
	edits  int
	filter []uint64 // a bit for each key that is filed; a clear bit for most others
	first  []uint32 // the names under the keys with these upper bits are lists[first[x]:first[x+1]]
	lists  []filed
	shift  int       // from a key to its bit in filter
	probes [][]probe // where to look for parts, by the number of letters; none where nothing can be found
}

// filed is a name under one of its parts, with what tells most names from other letters at once.
type filed struct {
	bag     bag
	name    int32
	letters uint8
}

// A probe is a place where a part of a name may stand.
type probe struct {
	power uint64 // for n letters
	at, n uint8
	place place
}

// A place says which part of a name it is.
type place uint8

const (
	whole place = iota
	beginning
	ending
	middle // and the letters before it
)

// cut gives the lengths of the pieces of a name of n letters.
func cut(n int) (begin, mid, end int) {
	begin, end = n/3, (n+2)/3
	return begin, n - begin - end, end
}

const perKey = 3 // 8 bits of the filter lie above one place in first

// newTable files some of the names.
func newTable(names []typo, chosen []int32, edits int) *table {
	t := &table{edits: edits}
	type entry struct {
		key uint64
		filed
	}
	var all []entry
	var known [maxTypo + 1]bool // lengths of names
	for _, i := range chosen {
		x := &names[i]
		known[len(x.runes)] = true
		f := filed{bagOf(x.runes), i, uint8(len(x.runes))}
		eachPart(x.runes, edits, func(key uint64) { all = append(all, entry{key, f}) })
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.name, b.name)) })
	all = slices.CompactFunc(all, func(a, b entry) bool { return a.key == b.key && a.name == b.name })
	t.plan(&known)

	bits := 6
	for 1<<bits < 16*len(all) {
		bits++
	}
	t.filter, t.shift = make([]uint64, 1<<(bits-6)), 64-bits
	t.first = make([]uint32, 1<<(bits-perKey)+1)
	t.lists = make([]filed, len(all))
	for i, x := range all {
		bit := x.key >> t.shift
		t.filter[bit>>6] |= 1 << (bit & 63)
		t.first[bit>>perKey+1]++
		t.lists[i] = x.filed
	}
	for i := range t.first[1:] {
		t.first[i+1] += t.first[i]
	}
	return t
}

// eachPart calls each with the keys of a name's parts.
func eachPart(name []rune, edits int, each func(key uint64)) {
	var l letters
	l.set(name)
	n := len(name)
	if edits < 2 {
		each(l.key(0, n, whole))
		for i := range n * edits {
			each(finish(l.without(0, n, i), whole))
		}
		return
	}
	begin, mid, _ := cut(n)
	end := begin + mid
	each(l.key(0, begin, beginning))
	each(l.key(begin, end, middle+place(begin)))
	each(l.key(end, n, ending))
	l.set(swapped(name, end))
	each(l.key(end, n, ending))
	l.set(swapped(name, begin))
	each(l.key(0, begin, beginning))
}

// swapped is the name with the letters before and behind a cut swapped.
func swapped(name []rune, cut int) []rune {
	out := slices.Clone(name)
	out[cut-1], out[cut] = name[cut], name[cut-1]
	return out
}

// plan finds where parts may stand, from the lengths of the names.
func (t *table) plan(known *[maxTypo + 1]bool) {
	t.probes = make([][]probe, maxLetters+1)
	for n := range t.probes {
		add := func(at, length int, place place) {
			x := probe{powers[length], uint8(at), uint8(length), place}
			if at >= 0 && at+length <= n && !slices.Contains(t.probes[n], x) {
				t.probes[n] = append(t.probes[n], x)
			}
		}
		for m := max(0, n-t.edits); m <= min(n+t.edits, maxTypo); m++ {
			if !known[m] {
				continue
			}
			if t.edits < 2 {
				add(0, n, whole)
				continue
			}
			begin, mid, end := cut(m)
			add(0, begin, beginning)
			add(n-end, end, ending)
			for off := -1; off <= 1; off++ {
				if rest := n - m - off; rest >= -1 && rest <= 1 { // what the one edit behind it adds
					add(begin+off, mid, middle+place(begin))
				}
			}
		}
	}
}

// look gives a bit for each part of the n letters from i on that something may be filed under: bit x for probe x, or
// where one edit is allowed for what is left without letter x, and bit n for all.
func (t *table) look(l *letters, i, n int) (found uint64) {
	shift := t.shift & 63
	if t.edits == 1 {
		// The branch that each bit would cost is dearer than the bit.
		all, sums := l.rest(i, n), l.sums[i:i+n+1]
		for x := range n {
			bit := finish(all+(sums[x]-sums[x+1])*powers[n-1-x], whole) >> shift
			found |= t.filter[bit>>6] >> (bit & 63) & 1 << x
		}
		bit := l.key(i, i+n, whole) >> shift
		return found | t.filter[bit>>6]>>(bit&63)&1<<n
	}
	for x := range t.probes[n] {
		bit := t.key(l, i, n, x) >> shift
		found |= t.filter[bit>>6] >> (bit & 63) & 1 << x
	}
	return found
}

// key is the key of what bit x of look stands for.
func (t *table) key(l *letters, i, n, x int) uint64 {
	if t.edits == 1 && x < n {
		return finish(l.without(i, n, x), whole)
	}
	if t.edits == 1 {
		x = 0
	}
	p := &t.probes[n][x]
	from := i + int(p.at)
	return finish(l.sums[from+int(p.n)]-l.sums[from]*p.power, p.place)
}

// under gives the names filed under a key, and a few others.
func (t *table) under(key uint64) []filed {
	x := key >> (t.shift & 63) >> perKey
	return t.lists[t.first[x]:t.first[x+1]]
}
