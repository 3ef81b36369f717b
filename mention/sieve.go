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

// pluralKeys are what a folded spelling is filed under that may have a plural: its last word of ASCII letters and digits,
// or that word, and the one before with it. There are none for spellings that have no plural.
func pluralKeys(folded string) (last string, keys []uint64) {
	start := wordStart(folded, len(folded))
	if last = folded[start:]; len(last) < 3 || last[len(last)-1] <= '9' {
		return "", nil
	}
	if start == 0 {
		return last, []uint64{finish(sumOf(0, last), whole)}
	}
	gap := start
	for gap > 0 && plainLetters[folded[gap-1]] == 0 {
		gap--
	}
	before := folded[wordStart(folded, gap):gap]
	return last, []uint64{finish(sumOf(0, last), middle), finish(sumOf(sumOf(0, before), last), ending)}
}

// runs are short runs of ASCII letters or digits, in any case: a bit for each. Some share theirs.
type runs [1 << 12]uint64

// firstRun is of the three letters that s begins with.
func firstRun(s string) uint32 { return uint32(s[0]&31)<<10 | uint32(s[1]&31)<<5 | uint32(s[2]&31) }

// lastRun is of the five letters that s[:end] ends with, or of those there are in the word, three at least.
func lastRun(s string, end int) uint32 {
	x := firstRun(s[end-3:])
	if end > 3 && plainLetters[s[end-4]] != 0 {
		x |= uint32(s[end-4]&31) << 15
		if end > 4 && plainLetters[s[end-5]] != 0 {
			x |= uint32(s[end-5]&31) << 20
		}
	}
	return x * 0x9E3779B1 >> 14
}

func (r *runs) add(x uint32)      { r[x>>6] |= 1 << (x & 63) }
func (r *runs) has(x uint32) bool { return r[x>>6]>>(x&63)&1 != 0 }
