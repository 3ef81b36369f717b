package respond_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/privacy"
)

// complaint opens a case of dana's.
func complaint(t *testing.T) *story {
	t.Helper()
	m := post("1", "@Fjordwing you cancelled my flight to Bodø", tuesday)
	s := newStory(t, shippedRules(t), m)
	s.do(tuesday, event.Customer, event.Received{Mention: m, Given: map[string]string{"order": "FJ7K2Q"}})
	return s
}

func TestWhatTheCustomerRemovedGoesHereToo(t *testing.T) {
	s := complaint(t)
	ref := mention.Ref{Channel: "chirp", ID: "1"}
	entry := s.do(tuesday.Add(time.Hour), event.Channel, event.Removed{Ref: ref})
	redact := asked[effect.Redact](entry)
	require.Len(t, redact, 1)
	assert.Equal(t, []mention.Ref{ref}, redact[0].Refs)
	assert.Equal(t, tuesday.Add(25*time.Hour), redact[0].NotAfter, "within a day")
	assert.NotContains(t, encode(t, s.c), "Bodø")
	assert.Equal(t, "FJ7K2Q", s.c.Given["order"], "what the house recorded stays")
	entry = s.do(tuesday.Add(2*time.Hour), event.Channel, event.Undelivered{Key: keyOf[effect.Redact](t, entry), Reason: event.Failed})
	assert.NotEmpty(t, asked[effect.Tell](entry), "where it cannot be dropped a person is told")
	s.replay()
}

func TestPreserveStopsWhatGoesAndNothingElse(t *testing.T) {
	s := complaint(t)
	assert.ErrorContains(t, s.refused(tuesday, "nobody", event.Preserved{Matter: "7/26"}), "no member")
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Preserved{}), "matter")
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Released{}), "nothing")
	s.do(tuesday, "ana", event.Preserved{Matter: "7/26"})
	entry := s.do(tuesday.Add(time.Hour), event.Channel, event.Removed{Ref: mention.Ref{Channel: "chirp", ID: "1"}})
	assert.Empty(t, asked[effect.Redact](entry))
	assert.Contains(t, encode(t, s.c), "Bodø", "what a court wants to see stays")
	assert.False(t, s.c.Due().IsZero(), "and the clocks run")
	entry = s.do(tuesday.Add(2*time.Hour), event.Host, event.ErasureAsked{Request: "E-1"})
	assert.Empty(t, asked[effect.Erase](entry))
	assert.Contains(t, s.c.Erasure.Deferred, "for 7/26, by ana", "it waits, and says why")
	tells := asked[effect.Tell](entry)
	require.Len(t, tells, 1)
	assert.Equal(t, "ana", tells[0].Member, "who preserves it is told")
	assert.ErrorContains(t, s.refused(tuesday.Add(3*time.Hour), "ana", event.Erased{}), "7/26")

	entry = s.do(tuesday.Add(80*24*time.Hour), "ana", event.Released{})
	assert.Len(t, asked[effect.Redact](entry), 1, "what waited happens now")
	assert.Len(t, asked[effect.Erase](entry), 1)
	assert.NotContains(t, encode(t, s.c), "Bodø")
	assert.Empty(t, s.c.Erasure.Deferred)
	s.replay()
}

func TestErasure(t *testing.T) {
	s := complaint(t)
	s.do(tuesday, "ana", event.Drafted{Text: "Dana, we are sorry about the cancelled flight. I look for a seat today."})
	sent := s.do(tuesday, "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.ErrorContains(t, s.refused(tuesday, event.Customer, event.ErasureAsked{}), "made sure")
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Erased{}), "nobody asked")
	asks := time.Date(2026, 8, 31, 9, 0, 0, 0, time.UTC)
	entry := s.do(asks, event.Host, event.ErasureAsked{Request: "E-1"})
	due := time.Date(2026, 9, 30, 9, 0, 0, 0, time.UTC)
	assert.Equal(t, due, s.c.Erasure.Due, "one calendar month: September has no 31st")
	require.Len(t, asked[effect.Erase](entry), 1)
	assert.Equal(t, due, asked[effect.Erase](entry)[0].NotAfter)
	var told []time.Time
	for _, at := range []time.Time{due.Add(-8 * 24 * time.Hour), due.Add(-7 * 24 * time.Hour), due.Add(-time.Hour), due} {
		e := s.do(at, event.Clock, event.Elapsed{Due: at})
		if strings.Contains(strings.Join(e.Because, " "), "erasure is due") {
			told = append(told, e.At)
		}
	}
	assert.Equal(t, []time.Time{due.Add(-7 * 24 * time.Hour), due}, told, "a week before, and when it is due")

	_, remains := s.c.Redacted()
	assert.Contains(t, remains.Texts, mention.Ref{Channel: "chirp", ID: "1"})
	assert.Contains(t, remains.Requests, keyOf[effect.Send](t, sent))
	assert.Equal(t, "u-dana", remains.Author.ID)
	assert.NotEmpty(t, remains.Beyond, "what nobody here can reach is said")

	entry = s.do(due, event.Host, event.Erased{Key: keyOf[effect.Erase](t, entry)})
	assert.Equal(t, followup.Closed, s.c.Stage)
	assert.Equal(t, followup.Withdrawn, s.c.Outcome)
	assert.Zero(t, s.c.Due())
	assert.Equal(t, 1, s.c.Theirs, "what the case was stays")
	for _, word := range []string{"dana", "Dana", "Bodø", "FJ7K2Q", "seat"} {
		assert.NotContains(t, encode(t, s.c), word)
		assert.NotContains(t, encode(t, entry), word, "nor in its entry")
	}
	_, wanted := s.c.Wants(keyOf[effect.Send](t, sent))
	assert.False(t, wanted, "an answer on its way is not wanted any more")
	s.replay()

	m := post("2", "@Fjordwing cancelled again", due.Add(time.Hour))
	entry = s.do(due.Add(time.Hour), event.Customer, event.Received{Mention: m})
	assert.Equal(t, "u-dana", s.c.Author.ID, "who writes again begins anew")
	assert.Nil(t, s.c.Erasure)
	assert.NotEmpty(t, asked[effect.Tell](entry))
	assert.True(t, s.c.Stage.Live())
	s.replay()
}

