package respond_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/guideline"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

func euros(n int64) escalation.Money { return escalation.Money{Minor: n * 100, Currency: "EUR"} }

// generous lets ana grant 50 EUR a case, ben 100 EUR a day, and cleo 500 EUR a month; a customer is given 120 EUR a year.
func generous(s *respond.Specs) {
	grant := func(member int, limit escalation.Money, scope string) {
		m := &s.Hierarchy.Members[member]
		m.Authority = append(m.Authority, escalation.Authority{Act: "grant", Severity: triage.Crisis, Limit: limit, Scope: scope})
	}
	grant(0, euros(50), "case")
	grant(1, euros(100), "day")
	grant(2, euros(500), "month")
	s.Dealings.Ceilings = []escalation.Money{euros(120)}
}

// purses are the rows of a house, as a desk would keep them.
type purses struct {
	rules   *respond.Rules
	members map[string]tally.Purse
	author  tally.Courtesy
}

func newPurses(rules *respond.Rules) *purses {
	return &purses{rules: rules, members: map[string]tally.Purse{}}
}

func (p *purses) read(at time.Time) *event.Tallies {
	t := &event.Tallies{Customer: p.author.Read(at)}
	for _, id := range p.rules.Spenders() {
		t.Spent = append(t.Spent, p.rules.Spent(id, p.members[id], at)...)
	}
	return t
}

// keep steps the rows with an entry, as they are stored in one commit.
func (p *purses) keep(e respond.Entry) {
	for _, id := range p.rules.Spenders() {
		p.members[id] = respond.Purse(p.members[id], id, e)
	}
	p.author = respond.Courtesy(p.author, e)
}

// told brings an event with the readings of the rows, and steps them.
func (s *story) told(p *purses, at time.Time, by string, body event.Body) (respond.Entry, error) {
	s.t.Helper()
	e := s.event(at, by, body)
	e.Tallies = p.read(at)
	entry, err := s.try(at, e)
	if err == nil {
		p.keep(entry)
	}
	return entry, err
}

// offers brings an offer to the customer: drafted by one, allowed by another.
func (s *story) offers(p *purses, at time.Time, by, allows string, o event.Offer) error {
	s.t.Helper()
	text := fmt.Sprintf("We are sorry about the cancelled flight, and offer you %d EUR for it. Case %d: we write again by 18:00.", o.Sum.Minor/100, s.n)
	d := event.Drafted{Text: text + " " + o.Recourse, Offer: &o, Visibility: mention.Private}
	if _, err := s.told(p, at, by, d); err != nil {
		return err
	}
	entry, err := s.told(p, at, allows, event.Approved{Draft: s.c.Draft.ID})
	if err != nil {
		return err
	}
	ref := mention.Ref{Channel: "chirp", ID: fmt.Sprint("ours-", s.n)}
	_, err = s.told(p, at, event.Channel, event.Delivered{Key: keyOf[effect.Send](s.t, entry), Ref: ref})
	return err
}

