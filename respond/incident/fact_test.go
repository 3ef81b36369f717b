package incident_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/incident"
)

// repaired is a fact, and claim a statement that rests on it.
var repaired = event.Established{
	Name: "gateway", Says: "the gateway was repaired at 03:40", Evidence: "three test bookings", Source: "operations",
}

const claim = "We have repaired the gateway."

var broken = event.Retracted{Fact: "gateway", Why: "it fails again"}

// findings are the rules that the draft breaks.
func (c *crisis) findings() (rules []string) {
	for _, f := range c.in.Draft.Findings {
		rules = append(rules, f.Rule)
	}
	return rules
}

func TestAStatementClaimsWhatIsVerified(t *testing.T) {
	c := newCrisis(t).declared(night)
	c.do(night, "ben", news(claim))
	require.Contains(t, c.findings(), "R28", "nobody has verified it")
	assert.Contains(t, c.refused(night, "cleo", event.Approved{Draft: c.in.Draft.ID}), "R28")
	entry := c.do(night, "ben", repaired)
	assert.NotContains(t, c.findings(), "R28", "it is read again")
	assert.NotEmpty(t, keyOf[effect.Approve](t, entry), "and put before somebody who may allow it")

	gone := c.do(night, "ana", broken)
	assert.Contains(t, c.findings(), "R28", "retracted while it waits")
	assert.Equal(t, []string{"ben"}, tells(gone), "who wrote it is told")
	assert.Contains(t, c.refused(night, "cleo", event.Approved{Draft: c.in.Draft.ID}), "retracted")
	c.do(night, "ben", repaired)
	c.do(night, "cleo", event.Approved{Draft: c.in.Draft.ID})
	assert.Equal(t, []string{repaired.Says}, c.in.Statement.Rests)
	assert.True(t, c.in.Facts[1].Said.IsZero(), "nobody has read it yet")
	c.replay()

	t.Run("a fact of the house supports it too", func(t *testing.T) {
		c := newCrisis(t)
		c.rules = withFact(t, c.rules, repaired)
		c.declared(night).do(night, "ben", news(claim))
		assert.NotContains(t, c.findings(), "R28")
		c.do(night, "cleo", broken)
		assert.Contains(t, c.findings(), "R28", "but not once somebody in the incident knows better")
		c.replay()
	})
	t.Run("one that ends", func(t *testing.T) {
		c := newCrisis(t).declared(night)
		short := repaired
		short.Until = night.Add(10 * time.Minute)
		c.do(night, "ben", short)
		c.do(night, "ben", news(claim))
		require.NotContains(t, c.findings(), "R28")
		assert.Contains(t, c.refused(short.Until, "cleo", event.Approved{Draft: c.in.Draft.ID}), "expired")
		c.replay()
	})
}

// withFact are rules whose house has verified something.
func withFact(t *testing.T, r *respond.Rules, e event.Established) *respond.Rules {
	t.Helper()
	specs := r.Specs()
	specs.Facts = fact.Ledger{{Name: e.Name, Says: e.Says, By: "ana", At: night.Add(-time.Hour), Evidence: e.Evidence, Source: e.Source}}
	rules, err := respond.NewRules(specs, respond.Options{})
	require.NoError(t, err)
	return rules
}

// published has a statement out in the world.
func (c *crisis) published(text string) *crisis {
	c.t.Helper()
	out := c.says(c.in.At, text)
	for _, x := range out.Effects {
		if _, is := x.Body.(effect.Publish); is {
			c.do(c.in.At, event.Channel, event.Delivered{Key: x.Key, Ref: mention.Ref{Channel: "chirp", ID: "s"}})
		}
	}
	return c
}

func TestWhatThePublicWasToldAndIsNotSoIsCorrected(t *testing.T) {
	for _, row := range []struct {
		reason string
		takes  string // who has the command
		over   bool
		told   []string
	}{
		{"the commander is told", "cleo", false, []string{"cleo"}},
		{"he who says so knows", "ana", false, nil},
		{"it is over, and the public is still told", "cleo", true, []string{"cleo"}},
	} {
		c := newCrisis(t).declared(night)
		c.do(night, "ben", repaired)
		c.published(claim)
		require.False(t, c.in.Facts[0].Said.IsZero(), row.reason)
		c.do(night, row.takes, event.Taken{})
		if row.over {
			c.do(night, "cleo", event.Dismissed{})
		}
		later := night.Add(10 * time.Minute)
		entry := c.do(later, "ana", broken)
		assert.True(t, c.in.Facts[0].Owed(), row.reason)
		assert.Equal(t, row.told, tells(entry), row.reason)
		assert.Contains(t, strings.Join(entry.Because, "\n"), "correct it", row.reason)
		if !row.over {
			assert.False(t, c.in.Next.After(later.Add(time.Hour)), "%s: the public's next word is due within the hour", row.reason)
		}
		again := c.do(later, "ana", event.Retracted{Fact: "gateway", Why: "as I said"})
		assert.Zero(t, again.Seq, "%s: twice is once", row.reason)
		c.do(later, "ben", event.Stated{Statement: event.Statement{Corrects: true, Every: news("").Statement.Every,
			Text: "Correction: the gateway does not work yet. News here every 30 minutes."}})
		out := c.do(later, "cleo", event.Approved{Draft: c.in.Draft.ID})
		assert.True(t, c.in.Facts[0].Owed(), "%s: it is corrected when it is out", row.reason)
		for _, x := range out.Effects {
			if post, is := x.Body.(effect.Publish); is {
				_, ok := c.in.Wants(x)
				assert.True(t, ok, row.reason)
				assert.NotEmpty(t, post.Revise, row.reason)
				c.do(later, event.Channel, event.Delivered{Key: x.Key, Ref: mention.Ref{Channel: "chirp", ID: "s"}})
			}
		}
		assert.False(t, c.in.Facts[0].Owed(), row.reason)
		assert.Equal(t, later, c.in.Facts[0].Corrected, row.reason)
		if row.over {
			assert.Contains(t, c.refused(later, "ben", event.Retracted{Fact: "nothing", Why: "x"}), "no fact is called")
			assert.Zero(t, c.in.Due(), "%s: and it is over still", row.reason)
			assert.Zero(t, c.in.Told(), row.reason)
		}
		c.replay()
	}
}

