package event_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/triage/signal"
	"github.com/reputekit/reputation/triage/tally"
)

var at = time.Date(2026, 6, 16, 2, 14, 0, 123e6, time.UTC)

// bodies is one full body of every kind.
func bodies() []event.Body {
	ref := mention.Ref{Channel: "chirp", ID: "1"}
	m := mention.Mention{Ref: ref, Text: "the site is down", Kind: mention.Post, PostedAt: at, Revision: 2}
	return []event.Body{
		event.Received{Mention: m, Given: map[string]string{"customer": "yes"}, History: tally.Reading{Contacts: 2}, Backfill: true},
		event.Edited{Mention: m},
		event.Removed{Ref: ref},
		event.AnsweredElsewhere{Ref: ref, Answers: ref, Automatic: true},
		event.Spoken{Summary: "called back", Said: event.Over},
		event.Taken{},
		event.Drafted{Text: "We are sorry.", Asks: []string{"Order"}, Proposes: true},
		event.Approved{Draft: "d"},
		event.Rejected{Draft: "d", Reason: "tone"},
		event.Meant{Said: event.Thanks},
		event.Waived{Code: "duplicate"},
		event.Fulfilled{Note: "seat 12A"},
		event.Judged{Legitimacy: "fake"},
		event.Declared{Note: "three countries"},
		event.Dismissed{Note: "a test"},
		event.Stated{Statement: event.Statement{Text: "t", Next: at, Zone: "Europe/Madrid", Every: spec.Of(time.Hour), Strategy: "base"}},
		event.Delivered{Key: "k", Ref: ref},
		event.Undelivered{Key: "k", Reason: event.Changed},
		event.Uncertain{Key: "k", Detail: "time-out"},
		event.Elapsed{Due: at},
		event.Joined{Case: "c", Category: "outage", Mention: ref},
		event.Promised{Promise: event.Promise{What: "call", Due: at, News: true}},
		event.Kept{Promise: "p", Note: "called"},
		event.Missed{Promise: "p"},
		event.Barred{From: event.Contact, Reason: "he asked", Owner: "ana", Until: at},
		event.Unbarred{From: event.Contact, Reason: "he wrote"},
		event.Marked{As: event.Harmed, Not: true},
		event.Moderated{Ref: ref, Act: "keep", Reason: "it is his own number"},
		event.Begun{},
		event.Noted{Text: "the crew knows"},
		event.Snoozed{Until: at, Why: "the part comes on Friday"},
		event.Woken{},
		event.Watched{For: []event.News{event.HasClosed}},
		event.Consented{By: "Dana", At: at, Words: "of course", Scope: "first name, website"},
		event.ConsentWithdrawn{Note: "by mail"},
		event.Established{Name: "parcel", Says: "the parcel was delivered", Evidence: "a signature", Source: "courier", Until: at},
		event.Retracted{Fact: "parcel", Why: "it was the neighbour's"},
		event.Informed{Incident: "i", Facts: []event.Verified{{Name: "site", Says: "the site works again", By: "ana", At: at,
			Until: at.Add(time.Hour), Retracted: at.Add(time.Minute), Why: "it does not"}}},
		event.Granted{Key: "k", Reference: "voucher 7"},
		event.Denied{Key: "k", Detail: "the account is closed"},
		event.Surveyed{Key: "k", Scale: event.CES, Version: "2.0", Score: 3, Said: "it took four calls"},
		event.Surged{Series: "s", Since: at, Category: "delays", Seen: 40, Expected: 4, Times: 5000, Authors: 38, Mention: ref},
		event.Subsided{Series: "s", Since: at},
		event.Decided{Decision: "leave standing"},
		event.Contained{Note: "the gateway answers"},
		event.Examined{Cause: "an expired certificate", Changes: []string{"ben: a warning a month before, by July"}},
		event.HandedOver{To: "ben", Note: "the next update is yours"},
		event.Halted{Until: at, Why: "an outage"},
		event.Resumed{Why: "it works"},
		event.Assessed{Cluster: "accidental", Verified: true, Whose: "ours", Evidence: "the log of the gateway"},
		event.Freed{Case: "c", Note: "a lost bag"},
		event.Escalated{Why: "beyond me"}, event.Deescalated{Why: "mended"}, event.FulfilFailed{Note: "sold out"},
		event.HeldByCounsel{Matter: "Dana v. Fjordwing"}, event.ReleasedByCounsel{Note: "settled"},
		event.ChannelLost{Other: "mail"}, event.Rebased{Why: "a new plan"}, event.Deferred{Key: "k", Until: at},
		event.Filed{Duty: "breach notice", Reference: "A-1"},
		event.JoinedIncident{Incident: "i", Told: event.Told{Version: 2, Text: "t", Next: at}},
		event.IncidentOver{Incident: "i", From: at},
		event.Observed{Key: "k", Ref: ref, Signals: []signal.Reading{{Name: "tone", Value: -400}}, Absent: []string{"image"}},
		event.Merged{From: "c", Case: json.RawMessage(`{"id":"c"}`)},
		event.Split{Into: "c", Case: json.RawMessage(`{"id":"c"}`)},
		event.Preserved{Matter: "Oslo 7/26"},
		event.Released{Note: "settled"},
		event.Restricted{To: []string{"ana"}},
		event.ErasureAsked{Request: "E-1"},
		event.Erased{Key: "k"},
		event.Purged{Classes: []privacy.Class{privacy.Text}},
		event.Known{Key: "k", Given: map[string]string{"tier": "4"}, Standing: "press", History: &tally.Reading{Contacts: 2}},
	}
}

