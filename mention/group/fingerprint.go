package group

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/bits"
	"slices"
)

const (
	mostPairs = 24  // hashes in a fingerprint
	alike     = 600 // per mille of the pairs of both texts that must be in both
)

// A Fingerprint is what is kept of a text to know its copies by: the 24 smallest hashes of its pairs of neighbouring
// words (a bottom-k sketch), all of them if it has fewer. It is a plain value, can be compared with == and be a key.
// In JSON it is a string of hexadecimal digits, eight for each hash, the smallest first, empty for zero. The zero
// Fingerprint is that of a text too short to tell; it is like nothing, itself included.
type Fingerprint struct {
	n      uint8
	hashes [mostPairs]uint32 // ascending, zero from n on
	mask   uint64            // has bit h%64 set for every hash h
}

// IsZero reports whether the text was too short to tell it from others.
func (f Fingerprint) IsZero() bool { return f.n == 0 }

// Alike reports whether two texts are copies of each other, but for names, numbers, links and a few words.
func (f Fingerprint) Alike(g Fingerprint) bool { return f.alike(&g) }

func (f *Fingerprint) alike(g *Fingerprint) bool {
	if f.n == 0 || g.n == 0 {
		return false
	}
	if f.n < mostPairs && g.n < mostPairs {
		// The masks say at least how many hashes are in one of them only; for most pairs that is already too many.
		both := min(int(f.n)-bits.OnesCount64(f.mask&^g.mask), int(g.n)-bits.OnesCount64(g.mask&^f.mask))
		if !enough(both, int(f.n)+int(g.n)-both) {
			return false
		}
	}
	both, either := f.overlap(g)
	return enough(both, either)
}

func enough(both, either int) bool { return both*1000 >= either*alike }

// likeness is the share of the pairs of both texts that are in both (Jaccard's index), in per mille. For texts of up
// to 24 pairs it is exact, for longer ones an estimate with a standard error of at most 100.
func (f *Fingerprint) likeness(g *Fingerprint) int {
	both, either := f.overlap(g)
	if either == 0 {
		return 0
	}
	return both * 1000 / either
}

// overlap counts the hashes in both and in either. A full fingerprint knows only the pairs up to its greatest hash, so
// no more are compared than both know.
func (f *Fingerprint) overlap(g *Fingerprint) (both, either int) {
	limit := min(f.known(), g.known())
	a, b := f.hashes[:f.n], g.hashes[:g.n]
	for len(a) > 0 && len(b) > 0 && min(a[0], b[0]) <= limit {
		x, y := a[0], b[0]
		if x <= y {
			a = a[1:]
		}
		if y <= x {
			b = b[1:]
		}
		if x == y {
			both++
		}
		either++
	}
	for _, rest := range [][]uint32{a, b} {
		for _, h := range rest {
			if h > limit {
				break
			}
			either++
		}
	}
	return both, either
}

func (f *Fingerprint) known() uint32 {
	if f.n < mostPairs {
		return math.MaxUint32
	}
	return f.hashes[mostPairs-1]
}

// put takes a hash in if it is among the smallest.
func (f *Fingerprint) put(h uint32) {
	if f.n == mostPairs && h >= f.hashes[mostPairs-1] {
		return
	}
	i, known := slices.BinarySearch(f.hashes[:f.n], h)
	if known {
		return
	}
	if f.n < mostPairs {
		f.n++
	}
	copy(f.hashes[i+1:f.n], f.hashes[i:])
	f.hashes[i] = h
	f.mask = 0
	for _, h := range f.hashes[:f.n] {
		f.mask |= 1 << (h % 64)
	}
}

func (f Fingerprint) compare(g Fingerprint) int {
	return slices.Compare(f.hashes[:f.n], g.hashes[:g.n])
}

// MarshalText gives the hexadecimal form. It does not fail.
func (f Fingerprint) MarshalText() ([]byte, error) { return encode(f.hashes[:f.n]), nil }

// UnmarshalText reads the hexadecimal form. The error is a *FormError.
func (f *Fingerprint) UnmarshalText(text []byte) error {
	hashes, err := decode(text, mostPairs)
	if err != nil {
		return err
	}
	*f = Fingerprint{}
	for _, h := range hashes {
		f.put(h)
	}
	return nil
}

// A FormError says why a text is no fingerprint.
type FormError struct{ Reason string }

// Error says it for people.
func (e *FormError) Error() string { return "no fingerprint: " + e.Reason }

func encode(hashes []uint32) []byte {
	out := make([]byte, 0, 8*len(hashes))
	for _, h := range hashes {
		out = hex.AppendEncode(out, binary.BigEndian.AppendUint32(nil, h))
	}
	return out
}

func decode(text []byte, most int) ([]uint32, error) {
	raw := make([]byte, hex.DecodedLen(len(text)))
	if len(text)%8 != 0 || len(text)/8 > most {
		return nil, &FormError{Reason: "eight digits for each hash, and not too many of them"}
	}
	if _, err := hex.Decode(raw, text); err != nil {
		return nil, &FormError{Reason: err.Error()}
	}
	var out []uint32
	for ; len(raw) > 0; raw = raw[4:] {
		h := binary.BigEndian.Uint32(raw)
		if len(out) > 0 && out[len(out)-1] >= h {
			return nil, &FormError{Reason: "the hashes are not in ascending order"}
		}
		out = append(out, h)
	}
	return out, nil
}
