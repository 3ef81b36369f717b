package escalation_test

import (
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

// leave is somebody's, from the 10th to the 30th of June 2026, covered by another or by nobody.
func leave(t *testing.T, who, by string) roster.Cover {
	return roster.Cover{Kind: roster.Leave, Who: who, By: by, From: at(t, "2026-06-10 00:00"), To: at(t, "2026-06-30 00:00")}
}

// TestAbsent walks up ladders of people who are away, have left, or see less than they are told.
func TestAbsent(t *testing.T) {
	crisis, life := escalation.Matter{Severity: triage.Crisis}, escalation.Matter{Life: true}
	asleep := func(t *testing.T) escalation.Hierarchy {
		h := duty(house(), "ann", "bob", "cy")
		h.Members = append(h.Members, member("gus", "days"))
		return h
	}
	for _, row := range []struct {
		reason string
		house  escalation.Hierarchy
		matter escalation.Matter
		opened string
		play   func(w *walk)
		want   string
	}{
		{"the fallback is on leave: whoever covers, on duty or not", with(asleep(t), func(h *escalation.Hierarchy) {
			h.Covers = []roster.Cover{leave(t, "fb", "gus")}
		}), escalation.Matter{}, "20:00", func(w *walk) { w.run("2026-06-17 08:30") }, "20:00 gus, 08:00 gus"},
		{"the fallback is on leave and nobody covers: himself all the same", with(asleep(t), func(h *escalation.Hierarchy) {
			h.Covers = []roster.Cover{leave(t, "fb", "")}
		}), escalation.Matter{}, "20:00", func(*walk) {}, "20:00 fb"},
		{"the fallback is on leave, and who covers has left: himself all the same", with(asleep(t), func(h *escalation.Hierarchy) {
			h.Covers, h.Members[4].Left = []roster.Cover{leave(t, "fb", "gus")}, true
		}), escalation.Matter{}, "20:00", func(*walk) {}, "20:00 fb"},
		{"two of the fallback are covered by one: he is told once", with(asleep(t), func(h *escalation.Hierarchy) {
			h.Covers = []roster.Cover{leave(t, "ann", "gus"), leave(t, "bob", "gus")}
			h.Ladders[0].Fallback = "desk"
		}), escalation.Matter{}, "20:00", func(*walk) {}, "20:00 gus"},
		{"the fallback has left and his deputy is on leave: who covers the deputy", with(asleep(t), func(h *escalation.Hierarchy) {
			h.Members[3].Left, h.Members[3].Deputies = true, []string{"ann"}
			h.Covers = []roster.Cover{leave(t, "ann", "gus")}
		}), escalation.Matter{}, "20:00", func(*walk) {}, "20:00 gus"},

		{"the cover ends while its holder has the matter: it stays his", with(handing(house()), func(h *escalation.Hierarchy) {
			x := leave(t, "ann", "cy")
			x.To = at(t, "2026-06-16 09:00")
			h.Covers = []roster.Cover{x}
		}), escalation.Matter{}, "08:00",
			func(w *walk) { w.do("08:05", escalation.Took, "cy"); w.run("2026-06-20 08:00") }, "08:00 cy"},
		{"the turn that a cover gave him ends while he has it: hand-over is due", with(handing(house()), func(h *escalation.Hierarchy) {
			h.Calendars = append(h.Calendars, week("always", "UTC"), week("never", "UTC",
				hours.Span{Days: []string{"sun"}, From: "03:00", To: "04:00"}))
			h.Members[2].Calendar = "never" // cy is on duty in his turns alone
			h.Rosters = []roster.Roster{{ID: "phone", Layers: []roster.Layer{{Rotations: []roster.Rotation{
				{Calendar: "always", From: "2026-06-01", Every: roster.Day, Slots: []string{"ann"}}}}}}}
			x := leave(t, "ann", "cy")
			x.To = at(t, "2026-06-16 09:00")
			h.Covers, h.Ladders[0].Levels[0].To = []roster.Cover{x}, []string{"phone"}
		}), escalation.Matter{}, "08:00", func(w *walk) { w.do("08:05", escalation.Took, "cy"); w.run("09:00") }, "08:00 cy, 09:00 ann"},

		{"his shift ended before the page was given up: not at his phone, and who follows is told once",
			shifts(), escalation.Matter{}, "16:59",
			func(w *walk) { w.silent = true; w.c.Pages[0].State = escalation.Asked; w.run("17:02") },
			"16:59 ann, 17:00 dee, 17:02 dee by phone"},
		{"his quiet hours began before it came back: the next level", with(house(), func(h *escalation.Hierarchy) {
			h.Members[0].Quiet = "days" // from 08:00 UTC
		}), escalation.Matter{}, "07:59",
			func(w *walk) { w.c.Pages[0].State = escalation.Asked; w.bounce("08:01", 0) }, "07:59 ann, 08:01 bob"},
		{"in a crisis quiet hours keep nobody from his phone", with(house(), func(h *escalation.Hierarchy) {
			h.Members[0].Quiet = "days"
		}), crisis, "07:59",
			func(w *walk) { w.c.Pages[0].State = escalation.Asked; w.bounce("08:01", 0) }, "07:59 ann, 08:01 ann by phone"},

		{"a stranger cannot take it from those who would answer", house(), escalation.Matter{}, "08:00",
			func(w *walk) { w.do("08:05", escalation.Took, "stranger"); w.run("08:15") }, "08:00 ann, 08:15 bob"},
		{"nor can who has left", with(house(), func(h *escalation.Hierarchy) {
			h.Members = append(h.Members, escalation.Member{ID: "gone", Left: true})
		}), life, "08:00", func(w *walk) { w.do("08:05", escalation.Took, "gone"); w.run("08:15") }, "08:00 ann, 08:15 bob"},

		{"it becomes danger to people while ann, who has it, sleeps: the level again, at once",
			duty(house(), "ann"), escalation.Matter{}, "15:00",
			func(w *walk) {
				w.do("15:05", escalation.Took, "ann")
				w.move(escalation.Move{Kind: escalation.Rebased, Matter: life}, at(w.t, "20:00"))
			}, "15:00 ann, 20:00 bob"},
		{"it becomes danger to people while ann has it and is there: nobody had taken that on", house(), escalation.Matter{}, "15:00",
			func(w *walk) {
				w.do("15:05", escalation.Took, "ann")
				w.move(escalation.Move{Kind: escalation.Rebased, Matter: life}, at(w.t, "15:10"))
				w.run("15:30")
			}, "15:00 ann, 15:10 ann, 15:25 bob"},
		{"it becomes a crisis while ann, who has it, sleeps: handed over at once", duty(house(), "ann"), escalation.Matter{}, "15:00",
			func(w *walk) {
				w.do("15:05", escalation.Took, "ann")
				w.move(escalation.Move{Kind: escalation.Rebased, Matter: crisis}, at(w.t, "20:00"))
			}, "15:00 ann, 20:00 bob"},
		{"it becomes a crisis while ann has it and is there: it stays hers", duty(house(), "ann"), escalation.Matter{}, "12:00",
			func(w *walk) {
				w.do("12:05", escalation.Took, "ann")
				w.move(escalation.Move{Kind: escalation.Rebased, Matter: crisis}, at(w.t, "12:10"))
				w.run("15:59")
			}, "12:00 ann"},
		{"a crisis that ann took at night stays hers when it is looked at again", duty(house(), "ann"), crisis, "20:00",
			func(w *walk) {
				w.do("20:05", escalation.Took, "ann")
				w.move(escalation.Move{Kind: escalation.Rebased, Matter: crisis}, at(w.t, "20:10"))
			}, "20:00 bob, 20:05 bob relieved"},

		{"of a team only those are told who see the place", with(house(), func(h *escalation.Hierarchy) {
			h.Locations = map[string]string{"store-1": "madrid", "store-2": "madrid"}
			h.Members = append(h.Members, member("eve", ""))
			h.Members[4].Locations = []string{"store-1"}
			h.Teams[0].Members = []string{"eve", "bob"}
			h.Ladders[0].Levels[0].To = []string{"desk"}
		}), escalation.Matter{Location: "store-2"}, "08:00", func(*walk) {}, "08:00 bob"},
		{"and she is where it is hers", with(house(), func(h *escalation.Hierarchy) {
			h.Locations = map[string]string{"store-1": "madrid", "store-2": "madrid"}
			h.Members = append(h.Members, member("eve", ""))
			h.Members[4].Locations = []string{"store-1"}
			h.Teams[0].Members = []string{"eve", "bob"}
			h.Ladders[0].Levels[0].To = []string{"desk"}
		}), escalation.Matter{Location: "store-1"}, "08:00", func(*walk) {}, "08:00 eve, 08:00 bob"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			w := open(t, row.house, row.matter, row.opened)
			row.play(w)
			assert.Equal(t, row.want, w.log())
			assert.False(t, w.c.Taken == "" && w.c.Due().IsZero(), "and it goes on")
		})
	}
}

