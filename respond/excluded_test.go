package respond_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/when"
)

// To whom nobody writes unasked, each row of the specification through a whole case: no reminder, no survey, no goodwill.
func TestNobodyIsWrittenToUnaskedWho(t *testing.T) {
	rules := changed(t, byItself)
	tagged := func(tag string) *respond.Rules {
		return changed(t, func(s *respond.Specs) {
			byItself(s)
			s.Policy.Rules = append([]triage.Rule{{Name: tag, When: when.Words("cancelled"), Then: triage.Then{Tags: []string{tag}}}},
				s.Policy.Rules...)
		})
	}
	given := func(name, value string) event.Received {
		return event.Received{Given: map[string]string{name: value}}
	}
	mark := func(m event.Mark) event.Body { return event.Marked{As: m} }
	bar := func(from string) event.Body {
		return event.Barred{From: from, Reason: "he said stop", Owner: "ana", Until: tuesday.AddDate(1, 0, 0)}
	}
	plain := event.Received{}
	for _, row := range []struct {
		reason string
		rules  *respond.Rules
		opens  event.Received
		then   event.Body // by ana, once the answer is out
		barred bool
	}{
		{"nothing speaks against it", rules, plain, nil, false},
		{"injury", tagged("injury"), plain, nil, true},
		{"death", tagged("death"), plain, nil, true},
		{"injury, by a person's word", rules, plain, mark(event.Harmed), true},
		{"bereavement", tagged("bereavement"), plain, nil, true},
		{"bereavement, by a person's word", rules, plain, mark(event.Bereaved), true},
		{"safety", rules, plain, mark(event.Unsafe), true},
		{"abuse of the customer", tagged("abused"), plain, nil, true},
		{"abuse of the customer, by a person's word", rules, plain, mark(event.Abused), true},
		{"an author under 18", rules, given("under_age", "yes"), nil, true},
		{"an author under 18, by a person's word", rules, plain, mark(event.UnderAge), true},
		{"the account is gone", rules, given("account", "gone"), nil, true},
		{"the account is gone, by a person's word", rules, plain, mark(event.AccountGone), true},
		{"the host knows that he said stop", rules, given("do_not_contact", "yes"), nil, true},
		{"do-not-contact", rules, plain, bar(event.Contact), true},
		{"do-not-engage", rules, plain, bar(event.Engage), true},
		{"press", rules, event.Received{Standing: triage.Press}, nil, true},
		{"an employee", rules, event.Received{Standing: triage.Employee}, nil, true},
		{"a relative, or somebody whom we pay", rules, plain, mark(event.Related), true},
		{"the post is deleted", rules, plain, event.Removed{Ref: mention.Ref{Channel: "chirp", ID: "1"}}, true},
		{"held by an incident that is not resolved", rules, plain, event.JoinedIncident{Incident: "i"}, true},
		{"a mark that was taken back", rules, plain, nil, false},
	} {
		for _, kind := range []string{"reminder", "survey", "goodwill"} {
			p := newPurses(row.rules)
			m := private(post("1", "you cancelled my flight", tuesday))
			s := newStory(t, row.rules, m)
			row.opens.Mention = m
			s.do(tuesday, event.Customer, row.opens)
			s.sent(tuesday, event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}})
			if row.then != nil {
				s.do(tuesday.Add(time.Minute), "ana", row.then)
			}
			if row.reason == "a mark that was taken back" {
				s.do(tuesday.Add(time.Minute), "ana", event.Marked{As: event.Harmed})
				s.do(tuesday.Add(time.Minute), "ana", event.Marked{As: event.Harmed, Not: true})
			}
			why := strings.Join([]string{row.reason, kind}, ": ")
			switch kind {
			case "reminder":
				late := tuesday.AddDate(0, 0, 3).Add(time.Hour)
				s.do(late, event.Clock, event.Elapsed{Due: late})
				d := s.c.Draft
				assert.Equal(t, row.barred, d == nil || d.For.String() != "send_reminder", why)
			case "survey":
				entry, err := s.told(p, tuesday.Add(time.Hour), "ana", event.Meant{Said: event.Over})
				require.NoError(t, err, why)
				assert.Equal(t, row.barred, len(asked[effect.Survey](entry)) == 0, why)
			case "goodwill":
				if _, held := row.then.(event.JoinedIncident); !held {
					entry := s.do(tuesday.Add(time.Hour), "ana", event.Meant{Said: event.Over})
					if len(asked[effect.Survey](entry)) > 0 {
						s.do(tuesday.Add(time.Hour), event.Channel, event.Delivered{Key: keyOf[effect.Survey](t, entry)})
					}
				}
				_, err := s.told(p, tuesday.Add(2*time.Hour), "ana", gift(voucher))
				assert.Equal(t, row.barred, err != nil, "%s: %v", why, err)
			}
			s.replay()
		}
	}
}

// Life is never surveyed, reminded or given anything, and doubtful authors are not either.
func TestNeitherLifeNorDoubtIsWrittenToUnasked(t *testing.T) {
	rules := changed(t, byItself)
	for _, row := range []struct{ reason, text string }{
		{"danger to life", "a passenger is unconscious on your flight"},
		{"a doubtful author", "never flown with you, you cancelled my flight"},
	} {
		m := private(post("1", row.text, tuesday))
		m.Author.Since = tuesday.Add(-24 * time.Hour)
		s := newStory(t, rules, m)
		s.do(tuesday, "ana", event.Received{Mention: m})
		s.do(tuesday, "cleo", event.Drafted{Text: "We are here. Write to us at once what happened, we answer within an hour."})
		entry := s.do(tuesday, "cleo", event.Approved{Draft: s.c.Draft.ID})
		ref := mention.Ref{Channel: "chirp", ID: "o"}
		s.do(tuesday, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: ref})
		entry = s.do(tuesday.Add(time.Hour), "ana", event.Meant{Said: event.Over})
		assert.Empty(t, asked[effect.Survey](entry), row.reason)
		_, err := s.told(newPurses(rules), tuesday.Add(2*time.Hour), "ana", gift(voucher))
		assert.ErrorContains(t, err, "no goodwill", row.reason)
		s.replay()
	}
}
