package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// reminding lets reminders, news, the question whether it is over and an invitation be drafted for a person.
func reminding(s *respond.Specs) {
	attended(s)
	s.Hierarchy.Members[0].Calendar = "" // ana is there at all hours
	s.Duties.Duties = nil
}

// To whom nobody writes unasked, row by row, for what the rows of the whole case leave out: doubt, counsel's hold, and
// for a reminder the public, the window and the night.
func TestNoReminder(t *testing.T) {
	late := tuesday.AddDate(0, 0, 3).Add(time.Hour)
	for _, row := range []struct {
		reason string
		change func(*respond.Specs)
		given  map[string]string
		public bool
		text   string
		then   event.Body
		at     time.Time
		want   bool
	}{
		{"nothing speaks against it", reminding, nil, false, "", nil, late, true},
		{"counsel holds it", reminding, nil, false, "", event.HeldByCounsel{Matter: "7/26"}, late, false},
		{"a doubtful author", reminding, nil, false, "never flown with you, you cancelled my flight", nil, late, false},
		{"danger to life", reminding, nil, false, "a passenger is unconscious on your flight", nil, late, false},
		{"he was asked in public", reminding, nil, true, "", nil, late, false},
		{"the platform's window is closed", func(s *respond.Specs) {
			reminding(s)
			s.Venues[0].ReplyWindow = spec.Of(24 * time.Hour)
		}, nil, false, "", nil, late, false},
		{"the window is open", func(s *respond.Specs) {
			reminding(s)
			s.Venues[0].ReplyWindow = spec.Of(7 * 24 * time.Hour)
		}, nil, false, "", nil, late, true},
		{"it is night where he is", reminding, map[string]string{"zone": "America/Los_Angeles"}, false, "", nil, late, false},
		{"it is day where he is, and night at ours", reminding, map[string]string{"zone": "America/Los_Angeles"}, false, "", nil,
			time.Date(2026, 6, 19, 23, 0, 0, 0, time.UTC), true},
	} {
		m := private(post("1", "you cancelled my flight", tuesday))
		if row.text != "" {
			m.Text, m.Author.Since = row.text, tuesday.Add(-24*time.Hour)
		}
		if row.public {
			m = post("1", "@Fjordwing "+m.Text, tuesday)
		}
		s := newStory(t, changed(t, row.change), m)
		s.do(tuesday, event.Customer, event.Received{Mention: m, Given: row.given})
		d := event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}, Visibility: mention.Private}
		if row.public {
			d = event.Drafted{Proposes: true,
				Text: "We are sorry about the cancelled flight. We can seat you on Friday, and write by 18:00."}
		}
		by := "ana"
		if s.c.Verdict.Rank.Life {
			by = "cleo"
			d = event.Drafted{Text: "We are here. Write to us at once, we answer within an hour.", Proposes: true}
		}
		s.do(tuesday, by, d)
		entry := s.do(tuesday, by, event.Approved{Draft: s.c.Draft.ID})
		ref := mention.Ref{Channel: "chirp", ID: "o"}
		s.do(tuesday, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: ref})
		if row.then != nil {
			s.do(tuesday, "ana", row.then)
		}
		s.do(row.at, event.Clock, event.Elapsed{Due: row.at})
		draft := liveDraft(s)
		assert.Equal(t, row.want, draft != nil && draft.For == followup.SendReminder, row.reason)
		s.replay()
	}
}

// A reminder that waits for a person's consent does not go out in the customer's night.
func TestNoReminderIsAllowedAtNight(t *testing.T) {
	s := openedInPrivate(t, reminding)
	s.sent(tuesday, event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}})
	late := tuesday.AddDate(0, 0, 3).Add(time.Hour)
	s.do(late, event.Clock, event.Elapsed{Due: late})
	require.Equal(t, followup.SendReminder, s.c.Draft.For)
	night := time.Date(2026, 6, 19, 23, 0, 0, 0, time.UTC)
	assert.ErrorContains(t, s.refused(night, "ana", event.Approved{Draft: s.c.Draft.ID}), "daytime")
	entry := s.do(night.Add(11*time.Hour), "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.Len(t, asked[effect.Send](entry), 1)
	s.replay()
}

