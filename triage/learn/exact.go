package learn

import "math"

// What is computed here must come out the same, bit for bit, on every processor. Go may fuse x*y + z into one operation
// with one rounding where the processor has it, and package math has a version of Exp and Log of its own for some of
// them. So products are written float64(x * y), which the language forbids to fuse, and exp and ln stand here. Square
// roots, divisions and sums are exact to the last bit everywhere.

const (
	ln2High = 6.93147180369123816490e-01 // with 21 zero bits at its end: times a small whole number it is exact
	ln2Low  = 1.90821492927058770002e-10
)

// exp is e to the power of x, for x of -700 to 700; below it is 0, above as if x were 700. It is off by some 1e-16.
func exp(x float64) float64 {
	if !(x > -700) {
		return 0
	}
	x = min(x, 700)
	k := math.Floor(float64(x/math.Ln2) + 0.5)
	r := x - float64(k*ln2High) - float64(k*ln2Low)
	sum := 1.0
	for n := 14.0; n > 0; n-- {
		sum = 1 + float64(sum*r)/n
	}
	return math.Ldexp(sum, int(k))
}

// ln is the natural logarithm of a finite x above 0. It is off by some 1e-16.
func ln(x float64) float64 {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = float64(m*2), k-1
	}
	t := (m - 1) / (m + 1)
	square, sum := float64(t*t), 0.0
	for n := 25.0; n > 0; n -= 2 {
		sum = 1/n + float64(sum*square)
	}
	return float64(float64(k)*ln2High) + (float64(float64(k)*ln2Low) + float64(2*float64(t*sum)))
}

// A shuffler draws the order of the examples in each pass, always the same: xorshift by Marsaglia, with a fixed seed.
type shuffler uint64

const seed shuffler = 88172645463325252

// below gives a number of 0 to n-1.
func (s *shuffler) below(n int) int {
	*s ^= *s << 13
	*s ^= *s >> 7
	*s ^= *s << 17
	return int(uint64(*s) % uint64(n))
}

// shuffle puts the list in another order (Fisher and Yates).
func (s *shuffler) shuffle(list []int32) {
	for i := len(list) - 1; i > 0; i-- {
		j := s.below(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}
