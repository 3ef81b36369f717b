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

// shifts is the house with ann on the first level until 17:00 UTC and dee from then on, as a team.
func shifts() escalation.Hierarchy {
	h := house()
	h.Calendars = append(h.Calendars,
		week("early", "UTC", hours.Span{From: "09:00", To: "17:00"}), week("late", "UTC", hours.Span{From: "17:00", To: "01:00"}),
		week("gap", "UTC", hours.Span{From: "17:02", To: "01:00"}), week("afternoon", "UTC", hours.Span{From: "12:00", To: "20:00"}))
	h.Members = append(h.Members, member("dee", "late"))
	h.Members[0].Calendar = "early"
	h.Teams = append(h.Teams, escalation.Team{ID: "first", Members: []string{"ann", "dee"}})
	h.Ladders[0].Levels[0].To = []string{"first"}
	return h
}

func with(h escalation.Hierarchy, change func(h *escalation.Hierarchy)) escalation.Hierarchy {
	change(&h)
	return h
}

// handing hands matters over at the end of a shift; idling takes them back after an hour without progress.
func handing(h escalation.Hierarchy) escalation.Hierarchy {
	h.Ladders[0].HandOver = true
	return h
}

func idling(h escalation.Hierarchy) escalation.Hierarchy {
	h.Ladders[0].Idle = spec.Of(time.Hour)
	return h
}

func (w *walk) log() string { return strings.Join(w.told, ", ") }