func TestEventRoundTrip(t *testing.T) {
	kinds := map[string]bool{}
	for _, b := range bodies() {
		e := event.Event{ID: "id", At: at, By: "ana", Body: b}
		t.Run(e.Kind(), func(t *testing.T) {
			data, err := json.Marshal(e)
			require.NoError(t, err)
			var back event.Event
			require.NoError(t, json.Unmarshal(data, &back))
			assert.Equal(t, e, back, "what is written is what is read")
			again, err := json.Marshal(back)
			require.NoError(t, err)
			assert.Equal(t, string(data), string(again), "the same bytes")
		})
		kinds[e.Kind()] = true
	}
	assert.Len(t, kinds, len(bodies()), "every kind has a name of its own")
}

// What the tallies said travels with every kind of event.
func TestTalliesTravel(t *testing.T) {
	e := event.Event{ID: "id", At: at, By: "ana", Body: event.Approved{Draft: "d"}, Tallies: &event.Tallies{
		Customer: tally.Courtesy{Surveyed: at, Bars: []tally.Bar{{From: event.Engage, Reason: "r", Owner: "ana", Since: at, Until: at}}},
		Spent:    []tally.Spent{{Member: "ana", Scope: "day", Since: at, Minor: 500, Currency: "EUR"}},
	}}
	data, err := json.Marshal(e)
	require.NoError(t, err)
	var back event.Event
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, e, back)
	e.Tallies.Customer.Bars[0].Reason = "a\x00\xff"
	clean, err := e.Canonical()
	require.NoError(t, err)
	assert.Equal(t, "a\uFFFD", clean.Tallies.Customer.Bars[0].Reason, "text at the door")
	assert.Equal(t, "a\x00\xff", e.Tallies.Customer.Bars[0].Reason, "the argument is not altered")
}

func TestUnknownKindIsKept(t *testing.T) {
	in := `{"id":"x","at":"2026-06-16T02:14:00Z","by":"host","kind":"foretold","body":{"reference":"A-1","deep":[1,{"b":2}]}}`
	var e event.Event
	require.NoError(t, json.Unmarshal([]byte(in), &e))
	assert.Equal(t, "foretold", e.Kind())
	out, err := json.Marshal(e)
	require.NoError(t, err)
	assert.JSONEq(t, in, string(out), "a newer host's fact survives an older one")
}

func TestBadEvents(t *testing.T) {
	for _, row := range []struct{ reason, in string }{
		{"a body of the wrong type names the event", `{"id":"x","kind":"approved","body":{"draft":5}}`},
		{"not an object", `[]`},
		{"a time that is none", `{"id":"x","at":"yesterday","kind":"taken","body":{}}`},
	} {
		var e event.Event
		assert.Error(t, json.Unmarshal([]byte(row.in), &e), row.reason)
	}
	_, err := json.Marshal(event.Event{ID: "x"})
	assert.Error(t, err, "an event without a body cannot be written")
}

