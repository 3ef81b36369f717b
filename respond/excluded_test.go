package respond_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/when"
)

// goodwill is the one message that nobody asked for and no machine drafts.
const goodwill = "goodwill"

// A quiet is a case in which a message that nobody asked for falls due, and something may speak against it.
type quiet struct {
	*story
	p *purses
	t *testing.T
}

// says brings a word of cleo's, who may say everything, to the customer.
func (q quiet) says(at time.Time, d event.Drafted) {
	q.t.Helper()
	_, err := q.told(q.p, at, "cleo", d)
	require.NoError(q.t, err)
	entry, err := q.told(q.p, at, "cleo", event.Approved{Draft: q.c.Draft.ID})
	require.NoError(q.t, err)
	_, err = q.told(q.p, at, event.Channel, event.Delivered{Key: keyOf[effect.Send](q.t, entry),
		Ref: mention.Ref{Channel: "chirp", ID: "ours-" + q.c.Draft.ID}})
	require.NoError(q.t, err)
}

// until lets time pass until a message is there, or will not be there any more.
func (q quiet) until(ask followup.Requests, at time.Time) error {
	for !q.c.Due().IsZero() && q.c.Due().Before(at) {
		q.elapse(q.c.Due())
		if d := q.c.Draft; d != nil && d.Stale == "" && d.For == ask {
			break
		}
	}
	return nil
}

// An occasion is what comes before such a message, and what asks for it. What speaks against it is known in between.
type occasion struct {
	before func(q quiet)
	then   func(q quiet) error
}

const (
	askWords  = "We are here. Send your booking reference here, and we look for a seat at once: you hear from us by 18:00 CEST."
	newsWords = "We are here, look into it, and write to you again by Friday, 18:00 CEST."
	seatWords = "We are sorry. We can seat you on Friday, 18:00 CEST. Would that work for you?"
)

var occasions = map[string]occasion{
	followup.SendReminder.String(): {
		before: func(q quiet) {
			q.says(tuesday, event.Drafted{Text: askWords, Asks: []string{"order"}, Play: "ask-booking"})
		},
		then: func(q quiet) error { return q.until(followup.SendReminder, tuesday.AddDate(0, 0, 3).Add(4*time.Hour)) },
	},
	followup.NewsByTimer.String(): {
		before: func(q quiet) { q.says(tuesday, event.Drafted{Text: newsWords}) },
		then:   func(q quiet) error { return q.until(followup.NewsByTimer, tuesday.Add(28*time.Hour)) },
	},
	followup.AskIfOver.String(): {
		before: func(q quiet) {
			q.says(tuesday, event.Drafted{Text: seatWords, Proposes: true})
			q.do(tuesday, event.Customer, event.Received{Mention: private(post("2", "well then", tuesday))})
			q.do(tuesday, "cleo", event.Meant{Said: event.Accepts})
		},
		then: func(q quiet) error {
			_, err := q.try(tuesday.Add(time.Hour), q.event(tuesday.Add(time.Hour), "cleo", event.Fulfilled{}))
			return err
		},
	},
	followup.SendSurvey.String(): {
		before: func(q quiet) { q.says(tuesday, event.Drafted{Text: newsWords}) },
		then: func(q quiet) error {
			_, err := q.told(q.p, tuesday.Add(time.Hour), "cleo", event.Meant{Said: event.Over})
			return err
		},
	},
	followup.Invite.String(): {
		before: func(q quiet) {
			q.says(tuesday, event.Drafted{Text: seatWords, Proposes: true})
			q.do(tuesday, event.Customer, event.Received{Mention: private(post("2", "well then", tuesday))})
			q.do(tuesday, "cleo", event.Meant{Said: event.Accepts})
			entry := q.do(tuesday, "cleo", event.Fulfilled{}) // it leaves Fulfilling
			for _, x := range entry.Effects {
				if _, ok := x.Body.(effect.Send); ok { // whether it is over, where that may be asked
					q.do(tuesday, event.Channel, event.Delivered{Key: x.Key})
				}
			}
		},
		then: func(q quiet) error { return q.until(followup.Invite, tuesday.Add(28*time.Hour)) },
	},
	goodwill: {
		before: func(q quiet) {
			q.says(tuesday, event.Drafted{Text: seatWords, Offer: &event.Offer{Kind: "seat", Thing: "a seat on Friday"}})
			_, err := q.told(q.p, tuesday, "cleo", event.Meant{Said: event.Accepts})
			require.NoError(q.t, err)
		},
		then: func(q quiet) error {
			_, err := q.told(q.p, tuesday.AddDate(0, 0, 5), "cleo", gift(voucher))
			return err
		},
	},
}