func TestHandOver(t *testing.T) {
	crisis := escalation.Matter{Severity: triage.Crisis}
	for _, row := range []struct {
		reason string
		house  escalation.Hierarchy
		matter escalation.Matter
		opened string
		play   func(w *walk)
		want   string
	}{
		{"hand-off 17:00 ann -> dee, opened 16:50: dee is told at 17:00, bob at 17:05", shifts(), escalation.Matter{}, "16:50",
			func(w *walk) { w.run("17:10") }, "16:50 ann, 17:00 dee, 17:05 bob"},
		{"opened 16:46: bob moves from 17:01 to 17:05, since who is told late has at least 5 min", shifts(), escalation.Matter{},
			"16:46", func(w *walk) { w.run("17:10") }, "16:46 ann, 17:00 dee, 17:05 bob"},
		{"and not to before 17:05", shifts(), escalation.Matter{}, "16:46",
			func(w *walk) { w.tick("16:47", "17:04:59", time.Second) }, "16:46 ann, 17:00 dee"},
		{"ticks at 37 seconds past the minute do not move it", shifts(), escalation.Matter{}, "16:46",
			func(w *walk) { w.tick("16:46:37", "17:36:37", time.Minute) }, "16:46 ann, 17:00 dee, 17:05 bob, 17:35 cy"},
		{"the tick at the hand-off twice: dee is told once", shifts(), escalation.Matter{}, "16:50",
			func(w *walk) { w.tick("17:00", "17:00", 1); w.tick("17:00", "17:00", 1) }, "16:50 ann, 17:00 dee"},
		{"the clock goes back over the hand-off: nothing twice", shifts(), escalation.Matter{}, "16:50",
			func(w *walk) { w.tick("17:00", "17:00", 1); w.tick("16:58", "17:04:59", time.Second) }, "16:50 ann, 17:00 dee"},
		{"a level shorter than five minutes: no longer than the level itself", with(shifts(), func(h *escalation.Hierarchy) {
			h.Ladders[0].Levels[0].Wait = spec.Of(2 * time.Minute)
		}), escalation.Matter{}, "16:59", func(w *walk) { w.run("17:10") }, "16:59 ann, 17:00 dee, 17:02 bob"},
		{"the next shift begins a little later: then", with(shifts(), func(h *escalation.Hierarchy) {
			h.Members[4].Calendar = "gap"
		}), escalation.Matter{}, "16:50", func(w *walk) { w.run("17:10") }, "16:50 ann, 17:02 dee, 17:07 bob"},
		{"nobody follows: the level has been told, and its wait runs out", with(shifts(), func(h *escalation.Hierarchy) {
			h.Teams[1].Members = []string{"ann"}
		}), escalation.Matter{}, "16:50", func(w *walk) { w.run("17:10") }, "16:50 ann, 17:05 bob"},
		{"nobody follows in a crisis: the next level at once", with(shifts(), func(h *escalation.Hierarchy) {
			h.Teams[1].Members = []string{"ann"}
		}), crisis, "16:50", func(w *walk) { w.run("17:10") }, "16:50 ann, 17:00 bob"},
		{"somebody else comes on duty while ann still is: she has been told, he need not be", with(shifts(),
			func(h *escalation.Hierarchy) {
				h.Members[4].Calendar = "afternoon"
			}), escalation.Matter{}, "11:50", func(w *walk) { w.run("12:10") }, "11:50 ann, 12:05 bob"},
		{"the page did not reach ann before her shift ended", shifts(), escalation.Matter{}, "16:59",
			func(w *walk) { w.run("17:06") }, "16:59 ann, 17:00 dee"},

		{"the owner's shift ends: hand-over is due, and dee is told", handing(shifts()), escalation.Matter{}, "16:30",
			func(w *walk) { w.do("16:35", escalation.Took, "ann"); w.run("17:14") }, "16:30 ann, 17:00 dee"},
		{"who follows does not take it: the next level, as ever", handing(shifts()), escalation.Matter{}, "16:30",
			func(w *walk) { w.do("16:35", escalation.Took, "ann"); w.run("17:20") }, "16:30 ann, 17:00 dee, 17:15 bob"},
		{"who follows takes it: it is his until his own shift ends", handing(shifts()), escalation.Matter{}, "16:30",
			func(w *walk) {
				w.do("16:35", escalation.Took, "ann")
				w.run("17:01")
				w.do("17:02", escalation.Took, "dee")
				w.run("2026-06-17 00:59")
			}, "16:30 ann, 17:00 dee, 17:02 ann relieved"},
		{"the ladder does not say so: it stays with ann", shifts(), escalation.Matter{}, "16:30",
			func(w *walk) { w.do("16:35", escalation.Took, "ann"); w.run("2026-06-18 12:00") }, "16:30 ann"},
		{"a crisis is handed over in any case", shifts(), crisis, "16:30",
			func(w *walk) { w.do("16:35", escalation.Took, "ann"); w.run("17:14") }, "16:30 ann, 17:00 dee"},
		{"nobody could follow: it stays hers overnight", handing(duty(house(), "ann", "bob", "cy")), escalation.Matter{}, "12:00",
			func(w *walk) { w.do("12:05", escalation.Took, "ann"); w.run("2026-06-19 12:00") }, "12:00 ann"},
		{"nobody could follow in a crisis: the fallback", duty(house(), "ann", "bob", "cy"), crisis, "12:00",
			func(w *walk) { w.do("12:05", escalation.Took, "ann"); w.run("16:10") }, "12:00 ann, 16:00 fb"},
		{"taken off duty: it is handed over when the next shift ends, from the level on that was told last",
			handing(shifts()), escalation.Matter{}, "08:00",
			func(w *walk) {
				w.do("08:10", escalation.Took, "ann")
				w.run("17:01")
			}, "08:00 bob, 08:10 bob relieved, 17:00 bob"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			w := open(t, row.house, row.matter, row.opened)
			row.play(w)
			assert.Equal(t, row.want, w.log())
		})
	}
	w := open(t, handing(shifts()), escalation.Matter{}, "16:30")
	w.do("16:35", escalation.Took, "ann")
	w.run("17:00")
	assert.Equal(t, "level 0: the shift of ann has ended: hand-over is due", w.c.Pages[1].Because)
	assert.Empty(t, w.c.Taken)
	w = open(t, shifts(), escalation.Matter{}, "16:50")
	w.run("17:00")
	assert.Equal(t, "level 0: the shift of ann has ended; dee is on duty now", w.c.Pages[1].Because)
}

