package playbook

import "math"

// earth is the mean radius of the earth in metres (IUGG, R1).
const earth = 6_371_008.8

// Distance is the length of the great circle between two places in whole metres, by the haversine formula on a sphere:
// within 0.6 % of the true distance. Coordinates are millionths of a degree, north and east positive.
//
// The answer is the same on every processor. Functions of package math are not, and neither is a product with a sum, which
// some processors round once and some twice: so sines are series here, and each product is converted, which rounds it.
func Distance(latA, lonA, latB, lonB int32) int {
	a, b := radians(latA), radians(latB)
	north := sine((b - a) / 2)
	east := sine((radians(lonB) - radians(lonA)) / 2)
	cos := float64(cosine(a) * cosine(b))
	h := float64(north*north) + float64(cos*float64(east*east))
	return int(float64(2*earth*arcsine(math.Sqrt(min(1, h)))) + 0.5)
}

func radians(millionths int32) float64 { return float64(float64(millionths) * (math.Pi / 180e6)) }

// sine is Taylor's series, good to 1e-15 between -pi and pi, after the angle was brought near nought.
func sine(x float64) float64 {
	for x > math.Pi/2 {
		x = math.Pi - x
	}
	for x < -math.Pi/2 {
		x = -math.Pi - x
	}
	square := float64(x * x)
	sum, term := x, x
	for n := 2.0; n < 26; n += 2 {
		term = float64(float64(-term*square) / float64(n*(n+1)))
		sum += term
	}
	return sum
}

func cosine(x float64) float64 { return sine(math.Pi/2 - x) }

// arcsine halves the range until nothing is left to halve: s is between nought and one.
func arcsine(s float64) float64 {
	low, high := 0.0, math.Pi/2
	for range 60 {
		if mid := (low + high) / 2; sine(mid) < s {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}