// kinds are the names of all messages that nobody asked for.
func kinds() (all []string) {
	for bit := followup.Requests(1); bit != 0; bit <<= 1 {
		if followup.Unasked.Has(bit) {
			all = append(all, bit.String())
		}
	}
	return append(all, goodwill)
}

// An exclusion is a reason why nobody is written to unasked.
type exclusion struct {
	reason string
	covers string // the member of followup.Circumstances, or of followup.State
	opens  func(b *event.Received)
	then   event.Body // by ana, before the message falls due
	tag    string     // of the policy, on every cancelled flight
	change func(s *respond.Specs)
	bars   []string // nil: every message that nobody asked for
	day    string   // when a reminder or an invitation goes, where he is
}

func exclusions() []exclusion {
	given := func(name, value string) func(b *event.Received) {
		return func(b *event.Received) { b.Given = map[string]string{name: value} }
	}
	standing := func(st triage.Standing) func(b *event.Received) {
		return func(b *event.Received) { b.Standing = st }
	}
	text := func(text string) func(b *event.Received) {
		return func(b *event.Received) { b.Mention.Text = text }
	}
	mark := func(m event.Mark) event.Body { return event.Marked{As: m} }
	bar := func(from string) event.Body {
		return event.Barred{From: from, Reason: "he said stop", Owner: "ana", Until: tuesday.AddDate(1, 0, 0)}
	}
	reminder, survey, invite := followup.SendReminder.String(), followup.SendSurvey.String(), followup.Invite.String()
	return []exclusion{
		{reason: "nothing speaks against it", bars: []string{}},
		{reason: "a mark that was taken back", then: event.Marked{As: event.Harmed, Not: true}, bars: []string{}},

		{reason: "danger to life", covers: "Life", opens: text("you cancelled my flight, and a passenger is unconscious")},
		{reason: "somebody was injured, by the policy's word", covers: "Harm", tag: "injury"},
		{reason: "somebody has died, by the policy's word", covers: "Harm", tag: "death"},
		{reason: "somebody was hurt, by a person's word", covers: "Harm", then: mark(event.Harmed)},
		{reason: "bereavement, by the policy's word", covers: "Bereaved", tag: "bereavement"},
		{reason: "bereavement, by a person's word", covers: "Bereaved", then: mark(event.Bereaved)},
		{reason: "safety, by the policy's word", covers: "Safety", change: func(s *respond.Specs) {
			for i := range s.Policy.Categories {
				if c := &s.Policy.Categories[i]; c.Name == "cancellation" {
					c.Safety = true
				}
			}
		}},
		{reason: "safety, by a person's word", covers: "Safety", then: mark(event.Unsafe)},
		{reason: "the customer was abused, by the policy's word", covers: "Abusive", tag: "abused"},
		{reason: "the customer was abused, by a person's word", covers: "Abusive", then: mark(event.Abused)},
		{reason: "held by an incident", covers: "Hold", then: event.JoinedIncident{Incident: "i"}},
		{reason: "held by counsel", covers: "Hold", then: event.HeldByCounsel{Matter: "D-17"}},
		{reason: "in an incident that nobody has declared", covers: "IncidentOpen",
			opens: text("you cancelled my flight, Fjordwing is down")},
		{reason: "the post is deleted", covers: "PostGone", then: event.Removed{}},
		{reason: "the account is gone, as the host knows", covers: "AccountGone", opens: given("account", "gone")},
		{reason: "the account is gone, by a person's word", covers: "AccountGone", then: mark(event.AccountGone)},
		{reason: "an author under 18, as the host knows", covers: "UnderAge", opens: given("under_age", "yes")},
		{reason: "an author under 18, by the policy's word", covers: "UnderAge", tag: "minor"},
		{reason: "an author under 18, by a person's word", covers: "UnderAge", then: mark(event.UnderAge)},
		{reason: "he said stop, as the host knows", covers: "DoNotContact", opens: given("do_not_contact", "yes")},
		{reason: "he said stop to us", covers: "DoNotContact", then: event.Meant{Said: event.Ends}},
		{reason: "do-not-contact, by a person's word", covers: "DoNotContact", then: bar(event.Contact)},
		{reason: "do-not-engage, by a person's word", covers: "DoNotContact", then: bar(event.Engage)},
		{reason: "he asked that what is kept of him goes", covers: "Erasing", then: event.ErasureAsked{Request: "E-1"}},
		{reason: "press", covers: "Press", opens: standing(triage.Press)},
		{reason: "an employee", covers: "Employee", opens: standing(triage.Employee)},
		{reason: "a relative, or somebody whom we pay", covers: "Employee", then: mark(event.Related)},
		{reason: "a doubtful author", covers: "Legitimacy", opens: func(b *event.Received) {
			b.Mention.Text = "never flown with you, you cancelled my flight"
			b.Mention.Author.Since = tuesday.Add(-24 * time.Hour)
		}},
		{reason: "fake, by a person's word", covers: "Legitimacy", then: event.Judged{Legitimacy: string(triage.Fake)}},

		{reason: "the platform's window is closed", covers: "InWindow", bars: []string{reminder},
			change: func(s *respond.Specs) { s.Venues[0].ReplyWindow = spec.Of(24 * time.Hour) }},
		{reason: "it is night where he is: it waits for his day", covers: "Daytime", bars: []string{},
			opens: given("zone", "Asia/Tokyo"), day: "20:00",
			change: func(s *respond.Specs) { s.Followup.From, s.Followup.To = "20:00", "20:30" }},
		{reason: "he was surveyed in the last 90 days", covers: "SurveyedLately", bars: []string{survey},
			opens: given("surveyed", "2026-05-01")},
		{reason: "the platform allows no invitation", covers: "MayInvite", bars: []string{invite},
			change: func(s *respond.Specs) { s.Venues[0].Invites = false }},
	}
}

