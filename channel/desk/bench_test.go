package desk_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
)

// BenchmarkHandle takes mentions in, one by one, end to end on a store in memory.
func BenchmarkHandle(b *testing.B) {
	for _, row := range []struct{ name, text string }{
		{"recorded", "Fjordwing and the weather"},
		{"new case with its page", "Fjordwing lost my bag"},
	} {
		b.Run(row.name, func(b *testing.B) {
			h := newHouse(b, &memory.Channel{})
			n := 0
			for b.Loop() {
				n++
				m := said(fmt.Sprint("customer ", n), row.text)
				m.Ref = mention.Ref{Channel: "memory", ID: fmt.Sprint(n)}
				require.NoError(b, h.desk.Handle(b.Context(), "", channel.Item{ID: m.Ref.ID, Kind: channel.Created, Mention: m}))
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mentions/s")
		})
	}
}
