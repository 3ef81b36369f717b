package signal

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// A block says what 64 bytes of the text are, a bit for each, the first lowest.
type block struct {
	word  uint64 // ASCII letters and digits
	upper uint64 // capitals among them
	digit uint64 // digits among them
	other uint64 // neither word nor space
}

// Eight bytes at once: the same byte in each place, the highest bit of each, and what gathers those bits into one byte.
const (
	each8  = 0x0101010101010101
	high8  = 0x80 * each8
	gather = 0x0102040810204080
)

// least gives the high bit of every byte of x that is at least c. No byte of x has its high bit.
func least(x uint64, c byte) uint64 { return x + (0x80-uint64(c))*each8 }

// scan writes the text in small letters to folded and what its bytes are to blocks, eight bytes at a time.
func (t *Text) scan(text string) {
	n := len(text)
	t.folded = slices.Grow(t.folded[:0], n+padding)[:n+padding]
	copy(t.folded, text)
	clear(t.folded[n:])
	blocks := n/64 + 2 // one more, so that whoever reads over the end of one reads zeros
	t.blocks = slices.Grow(t.blocks[:0], blocks)[:blocks]
	clear(t.blocks)
	for i := 0; i < n; i += 8 {
		x := binary.LittleEndian.Uint64(t.folded[i:])
		plain := x &^ high8
		ascii := ^x & high8
		small := plain | 0x20*each8
		letter := least(small, 'a') &^ least(small, 'z'+1) & ascii
		upper := letter & (^x << 2) // capitals lack the bit 0x20
		digit := least(plain, '0') &^ least(plain, '9'+1) & ascii
		space := ^least(plain^0x20*each8, 1) & ascii
		binary.LittleEndian.PutUint64(t.folded[i:], x|upper>>2)
		b := &t.blocks[i/64]
		at := i % 64
		b.word |= (letter | digit) >> 7 * gather >> 56 << at
		b.upper |= upper >> 7 * gather >> 56 << at
		b.digit |= digit >> 7 * gather >> 56 << at
		b.other |= (^(letter | digit | space) & high8) >> 7 * gather >> 56 << at
	}
	if rest := n % 64; rest > 0 {
		t.blocks[n/64].other &= 1<<rest - 1
	} else {
		t.blocks[n/64].other = 0
	}
	t.folded = t.folded[:n]
}

// run is how long the word is that begins at a byte, and which of its bytes are capitals and digits. A word of more than
// 64 bytes is cut there.
func (t *Text) run(at int) (n int, upper, digit uint64) {
	a, b, s := &t.blocks[at>>6], &t.blocks[at>>6+1], uint(at&63)
	n = bits.TrailingZeros64(^(a.word>>s | b.word<<(64-s)))
	within := uint64(1)<<n - 1
	return n, (a.upper>>s | b.upper<<(64-s)) & within, (a.digit>>s | b.digit<<(64-s)) & within
}
