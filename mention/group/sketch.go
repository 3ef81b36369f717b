package group

import (
	"hash/fnv"
	"math"
	"slices"

	"github.com/reputekit/reputation/mention"
)

// mostKeys is how many keys a sketch counts exactly.
const mostKeys = 64

// A sketch counts different keys in bounded room: it holds the 64 smallest of their hashes. Up to 63 the count is exact;
// from there it is estimated from how near to zero they crowd (Bar-Yossef and others, Counting distinct elements in a
// data stream, 2002), with a standard error of an eighth. The same keys in any order, and any of them twice, give the
// same sketch.
type sketch []uint32

// count is the number of different keys.
func (s sketch) count() int {
	if len(s) < mostKeys {
		return len(s)
	}
	greatest := max(1, uint64(s[mostKeys-1]))
	return max(mostKeys, int((mostKeys-1)*uint64(math.MaxUint32)/greatest))
}

// with gives the sketch with more hashes in it.
func (s sketch) with(hashes ...uint32) sketch {
	out := slices.Concat(s, hashes)
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.Clip(out[:min(len(out), mostKeys)])
}

// without gives the sketch without some hashes. A full one stays full, or its estimate would fall to 63: in the place of
// what went stands the middle between its neighbours, which is nobody's.
func (s sketch) without(hashes map[uint32]bool) sketch {
	var out sketch
	prev := uint32(0)
	for i, h := range s {
		if hashes[h] {
			h = prev + (s.after(i, hashes)-prev)/2
			if len(s) < mostKeys || h <= prev {
				continue
			}
		}
		out, prev = append(out, h), h
	}
	return out
}

// after is the first hash behind the ith that stays, or where it would be expected.
func (s sketch) after(i int, hashes map[uint32]bool) uint32 {
	for _, h := range s[i+1:] {
		if !hashes[h] {
			return h
		}
	}
	return s[i] / mostKeys * (mostKeys + 1) // may wrap: then the place stays empty
}

// MarshalText gives eight hexadecimal digits for each hash. It does not fail.
func (s sketch) MarshalText() ([]byte, error) { return encode(s), nil }

// UnmarshalText reads them. The error is a *FormError.
func (s *sketch) UnmarshalText(text []byte) error {
	hashes, err := decode(text, mostKeys)
	*s = hashes
	return err
}

// hashKey hashes what mention.Key makes of the parts, so that it is spread evenly.
func hashKey(parts ...string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(mention.Key(parts...)))
	return h.Sum32()
}

func hashRef(ref mention.Ref) uint32 { return hashKey("ref", ref.Channel, ref.ID) }

func hashAuthor(channel, key string) uint32 { return hashKey("author", channel, key) }
