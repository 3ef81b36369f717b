package incident_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

func TestOneCommanderAtATime(t *testing.T) {
	c := newCrisis(t).declared(night)
	c.says(night, "Our site is down.")
	assert.Contains(t, c.refused(night, "ben", event.HandedOver{To: "ana"}), "cleo", "only who leads hands over")
	assert.Contains(t, c.refused(night, "cleo", event.HandedOver{To: "cleo"}), "has the command")
	assert.Contains(t, c.refused(night, "cleo", event.HandedOver{To: "zoe"}), "no member")
	entry := c.do(night, "cleo", event.HandedOver{To: "ben", Note: "the gateway team calls at three"})
	require.Equal(t, []string{"ben"}, tells(entry), "he is told")
	assert.NotContains(t, encode(t, entry.Effects), "gateway", "a person's note does not leave with an effect")
	assert.Equal(t, "cleo", c.in.Commander, "until he takes it, she has it")
	assert.Equal(t, night.Add(15*time.Minute), c.in.Due())

	c.do(night, event.Channel, event.Delivered{Key: keyOf[effect.Tell](t, entry)})
	taken := c.do(night.Add(time.Minute), "ben", event.Taken{})
	assert.Equal(t, "ben", c.in.Commander)
	assert.Nil(t, c.in.Handing)
	said := strings.Join(taken.Because, "\n")
	for _, want := range []string{"from cleo to ben", "statement 1 stands", "owed by", "posts are held", "gateway team calls"} {
		assert.Contains(t, said, want, "the hand-over note says what is open")
	}
	relief := false
	for _, x := range taken.Effects {
		tell, ok := x.Body.(effect.Tell)
		relief = relief || ok && tell.Relief && tell.Member == "cleo"
	}
	assert.True(t, relief, "who had it is told that she need do nothing any more")
	c.do(night.Add(2*time.Minute), "ben", event.HandedOver{To: "cleo"})
	c.replay()
}

func TestAHandOverThatReachesNobody(t *testing.T) {
	c := newCrisis(t).declared(night)
	entry := c.do(night, "cleo", event.HandedOver{To: "ben"})
	entry = c.do(night, event.Channel, event.Undelivered{Key: keyOf[effect.Tell](t, entry), Reason: event.Failed})
	require.Equal(t, []string{"ben"}, tells(entry), "his next contact")
	assert.Equal(t, "chat", entry.Effects[0].Body.(effect.Tell).Contact)
	entry = c.do(night, event.Channel, event.Undelivered{Key: keyOf[effect.Tell](t, entry), Reason: event.Failed})
	assert.Equal(t, []string{"cleo"}, tells(entry), "she is told that she still has it")
	assert.Nil(t, c.in.Handing)
	assert.Equal(t, "cleo", c.in.Commander)

	first := c.do(night, "cleo", event.HandedOver{To: "ben"})
	c.do(night.Add(time.Second), "cleo", event.HandedOver{To: "ana"})
	old := event.Undelivered{Key: keyOf[effect.Tell](t, first), Reason: event.Failed}
	assert.Empty(t, c.do(night.Add(2*time.Second), event.Channel, old).Effects, "word of an offer before changes nothing")
	assert.Equal(t, "ana", c.in.Handing.To)
	c.do(night.Add(3*time.Second), "cleo", event.HandedOver{To: "ben"})
	entries := c.elapse(night.Add(16 * time.Minute))
	assert.Equal(t, []string{"cleo"}, tells(entries...), "nobody took it within a quarter of an hour")
	assert.Equal(t, "cleo", c.in.Commander)
	c.replay()
}

func TestFromDeclaredToExamined(t *testing.T) {
	c := newCrisis(t)
	c.join(night, 1)
	assert.Contains(t, c.refused(night, "cleo", event.Contained{}), "suspected")
	assert.Contains(t, c.refused(night, "cleo", event.Examined{Cause: "x"}), "over")
	c.do(night, "cleo", event.Declared{})
	assert.Contains(t, c.refused(night, "ben", event.Contained{}), "cleo")
	c.do(night, "cleo", event.Contained{Note: "the gateway answers"})
	assert.Equal(t, incident.Contained, c.in.State)
	assert.NotEmpty(t, tells(c.elapse(night.Add(time.Hour))...), "contained is not over: the public still waits for a word")
	c.says(c.in.At, "It works for most of you.")
	assert.Equal(t, 1, c.in.Told().Version)
	c.do(c.in.At, "cleo", event.Dismissed{Note: "over"})
	assert.Equal(t, incident.Resolved, c.in.State)
	assert.Zero(t, c.in.Told(), "what is over speaks for nobody")
	assert.Contains(t, c.refused(night, "cleo", event.Declared{}), "over")
	assert.Contains(t, c.refused(night, "cleo", event.Examined{}), "cause")
	c.do(c.in.At, "ben", event.Examined{Cause: "a certificate ran out", Changes: []string{"ben: a warning a month before"}})
	assert.Equal(t, incident.Examined, c.in.State)
	assert.Equal(t, "a certificate ran out", c.in.Findings.Cause)
	assert.False(t, c.in.Live())
	assert.True(t, c.in.Due().IsZero())
	c.replay()
}