// TestOwnerLeaves: whoever had the matter has left, and of the ladder nobody is ever on duty. It does not stay his.
func TestOwnerLeaves(t *testing.T) {
	before := handing(shifts())
	w := open(t, before, escalation.Matter{}, "16:00")
	w.do("16:05", escalation.Took, "ann")
	w.d = compile(t, with(handing(shifts()), func(h *escalation.Hierarchy) {
		h.Members[0].Left, h.Members[0].Boss = true, "bob"
		h.Members[1].Calendar, h.Members[1].Quiet = "early", "early"
		h.Ladders[0].Levels = []escalation.Level{level(time.Minute, "bob")}
	}))
	w.run("17:00")
	assert.Equal(t, "16:00 ann, 17:00 fb", w.log())
}

// TestHandOverIsWatched: on the first evening nobody could follow; on the second somebody can, and is told.
func TestHandOverIsWatched(t *testing.T) {
	h := with(handing(shifts()), func(h *escalation.Hierarchy) {
		h.Members[4].Quiet = "late" // dee is never to be told
		h.Ladders[0].Levels = h.Ladders[0].Levels[:1]
	})
	w := open(t, h, escalation.Matter{}, "16:30")
	w.do("16:35", escalation.Took, "ann")
	w.run("2026-06-17 12:00")
	require.Equal(t, "16:30 ann", w.log())
	h.Members[4].Quiet = ""
	w.d = compile(t, h)
	w.run("2026-06-17 17:00")
	assert.Equal(t, "16:30 ann, 17:00 dee", w.log())
}

