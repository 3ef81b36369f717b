package escalation_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage"
)

// A walk plays a climb: every page is delivered at once unless said otherwise, and each is noted as "08:00 ann".
type walk struct {
	t      *testing.T
	d      *escalation.Directory
	c      escalation.Climb
	told   []string
	silent bool // nothing is heard of a page
}

func open(t *testing.T, h escalation.Hierarchy, m escalation.Matter, when string) *walk {
	t.Helper()
	w := &walk{t: t, d: compile(t, h)}
	c, pages := w.d.Open(m, at(t, when))
	w.take(c, pages)
	return w
}

func (w *walk) take(c escalation.Climb, pages []escalation.Page) {
	w.c = c
	for _, p := range pages {
		line := p.At.Format("15:04") + " " + p.Member
		if p.Contact > 0 {
			line += " by " + p.Kind
		}
		if p.Relief {
			line += " relieved"
		}
		w.told = append(w.told, line)
		if !w.silent && !p.Relief {
			w.move(escalation.Move{Kind: escalation.Reached, Page: p.N}, p.At)
		}
	}
}

func (w *walk) move(mv escalation.Move, now time.Time) {
	w.take(w.d.Climb(w.c, mv, now))
}

func (w *walk) do(when string, kind escalation.MoveKind, by string) {
	w.move(escalation.Move{Kind: kind, By: by}, at(w.t, when))
}

func (w *walk) bounce(when string, page int) {
	w.move(escalation.Move{Kind: escalation.Bounced, Page: page}, at(w.t, when))
}

// tick brings a TimeUp every step from one instant to another, both included.
func (w *walk) tick(from, to string, step time.Duration) {
	for x := at(w.t, from); !x.After(at(w.t, to)); x = x.Add(step) {
		w.move(escalation.Move{Kind: escalation.TimeUp}, x)
	}
}

// run brings a TimeUp whenever one is due.
func (w *walk) run(until string) {
	for due := w.c.Due(); !due.IsZero() && !due.After(at(w.t, until)); due = w.c.Due() {
		w.move(escalation.Move{Kind: escalation.TimeUp}, due)
	}
}

