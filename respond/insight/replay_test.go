package insight_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"iter"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/insight"
	"github.com/reputekit/reputation/respond/trail"
)

// chained is a story as a store keeps it.
func chained(t testing.TB, s *story) (trail.Name, []trail.Link, trail.Tip) {
	t.Helper()
	name := trail.Name{Tenant: "acme", Kind: "case", ID: s.start.ID}
	tip := name.Begin()
	var links []trail.Link
	for _, e := range s.entries {
		body, err := json.Marshal(e)
		require.NoError(t, err)
		salt := sha256.Sum256(body) // a host reads it from crypto/rand
		var l trail.Link
		l, tip, err = tip.Append(e.At, salt[:], body)
		require.NoError(t, err)
		links = append(links, l)
	}
	return name, links, tip
}

// Replaying the stored bytes of a case gives the stored case, and its figures, byte for byte.
func TestStoredTrails(t *testing.T) {
	rules := house(t, alone)
	var direct, stored []insight.Trail
	for seed := range uint64(40) {
		s := life(t, rules, seed)
		if s.c.Seq == 0 {
			continue
		}
		name, links, tip := chained(t, s)
		got, at, err := trail.Replay(name, s.start, slices.Values(links), respond.Apply, tip)
		require.NoError(t, err)
		require.Equal(t, tip, at)
		require.Equal(t, encode(t, s.c), encode(t, got), "the stored case, byte for byte")

		var file bytes.Buffer
		require.NoError(t, trail.Export(&file, name, slices.Values(links)))
		back, err := trail.Import(&file)
		require.NoError(t, err)
		entries := func(yield func(respond.Entry) bool) {
			for e, err := range trail.Entries[respond.Change](name, slices.Values(back[0].Links), tip) {
				require.NoError(t, err)
				if !yield(e) {
					return
				}
			}
		}
		direct = append(direct, s.trail())
		stored = append(stored, insight.Trail{Start: s.start, Entries: entries})
	}
	require.Equal(t, encode(t, insight.Tell(slices.Values(direct), insight.Options{})),
		encode(t, insight.Tell(slices.Values(stored), insight.Options{})))
}

// A case whose person was erased goes on where the redacted state left it.
func TestErasedCaseGoesOn(t *testing.T) {
	rules := house(t, nil)
	s := begin(t, rules, post("gil", "g1", "@Fjordwing you cancelled my flight", tuesday))
	name, links, tip := chained(t, s)
	left := s.c // the host takes out what is the person's
	left.Seq, left.At = s.c.Seq+1, at(30)
	left.Author, left.Keys, left.Open, left.Draft = mention.Author{}, nil, nil, nil
	links, tip, err := trail.Erase(name, tip, links,
		trail.Erased{By: "dpo", Because: "request 17", State: []byte(encode(t, left))}, at(30), bytes.Repeat([]byte("random? "), 4))
	require.NoError(t, err)
	for _, l := range links {
		assert.NotContains(t, string(l.Head)+string(l.Body), "gil", "no byte of the person is in any row")
	}
	s.c = left
	entry := s.do(at(40), "ana", event.Taken{})
	body := []byte(encode(t, entry))
	salt := sha256.Sum256(body)
	l, tip, err := tip.Append(entry.At, salt[:], body)
	require.NoError(t, err)
	got, _, err := trail.Replay(name, s.start, slices.Values(append(links, l)), respond.Apply, tip)
	require.NoError(t, err)
	assert.Equal(t, encode(t, s.c), encode(t, got))

	left.Messages = nil // not even when he wrote
	s.start, s.entries = left, nil
	s.c = left
	s.do(at(60), "ana", event.Meant{Said: event.Over})
	f := insight.Tell(slices.Values([]insight.Trail{s.trail()}), insight.Options{}).All
	assert.Equal(t, 1, f.Cases)
	assert.Zero(t, f.FirstResolution.N, "how long it took is not known any more, and not guessed")
}

// A report is as long as there are categories, channels, members and weeks, however many cases there are.
func TestAReportDoesNotGrowWithCases(t *testing.T) {
	rules := house(t, alone)
	var trails []insight.Trail
	for seed := range uint64(40) {
		trails = append(trails, life(t, rules, seed).trail())
	}
	read := 0
	stream := func(times int) iter.Seq[insight.Trail] {
		return func(yield func(insight.Trail) bool) {
			for range times {
				for _, x := range trails {
					read++
					if !yield(x) {
						return
					}
				}
			}
		}
	}
	once := len(encode(t, insight.Tell(stream(1), insight.Options{})))
	many := len(encode(t, insight.Tell(stream(25), insight.Options{})))
	assert.Equal(t, 26*len(trails), read, "each trail is read once")
	assert.Less(t, many, once+once/5, "25 times the cases are a few digits more")
}

func TestMeasure(t *testing.T) {
	n := 5_000
	if os.Getenv("REPUTATION_LONG") != "" {
		n = 1_000_000
	}
	rules := house(t, alone)
	var trails []insight.Trail
	entries := 0
	for seed := range uint64(100) {
		s := life(t, rules, seed)
		trails = append(trails, s.trail())
		entries += len(s.entries)
	}
	start, told := time.Now(), 0
	for told < n {
		insight.Tell(slices.Values(trails), insight.Options{})
		told += entries
	}
	t.Logf("%d entries of cases told in %v", told, time.Since(start))
}
