package respond_test

import (
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
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
	"github.com/reputekit/reputation/triage/when"
)

var voucher = event.Offer{Kind: "coupon", Sum: euros(30), Goodwill: true}

// mended is a private complaint whose customer accepted a seat on Friday.
func mended(t testing.TB, rules *respond.Rules, p *purses, given map[string]string) *story {
	m := private(post("1", "you cancelled my flight", tuesday))
	s := newStory(t, rules, m)
	s.do(tuesday, event.Customer, event.Received{Mention: m, Given: given})
	require.NoError(t, s.offers(p, tuesday, "ana", "ana", event.Offer{Kind: "seat", Thing: "a seat on Friday"}))
	_, err := s.told(p, tuesday, "ana", event.Meant{Said: event.Accepts})
	require.NoError(t, err)
	return s
}

// gift drafts a goodwill.
func gift(o event.Offer) event.Drafted {
	return event.Drafted{Text: "Here is a voucher of 30 EUR for your next flight. It is yours.", Visibility: mention.Private, Offer: &o}
}

func TestGoodwillIsPaidOnceItWasSaid(t *testing.T) {
	rules := changed(t, generous)
	p := newPurses(rules)
	s := mended(t, rules, p, nil)
	stage, owed := s.c.Stage, len(s.c.Clocks)
	_, err := s.told(p, tuesday, "ana", gift(voucher))
	require.NoError(t, err)
	entry, err := s.told(p, tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
	require.NoError(t, err)
	assert.Empty(t, asked[effect.Grant](entry), "nothing is paid before he has the word")
	require.Len(t, p.author.Gifts, 1, "and it counts from when it was allowed")
	ref := mention.Ref{Channel: "chirp", ID: "gift"}
	entry, err = s.told(p, tuesday, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: ref})
	require.NoError(t, err)
	require.Len(t, asked[effect.Grant](entry), 1)
	assert.Equal(t, stage, s.c.Stage, "it answers nothing, and moves nothing")
	assert.Len(t, s.c.Clocks, owed)
	assert.Equal(t, tuesday, s.c.Gave)
	entry, err = s.told(p, tuesday, event.Host, event.Denied{Key: keyOf[effect.Grant](t, entry), Detail: "no such account"})
	require.NoError(t, err)
	assert.NotEmpty(t, members(entry), "the customer has our word: a person mends it")
	assert.Equal(t, dealing.Denied, s.c.Gifts[0].State)
	assert.Empty(t, p.author.Gifts, "what was not paid is not spent")
	s.replay()
}

func TestWhenNoGoodwillIsGiven(t *testing.T) {
	rules := changed(t, generous)
	tagged := func(tag string) *respond.Rules {
		return changed(t, func(s *respond.Specs) {
			generous(s)
			s.Policy.Rules = append([]triage.Rule{{Name: tag, When: when.Words("cancelled"),
				Then: triage.Then{Tags: []string{tag}}}}, s.Policy.Rules...)
		})
	}
	mark := func(m event.Mark) func(*story, *purses) {
		return func(s *story, _ *purses) { s.do(tuesday, "ana", event.Marked{As: m}) }
	}
	with := func(change func(*event.Drafted)) event.Drafted {
		d := gift(voucher)
		change(&d)
		return d
	}
	for _, row := range []struct {
		reason, says string
		rules        *respond.Rules
		before       func(*story, *purses)
		d            event.Drafted
	}{
		{"beside a question", "for nothing in return", rules, nil, with(func(d *event.Drafted) { d.Asks = []string{"order"} })},
		{"as the remedy", "message of its own", rules, nil, with(func(d *event.Drafted) { d.Proposes = true })},
		{"as the last word", "message of its own", rules, nil, with(func(d *event.Drafted) { d.Settles = true })},
		{"injury, by a tag", "hurt", tagged("injury"), nil, gift(voucher)},
		{"death, by a tag", "hurt", tagged("death"), nil, gift(voucher)},
		{"the law, by a tag", "law", tagged("legal"), nil, gift(voucher)},
		{"injury, by a person's word", "hurt", rules, mark(event.Harmed), gift(voucher)},
		{"mourning", "died", rules, mark(event.Bereaved), gift(voucher)},
		{"safety", "safety", rules, mark(event.Unsafe), gift(voucher)},
		{"the law", "law", rules, mark(event.Legal), gift(voucher)},
		{"a child", "under 18", rules, mark(event.UnderAge), gift(voucher)},
		{"a relative of ours", "employee", rules, mark(event.Related), gift(voucher)},
		{"he said stop", "not to be contacted", rules, func(s *story, _ *purses) {
			s.do(tuesday, "ana", event.Barred{From: event.Contact, Reason: "stop", Owner: "ana", Until: tuesday.AddDate(1, 0, 0)})
		}, gift(voucher)},
		{"he said stop in another case", "not to be contacted", rules, func(_ *story, p *purses) {
			p.author = p.author.Bar(tally.Bar{From: event.Contact, Reason: "stop", Owner: "ana", Since: tuesday.Add(-time.Hour),
				Until: tuesday.AddDate(1, 0, 0), Case: "another"})
		}, gift(voucher)},
		{"an answer is owed", "owed first", rules, func(s *story, _ *purses) {
			s.do(tuesday, event.Customer, event.Received{Mention: private(post("2", "and my bag?", tuesday))})
		}, gift(voucher)},
		{"it is not mended after all", "nothing is mended", rules, func(s *story, _ *purses) {
			s.do(tuesday, "ana", event.Meant{Said: event.StillBroken})
			s.sent(tuesday, event.Drafted{Text: "We are sorry that the flight is still cancelled. We write by 18:00.", Visibility: mention.Private})
		}, gift(voucher)},
		{"he was invited ten days ago", "invited", rules, func(_ *story, p *purses) {
			p.author = p.author.Invite(tuesday.Add(-10 * 24 * time.Hour))
		}, gift(voucher)},
		{"above the ceiling of a year", "more than", rules, func(_ *story, p *purses) {
			p.author = p.author.Spend(tally.Spend{ID: "old", At: tuesday.AddDate(0, -11, 0), Minor: 10000, Currency: "EUR", Goodwill: true})
		}, gift(voucher)},
		{"no ceiling in that currency", "no ceiling", rules, nil,
			gift(event.Offer{Goodwill: true, Sum: escalation.Money{Minor: 5, Currency: "USD"}})},
	} {
		p := newPurses(row.rules)
		s := mended(t, row.rules, p, nil)
		if row.before != nil {
			row.before(s, p)
		}
		_, err := s.told(p, tuesday, "ana", row.d)
		assert.ErrorContains(t, err, row.says, row.reason)
		s.replay()
	}
}

