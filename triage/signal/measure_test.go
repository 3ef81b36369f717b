package signal_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/signal"
)

// A post is a labelled text of one of the sets. Complaint is 1 for a complaint, in the second set only.
type post struct {
	Text, Label string
	Complaint   int
}

// rows reads a set from the folder of data.
func rows(t testing.TB, file string) (posts []post) {
	dir := os.Getenv("REPUTATION_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, file))
	if err != nil {
		t.Skip("measured on ", file, " in the folder that REPUTATION_DATA names: ", err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var row struct {
			Text, Sentiment string
			Label           any
		}
		require.NoError(t, json.Unmarshal(in.Bytes(), &row))
		p := post{Text: row.Text, Label: row.Sentiment}
		switch label := row.Label.(type) {
		case string:
			p.Label = label
		case float64:
			p.Complaint = int(label)
		}
		posts = append(posts, p)
	}
	require.NoError(t, in.Err())
	return posts
}

// airlines are the labelled posts to six airlines: those of the even rows, which the weights were fitted to, and those
// of the odd rows, which they were not.
func airlines(t testing.TB) (fitted, kept []post) {
	for n, p := range rows(t, "airline-tweets.jsonl") {
		if n%2 == 0 {
			fitted = append(fitted, p)
		} else {
			kept = append(kept, p)
		}
	}
	return fitted, kept
}

// A confusion counts posts by label and by what was said of them.
type confusion map[[2]string]int

func (c confusion) String() string {
	s := ""
	for _, label := range labels {
		s += fmt.Sprintf("  %s is called", label)
		for _, said := range labels {
			s += fmt.Sprintf(" %s %d", said, c[[2]string{label, said}])
		}
	}
	return s
}

var labels = []string{"negative", "neutral", "positive"}

func (c confusion) scores() (accuracy, macroF1 float64) {
	right, all := 0, 0
	for _, x := range labels {
		hit, labelled, said := c[[2]string{x, x}], 0, 0
		for _, y := range labels {
			labelled += c[[2]string{x, y}]
			said += c[[2]string{y, x}]
		}
		right, all = right+hit, all+labelled
		macroF1 += 2 * float64(hit) / float64(labelled+said) / float64(len(labels))
	}
	return float64(right) / float64(all), macroF1
}

func measureSentiment(t *testing.T, lists *signal.Lists, posts []post, lang string) (accuracy, macroF1 float64) {
	var text signal.Text
	c, absent := confusion{}, 0
	for _, p := range posts {
		lists.Read(&text, p.Text, lang)
		v := text.Sentiment()
		said := "neutral"
		switch {
		case v.Absent:
			absent++
		case v.PerMille <= -250:
			said = "negative"
		case v.PerMille >= 250:
			said = "positive"
		}
		c[[2]string{p.Label, said}]++
	}
	accuracy, macroF1 = c.scores()
	t.Logf("%d posts, language %q: accuracy %.3f, macro-F1 %.3f, absent %d;%s",
		len(posts), lang, accuracy, macroF1, absent, c)
	return accuracy, macroF1
}

func TestMeasureSentiment(t *testing.T) {
	fitted, kept := airlines(t)
	lists, err := signal.New()
	require.NoError(t, err)
	measureSentiment(t, lists, fitted, "en")
	accuracy, macroF1 := measureSentiment(t, lists, kept, "en")
	_, guessed := measureSentiment(t, lists, kept, "")
	assert.Greater(t, accuracy, .74, "accuracy on the posts the weights were not fitted to")
	assert.Greater(t, macroF1, .69, "macro-F1 on the posts the weights were not fitted to")
	assert.Greater(t, guessed, .69, "macro-F1 when nobody says the language")
}

// TestMeasureElsewhere measures on posts to other kinds of brand: no list, weight or threshold was changed for them.
func TestMeasureElsewhere(t *testing.T) {
	posts := rows(t, "complaint-severity.jsonl")
	lists, err := signal.New()
	require.NoError(t, err)
	_, macroF1 := measureSentiment(t, lists, posts, "en")
	var text signal.Text
	over, complaints := 0, 0
	for _, p := range posts {
		lists.Read(&text, p.Text, "en")
		if text.Praise(-1).PerMille >= 600 {
			over++
			complaints += p.Complaint
		}
	}
	t.Logf("praise at least 600: %d posts, %.1f %% of them complaints", over, 100*float64(complaints)/float64(over))
	assert.Greater(t, macroF1, .58, "macro-F1 on posts of other kinds")
	assert.Less(t, complaints*20, over, "at most one in twenty posts that a machine would thank complains")
}

func TestMeasurePraise(t *testing.T) {
	fitted, kept := airlines(t)
	lists, err := signal.New()
	require.NoError(t, err)
	var text signal.Text
	measure := func(posts []post, least int) (negative, found float64) {
		over, bad, good, all := 0, 0, 0, 0
		for _, p := range posts {
			lists.Read(&text, p.Text, "en")
			praised := text.Praise(-1).PerMille >= least
			if p.Label == "positive" {
				all++
			}
			if !praised {
				continue
			}
			over++
			switch p.Label {
			case "negative":
				bad++
			case "positive":
				good++
			}
		}
		negative, found = float64(bad)/float64(over), float64(good)/float64(all)
		t.Logf("%d posts, praise at least %d: %d posts, %.1f %% of them negative; %.1f %% of the positive posts found",
			len(posts), least, over, 100*negative, 100*found)
		return negative, found
	}
	measure(fitted, 600)
	negative, found := measure(kept, 600)
	measure(kept, 900)
	assert.Less(t, negative, .03, "of the posts that a machine would thank, so many complain")
	assert.Greater(t, found, .30, "of the posts that praise, so many are found")
}
