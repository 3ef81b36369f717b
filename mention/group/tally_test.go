package group_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func hours(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }

func ref(id any) mention.Ref { return mention.Ref{Channel: "chirp", ID: fmt.Sprint(id)} }

// said is a post as a tally sees it.
type said struct {
	text, id, author string
	at               time.Time
}

func (s said) add(t group.Tally) (group.Tally, group.Reading) {
	return t.Add(group.Of(s.text), ref(s.id), s.author, s.at)
}

func addAll(t group.Tally, posts []said) group.Tally {
	for _, p := range posts {
		t, _ = p.add(t)
	}
	return t
}

const (
	leaflet = "Acme Air lets dogs die in the hold, share this before they take it down"
	strike  = "The cabin crew of Acme Air will strike on Monday, change your flight now"
	hotel   = "Nobody at the desk could say which hotel we should sleep in that night"
)

func TestAdd(t *testing.T) {
	for _, x := range []struct {
		reason  string
		posts   []said
		size    int // of the reading of the last post
		authors int
		first   time.Time
		groups  int
	}{
		{"one post", []said{{leaflet, "1", "ann", noon}}, 1, 1, noon, 1},
		{"two copies by two", []said{{leaflet, "1", "ann", noon}, {"RT @ann " + leaflet, "2", "ben", hours(1)}}, 2, 2, noon, 1},
		{"two copies by one", []said{{leaflet, "1", "ann", noon}, {leaflet, "2", "ann", hours(1)}}, 2, 1, noon, 1},
		{"the same post twice", []said{{leaflet, "1", "ann", noon}, {leaflet, "1", "ann", noon}}, 1, 1, noon, 1},
		{"somebody unknown", []said{{leaflet, "1", "", noon}, {leaflet, "2", "", noon}}, 2, 0, noon, 1},
		{"another text", []said{{leaflet, "1", "ann", noon}, {strike, "2", "ben", noon}}, 1, 1, noon, 2},
		{"an earlier one comes late", []said{{leaflet, "1", "ann", noon}, {leaflet, "2", "ben", hours(-5)}}, 2, 2, hours(-5), 1},
		{"no time is no earlier time", []said{{leaflet, "1", "ann", noon}, {leaflet, "2", "ben", time.Time{}}}, 2, 2, noon, 1},
		{"no time at all", []said{{strike, "1", "ann", noon}, {leaflet, "2", "ben", time.Time{}}}, 1, 1, time.Time{}, 2},
		{"too short to tell", []said{{leaflet, "1", "ann", noon}, {"thanks!", "2", "ben", noon}}, 0, 0, time.Time{}, 1},
		{"quiet for 30 days", []said{{leaflet, "1", "ann", noon}, {leaflet, "2", "ben", hours(720)}}, 2, 2, noon, 1},
		{"another post came 30 days later", []said{{leaflet, "1", "ann", noon}, {strike, "2", "ben", hours(720)}}, 1, 1, hours(720), 2},
		{"another post came a millisecond later than that",
			[]said{{leaflet, "1", "ann", noon}, {strike, "2", "ben", hours(720).Add(time.Millisecond)}}, 1, 1,
			hours(720).Add(time.Millisecond), 1},
		{"another woke 30 days and an hour later",
			[]said{{leaflet, "1", "ann", noon}, {strike, "2", "ben", hours(721)}, {leaflet, "3", "cho", hours(721)}}, 1, 1, hours(721), 2},
		{"older than all that is kept", []said{{strike, "1", "ann", noon}, {leaflet, "2", "ben", hours(-1000)}}, 1, 1, hours(-1000), 1},
	} {
		var tally group.Tally
		var r group.Reading
		for _, p := range x.posts {
			tally, r = p.add(tally)
		}
		assert.Equal(t, x.size, r.Size, "%s: size", x.reason)
		assert.Equal(t, x.authors, r.Authors, "%s: authors", x.reason)
		assert.True(t, x.first.Equal(r.First), "%s: first is %v", x.reason, r.First)
		assert.Len(t, tally.Groups, x.groups, x.reason)
		assert.Equal(t, x.size == 0, r == group.Reading{}, "%s: only nothing is zero", x.reason)
	}
}

// chain is one text in five steps, of which each is alike to its neighbours and the first not to the last.
var chain = []string{
	"one two three four five six seven eight nine ten eleven twelve",
	"one two three four five six seven eight nine ten eleven twelve then more",
	"one two three four five six seven eight nine ten eleven twelve then more came after",
	"three four five six seven eight nine ten eleven twelve then more came after",
	"five six seven eight nine ten eleven twelve then more came after that again",
}

func TestTwoGroupsBecomeOne(t *testing.T) {
	first, middle, last := chain[0], chain[2], chain[4]
	require.False(t, group.Of(first).Alike(group.Of(last)))
	require.True(t, group.Of(first).Alike(group.Of(middle)))
	require.True(t, group.Of(middle).Alike(group.Of(last)))

	tally, a := said{first, "1", "ann", hours(2)}.add(group.Tally{})
	tally, b := said{last, "2", "ben", hours(1)}.add(tally)
	require.NotEqual(t, a.Group, b.Group, "nothing says yet that they are the same")
	tally, c := said{middle, "3", "cho", hours(3)}.add(tally)
	assert.Equal(t, group.Reading{Group: b.Group, Size: 3, Authors: 3, First: hours(1)}, c, "called as the older one")
	assert.Len(t, tally.Groups, 1)
	_, again := said{chain[1], "4", "ann", hours(-9)}.add(tally)
	assert.Equal(t, group.Reading{Group: b.Group, Size: 4, Authors: 3, First: hours(-9)}, again,
		"what comes late and is older does not rename it")
}

