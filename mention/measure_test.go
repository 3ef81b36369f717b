package mention_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

const family = "👨\u200d👩\u200d👧\u200d👦"

func TestMeasures(t *testing.T) {
	for _, c := range []struct {
		text                         string
		runes, utf16, bytes, weights int
		reason                       string
	}{
		{"", 0, 0, 0, 0, "nothing"},
		{"abc", 3, 3, 3, 3, "plain letters"},
		{"Hi http://test.co", 17, 17, 17, 26, "a URL counts 23"},
		{"A\u0301B", 3, 3, 4, 2, "composed first"},
		{family, 7, 11, 25, 2, "a family is one emoji"},
		{strings.Repeat(family, 140), 980, 1540, 3500, 280, "and 140 of them are what a post holds"},
		{"1⃣", 2, 2, 4, 2, "a key without a variation selector"},
		{"1\ufe0f\u20e3 #\ufe0f\u20e3", 7, 7, 15, 5, "keys with one"},
		{strings.Repeat("語", 160), 160, 160, 480, 320, "Han counts double"},
		{"http://" + strings.Repeat("a", 63) + ".com", 74, 74, 74, 23, "the longest label that a host may have"},
		{"http://" + strings.Repeat("a", 64) + ".com", 75, 75, 75, 75, "a longer one is no URL"},
		{"🇩🇪🇫🇷", 4, 8, 16, 4, "two flags"},
		{"👍🏽 👍", 4, 7, 13, 5, "a skin tone belongs to its emoji"},
		{"🏴\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F", 7, 14, 28, 2, "a flag of tags"},
		{"❤️ ❤ ©️ © ™", 11, 11, 23, 13, "with and without variation selectors"},
		{"“quoted” – ‘it’… 10′", 20, 20, 34, 21, "typography counts 1, an ellipsis is beyond it"},
		{"see acme.com/a(b)_c, or acme.com.", 33, 33, 33, 56, "hosts without a scheme, paths with brackets, marks at the end"},
		{"acme.de acme.de/x joe@acme.com v1.2.3 e.g. 3.com", 48, 48, 48, 80, "a country's with a path only, no address, no version"},
		{"https://münchen.de:8080/?a=b&c=d#e.", 35, 35, 36, 24, "letters, port, query and fragment"},
		{"x\xffy", 3, 3, 3, 4, "a broken byte is one rune of the replacing kind"},
	} {
		for name, want := range map[string]int{"runes": c.runes, "utf16": c.utf16, "bytes": c.bytes, "weighted": c.weights, "": c.runes} {
			length, ok := mention.Measure(name)
			require.True(t, ok, name)
			assert.Equal(t, want, length(c.text), "%s of %.40q: %s", name, c.text, c.reason)
		}
	}
	_, ok := mention.Measure("graphemes")
	assert.False(t, ok, "connectors that count graphemes bring their own")
}

func TestMeasureFediverse(t *testing.T) {
	length, ok := mention.Measure("fediverse")
	require.True(t, ok)
	for _, c := range []struct {
		text   string
		want   int
		reason string
	}{
		{"", 0, "nothing"},
		{"see https://acme.com/a/very/long/path?with=much for more", 4 + 23 + 9, "a URL with its scheme counts 23"},
		{"http://t.co", 23, "a short one too"},
		{"see acme.com/help", 17, "one without a scheme counts as it is"},
		{"@ana@mastodon.example thanks", 11, "the host of a mention is free"},
		{"@ana@mastodon.example, @bo_b@a.example!", 4 + 2 + 5 + 1, "of each mention"},
		{"ana@mastodon.example", 20, "an address is no mention"},
		{"@ana thanks", 11, "a name on the same server counts as it is"},
		{"@ana@nohost", 11, "without a host it is no mention"},
		{family + "!", 2, "an emoji is one grapheme"},
		{"e\u0301", 1, "composed first"},
		{"語語", 2, "Han counts once"},
		{"\xff@", 2, "a broken byte is one"},
	} {
		assert.Equal(t, c.want, length(c.text), "%q: %s", c.text, c.reason)
	}
}

