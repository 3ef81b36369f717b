package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/incident/account"
	"github.com/reputekit/reputation/respond/trail"
	"github.com/reputekit/reputation/triage/surge"
)

// crisisTokens are what a person left behind in an incident.
var crisisTokens = []string{
	"outagereftoken", "weatherreftoken", "freedtoken", "handletoken", "nametoken", "authortoken", "quotetoken",
}

// inCrisis is an incident of three customers, the first of them the person of busy. It gives the incident.
func inCrisis(h *house) string {
	h.t.Helper()
	hand := func(id string, author mention.Author, text string) {
		m := mention.Mention{Ref: mention.Ref{Channel: "memory", ID: id}, Author: author, Text: text, Lang: "en"}
		require.NoError(h.t, h.desk.Handle(h.t.Context(), "", channel.Item{ID: "item " + text[:26], Kind: channel.Created, Mention: m}))
		h.tick()
	}
	hand("weatherreftoken", dana(), "what a weather it is again")
	hand("outagereftoken", dana(), "Fjordwing is down says one who stands in the rain at gate quotetoken with two dogs")
	hand("kimsref", mention.Author{Handle: "kim"}, "Fjordwing is down says kim")
	hand("miasref", mention.Author{Handle: "mia"}, "Fjordwing is down says mia")
	in := h.incident()
	require.Equal(h.t, 3, in.Cases)
	do := func(request, by string, body event.Body) {
		require.NoError(h.t, h.do("crisis "+request, by, in.ID, body))
	}
	do("surge", event.Host, event.Surged{Series: surge.Key("", "outage", ""), Since: h.now, Category: "outage", Seen: 40, Expected: 2,
		Mention: mention.Ref{Channel: "memory", ID: "weatherreftoken"}})
	do("declared", "ana", event.Declared{Note: "as nametoken says"})
	do("freed", "ana", event.Freed{Case: h.caseOf(mention.Ref{Channel: "memory", ID: "outagereftoken"}), Note: "a prank freedtoken"})
	do("halted", "ana", event.Halted{Why: "@handletoken would be hurt by it"})
	h.statement("crisis", "Our site is down. Next update at 12:00 CET on status.fjordwing.example.", 2*time.Hour)
	h.after(2 * time.Minute)
	do("halted again", "ana", event.Halted{Why: "nothing cheerful while it lasts"})
	do("contained", "ana", event.Contained{Note: "only authortoken still writes"})
	do("handed", "ana", event.HandedOver{To: "ben", Note: "one wrote: who stands in the rain at gate quotetoken with two dogs"})
	h.after(2 * time.Minute)
	return in.ID
}

