package lexis

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// A gate lets a walk pass over the words of ASCII text that no pattern begins with. It may let through what begins no
// match, and never keeps out what does. A word here is a run of ASCII letters and digits.
type gate struct {
	lead [utf8.RuneSelf]bool // signs, folded, that stand before the first word of some pattern, such as @
	odd  [utf8.RuneSelf]bool // signs that begin some pattern otherwise, such as the first of "!!"
	odds bool

	names []uint64    // hashes of first words, and of them with the second; at first a list of them
	shift uint8       // what of a hash tells its place in names
	stems *stemFilter // nil without patterns whose first word may go on

	disguises bool // digits and signs may stand for letters
}

// A stemFilter has a bit for each hash of the first three bytes of words that a stem begins.
type stemFilter [1 << 10]uint64

// add lets a pattern through.
func (g *gate) add(runes []rune, stem bool) {
	sign := runes[0]
	if sign >= utf8.RuneSelf {
		return // the walk looks at all that is not ASCII
	}
	from := 0
	if !isWord(sign) {
		if from = 1; len(runes) == 1 || !isWord(runes[1]) {
			g.odd[sign], g.odds = true, true
			return
		}
		g.lead[sign] = true
	}
	first, to := asciiWord(runes, from)
	if stem && to == len(runes) {
		g.addStem(first)
		return
	}
	h := wordHash(first, 0, len(first))
	second, end := asciiWord(runes, nextWord(runes, to))
	if len(second) == 0 || end < len(runes) && runes[end] >= utf8.RuneSelf || stem && end == len(runes) {
		g.names = append(g.names, h, both(h, 0))
		return
	}
	g.names = append(g.names, h, both(h, wordHash(second, 0, len(second))))
}

// asciiWord gives the ASCII letters and digits of runes[from:to], as far as there are any.
func asciiWord(runes []rune, from int) (word []byte, to int) {
	for to = from; to < len(runes) && isWord(runes[to]); to++ {
		word = append(word, byte(runes[to]))
	}
	return word, to
}

// nextWord gives the end of the ASCII signs and spaces from runes[from] on.
func nextWord(runes []rune, from int) int {
	for from < len(runes) && runes[from] < utf8.RuneSelf && !isWord(runes[from]) {
		from++
	}
	return from
}

// isWord reports whether r is an ASCII letter or digit.
func isWord(r rune) bool { return r < utf8.RuneSelf && kinds[r] == word }

// addStem adds all beginnings of three bytes that a word with that stem may have, zeros for bytes after its end.
func (g *gate) addStem(stem []byte) {
	if g.stems == nil {
		g.stems = new(stemFilter)
	}
	if len(stem) >= 3 {
		h := stemHash(uint64(stem[0]) | uint64(stem[1])<<8 | uint64(stem[2])<<16)
		g.stems[h>>6] |= 1 << (h & 63)
		return
	}
	if len(stem) == 1 { // a word of one letter; of two with the zero below
		h := stemHash(uint64(stem[0]))
		g.stems[h>>6] |= 1 << (h & 63)
	} else {
		h := stemHash(uint64(stem[0]) | uint64(stem[1])<<8)
		g.stems[h>>6] |= 1 << (h & 63)
	}
	for c := range byte(utf8.RuneSelf) {
		if kinds[c] == word && ascii[c] == c {
			g.addStem(append(stem[:len(stem):len(stem)], c))
		}
	}
}

// close makes the filter of the words, of which each sets two bits. At first there are 32 bits and more for each, but
// lists often have the same words again and again: it is made smaller until an eighth of the bits is set.
func (g *gate) close() {
	places := max(bits.Len(uint(len(g.names)))-1, 4)
	filter := make([]uint64, 1<<places)
	for _, h := range g.names {
		filter[h>>(64-places)] |= twoBits(h)
	}
	set := 0
	for _, x := range filter {
		set += bits.OnesCount64(x)
	}
	for ; places > 4 && set*8 <= len(filter)*32; places-- {
		for i := range len(filter) / 2 {
			filter[i] = filter[2*i] | filter[2*i+1]
		}
		filter = filter[:len(filter)/2]
	}
	g.names, g.shift = slices.Clone(filter), uint8(64-places)
}

// enters reports whether a pattern may begin with the word text[i:i+n], with or without signs before it. words and digits
// tell of the bytes from text[i] on whether they belong to ASCII words and are digits; so many are known.
func (g *gate) enters(text []byte, i, n int, words, digits uint64, known int) bool {
	h := wordHash(text, i, n)
	return g.knows(h) && g.goesOn(h, text[i:], n, words, digits, known) || g.stems != nil && g.entersStem(text, i, n) ||
		g.disguises && disguised(text, i, n, digits)
}

