package lexis_test

import (
	"encoding/json"
	"errors"
	"html"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/lexis"
)

// posts are real posts to airlines, of which some six in a hundred hold more than ASCII.
func posts(t *testing.T) (all []string) {
	t.Helper()
	dir := os.Getenv("REPUTATION_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, "airline-tweets.jsonl"))
	if err != nil {
		t.Skip("needs the posts in the folder that REPUTATION_DATA names: ", err)
	}
	defer f.Close()
	for in := json.NewDecoder(f); ; {
		var row struct{ Text string }
		if err := in.Decode(&row); errors.Is(err, io.EOF) {
			return all
		} else {
			require.NoError(t, err)
		}
		all = append(all, html.UnescapeString(row.Text))
	}
}

// watched are names, phrases, handles, hashtags and stems that posts to airlines are full of, and some that are hard.
var watched = []lexis.Pattern{
	{Text: "@united"}, {Text: "united"}, {Text: "united airlines"}, {Text: "southwest"}, {Text: "@southwestair"}, {Text: "jetblue"},
	{Text: "us airways"}, {Text: "american airlines"}, {Text: "virgin america"}, {Text: "delta"}, {Text: "#fail"},
	{Text: "cancel", Stem: true}, {Text: "delay", Stem: true}, {Text: "no", Stem: true}, {Text: "a"}, {Text: "i"}, {Text: "is"},
	{Text: "in the"}, {Text: "to the airport"}, {Text: "don't"}, {Text: "!!"}, {Text: "$"}, {Text: "http"}, {Text: "t.co/"},
	{Text: "2 hours"}, {Text: "b6"}, {Text: "café"}, {Text: "😡"}, {Text: "’"}, {Text: "..."}, {Text: "-"}, {Text: "san josé"},
}

func TestAutomatonAgreesOnPosts(t *testing.T) {
	all, table := posts(t), likes(t)
	for _, alike := range []lexis.Alike{0, letters | digits} {
		ps := allowing(slices.Clone(watched), alike)
		for i := range ps {
			ps[i].ID = i
		}
		a, err := lexis.Compile(ps, lexis.Folding{})
		require.NoError(t, err)
		compared, found, alikes := 0, 0, 0
		var got []lexis.Match
		for i, text := range all {
			got = a.Append(got[:0], text)
			found += len(got)
			for _, m := range got {
				require.True(t, utf8.ValidString(text[m.Start:m.End]))
				if m.Alike {
					alikes++
				}
			}
			if i%8 > 0 && strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
				continue // of the plain ones one in eight, since the naive matcher takes its time
			}
			compared++
			if want := naiveAlike(table, ps, lexis.Folding{}, text); len(want)+len(got) > 0 {
				require.Equal(t, want, got, text)
			}
		}
		assert.Zero(t, testing.AllocsPerRun(1, func() {
			for _, text := range all {
				got = a.Append(got[:0], text)
			}
		}))
		require.NotZero(t, found)
		t.Logf("%d posts, %d matches, %d by look-alikes; in %d posts compared with the naive matcher", len(all), found, alikes, compared)
	}
}
