package ask_test

import (
	"encoding/json"
	"fmt"

	"github.com/reputekit/reputation/triage/ask"
)

// A question is data, and so is its answer.
func Example() {
	least := 10000
	out, err := json.Marshal(ask.Signal{Name: "anger", Between: ask.Between{Min: &least}})
	fmt.Println(string(out), err)
	fmt.Println(ask.Answer{What: "followers", Number: 12000, Wants: ">= 10000"})
	fmt.Println(ask.Answer{What: "channel", Is: "chirp"})
	fmt.Println(ask.Answer{What: "public"})
	// Output:
	// {"name":"anger","min":10000} <nil>
	// followers 12000 >= 10000
	// channel chirp
	// public
}