// To whom nobody writes unasked: every message that nobody asked for, under every exclusion of the specification, each
// through a whole case. The product of both is complete: a message or an exclusion that the code knows and no row names
// fails.
func TestNobodyIsWrittenToUnaskedWho(t *testing.T) {
	plain := changed(t, writesToAll)
	for _, row := range exclusions() {
		rules := plain
		if row.tag != "" || row.change != nil {
			rules = row.rules(t)
		}
		for _, kind := range kinds() {
			t.Run(row.reason+": "+kind, func(t *testing.T) {
				on, ok := occasions[kind]
				require.True(t, ok, "there is no occasion for %s", kind)
				barred := row.bars == nil || slices.Contains(row.bars, kind)
				assert.Equal(t, !barred, writesUnasked(t, rules, row, kind, on), "%s: %s", kind, row.reason)
			})
		}
	}
}

// writesToAll is a house that lets a machine write whatever nobody asked for.
func writesToAll(s *respond.Specs) {
	byItself(s)
	askPlay(s).RemindsAlone = true
	s.Duties = duty.Policy{} // which nobody files here: it would page for weeks
	s.Followup.Invite = spec.Of(26 * time.Hour)
}

func (row exclusion) rules(t *testing.T) *respond.Rules {
	return changed(t, func(s *respond.Specs) {
		writesToAll(s)
		if row.tag != "" {
			tagged := triage.Rule{Name: row.tag, When: when.Words("cancelled"), Then: triage.Then{Tags: []string{row.tag}}}
			s.Policy.Rules = append([]triage.Rule{tagged}, s.Policy.Rules...)
		}
		if row.change != nil {
			row.change(s)
		}
	})
}