// What rests on a fact that was retracted meanwhile does not go out, and a person hears of it.
func TestAStatementOnItsWayRestsOnNothing(t *testing.T) {
	c := newCrisis(t).declared(night)
	c.do(night, "ben", repaired)
	out := c.says(night, claim)
	var post effect.Effect
	for _, x := range out.Effects {
		if _, is := x.Body.(effect.Publish); is {
			post = x
		}
	}
	_, ok := c.in.Wants(post)
	require.True(t, ok)
	c.do(night, "ben", broken)
	why, ok := c.in.Wants(post)
	assert.False(t, ok)
	assert.Equal(t, event.Unverified, why)
	entry := c.do(night, event.Channel, event.Undelivered{Key: post.Key, Reason: why})
	assert.NotEmpty(t, tells(entry), "the public hears nothing: somebody must know")
	assert.False(t, c.in.Facts[0].Owed(), "nobody was told")
	c.replay()
}

func TestCasesHearWhatIsVerified(t *testing.T) {
	c := newCrisis(t)
	c.join(night, 1)
	c.join(night, 2)
	entry := c.do(night, "ben", repaired)
	assert.Equal(t, effect.InformCases{Incident: c.in.ID}, entry.Effects[0].Body, "also while it is only suspected")
	for _, a := range c.in.Awaited {
		assert.NotEqual(t, "inform_cases", a.Kind, "nobody waits for it")
	}
	joins := c.join(night, 3)
	assert.Equal(t, effect.InformCases{Incident: c.in.ID, Case: "case-3"}, joins.Effects[0].Body, "who joins later hears it too")
	c.do(night, "cleo", event.Freed{Case: "case-2"})
	assert.Equal(t, []string{"case-1", "case-3"}, incident.Members(c.entries()))
	assert.Equal(t, []string{"case-1", "case-2", "case-3"}, incident.Everybody(c.entries()), "who was taken out may have said it")
	told := c.in.Verified()
	require.Len(t, told, 1)
	assert.Equal(t, event.Verified{Name: "gateway", Says: repaired.Says, By: "ben", At: night}, told[0])
	assert.Contains(t, c.refused(night, event.Host, repaired), "a machine verifies nothing")
	assert.Contains(t, c.refused(night, event.Customer, broken), "no member")
	assert.Contains(t, c.refused(night, "ana", event.Established{Name: "x"}), "says: is missing")
	c.do(night, "ana", event.Dismissed{})
	assert.Contains(t, c.refused(night, "ben", repaired), "no crisis")
	gone := c.do(night, "ben", broken)
	assert.Equal(t, effect.InformCases{Incident: c.in.ID}, gone.Effects[0].Body, "what is not so is not so, over or not")
	c.replay()
}

func (c *crisis) entries() func(func(incident.Entry) bool) {
	return func(yield func(incident.Entry) bool) {
		for _, e := range c.trail {
			if !yield(e) {
				return
			}
		}
	}
}

func TestAnIncidentKeepsNoMoreFactsThanItNeeds(t *testing.T) {
	c := newCrisis(t).declared(night)
	for i := range fact.Most {
		c.do(night, "ben", event.Established{
			Name: fmt.Sprint("n", i), Says: fmt.Sprint("gate ", i, " is open"), Evidence: "e", Source: "s",
		})
	}
	assert.Contains(t, c.refused(night, "ben", repaired), "no more are kept")
	c.do(night, "ben", event.Retracted{Fact: "n3", Why: "it is shut"})
	c.do(night, "ben", repaired)
	assert.Len(t, c.in.Facts, fact.Most)
	c.replay()
}

// The house takes back what the public was told: the incident knows at its next step, and when it is told so.
func TestTheHouseTakesBackWhatThePublicWasTold(t *testing.T) {
	c := newCrisis(t)
	c.rules = withFact(t, c.rules, repaired)
	c.declared(night).published(claim)
	require.Len(t, c.in.Facts, 1)
	assert.True(t, c.in.Facts[0].House)
	before := len(c.trail)
	c.do(night, event.Host, event.Informed{})
	assert.Len(t, c.trail, before, "nothing has changed")
	c.rules = rulesOf(t)
	entry := c.do(night.Add(time.Minute), event.Host, event.Informed{})
	assert.Equal(t, []string{"cleo"}, tells(entry))
	assert.True(t, c.in.Facts[0].Owed())
	c.replay()
}
