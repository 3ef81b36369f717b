package group_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/group"
)

// families makes n texts, no two alike.
func families(r *rand.Rand, n int) []string {
	out := make([]string, n)
	for i := range out {
		words := speak(r, 12)
		for k := range words {
			words[k] += string(rune('a'+r.IntN(26))) + string(rune('a'+r.IntN(26)))
		}
		out[i] = strings.Join(words, " ")
	}
	return out
}

// crowd makes posts of a few texts and their variations.
func crowd(r *rand.Rand, n int) []said {
	texts := append(slices.Clone(chain), families(r, 3)...)
	out := make([]said, n)
	for i := range out {
		text := texts[r.IntN(len(texts))]
		if r.IntN(3) == 0 {
			text = "RT @someone " + strings.ToUpper(text)
		}
		out[i] = said{text, fmt.Sprint(r.IntN(2 * n)), fmt.Sprint("author", r.IntN(9)), hours(r.IntN(50))}
		if r.IntN(10) == 0 {
			out[i].at = time.Time{}
		}
	}
	return out
}

// nameless is a row without the ids of its groups, which alone may depend on order.
func nameless(t testing.TB, tally group.Tally) []string {
	var out []string
	for _, g := range tally.Groups {
		g.ID = ""
		out = append(out, bytesOf(t, g))
	}
	slices.Sort(out)
	return out
}

func TestAnyOrderAndTwiceGiveTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 300 {
		posts := crowd(r, 1+r.IntN(40))
		one := addAll(group.Tally{}, posts)
		require.Equal(t, bytesOf(t, one), bytesOf(t, addAll(one, posts)), "all of them again change nothing")
		r.Shuffle(len(posts), func(i, k int) { posts[i], posts[k] = posts[k], posts[i] })
		require.Equal(t, nameless(t, one), nameless(t, addAll(group.Tally{}, posts)), "in another order")
	}
}

// components is the definition of groups: whoever can be reached from post to post, each alike to the next.
func components(posts []said) []int {
	of := make([]int, len(posts))
	for i := range of {
		of[i] = i
	}
	for range posts {
		for i := range posts {
			for k := range posts {
				if group.Of(posts[i].text).Alike(group.Of(posts[k].text)) {
					of[i] = min(of[i], of[k])
					of[k] = of[i]
				}
			}
		}
	}
	return of
}

func TestGroupsAreWhatTheyAreDefinedAs(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 4))
	for range 60 {
		posts := crowd(r, 1+r.IntN(14))
		tally := addAll(group.Tally{}, posts)
		of := components(posts)
		for i, p := range posts {
			refs := map[string]bool{}
			authors := map[string]bool{}
			for k, other := range posts {
				if of[k] == of[i] {
					authors[other.author] = true
					refs[printed(t, other.text)+other.id] = true
				}
			}
			_, reading := p.add(tally)
			require.Equal(t, len(authors), reading.Authors, "authors of %q", p.text)
			require.Equal(t, len(refs), reading.Size, "posts like %q", p.text)
		}
	}
}

func TestAStepLeavesItsArgument(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 100 {
		posts := crowd(r, 30)
		row := addAll(group.Tally{Most: 1 + r.IntN(6)}, posts)
		row.Groups = slices.Grow(row.Groups, 4)
		saved, behind := bytesOf(t, row), bytesOf(t, row.Groups[:len(row.Groups)+4])
		for _, p := range crowd(r, 20) {
			p.add(row)
			row.Forget("chirp", p.author, ref(p.id))
		}
		require.Equal(t, saved, bytesOf(t, row), "the row it was called on is as it was")
		require.Equal(t, behind, bytesOf(t, row.Groups[:len(row.Groups)+4]), "nothing was written behind its end either")
		var back group.Tally
		require.NoError(t, json.Unmarshal([]byte(saved), &back))
		require.Equal(t, saved, bytesOf(t, back), "and what is read is what was written")
		next, _ := said{leaflet, "next", "ann", noon}.add(row)
		nextBack, _ := said{leaflet, "next", "ann", noon}.add(back)
		require.Equal(t, bytesOf(t, next), bytesOf(t, nextBack), "and goes on alike")
	}
}

func FuzzRow(f *testing.F) {
	f.Add([]byte(bytesOf(f, addAll(group.Tally{}, crowd(rand.New(rand.NewPCG(1, 9)), 20)))), leaflet)
	f.Add([]byte(`{"most":3,"groups":[{"id":"","variants":[{},{}]},{"id":"x","variants":null}]}`), strike)
	f.Add([]byte(`{"groups":[{"id":"x","variants":[{"print":"0000000100000002","refs":"ffffffff"}]}]}`), hotel)
	f.Fuzz(func(t *testing.T, row []byte, text string) {
		var tally group.Tally
		if json.Unmarshal(row, &tally) != nil {
			return
		}
		before, err := json.Marshal(tally)
		if err != nil {
			return // a year that JSON has no form for
		}
		next, r := said{text, "1", "ann", noon}.add(tally)
		require.Equal(t, group.Of(text).IsZero(), r.Size == 0, "a post is in its own group")
		_ = next.Forget("chirp", "ann", ref("1"))
		require.Equal(t, string(before), bytesOf(t, tally), "the row it was called on is as it was")
	})
}

func printed(t testing.TB, text string) string { return bytesOf(t, group.Of(text)) }
