package mention

// A hasher gives the hashes of a word and of its rests, each in a few steps: the hash is a polynomial, so a part can be
// cut out of it by arithmetic.
type hasher struct {
	n      int
	prefix [maxTypo + 4]uint64 // of the first i runes
}

const base = 0x9E3779B97F4A7C15 // odd, and no small multiple of anything

var powers = func() (p [maxTypo + 4]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * base
	}
	return p
}()

func (h *hasher) set(word []rune) {
	h.n = len(word)
	for i, r := range word {
		h.prefix[i+1] = h.prefix[i]*base + uint64(r) + 1
	}
}

// part is the polynomial of the runes from i to j.
func (h *hasher) part(i, j int) uint64 { return h.prefix[j] - h.prefix[i]*powers[j-i] }

// rests calls each with the hash of the word, and of all that is left without 1 to k of its runes.
func (h *hasher) rests(k int, each func(uint64) bool) {
	if !each(mix(h.prefix[h.n])) || k < 1 {
		return
	}
	for i := range h.n {
		one := h.prefix[i]*powers[h.n-i-1] + h.part(i+1, h.n)
		if !each(mix(one)) {
			return
		}
		for j := i + 1; k > 1 && j < h.n; j++ {
			head := h.prefix[i]*powers[j-i-1] + h.part(i+1, j)
			if !each(mix(head*powers[h.n-j-1] + h.part(j+1, h.n))) {
				return
			}
		}
	}
}

// mix spreads the polynomial over the low bits, which choose the slot.
func mix(x uint64) uint64 {
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	return x ^ x>>32
}

// osa is the optimal string alignment distance of a and b, or limit+1 when it is larger than limit.
func osa(a, b []rune, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	var rows [3][maxTypo + 4]uint8
	for j := range len(b) + 1 {
		rows[0][j] = uint8(j)
	}
	for i := range a {
		row, above, above2 := &rows[(i+1)%3], &rows[i%3], &rows[(i+2)%3]
		row[0] = uint8(i + 1)
		least := row[0]
		for j := range b {
			cost := uint8(1)
			if a[i] == b[j] {
				cost = 0
			}
			d := min(row[j]+1, above[j+1]+1, above[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, above2[j-1]+1)
			}
			row[j+1] = d
			least = min(least, d)
		}
		if int(least) > limit+1 {
			return limit + 1
		}
	}
	return min(int(rows[len(a)%3][len(b)]), limit+1)
}
