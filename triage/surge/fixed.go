package surge

import (
	"math"
	"math/bits"
)

// Whole numbers stand for fractions, so that a row has the same bytes on every processor: rates are millionths of a
// mention an hour, factors millionths, multiples of the usual per mille.
const (
	million = 1_000_000
	mille   = 1000
)

// scale gives a*b/c, rounded down, and the greatest number where that does not fit. None is below zero and c is above it.
func scale(a, b, c int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	if hi >= uint64(c) {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi, lo, uint64(c))
	return int64(min(q, math.MaxInt64))
}

// nearer moves a value the nth part of the way to another one.
func nearer(from, to, n int64) int64 { return from + (to-from)/n }

// between holds v within bounds.
func between(v, least, most int64) int64 { return max(least, min(v, most)) }
