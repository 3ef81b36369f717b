package group_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
)

// post is a row of the airline posts.
type post struct{ ID, Text, User, Created string }

func (p post) ref() mention.Ref { return mention.Ref{Channel: "chirp", ID: p.ID} }

func (p post) at(t testing.TB) time.Time {
	at, err := time.Parse("2006-01-02 15:04:05 -0700", p.Created)
	require.NoError(t, err)
	return at
}

// airlines gives the labelled posts that are not part of the module, the earliest first.
func airlines(t testing.TB) []post {
	t.Helper()
	dir := os.Getenv("REPUTATION_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, "airline-tweets.jsonl"))
	if err != nil {
		t.Skip("the labelled data is not here: ", err)
	}
	defer func() { _ = f.Close() }()
	var posts []post
	for d := json.NewDecoder(f); d.More(); {
		var p post
		require.NoError(t, d.Decode(&p))
		posts = append(posts, p)
	}
	slices.SortStableFunc(posts, func(a, b post) int { return a.at(t).Compare(b.at(t)) })
	return posts
}

var (
	handles = regexp.MustCompile(`@\w+`)
	links   = regexp.MustCompile(`https?://\S+`)
	digits  = regexp.MustCompile(`\d+`)
	fillers = strings.Fields("really honestly again today still please never ever just folks Maria Thomas terrible lovely")
)

// copies are what people and campaigns do to a text that they post again.
var copies = []struct {
	reason string
	least  float64 // share of copies that must be found
	copy   func(r *rand.Rand, text string) string
}{
	{"all in capitals", 1, func(_ *rand.Rand, s string) string { return links.ReplaceAllString(strings.ToUpper(s), "") }},
	{"all punctuation gone", .99, func(_ *rand.Rand, s string) string {
		s = handles.ReplaceAllString(links.ReplaceAllString(s, ""), "")
		return strings.Map(func(r rune) rune {
			if unicode.IsPunct(r) && r != '\'' && r != '’' {
				return ' '
			}
			return r
		}, s)
	}},
	{"other punctuation behind", 1, func(_ *rand.Rand, s string) string { return "“" + s + "” !!! 😡" }},
	{"another handle", 1, func(_ *rand.Rand, s string) string {
		return handles.ReplaceAllString(s, "@Nadir_Air") + " @somebody.else"
	}},
	{"another link", .999, func(_ *rand.Rand, s string) string {
		return links.ReplaceAllString(s, "") + " https://a.example/x?y=Z#w"
	}},
	{"other numbers", 1, func(r *rand.Rand, s string) string {
		return digits.ReplaceAllStringFunc(s, func(string) string { return fmt.Sprint(r.IntN(1e6)) })
	}},
	{"RT in front", 1, func(_ *rand.Rand, s string) string { return "RT @somebody: " + s }},
	{"a word put in", .99, func(r *rand.Rand, s string) string {
		w := strings.Fields(s)
		return strings.Join(slices.Insert(w, r.IntN(len(w)+1), fillers[r.IntN(len(fillers))]), " ")
	}},
	{"a word taken out", .96, func(r *rand.Rand, s string) string {
		w := strings.Fields(s)
		i := r.IntN(len(w))
		return strings.Join(slices.Delete(w, i, i+1), " ")
	}},
	{"a word replaced", .97, func(r *rand.Rand, s string) string {
		w := strings.Fields(s)
		w[r.IntN(len(w))] = fillers[r.IntN(len(fillers))]
		return strings.Join(w, " ")
	}},
	{"cut by a tenth behind RT", .96, func(_ *rand.Rand, s string) string {
		runes := []rune("RT @somebody: " + s)
		return string(runes[:len(runes)*9/10]) + "…"
	}},
}

// TestMeasureCopies plants copies of real posts and counts those that are found, of the posts that are long enough.
func TestMeasureCopies(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	posts := airlines(t)
	long := 0
	for _, p := range posts {
		if !group.Of(p.Text).IsZero() {
			long++
		}
	}
	t.Logf("%d posts, %d long enough to have a fingerprint (%.1f %%)", len(posts), long, 100*float64(long)/float64(len(posts)))
	assert.Greater(t, float64(long)/float64(len(posts)), .8)
	all, foundAll := 0, 0
	for _, c := range copies {
		planted, found := 0, 0
		for _, p := range posts {
			f := group.Of(p.Text)
			if f.IsZero() {
				continue
			}
			planted++
			if text := c.copy(r, p.Text); f.Alike(group.Of(text)) {
				found++
			} else if testing.Verbose() && planted%10 == 0 {
				t.Logf("missed, %s: %q from %q", c.reason, text, p.Text)
			}
		}
		share := float64(found) / float64(planted)
		t.Logf("%-26s %d of %d found (%.2f %%)", c.reason, found, planted, 100*share)
		assert.GreaterOrEqual(t, share, c.least, c.reason)
		all, foundAll = all+planted, foundAll+found
	}
	t.Logf("all: %.2f %% of %d planted copies found", 100*float64(foundAll)/float64(all), all)
}

// TestMeasureOriginals groups the real posts, in which some are true copies, and prints the groups to be read: in a row
// that holds as many as usual, and in one that forgets nothing.
func TestMeasureOriginals(t *testing.T) {
	posts := airlines(t)
	for _, most := range []int{0, len(posts)} {
		tally, texts, copies := group.Tally{Most: most}, map[string][]string{}, 0
		var reading group.Reading
		for _, p := range posts {
			tally, reading = tally.Add(group.Of(p.Text), p.ref(), p.User, p.at(t))
			texts[reading.Group] = append(texts[reading.Group], p.Text)
			if reading.Size > 1 {
				copies++
			}
		}
		groups, grouped := 0, 0
		for _, g := range tally.Groups {
			if r := g.Reading(); r.Size > 1 {
				groups++
				grouped += r.Size
				if most > 0 {
					t.Logf("group of %d, %d authors: %q", r.Size, r.Authors, texts[g.ID])
				}
			}
		}
		t.Logf("a row of %d: %d of %d posts (%.2f %%) were said before; at the end %d are in %d groups of two or more",
			len(tally.Groups), copies, len(posts), 100*float64(copies)/float64(len(posts)), grouped, groups)
		assert.Less(t, float64(copies)/float64(len(posts)), .01, "nearly all of them true copies")
		assert.Greater(t, copies, 60, "true copies are found")
	}
}
