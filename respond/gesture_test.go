package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/playbook"
)

// giving is a generous house whose general play gives these.
func giving(gestures ...playbook.Gesture) func(*respond.Specs) {
	return func(s *respond.Specs) {
		generous(s)
		s.Playbook.Plays[len(s.Playbook.Plays)-1].Gestures = gestures
	}
}

// What a play gives out of goodwill, how much of it, and who grants it, holds for the drafts of that play.
func TestAPlaysGestureHoldsItsDrafts(t *testing.T) {
	coupon := playbook.Gesture{Kind: "coupon", Sum: euros(30)}
	lounge := playbook.Gesture{Kind: "vip", Thing: "a seat in the lounge"}
	ofCleo := coupon
	ofCleo.By = "cleo"
	give := func(o event.Offer) event.Offer {
		o.Goodwill = true
		return o
	}
	for _, row := range []struct {
		reason  string
		change  func(*respond.Specs)
		offer   event.Offer
		refused string // when it is drafted
		asks    string // who is asked for consent; empty is ana's own
		ana     string // why ana may not allow it
		grants  string // in whose authority it is given
	}{
		{"no play speaks of it: ana's authority", giving(), give(event.Offer{Kind: "coupon", Sum: euros(40)}), "", "", "", "ana"},
		{"no more than the play gives", giving(coupon), give(event.Offer{Kind: "coupon", Sum: euros(30)}), "", "", "", "ana"},
		{"more than the play gives, and within her authority", giving(coupon),
			give(event.Offer{Kind: "coupon", Sum: euros(31)}), "and no more", "", "", ""},
		{"in another currency", giving(coupon),
			give(event.Offer{Kind: "coupon", Sum: escalation.Money{Minor: 100, Currency: "USD"}}), "and no more", "", "", ""},
		{"of a kind that it does not give", giving(coupon, lounge),
			give(event.Offer{Kind: "gift", Thing: "a mug"}), `coupon, vip, and no "gift"`, "", "", ""},
		{"a thing beside the sum", giving(coupon),
			give(event.Offer{Kind: "coupon", Sum: euros(10), Thing: "a mug"}), "and no more", "", "", ""},
		{"the thing that it gives", giving(coupon, lounge),
			give(event.Offer{Kind: "vip", Thing: "a seat in the lounge"}), "", "", "", "ana"},
		{"another grants it: it goes up", giving(ofCleo),
			give(event.Offer{Kind: "coupon", Sum: euros(30)}), "", "cleo", "has others give it; cleo may", "cleo"},
	} {
		rules := changed(t, row.change)
		p := newPurses(rules)
		s := mended(t, rules, p, nil)
		d := gift(row.offer)
		d.Text, d.Play = "This is yours, for your next flight. It needs nothing in return.", "general"
		entry, err := s.told(p, tuesday, "ana", d)
		if row.refused != "" {
			assert.ErrorContains(t, err, row.refused, row.reason)
			continue
		}
		require.NoError(t, err, row.reason)
		by := "ana"
		if row.asks != "" {
			approve := asked[effect.Approve](entry)
			require.Len(t, approve, 1, row.reason)
			assert.Equal(t, row.asks, approve[0].Member, row.reason)
			by = row.asks
		}
		if row.ana != "" {
			_, err := s.told(p, tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
			assert.ErrorContains(t, err, row.ana, row.reason)
		}
		_, err = s.told(p, tuesday, by, event.Approved{Draft: s.c.Draft.ID})
		require.NoError(t, err, row.reason)
		require.Len(t, s.c.Gifts, 1, row.reason)
		assert.Equal(t, row.grants, s.c.Gifts[0].Member, row.reason)
		s.replay()
	}
}

// A play that gives less by the time somebody allows its draft gives less.
func TestAGestureThatShrank(t *testing.T) {
	rules := changed(t, giving(playbook.Gesture{Kind: "coupon", Sum: euros(30)}))
	p := newPurses(rules)
	s := mended(t, rules, p, nil)
	d := gift(voucher)
	d.Play = "general"
	_, err := s.told(p, tuesday, "ana", d)
	require.NoError(t, err)
	s.rules = changed(t, giving(playbook.Gesture{Kind: "coupon", Sum: euros(20)}))
	_, err = s.told(p, tuesday.Add(time.Hour), "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.ErrorContains(t, err, "and no more")
	s.replay()
}
