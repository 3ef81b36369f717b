package compare

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
)

// A rule is what every engine can say: the text has one of some words or phrases, and two more things hold.
type rule struct {
	Any       []string
	None      string // a word or phrase that the text must not have; empty asks for nothing, like all zeros below
	Followers int    // at least
	Mood      int    // at most, below 0
	Channels  []string
	Lang      string
}

// A ruleCase is one post as every engine is given it.
type ruleCase struct {
	// Text is the post in small letters, each word and sign with a space on both sides, so that for peers "contains" means
	// whole words, as it does for us. Preparing it costs them nothing here.
	Text      string
	Followers int
	Mood      int
	Channel   string
	Lang      string

	input triage.Input // the same for us, with the text as it was written
}

var (
	phrases = strings.Split("cancelled flight|late flight|delayed|lost my bag|lost luggage|rude|refund|on hold|"+
		"customer service|no response|worst|never again|stranded|missed connection|rebook|broken|dirty|seat|overbooked|"+
		"wifi|safety|emergency|injured|lawsuit|lawyer|racist|discrimination|scam|fraud|hacked|data breach|password|"+
		"charged twice|overcharged|fee|voucher|thank|great|love|awesome|best|amazing|gate agent|pilot|crew|attendant|"+
		"boarding|tarmac|hours|waiting|phone|website|app is down|booking|reservation|dm|follow|help|please|why|price|"+
		"media|press|journalist|reporter|boycott|ceo|stock|delta|united", "|")
	channels = strings.Fields("chirp gram forum news reviews video")
)

func rules() []rule {
	random := rand.New(rand.NewPCG(3, 4))
	pick := func(from []string, n int) []string {
		var out []string
		for _, i := range random.Perm(len(from))[:n] {
			out = append(out, from[i])
		}
		return out
	}
	all := make([]rule, 100)
	for i := range all {
		r := rule{Any: pick(phrases, 5)}
		switch p := random.IntN(100); {
		case p < 40:
			r.Followers, r.Channels = []int{1_000, 5_000, 10_000, 50_000}[random.IntN(4)], pick(channels, 2)
		case p < 65:
			r.Mood = -100 * (1 + random.IntN(8))
		case p < 85:
			r.None, r.Lang = pick(phrases, 1)[0], "en"
		default:
			r.Mood, r.Channels = -100, pick(channels, 2)
		}
		all[i] = r
	}
	return all
}

// ruleCases are the first n ASCII posts, with authors and places made up.
func ruleCases(t testing.TB, n int) []ruleCase {
	t.Helper()
	random := rand.New(rand.NewPCG(5, 6))
	var all []ruleCase
	for _, text := range texts(t, 0) {
		if len(all) == n {
			break
		}
		if !isASCII(text) {
			continue
		}
		c := ruleCase{
			Text: spaced(text), Followers: int(random.ExpFloat64() * 5_000), Mood: random.IntN(2_000) - 1_000,
			Channel: channels[random.IntN(len(channels))], Lang: []string{"en", "en", "en", "es", "fr"}[random.IntN(5)],
		}
		m := mention.Mention{
			Ref: mention.Ref{Channel: c.Channel, ID: "1"}, Text: text, Lang: c.Lang,
			Author: mention.Author{Handle: "ada", Followers: c.Followers},
		}.Canonical()
		c.input = triage.Input{Mention: &m, Observed: []signal.Reading{{Name: "mood", Value: c.Mood}}}
		all = append(all, c)
	}
	return all
}

// spaced puts a space on both sides of every word and every sign of an ASCII text. An underscore belongs to a word only
// inside of it.
func spaced(text string) string {
	out := []byte{' '}
	inWord := false
	for i := range len(text) {
		c := text[i]
		switch {
		case unicode.IsSpace(rune(c)):
			inWord = false
			continue
		case isWord(text[i:i+1], true), c == '_' && inWord && i+1 < len(text) && isWord(text[i+1:i+2], true):
			if inWord {
				out = out[:len(out)-1]
			}
			inWord = true
		default:
			inWord = false
		}
		out = append(out, c, ' ')
	}
	return strings.ToLower(string(out))
}

// holds is the rule as a person reads it: the answer that all engines must give.
func (r rule) holds(c *ruleCase) bool {
	has := func(phrase string) bool { return strings.Contains(c.Text, " "+phrase+" ") }
	return slices.ContainsFunc(r.Any, has) && (r.None == "" || !has(r.None)) && c.Followers >= r.Followers &&
		(r.Mood == 0 || c.Mood <= r.Mood) && (r.Channels == nil || slices.Contains(r.Channels, c.Channel)) &&
		(r.Lang == "" || c.Lang == r.Lang)
}
