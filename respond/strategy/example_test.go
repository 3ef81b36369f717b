package strategy_test

import (
	"fmt"

	"github.com/reputekit/reputation/respond/strategy"
)

// A part failed, nobody meant it, and it never happened before.
func Example() {
	advice, err := strategy.Choose(strategy.Situation{Cluster: strategy.Accidental, Verified: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(advice)
	fmt.Println(strategy.Switch([]strategy.Strategy{strategy.Deny}, advice.Strategy, false))
	// Output:
	// diminish: accidental, no history
	// says: what to do, concern, next update, where to look
	// never: attack the accuser, name a scapegoat, bolster except as an addition
	// deny was used before in this incident, and diminish contradicts it: record a retraction first
}
