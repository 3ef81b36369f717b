package trail_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/trail"
)

func TestReplayIsTheFold(t *testing.T) {
	links, tip := chain(t, named, 9)
	var entries []trail.Entry[change]
	for e, err := range trail.Entries[change](named, slices.Values(links), tip) {
		require.NoError(t, err)
		entries = append(entries, e)
	}
	require.Len(t, entries, 9)
	state, got, err := trail.Replay(named, talk{}, slices.Values(links), step, tip)
	require.NoError(t, err)
	assert.Equal(t, tip, got)
	assert.Equal(t, trail.Fold(talk{}, entries, step), state)

	_, _, err = trail.Replay(named, talk{}, slices.Values(links), func(x talk, e trail.Entry[change]) talk {
		whole := entries[e.Seq-1]
		assert.Equal(t, whole.Event.ID, e.Event.ID)
		assert.Equal(t, whole.Event.By, e.Event.By)
		assert.Equal(t, whole.Event.Kind(), e.Event.Kind())
		assert.Equal(t, whole.Rules, e.Rules)
		assert.Equal(t, whole.Change, e.Change)
		return x
	})
	require.NoError(t, err)

	spoilt := copied(links)
	spoilt[6].Body[9] ^= 1
	state, _, err = trail.Replay(named, talk{Said: -1}, slices.Values(spoilt), step)
	assert.Equal(t, 7, broken(t, err, "altered").Seq)
	assert.Equal(t, talk{Said: -1}, state, "what does not verify is not half folded")
	n := 0
	for _, err := range trail.Entries[change](named, slices.Values(spoilt)) {
		if n++; n == 7 {
			assert.Error(t, err)
		}
	}
	assert.Equal(t, 7, n, "six entries hold, then the error, then nothing")
	for range trail.Entries[change](named, slices.Values(links)) {
		break // a reader may stop
	}

	wrong, _, err := named.Begin().Append(monday, salt(1), []byte(`{"seq":2,"at":"2026-06-15T08:00:00Z"}`))
	require.NoError(t, err)
	_, _, err = trail.Replay(named, talk{}, slices.Values([]trail.Link{wrong}), step)
	assert.Equal(t, trail.Unreadable, broken(t, err, "a body with another number").Fault)
}

// Replay steps over what a fold does not need. Whatever form an entry has, it folds what a decoder would.
func FuzzReplayIsTheFold(f *testing.F) {
	data, _ := json.Marshal(entry(1))
	f.Add(data)
	f.Add([]byte(`{ "seq":1, "at":"2026-06-15T08:00:00Z", "change":{"said":3,"who":"\u0041\"]}"}, "event":{"id":"a\n"} }`))
	f.Add([]byte(`{"SEQ":1,"at":"2026-06-15T08:00:00Z","change":{"said":1},"change":{"who":"x"},"more":[1,{"a":"]"}]}`))
	f.Add([]byte(`{"seq":1,"at":"2026-06-15T08:00:00Z","event":{"id":"\ud800","kind":"taken","body":{}}}`))
	f.Add([]byte(`{"seq":1,"at":"2026-06-15T08:00:00Z","change":null,"rules":"\\"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var want trail.Entry[change]
		if json.Unmarshal(body, &want) != nil || want.Seq != 1 || len(body) == 0 || !want.At.Equal(mention.Instant(want.At)) {
			return
		}
		link, _, err := named.Begin().Append(want.At, salt(1), body)
		if err != nil {
			return
		}
		var got trail.Entry[change]
		_, _, err = trail.Replay(named, talk{}, slices.Values([]trail.Link{link}), func(x talk, e trail.Entry[change]) talk {
			got = e
			return x
		})
		require.NoError(t, err)
		require.Equal(t, want.Seq, got.Seq)
		require.Equal(t, want.Event.ID, got.Event.ID)
		require.Equal(t, want.Event.By, got.Event.By)
		require.Equal(t, want.Rules, got.Rules)
		require.Equal(t, want.Change, got.Change)
		if want.Event.Body != nil {
			require.Equal(t, want.Event.Kind(), got.Event.Kind())
		}
	})
}