// writesUnasked plays one occasion under one exclusion, and reports whether the customer is written to.
func writesUnasked(t *testing.T, rules *respond.Rules, row exclusion, kind string, on occasion) bool {
	m := private(post("1", "you cancelled my flight", tuesday))
	b := event.Received{Mention: m}
	if row.opens != nil {
		row.opens(&b)
	}
	q := quiet{story: newStory(t, rules, b.Mention), p: newPurses(rules), t: t}
	q.do(tuesday, event.Customer, b)
	q.do(tuesday, "cleo", event.Taken{}) // else it would page her for weeks
	on.before(q)
	switch then := row.then.(type) {
	case nil:
	case event.Removed:
		q.do(q.c.At, event.Channel, event.Removed{Ref: q.c.Open.Ref})
	case event.Marked:
		if then.Not {
			q.do(q.c.At, "ana", event.Marked{As: then.As})
		}
		q.do(q.c.At, "ana", then)
	default:
		if _, err := q.try(q.c.At, q.event(q.c.At, "ana", then)); err != nil { // a case that is closed is not held
			require.False(t, q.c.Stage.Live(), "%v", err)
		}
	}
	err := on.then(q)
	q.replay()
	if kind == goodwill {
		return err == nil
	}
	d := q.c.Draft
	if timed := kind == followup.SendReminder.String() || kind == followup.Invite.String(); timed && row.day != "" {
		zone, err := time.LoadLocation(q.c.Given["zone"])
		require.NoError(t, err)
		assert.Equal(t, row.day, q.c.At.In(zone).Format("15:04"), row.reason)
	}
	return d != nil && d.Stale == "" && d.For.String() == kind
}

// Every circumstance that the code knows is in a row.
func TestEveryExclusionHasARow(t *testing.T) {
	var want []string
	of := reflect.TypeFor[followup.Circumstances]()
	for i := range of.NumField() {
		want = append(want, of.Field(i).Name)
	}
	want = append(want, "Hold", "Legitimacy") // of followup.State
	for _, name := range []string{"AskedSomething", "InPrivate", "KnownChannel"} {
		want = slices.DeleteFunc(want, func(s string) bool { return s == name }) // below, and in reminder_test.go
	}
	reasons := map[string]bool{}
	for _, row := range exclusions() {
		assert.False(t, reasons[row.reason] || row.reason == "", "a reason of its own: %q", row.reason)
		reasons[row.reason] = true
		want = slices.DeleteFunc(want, func(s string) bool { return s == row.covers })
	}
	assert.Empty(t, want, "no row is about these")
	for kind := range occasions {
		assert.Contains(t, kinds(), kind, "an occasion of no message")
	}
	assert.Len(t, occasions, len(kinds()))
}

// Nobody is reminded, surveyed or given anything in public.
func TestNothingUnaskedIsSaidInPublic(t *testing.T) {
	rules := changed(t, byItself)
	for _, kind := range []string{followup.SendReminder.String(), followup.SendSurvey.String()} {
		q := quiet{story: newStory(t, rules, post("1", "@Fjordwing you cancelled my flight", tuesday)), p: newPurses(rules), t: t}
		q.do(tuesday, event.Customer, event.Received{Mention: post("1", "@Fjordwing you cancelled my flight", tuesday)})
		q.says(tuesday, event.Drafted{Text: "Thank you for telling us of the cancelled flight, we are sorry. " + seatWords, Proposes: true})
		require.NoError(t, occasions[kind].then(q))
		d := q.c.Draft
		assert.False(t, d != nil && d.Stale == "" && d.For.String() == kind, kind)
		q.replay()
	}
}
