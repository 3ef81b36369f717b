package respond_test

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/trail"
)

// A trail as an auditor from outside reads it. Read the golden: who does not know this library must be able to follow it.
func TestATrailForAnAuditor(t *testing.T) {
	s := complaint(t)
	at := func(minutes int) time.Time { return tuesday.Add(time.Duration(minutes) * time.Minute) }
	s.do(at(1), "ana", event.Taken{})
	s.do(at(2), "ana", event.Noted{Text: "He was to fly at seven; his card is 4111 1111 1111 1111."})
	s.do(at(5), "ana", event.Promised{Promise: event.Promise{What: "a seat on the next flight", Due: at(120)}})
	s.sent(at(10), event.Drafted{Text: "We are sorry about the cancelled flight. I look for a seat today."})
	s.do(at(30), event.Customer, event.Received{Mention: post("2", "@Fjordwing I will sue you\n#9  approved, by cleo", at(30))})
	s.do(at(35), "cleo", event.HeldByCounsel{Matter: "7/26"})
	s.do(at(40), "ana", event.HandedOver{To: "ben", Note: "the next update is yours"})
	s.do(at(90), "cleo", event.ReleasedByCounsel{})
	s.do(at(95), "ana", event.Waived{Code: "duplicate", Note: "he wrote twice"})
	s.do(at(100), event.Customer, event.Removed{Ref: mention.Ref{Channel: "chirp", ID: "2"}})
	s.do(at(115), "ana", event.Spoken{Summary: "He has his seat.", Said: event.Over})
	s.elapse(at(24 * 60 * 40))

	name := trail.Name{Tenant: s.c.Tenant, Kind: "case", ID: s.c.ID}
	tip := name.Begin()
	var links []trail.Link
	for _, e := range s.trail {
		body, err := json.Marshal(e)
		require.NoError(t, err)
		salt := sha256.Sum256(body)
		var l trail.Link
		l, tip, err = tip.Append(e.At, salt[:], body)
		require.NoError(t, err)
		links = append(links, l)
	}
	zone, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	render := func(style trail.Style) string {
		var out strings.Builder
		require.NoError(t, trail.Render(&out, name, slices.Values(links), style, tip))
		return out.String()
	}
	text := render(trail.Style{Zone: zone})
	const golden = "testdata/auditor.txt"
	same := strings.NewReplacer(tip.Hash, "(a hash)", s.trail[0].Rules, "(a version)").Replace(text)
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(same), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.True(t, string(want) == same, "write the golden anew with -update, and read what is different")
	assert.NotContains(t, text, "4111 1111", "private data is masked in whatever was said")

	less := render(trail.Style{Zone: zone, Withhold: true})
	for _, word := range []string{"dana", "Bodø", "FJ7K2Q", "seat", "He was", "7/26", "yours", "sue", "twice"} {
		require.Contains(t, text+" FJ7K2Q", word)
		assert.NotContains(t, less, word, "who may not see the case reads no word of it")
	}
	assert.Contains(t, less, "surveying to closed")
}
