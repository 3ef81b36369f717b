package escalation_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

func week(id, zone string, open ...hours.Span) roster.Calendar {
	return roster.Calendar{ID: id, Zone: zone, Week: hours.Week{Open: open}}
}

// randomHouse has some of the members m0 to m7, so that two of them know different people.
func randomHouse(r *rand.Rand) escalation.Hierarchy {
	h := escalation.Hierarchy{Calendars: []roster.Calendar{
		week("berlin", "Europe/Berlin", hours.Span{Days: []string{"mon-fri"}, From: "09:00", To: "17:00"}),
		week("nights", "America/New_York", hours.Span{From: "22:00", To: "06:00"}),
		week("sunday", "Australia/Lord_Howe", hours.Span{Days: []string{"sun"}, From: "00:00", To: "24:00"}),
	}}
	calendars := []string{"", "berlin", "berlin", "nights", "sunday"}
	for _, n := range r.Perm(8)[:1+r.IntN(8)] {
		m := member(fmt.Sprintf("m%d", n), calendars[r.IntN(len(calendars))])
		m.Contacts = m.Contacts[:1+r.IntN(2)]
		m.Quiet = []string{"", "", "nights", "berlin"}[r.IntN(4)]
		if len(h.Members) > 0 { // the first never leaves and has nobody above
			m.Left = r.IntN(5) == 0
			m.Boss = h.Members[r.IntN(len(h.Members))].ID
			m.Deputies = []string{h.Members[r.IntN(len(h.Members))].ID}
		}
		h.Members = append(h.Members, m)
	}
	somebody := func() string { return h.Members[r.IntN(len(h.Members))].ID }
	h.Teams = []escalation.Team{{ID: "team", Members: []string{somebody(), somebody(), somebody()}}}
	for _, id := range []string{"one", "two"} {
		l := escalation.Ladder{ID: id, Repeat: r.IntN(3), Fallback: []string{h.Members[0].ID, "team"}[r.IntN(2)],
			HandOver: r.IntN(2) == 0, Idle: spec.Of(time.Duration(r.IntN(3)*r.IntN(7200)) * time.Second), Relief: r.IntN(3)}
		for range 1 + r.IntN(4) {
			first := []string{"owner", "team", somebody(), somebody()}[r.IntN(4)]
			x := level(time.Duration(1+r.IntN(3600))*time.Second, first, somebody())
			x.Empty = []string{"", "pass", "hold"}[r.IntN(3)]
			l.Levels = append(l.Levels, x)
		}
		h.Ladders = append(h.Ladders, l)
	}
	if r.IntN(4) == 0 {
		h.Ladders[0].ID = "three"
	}
	h.Plans = []escalation.Plan{
		{ID: "rest", Owner: somebody(), Backups: []string{somebody(), somebody()}, Ladder: h.Ladders[0].ID},
		{ID: "life", Categories: []string{"life"}, Owner: somebody(), Ladder: h.Ladders[1].ID},
	}
	return h
}

func randomMatter(r *rand.Rand) escalation.Matter {
	return escalation.Matter{Life: r.IntN(4) == 0, Severity: triage.Severity(r.IntN(4))}
}

func randomMove(r *rand.Rand, c escalation.Climb, now time.Time) escalation.Move {
	kinds := []escalation.MoveKind{
		escalation.TimeUp, escalation.TimeUp, escalation.TimeUp, escalation.TimeUp,
		escalation.Bounced, escalation.Bounced, escalation.Bounced, escalation.Reached,
		escalation.Took, escalation.Took, escalation.Released, escalation.Escalated, escalation.Progressed,
		escalation.Deferred, escalation.Contacted, escalation.Abused, escalation.Rebased}
	if r.IntN(40) == 0 {
		kinds = []escalation.MoveKind{escalation.StoodOff, "unheard of"}
	}
	return escalation.Move{Kind: kinds[r.IntN(len(kinds))], Page: c.Sent - r.IntN(4), By: fmt.Sprintf("m%d", r.IntN(8)),
		Until: now.Add(time.Duration(r.IntN(20)-2) * time.Minute), Matter: randomMatter(r)}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

// TestLaws plays random moves in random houses, some of which change under the climb, with a clock that also goes back.
func TestLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	var told, spent, waited, relieved int
	for n := range 120 {
		d := compile(t, randomHouse(r))
		now := at(t, "2026-03-01 00:00").Add(time.Duration(r.IntN(300*24*3600)) * time.Second)
		c, pages := d.Open(randomMatter(r), now)
		check(t, d, escalation.Climb{}, c, pages, now)
		for range 25 {
			switch r.IntN(8) {
			case 0:
				now = now.Add(-time.Duration(r.IntN(300)) * time.Second)
			case 1:
				now = now.Add(time.Duration(r.IntN(8*3600)) * time.Second)
			case 2:
				now = now.Add(time.Duration(r.IntN(120)) * time.Second)
			default:
				if due := c.Due(); due.After(now) {
					now = due
				}
			}
			if r.IntN(12) == 0 {
				d = compile(t, randomHouse(r))
			}
			mv := randomMove(r, c, now)
			before := asJSON(t, c)
			next, pages := d.Climb(c, mv, now)
			require.Equal(t, before, asJSON(t, c), "house %d: the argument is not altered", n)
			check(t, d, c, next, pages, now)
			sameAgain(t, d, c, mv, now, next, pages)
			c = next
			told += len(pages)
			for _, p := range pages {
				if p.Relief {
					relieved++
				}
			}
			if c.Spent {
				spent++
			}
			if c.Waits != "" {
				waited++
			}
		}
	}
	t.Logf("%d pages, %d of them relief; %d steps with the fallback told, %d waiting", told, relieved, spent, waited)
	for _, n := range []int{told, spent, waited, relieved} {
		assert.Greater(t, n, 50, "the moves reach everything")
	}
}

