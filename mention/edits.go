package mention

import "math/bits"

// osa is the optimal string alignment distance of a and b, or limit+1 when it is larger than limit: how many letters
// are to be left out, put in, exchanged or swapped with their neighbour, none of them twice. Where two words begin with
// the same letter, or end with it, some shortest way leaves that letter alone; so only what is left need be tried.
func osa(a, b []rune, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return fromLeft(a, b, limit)
}

func fromLeft(a, b []rune, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	longer := max(len(a), len(b))
	switch gap := longer - min(len(a), len(b)); {
	case gap > limit:
		return limit + 1
	case gap == longer: // one is used up
		return gap
	case limit == 0:
		return 1
	}
	best := fromLeft(a[1:], b[1:], limit-1)
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		best = min(best, fromLeft(a[2:], b[2:], min(limit-1, best)))
	}
	best = min(best, fromLeft(a[1:], b, min(limit-1, best)))
	best = min(best, fromLeft(a, b[1:], min(limit-1, best)))
	return min(best, limit) + 1
}

// A bag says which letters a word has, without their order: two bits for each of 32 letters, the lower when the word
// has one, the higher when it has more. Letters that share their bits are taken for the same.
type bag uint64

const once bag = 0x5555_5555_5555_5555

func (b bag) with(r rune) bag {
	bit := bag(1) << (2 * (uint(r) & 31))
	return b | bit | b&bit<<1
}

// and is the bag of two words together.
func (b bag) and(c bag) bag { return b | c | b&c&once<<1 }

// near reports whether words with these bags may be k edits apart: an edit takes one letter away at most, and adds one.
func (b bag) near(c bag, k int) bool {
	return bits.OnesCount64(uint64(b&^c)) <= k && bits.OnesCount64(uint64(c&^b)) <= k
}

func bagOf(word []rune) (b bag) {
	for _, r := range word {
		b = b.with(r)
	}
	return b
}

// letters are runes with their hash: a polynomial, so that the hash of any part is a matter of arithmetic.
type letters struct {
	n     int
	runes [roomForLetters]rune
	sums  [roomForLetters + 1]uint64 // of the first i runes
}

const roomForLetters = 128

const base = 0x9E3779B97F4A7C15 // odd, and no small multiple of anything

var powers = func() (p [maxLetters + 2]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * base
	}
	return p
}()

func (l *letters) set(word []rune) {
	l.n = 0
	for _, r := range word {
		l.add(r)
	}
}

func (l *letters) add(r rune) {
	l.runes[l.n] = r
	l.sums[l.n+1] = l.sums[l.n]*base + uint64(r) + 1
	l.n++
}

// drop forgets the first n runes. What sums say of the others stays true.
func (l *letters) drop(n int) {
	copy(l.runes[:], l.runes[n:l.n])
	copy(l.sums[:], l.sums[n:l.n+1])
	l.n -= n
}

// key is what a piece of a name is filed under: its letters and its place.
func (l *letters) key(i, j int, p place) uint64 { return finish(l.sums[j]-l.sums[i]*powers[j-i], p) }

// rest and without are the hash of n letters from i on without one of them, the letter at x: what is the same for all
// of them, and the whole.
func (l *letters) rest(i, n int) uint64 { return l.sums[i+n] - l.sums[i]*powers[n-1] }

func (l *letters) without(i, n, x int) uint64 {
	return l.rest(i, n) + (l.sums[i+x]-l.sums[i+x+1])*powers[n-1-x]
}

// finish makes a key of a piece's hash, whose upper bits are the best.
func finish(sum uint64, p place) uint64 { return (sum ^ sum>>29 + uint64(p)) * 0xD6E8FEB86659FD93 }