// Law 14 of the design, where what is kept is of many.
func TestAnErasedCustomerLeavesAnIncidentOfMany(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	busy(h)
	id := inCrisis(h)
	all := string(h.bytesOf())
	for _, token := range crisisTokens {
		require.Contains(t, all, token, "before")
	}
	before, links := h.incident(), h.links(id)
	accounts := h.account(id)
	outage := h.caseOf(mention.Ref{Channel: "memory", ID: "outagereftoken"})
	require.NoError(t, h.do("erase", event.Host, outage, event.ErasureAsked{Request: "E-1"}))
	h.after(2 * time.Minute)
	h.after(2 * time.Minute)
	all = string(h.bytesOf())
	for _, token := range append(slices.Clone(crisisTokens), tokens...) {
		assert.NotContains(t, all, token)
	}
	for _, stays := range []string{
		"kimsref", "miasref", "our site is down", "nothing cheerful while it lasts", "item fjordwing is down says kim",
	} {
		assert.Contains(t, all, stays, "what is not about him is not touched")
	}
	h.replays()
	after := h.incident()
	assert.Equal(t, before.Cases, after.Cases, "counts stay")
	assert.Equal(t, before.Freed, after.Freed)
	assert.Equal(t, before.Matter, after.Matter)
	assert.Equal(t, before.Statement, after.Statement)
	assert.Zero(t, after.First, "the mention that opened it was his")
	assert.Equal(t, before.Seq+1, after.Seq, "however many cases he had, he leaves it once")
	bare := h.links(id)
	require.Len(t, bare, len(links)+1)
	for i, l := range links {
		assert.Equal(t, string(l.Head), string(bare[i].Head), "every head stands")
		assert.True(t, bare[i].Bare())
	}
	now := h.account(id)
	require.Len(t, now, 1)
	assert.Equal(t, accounts[0].Cases, now[0].Cases, "the figures of the house stay right")
	assert.Equal(t, accounts[0].Said, now[0].Said)
	assert.Equal(t, accounts[0].Pages, now[0].Pages)
	assert.Equal(t, accounts[0].Declared, now[0].Declared)
	assert.Equal(t, accounts[0].Contained, now[0].Contained)

	h.open() // and it goes on
	cases := h.casesOf()
	for _, who := range []string{"kim", "mia"} {
		require.NotNil(t, cases[who].Hold, "%s is held still", who)
	}
	require.NoError(t, h.do("over", "ana", id, event.Dismissed{Pace: 60}))
	h.after(time.Minute)
	cases = h.casesOf()
	for _, who := range []string{"kim", "mia"} {
		assert.Nil(t, cases[who].Hold, "%s is let go", who)
		assert.False(t, cases[who].Owed.IsZero(), "%s gets an answer of his own", who)
	}
	require.NoError(t, h.do("why", "ana", id, event.Examined{Cause: "the gateway"}))
	now = h.account(id)
	assert.Equal(t, incident.Examined, now[0].State)
	assert.Equal(t, "the gateway", now[0].Findings.Cause)
	assert.False(t, now[0].Over.IsZero())
	h.replays()

	require.NoError(t, h.do("erase kim", event.Host, cases["kim"].ID, event.ErasureAsked{Request: "E-2"}))
	h.after(2 * time.Minute)
	assert.NotContains(t, string(h.bytesOf()), "kimsref", "nor a second one, out of what the first erasure kept")
	assert.Contains(t, string(h.bytesOf()), "miasref")
	assert.Equal(t, now[0].Cases, h.account(id)[0].Cases)
	h.replays()
}

// account is what the trail of an incident says of it.
func (h *house) account(id string) []account.Account {
	h.t.Helper()
	of := trail.Name{Kind: desk.KindIncident, ID: id}
	return account.Read(incident.New("", id), func(yield func(incident.Entry) bool) {
		for e, err := range trail.Entries[incident.Change](of, slices.Values(h.links(id))) {
			if require.NoError(h.t, err); !yield(e) {
				return
			}
		}
	})
}

// What the public was told by name is no more kept than anything else; what is on its way is waited for.
func TestAStatementThatNamesHim(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	ref := h.world.Post(said("statementtoken", "Fjordwing is down"))
	h.tick()
	id := h.incident().ID
	require.NoError(t, h.do("1", "ana", id, event.Declared{}))
	h.statement("1", "Thank you statementtoken, our site is down. Next update at 12:00 CET on status.fjordwing.example.", 2*time.Hour)
	require.NoError(t, h.do("2", event.Host, h.caseOf(ref), event.ErasureAsked{}))
	h.after(time.Second)
	h.after(2 * time.Minute)
	h.after(2 * time.Minute)
	assert.NotContains(t, string(h.bytesOf()), "statementtoken")
	p := h.incident().Statement
	require.NotNil(t, p)
	assert.Empty(t, p.Statement.Text)
	assert.Equal(t, 1, p.Version, "that there was one stays")
	assert.NotEmpty(t, p.Posts[0].Ref.ID, "and where it stands, so that it can be revised")
	h.statement("2", "Our site is down. Next update at 13:00 CET on status.fjordwing.example.", 3*time.Hour)
	h.after(time.Minute)
	assert.Equal(t, 2, h.incident().Statement.Version)
	h.replays()
}

// An incident whose trail somebody has written to is evidence, and so is the case with it: a person is told.
func TestABrokenTrailOfAnIncidentKeepsHim(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	ref := h.world.Post(said("eva", "Fjordwing is down"))
	h.tick()
	id, in := h.caseOf(ref), h.incident().ID
	inner := h.store
	h.store = &forger{inner, func(all []desk.Entry) []desk.Entry {
		if all[0].ID == in {
			all[0].Body = []byte(strings.Replace(string(all[0].Body), "outage", "office", 1))
		}
		return all
	}}
	h.open()
	require.NoError(t, h.do("erase", event.Host, id, event.ErasureAsked{}))
	h.after(2 * time.Minute)
	assert.Contains(t, h.outcomes("erase"), "undelivered failed")
	h.store = inner
	h.open()
	assert.Contains(t, string(h.bytesOf()), "eva")
	h.replays()
}
