package desk_test

import (
	"context"
	"fmt"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/desktest"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// A customer complains, Ben writes an answer, Ana approves it. Before it goes out the customer changes his words: it stays
// here, and a person is told. The specifications of this small house stand in house_test.go.
func Example() {
	ctx := context.Background()
	now := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	world := &memory.Channel{Now: clock}

	rules, err := respond.NewRules(specs(), respond.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := channel.New(world, channel.Options{Now: clock})
	if err != nil {
		fmt.Println(err)
		return
	}
	d, err := desk.New(desk.Options{
		Store:    &memstore.Store{},
		Rules:    func(string) *respond.Rules { return rules },
		Channels: map[string]*channel.Channel{c.Name(): c},
		Notifier: &desktest.Pager{},
		Now:      clock,
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	post := world.Post(said("eva", "Fjordwing lost my bag"))
	fmt.Println("tick:", d.Tick(ctx))
	queue, _ := d.Queue(ctx, "")
	id := queue[0].ID
	fmt.Println(len(queue), "case:", queue[0].Verdict.Category)

	fmt.Println("draft:", d.Say(ctx, "", id, "ben", "r1", event.Drafted{Text: "We are looking for your bag."}))
	held, _, _ := d.Case(ctx, "", id)
	fmt.Println("approve:", d.Say(ctx, "", id, "ana", "r2", event.Approved{Draft: held.Draft.ID}))

	world.Edit(post, "Fjordwing found my bag, thank you")
	now = now.Add(time.Minute)
	fmt.Println("tick:", d.Tick(ctx))
	fmt.Println(len(world.Sent()), "messages sent")
	for o := range d.Outbox(ctx, desk.OutboxQuery{Effects: []string{"send"}}) {
		fmt.Println("send:", o.Outcome)
	}
	fmt.Println("drain:", d.Drain(ctx))
	// Output:
	// tick: <nil>
	// 1 case: complaint
	// draft: <nil>
	// approve: <nil>
	// tick: <nil>
	// 0 messages sent
	// send: undelivered changed
	// drain: <nil>
}
