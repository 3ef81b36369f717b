package effect_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/triage"
)

func bodies() []effect.Body {
	at := time.Date(2026, 6, 16, 2, 14, 0, 0, time.UTC)
	ref := mention.Ref{Channel: "chirp", ID: "1"}
	return []effect.Body{
		effect.Tell{Member: "ben", Contact: "phone", Address: "+34", Page: 1, Severity: triage.Crisis, Due: at},
		effect.Approve{Member: "ana", Draft: "d", Subject: "case", ID: "c"},
		effect.Send{Draft: "d", Channel: "chirp", To: ref, Visibility: mention.Public, Text: "t", IfRevision: 2, NotAfter: at},
		effect.Moderate{Ref: ref, Act: effect.Hide, Reason: "card"},
		effect.Publish{Channel: "chirp", Text: "t", Version: 2, Revise: ref},
		effect.Hold{Incident: "i", Until: at, By: "ana", Why: "an outage"},
		effect.Resume{Incident: "i"},
		effect.HoldCases{Incident: "i", Case: "c"},
		effect.ReleaseCases{Incident: "i", Pace: 60}, effect.InformCases{Incident: "i", Case: "c"},
		effect.Join{Case: "c", Category: "outage", Mention: ref},
		effect.Grant{Offer: "o", Member: "ana", Channel: "chirp", Author: "id:1", Kind: "credit",
			Sum: escalation.Money{Minor: 500, Currency: "EUR"}, Thing: "a seat", Period: "2026-06-16"},
		effect.Survey{Draft: "d", Channel: "chirp", To: ref, Author: "id:1", Scale: "ces", Version: "2.0", Text: "t", NotAfter: at},
		effect.Observe{Ref: ref, Revision: 1, Signals: []triage.Source{{Name: "tone", By: "desk"}}, Until: at},
		effect.Redact{Refs: []mention.Ref{ref}, NotAfter: at},
		effect.Erase{Case: "c", NotAfter: at},
		effect.Lookup{Ref: ref, Account: "a", Author: mention.Author{ID: "u"}, Names: []string{"order"}, Until: at},
	}
}

func TestEffectRoundTrip(t *testing.T) {
	kinds := map[string]bool{}
	for _, b := range bodies() {
		e := effect.Effect{Key: "k", Because: "why", Body: b}
		t.Run(e.Kind(), func(t *testing.T) {
			data, err := json.Marshal(e)
			require.NoError(t, err)
			var back effect.Effect
			require.NoError(t, json.Unmarshal(data, &back))
			assert.Equal(t, e, back, "what is written is what is read")
		})
		kinds[e.Kind()] = true
	}
	assert.Len(t, kinds, len(bodies()), "every kind has a name of its own")
}

func TestUnknownKindIsKept(t *testing.T) {
	in := `{"key":"k","because":"b","kind":"call","body":{"minutes":5}}`
	var e effect.Effect
	require.NoError(t, json.Unmarshal([]byte(in), &e))
	out, err := json.Marshal(e)
	require.NoError(t, err)
	assert.JSONEq(t, in, string(out), "a newer host's request survives an older one")
}

func TestKeyedIsStableAndDistinct(t *testing.T) {
	asked := []effect.Effect{{Body: effect.Resume{}}, {Body: effect.Resume{}}}
	one, two := effect.Keyed("case", "c", "e", asked), effect.Keyed("case", "c", "e", asked)
	assert.Equal(t, one, two, "the same step asks with the same keys")
	assert.NotEqual(t, one[0].Key, one[1].Key, "two requests of one step are two")
	assert.Empty(t, asked[0].Key, "the argument is not altered")
	seen := map[string]bool{}
	for _, id := range [][3]string{
		{"case", "c", "e"}, {"incident", "c", "e"}, {"case", "d", "e"}, {"case", "c", "f"}, {"case", "ce", ""},
	} {
		key := effect.Keyed(id[0], id[1], id[2], asked[:1])[0].Key
		assert.False(t, seen[key], "%v has the key of another", id)
		seen[key] = true
	}
}

// What a step asks for, with its key and its reason.
func Example() {
	asked := []effect.Effect{{Because: "a crisis category", Body: effect.Hold{Incident: "7f"}}}
	data, _ := json.Marshal(effect.Keyed("incident", "7f", "event-1", asked)[0])
	fmt.Println(string(data))
	// Output:
	// {"key":"a4b4a5bc-2ec0-54a2-9c3b-ab976872faa0","because":"a crisis category","kind":"hold","body":{"incident":"7f"}}
}