func TestIdle(t *testing.T) {
	for _, row := range []struct {
		reason string
		house  escalation.Hierarchy
		play   func(w *walk)
		want   string
	}{
		{"taken 08:05 with 1 h without progress: ann again 09:05, bob 09:20", idling(house()),
			func(w *walk) { w.do("08:05", escalation.Took, "ann"); w.run("09:25") }, "08:00 ann, 09:05 ann, 09:20 bob"},
		{"progress at 08:50 moves it to 09:50", idling(house()),
			func(w *walk) {
				w.do("08:05", escalation.Took, "ann")
				w.do("08:50", escalation.Progressed, "ann")
				w.run("09:51")
			}, "08:00 ann, 09:50 ann"},
		{"a second before its time nothing", idling(house()),
			func(w *walk) { w.do("08:05", escalation.Took, "ann"); w.tick("09:04:59", "09:04:59", 1) }, "08:00 ann"},
		{"the same tick twice: once", idling(house()),
			func(w *walk) {
				w.do("08:05", escalation.Took, "ann")
				w.tick("09:05", "09:05", 1)
				w.tick("09:05", "09:05", 1)
			}, "08:00 ann, 09:05 ann"},
		{"ticks at 37 seconds past the minute do not drift", idling(house()),
			func(w *walk) { w.do("08:05", escalation.Took, "ann"); w.tick("08:05:37", "09:20:37", time.Minute) },
			"08:00 ann, 09:05 ann, 09:20 bob"},
		{"who took it from another level is told with the level", idling(house()),
			func(w *walk) { w.do("08:05", escalation.Took, "cy"); w.run("09:06") },
			"08:00 ann, 08:05 ann relieved, 09:05 cy, 09:05 ann"},
		{"the fallback is idle: the fallback again", idling(house()),
			func(w *walk) {
				w.run("11:30")
				w.told = nil
				w.do("11:31", escalation.Took, "fb")
				w.run("12:32")
			}, "11:31 ann relieved, 11:31 bob relieved, 11:31 cy relieved, 12:31 fb"},
		{"without a limit it is never taken back", house(),
			func(w *walk) { w.do("08:05", escalation.Took, "ann"); w.run("2026-07-16 08:00") }, "08:00 ann"},
		{"nobody is there to be told: the hour begins anew with whoever comes first",
			idling(duty(house(), "ann", "bob", "cy")),
			func(w *walk) {
				w.do("15:30", escalation.Took, "ann")
				w.run("2026-06-17 09:01")
			}, "08:00 ann, 2026-06-17 09:00 ann"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			w := open(t, row.house, escalation.Matter{}, "08:00")
			row.play(w)
			assert.Equal(t, strings.ReplaceAll(row.want, "2026-06-17 ", ""), w.log())
		})
	}
	w := open(t, idling(house()), escalation.Matter{}, "08:00")
	w.do("08:05", escalation.Took, "ann")
	assert.Equal(t, at(t, "09:05"), w.c.Due())
	w.run("09:05")
	assert.Equal(t, "level 0: ann has it and made no progress within 1h", w.c.Pages[1].Because)
}

