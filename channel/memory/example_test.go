package memory_test

import (
	"context"
	"fmt"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
)

// A customer writes, the house answers, and the answer to that is lost on the way: the key tells whether it went out.
func Example() {
	ctx := context.Background()
	world := memory.Channel{Faults: []memory.Fault{{Op: "send", Call: 1, What: memory.FailAfter}}}
	ref := world.Post(mention.Mention{Author: mention.Author{Handle: "eva"}, Text: "You lost my bag."})

	c, err := channel.New(&world, channel.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for page, err := range c.Pages(ctx, "") {
		fmt.Println(len(page.Items), page.Next, err)
	}
	_, err = c.Send(ctx, channel.Outgoing{Key: "k1", To: ref, Text: "We are looking for it."})
	fmt.Println(channel.Classify(err))
	receipt, err := c.Find(ctx, "k1")
	fmt.Println(receipt.Ref, err)
	fmt.Println(len(world.Sent()), "message in the world")
	// Output:
	// 1 at-1 <nil>
	// find out
	// memory/2 <nil>
	// 1 message in the world
}