// quiet are the calendars of randomHouse that are somebody's quiet hours.
var quiet = func() map[string]*hours.Calendar {
	all := map[string]*hours.Calendar{}
	for id, x := range map[string]struct {
		zone string
		open hours.Span
	}{
		"berlin": {"Europe/Berlin", hours.Span{Days: []string{"mon-fri"}, From: "09:00", To: "17:00"}},
		"nights": {"America/New_York", hours.Span{From: "22:00", To: "06:00"}},
	} {
		loc, err := time.LoadLocation(x.zone)
		if err == nil {
			all[id], err = hours.Week{Open: []hours.Span{x.open}}.Compile(loc)
		}
		if err != nil {
			panic(err)
		}
	}
	return all
}()

// check holds what is true after every step.
func check(t *testing.T, d *escalation.Directory, was, c escalation.Climb, pages []escalation.Page, now time.Time) {
	t.Helper()
	state := asJSON(t, c)
	require.False(t, c.Over && !c.Due().IsZero(), "what is over has no Due: %s", state)
	require.False(t, c.Taken == "" && !c.Over && c.Due().IsZero(), "what nobody has, has a Due: %s", state)
	require.Equal(t, was.Sent+len(pages), c.Sent, "pages are numbered through")
	require.False(t, c.Urgent && c.Waits != "", "nothing holds crisis and life")
	if c.Spent || c.Waits != "" || c.Taken != "" || c.Over {
		require.False(t, c.Waits != "" && c.Next.IsZero())
	} else {
		require.True(t, heard(c), "a level of which no page may arrive is not waited for: %s", state)
	}
	if c.Spent && !heard(c) && c.Due().After(now) && c.Taken == "" && !c.Over {
		require.False(t, c.Next.After(now.Add(time.Hour)), "the fallback is tried again: %s", state)
	}
	for i, p := range pages {
		require.Equal(t, was.Sent+i, p.N)
		require.True(t, now.Truncate(time.Millisecond).Equal(p.At))
		require.NotEmpty(t, p.Because)
		require.Equal(t, escalation.Asked, p.State)
		m, ok := d.Member(p.Member)
		require.NotEmpty(t, p.Address)
		if p.Relief || p.Offer {
			continue // he may not be a member any more
		}
		require.True(t, ok)
		require.Equal(t, m.Contacts[p.Contact], escalation.Contact{Kind: p.Kind, Address: p.Address})
		require.True(t, c.Taken == "" && !c.Over, "nobody is told of what somebody has: %s", state)
		require.True(t, c.Spent || d.OnDuty(p.Member, now), "a level tells whom is on duty, by whatever contact: %s", state)
		muted := m.Quiet != "" && quiet[m.Quiet].Open(now)
		require.False(t, muted && !c.Urgent && !c.Spent, "nobody is told in his quiet hours: %s", state)
	}
}

func heard(c escalation.Climb) bool {
	for _, p := range c.Pages {
		if p.N >= c.Telling && !p.Relief && !p.Offer && p.State != escalation.Undelivered {
			return true
		}
	}
	return false
}