func TestScheduledPosts(t *testing.T) {
	c := newCrisis(t).declared(night)
	require.NotNil(t, c.in.Posts)
	assert.Contains(t, c.refused(night, "ben", event.Resumed{}), "cleo")
	entry := c.do(night, "cleo", event.Resumed{Why: "one airport only"})
	assert.NotEmpty(t, keyOf[effect.Resume](t, entry))
	assert.Nil(t, c.in.Posts)
	assert.Contains(t, c.refused(night, "cleo", event.Resumed{}), "no scheduled posts")
	assert.Contains(t, c.refused(night, "cleo", event.Halted{}), "why")
	assert.Contains(t, c.refused(night, "cleo", event.Halted{Why: "x", Until: night}), "before it begins")
	until := night.Add(6 * time.Hour)
	entry = c.do(night, "cleo", event.Halted{Why: "an outage", Until: until})
	assert.Equal(t, effect.Hold{Incident: c.in.ID, Until: until, By: "cleo", Why: "an outage"}, entry.Effects[0].Body)
	over := c.do(night, "cleo", event.Dismissed{})
	assert.NotEmpty(t, keyOf[effect.Resume](t, over), "what is over holds nothing")
	c.refused(night, "cleo", event.Halted{Why: "late"})
	c.replay()
}

func TestAssessedThenSaid(t *testing.T) {
	c := newCrisis(t).declared(night)
	says := func(st event.Statement) (rules []string) {
		st.Every = news("").Statement.Every
		c.do(night, "ben", event.Stated{Statement: st})
		for _, f := range c.in.Draft.Findings {
			if f.Level == "error" {
				rules = append(rules, f.Rule)
			}
		}
		return rules
	}
	const text = "A part of our site failed. We make it good. News here every 30 minutes."
	assert.Contains(t, says(event.Statement{Text: text, Strategy: "rebuild"}), "S2", "nobody has said what it is: the base alone")
	assert.Contains(t, c.refused(night, "ben", event.Assessed{Cluster: "accidental"}), "cleo")
	assert.Contains(t, c.refused(night, "cleo", event.Assessed{Cluster: "act of god"}), "act of god")
	assert.Contains(t, c.refused(night, "cleo", event.Assessed{Cluster: "accidental", Whose: "ours"}), "evidence",
		"nobody confirms a fault without evidence")

	entry := c.do(night, "cleo", event.Assessed{Cluster: "accidental", Verified: true, History: true})
	assert.NotEmpty(t, keyed[effect.Approve](entry), "the draft is read again: it is right now, and wants consent")
	assert.Empty(t, says(event.Statement{Text: text, Strategy: "rebuild"}), "accidental, with a history: made good")
	assert.Contains(t, says(event.Statement{Text: text, Strategy: "deny"}), "S2")
	assert.Contains(t, says(event.Statement{Text: text, Strategy: "charm"}), "S2")
	assert.Contains(t, says(event.Statement{Text: "This is our fault. News here every 30 minutes."}), "R05")

	says(event.Statement{Text: text, Strategy: "rebuild"})
	c.do(night, "cleo", event.Approved{Draft: c.in.Draft.ID})
	assert.Equal(t, []string{"rebuild"}, c.in.Used)
	c.do(night, "cleo", event.Assessed{Cluster: "rumour", Verified: true, False: true})
	const denial = "Our site never failed. News here every 30 minutes."
	assert.Contains(t, says(event.Statement{Text: denial, Strategy: "deny"}), "S2", "who made it good does not deny it")
	const taken = "Correction: our site never failed. News here every 30 minutes."
	assert.Empty(t, says(event.Statement{Text: taken, Strategy: "deny", Corrects: true}), "unless he takes back what he said")
	c.do(night, "cleo", event.Approved{Draft: c.in.Draft.ID})
	assert.Equal(t, []string{"deny"}, c.in.Used)

	c.do(night, "cleo", event.Assessed{Cluster: "preventable", Verified: true, Whose: "ours", Evidence: "the log of the gateway"})
	assert.True(t, c.in.Assessed.Apology.Admits())
	assert.NotContains(t, says(event.Statement{Text: "This is our fault. News here every 30 minutes."}), "R05",
		"a fault that somebody confirmed on evidence may be admitted")
	c.replay()
}

func TestConsentIsAskedOfTheNext(t *testing.T) {
	c := newCrisis(t).declared(night)
	entry := c.do(night, "ben", news("Our site is down."))
	require.Equal(t, "cleo", entry.Effects[0].Body.(effect.Approve).Member)
	assert.Equal(t, []string{"cleo"}, c.in.Draft.Asked)
	assert.Equal(t, night.Add(15*time.Minute), c.in.Due())
	entries := c.elapse(night.Add(15 * time.Minute))
	assert.NotEmpty(t, tells(entries...), "nobody else may: the ladder is told")
	require.NotNil(t, c.in.Draft, "the statement still waits")
	c.do(c.in.At, "cleo", event.Approved{Draft: c.in.Draft.ID})

	entry = c.do(c.in.At, "cleo", news("Our site is still down."))
	assert.Empty(t, keyed[effect.Approve](entry), "who wrote it is not asked")
	assert.Contains(t, strings.Join(entry.Because, " "), "cleo, who wrote it and may approve it")
	c.do(c.in.At, "cleo", event.Rejected{Draft: c.in.Draft.ID, Reason: "wrong"})
	assert.True(t, c.in.Draft.Until.IsZero())
	c.replay()
}
