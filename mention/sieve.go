package mention

// A sieve holds back nearly all that is not a part of some spelling, at the price of one look: a bit for each hash. What
// it lets through is matched.
type sieve struct {
	bits  []uint64
	shift int
}

func newSieve(keys []uint64) (s sieve) {
	n := 6
	for 1<<n < 16*len(keys) {
		n++
	}
	s.bits, s.shift = make([]uint64, 1<<(n-6)), 64-n
	for _, k := range keys {
		bit := k >> s.shift
		s.bits[bit>>6] |= 1 << (bit & 63)
	}
	return s
}

func (s *sieve) has(key uint64) bool {
	bit := key >> (s.shift & 63)
	return s.bits[bit>>6]>>(bit&63)&1 != 0
}

// sum is the hash of the letters of a spelling, as letters has it.
func sum(s string) (x uint64) {
	for _, r := range s {
		x = x*base + uint64(r) + 1
	}
	return x
}

// tagKey is what a spelling is filed under that may stand in a hashtag, by all its letters.
func tagKey(letters string) uint64 { return finish(sum(letters), whole) }

// pluralKey is what a spelling is filed under that may have a plural, by its last word. It is not ok for spellings that
// have none.
func pluralKey(folded string) (key uint64, ok bool) {
	at := len(folded)
	for at > 0 && plainLetters[folded[at-1]] != 0 {
		at--
	}
	if at == len(folded) || folded[len(folded)-1] <= '9' {
		return 0, false
	}
	return finish(sum(folded[at:]), ending), true
}
