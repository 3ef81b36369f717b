package trail_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/trail"
)

// A counter is the smallest aggregate there is.
type counter struct{ N int }

type added struct {
	N int `json:"n"`
}

func apply(c counter, e trail.Entry[added]) counter { return counter{c.N + e.Change.N} }

func TestFoldThroughJSON(t *testing.T) {
	entries := []trail.Entry[added]{
		{Seq: 1, At: time.Date(2026, 6, 16, 2, 14, 0, 0, time.UTC), Event: event.Event{ID: "a", Body: event.Taken{}}, Change: added{2}},
		{Seq: 2, Event: event.Event{ID: "b", Body: event.Taken{}}, Rules: "r", Change: added{3}, Because: []string{"why"},
			Effects: []effect.Effect{{Key: "k", Because: "b", Body: effect.Resume{Incident: "i"}}}},
	}
	data, err := json.Marshal(entries)
	require.NoError(t, err)
	var back []trail.Entry[added]
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, entries, back, "an entry survives its JSON")
	assert.Equal(t, counter{5}, trail.Fold(counter{}, back, apply))
	assert.Equal(t, counter{7}, trail.Fold(counter{7}, nil, apply), "no entries, no change")
}

// Three entries folded give the state that was stored beside them.
func ExampleFold() {
	entries := []trail.Entry[added]{{Seq: 1, Change: added{1}}, {Seq: 2, Change: added{1}}, {Seq: 3, Change: added{40}}}
	fmt.Println(trail.Fold(counter{}, entries, apply).N)
	// Output: 42
}