// sameAgain repeats the step: on the same climb, on the climb as it comes back from storage, and on its own result.
func sameAgain(t *testing.T, d *escalation.Directory, c escalation.Climb, mv escalation.Move, now time.Time,
	next escalation.Climb, pages []escalation.Page) {
	t.Helper()
	again, morePages := d.Climb(c, mv, now)
	require.Equal(t, next, again, "the same step gives the same")
	require.Equal(t, pages, morePages)

	var stored escalation.Climb
	written := asJSON(t, next)
	require.NoError(t, json.Unmarshal([]byte(asJSON(t, c)), &stored))
	again, morePages = d.Climb(stored, mv, now)
	require.Equal(t, written, asJSON(t, again), "a stored climb steps as the climb")
	require.Equal(t, asJSON(t, pages), asJSON(t, morePages))

	if len(pages) > 0 { // whoever alters what he was given alters nothing else
		before := asJSON(t, stored)
		morePages[0].Member = "altered"
		require.Equal(t, written, asJSON(t, again), "pages are given out as copies")
		again.Pages[0].Member = "altered"
		require.Equal(t, before, asJSON(t, stored))
	}
	switch mv.Kind {
	case escalation.Released, escalation.Escalated, escalation.Contacted, escalation.Abused:
		return // it may be given back, sent up, come back again
	}
	twice, morePages := d.Climb(next, mv, now)
	require.Empty(t, morePages, "the same move twice asks for nothing twice: %+v", mv)
	require.Equal(t, written, asJSON(t, twice))
	if due := next.Due(); !due.IsZero() && due.After(now) {
		twice, morePages = d.Climb(next, escalation.Move{Kind: escalation.TimeUp}, due.Add(-time.Millisecond))
		require.Empty(t, morePages, "before Due nobody is told")
		require.Equal(t, written, asJSON(t, twice))
	}
}

// TestNeverSilence lets nothing happen but time: every ladder ends with the fallback told, again and again.
func TestNeverSilence(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 11))
	for n := range 150 {
		h := randomHouse(r)
		d := compile(t, h)
		c, _ := d.Open(randomMatter(r), at(t, "2026-10-20 00:00").Add(time.Duration(r.IntN(14*24*60))*time.Minute))
		steps := 0
		for ; !c.Spent; steps++ {
			require.Less(t, steps, 3*4*8, "house %d: three rounds of four levels, each with its wait, pages and shifts", n)
			due := c.Due()
			require.False(t, due.IsZero())
			c, _ = d.Climb(c, escalation.Move{Kind: escalation.TimeUp}, due)
		}
		for range 10 {
			sent := c.Sent
			since := c.Due()
			for c.Sent == sent {
				c, _ = d.Climb(c, escalation.Move{Kind: escalation.TimeUp}, c.Due())
			}
			require.LessOrEqual(t, c.Pages[len(c.Pages)-1].At.Sub(since), time.Hour, "house %d", n)
		}
		require.LessOrEqual(t, len(c.Pages), 32+len(h.Members), "old pages are forgotten")
	}
}

// TestPagesAreForgotten tells a team larger than what is kept.
func TestPagesAreForgotten(t *testing.T) {
	h := house()
	for n := range 50 {
		id := fmt.Sprintf("t%d", n)
		h.Members = append(h.Members, member(id, ""))
		h.Teams[0].Members = append(h.Teams[0].Members, id)
	}
	h.Ladders[0].Levels[0] = escalation.Level{To: []string{"desk"}, Wait: spec.Of(time.Minute)}
	h.Ladders[0].Repeat = 100
	d := compile(t, h)
	c, pages := d.Open(escalation.Matter{}, at(t, "08:00"))
	require.Len(t, pages, 52)
	require.Len(t, c.Pages, 52, "as long as a page may come back it is kept")
	late, _ := d.Climb(c, escalation.Move{Kind: escalation.Bounced, Page: 0}, at(t, "08:00"))
	late, _ = d.Climb(late, escalation.Move{Kind: escalation.Reached, Page: 0}, at(t, "08:00"))
	require.Equal(t, 0, late.Pages[0].N, "and as long as late word of it may come")
	require.Equal(t, escalation.Delivered, late.Pages[0].State)
	for range 40 {
		c, _ = d.Climb(c, escalation.Move{Kind: escalation.TimeUp}, c.Due())
	}
	assert.LessOrEqual(t, len(c.Pages), 32+53)
	c, pages = d.Climb(c, escalation.Move{Kind: escalation.Took, By: "ann"}, c.Due())
	assert.Len(t, pages, 52, "everybody else who was told stands down, once: 51 of the team and cy")
	_, pages = d.Climb(c, escalation.Move{Kind: escalation.StoodOff}, at(t, "2026-06-17 08:00"))
	assert.Empty(t, pages)
}
