package grade

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// A Graded is what a person says of the replies of a case, by one rubric.
type Graded struct {
	Case   string    `json:"case"`
	By     string    `json:"by"` // a member's id
	At     time.Time `json:"at"` // UTC; the newest of the same By, Case and Rubric counts
	Rubric string    `json:"rubric"`
	Score  int       `json:"score"` // a class of the rubric: 1 to 5, 0 and 1
}

// An Agreement is how far two graders agree on the cases that both have graded by one rubric.
type Agreement struct {
	Rubric string `json:"rubric"`
	A      string `json:"a"` // the graders, A before B
	B      string `json:"b"`
	Cases  int    `json:"cases"`           // graded by both
	Same   int    `json:"same"`            // with the same score
	Kappa  int    `json:"kappa,omitempty"` // per mille, -1000 to 1000; 1000 is full agreement
	None   bool   `json:"none,omitempty"`  // there is no kappa: both gave one and the same score always
}

// Agree returns the agreement of every two graders that have a case and a rubric in common, by rubric, A and B. It is
// Cohen's kappa, unweighted (J. Cohen, A coefficient of agreement for nominal scales, 1960): (po - pe) / (1 - pe), where
// po is the share of same scores and pe the share that chance would give. A case that came twice counts once.
func Agree(graded []Graded) []Agreement {
	scores := map[[2]string]map[string]Graded{} // rubric and grader, then case
	for _, g := range graded {
		key := [2]string{g.Rubric, g.By}
		if scores[key] == nil {
			scores[key] = map[string]Graded{}
		}
		was, known := scores[key][g.Case]
		if !known || g.At.After(was.At) || g.At.Equal(was.At) && g.Score > was.Score {
			scores[key][g.Case] = g
		}
	}
	keys := slices.SortedFunc(maps.Keys(scores), func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	var out []Agreement
	for i, a := range keys {
		for _, b := range keys[i+1:] {
			if a[0] != b[0] {
				break
			}
			if x := agreed(scores[a], scores[b]); x.Cases > 0 {
				x.Rubric, x.A, x.B = a[0], a[1], b[1]
				out = append(out, x)
			}
		}
	}
	return out
}

func agreed(a, b map[string]Graded) (x Agreement) {
	as, bs := map[int]int{}, map[int]int{}
	for _, id := range slices.Sorted(maps.Keys(a)) {
		other, both := b[id]
		if !both {
			continue
		}
		x.Cases++
		if other.Score == a[id].Score {
			x.Same++
		}
		as[a[id].Score]++
		bs[other.Score]++
	}
	chance := 0
	for score, n := range as {
		chance += n * bs[score]
	}
	// With n cases po = same/n and pe = chance/n², so kappa = (n*same - chance) / (n² - chance).
	over, under := x.Cases*x.Same-chance, x.Cases*x.Cases-chance
	if under == 0 {
		x.None = true
		return x
	}
	x.Kappa = nearest(1000*over, under)
	return x
}

// nearest divides and rounds half away from zero; d is above 0.
func nearest(n, d int) int {
	if n < 0 {
		return -nearest(-n, d)
	}
	return (2*n + d) / (2 * d)
}
