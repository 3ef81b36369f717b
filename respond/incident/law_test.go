package incident_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// Random incidents: whatever comes in whatever order, only a person declares, no live incident is forgotten, the public
// reads one statement at each account, and pages lead on.
func TestIncidentLaws(t *testing.T) {
	two := rulesWithTwo(t)
	states := map[incident.State]int{}
	seeds := 300
	if os.Getenv("REPUTATION_LONG") == "1" {
		seeds = 5000
	}
	for seed := range seeds {
		l := &life{crisis: newCrisis(t), rng: rand.New(rand.NewPCG(uint64(seed), 3)), now: night,
			tells: map[string]effect.Tell{}, told: map[string]bool{}, posts: map[string]effect.Publish{}, stands: map[string]bool{}}
		if seed%2 == 0 {
			l.rules = two
		}
		for range 50 {
			l.next()
			states[l.in.State]++
		}
		l.replay()
	}
	t.Logf("steps by state: %v", states)
	for _, s := range []incident.State{
		incident.Crowd, incident.Suspected, incident.Declared, incident.Contained, incident.Dismissed, incident.Resolved, incident.Examined,
	} {
		require.NotZero(t, states[s], "the random incidents never come to %s: they prove too little", s)
	}
}

// A life is a random sequence of events of one incident.
type life struct {
	*crisis
	rng    *rand.Rand
	now    time.Time
	tells  map[string]effect.Tell    // by key
	told   map[string]bool           // members who were told
	posts  map[string]effect.Publish // by key
	stands map[string]bool           // accounts where a statement stands, or may stand
}

func (l *life) next() {
	l.now = l.now.Add(time.Duration(l.rng.IntN(90)-5) * time.Minute)
	before := l.in
	by, body := l.event()
	entry, err := l.try(l.now, by, body)
	if err != nil || entry.Seq == 0 {
		return
	}
	require.False(l.t, l.in.At.Before(before.At))
	if entry.Change.State == incident.Declared || entry.Change.State == incident.Resolved {
		require.Equal(l.t, "cleo", entry.Event.By, "only who may says what is a crisis, and when it is over")
	}
	if entry.Change.State == incident.Resolved {
		require.Equal(l.t, before.Cases > 0, keyed[effect.ReleaseCases](entry) != "", "whoever joined is let go")
	}
	if l.in.Posts == nil && before.Posts != nil {
		require.NotEmpty(l.t, keyed[effect.Resume](entry), "posts that were held are let go")
	}
	require.False(l.t, !l.in.Live() && l.in.Posts != nil, "what is over holds no posts")
	require.LessOrEqual(l.t, len(l.in.Surges), 16)
	require.False(l.t, l.in.Live() && l.in.Due().IsZero(), "a live incident always falls due: %s", l.in.State)
	require.LessOrEqual(l.t, len(l.in.Awaited), 70)
	if entry.Event.Kind() == "elapsed" {
		require.True(l.t, l.in.Due().IsZero() || l.in.Due().After(l.in.At), "due again at once after a tick")
	}
	if u, ok := body.(event.Undelivered); ok {
		if post, ok := l.posts[u.Key]; ok && post.Revise.IsZero() {
			delete(l.stands, post.Account) // certainly not out
		}
	}
	l.told[before.Commander] = true // who has the command knows it
	l.check(entry)
}

func (l *life) check(entry incident.Entry) {
	for _, x := range entry.Effects {
		require.NotEmpty(l.t, x.Because)
		switch b := x.Body.(type) {
		case effect.Tell:
			require.False(l.t, b.Relief && !l.told[b.Member], "%s is called off and was never called", b.Member)
			l.told[b.Member], l.tells[x.Key] = true, b
		case effect.Publish:
			require.False(l.t, b.Revise.IsZero() && l.stands[b.Account], "%s shows two statements", b.Account)
			require.True(l.t, b.Revise.IsZero() || b.Revise.ID == b.Account, "the post of another account is revised")
			l.stands[b.Account], l.posts[x.Key] = true, b
		}
	}
	if entry.Change.State == incident.Suspected {
		l.stands = map[string]bool{} // what is said from here on is another crisis
	}
	ways := map[string]int{}
	for _, a := range l.in.Awaited {
		switch {
		case a.Kind == "publish" && a.Page >= 0:
			ways[l.posts[a.Key].Account]++
			require.Equal(l.t, 1, ways[l.posts[a.Key].Account], "two statements are on their way to one account")
		case a.Kind == "tell" && a.Page >= 0:
			require.True(l.t, slices.ContainsFunc(l.in.Climb.Pages, func(p escalation.Page) bool {
				return p.N == a.Page && p.Member == l.tells[a.Key].Member
			}), "a page whose outcome would count for another")
		}
	}
}

func (l *life) event() (string, event.Body) {
	by := []string{"ana", "ben", "cleo", "cleo", "nobody"}[l.rng.IntN(5)]
	switch l.rng.IntN(14) {
	case 9:
		return by, l.surge()
	case 10:
		return by, []event.Body{event.Contained{}, event.Examined{Cause: "a cable"}, event.Decided{Decision: "leave it"},
			event.HandedOver{To: []string{"ana", "ben", "cleo", "nobody"}[l.rng.IntN(4)]}, event.Freed{Case: "1"}}[l.rng.IntN(5)]
	case 11:
		return by, []event.Body{event.Halted{Why: "a storm", Until: l.now.Add(time.Hour)}, event.Resumed{},
			event.Assessed{Cluster: "accidental", Verified: true}, event.Rejected{Draft: "x"}}[l.rng.IntN(4)]
	case 0:
		return by, event.Joined{Case: fmt.Sprint(l.rng.IntN(20)), Category: "outage", Again: l.rng.IntN(3) == 0,
			Mention: mention.Ref{Channel: "chirp", ID: "1"}}
	case 1:
		return by, event.Taken{}
	case 2:
		return by, event.Declared{}
	case 3:
		return by, event.Stated{Statement: event.Statement{Text: "News here every 30 minutes.", Every: spec.Of(30 * time.Minute)}}
	case 4, 5:
		if l.in.Draft != nil {
			return by, event.Approved{Draft: l.in.Draft.ID}
		}
		return by, event.Approved{Draft: "x"}
	case 6:
		if l.rng.IntN(4) == 0 {
			return by, event.Dismissed{Note: "a test"}
		}
	case 7:
		return event.Clock, event.Elapsed{Due: l.in.Due()}
	}
	if len(l.in.Awaited) == 0 {
		return event.Clock, event.Elapsed{Due: l.in.Due()}
	}
	return event.Channel, l.outcome(l.in.Awaited[l.rng.IntN(len(l.in.Awaited))])
}

// surge is one that begins or ends, of the category or of a crowd.
func (l *life) surge() event.Body {
	at := night.Add(time.Duration(l.rng.IntN(30)) * time.Hour)
	if l.rng.IntN(3) == 0 {
		return event.Subsided{Series: "series", Since: at}
	}
	if l.rng.IntN(2) == 0 {
		return event.Surged{Series: "series", Since: at, Category: "outage", Seen: 40, Expected: 3}
	}
	return event.Surged{Series: "series", Since: at, Brand: "Fjordwing", Seen: 40, Expected: 3, Authors: 38}
}

func (l *life) outcome(a respond.Awaited) event.Body {
	switch l.rng.IntN(4) {
	case 0:
		return event.Undelivered{Key: a.Key, Reason: event.Failed}
	case 1:
		return event.Uncertain{Key: a.Key}
	}
	return event.Delivered{Key: a.Key, Ref: mention.Ref{Channel: "chirp", ID: l.posts[a.Key].Account}}
}
