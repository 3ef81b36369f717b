package spec_test

import (
	"fmt"

	"github.com/reputekit/reputation/mention/spec"
)

// A person's file is read strictly; everything that is wrong with it is told at once.
func Example() {
	type Rule struct {
		Name string        `json:"name"`
		Wait spec.Duration `json:"wait,omitempty"`
	}
	var rules []Rule
	err := spec.Decode([]byte(`[
  {"name": "late", "wait": "2 hours"},
  {"nmae": "lost", "wait": "1d"},
  {"name": "rude", "name": "loud"}
]`), &rules)
	fmt.Println(err)
	// Output:
	// [0].wait: "2 hours" is not a duration: write it like 15m, 1h30m or 2d (line 2, column 28)
	// [1].nmae: unknown field; did you mean "name"? (line 3, column 4)
	// [2].name: this field stands here a second time, the first is on line 4 (line 4, column 20)
}