// The rows for whom nobody writes to unasked, for news by a timer, the question whether it is over and an invitation.
func TestNothingElseUnasked(t *testing.T) {
	rules := changed(t, reminding)
	for _, row := range []struct {
		reason string
		then   event.Body
	}{
		{"nothing speaks against it", nil},
		{"somebody was hurt", event.Marked{As: event.Harmed}},
		{"somebody has died", event.Marked{As: event.Bereaved}},
		{"safety", event.Marked{As: event.Unsafe}},
		{"he was abused", event.Marked{As: event.Abused}},
		{"a child", event.Marked{As: event.UnderAge}},
		{"his account is gone", event.Marked{As: event.AccountGone}},
		{"a relative", event.Marked{As: event.Related}},
		{"he said stop", event.Barred{From: event.Contact, Reason: "stop", Owner: "ana", Until: tuesday.AddDate(1, 0, 0)}},
		{"not to be engaged with", event.Barred{From: event.Engage, Reason: "insults", Owner: "ana", Until: tuesday.AddDate(1, 0, 0)}},
		{"the post is gone", event.Removed{Ref: mention.Ref{Channel: "chirp", ID: "1"}}},
		{"counsel holds it", event.HeldByCounsel{Matter: "7/26"}},
		{"an incident holds it", event.JoinedIncident{Incident: "i"}},
	} {
		news := unhappy(t, rules, "1")
		news.sent(tuesday, event.Drafted{Text: "We look into it and write here by Friday, 18:00 CEST."})
		over := unhappy(t, rules, "1")
		over.sent(tuesday, event.Drafted{Text: "We can seat you on Friday.", Proposes: true})
		over.do(tuesday, "ana", event.Meant{Said: event.Accepts})
		tell := unhappy(t, rules, "1")
		tell.sent(tuesday, event.Drafted{Text: "We found you a seat on the next flight. Your ticket is in your mail.", Settles: true})
		for _, s := range []*story{news, over, tell} {
			if row.then != nil {
				s.do(tuesday.Add(time.Minute), "ana", row.then)
			}
		}
		late := tuesday.AddDate(0, 0, 2).Add(2 * time.Hour)
		news.do(late, event.Clock, event.Elapsed{Due: late})
		over.do(late, "ana", event.Fulfilled{})
		for _, days := range []int{3, 11, 12} {
			at := tuesday.AddDate(0, 0, days).Add(2 * time.Hour)
			tell.do(at, event.Clock, event.Elapsed{Due: at})
		}
		for ask, s := range map[followup.Requests]*story{followup.NewsByTimer: news, followup.AskIfOver: over, followup.Invite: tell} {
			d := liveDraft(s)
			assert.Equal(t, row.then == nil, d != nil && d.For == ask, "%s: %s", row.reason, ask)
			s.replay()
		}
	}
}

// Who said stop is not invited to tell how it ended, nor is who was given something of late.
func TestNoInvitation(t *testing.T) {
	rules := changed(t, reminding)
	for _, row := range []struct {
		reason string
		said   event.Meaning
		gave   int // days before the invitation falls due; 0 is never
		want   bool
	}{
		{"it ended as answered", "", 0, true},
		{"he wants no more of us", event.Ends, 0, false},
		{"goodwill ten days before", "", 10, false},
		{"goodwill 29 days before", "", 29, false},
		{"goodwill 31 days before", "", 31, true},
	} {
		s := unhappy(t, rules, "1")
		p := newPurses(s.rules)
		s.sent(tuesday, event.Drafted{Text: "We found you a seat on the next flight. Your ticket is in your mail.", Settles: true})
		if row.said != "" {
			s.do(tuesday.Add(time.Hour), "ana", event.Meant{Said: row.said})
		}
		rested := tuesday.AddDate(0, 0, 3).Add(2 * time.Hour)
		s.do(rested, event.Clock, event.Elapsed{Due: rested})
		require.False(t, s.c.Stage.Live(), row.reason)
		at := rested.AddDate(0, 0, 8)
		if row.gave > 0 {
			p.author = p.author.Give(at.AddDate(0, 0, -row.gave))
		}
		_, err := s.told(p, at, event.Clock, event.Elapsed{Due: at})
		require.NoError(t, err)
		d := liveDraft(s)
		assert.Equal(t, row.want, d != nil && d.For == followup.Invite, row.reason)
		s.replay()
	}
}
