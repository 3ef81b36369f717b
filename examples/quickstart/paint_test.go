package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/sensitive"
)

func TestMarked(t *testing.T) {
	for _, row := range []struct {
		reason, text, want string
		places             []place
	}{
		{"one word", "it is down", "it is [down]", []place{{6, 10}}},
		{"two that overlap are one", "third cancelled flight", "[third cancelled] flight", []place{{0, 9}, {6, 15}}},
		{"in any order", "a b", "[a] [b]", []place{{2, 3}, {0, 1}}},
		{"places that are none", "abc", "abc", []place{{2, 9}, {-1, 2}, {2, 2}}},
		{"control characters and line breaks", "a\nb\x1b[31mc\u202ed", "a b[31mcd", nil},
		{"our own marks cannot be forged", "a\uE000b", "ab", nil},
	} {
		assert.Equal(t, row.want, paint{width: 100}.finish(marked(row.text, row.places)), row.reason)
	}
}

func TestCutAndWrap(t *testing.T) {
	p := paint{width: 12}
	for _, row := range []struct{ reason, text, want string }{
		{"short enough", "123456789012", "123456789012"},
		{"too long", "1234567890123", "12345678901…"},
		{"a mark that is cut is closed", "1234 " + string(open) + "567890123" + string(shut), "1234 [5678…]"},
		{"wide letters take two columns", "東京東京東京東", "東京東京東…"},
	} {
		got := p.finish(p.cut(row.text, p.width))
		assert.Equal(t, row.want, got, row.reason)
		assert.LessOrEqual(t, p.room(got), p.width, row.reason)
	}
	for _, line := range p.wrap("a word and another and averyveryverylongone", "  ") {
		assert.LessOrEqual(t, p.room(line), p.width)
	}
}

func TestPrintable(t *testing.T) {
	assert.Equal(t, "a\n  b [2J", printable("a\n  b\x07 \x1b[2J"), "an error may quote a file that is no text")
	assert.LessOrEqual(t, len([]rune(printable(strings.Repeat("x", 10000)))), 400)
}

func TestColour(t *testing.T) {
	line := "it is " + string(open) + "down" + string(shut)
	assert.Equal(t, "it is \x1b[1;33mdown\x1b[0m", paint{width: 80, colour: true}.finish(line))
	none := func(string) string { return "" }
	assert.False(t, paintFor(&strings.Builder{}, none).colour, "no terminal")
	f, err := os.CreateTemp(t.TempDir(), "out")
	require.NoError(t, err)
	defer f.Close()
	assert.False(t, paintFor(f, none).colour, "a file is no terminal")
	terminal, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // as good as a terminal: a character device
	require.NoError(t, err)
	defer terminal.Close()
	assert.True(t, paintFor(terminal, none).colour)
	assert.False(t, paintFor(terminal, func(name string) string {
		return map[string]string{"NO_COLOR": "1"}[name]
	}).colour, "NO_COLOR is honoured")
}

func TestMasked(t *testing.T) {
	text := "über 4111 1111 1111 1111 für thieves"
	private := sensitive.Find(nil, text)
	require.Len(t, private, 1)
	at := strings.Index(text, "thieves")
	got, places := masked(text, private, []place{{at, at + 7}, {private[0].Start, private[0].End}})
	assert.NotContains(t, got, "4111")
	assert.Equal(t, "thieves", got[places[0].start:places[0].end])
	assert.True(t, strings.HasSuffix(got[places[1].start:places[1].end], "1111"), got)
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		assert.Equal(t, want, number(n))
	}
}