func TestCountsBeyondWhatIsKept(t *testing.T) {
	var tally group.Tally
	var r group.Reading
	for n := 1; n <= 5000; n++ {
		before := r
		tally, r = said{leaflet, fmt.Sprint(n), fmt.Sprint("author", n%1000), hours(n)}.add(tally)
		if n < 64 {
			require.Equal(t, n, r.Size, "exact as far as it goes")
			require.Equal(t, n, r.Authors)
		}
		require.GreaterOrEqual(t, r.Size, before.Size, "it never falls")
	}
	assert.InDelta(t, 5000, r.Size, 5000*.3, "an estimate within a few standard errors of an eighth")
	assert.InDelta(t, 1000, r.Authors, 1000*.3)
	row, err := json.Marshal(tally)
	require.NoError(t, err)
	assert.Less(t, len(row), 1500, "a row of one group stays small")

	for n := 1; n <= 2500; n++ {
		tally = tally.Forget("chirp", "nobody", ref(n))
	}
	_, r = said{leaflet, "5000", "author0", noon}.add(tally)
	assert.InDelta(t, 5000, r.Size, 5000*.4, "who is forgotten does not make a crowd look small")
}

func TestMost(t *testing.T) {
	texts := families(rand.New(rand.NewPCG(1, 1)), 700)
	for _, x := range []struct {
		reason     string
		most, want int
	}{
		{"what a row holds that does not say", 0, 500},
		{"as many as were asked for", 20, 20},
		{"one", 1, 1},
		{"none", -1, 0},
	} {
		tally := group.Tally{Most: x.most}
		for i, text := range texts {
			tally, _ = said{text, fmt.Sprint(i), "ann", noon.Add(time.Duration(i) * time.Minute)}.add(tally)
			tally, _ = said{texts[0], fmt.Sprint("more", i), "ben", noon.Add(time.Duration(i) * time.Minute)}.add(tally)
			require.LessOrEqual(t, len(tally.Groups), x.want, x.reason)
		}
		assert.Len(t, tally.Groups, x.want, x.reason)
		if x.want > 1 {
			_, r := said{texts[0], "again", "cho", hours(20)}.add(tally)
			assert.Equal(t, 3, r.Authors, "%s: what is said again and again stays", x.reason)
			_, r = said{texts[1], "again", "cho", hours(20)}.add(tally)
			assert.Equal(t, 1, r.Size, "%s: what was quiet longest has left", x.reason)
		}
	}
}

func TestManyWordingsTakeBoundedRoom(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	base := strings.Fields("the quick crew of this small airline has lost every single bag of ours between two gates and then " +
		"asked my mother to fill in the same long form again")
	var tally group.Tally
	var last group.Reading
	for i := range 60 {
		words := slices.Insert(slices.Clone(base), r.IntN(len(base)), fmt.Sprint("x", string(rune('a'+i%26)), string(rune('a'+i/26))))
		tally, last = said{strings.Join(words, " "), fmt.Sprint(i), "ann", hours(i)}.add(tally)
	}
	assert.Equal(t, 60, last.Size, "all are counted")
	require.Len(t, tally.Groups, 1)
	assert.Len(t, tally.Groups[0].Variants, 8, "few are kept apart")
}

func TestForget(t *testing.T) {
	posts := []said{
		{leaflet, "1", "ann", hours(1)},
		{leaflet + " and he told me so", "2", "ben", hours(2)},
		{strike, "3", "ben", hours(3)},
		{hotel, "4", "cho", hours(4)},
	}
	whole := addAll(group.Tally{}, posts)
	without := whole.Forget("chirp", "ben", ref("2"), ref("3"))
	assert.Equal(t, bytesOf(t, addAll(group.Tally{}, []said{posts[0], posts[3]})), bytesOf(t, redated(without, hours(1))),
		"as if he had never written, but for a date")
	assert.Len(t, without.Groups, 2, "what only he wrote has left")
	assert.Len(t, whole.Groups, 3, "the row it was called on is as it was")
	assert.Equal(t, bytesOf(t, whole), bytesOf(t, whole.Forget("elsewhere", "ben", ref("5"))), "the same name elsewhere is another")
	assert.Empty(t, without.Forget("chirp", "ann", ref("1")).Forget("chirp", "cho", ref("4")).Groups, "nothing is left of nobody")
}

// redated sets back when a group was last heard of, which Forget leaves.
func redated(t group.Tally, at time.Time) group.Tally {
	t.Groups = slices.Clone(t.Groups)
	t.Groups[0].Last = at
	return t
}

func bytesOf(t testing.TB, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	require.NoError(t, err)
	return string(out)
}