// TestLeftInARotation: who has left and is still named in a rotation is a hole, while his deputy stands in for him.
func TestLeftInARotation(t *testing.T) {
	h := with(house(), func(h *escalation.Hierarchy) {
		h.Members[1].Left, h.Members[1].Deputies = true, []string{"cy"}
		h.Rosters = []roster.Roster{{ID: "phone", Layers: []roster.Layer{{Rotations: []roster.Rotation{
			{Calendar: "days", From: "2026-06-15", Every: roster.Day, Slots: []string{"ann", "bob"}}}}}}}
		h.Calendars[0].Week = hours.Week{}
		h.Ladders[0].Levels[0].To = []string{"phone"}
		h.Plans[0].Owner, h.Plans[0].Backups = "ann", nil
	})
	d := compile(t, h)
	c := d.Coverage(at(t, "2026-06-15 00:00"), at(t, "2026-06-17 00:00"))
	assert.Equal(t, []roster.Shift{{Roster: "phone", From: at(t, "2026-06-15 23:00"), To: at(t, "2026-06-16 23:00")}}, c.Holes)
	w := open(t, h, escalation.Matter{}, "08:00")
	assert.Equal(t, "08:00 cy", w.log())
}

// TestSwapOverAClockChange: the swap is between two instants, and the turns on both sides are as long as the wall says.
func TestSwapOverAClockChange(t *testing.T) {
	h := house()
	h.Calendars = append(h.Calendars, week("madrid", "Europe/Madrid"))
	h.Rosters = []roster.Roster{{ID: "phone", Layers: []roster.Layer{{Rotations: []roster.Rotation{
		{Calendar: "madrid", From: "2026-03-27", At: "09:00", Every: roster.Day, Slots: []string{"ann", "bob"}}}}}}}
	h.Covers = []roster.Cover{{Kind: roster.Swap, Who: "ann", By: "bob", From: at(t, "2026-03-28 08:00"), To: at(t, "2026-03-30 07:00")}}
	h.Ladders[0].Levels[0].To = []string{"phone"}
	d := compile(t, h)
	var got []string
	for _, s := range d.Roster().Shifts("phone", at(t, "2026-03-27 08:00"), at(t, "2026-03-31 07:00")) {
		got = append(got, s.From.Format("02 15:04 ")+s.On[0]+" "+s.To.Sub(s.From).String())
	}
	assert.Equal(t, []string{"27 08:00 ann 47h0m0s", "29 07:00 bob 48h0m0s"}, got,
		"Saturday's turn is 23 hours: ann's by the swap, as Friday's is hers; Sunday's is bob's, and Monday's is his own")
}