func TestByHand(t *testing.T) {
	for _, row := range []struct {
		reason string
		play   func(w *walk)
		want   string
	}{
		{"escalated: the next level at once, and from there up", func(w *walk) {
			w.do("08:05", escalation.Took, "ann")
			w.do("08:10", escalation.Escalated, "ann")
			w.run("09:45")
		}, "08:00 ann, 08:10 bob, 08:40 cy, 09:40 fb"},
		{"escalated before anybody took it", func(w *walk) { w.do("08:05", escalation.Escalated, "ann"); w.run("08:06") },
			"08:00 ann, 08:05 bob"},
		{"escalated by him who is next: it passes him", func(w *walk) { w.do("08:05", escalation.Escalated, "bob") },
			"08:00 ann, 08:05 cy"},
		{"escalated from the last level: the fallback", func(w *walk) {
			w.run("08:45")
			w.do("08:50", escalation.Escalated, "cy")
		}, "08:00 ann, 08:15 bob, 08:45 cy, 08:50 fb"},
		{"escalated when it is over: nothing", func(w *walk) {
			w.do("08:05", escalation.StoodOff, "")
			w.do("08:06", escalation.Escalated, "ann")
		}, "08:00 ann, 08:05 ann relieved"},
		{"the third contact on one matter rises a level, the second and the fourth do not", func(w *walk) {
			w.do("08:05", escalation.Took, "ann")
			w.do("08:06", escalation.Contacted, "")
			w.do("08:07", escalation.Contacted, "")
			w.do("08:08", escalation.Contacted, "")
		}, "08:00 ann, 08:07 bob"},
		{"relief is offered after three abusive messages, to him who has it, and again after three more", func(w *walk) {
			w.do("08:01", escalation.Abused, "") // nobody has it yet
			w.do("08:05", escalation.Took, "ann")
			for range 7 {
				w.do("08:10", escalation.Abused, "")
			}
		}, "08:00 ann, 08:10 ann, 08:10 ann"},
		{"he takes the offer: the matter goes on without him", func(w *walk) {
			w.do("08:05", escalation.Took, "ann")
			for range 3 {
				w.do("08:10", escalation.Abused, "")
			}
			w.do("08:11", escalation.Released, "")
		}, "08:00 ann, 08:10 ann, 08:11 bob"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			w := open(t, house(), escalation.Matter{}, "08:00")
			row.play(w)
			assert.Equal(t, row.want, w.log())
		})
	}
	w := open(t, house(), escalation.Matter{}, "08:00")
	w.do("08:05", escalation.Took, "ann")
	w.move(escalation.Move{Kind: escalation.Escalated, By: "ann", Because: "he asks for the head of the desk"}, at(t, "08:10"))
	assert.Equal(t, "level 1: ann escalated it; he asks for the head of the desk", w.c.Pages[1].Because)

	life := open(t, house(), escalation.Matter{Life: true}, "08:00")
	life.do("08:05", escalation.Took, "ann")
	for range 9 {
		life.do("08:10", escalation.Abused, "")
	}
	assert.Equal(t, "08:00 ann", life.log(), "no abuse rule applies to life")

	soon := open(t, with(house(), func(h *escalation.Hierarchy) { h.Ladders[0].Relief = 1 }), escalation.Matter{}, "08:00")
	soon.do("08:05", escalation.Took, "ann")
	soon.do("08:10", escalation.Abused, "")
	require.Len(t, soon.c.Pages, 2)
	assert.True(t, soon.c.Pages[1].Offer)
	assert.Equal(t, "ann", soon.c.Taken, "an offer takes nothing from anybody")
}