func TestGoodwillThatIsGivenAllTheSame(t *testing.T) {
	rules := changed(t, generous)
	for _, row := range []struct {
		reason string
		author tally.Courtesy
	}{
		{"he was invited 31 days ago", tally.Courtesy{}.Invite(tuesday.Add(-31 * 24 * time.Hour))},
		{"what he was given a year and a day ago is forgotten",
			tally.Courtesy{}.Spend(tally.Spend{ID: "old", At: tuesday.AddDate(-1, 0, -1), Minor: 12000, Currency: "EUR", Goodwill: true})},
		{"a remedy is no goodwill",
			tally.Courtesy{}.Spend(tally.Spend{ID: "old", At: tuesday.AddDate(0, -1, 0), Minor: 12000, Currency: "EUR"})},
		{"a survey yesterday", tally.Courtesy{}.Survey(tuesday.Add(-24 * time.Hour))},
		{"a bar that has ended", tally.Courtesy{}.Bar(tally.Bar{From: event.Contact, Since: tuesday.AddDate(-1, 0, 0), Until: tuesday})},
	} {
		p := newPurses(rules)
		p.author = row.author
		s := mended(t, rules, p, nil)
		_, err := s.told(p, tuesday, "ana", gift(voucher))
		assert.NoError(t, err, row.reason)
	}
}

func TestGoodwillIsNeverPublic(t *testing.T) {
	rules := changed(t, generous)
	p := newPurses(rules)
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	s := newStory(t, rules, m)
	s.do(tuesday, event.Customer, event.Received{Mention: m})
	require.NoError(t, s.offers(p, tuesday, "ana", "ana", event.Offer{Thing: "a seat on Friday"}))
	s.do(tuesday, "ana", event.Meant{Said: event.Accepts})
	d := gift(voucher)
	d.Visibility = mention.Public
	_, err := s.told(p, tuesday, "ana", d)
	assert.ErrorContains(t, err, "in private")
	d.Visibility = mention.Private
	_, err = s.told(p, tuesday, "ana", d)
	assert.NoError(t, err)
}

// The same remedy for the same harm: what may be offered, who may, what is paid and what is refused is the same whatever
// the followers, the stars and the survey answers are.
func TestTheSameRemedyForTheSameHarm(t *testing.T) {
	rules := changed(t, generous)
	play := func(followers int, verified bool, rating mention.Rating) []string {
		m := private(post("1", "you cancelled my flight", tuesday))
		m.Author.Followers, m.Author.Verified, m.Audience, m.Rating = followers, verified, followers, rating
		s, p := newStory(t, rules, m), newPurses(rules)
		s.do(tuesday, event.Customer, event.Received{Mention: m})
		var out []string
		note := func(err error) {
			if err != nil {
				out = append(out, err.Error())
			}
		}
		_, err := s.told(p, tuesday, "ana", gift(voucher))
		note(err)
		note(s.offers(p, tuesday, "ana", "ana", event.Offer{Sum: euros(60)}))
		s.do(tuesday, "ana", event.Rejected{Draft: s.c.Draft.ID, Reason: "too much"})
		note(s.offers(p, tuesday, "ana", "ana", event.Offer{Sum: euros(45)}))
		_, err = s.told(p, tuesday, "ana", event.Meant{Said: event.Accepts})
		note(err)
		_, err = s.told(p, tuesday, "ana", gift(voucher))
		note(err)
		_, err = s.told(p, tuesday, "cleo", event.Approved{Draft: s.c.Draft.ID})
		note(err)
		for _, e := range s.trail {
			out = append(out, encode(t, e.Change.Spends))
			for _, g := range asked[effect.Grant](e) {
				out = append(out, encode(t, g))
			}
		}
		return append(out, encode(t, s.c.Remedy), encode(t, s.c.Gifts))
	}
	unknown := play(3, false, mention.Rating{})
	require.Contains(t, unknown[len(unknown)-1], "coupon", "something was given")
	for _, followers := range []int{0, 900, 50_000, 9_000_000} {
		stars := mention.Rating{Value: 1 + followers%5, Best: 5}
		assert.Equal(t, unknown, play(followers, followers > 1000, stars), "%d followers", followers)
	}
}
