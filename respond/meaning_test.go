package respond_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// said is what signals made of the customer's last word.
func (s *story) said() event.Meaning {
	if s.c.Unread == nil {
		return ""
	}
	return s.c.Unread.Said
}

func TestWhatSignalsMaySay(t *testing.T) {
	at := tuesday.Add(time.Hour)
	at1 := event.Drafted{Text: "We are sorry about the cancelled flight, and look into it."}
	asking := event.Drafted{Text: "Tell us by direct message which flight it was.", Asks: []string{"order"}}
	offer := event.Drafted{Text: "We can seat you on Friday.", Proposes: true}
	for _, row := range []struct {
		reason, text string
		answer       event.Drafted
		said         event.Meaning
		stage        followup.Stage
		owed         bool
	}{
		{"his word that it is over", "It's sorted, you can close this", at1, event.Over, followup.Surveying, false},
		{"over, with thanks", "That fixed it thanks", at1, event.Over, followup.Surveying, false},
		{"thanks are not over", "Ok, thanks!", at1, event.Thanks, followup.Working, false},
		{"thanks and a question are a question", "Thanks! And when will I know?", at1, "", followup.Working, true},
		{"thanks and more are more", "Thanks but I am still standing here at the gate with three kids", at1, "", followup.Working, true},
		{"bitter thanks", "Thanks for nothing", at1, "", followup.Working, true},
		{"what was asked for is read by a person", "Thanks, it was FJ123", asking, "", followup.Fresh, true},
		{"thanks where something was asked for", "ok thanks", asking, "", followup.Fresh, true},
		{"over and still broken", "Solved? It is broken again", at1, "", followup.Working, true},
		{"a yes to an offer", "Yes please, that works for me", offer, event.Accepts, followup.Fulfilling, false},
		{"a yes where nothing was offered", "Yes please, that works for me", at1, "", followup.Working, true},
		{"over, and somebody is in danger", "All sorted. But my son can't breathe", at1, "", followup.Working, true},
		{"a plain word", "I see", at1, "", followup.Working, true},
	} {
		s := opened(t)
		s.sent(tuesday.Add(time.Minute), row.answer)
		s.writes(at, "2", row.text)
		assert.Equal(t, row.said, s.said(), "%s: %q", row.reason, row.text)
		assert.Equal(t, row.stage, s.c.Stage, "%s: %q", row.reason, row.text)
		assert.Equal(t, row.owed, !s.c.Owed.IsZero(), "%s: %q", row.reason, row.text)
		assert.False(t, s.c.Stage.Live() && s.c.Due().IsZero(), "%s: a live case is due", row.reason)
		s.replay()
	}
}

func TestThanksDoNotAnswerWhatWasAsked(t *testing.T) {
	s := opened(t)
	s.writes(tuesday.Add(time.Minute), "2", "ok thanks")
	assert.Empty(t, s.said(), "an answer is owed to his first word, and thanks take none away")
	assert.Equal(t, tuesday, s.c.Owed)
}

func TestAPersonReadsItOtherwise(t *testing.T) {
	at := tuesday.Add(time.Hour)
	s := opened(t)
	s.sent(tuesday.Add(time.Minute), event.Drafted{Text: "We are sorry about the cancelled flight."})
	s.writes(at, "2", "Well that worked")
	require.Equal(t, event.Over, s.said())
	require.True(t, s.c.Owed.IsZero())
	before := s.c.Seq
	s.do(at.Add(time.Minute), "ana", event.Meant{Said: event.Over})
	assert.Equal(t, before, s.c.Seq, "a person who says the same says nothing new")
	s.do(at.Add(time.Hour), "ana", event.Meant{Said: event.StillBroken})
	assert.Equal(t, followup.Working, s.c.Stage)
	assert.Equal(t, at, s.c.Owed, "owed since he wrote, not since somebody read it")
	assert.NotEmpty(t, s.c.Clocks)
	s.replay()
}

func TestAPlanMayLeaveItToPeople(t *testing.T) {
	specs := specs(t)
	specs.Followup.Read, specs.Followup.Over = 1001, 1001
	rules, err := respond.NewRules(specs, respond.Options{})
	require.NoError(t, err)
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, rules, m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	s.sent(tuesday.Add(time.Minute), event.Drafted{Text: "We are sorry about the cancelled flight."})
	s.writes(tuesday.Add(time.Hour), "2", "All sorted, thanks!")
	assert.Empty(t, s.said())
	assert.False(t, s.c.Owed.IsZero())
}

// TestMeasureReplies counts what signals make of real customers' replies. Run it with -v to read them.
func TestMeasureReplies(t *testing.T) {
	dir := os.Getenv("REPUTATION_DATA")
	if dir == "" {
		dir = "../../shared/data"
	}
	file, err := os.Open(filepath.Join(dir, "support-conversations.jsonl"))
	if err != nil {
		t.Skipf("no data to measure on: %v", err)
	}
	defer file.Close()
	answered := opened(t)
	answered.sent(tuesday.Add(time.Minute), event.Drafted{Text: "We are sorry about the cancelled flight."})
	replies, count := 0, map[event.Meaning]int{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row struct {
			Inbound bool   `json:"inbound"`
			Text    string `json:"text"`
			ReplyTo string `json:"reply_to"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &row))
		if !row.Inbound || row.ReplyTo == "" {
			continue
		}
		replies++
		s := *answered
		m := post("2", row.Text, tuesday.Add(time.Hour))
		next, _, err := respond.Step(s.rules, s.c, s.event(tuesday.Add(time.Hour), event.Customer, event.Received{Mention: m}),
			tuesday.Add(time.Hour))
		require.NoError(t, err)
		if next.Unread == nil || next.Unread.Said == "" {
			continue
		}
		count[next.Unread.Said]++
		t.Logf("%s: %s", next.Unread.Said, row.Text)
	}
	t.Logf("%d replies: over %d, thanks %d", replies, count[event.Over], count[event.Thanks])
}
