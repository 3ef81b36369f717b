package survey

import "math"

// A Score is what answers to a survey come to.
type Score struct {
	N     int `json:"n"`              // answers that count
	Value int `json:"value"`          // NPS: hundredths, -10000 to 10000; CSAT: per mille; effort: hundredths of its scale
	Low   int `json:"low,omitempty"`  // CSAT: the 95 % interval, per mille
	High  int `json:"high,omitempty"` // CSAT
	Odd   int `json:"odd,omitempty"`  // answers off the scale, left out
}

// Counts are answers to one question, by what was answered: how often each. Counts of parts add up to those of the whole.
// The zero Counts are of nobody.
type Counts map[int]int

// of counts answers.
func of(answers []int) Counts {
	c := Counts{}
	for _, a := range answers {
		c[a]++
	}
	return c
}

// NPS returns the net promoter score of answers from 0 to 10, in hundredths: 100 * (n(9..10) - n(0..6)) / n. 0 is an
// answer. ok is false where nobody answered.
func NPS(answers []int) (s Score, ok bool) { return of(answers).NPS() }

// NPS is the net promoter score of the counts.
func (c Counts) NPS() (s Score, ok bool) {
	net := 0
	for a, n := range c {
		if a < 0 || a > 10 {
			s.Odd += n
			continue
		}
		s.N += n
		if a >= 9 {
			net += n
		}
		if a <= 6 {
			net -= n
		}
	}
	if s.N == 0 {
		return s, false
	}
	s.Value = nearest(10000*net, s.N)
	return s, true
}

// CSAT returns the share of 4 and 5 among answers from 1 to 5, per mille, with its 95 % Wilson score interval
// (E. B. Wilson, 1927; z = 1.96). ok is false where nobody answered: that is no 0.
func CSAT(answers []int) (s Score, ok bool) { return of(answers).CSAT() }

// CSAT is the share of the satisfied in the counts.
func (c Counts) CSAT() (s Score, ok bool) {
	good := 0
	for a, n := range c {
		if a < 1 || a > 5 {
			s.Odd += n
			continue
		}
		s.N += n
		if a >= 4 {
			good += n
		}
	}
	if s.N == 0 {
		return s, false
	}
	s.Value = nearest(1000*good, s.N)
	s.Low, s.High = wilson(good, s.N)
	return s, true
}

// wilson is the 95 % interval of a share, per mille, in whole numbers: with z² = 3.8416 the bounds are
// (k + z²/2 ± z * sqrt(k(n-k)/n + z²/4)) / (n + z²). Everything is scaled by 10⁴.
func wilson(k, n int) (low, high int) {
	product, all := int64(k)*int64(n-k), int64(n)
	root := squareRoot(product/all*100_000_000 + product%all*100_000_000/all + 96_040_000) // 10⁴ times the root
	middle := int64(k)*10_000 + 19_208
	reach := 196 * root / 100
	under := int64(n)*10_000 + 38_416
	low = nearest(int(1000*(middle-reach)), int(under))
	high = nearest(int(1000*(middle+reach)), int(under))
	return max(0, low), min(1000, high)
}

// squareRoot is the largest whole number whose square is not above n.
func squareRoot(n int64) int64 {
	r := int64(math.Sqrt(float64(n)))
	for r*r > n {
		r--
	}
	for (r+1)*(r+1) <= n {
		r++
	}
	return r
}

// Effort returns the mean of customer effort answers, in hundredths of their scale, by version: version 2.0 goes from 1
// to 7 and high is easy, 1.0 from 1 to 5 and low is easy. Versions are never mixed; one that is neither has no score.
func Effort(version string, answers []int) (s Score, ok bool) { return of(answers).Effort(version) }

// Effort is the mean effort of the counts.
func (c Counts) Effort(version string) (s Score, ok bool) {
	most := map[string]int{"1.0": 5, "2.0": 7}[version]
	all := 0
	for a, n := range c {
		if a < 1 || a > most {
			s.Odd += n
			continue
		}
		s.N += n
		all += a * n
	}
	if s.N == 0 {
		return s, false
	}
	s.Value = nearest(100*all, s.N)
	return s, true
}

// nearest divides and rounds half away from zero; d is above 0.
func nearest(n, d int) int {
	if n < 0 {
		return -nearest(-n, d)
	}
	return (2*n + d) / (2 * d)
}
