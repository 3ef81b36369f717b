package channeltest_test

import (
	"context"
	"fmt"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/channeltest"
	"github.com/reputekit/reputation/mention"
)

// bulletin is a connector that can only put posts out. It forgets to look at keys.
type bulletin struct{ board *[]string }

func (bulletin) Describe() channel.Description {
	return channel.Description{Venue: mention.Venue{Channel: "bulletin"}, Publishes: true, Remembers: 1}
}

func (b bulletin) Publish(_ context.Context, p channel.Post) (channel.Receipt, error) {
	*b.board = append(*b.board, p.Text)
	return channel.Receipt{Ref: mention.Ref{Channel: "bulletin", ID: fmt.Sprint(len(*b.board))}}, nil
}

func (bulletin) Revise(context.Context, mention.Ref, channel.Post) (channel.Receipt, error) {
	return channel.Receipt{}, &channel.Error{Code: channel.ErrUnsupported, Op: "revise", Reason: "what is pinned stays"}
}

// In a test of a connector this is one call of Run. Check gives the same as data.
func Example() {
	var board []string
	results := channeltest.Check(context.Background(), channeltest.Harness{
		Reset: func() { board = nil },
		Open:  func() channel.Connector { return bulletin{&board} },
		Done: func() (out []channeltest.Done) {
			for n, text := range board {
				out = append(out, channeltest.Done{Op: "publish", Text: text,
					Ref: mention.Ref{Channel: "bulletin", ID: fmt.Sprint(n + 1)}})
			}
			return out
		},
		Only: []string{"publish-key-twice", "revise-in-place", "key-twice"},
	})
	for _, r := range results {
		fmt.Println(r)
	}
	// Output:
	// key-twice: skipped: the connector does not declare Sends
	// publish-key-twice: does not hold: the receipts name "1" and "2" (A post goes out once for each key; another body is ErrConflict.)
	// revise-in-place: skipped: the platform cannot revise
}
