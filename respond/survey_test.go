package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage/tally"
)

// over is a private complaint that was answered, and of which the customer says that it is over.
func over(t *testing.T, rules *respond.Rules, p *purses) (*story, respond.Entry) {
	s := unhappy(t, rules, "1")
	s.sent(tuesday, event.Drafted{Text: "We found you a seat on the next flight. Your ticket comes by 18:00."})
	entry, err := s.told(p, tuesday.Add(time.Hour), "ana", event.Meant{Said: event.Over})
	require.NoError(t, err)
	require.Equal(t, followup.Surveying, s.c.Stage)
	return s, entry
}

// surveyed brings the survey to the customer, and returns its key.
func surveyed(t *testing.T, rules *respond.Rules, p *purses) (*story, string) {
	s, _ := over(t, rules, p)
	require.NotNil(t, s.c.Draft)
	entry, err := s.told(p, tuesday.Add(2*time.Hour), "ana", event.Approved{Draft: s.c.Draft.ID})
	require.NoError(t, err)
	assert.Empty(t, asked[effect.Send](entry), "it is a survey, not an answer")
	require.Len(t, asked[effect.Survey](entry), 1)
	key := keyOf[effect.Survey](t, entry)
	_, wanted := s.c.Wants(key)
	assert.True(t, wanted)
	ref := mention.Ref{Channel: "chirp", ID: "survey"}
	_, err = s.told(p, tuesday.Add(2*time.Hour), event.Channel, event.Delivered{Key: key, Ref: ref})
	require.NoError(t, err)
	return s, key
}

// bySomebody has words for a survey, which a person lets out; byItself lets it out without one.
func bySomebody(s *respond.Specs) {
	generous(s)
	unasked(s)
	p := s.Playbook.Unasked["send_survey"]
	p.Unattended = false
	s.Playbook.Unasked = map[string]playbook.Play{"send_survey": p}
}

func byItself(s *respond.Specs) {
	generous(s)
	unasked(s)
}

func TestASurveyIsAskedOnceIn90Days(t *testing.T) {
	rules := changed(t, byItself)
	for _, row := range []struct {
		reason string
		ago    time.Duration
		asks   bool
	}{
		{"89 days ago, in another case", 89 * 24 * time.Hour, false},
		{"91 days ago", 91 * 24 * time.Hour, true},
	} {
		p := newPurses(rules)
		p.author = tally.Courtesy{}.Survey(tuesday.Add(-row.ago))
		_, entry := over(t, rules, p)
		assert.Equal(t, row.asks, len(asked[effect.Survey](entry)) == 1, row.reason)
	}
}

func TestWhatCustomersAnswerToASurvey(t *testing.T) {
	rules := changed(t, bySomebody)
	for _, row := range []struct {
		reason  string
		score   int
		stage   followup.Stage
		outcome followup.Outcome
		reopens int
	}{
		{"all is well", 5, followup.Closed, followup.Resolved, 0},
		{"neither", 3, followup.Closed, followup.Resolved, 0},
		{"a bad answer reopens", 1, followup.Working, "", 1},
	} {
		p := newPurses(rules)
		s, key := surveyed(t, rules, p)
		assert.Equal(t, tuesday.Add(2*time.Hour), p.author.Surveyed, "the row of the customer knows")
		answer := event.Surveyed{Key: key, Scale: event.CSAT, Score: row.score}
		entry, err := s.told(p, tuesday.Add(3*time.Hour), event.Customer, answer)
		require.NoError(t, err, row.reason)
		assert.Equal(t, row.stage, s.c.Stage, row.reason)
		assert.Equal(t, row.outcome, s.c.Outcome, row.reason)
		assert.Equal(t, row.reopens, s.c.Reopens, row.reason)
		assert.Equal(t, row.reopens > 0, len(members(entry)) > 0, "%s: a person calls back", row.reason)
		assert.Equal(t, row.reopens > 0, !s.c.Owed.IsZero(), row.reason)
		s.do(tuesday.Add(4*time.Hour), event.Customer, event.Surveyed{Key: key, Scale: event.CSAT, Score: 1})
		assert.Equal(t, row.stage, s.c.Stage, "%s: he answers once", row.reason)
		s.replay()
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	rules := changed(t, bySomebody)
	s, key := surveyed(t, rules, newPurses(rules))
	for _, row := range []struct {
		reason, says string
		b            event.Surveyed
	}{
		{"off the scale", "no answer", event.Surveyed{Key: key, Scale: event.CSAT, Score: 6}},
		{"another scale than was asked", "never mixed", event.Surveyed{Key: key, Scale: event.NPS, Score: 6}},
		{"to a survey of another case", "asked nothing", event.Surveyed{Key: "x", Scale: event.CSAT, Score: 1}},
	} {
		assert.ErrorContains(t, s.refused(s.c.At, event.Customer, row.b), row.says, row.reason)
	}
}

// He answers before we know that it is out; nobody knows whether it is out; it is not out: he is asked once at most.
func TestASurveyIsNeverAskedTwice(t *testing.T) {
	rules := changed(t, bySomebody)
	for _, row := range []struct {
		reason string
		body   func(key string) event.Body
		known  bool
	}{
		{"he answers first", func(key string) event.Body { return event.Surveyed{Key: key, Scale: event.CSAT, Score: 5} }, true},
		{"nobody knows", func(key string) event.Body { return event.Uncertain{Key: key} }, true},
		{"it is not out", func(key string) event.Body { return event.Undelivered{Key: key, Reason: event.Failed} }, false},
	} {
		p := newPurses(rules)
		s, _ := over(t, rules, p)
		entry := s.do(s.c.At, "ana", event.Approved{Draft: s.c.Draft.ID})
		_, err := s.told(p, s.c.At, event.Channel, row.body(keyOf[effect.Survey](t, entry)))
		require.NoError(t, err, row.reason)
		assert.Equal(t, row.known, !p.author.Surveyed.IsZero(), row.reason)
		late := tuesday.AddDate(0, 0, 9)
		entry = s.do(late, event.Clock, event.Elapsed{Due: late})
		assert.Empty(t, asked[effect.Survey](entry), row.reason)
		s.replay()
	}
}
