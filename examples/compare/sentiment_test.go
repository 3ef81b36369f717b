package compare

import (
	"testing"

	"github.com/jonreiter/govader"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/signal"
)

// An opinion sorts a text into negative, neutral and positive.
type opinion func(text string) string

// ours sorts at the thresholds that package signal recommends.
func ours(t testing.TB) opinion {
	t.Helper()
	lists, err := signal.New()
	require.NoError(t, err)
	var read signal.Text
	return func(text string) string {
		lists.Read(&read, text, "en")
		return sorted(float64(read.Sentiment().PerMille), 250)
	}
}

// vader sorts at the thresholds that its authors recommend.
func vader() opinion {
	analyzer := govader.NewSentimentIntensityAnalyzer()
	return func(text string) string { return sorted(analyzer.PolarityScores(text).Compound, .05) }
}

func sorted(score, threshold float64) string {
	switch {
	case score <= -threshold:
		return "negative"
	case score >= threshold:
		return "positive"
	}
	return "neutral"
}

// BenchmarkSentiment sorts posts; found/post is the share that is not neutral.
func BenchmarkSentiment(b *testing.B) {
	for _, row := range []struct {
		name  string
		posts int
		sort  opinion
	}{{"ours", 0, ours(b)}, {"govader", 2_000, vader()}} {
		b.Run(row.name, func(b *testing.B) {
			perPost(b, texts(b, row.posts), func(text string) int {
				if row.sort(text) == "neutral" {
					return 0
				}
				return 1
			})
		})
	}
}

// TestMeasureSentiment judges by the rows that no weight of ours was fitted to, the odd ones, and by all.
func TestMeasureSentiment(t *testing.T) {
	us, them := ours(t), vader()
	for _, row := range []struct {
		name string
		in   func(post) bool
	}{
		{"the half that nothing was fitted to", func(p post) bool { return p.Row%2 == 1 }},
		{"all", func(post) bool { return true }},
	} {
		mine, theirs := macroF1(posts(t), row.in, us), macroF1(posts(t), row.in, them)
		t.Logf("posts: %s. macro-F1 of ours %.3f, of govader %.3f", row.name, mine, theirs)
		assert.Greater(t, mine, theirs)
		assert.GreaterOrEqual(t, mine, .55)
	}
}

// macroF1 is the mean over the three labels of the harmonic mean of precision and recall.
func macroF1(posts []post, in func(post) bool, sort opinion) (f1 float64) {
	right, labelled, said := map[string]int{}, map[string]int{}, map[string]int{}
	for _, p := range posts {
		if !in(p) {
			continue
		}
		s := sort(p.Text)
		labelled[p.Label]++
		said[s]++
		if s == p.Label {
			right[s]++
		}
	}
	for _, x := range []string{"negative", "neutral", "positive"} {
		f1 += 2 * float64(right[x]) / float64(labelled[x]+said[x]) / 3
	}
	return f1
}