func TestRestrictedAccess(t *testing.T) {
	s := complaint(t)
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.Restricted{To: []string{"nobody"}}), "no member")
	s.do(tuesday, "cleo", event.Restricted{To: []string{"ana"}})
	kept := s.do(tuesday, "cleo", event.Preserved{Matter: "the court of Bodø"})
	assert.NotNil(t, respond.Withheld(kept).Change.Preserve, "that it is kept is no secret")
	assert.NotContains(t, encode(t, respond.Withheld(kept)), "court", "what for is")
	s.do(tuesday, "cleo", event.Released{})
	assert.True(t, s.c.Sees("ana"))
	assert.True(t, s.c.Sees("cleo"), "who said so sees it")
	assert.False(t, s.c.Sees("ben"))
	assert.ErrorContains(t, s.refused(tuesday, "ben", event.Taken{}), "restricted")
	for _, word := range []string{"Bodø", "dana", "FJ7K2Q"} {
		assert.NotContains(t, encode(t, s.c.For("ben")), word)
		assert.Contains(t, encode(t, s.c.For("ana")), word)
		for _, e := range s.trail {
			assert.NotContains(t, encode(t, respond.Withheld(e)), word)
		}
	}
	assert.Equal(t, s.c.Priority(), s.c.For("ben").Priority(), "its place in the queue is no secret")
	assert.Equal(t, s.c.Due(), s.c.For("ben").Due())
	assert.Equal(t, "received", respond.Withheld(s.trail[0]).Event.Kind())
	s.do(tuesday, "ana", event.Restricted{})
	assert.True(t, s.c.Sees("ben"))
	s.do(tuesday, "ben", event.Taken{})
	s.replay()
}

func TestPersonalData(t *testing.T) {
	s := complaint(t)
	s.sent(tuesday.Add(time.Minute), event.Drafted{Text: "We are sorry about the cancelled flight. I look for a seat today."})
	s.do(tuesday.Add(time.Hour), "ana", event.Spoken{Summary: "He takes the evening flight."})
	data, err := s.c.Personal(s.trail)
	require.NoError(t, err)
	for _, want := range []string{"Bodø", "u-dana", "FJ7K2Q", "I look for a seat", "evening flight", `"said"`, `"state"`} {
		assert.Contains(t, string(data), want)
	}
	for _, not := range []string{`"climb"`, `"awaited"`, `"phone"`} {
		assert.NotContains(t, string(data), not, "what is about us is not his")
	}
	assert.True(t, json.Valid(data))
}