// TestQuiet: a person muted by quiet hours counts as not on duty, except for crisis and life.
func TestQuiet(t *testing.T) {
	h := shifts()
	h.Members[0].Calendar, h.Members[0].Quiet = "", "early" // always on duty, and not to be told from 09:00 to 17:00
	h.Ladders[0].Levels[0].To = []string{"ann"}
	for _, row := range []struct {
		reason string
		house  escalation.Hierarchy
		matter escalation.Matter
		opened string
		until  string
		want   string
	}{
		{"pass: the next level at once", h, escalation.Matter{}, "10:00", "10:29", "10:00 bob"},
		{"before his quiet hours he is told, and when they begin he has been", h, escalation.Matter{}, "08:50", "09:04", "08:50 ann"},
		{"hold: until his quiet hours end", with(shifts(), func(x *escalation.Hierarchy) {
			x.Members[0].Calendar, x.Members[0].Quiet = "", "early"
			x.Ladders[0].Levels[0] = escalation.Level{To: []string{"ann"}, Wait: spec.Of(time.Hour), Empty: "hold"}
		}), escalation.Matter{}, "10:00", "17:30", "17:00 ann"},
		{"crisis", h, escalation.Matter{Severity: triage.Crisis}, "10:00", "10:05", "10:00 ann"},
		{"life", h, escalation.Matter{Life: true}, "10:00", "10:05", "10:00 ann"},
	} {
		w := open(t, row.house, row.matter, row.opened)
		w.run(row.until)
		assert.Equal(t, row.want, w.log(), row.reason)
	}
	never := with(shifts(), func(x *escalation.Hierarchy) {
		x.Members[0].Quiet = "early"
		x.Ladders[0].Levels[0] = escalation.Level{To: []string{"ann"}, Wait: spec.Of(time.Hour), Empty: "hold"}
	})
	assert.Equal(t, "10:00 bob", open(t, never, escalation.Matter{}, "10:00").log(),
		"nobody waits for somebody who is on duty only in his quiet hours")
	d := compile(t, with(h, func(h *escalation.Hierarchy) { h.Members[1].Calendar = "late" }))
	a := d.Assign(escalation.Matter{}, at(t, "10:00"))
	assert.Contains(t, a.Because, "ann is in quiet hours until 17:00 UTC", "it says until when")
	assert.Empty(t, a.Acting)
	assert.Equal(t, "ann", d.Assign(escalation.Matter{Life: true}, at(t, "10:00")).Acting)
	assert.True(t, d.OnDuty("ann", at(t, "10:00")), "he is on duty all the same")
}

// TestFallbackAgain: how often the fallback is told until somebody takes the matter.
func TestFallbackAgain(t *testing.T) {
	alone := duty(house(), "ann", "bob", "cy")
	nights := duty(house(), "ann", "bob", "cy")
	nights.Plans[0].Objectives = map[escalation.Objective]escalation.Duration{
		escalation.FirstReply: {Within: spec.Of(8 * time.Hour), Elapsed: true}}
	for _, row := range []struct {
		reason string
		house  escalation.Hierarchy
		matter escalation.Matter
		until  string
		want   string
	}{
		{"every hour, where the answer is owed day and night", nights, escalation.Matter{}, "21:00", "20:00 fb, 21:00 fb"},
		{"when the house opens, where the answer is owed in open hours", alone, escalation.Matter{}, "2026-06-17 09:30",
			"20:00 fb, 08:00 fb, 09:00 fb"},
		{"every quarter of an hour in a crisis", alone, escalation.Matter{Severity: triage.Crisis}, "21:00",
			"20:00 fb, 20:15 fb, 20:30 fb, 20:45 fb, 21:00 fb"},
		{"every five minutes while life is in danger", alone, escalation.Matter{Life: true}, "21:00",
			"20:00 fb, 20:05 fb, 20:10 fb, 20:15 fb, 20:20 fb, 20:25 fb, 20:30 fb, 20:35 fb, 20:40 fb, 20:45 fb, 20:50 fb, 20:55 fb, 21:00 fb"},
	} {
		w := open(t, row.house, row.matter, "20:00")
		w.run(row.until)
		assert.Equal(t, row.want, w.log(), row.reason)
	}
}