// unhappy is a case of a private message about a cancelled flight.
func unhappy(t testing.TB, rules *respond.Rules, id string) *story {
	m := private(post(id, "you cancelled my flight", tuesday))
	s := newStory(t, rules, m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	return s
}

func TestAnOfferWithinAuthorityIsSpentAndPaid(t *testing.T) {
	rules := changed(t, generous)
	s, p := unhappy(t, rules, "1"), newPurses(rules)
	require.NoError(t, s.offers(p, tuesday, "ana", "ana", event.Offer{Kind: "refund", Sum: euros(40)}))
	require.NotNil(t, s.c.Remedy)
	assert.Equal(t, "ana", s.c.Remedy.Member)
	assert.Equal(t, dealing.Made, s.c.Remedy.State)
	assert.Equal(t, followup.Proposed, s.c.Stage)
	assert.Len(t, p.author.Gifts, 1, "the spend is in the row of the customer")

	entry, err := s.told(p, tuesday.Add(time.Hour), "ana", event.Meant{Said: event.Accepts})
	require.NoError(t, err)
	assert.Equal(t, followup.Fulfilling, s.c.Stage, "accepting is not over")
	grants := asked[effect.Grant](entry)
	require.Len(t, grants, 1)
	assert.Equal(t, effect.Grant{Offer: s.c.Remedy.ID, Member: "ana", Channel: "chirp", Account: "fjordwing", Author: s.c.Author.Key(),
		Kind: "refund", Sum: euros(40), Period: "2026-06-16"}, grants[0])
	key := keyOf[effect.Grant](t, entry)
	assert.Equal(t, key, s.c.Remedy.Key, "the case knows the key of what it asked for")

	entry = s.do(tuesday.Add(2*time.Hour), event.Channel, event.Uncertain{Key: key})
	assert.NotEmpty(t, members(entry), "a person is told")
	assert.Empty(t, asked[effect.Grant](entry))
	assert.Equal(t, dealing.Uncertain, s.c.Remedy.State)
	for _, e := range s.elapse(tuesday.Add(30 * time.Hour)) {
		assert.Empty(t, asked[effect.Grant](e), "it is never asked for again blindly")
	}
	s.do(s.c.At, "ana", event.Granted{Key: key, Reference: "refund 7"})
	assert.Equal(t, dealing.Paid, s.c.Remedy.State, "a person looked")
	assert.Equal(t, "refund 7", s.c.Remedy.Paid)
	assert.ErrorContains(t, s.refused(s.c.At, event.Host, event.Denied{Key: key}), "awaited", "an outcome comes once")
	s.do(s.c.At, "ana", event.Fulfilled{})
	assert.Equal(t, followup.Confirming, s.c.Stage, "fulfilled is not over either")
	s.replay()
}

func TestAboveAuthorityItGoesUp(t *testing.T) {
	rules := changed(t, generous)
	s, p := unhappy(t, rules, "1"), newPurses(rules)
	entry, err := s.told(p, tuesday, "ana", event.Drafted{Text: "We are sorry about the cancelled flight, and offer you 200 EUR for it.",
		Offer: &event.Offer{Sum: euros(200)}})
	require.NoError(t, err, "anybody may draft it")
	asks := asked[effect.Approve](entry)
	require.Len(t, asks, 1)
	assert.Equal(t, "cleo", asks[0].Member, "it goes to who may")
	_, err = s.told(p, tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.ErrorContains(t, err, "cleo may", "who may is named")
	_, err = s.told(p, tuesday, "cleo", event.Approved{Draft: s.c.Draft.ID})
	require.NoError(t, err)
	assert.Equal(t, "cleo", s.c.Remedy.Member, "it is in her authority")
	assert.Equal(t, int64(20000), p.members["cleo"].Since(tuesday.AddDate(0, 0, -16), "EUR"))
}

// Two offers never use the same money, whichever cases they are in, and what is given back is free again.
func TestLimitsHold(t *testing.T) {
	rules := changed(t, generous)
	p := newPurses(rules)
	offer := func(id, by string, at time.Time, n int64) (*story, error) {
		s := unhappy(t, rules, id)
		return s, s.offers(p, at, by, "ana", event.Offer{Sum: euros(n)})
	}
	one, err := offer("1", "ben", tuesday, 60)
	require.NoError(t, err, "60 of ben's 100 today")
	_, err = offer("2", "ben", tuesday, 60)
	assert.ErrorContains(t, err, "limit", "40 are left, and ana has 50 a case")
	_, err = offer("3", "ben", tuesday, 40)
	require.NoError(t, err)

	one.do(tuesday, "ana", event.Meant{Said: event.Declines})
	p.keep(one.trail[len(one.trail)-1])
	assert.Equal(t, dealing.Declined, one.c.Remedy.State)
	_, err = offer("5", "ben", tuesday, 60)
	require.NoError(t, err, "what was declined is free again")

	s := unhappy(t, rules, "6")
	require.NoError(t, s.offers(p, tuesday, "ana", "ana", event.Offer{Sum: euros(50)}))
	s.do(tuesday, "ana", event.Meant{Said: event.Declines})
	require.NoError(t, s.offers(p, tuesday, "ana", "ana", event.Offer{Sum: euros(45)}), "negotiated within her 50 a case")
	assert.Equal(t, 1, s.c.Remedy.Declined)
	s.do(tuesday, event.Customer, event.Received{Mention: private(post("61", "hm", tuesday))})
	require.NoError(t, s.offers(p, tuesday, "ana", "ana", event.Offer{Sum: euros(50)}), "an offer in the place of another that waits")

	_, err = offer("8", "ben", tuesday.Add(24*time.Hour), 100)
	require.NoError(t, err, "tomorrow is another day")

	nobody := unhappy(t, rules, "7")
	nobody.do(tuesday, "ben", event.Drafted{Text: "We offer you 5 EUR for it.", Offer: &event.Offer{Sum: euros(5)}})
	assert.ErrorContains(t, nobody.refused(tuesday, "cleo", event.Approved{Draft: nobody.c.Draft.ID}), "nobody has said what cleo",
		"without a reading no limit a day or a month is held, so nothing is spent")
}

func TestAnOfferThatDoesNotGoOutIsNotSpent(t *testing.T) {
	rules := changed(t, generous)
	s, p := unhappy(t, rules, "1"), newPurses(rules)
	d := event.Drafted{Text: "We offer you 60 EUR for the cancelled flight.", Offer: &event.Offer{Sum: euros(60)}}
	_, err := s.told(p, tuesday, "ben", d)
	require.NoError(t, err)
	entry, err := s.told(p, tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
	require.NoError(t, err)
	require.Len(t, p.members["ben"].Spends, 1, "spent in the same commit as the offer")
	_, err = s.told(p, tuesday, event.Channel, event.Undelivered{Key: keyOf[effect.Send](t, entry), Reason: event.Failed})
	require.NoError(t, err)
	assert.Empty(t, p.members["ben"].Spends)
	assert.Equal(t, dealing.Withheld, s.c.Remedy.State)
	_, err = s.told(p, tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
	require.NoError(t, err, "and may be tried again")
	assert.Len(t, p.members["ben"].Spends, 1)
	s.replay()
}

// A sum in the words alone would count against no limit.
func TestMoneyIsPromisedByAnOffer(t *testing.T) {
	rules := changed(t, generous)
	s, p := unhappy(t, rules, "1"), newPurses(rules)
	say := func(text string, o *event.Offer) error {
		_, err := s.told(p, tuesday, "ana", event.Drafted{Text: text, Offer: o})
		require.NoError(t, err)
		_, err = s.told(p, tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
		return err
	}
	err := say("We are sorry about the cancelled flight, and will refund you 45 EUR.", nil)
	var refused *respond.RefusedError
	require.ErrorAs(t, err, &refused)
	i := slices.IndexFunc(refused.Findings, func(f guideline.Finding) bool { return f.Rule == "R27" })
	require.GreaterOrEqual(t, i, 0, "though ana may grant 50")
	assert.Contains(t, refused.Findings[i].Suggest, "Name what is offered")
	require.NoError(t, say("We are sorry about the cancelled flight, and will refund you 45 EUR.", &event.Offer{Sum: euros(45)}))
	send := s.c.Awaited[len(s.c.Awaited)-1].Key
	s.do(tuesday, event.Channel, event.Delivered{Key: send, Ref: mention.Ref{Channel: "chirp", ID: "o"}})
	s.do(tuesday, "ana", event.Meant{Said: event.Accepts})
	require.Equal(t, dealing.Paying, s.c.Remedy.State)
	assert.Error(t, say("We will refund you 60 EUR by Friday, 18:00 CEST.", nil), "more than was offered")
	assert.NoError(t, say("We will refund you the 45 EUR by Friday, 18:00 CEST.", nil), "what he has our word for may be said again")
	s.replay()
}

// An offer stands until its date, also with somebody who fell silent, and no longer.
func TestAnOfferStandsUntilItsDate(t *testing.T) {
	rules := changed(t, generous)
	begin := func(until time.Time) (*story, error) {
		s, p := unhappy(t, rules, "1"), newPurses(rules)
		return s, s.offers(p, tuesday, "ana", "ana", event.Offer{Sum: euros(40), Until: until})
	}
	for _, until := range []time.Time{tuesday, tuesday.AddDate(2, 0, 0)} {
		_, err := begin(until)
		assert.ErrorContains(t, err, "within a year")
	}
	week := tuesday.AddDate(0, 0, 7)
	yes := func(s *story, at time.Time) {
		s.do(at, event.Customer, event.Received{Mention: private(post("yes", "I think that I can live with that", at))})
	}
	s, err := begin(week)
	require.NoError(t, err)
	yes(s, week.Add(-time.Minute))
	s.do(week.Add(time.Hour), "ana", event.Meant{Said: event.Accepts})
	assert.Equal(t, followup.Fulfilling, s.c.Stage, "he said so in time, though it is read later")
	s.replay()

	s, err = begin(week)
	require.NoError(t, err)
	yes(s, week.Add(time.Minute))
	assert.ErrorContains(t, s.refused(week.Add(time.Hour), "ana", event.Meant{Said: event.Accepts}), "stood until")
	assert.ErrorContains(t, s.refused(week.Add(time.Hour), "ana", event.Spoken{Summary: "he called", Said: event.Accepts}), "stood until")
	assert.False(t, s.c.Owed.IsZero(), "he is owed an answer")
	s.replay()

	for at, stage := range map[time.Time]followup.Stage{
		week.Add(-time.Hour): followup.Fulfilling, week.Add(time.Hour): followup.Working,
	} {
		s, err = begin(week)
		require.NoError(t, err)
		s.do(at, event.Customer, event.Received{Mention: private(post("2", "Yes please, I accept your offer.", at))})
		assert.Equal(t, stage, s.c.Stage, "signals read a yes at %s", at)
	}
}

// Our last word says where else he can turn, and leaves the case open, with an offer or without.
func TestOurLastWordNamesRecourse(t *testing.T) {
	rules := changed(t, generous)
	s, p := unhappy(t, rules, "1"), newPurses(rules)
	require.NoError(t, s.offers(p, tuesday, "ana", "ana", event.Offer{Sum: euros(40)}))
	s.do(tuesday, "ana", event.Meant{Said: event.Declines})
	const text = "We are sorry, and cannot do more. You can turn to the travel ombudsman."
	for _, row := range []struct {
		reason string
		d      event.Drafted
		says   string
	}{
		{"it names no recourse", event.Drafted{Text: text, Line: true}, "where else"},
		{"it is not in the text", event.Drafted{Text: text, Line: true, Recourse: "the consumer board"}, "where else"},
		{"it never closes the case",
			event.Drafted{Text: text, Line: true, Recourse: "the travel ombudsman", Settles: true}, "never closes"},
	} {
		assert.ErrorContains(t, s.refused(tuesday, "cleo", row.d), row.says, row.reason)
	}
	s.do(tuesday, "cleo", event.Drafted{Text: text, Line: true, Recourse: "the travel ombudsman", Proposes: true})
	entry := s.do(tuesday, "cleo", event.Approved{Draft: s.c.Draft.ID})
	s.do(tuesday, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: mention.Ref{Channel: "chirp", ID: "line"}})
	assert.Equal(t, followup.OfferFirm, s.c.Offer, "that it proposes something again does not make it less of a last word")
	s.do(tuesday, "ana", event.Meant{Said: event.Ends})
	assert.Equal(t, followup.Unhappy, s.c.Outcome)
	s.replay()
}

func TestAFirmLine(t *testing.T) {
	rules := changed(t, generous)
	s, p := unhappy(t, rules, "1"), newPurses(rules)
	line := event.Offer{Sum: euros(45), Firm: true, Recourse: "You can also turn to the travel ombudsman."}
	assert.ErrorContains(t, s.offers(p, tuesday, "cleo", "cleo", line), "none was made", "it comes after an offer")
	require.NoError(t, s.offers(p, tuesday, "ana", "ana", event.Offer{Sum: euros(40)}))
	s.do(tuesday, "ana", event.Meant{Said: event.Declines})

	assert.ErrorContains(t, s.offers(p, tuesday, "ana", "ana", line), "highest authority")
	bare := event.Drafted{Text: "This is all we can do.", Offer: &event.Offer{Firm: true}, Instead: s.c.Draft.ID}
	_, err := s.told(p, tuesday, "cleo", bare)
	assert.ErrorContains(t, err, "where else")
	closes := event.Drafted{Text: "This is all. " + line.Recourse, Offer: &line, Settles: true, Instead: s.c.Draft.ID}
	_, err = s.told(p, tuesday, "cleo", closes)
	assert.ErrorContains(t, err, "never closes")
	_, err = s.told(p, tuesday, "cleo", event.Rejected{Draft: s.c.Draft.ID, Reason: "it is cleo's to draw"})
	require.NoError(t, err)
	require.NoError(t, s.offers(p, tuesday, "cleo", "cleo", line))
	assert.Equal(t, followup.OfferFirm, s.c.Offer)
	assert.True(t, s.c.Stage.Live(), "and never closes the case")

	assert.ErrorContains(t, s.offers(p, tuesday, "cleo", "cleo", line), "once more when the customer declines")
	s.do(tuesday.Add(time.Minute), event.Customer, event.Received{Mention: private(post("2", "no", tuesday.Add(time.Minute)))})
	s.do(tuesday.Add(time.Minute), "ana", event.Meant{Said: event.Declines})
	assert.Equal(t, followup.OfferRestated, s.c.Offer)
	require.NoError(t, s.offers(p, tuesday.Add(time.Minute), "cleo", "cleo", line), "stated once more, with recourse")
	assert.True(t, s.c.Stage.Live())
	s.do(tuesday.Add(2*time.Minute), event.Customer, event.Received{Mention: private(post("3", "no!", tuesday.Add(2*time.Minute)))})
	s.do(tuesday.Add(2*time.Minute), "ana", event.Meant{Said: event.Declines})
	assert.ErrorContains(t, s.offers(p, tuesday.Add(2*time.Minute), "cleo", "cleo", line), "stated once more already")
	assert.True(t, s.c.Stage.Live())
	s.replay()
}
