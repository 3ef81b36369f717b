package insight_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/insight"
)

// What a trail keeps when its words go gives the figures that it gave before: a message that its author removed, or that
// is past its time, rewrites no figure.
func TestFiguresOutliveWords(t *testing.T) {
	rules := house(t, alone)
	stories := []*story{resolved(t, rules), thanked(t, rules), dropped(t, rules), exposed(t, rules), settled(t, rules)}
	for seed := range uint64(150) {
		if s := life(t, rules, seed); s.c.Seq > 0 {
			stories = append(stories, s)
		}
	}
	var before, after []insight.Trail
	for _, s := range stories {
		var kept []respond.Entry
		for _, e := range s.entries {
			var back respond.Entry
			require.NoError(t, json.Unmarshal([]byte(encode(t, respond.Withheld(e))), &back))
			kept = append(kept, back)
		}
		before, after = append(before, s.trail()), append(after, insight.Trail{Start: s.start, Entries: slices.Values(kept)})
	}
	was, is := insight.Tell(slices.Values(before), insight.Options{}), insight.Tell(slices.Values(after), insight.Options{})
	for name, about := range is.About {
		assert.Empty(t, about.Examples, name)
	}
	was.About, is.About = nil, nil
	if encode(t, was) == encode(t, is) {
		return
	}
	for i, s := range stories { // which of them
		one := insight.Tell(slices.Values(before[i:i+1]), insight.Options{})
		require.Equal(t, encode(t, one.All), encode(t, insight.Tell(slices.Values(after[i:i+1]), insight.Options{}).All), s.c.ID)
	}
	assert.Fail(t, "by category, channel, owner or week")
}
