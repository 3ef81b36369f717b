package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage"
)

// askPlay is the house's play that asks for a booking, and has reminders.
func askPlay(s *respond.Specs) *playbook.Play {
	for i := range s.Playbook.Plays {
		if len(s.Playbook.Plays[i].Reminder) > 0 {
			return &s.Playbook.Plays[i]
		}
	}
	panic("the house has no play with a reminder")
}

// silent is a case whose customer was asked for his booking, by a draft of the house's play, and is silent.
func silent(t *testing.T, change func(*respond.Specs)) *story {
	t.Helper()
	m := private(post("1", "you cancelled my flight", tuesday))
	s := newStory(t, changed(t, change), m)
	entry := s.do(tuesday, event.Customer, event.Received{Mention: m})
	if s.c.Draft.Approved == "" {
		entry = s.do(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
	}
	s.do(tuesday, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry)})
	require.Equal(t, followup.Asking, s.c.Stage)
	return s
}

func sends(e respond.Entry) int { return len(asked[effect.Send](e)) }

// A reminder goes out by itself where its play says so, and nowhere else.
func TestWhetherAReminderGoesAlone(t *testing.T) {
	nothing := func(*respond.Specs) {}
	serious := func(s *respond.Specs) {
		askPlay(s).RemindsAlone = true
		for i := range s.Policy.Categories {
			if s.Policy.Categories[i].Name == "cancellation" {
				s.Policy.Categories[i].Severity = triage.Serious
			}
		}
	}
	for _, row := range []struct {
		reason string
		change func(*respond.Specs)
		alone  bool
	}{
		{"the play says nothing: a person lets it out", nothing, false},
		{"its reminders may go alone", func(s *respond.Specs) { askPlay(s).RemindsAlone = true }, true},
		{"a play that answers without a person reminds without one", func(s *respond.Specs) {
			askPlay(s).Unattended = true
			askPlay(s).Texts = map[string][]string{"en": {"Thank you for telling us of the cancelled flight. We are sorry. " +
				"{{if .order}}I have your booking reference{{else}}Send your booking reference here{{end}}: I will find the next seat today. {{.Agent}}"}}
		}, true},
		{"no machine writes by itself in a serious matter", serious, false},
	} {
		s := silent(t, row.change)
		for n := 1; n <= 2; n++ {
			entries := s.elapse(s.c.Due())
			last := entries[len(entries)-1]
			assert.Equal(t, row.alone, sends(last) == 1, "%s, reminder %d", row.reason, n)
			assert.Equal(t, !row.alone, len(asked[effect.Approve](last)) == 1, "%s: else somebody is asked, reminder %d", row.reason, n)
			require.Equal(t, followup.SendReminder, s.c.Draft.For, row.reason)
			if !row.alone {
				entry := s.do(s.c.At.Add(time.Minute), "ana", event.Approved{Draft: s.c.Draft.ID})
				last = entry
			}
			s.do(s.c.At.Add(time.Minute), event.Channel, event.Delivered{Key: keyOf[effect.Send](t, last)})
		}
		s.elapse(s.c.Due())
		assert.Equal(t, followup.Dormant, s.c.Stage, "%s: two, and no more", row.reason)
		s.replay()
	}
}

// What nobody allowed is put before somebody again, and is not allowed any more when the case rests.
func TestAReminderThatNobodyLetsOut(t *testing.T) {
	s := silent(t, func(*respond.Specs) {})
	s.elapse(s.c.Due())
	first := s.c.Draft.ID
	entries := s.elapse(s.c.Due())
	assert.Len(t, asked[effect.Approve](entries[len(entries)-1]), 1, "it is asked for again")
	assert.Equal(t, first, s.c.Draft.ID, "the second reminder does not go before the first")
	s.elapse(s.c.Due())
	require.Equal(t, followup.Dormant, s.c.Stage)
	assert.Equal(t, event.TooLate, s.c.Draft.Stale)
	assert.ErrorContains(t, s.refused(s.c.At.Add(time.Hour), "ana", event.Approved{Draft: first}), "stale")
	s.replay()
}

// Where the customer's day and ours do not meet at once, a reminder waits until they do, so that somebody sees it.
func TestAReminderWaitsForWhoLetsItOut(t *testing.T) {
	late := time.Date(2026, 6, 16, 16, 30, 0, 0, time.UTC) // 18:30 in Madrid: ana has gone home, and it is still his day
	m := private(post("1", "you cancelled my flight", late.AddDate(0, 0, -3)))
	s := newStory(t, changed(t, func(s *respond.Specs) { s.Hierarchy.Members[2].Calendar = "days" }), m)
	s.do(late.AddDate(0, 0, -3), event.Customer, event.Received{Mention: m})
	s.do(late.AddDate(0, 0, -3), "ana", event.Drafted{Text: "Send your booking reference here, and I find the next seat.",
		Asks: []string{"order"}, Play: askPlayOf(s)})
	entry := s.do(late.AddDate(0, 0, -3), "ana", event.Approved{Draft: s.c.Draft.ID})
	s.do(late.AddDate(0, 0, -3), event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry)})
	s.elapse(late)
	assert.Nil(t, s.c.Draft, "nobody is there who lets it out")
	assert.Equal(t, "09:00", s.c.Waits.At.Add(2*time.Hour).Format("15:04"), "it waits for the first hour in which somebody is")
	assert.Contains(t, s.c.Waits.Because, "somebody who may let it out")
	entries := s.elapse(s.c.Due())
	assert.Len(t, asked[effect.Approve](entries[len(entries)-1]), 1)
	s.replay()
}

func askPlayOf(s *story) string {
	specs := s.rules.Specs()
	return askPlay(&specs).ID
}

// A reminder says again what the customer was asked, and nothing else.
func TestWhatAReminderRemindsOf(t *testing.T) {
	asks := func(s *respond.Specs) {
		unasked(s)
		play := s.Playbook.Unasked["ask_if_over"]
		play.Unattended = false
		play.Reminder = map[string][]string{"en": {"Is all well with you now? A word is enough. {{.Agent}}"}}
		s.Playbook.Unasked["ask_if_over"] = play
	}
	for _, row := range []struct {
		reason string
		asked  bool // whether it is over
		want   string
	}{
		{"whether it is over, where that was asked", true, "A word is enough"},
		{"nothing, where nobody has told him that it is done", false, ""},
	} {
		s, _ := fulfilled(t, asks, nil, "")
		require.Equal(t, followup.AskIfOver, s.c.Draft.For)
		if row.asked {
			entry := s.do(s.c.At, "ana", event.Approved{Draft: s.c.Draft.ID})
			s.do(s.c.At, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry)})
		} else {
			s.do(s.c.At, "ana", event.Rejected{Draft: s.c.Draft.ID})
		}
		text := ""
		for end := s.c.At.AddDate(0, 0, 4); !s.c.Due().IsZero() && s.c.Due().Before(end); {
			s.elapse(s.c.Due())
			if d := liveDraft(s); d != nil && d.For == followup.SendReminder {
				text = d.Text
				break
			}
		}
		if row.want == "" {
			assert.Empty(t, text, row.reason)
		} else {
			assert.Contains(t, text, row.want, row.reason)
		}
		s.replay()
	}
}