func TestLadder(t *testing.T) {
	holding := duty(house(), "ann")
	holding.Ladders[0].Levels[0].Empty = "hold"
	quick, twice := house(), house()
	quick.Ladders[0].Levels[1].Wait = spec.Of(30 * time.Second)
	twice.Ladders[0].Levels[0].To = []string{"ann", "desk", "owner"}
	for _, row := range []struct {
		reason string
		house  escalation.Hierarchy
		opened string
		play   func(w *walk)
		want   string
	}{
		{"the full run with its repeat and the fallback, which is told again every hour", house(), "08:00",
			func(w *walk) { w.run("13:30") },
			"08:00 ann, 08:15 bob, 08:45 cy, 09:45 ann, 10:00 bob, 10:30 cy, 11:30 fb, 12:30 fb, 13:30 fb"},
		{"a second before its time nobody is told", house(), "08:00",
			func(w *walk) { w.tick("08:14:59", "08:14:59", time.Second) }, "08:00 ann"},
		{"at its time the level is told, and by the same tick again nobody", house(), "08:00",
			func(w *walk) { w.tick("08:15", "08:15", 1); w.tick("08:15", "08:15", 1) }, "08:00 ann, 08:15 bob"},
		{"ticks at 37 seconds past the minute do not drift", house(), "08:00",
			func(w *walk) { w.tick("08:00:37", "11:30:37", time.Minute) },
			"08:00 ann, 08:15 bob, 08:45 cy, 09:45 ann, 10:00 bob, 10:30 cy, 11:30 fb"},
		{"the host was down: one step, and the next counts from now", house(), "08:00",
			func(w *walk) { w.tick("10:00", "10:29", time.Minute) }, "08:00 ann, 10:00 bob"},
		{"the host was down: the next is due half an hour later", house(), "08:00",
			func(w *walk) { w.tick("10:00", "10:30", time.Minute) }, "08:00 ann, 10:00 bob, 10:30 cy"},
		{"the host was down for less than the next wait: that still counts from now", house(), "08:00",
			func(w *walk) { w.tick("08:40", "09:10", time.Minute) }, "08:00 ann, 08:40 bob, 09:10 cy"},
		{"a tick that is later than the whole next wait: that counts from now", quick, "08:00",
			func(w *walk) { w.tick("08:15:40", "08:16:09", time.Second) }, "08:00 ann, 08:15 bob"},
		{"who is named twice at a level is told once", twice, "08:00", func(*walk) {}, "08:00 ann, 08:00 bob"},
		{"level 0 is empty and passed", duty(house(), "ann"), "2026-06-20 08:00",
			func(w *walk) { w.run("2026-06-20 08:30") }, "08:00 bob, 08:30 cy"},
		{"all levels are empty: the fallback at once, and no loop", duty(house(), "ann", "bob", "cy"), "2026-06-20 08:00",
			func(w *walk) { w.run("2026-06-20 08:59") }, "08:00 fb"},
		{"the fallback is told on duty or not", duty(house(), "ann", "bob", "cy", "fb"), "2026-06-20 08:00",
			func(w *walk) { w.run("2026-06-20 08:59") }, "08:00 fb"},
		{"hold waits for the next on duty", holding, "06:00",
			func(w *walk) { w.run("08:15") }, "08:00 ann, 08:15 bob"},
		{"a clock that goes back undoes nothing and tells nobody twice", house(), "08:00",
			func(w *walk) { w.tick("08:15", "08:15", 1); w.tick("08:13:30", "08:44:59", time.Second) }, "08:00 ann, 08:15 bob"},
		{"taken after the next level was told: those told stand down", house(), "08:00",
			func(w *walk) { w.run("08:15"); w.do("08:20", escalation.Took, "ann"); w.run("12:00") },
			"08:00 ann, 08:15 bob, 08:20 bob relieved"},
		{"taken by the higher level: the lower stands down", house(), "08:00",
			func(w *walk) { w.run("08:15"); w.do("08:20", escalation.Took, "bob"); w.run("12:00") },
			"08:00 ann, 08:15 bob, 08:20 ann relieved"},
		{"taken twice by the same member changes nothing", house(), "08:00",
			func(w *walk) {
				w.run("08:15")
				w.do("08:20", escalation.Took, "ann")
				w.do("08:21", escalation.Took, "ann")
			}, "08:00 ann, 08:15 bob, 08:20 bob relieved"},
		{"handed to another: who had it stands down", house(), "08:00",
			func(w *walk) { w.do("08:05", escalation.Took, "ann"); w.do("08:06", escalation.Took, "cy") },
			"08:00 ann, 08:06 ann relieved"},
		{"given back: the level again without him, which is the next", house(), "08:00",
			func(w *walk) {
				w.do("08:05", escalation.Took, "ann")
				w.do("08:30", escalation.Released, "")
				w.run("09:00")
			}, "08:00 ann, 08:30 bob, 09:00 cy"},
		{"given back by the fallback: the fallback again", house(), "08:00",
			func(w *walk) {
				w.run("11:30")
				w.do("11:31", escalation.Took, "fb")
				w.do("11:40", escalation.Released, "")
			}, "08:00 ann, 08:15 bob, 08:45 cy, 09:45 ann, 10:00 bob, 10:30 cy, 11:30 fb, " +
				"11:31 ann relieved, 11:31 bob relieved, 11:31 cy relieved, 11:40 fb"},
		{"over: everybody told stands down, once, and nobody is told again", house(), "08:00",
			func(w *walk) {
				w.run("08:15")
				w.do("08:20", escalation.StoodOff, "")
				w.do("08:21", escalation.StoodOff, "")
				w.do("08:22", escalation.Took, "bob")
				w.run("12:00")
			}, "08:00 ann, 08:15 bob, 08:20 ann relieved, 08:20 bob relieved"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			w := open(t, row.house, escalation.Matter{}, row.opened)
			row.play(w)
			assert.Equal(t, row.want, strings.Join(w.told, ", "))
		})
	}
}

