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

// sumOf goes on with a hash over ASCII letters and digits, in any case.
func sumOf(x uint64, word string) uint64 {
	for i := range len(word) {
		x = x*base + uint64(plainLetters[word[i]]) + 1
	}
	return x
}

// tagKey is what a spelling is filed under that may stand in a hashtag, by all its letters.
func tagKey(letters string) uint64 { return finish(sum(letters), whole) }

// pluralKey is what a folded spelling is filed under that may have a plural: its last word of ASCII letters and digits,
// with the one before if there is one. It is not ok for spellings that have none.
func pluralKey(folded string) (key uint64, last string, ok bool) {
	start := wordStart(folded, len(folded))
	if last = folded[start:]; len(last) < 3 || last[len(last)-1] <= '9' {
		return 0, "", false
	}
	if start == 0 {
		return finish(sumOf(0, last), whole), last, true
	}
	gap := start
	for gap > 0 && plainLetters[folded[gap-1]] == 0 {
		gap--
	}
	return finish(sumOf(sumOf(0, folded[wordStart(folded, gap):gap]), last), ending), last, true
}

// triples are runs of three ASCII letters or digits, in any case: a bit for each. Some share theirs.
type triples [1 << 9]uint64

func tripleAt(s string, i int) uint { return uint(s[i]&31)<<10 | uint(s[i+1]&31)<<5 | uint(s[i+2]&31) }

func (t *triples) add(s string, i int) {
	x := tripleAt(s, i)
	t[x>>6] |= 1 << (x & 63)
}

func (t *triples) has(s string, i int) bool {
	x := tripleAt(s, i)
	return t[x>>6]>>(x&63)&1 != 0
}
