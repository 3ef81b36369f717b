package channel_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/mention"
)

// bulletin is the smallest connector there is: it can only put posts out.
type bulletin struct{}

func (bulletin) Describe() channel.Description {
	return channel.Description{Venue: mention.Venue{Channel: "bulletin", Max: 40}, Publishes: true}
}

func (bulletin) Publish(_ context.Context, p channel.Post) (channel.Receipt, error) {
	fmt.Println("on the board:", p.Text)
	return channel.Receipt{Ref: mention.Ref{Channel: "bulletin", ID: "1"}}, nil
}

func (bulletin) Revise(context.Context, mention.Ref, channel.Post) (channel.Receipt, error) {
	return channel.Receipt{}, &channel.Error{Code: channel.ErrUnsupported, Reason: "what is pinned stays"}
}

// A crisis begins while a campaign is scheduled. The pause stands at the moment of sending; a holding statement goes out
// all the same.
func Example() {
	now := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	c, err := channel.New(bulletin{}, channel.Options{Now: func() time.Time { return now }})
	if err != nil {
		fmt.Println(err)
		return
	}
	c.Pause(gate.Pause{Who: "ana", Why: "outage", Until: now.Add(2 * time.Hour)})

	_, err = c.Publish(context.Background(), channel.Post{Key: "spring", Text: "Spring is here!"})
	fmt.Println(err)
	var pause *gate.Pause
	fmt.Println(errors.As(err, &pause), pause.Who, channel.Classify(err))

	_, err = c.Publish(context.Background(), channel.Post{Key: "v1", Text: "Check-in is down. News at 10:00 CET.", Statement: true})
	fmt.Println(err)
	// Output:
	// publish: paused: held by ana: outage (until 2026-03-10T11:00:00Z)
	// true ana stop
	// on the board: Check-in is down. News at 10:00 CET.
	// <nil>
}
