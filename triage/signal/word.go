package signal

import "encoding/binary"

// A word is one word, emoji or face of the text.
type word struct {
	start, end int32 // in the text
	from, to   int32 // in folded
	id         int32
	feeling    int16
	boost      int16
	praise     int16
	roles      role
	shape      shape
	feelEnd    uint8 // words of the phrase that feels
	praiseEnd  uint8
}

// A shape is how a word is written and what stands before it.
type shape uint16

const (
	capitals   shape = 1 << iota
	lengthened       // some sign three times in a row, and known without that
	border           // a clause ends before it
	sentence         // a sentence ends before it
	symbol           // an emoji or a face
	asked            // a question mark follows it
	number           // digits only
	masked           // written so that a filter would not see it
	tagged           // within a hashtag
)

const (
	longestPhrase = 6  // words of an entry
	longestFace   = 3  // signs of a face
	longestWord   = 40 // bytes of a folded word that is looked up; nothing longer is in a list
	padding       = 8  // bytes that a folded word may be read beyond its end
)

// A vocabulary numbers the words of all lists: an open table by what a word's bytes make when eight at a time are taken
// as a number. A word of up to eight bytes is that number, a longer one is compared.
type vocabulary struct {
	slots []slot
	shift uint8
	words []string // by number; 0 is the word that nobody knows
}

type slot struct {
	key    uint64
	id     int32
	length int32
}

// Odd numbers whose bits look thrown, for spreading keys over a table.
const (
	spread = 0x9e3779b97f4a7c15
	mingle = 0xd6e8feb86659fd93
)

// key is what stands for the n bytes at the beginning of b, which has at least padding more.
func key(b []byte, n int) uint64 {
	if n <= 8 {
		return binary.LittleEndian.Uint64(b) & (^uint64(0) >> (8 * (8 - uint(n)) & 63))
	}
	var k uint64
	for ; n > 8; n, b = n-8, b[8:] {
		k = (k ^ binary.LittleEndian.Uint64(b)) * spread
		k ^= k >> 29
	}
	return (k ^ binary.LittleEndian.Uint64(b)&(^uint64(0)>>(8*(8-uint(n))))) * mingle
}

// find is the number of the n bytes at the beginning of b, 0 when no list has them. B has at least padding more.
func (v *vocabulary) find(b []byte, n int) int32 {
	if n == 0 || n > longestWord || len(v.slots) == 0 {
		return 0
	}
	slots := v.slots
	k := key(b, n)
	for at := k * spread >> v.shift; ; at++ {
		s := &slots[at&uint64(len(slots)-1)]
		if s.key == k && int(s.length) == n && (n <= 8 || v.words[s.id] == string(b[:n])) {
			return s.id
		}
		if s.id == 0 {
			return 0
		}
	}
}

// add gives the word of n bytes at the beginning of b its number. B has at least padding more.
func (v *vocabulary) add(b []byte, n int) int32 {
	if id := v.find(b, n); id != 0 {
		return id
	}
	if len(v.words) == 0 {
		v.words = append(make([]string, 0, 1<<13), "")
	}
	if len(v.words)*2 >= len(v.slots) {
		v.grow()
	}
	v.words = append(v.words, string(b[:n]))
	id := int32(len(v.words) - 1)
	v.put(slot{key: key(b, n), id: id, length: int32(n)})
	return id
}

func (v *vocabulary) put(s slot) {
	at := s.key * spread >> v.shift
	for v.slots[at&uint64(len(v.slots)-1)].id != 0 {
		at++
	}
	v.slots[at&uint64(len(v.slots)-1)] = s
}

func (v *vocabulary) grow() {
	old := v.slots
	size := max(1<<13, 2*len(old))
	v.slots, v.shift = make([]slot, size), 64
	for n := size; n > 1; n /= 2 {
		v.shift--
	}
	for _, s := range old {
		if s.id != 0 {
			v.put(s)
		}
	}
}