// TestDeferred: a page that the throttle holds is not lost, and does not pass for lost before its time.
func TestDeferred(t *testing.T) {
	hold := func(w *walk, until string) {
		w.move(escalation.Move{Kind: escalation.Deferred, Page: 0, Until: at(w.t, until)}, at(w.t, "08:00"))
	}
	for _, row := range []struct {
		reason string
		matter escalation.Matter
		play   func(w *walk)
		want   string
	}{
		{"two minutes after it was to go out nothing is heard: the next contact", escalation.Matter{},
			func(w *walk) { hold(w, "08:10"); w.run("08:12") }, "08:00 ann, 08:12 ann by phone"},
		{"the level's time runs all the same", escalation.Matter{},
			func(w *walk) { hold(w, "08:30"); w.run("08:15") }, "08:00 ann, 08:15 bob"},
		{"it comes back", escalation.Matter{}, func(w *walk) { hold(w, "08:10"); w.bounce("08:10", 0) },
			"08:00 ann, 08:10 ann by phone"},
		{"nothing throttles a crisis", escalation.Matter{Severity: triage.Crisis},
			func(w *walk) { hold(w, "08:10"); w.run("08:02") }, "08:00 ann, 08:02 ann by phone"},
		{"nothing throttles life", escalation.Matter{Life: true},
			func(w *walk) { hold(w, "08:10"); w.run("08:02") }, "08:00 ann, 08:02 ann by phone"},
	} {
		w := &walk{t: t, d: compile(t, house()), silent: true}
		w.take(w.d.Open(row.matter, at(t, "08:00")))
		row.play(w)
		assert.Equal(t, row.want, w.log(), row.reason)
	}
}

// TestRebased: what was computed stays until somebody asks for it to be computed anew.
func TestRebased(t *testing.T) {
	h := house()
	h.Ladders = append(h.Ladders, escalation.Ladder{ID: "loud", Fallback: "fb", Levels: []escalation.Level{level(time.Minute, "cy")}})
	h.Plans = append(h.Plans, escalation.Plan{ID: "outage", Categories: []string{"outage"}, Owner: "bob", Ladder: "loud"})
	holding := with(duty(house(), "ann"), func(h *escalation.Hierarchy) { h.Ladders[0].Levels[0].Empty = "hold" })
	rebase := func(m escalation.Matter) func(w *walk) {
		return func(w *walk) { w.move(escalation.Move{Kind: escalation.Rebased, Matter: m}, at(w.t, "08:05")) }
	}
	for _, row := range []struct {
		reason string
		house  escalation.Hierarchy
		opened string
		play   func(w *walk)
		want   string
		owner  string
	}{
		{"the same matter: nothing", h, "08:00", rebase(escalation.Matter{}), "08:00 ann", "ann"},
		{"another plan with another ladder: from its beginning", h, "08:00", rebase(escalation.Matter{Category: "outage"}),
			"08:00 ann, 08:05 cy", "bob"},
		{"somebody has it: he keeps it", h, "08:00", func(w *walk) {
			w.do("08:01", escalation.Took, "ann")
			rebase(escalation.Matter{Category: "outage"})(w)
		}, "08:00 ann", "bob"},
		{"it waits for somebody to come on duty, and has become a crisis", holding, "2026-06-16 07:59",
			rebase(escalation.Matter{Severity: triage.Crisis}), "08:00 ann", "ann"},
	} {
		w := open(t, row.house, escalation.Matter{}, row.opened)
		w.run("08:04")
		row.play(w)
		assert.Equal(t, row.want, w.log(), row.reason)
		assert.Equal(t, row.owner, w.c.Owner, row.reason)
		assert.False(t, w.c.Taken == "" && w.c.Due().IsZero(), row.reason)
	}
	night := open(t, holding, escalation.Matter{}, "06:00")
	require.NotEmpty(t, night.c.Waits)
	night.move(escalation.Move{Kind: escalation.Rebased, Matter: escalation.Matter{Life: true}}, at(t, "06:30"))
	assert.Equal(t, "06:30 bob", night.log(), "nothing holds life")
	assert.True(t, night.c.Urgent && night.c.Life)

	gone := open(t, house(), escalation.Matter{}, "08:00")
	gone.do("08:01", escalation.Took, "cy")
	gone.d = compile(t, with(house(), func(h *escalation.Hierarchy) { h.Members[2].Left, h.Members[2].Boss = true, "bob" }))
	gone.move(escalation.Move{Kind: escalation.Rebased}, at(t, "08:05"))
	assert.Equal(t, "08:00 ann, 08:01 ann relieved, 08:05 ann", gone.log(), "who had it has left: the level again")
}
