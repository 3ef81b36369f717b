package survey_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/respond/insight/survey"
)

func TestNPS(t *testing.T) {
	for _, row := range []struct {
		reason  string
		answers []int
		want    int
		n, odd  int
		ok      bool
	}{
		{"two for, two against, two neither", []int{10, 9, 8, 7, 6, 0}, 0, 6, 0, true},
		{"28.57", []int{10, 10, 9, 3, 7, 8, 8}, 2857, 7, 0, true},
		{"0 is a detractor, not a missing answer", []int{0}, -10000, 1, 0, true},
		{"nobody answered", nil, 0, 0, 0, false},
		{"off the scale", []int{11, -1, 9}, 10000, 1, 2, true},
		{"below zero rounds as above it", []int{0, 0, 0, 10, 10, 7, 7}, -1429, 7, 0, true},
	} {
		got, ok := survey.NPS(row.answers)
		assert.Equal(t, survey.Score{N: row.n, Value: row.want, Odd: row.odd}, got, row.reason)
		assert.Equal(t, row.ok, ok, row.reason)
	}
}

func TestCSAT(t *testing.T) {
	got, ok := survey.CSAT([]int{5, 4, 3, 2, 1, 5})
	assert.True(t, ok)
	assert.Equal(t, survey.Score{N: 6, Value: 500, Low: 188, High: 812}, got, "50 %, Wilson 95 % 18.8-81.2")
	_, ok = survey.CSAT(nil)
	assert.False(t, ok, "no answers: no value, not 0")
	got, ok = survey.CSAT([]int{0, 6, 1})
	assert.True(t, ok)
	assert.Equal(t, 2, got.Odd)
	assert.Zero(t, got.Low)
}

// The interval in whole numbers is the textbook's, for every share of up to 60 answers and some of many.
func TestIntervalIsWilsons(t *testing.T) {
	check := func(k, n int) {
		answers := make([]int, n)
		for i := range answers {
			answers[i] = 1
			if i < k {
				answers[i] = 5
			}
		}
		got, _ := survey.CSAT(answers)
		p, z, m := float64(k)/float64(n), 1.96, float64(n)
		middle, reach := (p+z*z/(2*m))/(1+z*z/m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))/(1+z*z/m)
		low, high := 1000*math.Max(0, middle-reach), 1000*math.Min(1, middle+reach)
		if math.Abs(low-float64(got.Low)) > 0.51 || math.Abs(high-float64(got.High)) > 0.51 {
			t.Errorf("%d of %d: want %.2f to %.2f, got %d to %d", k, n, low, high, got.Low, got.High)
		}
	}
	for n := 1; n <= 60; n++ {
		for k := 0; k <= n; k++ {
			check(k, n)
		}
	}
	check(123_456, 1_000_000)
	check(1_000_000, 1_000_000)
}

func TestEffortVersionsAreNotMixed(t *testing.T) {
	got, ok := survey.Effort("2.0", []int{7, 6, 7})
	assert.True(t, ok)
	assert.Equal(t, survey.Score{N: 3, Value: 667}, got)
	got, _ = survey.Effort("1.0", []int{7, 1, 2})
	assert.Equal(t, survey.Score{N: 2, Value: 150, Odd: 1}, got, "7 is off the scale of 1.0")
	_, ok = survey.Effort("3", []int{1})
	assert.False(t, ok, "an unknown version has no score")
}

// Six customers said how likely they are to recommend us, and how content they were.
func Example() {
	nps, _ := survey.NPS([]int{10, 10, 9, 3, 7, 8, 8})
	csat, _ := survey.CSAT([]int{5, 4, 3, 2, 1, 5})
	_, ok := survey.CSAT(nil)
	fmt.Println(nps.Value, csat.Value, csat.Low, csat.High, ok)
	// Output: 2857 500 188 812 false
}