// TestNobodyMeetsNeeds: the plan needs what nobody on duty has proved. It is refused with nobody named, and not skipped.
func TestNobodyMeetsNeeds(t *testing.T) {
	h := certified()
	h.Members[2].Calendar = "days"
	d := compile(t, h)
	err := d.Authorize(escalation.Ask{Act: "send", By: "fb", At: at(t, "2026-06-20 10:00"), Matter: escalation.Matter{Category: "claim"}})
	assert.EqualError(t, err, "fb may not send: plan claims needs claims to send; nobody may")
	a := d.Assign(escalation.Matter{Category: "claim"}, at(t, "2026-06-20 10:00"))
	assert.Equal(t, "ann", a.Contact(), "somebody answers for it all the same, and may draft")
}

// TestAuthorityOfAPlace: a limit of one store is not good for the one beside it.
func TestAuthorityOfAPlace(t *testing.T) {
	h := house()
	h.Locations = map[string]string{"store-1": "madrid", "store-2": "madrid"}
	h.Members[2].Locations = []string{"store-1"}
	for i := range h.Members {
		h.Members[i].Authority = []escalation.Authority{{Act: "approve"}}
	}
	h.Watches = []escalation.Watch{{To: []string{"cy", "fb"}}}
	d := compile(t, h)
	for _, act := range []string{"draft", "approve", "send"} {
		here := d.Authorize(escalation.Ask{Act: act, By: "cy", Matter: escalation.Matter{Location: "store-1"}})
		assert.Equal(t, act == "send", here != nil, "%s: he only watches", act)
		var refused *escalation.RefusedError
		require.ErrorAs(t, d.Authorize(escalation.Ask{Act: act, By: "cy", Matter: escalation.Matter{Location: "store-2"}}), &refused, act)
		assert.Equal(t, "cy does not see cases from there", refused.Why)
		assert.NotContains(t, refused.May, "cy")
	}
	assert.Equal(t, []string{"cy", "fb"}, d.Assign(escalation.Matter{Location: "store-1"}, at(t, "08:00")).Watchers)
	assert.Equal(t, []string{"fb"}, d.Assign(escalation.Matter{Location: "store-2"}, at(t, "08:00")).Watchers)
}

// TestOwnerOfAPlan finds owners who have left for good.
func TestOwnerOfAPlan(t *testing.T) {
	h := house()
	h.Members[0].Left, h.Ladders[0].Levels[0].To = true, []string{"bob"}
	_, err := h.Compile(escalation.Options{})
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	assert.Equal(t, "plans[0].owner: ann has left and nobody stands in\nplans[1].owner: ann has left and nobody stands in", problems.Error())
}
