package group_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/reputekit/reputation/mention/group"
)

func BenchmarkOf(b *testing.B) {
	b.SetBytes(int64(len(complaint)))
	b.ReportAllocs()
	for b.Loop() {
		group.Of(complaint)
	}
}

// BenchmarkAdd adds posts of which one in ten is a copy to a full row. What it reports as B/group is JSON.
func BenchmarkAdd(b *testing.B) {
	for _, most := range []int{100, 500, 2000} {
		b.Run(fmt.Sprint(most, " groups"), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 1))
			texts := families(r, 2*most)
			prints := make([]group.Fingerprint, len(texts))
			for i, text := range texts {
				prints[i] = group.Of(text)
			}
			full := group.Tally{Most: most}
			i := 0
			add := func() {
				f := prints[i%len(prints)]
				if i%10 == 0 && i > 0 {
					f = prints[(i-7)%len(prints)]
				}
				full, _ = full.Add(f, ref(i), fmt.Sprint(i%50), noon.Add(time.Duration(i)*time.Second))
				i++
			}
			for range 2 * most {
				add()
			}
			b.ReportAllocs()
			for b.Loop() {
				add()
			}
			row, err := json.Marshal(full)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(row))/float64(len(full.Groups)), "B/group")
		})
	}
}
