package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/desktest"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// offer drafts an offer to a customer, and approves it.
func (h *house) offer(n int, who string, euros int64) error {
	h.t.Helper()
	for c, err := range h.desk.Cases(h.t.Context(), desk.CaseQuery{Channel: "memory", Author: "@" + who}) {
		require.NoError(h.t, err)
		draft := event.Drafted{
			Text:       fmt.Sprintf("We are sorry about your bag, and offer you %d EUR for it. We write again by 18:00.", euros),
			Visibility: mention.Private,
			Offer:      &event.Offer{Kind: "refund", Sum: escalation.Money{Minor: 100 * euros, Currency: "EUR"}},
		}
		if err := h.desk.Say(h.t.Context(), "", c.ID, "ana", fmt.Sprint("draft ", n), draft); err != nil {
			return err
		}
		return h.desk.Say(h.t.Context(), "", c.ID, "ben", fmt.Sprint("yes ", n), event.Approved{Draft: h.load(c.ID).Draft.ID})
	}
	return fmt.Errorf("%s has no case", who)
}

// load is a case as it stands.
func (h *house) load(id string) respond.Case {
	h.t.Helper()
	c, _, err := h.desk.Case(h.t.Context(), "", id)
	require.NoError(h.t, err)
	return c
}

func TestWhatIsSpentIsSpentInTheSameCommit(t *testing.T) {
	s := specs()
	ben := &s.Hierarchy.Members[1]
	ben.Authority = append(ben.Authority, escalation.Authority{Act: "grant", Severity: triage.Crisis,
		Limit: escalation.Money{Minor: 10_000, Currency: "EUR"}, Scope: "day"})
	h := newHouse(t, &memory.Channel{})
	h.rules = compile(t, s)
	h.ports = func(o *desk.Options) { o.Granter = &desktest.Till{} }
	h.open()
	for _, who := range []string{"eva", "max"} {
		h.world.Message(said(who, "Fjordwing lost my bag"))
	}
	h.tick()
	require.NoError(t, h.offer(1, "eva", 60))
	h.open() // another process
	require.ErrorIs(t, h.offer(2, "max", 60), respond.ErrRefused, "a hundred a day, and sixty are gone")
	h.now = h.now.Add(24 * time.Hour)
	h.tick()
	assert.NoError(t, h.offer(3, "max", 60), "another day")
	h.replays()
}