func TestIDsTellFactsApart(t *testing.T) {
	m := mention.Mention{Ref: mention.Ref{Channel: "chirp", ID: "1"}}
	newer := m
	newer.Revision = 1
	ids := map[string]string{}
	for _, row := range []struct{ reason, id string }{
		{"received", event.ReceivedID(m)},
		{"received, newer revision", event.ReceivedID(newer)},
		{"edited", event.EditedID(newer)},
		{"removed", event.RemovedID(m.Ref)},
		{"elsewhere", event.ElsewhereID(m.Ref)},
		{"request", event.RequestID("r")},
		{"delivered", event.OutcomeID("k", event.Delivered{}, 1)},
		{"undelivered", event.OutcomeID("k", event.Undelivered{}, 1)},
		{"second attempt", event.OutcomeID("k", event.Undelivered{}, 2)},
		{"granted", event.OutcomeID("k", event.Granted{}, 1)},
		{"denied", event.OutcomeID("k", event.Denied{}, 1)},
		{"surveyed", event.OutcomeID("k", event.Surveyed{}, 1)},
		{"surged", event.SurgedID("s", at)},
		{"surged again", event.SurgedID("s", at.Add(time.Hour))},
		{"subsided", event.SubsidedID("s", at)},
		{"held", event.HeldID("k", "c")},
		{"another held", event.HeldID("k", "d")},
		{"elapsed", event.ElapsedID("c", at)},
		{"elapsed later", event.ElapsedID("c", at.Add(time.Millisecond))},
	} {
		assert.NotContains(t, ids, row.id, "%s is the same as %s", row.reason, ids[row.id])
		ids[row.id] = row.reason
	}
	assert.Equal(t, event.ReceivedID(m), event.ReceivedID(m), "the same fact has the same id")
}

func TestWhatAnAnswerToASurveyIs(t *testing.T) {
	for _, row := range []struct {
		reason     string
		scale      event.Scale
		version    string
		score      int
		known, bad bool
	}{
		{"9 and 10 promote", event.NPS, "", 9, true, false},
		{"7 and 8 are neither", event.NPS, "", 7, true, false},
		{"6 is a detractor", event.NPS, "", 6, true, true},
		{"0 is an answer, and a bad one", event.NPS, "", 0, true, true},
		{"beyond the scale", event.NPS, "", 11, false, false},
		{"below the scale", event.NPS, "", -1, false, false},
		{"4 of 5 is satisfied", event.CSAT, "", 4, true, false},
		{"3 of 5 is neither", event.CSAT, "", 3, true, false},
		{"2 of 5 is not", event.CSAT, "", 2, true, true},
		{"0 of 5 is no answer", event.CSAT, "", 0, false, false},
		{"version 2.0: high is easy", event.CES, "2.0", 5, true, false},
		{"its middle is neither", event.CES, "2.0", 4, true, false},
		{"version 2.0: low is hard", event.CES, "2.0", 3, true, true},
		{"version 1.0: low is easy", event.CES, "1.0", 1, true, false},
		{"version 1.0: high is hard", event.CES, "1.0", 4, true, true},
		{"versions are never mixed: 1.0 has no 6", event.CES, "1.0", 6, false, false},
		{"without its version nobody knows", event.CES, "", 5, false, false},
		{"a scale that is none", "stars", "", 5, false, false},
	} {
		bad, known := event.Surveyed{Scale: row.scale, Version: row.version, Score: row.score}.Bad()
		assert.Equal(t, row.known, known, row.reason)
		assert.Equal(t, row.bad, bad, row.reason)
	}
}

func FuzzEventJSON(f *testing.F) {
	for _, b := range bodies() {
		data, _ := json.Marshal(event.Event{ID: "id", At: at, Body: b})
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var e event.Event
		if json.Unmarshal(data, &e) != nil {
			return
		}
		out, err := json.Marshal(e)
		if err != nil {
			return // a body that was never there
		}
		var back event.Event
		require.NoError(t, json.Unmarshal(out, &back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		assert.Equal(t, string(out), string(again))
	})
}

// A fact in its envelope, and what it looks like on its way.
func Example() {
	e := event.Event{
		ID: event.RequestID("screen-7:approve:1"),
		At: time.Date(2026, 6, 16, 9, 5, 0, 0, time.UTC), By: "ana",
		Body: event.Approved{Draft: "b7c4"},
	}
	data, _ := json.Marshal(e)
	fmt.Println(string(data))
	// Output:
	// {"id":"f5c7dd4a-c5b3-59ad-814f-8b4392ae227f","at":"2026-06-16T09:05:00Z","by":"ana","kind":"approved","body":{"draft":"b7c4"}}
}
