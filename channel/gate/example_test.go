package gate_test

import (
	"fmt"
	"time"

	"github.com/reputekit/reputation/channel/gate"
)

// Two people hold the same channel: one its campaign, the other everything.
func Example() {
	var g gate.Gate
	now := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	g.Pause(gate.Pause{Who: "ana", Why: "outage"})
	fmt.Println(g.HoldsPost(now))
	fmt.Println(g.HoldsReply(now) == nil)
	g.Pause(gate.Pause{Who: "ben", Why: "the wrong account", Until: now.Add(time.Hour), Replies: true})
	g.Resume("ana")
	fmt.Println(g.HoldsReply(now))
	fmt.Println(g.HoldsReply(now.Add(time.Hour)) == nil)
	// Output:
	// held by ana: outage
	// true
	// held by ben: the wrong account (until 2026-03-10T10:00:00Z)
	// true
}
