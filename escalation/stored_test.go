package escalation_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
)

// everyMove are the kinds of move there are, and one that is none.
var everyMove = []escalation.MoveKind{
	escalation.TimeUp, escalation.Took, escalation.Released, escalation.Reached, escalation.Bounced, escalation.StoodOff,
	escalation.Progressed, escalation.Escalated, escalation.Contacted, escalation.Abused, escalation.Deferred,
	escalation.Rebased, "",
}

// storedClimbs are climbs that nobody has made.
var storedClimbs = []string{
	`{}`, `{"level":-5,"next":"2026-06-16T08:00:00Z"}`, `{"level":99,"round":-1,"next":"2026-06-16T08:00:00Z"}`,
	`{"spent":true,"next":"2026-06-16T08:00:00Z"}`, `{"waits":"x","level":7,"next":"2026-06-16T08:00:00Z"}`,
	`{"taken":"cy","idle":"2026-06-16T08:00:00Z","turn":"2026-06-16T08:00:00Z"}`,
	`{"turn":"2026-06-16T08:00:00Z","next":"2026-06-16T10:00:00Z","level":-7,"abuse":-5,"again":9223372036854775807}`,
	`{"taken":"nobody","level":9223372036854775807}`, `{"level":9223372036854775807,"next":"2026-06-16T08:00:00Z"}`,
	`{"pages":[{"n":0,"member":"x","contact":-1,"state":"asked"},{"n":0,"state":"what"}],"telling":-3}`,
	`{"pages":[{"n":0,"member":"ann","contact":-5,"state":"asked"}],"next":"2026-06-16T10:00:00Z"}`,
	`{"pages":[{"n":0,"member":"bob","contact":9223372036854775807,"state":"held"}],"next":"2026-06-16T10:00:00Z"}`,
}

// stepAnything brings every move to a climb: each costs an answer, and what comes is a climb that can be stored.
func stepAnything(t *testing.T, d *escalation.Directory, text []byte, now time.Time) {
	var c escalation.Climb
	if json.Unmarshal(text, &c) != nil || c.Sent > 1<<40 {
		return
	}
	if _, err := json.Marshal(c); err != nil {
		return // an instant that JSON can read and not write
	}
	before := asJSON(t, c)
	for _, kind := range everyMove {
		next, pages := d.Climb(c, escalation.Move{Kind: kind, By: "ann", Until: now.Add(time.Hour)}, now)
		require.Equal(t, c.Sent+len(pages), next.Sent, "%s %s", text, kind)
		require.False(t, next.Over && !next.Due().IsZero(), "%s %s", text, kind)
		require.Equal(t, before, asJSON(t, c), "%s %s: the argument is not altered", text, kind)
		var again escalation.Climb
		require.NoError(t, json.Unmarshal([]byte(asJSON(t, next)), &again))
		require.Equal(t, asJSON(t, next), asJSON(t, again), "%s %s", text, kind)
	}
}

func TestStoredClimbs(t *testing.T) {
	d := compile(t, idling(handing(shifts())))
	for _, text := range storedClimbs {
		stepAnything(t, d, []byte(text), at(t, "09:00"))
	}
}

func FuzzStoredClimb(f *testing.F) {
	d := compile(f, idling(handing(shifts())))
	now := at(f, "09:00")
	for _, text := range storedClimbs {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) { stepAnything(t, d, text, now) })
}
