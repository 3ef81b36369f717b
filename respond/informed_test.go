package respond_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/followup"
)

// of is what an incident tells its cases.
func of(facts ...event.Verified) event.Informed { return event.Informed{Incident: "in", Facts: facts} }

// fare is a fact of an incident.
func fare() event.Verified {
	return event.Verified{Name: "refund", Says: refund().Says, By: "ben", At: tuesday, Until: tuesday.Add(24 * time.Hour)}
}

// unfair is the same once it was retracted.
func unfair(at time.Time) event.Verified {
	v := fare()
	v.Retracted, v.Why = at, "the bank sent it back"
	return v
}

func TestACaseClaimsWhatItsIncidentVerified(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ben", event.Drafted{Text: claim})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID}), "R28", "nobody has verified it")
	entry := s.do(tuesday, event.Host, of(fare()))
	assert.Len(t, asked[effect.Approve](entry), 1, "what was stopped by nothing else is put before somebody who may allow it")
	require.Len(t, s.c.Facts, 1)
	assert.Equal(t, "in", s.c.Facts[0].Incident)
	assert.Equal(t, "ben", s.c.Facts[0].By, "who verified it is known here")
	before := len(s.trail)
	s.do(tuesday, event.Host, of(fare()))
	assert.Len(t, s.trail, before, "twice is once")
	s.do(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
	gone := s.do(tuesday.Add(time.Minute), event.Host, of(unfair(tuesday.Add(time.Minute))))
	assert.Equal(t, event.Unverified, s.c.Draft.Stale, "what rests on it stays here, approved or not")
	assert.NotEmpty(t, members(gone), "and a person is told")
	assert.False(t, s.c.Facts[0].Owed(), "nobody was told")
	s.replay()
}

func TestWhatACaseSaidOfItsIncidentIsCorrected(t *testing.T) {
	for _, closed := range []bool{false, true} {
		s := opened(t)
		s.do(tuesday, "ana", event.Taken{})
		s.do(tuesday, event.Host, of(fare()))
		s.sent(tuesday.Add(time.Minute), event.Drafted{Text: claim})
		if closed {
			s.do(tuesday.Add(time.Hour), "ana", event.Meant{Said: event.Ends})
			require.Equal(t, followup.Closed, s.c.Stage)
		}
		entry := s.do(tuesday.Add(2*time.Hour), event.Host, of(unfair(tuesday.Add(2*time.Hour))))
		assert.True(t, s.c.Facts[0].Owed())
		assert.NotEmpty(t, members(entry), "a person is told, closed (%v) or not", closed)
		assert.Contains(t, strings.Join(entry.Because, "\n"), "correct it")
		assert.Equal(t, !closed, hasClock(s.c, escalation.Update), "in a live one news are owed")
		before := len(s.trail)
		s.do(tuesday.Add(3*time.Hour), event.Host, of(unfair(tuesday.Add(2*time.Hour))))
		assert.Len(t, s.trail, before, "he is told once")
		s.do(tuesday.Add(3*time.Hour), "ana", event.Spoken{Summary: "told him", Corrects: true})
		assert.False(t, s.c.Facts[0].Owed())
		s.replay()
	}
}

// What is told late, twice or in the wrong order makes nothing that was retracted true again.
func TestInformedLate(t *testing.T) {
	anew := fare()
	anew.At = tuesday.Add(3 * time.Hour)
	hour := tuesday.Add(time.Hour)
	for _, row := range []struct {
		reason string
		told   []event.Informed
		holds  int // of the facts that are kept
		kept   int
	}{
		{"what was retracted before he joined is none of his", []event.Informed{of(unfair(hour))}, 0, 0},
		{"nor what has ended", []event.Informed{of(event.Verified{Name: "a", Says: "b", By: "ben", At: tuesday, Until: hour})}, 0, 0},
		{"verified, retracted, verified anew", []event.Informed{of(fare()), of(unfair(hour)), of(unfair(hour), anew)}, 1, 2},
		{"told of all of it at once", []event.Informed{of(fare()), of(unfair(hour), anew)}, 1, 2},
		{"renewed: it holds for longer", []event.Informed{of(fare()), of(anew)}, 1, 1},
		{"renewed, and retracted before he heard of that", []event.Informed{of(fare()), of(func() event.Verified {
			v := anew
			v.Retracted, v.Why = anew.At, "no"
			return v
		}())}, 0, 1},
	} {
		s := opened(t)
		at := tuesday.Add(4 * time.Hour)
		for _, b := range row.told {
			s.do(at, event.Host, b)
			s.do(at, event.Host, b)
		}
		holds := 0
		for _, x := range s.c.Facts {
			if x.Holds(at) {
				holds++
			}
		}
		assert.Equal(t, row.holds, holds, row.reason)
		assert.Len(t, s.c.Facts, row.kept, row.reason)
		s.replay()
	}
	s := opened(t)
	s.do(tuesday, event.Host, of(fare()))
	s.do(tuesday, "ben", lost)
	s.do(tuesday, event.Host, of(fare()))
	assert.False(t, s.c.Facts[0].Holds(tuesday), "a member here knows better")
	s.replay()
}

// Beside its own facts a case keeps those of its incident, and its own count.
func TestACasesOwnFactsCountBesideThoseOfItsIncident(t *testing.T) {
	s := opened(t)
	var many []event.Verified
	for i := range fact.Most {
		many = append(many, event.Verified{Name: strings.Repeat("m", i+1), Says: "the desk is open", By: "ben", At: tuesday})
	}
	s.do(tuesday, event.Host, of(append(many, fare())...))
	s.do(tuesday, "ana", event.Established{Name: "refund", Says: "the voucher was sent by mail", Evidence: "the mail", Source: "desk"})
	own, ok := fact.Of(s.c.Facts, nil).Find("refund", tuesday)
	require.True(t, ok)
	assert.Equal(t, "the voucher was sent by mail", own.Says)
	s.replay()
}

// The house takes back what a closed case has said: the case hears of it without waiting for its next step.
func TestTheHouseTellsAClosedCase(t *testing.T) {
	s := opened(t)
	house := fact.Fact{Name: "refund", Says: refund().Says, By: "dora", At: tuesday, Evidence: "booking 7", Source: "ledger"}
	with := func(facts ...fact.Fact) { s.rules = changed(t, func(x *respond.Specs) { x.Facts = facts }) }
	with(house)
	s.do(tuesday, "ana", event.Taken{})
	s.sent(tuesday.Add(time.Minute), event.Drafted{Text: claim})
	s.do(tuesday.Add(time.Hour), "ana", event.Meant{Said: event.Ends})
	before := len(s.trail)
	s.do(tuesday.Add(time.Hour), event.Host, event.Informed{})
	assert.Len(t, s.trail, before, "it stands still")
	house.Retracted, house.Why = tuesday.Add(2*time.Hour), "the bank sent it back"
	with(house)
	entry := s.do(tuesday.Add(2*time.Hour), event.Host, event.Informed{})
	assert.NotEmpty(t, members(entry))
	assert.True(t, s.c.Facts[0].Owed())
	assert.Equal(t, "the bank sent it back", s.c.Facts[0].Why)
	s.replay()
}
