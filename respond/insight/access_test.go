package insight_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/insight"
)

func TestRestrictedCasesAreCountedAndNotShown(t *testing.T) {
	rules := house(t, nil)
	s := begin(t, rules, post("hal", "h1", "@Fjordwing you cancelled my flight to the clinic", tuesday))
	s.do(at(5), "ana", event.Restricted{To: []string{"cleo"}})
	x := s.trail()
	x.Causes = []string{"fog"}
	for _, row := range []struct {
		reason, reader string
		shown          bool
	}{
		{"anybody", "", false},
		{"a member who may not see it", "ben", false},
		{"a member who may", "cleo", true},
		{"who restricted it", "ana", true},
	} {
		o := insight.Options{For: row.reader, Zone: madrid(t)}
		r := insight.Tell(slices.Values([]insight.Trail{x}), o)
		assert.Equal(t, 1, r.All.Cases, row.reason)
		assert.Equal(t, 1, r.Causes(nil)[0].Cases, row.reason)
		page := r.Week("2026-W25", insight.Notes{Causes: []insight.Cause{{Name: "fog", FixedAt: at(10)}}})
		var text strings.Builder
		require.NoError(t, page.Text(&text))
		all := encode(t, r) + encode(t, page) + encode(t, r.Causes([]insight.Cause{{Name: "fog", FixedAt: at(10)}})) + text.String() +
			encode(t, insight.Sample(slices.Values([]insight.Trail{x}), insight.Draw{Each: 1}, o))
		for _, secret := range []string{s.c.ID, "clinic"} {
			assert.Equal(t, row.shown, strings.Contains(all, secret), "%s: %s", row.reason, secret)
		}
		assert.Equal(t, !row.shown, r.Hid == 1, row.reason)
	}
	s.do(at(6), "ana", event.Restricted{})
	assert.Zero(t, insight.Tell(slices.Values([]insight.Trail{s.trail()}), insight.Options{}).Hid, "everybody again who could before")
}

func TestWhatWasErasedIsNoExample(t *testing.T) {
	s := begin(t, house(t, nil), post("hal", "h1", "@Fjordwing you cancelled my flight to the clinic", tuesday))
	tell := func(bodies ...event.Body) string {
		entries := slices.Clone(s.entries)
		for n, b := range bodies {
			entries = append(entries, respond.Entry{
				Seq: s.c.Seq + 1 + n, At: at(9), Event: event.Event{ID: "e", At: at(9), By: "dpo", Body: b},
			})
		}
		trails := []insight.Trail{{Start: s.start, Entries: slices.Values(entries)}}
		return encode(t, insight.Tell(slices.Values(trails), insight.Options{}))
	}
	assert.Contains(t, tell(), "clinic")
	assert.NotContains(t, tell(event.Erased{}), "clinic")
	assert.NotContains(t, tell(event.Purged{}), "clinic")
}
