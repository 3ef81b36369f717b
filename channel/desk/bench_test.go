package desk_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
)

// BenchmarkHandle takes mentions in, end to end on a store in memory: one after the other, and from as many sides as there
// are processors.
func BenchmarkHandle(b *testing.B) {
	for _, row := range []struct{ name, text string }{
		{"recorded", "Fjordwing and the weather"},
		{"recorded, words that may be copies", "Fjordwing and the weather in Oslo today are both better than what I had feared"},
		{"new case with its page", "Fjordwing lost my bag"},
	} {
		var n atomic.Int64
		one := func(h *house) {
			n := n.Add(1)
			m := said(fmt.Sprint("customer ", n), row.text)
			m.Ref = mention.Ref{Channel: "memory", ID: fmt.Sprint(n)}
			err := h.desk.Handle(b.Context(), "", channel.Item{ID: m.Ref.ID, Kind: channel.Created, Mention: m})
			require.NoError(b, err)
		}
		b.Run(row.name, func(b *testing.B) {
			h := newHouse(b, &memory.Channel{})
			for b.Loop() {
				one(h)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mentions/s")
		})
		b.Run(row.name+", from many sides", func(b *testing.B) {
			h := newHouse(b, &memory.Channel{})
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					one(h)
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mentions/s")
		})
	}
}
