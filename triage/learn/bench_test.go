package learn_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/learn"
)

// BenchmarkChoose judges posts of some 100 characters by a model of three labels.
func BenchmarkChoose(b *testing.B) {
	m := trained(b, learn.Options{})
	posts := []string{
		"@nimbus my bag has been missing since Tuesday and nobody answers the phone, what do I do now? http://t.co/abc",
		"Thank you @nimbus for the quick help at the gate, the crew was lovely and we were even early!!! 😀",
		"@nimbus do you fly from Lisbon to Oslo in March, and may I take a bicycle with me on that flight?",
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Choose(posts[i%len(posts)])
	}
}

func BenchmarkTrain(b *testing.B) {
	examples := letters(3000)
	for b.Loop() {
		_, err := learn.Train(stream(examples), learn.Options{})
		require.NoError(b, err)
	}
}

func TestChooseAllocatesNothing(t *testing.T) {
	m := trained(t, learn.Options{})
	dst := make([]int, 0, 8)
	texts := []string{"", "my bag is lost", strings.Repeat("très loud ÄÖ 日本 😀 ", 300), "bad \xff\xfe bytes"}
	for _, text := range texts {
		allocs := testing.AllocsPerRun(50, func() {
			m.Choose(text)
			dst = m.Append(dst[:0], text)
		})
		require.Zero(t, allocs, "text of %d bytes", len(text))
	}
}