func TestWhatIsPastItsTime(t *testing.T) {
	rules := shippedRules(t)
	s := complaint(t)
	due, _ := rules.Forget(s.c, tuesday.Add(3650*24*time.Hour))
	assert.Empty(t, due, "a live case keeps what it needs")
	s.do(tuesday, "ana", event.Waived{Code: "duplicate"})
	closed := s.elapse(tuesday.Add(200 * 24 * time.Hour))
	require.NotEmpty(t, closed)
	require.Equal(t, followup.Closed, s.c.Stage)
	day := func(n int) time.Time { return tuesday.Add(time.Duration(n) * 24 * time.Hour) }
	for _, row := range []struct {
		reason string
		at     time.Time
		due    []privacy.Class
	}{
		{"private data and raw bytes go first", day(201), []privacy.Class{privacy.Private, privacy.Raw}},
		{"then pictures", day(400), []privacy.Class{privacy.Media, privacy.Private, privacy.Raw}},
		{"then all words", day(800), privacy.Classes()[:6]},
		{"then the case", day(1095), privacy.Classes()},
	} {
		due, _ := rules.Forget(s.c, row.at)
		assert.Equal(t, row.due, due, row.reason)
	}
	assert.ErrorContains(t, s.refused(day(201), event.Host, event.Purged{Classes: []privacy.Class{privacy.Text}}), "text")
	s.do(day(201), event.Host, event.Purged{Classes: []privacy.Class{privacy.Private, privacy.Raw}})
	due, next := rules.Forget(s.c, day(201))
	assert.Empty(t, due, "what is gone is not due again")
	assert.Equal(t, day(365), next)
	assert.Contains(t, encode(t, s.c), "Bodø")
	s.do(day(731), event.Host, event.Purged{Classes: []privacy.Class{privacy.Text, privacy.Media, privacy.Survey}})
	assert.NotContains(t, encode(t, s.c), "Bodø")
	assert.Contains(t, encode(t, s.c), "u-dana")
	s.do(day(731), event.Host, event.Purged{Classes: []privacy.Class{privacy.Author}})
	assert.NotContains(t, encode(t, s.c), "u-dana")
	s.replay()
	s.do(day(732), event.Customer, event.Received{Mention: post("7", "@Fjordwing you cancelled my flight", day(732))})
	assert.Equal(t, "u-dana", s.c.Author.ID)
	s.replay()
}

func TestRetentionIsNeverForEver(t *testing.T) {
	s := specs(t)
	s.Retention = privacy.Retention{Text: 20, Raw: 21, Media: -1, Survey: 9999, Trail: 100}
	_, err := respond.NewRules(s, respond.Options{})
	for _, want := range []string{"retention.raw", "retention.media", "retention.survey", "retention.author", "for ever"} {
		assert.ErrorContains(t, err, want)
	}
}

// houses are the paths of what is the house's own in a redacted case: ids of specifications and members, and reasons that
// the hierarchy gave.
var houses = []string{
	"Tenant", "ID", "Channel", "Account", "Standing", "Play", "Stage", "Outcome", "Offer", "Verdict.Handling", "Verdict.Category",
	"Verdict.Aim", "Verdict.Standing", "Verdict.Legitimacy", "Verdict.Tags", "Climb.", "Clocks.", "Waits.Kind", "Access.",
	"Erasure.By", "Erasure.Request", "Erasure.Deferred", "Purged", "Duties.", "Merged.Into", "Merged.By",
	"Promises.ID", "Promises.By", "Promises.State", "Spends.", "Had", "Snooze.By",
}

// TestNoByteOfThePerson is law 14 for every text that a case can hold, whoever adds one: each is a word of its own, and
// none of them is in what is left.
func TestNoByteOfThePerson(t *testing.T) {
	var c respond.Case
	planted := map[string]string{}
	plant(reflect.ValueOf(&c).Elem(), "", planted)
	data := encode(t, c)
	require.Greater(t, len(planted), 60)
	for token, path := range planted {
		require.Contains(t, data, token, "%s is not in the state: the test proves nothing of it", path)
	}
	out, _ := c.Redacted()
	left := encode(t, out)
	for token, path := range planted {
		house := false
		for _, h := range houses {
			house = house || strings.HasPrefix(path, h)
		}
		if !house || path == "Climb.Location" || path == "Climb.Country" {
			assert.NotContains(t, left, token, "%s is left", path)
		}
	}
	var newer respond.Case
	require.NoError(t, json.Unmarshal([]byte(`{"id":"c","seq":1,"mood":{"of":"dana"}}`), &newer))
	out, _ = newer.Redacted()
	assert.NotContains(t, encode(t, out), "dana", "what a newer host wrote goes too: nobody here can say what is in it")
}

// plant fills every text of a value with a word of its own.
func plant(v reflect.Value, path string, planted map[string]string) {
	sub := func(name string) string { return strings.TrimPrefix(path+"."+name, ".") }
	switch v.Kind() {
	case reflect.String:
		token := fmt.Sprintf("planted%dx", len(planted))
		planted[token] = path
		v.SetString(token)
	case reflect.Pointer:
		if strings.Count(path, "Was") > 1 { // a case within a case: once is enough
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		plant(v.Elem(), path, planted)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		plant(v.Index(0), path, planted)
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		plant(value, path, planted)
		key := reflect.New(v.Type().Key()).Elem()
		plant(key, path, planted)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(tuesday))
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				at := sub(f.Name)
				if f.Anonymous {
					at = path
				}
				plant(v.Field(i), at, planted)
			}
		}
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint8:
		if v.CanInt() {
			v.SetInt(1)
		}
	case reflect.Bool:
		v.SetBool(true)
	}
}
