package grade_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/insight/grade"
)

var monday = time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC)

func TestAgree(t *testing.T) {
	var graded []grade.Graded
	add := func(by string, scores ...int) {
		for i, s := range scores {
			graded = append(graded, grade.Graded{Case: fmt.Sprint(i), By: by, Rubric: "tone", Score: s})
		}
	}
	// The textbook's table: 20 both yes, 15 both no, 5 and 10 apart: po 0.7, pe 0.5, kappa 0.4.
	var a, b []int
	for _, cell := range []struct{ a, b, n int }{{1, 1, 20}, {1, 0, 5}, {0, 1, 10}, {0, 0, 15}} {
		for range cell.n {
			a, b = append(a, cell.a), append(b, cell.b)
		}
	}
	add("gus", b...)
	add("ana", a...)
	got := grade.Agree(graded)
	assert.Equal(t, []grade.Agreement{{Rubric: "tone", A: "ana", B: "gus", Cases: 50, Same: 35, Kappa: 400}}, got)
	slices.Reverse(graded)
	assert.Equal(t, got, grade.Agree(graded), "whatever the order")
	graded = nil
	add("ana", 1, 1)
	add("gus", 1, 1)
	assert.Equal(t, []grade.Agreement{{Rubric: "tone", A: "ana", B: "gus", Cases: 2, Same: 2, None: true}}, grade.Agree(graded))
	graded = nil
	add("ana", 0, 1)
	add("gus", 1, 0)
	assert.Equal(t, -1000, grade.Agree(graded)[0].Kappa)
	graded = append(graded, grade.Graded{Case: "0", By: "gus", Rubric: "tone", Score: 0, At: monday},
		grade.Graded{Case: "0", By: "gus", Rubric: "facts", Score: 1})
	got = grade.Agree(graded)
	require.Len(t, got, 1, "nobody else has graded the facts")
	assert.Equal(t, 1, got[0].Same, "the newest of one grader counts")
}

// Two graders, four cases, one of them seen differently.
func Example() {
	var graded []grade.Graded
	for i, scores := range [][2]int{{5, 5}, {1, 1}, {5, 5}, {1, 5}} {
		id := fmt.Sprint("case ", i)
		graded = append(graded, grade.Graded{Case: id, By: "ana", Rubric: "tone", Score: scores[0]},
			grade.Graded{Case: id, By: "gus", Rubric: "tone", Score: scores[1]})
	}
	x := grade.Agree(graded)[0]
	fmt.Printf("%s and %s on %s: %d of %d the same, kappa %d per mille\n", x.A, x.B, x.Rubric, x.Same, x.Cases, x.Kappa)
	// Output:
	// ana and gus on tone: 3 of 4 the same, kappa 500 per mille
}
