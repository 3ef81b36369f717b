package signal

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestScanAgreesWithBytes compares eight bytes at a time with one after the other. Nobody outside sees the blocks.
func TestScanAgreesWithBytes(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	var x Text
	for n := range 400 {
		b := make([]byte, n%200)
		for i := range b {
			b[i] = byte(r.Intn(256))
		}
		text := string(b)
		x.scan(text)
		for i := range len(text) {
			at, bit := &x.blocks[i/64], uint64(1)<<(i%64)
			c := text[i]
			lower, upper, digit := 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9'
			require.Equal(t, lower || upper || digit, at.word&bit != 0, "word %q in %q", c, text)
			require.Equal(t, upper, at.upper&bit != 0, "upper %q in %q", c, text)
			require.Equal(t, digit, at.digit&bit != 0, "digit %q in %q", c, text)
			require.Equal(t, !lower && !upper && !digit && c != ' ', at.other&bit != 0, "other %q in %q", c, text)
			require.Equal(t, small[c], x.folded[i], "small %q in %q", c, text)
		}
		last := x.blocks[len(text)/64]
		require.Zero(t, (last.word|last.other)>>(len(text)%64), "nothing behind the end")
	}
}

func TestRunsOverBlocks(t *testing.T) {
	var x Text
	for before := range 130 {
		for _, word := range []string{"a", "Ab1", strings.Repeat("x", 63)} {
			x.scan(strings.Repeat(" ", before) + word + " rest")
			n, upper, digit := x.run(before)
			require.Equal(t, len(word), n, "behind %d", before)
			require.Equal(t, word == "Ab1", upper == 1 && digit == 4, "behind %d", before)
		}
	}
}
