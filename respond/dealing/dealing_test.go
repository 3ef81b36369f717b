package dealing_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage/tally"
)

var noon = time.Date(2026, 6, 16, 12, 0, 0, 0, time.UTC)

func encode(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

func promise(id string, state dealing.PromiseState) dealing.Promise {
	return dealing.Promise{ID: id, What: "call", By: "ana", At: noon, Due: noon.Add(time.Hour), State: state}
}

// Every change, one after the other, and each through its JSON: what is applied is the same, and the argument stays.
func TestApply(t *testing.T) {
	bars := []tally.Bar{{From: event.Contact, Reason: "r", Owner: "ana", Since: noon, Until: noon.Add(time.Hour)}}
	marks := []event.Mark{event.Harmed}
	watchers := []dealing.Watcher{{Member: "ben", For: []event.News{event.HasClosed}}}
	offer := dealing.Offer{Offer: event.Offer{Kind: "refund", Sum: escalation.Money{Minor: 5, Currency: "EUR"}}, ID: "o"}
	var d dealing.Dealings
	for _, row := range []struct {
		reason string
		ch     dealing.Dealt
		want   func(dealing.Dealings) bool
	}{
		{"nothing", dealing.Dealt{}, func(d dealing.Dealings) bool { return encodes(d) == "{}" }},
		{"a promise", dealing.Dealt{Promises: []dealing.Promise{promise("p", "")}},
			func(d dealing.Dealings) bool { return len(d.Promises) == 1 && d.Promises[0].Owed() }},
		{"the same, kept", dealing.Dealt{Promises: []dealing.Promise{promise("p", dealing.Kept)}},
			func(d dealing.Dealings) bool { return len(d.Promises) == 1 && !d.Promises[0].Owed() }},
		{"an offer and its spend", dealing.Dealt{Remedy: &offer, Spends: []tally.Spend{{ID: "o", Minor: 5}}},
			func(d dealing.Dealings) bool { return d.Remedy.Costs() && len(d.Spends) == 1 }},
		{"given back, and cleared", dealing.Dealt{Remedy: &dealing.Offer{}, Back: []string{"o"}},
			func(d dealing.Dealings) bool { return d.Remedy == nil && d.Spends == nil }},
		{"a gift", dealing.Dealt{Gifts: []dealing.Offer{offer}, Gave: noon},
			func(d dealing.Dealings) bool { return len(d.Gifts) == 1 && d.Gave.Equal(noon) }},
		{"an earlier one does not undo it", dealing.Dealt{Gave: noon.Add(-time.Hour)},
			func(d dealing.Dealings) bool { return d.Gave.Equal(noon) }},
		{"bars, marks, watchers", dealing.Dealt{Bars: &bars, Marks: &marks, Watchers: &watchers},
			func(d dealing.Dealings) bool { return len(d.Bars) == 1 && len(d.Marks) == 1 && len(d.Watchers) == 1 }},
		{"none of them", dealing.Dealt{Bars: &[]tally.Bar{}, Marks: &[]event.Mark{}, Watchers: &[]dealing.Watcher{}},
			func(d dealing.Dealings) bool { return d.Bars == nil && d.Marks == nil && d.Watchers == nil }},
		{"what stands alone", dealing.Dealt{Survey: &dealing.Survey{Key: "k"}, Consent: &dealing.Consent{By: "Dana"},
			Handover: &dealing.Handover{To: "ana"}, Writing: &dealing.Writing{By: "ben"},
			Snooze: &dealing.Snooze{By: "ana"}, TakenUp: noon},
			func(d dealing.Dealings) bool {
				return d.Survey != nil && d.Consent != nil && d.Handover != nil && d.Writing != nil && d.Snooze != nil &&
					d.TakenUp.Equal(noon)
			}},
		{"cleared", dealing.Dealt{Writing: &dealing.Writing{}, Snooze: &dealing.Snooze{}},
			func(d dealing.Dealings) bool {
				return d.Writing == nil && d.Snooze == nil && d.Consent != nil
			}},
	} {
		before := encode(t, d)
		var stored dealing.Dealt
		require.NoError(t, json.Unmarshal([]byte(encode(t, row.ch)), &stored))
		after := dealing.Apply(d, row.ch)
		assert.Equal(t, before, encode(t, d), "%s: the argument is not altered", row.reason)
		assert.Equal(t, encode(t, after), encode(t, dealing.Apply(d, stored)), "%s, read from a trail", row.reason)
		assert.True(t, row.want(after), "%s: %s", row.reason, encode(t, after))
		d = after
	}
}

func encodes(v any) string {
	data, _ := json.Marshal(v)
	return string(data)
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	var d dealing.Dealings
	for i := range 200 {
		state := dealing.Kept
		if i < 5 {
			state = dealing.Open
		}
		id := fmt.Sprint(i)
		d = dealing.Apply(d, dealing.Dealt{
			Promises: []dealing.Promise{promise(id, state)}, Gifts: []dealing.Offer{{ID: id}},
			Spends: []tally.Spend{{ID: id}}, Note: &dealing.Note{Text: id},
		})
	}
	assert.Len(t, d.Promises, 15, "five that are owed, and ten that have ended")
	assert.Equal(t, "0", d.Promises[0].ID, "what is owed is never forgotten")
	assert.Len(t, d.Gifts, 10)
	assert.Len(t, d.Spends, 50)
	assert.Len(t, d.Notes, 3)
	assert.Equal(t, "199", d.Notes[2].Text)
}

func TestWhoElseIsWriting(t *testing.T) {
	w := &dealing.Writing{By: "ana", Since: noon}
	assert.True(t, w.Else("ben", noon.Add(14*time.Minute)))
	assert.False(t, w.Else("ana", noon), "he himself")
	assert.False(t, w.Else("ben", noon.Add(15*time.Minute)), "nobody has heard of her for a quarter of an hour")
	assert.False(t, (*dealing.Writing)(nil).Else("ben", noon))
}

func TestPolicy(t *testing.T) {
	for _, row := range []struct {
		reason, want string
		ceilings     []escalation.Money
	}{
		{"the zero policy gives nothing", "", nil},
		{"a ceiling of nothing", "ceilings[0]", []escalation.Money{{Currency: "EUR"}}},
		{"a currency that is none", "ceilings[0].currency", []escalation.Money{{Minor: 5, Currency: "euro"}}},
		{"two ceilings", "two ceilings in EUR", []escalation.Money{{Minor: 5, Currency: "EUR"}, {Minor: 6, Currency: "EUR"}}},
		{"two currencies", "", []escalation.Money{{Minor: 5, Currency: "EUR"}, {Minor: 6, Currency: "USD"}}},
	} {
		p := dealing.Policy{Ceilings: row.ceilings}
		if row.want != "" {
			assert.ErrorContains(t, p.Check(), row.want, row.reason)
			continue
		}
		assert.NoError(t, p.Check(), row.reason)
		_, ok := p.Ceiling("EUR")
		assert.Equal(t, len(row.ceilings) > 0, ok, row.reason)
	}
}

func TestMerge(t *testing.T) {
	paying := &dealing.Offer{ID: "b", State: dealing.Paying}
	a := dealing.Dealings{
		Promises: []dealing.Promise{promise("a", "")}, Remedy: &dealing.Offer{ID: "a", State: dealing.Made}, Mended: noon, Had: "ana",
		Marks: []event.Mark{event.Legal}, Watchers: []dealing.Watcher{{Member: "ben"}}, Snooze: &dealing.Snooze{Until: noon},
		Notes: []dealing.Note{{Text: "1"}, {Text: "2"}},
	}
	b := dealing.Dealings{
		Promises: []dealing.Promise{promise("b", "")}, Remedy: paying, Marks: []event.Mark{event.Harmed}, Surveyed: noon,
		Bars: []tally.Bar{{From: event.Contact, Until: noon}}, Watchers: []dealing.Watcher{{Member: "ben"}, {Member: "cleo"}},
		Notes: []dealing.Note{{Text: "3"}, {Text: "4"}}, Consent: &dealing.Consent{By: "Dana"},
	}
	before := encode(t, a) + encode(t, b)
	out := dealing.Merge(a, b)
	assert.Equal(t, before, encode(t, a)+encode(t, b), "neither is altered")
	assert.Len(t, out.Promises, 2, "what either promised is owed")
	assert.Equal(t, "b", out.Remedy.ID, "of this one an outcome is still to come")
	assert.Equal(t, []event.Mark{event.Harmed, event.Legal}, out.Marks)
	assert.True(t, out.Mended.IsZero(), "one of them is not mended")
	assert.Len(t, out.Bars, 1)
	assert.Len(t, out.Watchers, 2)
	assert.Len(t, out.Notes, 3)
	assert.Nil(t, out.Snooze)
	assert.Equal(t, noon, out.Surveyed)
	assert.Equal(t, "ana", out.Had)
	assert.Equal(t, "a", dealing.Merge(a, dealing.Dealings{}).Remedy.ID)
}

// What is left of an erased case says what became of it, and no word of anybody.
func TestRedact(t *testing.T) {
	const word = "Dana"
	d := dealing.Dealings{
		Promises: []dealing.Promise{{ID: "p", What: word, State: dealing.Missed}}, Remedy: &dealing.Offer{ID: "o", Paid: word},
		Gifts: []dealing.Offer{{ID: "g", Paid: word}}, Spends: []tally.Spend{{ID: "o", Minor: 5}}, Surveyed: noon,
		Bars: []tally.Bar{{Reason: word}}, Consent: &dealing.Consent{By: word}, Said: word, Handover: &dealing.Handover{Theirs: word},
		Snooze: &dealing.Snooze{Until: noon, Why: word}, Notes: []dealing.Note{{Text: word}}, Survey: &dealing.Survey{Key: word},
	}
	out := dealing.Redact(d)
	assert.NotContains(t, encode(t, out), word)
	assert.Equal(t, dealing.Missed, out.Promises[0].State)
	assert.Equal(t, noon, out.Snooze.Until, "it falls due as before")
	assert.Equal(t, word, d.Promises[0].What, "the argument is not altered")
}

// A promise is made, and kept.
func Example() {
	noon := time.Date(2026, 6, 16, 12, 0, 0, 0, time.UTC)
	p := dealing.Promise{ID: "1", What: "call about the refund", By: "ana", At: noon, Due: noon.Add(3 * time.Hour)}
	d := dealing.Apply(dealing.Dealings{}, dealing.Dealt{Promises: []dealing.Promise{p}})
	fmt.Println(d.Promises[0].Owed(), p.Clock().Due.Format(time.Kitchen))
	p.State, p.Ended = dealing.Kept, noon.Add(time.Hour)
	d = dealing.Apply(d, dealing.Dealt{Promises: []dealing.Promise{p}})
	fmt.Println(d.Promises[0].Owed())
	// Output:
	// true 3:00PM
	// false
}
