package event_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
)

func TestSeenAreTheLast64(t *testing.T) {
	var seen event.Seen
	id := func(n int) string {
		if n%3 == 0 {
			return fmt.Sprint("request ", n) // a host's own
		}
		return mention.Key("event", fmt.Sprint(n))
	}
	for n := range 200 {
		require.False(t, seen.Has(id(n)), n)
		before := append(event.Seen(nil), seen...)
		next := seen.With(id(n))
		require.Equal(t, before, seen, "what it was made of stays as it was")
		_ = seen.With("another")
		seen = next
		for old := max(0, n-63); old <= n; old++ {
			require.True(t, seen.Has(id(old)), "%d after %d", old, n)
		}
		require.LessOrEqual(t, len(seen), 64)
	}
	assert.False(t, seen.Has(id(135)))
	data, err := json.Marshal(seen)
	require.NoError(t, err)
	assert.Len(t, data, 683+2)
	var read event.Seen
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, seen, read)
}

// TestMarksOfUUIDsOfOneInstant: UUIDs of version 7 begin with the time, so that of those of one millisecond many have the
// same first half.
func TestMarksOfUUIDsOfOneInstant(t *testing.T) {
	var seen event.Seen
	for n := range 64 {
		id := fmt.Sprintf("01976d2f-3c00-7abc-8%03x-%012x", n, n*7919)
		require.False(t, seen.Has(id), id)
		seen = seen.With(id)
	}
}

func TestSeenReadsWhatTheFirstVersionListed(t *testing.T) {
	key := mention.Key("event", "1")
	own, err := json.Marshal(event.Seen{}.With(key).With("request 1"))
	require.NoError(t, err)
	for _, row := range []struct{ reason, in string }{
		{"ids", `["` + key + `","request 1"]`},
		{"its own form, with blanks before", "  " + string(own)},
	} {
		var seen event.Seen
		require.NoError(t, json.Unmarshal([]byte(row.in), &seen), row.reason)
		assert.Equal(t, event.Seen{}.With(key).With("request 1"), seen, row.reason)
	}
	for _, row := range []struct{ reason, in string }{
		{"no base64url", `"+/+/"`}, {"half a mark", `"AAAAAAA"`}, {"a number", `7`}, {"numbers", `[7]`}, {"an object", `{}`},
	} {
		var seen event.Seen
		assert.Error(t, json.Unmarshal([]byte(row.in), &seen), row.reason)
	}
}