// goesOn reports whether a pattern may be the first word of the text, n bytes long and of that hash, or go on with the
// word that follows.
func (g *gate) goesOn(h uint64, text []byte, n int, words, digits uint64, known int) bool {
	if g.knows(both(h, 0)) {
		return true
	}
	from := n + bits.TrailingZeros64(words>>n)
	if from >= known {
		return true
	}
	m := bits.TrailingZeros64(^(words >> from))
	return from+m >= known || g.knows(both(h, wordHash(text, from, m))) || g.disguises && disguised(text, from, m, digits>>from)
}

// disguised reports whether letters of the word that text[i:i+n] belongs to may be written with digits or signs.
func disguised(text []byte, i, n int, digits uint64) bool {
	all := uint64(1)<<n - 1
	if digits &= all; digits != 0 && digits != all || i > 0 && text[i-1] == '$' {
		return true
	}
	return i+n+1 < len(text) && standsIn(text[i+n]) && (text[i+n+1] >= utf8.RuneSelf || kinds[text[i+n+1]] == word)
}

// entersStem reports whether a stem may begin the word text[i:i+n].
func (g *gate) entersStem(text []byte, i, n int) bool {
	h := stemHash((load(text, i) | small) << (8 * (8 - min(n, 3))) >> (8 * (8 - min(n, 3))))
	return g.stems[h>>6]>>(h&63)&1 != 0
}

// oddOnes has a bit for each of the 64 bytes from text[i] on that is an odd sign.
func (g *gate) oddOnes(text []byte, i int) (out uint64) {
	for n, c := range text[i:min(i+64, len(text))] {
		if c < utf8.RuneSelf && g.odd[ascii[c]] {
			out |= 1 << n
		}
	}
	return out
}

// standsIn reports whether c is a sign that may stand for a letter.
func standsIn(c byte) bool { return c == '@' || c == '$' || c == '!' || c == '|' }

// knows reports whether a pattern may begin with a word of that hash.
func (g *gate) knows(h uint64) bool {
	two := twoBits(h)
	return g.names[h>>(g.shift&63)]&two == two
}

func twoBits(h uint64) uint64 { return 1<<(h&63) | 1<<(h>>6&63) }

// wordHash is a hash of the word text[i:i+n] in any case, of its first and last eight bytes. n is at least 1.
func wordHash(text []byte, i, n int) uint64 {
	beyond := max(n-8, 0)
	return hash(load(text, i), load(text, i+beyond), n-beyond)
}

// hash mixes the first n of eight bytes and the first n of eight others.
func hash(first, last uint64, n int) uint64 {
	unused := 8 * (8 - n) & 63
	first, last = (first|small)<<unused, (last|small)<<unused
	h := (first*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(last, 29)) * 0xC2B2AE3D27D4EB4F
	return h ^ h>>32
}

// both is a hash of two words in a row by their hashes, 0 for no second.
func both(first, second uint64) uint64 {
	h := (first ^ bits.RotateLeft64(second, 32)) * 0x9E3779B97F4A7C15
	return h ^ h>>32
}

// stemHash is a hash of three bytes, 16 bits long.
func stemHash(three uint64) uint32 { return uint32(three) * 2654435761 >> 16 }

const (
	small = 0x2020202020202020 // makes capitals small; digits have it
	lows  = 0x0101010101010101
	tops  = 0x8080808080808080
)

// load reads eight bytes of text from i on, zeros after its end.
func load(text []byte, i int) uint64 {
	if i+8 <= len(text) {
		return binary.LittleEndian.Uint64(text[i:])
	}
	return loadEnd(text, i)
}

func loadEnd(text []byte, i int) (x uint64) {
	for n := len(text) - 1; n >= i; n-- {
		x = x<<8 | uint64(text[n])
	}
	return x
}

// masks tell of each of the 64 bytes from text[i] on whether it is an ASCII letter or digit, and whether it is no ASCII.
func masks(text []byte, i int) (words, wide uint64) {
	for n := 0; n < 64 && i+n < len(text); n += 8 {
		x := load(text, i+n)
		top := x & tops
		x &^= tops
		y := x | small
		letter := (y + (0x80-'a')*lows) &^ (y + (0x80-'z'-1)*lows)
		digit := (x + (0x80-'0')*lows) &^ (x + (0x80-'9'-1)*lows)
		words |= gather((letter|digit)&tops&^top) << n
		if top != 0 {
			wide |= gather(top) << n
		}
	}
	return words, wide
}

// digitMask tells of each of the 64 bytes from text[i] on whether it is an ASCII digit.
func digitMask(text []byte, i int) (digits uint64) {
	for n := 0; n < 64 && i+n < len(text); n += 8 {
		x := load(text, i+n)
		low := x &^ tops
		digits |= gather((low+(0x80-'0')*lows)&^(low+(0x80-'9'-1)*lows)&tops&^x) << n
	}
	return digits
}

// gather moves the top bits of eight bytes into one.
func gather(x uint64) uint64 { return x >> 7 * 0x0102040810204080 >> 56 }