func TestMeasureSMS(t *testing.T) {
	length, ok := mention.Measure("sms")
	require.True(t, ok)
	for _, c := range []struct {
		text   string
		want   int
		reason string
	}{
		{"", 0, "nothing is sent"},
		{strings.Repeat("a", 160), 1, "160 septets are one"},
		{strings.Repeat("a", 161), 2, "one more and both have a header"},
		{strings.Repeat("a", 306), 2, "153 each"},
		{strings.Repeat("a", 307), 3, "and one more"},
		{strings.Repeat("€", 80), 1, "the extension takes two septets"},
		{strings.Repeat("€", 81), 2, "162 of them"},
		{strings.Repeat("a", 152) + "€" + strings.Repeat("a", 152), 3, "the pair is not cut: 152, then 2 and 151, then 1"},
		{"ж" + strings.Repeat("a", 69), 1, "one letter beyond the alphabet makes it 70 units"},
		{"ж" + strings.Repeat("a", 70), 2, "71"},
		{strings.Repeat("ж", 134), 2, "67 each"},
		{strings.Repeat("ж", 135), 3, "and one more"},
		{strings.Repeat("😀", 35), 1, "two units each"},
		{strings.Repeat("😀", 66), 2, "33 in a part, for a pair is never cut"},
		{strings.Repeat("😀", 67), 3, "and one more"},
		{"`", 1, "a back quote is not in the alphabet, one part all the same"},
	} {
		assert.Equal(t, c.want, length(c.text), "%.20q of %d: %s", c.text, len(c.text), c.reason)
	}
	assert.True(t, mention.Venue{Max: 2, Measure: "sms"}.Fits(strings.Repeat("a", 306)), "the longest is a number of parts")
}

func TestVenueFits(t *testing.T) {
	v := mention.Venue{Channel: "chirp", Max: 280, Measure: "weighted"}
	assert.True(t, v.Fits(strings.Repeat(family, 140)))
	assert.False(t, v.Fits(strings.Repeat("語", 160)), "320 refused")
	assert.Equal(t, 320, v.Length(strings.Repeat("語", 160)))
	assert.True(t, mention.Venue{}.Fits(strings.Repeat("x", 100_000)), "no limit")
	assert.Equal(t, 2, mention.Venue{Measure: "stars"}.Length("é"), "an unknown measure counts bytes, so that nothing is too long")
}

func TestVenueCheck(t *testing.T) {
	assert.Empty(t, mention.Venue{Channel: "chirp", Visibilities: []mention.Visibility{"public", "private"},
		Max: 280, Measure: "utf16"}.Check())
	bad := mention.Venue{Visibilities: []mention.Visibility{"public", "secret", "public"}, Max: -1, Measure: "stars",
		RepliesPerItem: -1, EditWindow: spec.Of(-time.Second), ReplyWindow: -1}
	assert.Equal(t, strings.TrimSpace(`
channel: is empty
measure: "stars" is not known: one of runes, utf16, bytes, weighted, fediverse, sms
visibilities[1]: "secret" is not known: one of public, private
visibilities[2]: "public" stands here a second time
max: is negative
replies_per_item: is negative
edit_window: is negative
reply_window: is negative`), bad.Check().Error())
}

func FuzzMeasure(f *testing.F) {
	for _, s := range []string{"@a@b.example €ж", "Hi http://test.co", family, "1⃣", "acme.com/(x)", "🇩🇪🇫", "\xff", "http://a.b.c-.d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		weighted, _ := mention.Measure("weighted")
		n := weighted(s)
		require.GreaterOrEqual(t, n, 0)
		require.Equal(t, n+2, weighted(s+" x"), "what stands behind a space does not change what is before it")
		fediverse, _ := mention.Measure("fediverse")
		require.Equal(t, fediverse(s)+2, fediverse(s+" x"), "nor here")
		sms, _ := mention.Measure("sms")
		require.LessOrEqual(t, sms(s), sms(s+"x"), "a longer text never needs fewer parts")
	})
}
