package mention_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
)

func TestCanonical(t *testing.T) {
	zone := time.FixedZone("x", 3600)
	m := mention.Mention{
		Ref: mention.Ref{Channel: "a\x00", ID: "b\xff"}, Text: "\xffa\x00b\xc3", Author: mention.Author{Name: "n\x00",
			Since: time.Date(2020, 1, 1, 0, 0, 0, 1, zone)},
		Media: []mention.Media{{Kind: "image", Alt: "\xff"}}, Links: []string{"x\x00"},
		PostedAt: time.Date(2025, 1, 2, 3, 4, 5, 6_789_000, zone),
	}
	c := m.Canonical()
	assert.Equal(t, "\ufffdab\ufffd", c.Text)
	assert.Equal(t, mention.Ref{Channel: "a", ID: "b\ufffd"}, c.Ref)
	assert.Equal(t, "n", c.Author.Name)
	assert.Equal(t, "\ufffd", c.Media[0].Alt)
	assert.Equal(t, []string{"x"}, c.Links)
	assert.Equal(t, "\xff", m.Media[0].Alt, "the argument is not changed")
	assert.Equal(t, time.Date(2025, 1, 2, 2, 4, 5, 6_000_000, time.UTC), c.PostedAt)
	assert.True(t, c.ReceivedAt.IsZero(), "no time stays no time")
	assert.Equal(t, mention.Post, c.Kind)
	assert.Equal(t, mention.Public, c.Visibility)
	assert.Equal(t, c, c.Canonical(), "once is enough")
}

func TestRoot(t *testing.T) {
	m := mention.Mention{Ref: mention.Ref{ID: "3"}}
	assert.Equal(t, "3", m.Root(), "a conversation of its own")
	m.Parent = "2"
	assert.Equal(t, "2", m.Root(), "what it answers")
	m.Thread = "1"
	assert.Equal(t, "1", m.Root(), "the root the platform names")
}

func TestAuthorKey(t *testing.T) {
	assert.Equal(t, "7", mention.Author{ID: "7", Handle: "Jo"}.Key())
	assert.Equal(t, "@jo", mention.Author{Handle: "Jo"}.Key())
	assert.Equal(t, "", mention.Author{Name: "Jo"}.Key(), "anybody can take a name")
}

func TestRatingPerMille(t *testing.T) {
	for _, c := range []struct {
		r      mention.Rating
		want   int
		ok     bool
		reason string
	}{
		{mention.Rating{Value: 1, Best: 5}, 0, true, "one star is the lowest"},
		{mention.Rating{Value: 5, Best: 5}, 1000, true, "the best"},
		{mention.Rating{Value: 3, Best: 5}, 500, true, "the middle"},
		{mention.Rating{Value: 10, Best: 10}, 1000, true, "another scale"},
		{mention.Rating{}, 0, false, "no rating"},
		{mention.Rating{Value: 6, Best: 5}, 0, false, "beyond the scale"},
		{mention.Rating{Value: 1, Best: 1}, 0, false, "no scale at all"},
	} {
		n, ok := c.r.PerMille()
		assert.Equal(t, c.want, n, c.reason)
		assert.Equal(t, c.ok, ok, c.reason)
	}
}

// slowKey is what mention.Key says that it is, as the library for ids makes it.
func slowKey(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "%d:%s", len(p), p)
	}
	root := uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/reputekit/reputation"))
	return uuid.NewSHA1(root, []byte(b.String())).String()
}

func FuzzKey(f *testing.F) {
	f.Add("chirp", "1", "")
	f.Add("", "\x00\xff", "ähm")
	f.Add(strings.Repeat("long ", 200), "x", "y")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		for _, parts := range [][]string{nil, {a}, {a, b}, {a, b, c}} {
			require.Equal(t, slowKey(parts...), mention.Key(parts...), "%q", parts)
		}
	})
}

func BenchmarkKey(b *testing.B) {
	for _, row := range []struct {
		name string
		key  func(...string) string
	}{{"own", mention.Key}, {"by the library for ids", slowKey}} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				row.key("conversation", "acme", "chirp", "184467440737", "handle:eva")
			}
		})
	}
}

func TestKey(t *testing.T) {
	assert.Equal(t, mention.Key("a", "b"), mention.Key("a", "b"))
	assert.NotEqual(t, mention.Key("ab", "c"), mention.Key("a", "bc"), "the parts' lengths count")
	assert.NotEqual(t, mention.Key("a"), mention.Key("a", ""), "and their number")
	assert.Equal(t, "26c1ffa2-a465-50a0-acc2-2922e66e698a", mention.Key("chirp", "1"), "for ever: stored ids are made of it")
}

func FuzzCanonical(f *testing.F) {
	f.Add("a\x00\xff", "b", int64(1))
	f.Fuzz(func(t *testing.T, text, id string, at int64) {
		m := mention.Mention{Ref: mention.Ref{ID: id}, Text: text, PostedAt: time.UnixMicro(at % 1e15)}.Canonical()
		require.Equal(t, m, m.Canonical())
		b, err := json.Marshal(m)
		require.NoError(t, err)
		var back mention.Mention
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, m, back.Canonical(), "nothing is lost on the way through JSON")
	})
}