func TestPages(t *testing.T) {
	desk := house()
	desk.Ladders[0].Levels[0].To = []string{"desk"}
	one := house()
	one.Members[3].Contacts = one.Members[3].Contacts[:1]
	one = duty(one, "ann", "bob", "cy")
	for _, row := range []struct {
		reason string
		house  escalation.Hierarchy
		opened string
		play   func(w *walk)
		want   string
	}{
		{"it comes back: the next contact, then the next level at once", house(), "08:00",
			func(w *walk) { w.bounce("08:01", 0); w.bounce("08:03", 1); w.run("08:04") },
			"08:00 ann, 08:01 ann by phone, 08:03 bob"},
		{"it comes back twice: once is enough", house(), "08:00",
			func(w *walk) { w.bounce("08:01", 0); w.bounce("08:01", 0) }, "08:00 ann, 08:01 ann by phone"},
		{"nothing is heard within two minutes: as if it had come back, level after level", house(), "08:00",
			func(w *walk) { w.run("08:08") },
			"08:00 ann, 08:02 ann by phone, 08:04 bob, 08:06 bob by phone, 08:08 cy"},
		{"nothing is heard yet", house(), "08:00", func(w *walk) { w.tick("08:00", "08:01:59", time.Second) }, "08:00 ann"},
		{"the level after counts its wait from when it was told", house(), "08:00",
			func(w *walk) {
				w.bounce("08:01", 0)
				w.silent = false
				w.bounce("08:03", 1)
				w.run("08:33")
			}, "08:00 ann, 08:01 ann by phone, 08:03 bob, 08:33 cy"},
		{"one of two is reached: the other's next contact, and no next level before its time", desk, "08:00",
			func(w *walk) {
				w.move(escalation.Move{Kind: escalation.Reached, Page: 0}, at(w.t, "08:00"))
				w.bounce("08:01", 1)
				w.bounce("08:01:30", 2)
				w.run("08:14")
			}, "08:00 ann, 08:00 bob, 08:01 bob by phone"},
		{"the fallback cannot be reached: again in five minutes", one, "2026-06-20 08:00",
			func(w *walk) { w.bounce("2026-06-20 08:01", 0); w.run("2026-06-20 08:06") }, "08:00 fb, 08:06 fb"},
		{"a page of a level that is past comes back: the next level has been told", house(), "08:00",
			func(w *walk) {
				w.c, _ = w.d.Climb(w.c, escalation.Move{Kind: escalation.TimeUp}, at(w.t, "08:20"))
				w.bounce("08:21", 0)
			}, "08:00 ann"},
		{"word comes late: recorded, and nothing is undone", house(), "08:00",
			func(w *walk) {
				w.bounce("08:01", 0)
				w.move(escalation.Move{Kind: escalation.Reached, Page: 0}, at(w.t, "08:02"))
				w.bounce("08:03", 0)
			}, "08:00 ann, 08:01 ann by phone"},
		{"a page that comes back after the matter was taken", house(), "08:00",
			func(w *walk) { w.do("08:01", escalation.Took, "ann"); w.bounce("08:02", 0); w.run("12:00") }, "08:00 ann"},
		{"a page that nobody sent", house(), "08:00", func(w *walk) { w.bounce("08:01", 99); w.bounce("08:01", -1) }, "08:00 ann"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			w := &walk{t: t, d: compile(t, row.house), silent: true}
			c, pages := w.d.Open(escalation.Matter{}, at(t, row.opened))
			w.take(c, pages)
			row.play(w)
			assert.Equal(t, row.want, strings.Join(w.told, ", "))
		})
	}
}

// TestTicksDoNotDrift looks at when the next level is due, which a tick at 37 seconds past the minute does not move.
func TestTicksDoNotDrift(t *testing.T) {
	w := open(t, house(), escalation.Matter{}, "08:00")
	for _, row := range []struct{ tick, next string }{
		{"08:15:37", "08:45"}, {"08:45:37", "09:45"}, {"09:45:37", "10:00"}, {"10:00:37", "10:30"},
		{"10:30:37", "11:30"}, {"11:30:37", "12:30"}, {"12:31", "13:30"}, {"13:31:01", "14:31:01"},
	} {
		w.tick(row.tick, row.tick, time.Second)
		assert.Equal(t, at(t, row.next), w.c.Next, "after the tick at %s", row.tick)
	}
}

func TestHold(t *testing.T) {
	h := duty(house(), "ann")
	h.Ladders[0].Levels[0].Empty = "hold"
	w := open(t, h, escalation.Matter{}, "2026-06-20 08:00")
	assert.Empty(t, w.told, "nobody is told on a Saturday")
	assert.Equal(t, "nobody is on duty at level 0 (ann is off duty until Mon 09:00 Europe/London)", w.c.Waits,
		"it says until when")
	assert.Equal(t, at(t, "2026-06-22 08:00"), w.c.Due())

	w = open(t, h, escalation.Matter{Severity: triage.Crisis}, "2026-06-20 08:00")
	assert.Equal(t, []string{"08:00 bob"}, w.told, "in a crisis nothing holds")
	assert.True(t, w.c.Urgent)

	w = open(t, h, escalation.Matter{Category: triage.Life}, "2026-06-20 08:00")
	assert.Equal(t, []string{"08:00 bob"}, w.told, "nothing holds life")
	assert.True(t, w.c.Urgent)
}

func TestOwnerLevel(t *testing.T) {
	h := duty(house(), "ann")
	h.Ladders[0].Levels[0].To = []string{"owner"}
	w := open(t, h, escalation.Matter{}, "2026-06-16 10:00")
	assert.Equal(t, []string{"10:00 ann"}, w.told, "the owner is on duty")
	w = open(t, h, escalation.Matter{}, "2026-06-16 02:14")
	assert.Equal(t, []string{"02:14 bob"}, w.told, "the owner is asleep: the first back-up on duty")
	w.bounce("02:15", 0)
	assert.Equal(t, "02:14 bob", strings.Join(w.told, ", "), "what was delivered cannot come back")
}

// TestHierarchyChanges goes on with a climb under another hierarchy than it was opened with.
func TestHierarchyChanges(t *testing.T) {
	for _, row := range []struct {
		reason  string
		change  func(h *escalation.Hierarchy)
		want    string
		because string
	}{
		{"a level was deleted: the next existing one by its order", func(h *escalation.Hierarchy) {
			h.Ladders[0].Levels = h.Ladders[0].Levels[:1]
		}, "ann", "level 0: level 1 is no longer on the ladder"},
		{"the level was deleted and no round is left: the fallback", func(h *escalation.Hierarchy) {
			h.Ladders[0].Levels, h.Ladders[0].Repeat = h.Ladders[0].Levels[:1], 0
		}, "fb", "fallback: level 1 is no longer on the ladder"},
		{"the ladder was deleted: the one its plan has now", func(h *escalation.Hierarchy) {
			h.Ladders[0].ID, h.Plans[0].Ladder, h.Plans[1].Ladder = "other", "other", "other"
		}, "cy", "level 2: ladder main is no longer there, ladder other holds; nobody took it within 30m of level 1"},
		{"a member left: his deputy", func(h *escalation.Hierarchy) {
			h.Members[2].Left, h.Members[2].Deputies, h.Members[2].Boss = true, []string{"ann"}, "fb"
		}, "ann", "level 2: nobody took it within 30m of level 1; cy has left, ann stands in and is on duty"},
		{"a member left and has no deputy: his boss", func(h *escalation.Hierarchy) {
			h.Members[2].Left, h.Members[2].Boss = true, "fb"
		}, "fb", "level 2: nobody took it within 30m of level 1; cy has left, fb stands in and is on duty"},
		{"a member left and nobody who stands in is on duty: the fallback", func(h *escalation.Hierarchy) {
			h.Calendars = append(h.Calendars, week("nights", "UTC", hours.Span{From: "22:00", To: "06:00"}))
			h.Members = append(h.Members, member("dee", "nights"))
			h.Members[2].Left, h.Members[2].Deputies, h.Ladders[0].Repeat = true, []string{"dee"}, 0
		}, "fb", "fallback: nobody took it within 30m of level 1; nobody is on duty at level 2 " +
			"(cy has left and nobody who stands in is on duty)"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			w := open(t, house(), escalation.Matter{}, "08:00")
			w.run("08:15")
			h := house()
			row.change(&h)
			_, pages := compile(t, h).Climb(w.c, escalation.Move{Kind: escalation.TimeUp}, at(t, "08:45"))
			require.Len(t, pages, 1)
			assert.Equal(t, row.want, pages[0].Member)
			assert.Equal(t, row.because, pages[0].Because)
		})
	}

	h := house()
	h.Ladders[0].Levels[2].To = []string{"owner"}
	w := open(t, h, escalation.Matter{}, "08:00")
	w.run("08:15")
	gone := house()
	gone.Members = gone.Members[2:]
	gone.Teams = nil
	gone.Ladders[0].Levels = []escalation.Level{
		level(time.Minute, "cy"), level(time.Minute, "cy"), level(time.Minute, "owner")}
	gone.Ladders[0].Repeat = 0
	for i := range gone.Plans {
		gone.Plans[i].Owner, gone.Plans[i].Backups = "cy", nil
	}
	_, pages := compile(t, gone).Climb(w.c, escalation.Move{Kind: escalation.TimeUp}, at(t, "08:45"))
	require.Len(t, pages, 1)
	assert.Equal(t, "fallback: nobody took it within 1m of level 1; nobody is on duty at level 2 "+
		"(ann is no longer a member, bob is no longer a member)", pages[0].Because, "ids that nobody knows go to the fallback")
}
