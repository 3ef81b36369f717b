package respond_test

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// everyKind is one zero body of each kind of event.
func everyKind() []event.Body {
	return []event.Body{
		event.Received{}, event.Edited{}, event.Removed{}, event.AnsweredElsewhere{}, event.Spoken{}, event.Taken{},
		event.Drafted{}, event.Approved{}, event.Rejected{}, event.Meant{}, event.Waived{}, event.Fulfilled{}, event.Judged{},
		event.Declared{}, event.Dismissed{}, event.Stated{}, event.Delivered{}, event.Undelivered{}, event.Uncertain{},
		event.Elapsed{}, event.Joined{}, event.Granted{}, event.Denied{}, event.Surveyed{}, event.Promised{}, event.Kept{},
		event.Missed{}, event.Barred{}, event.Unbarred{}, event.Marked{}, event.Moderated{}, event.Begun{}, event.Noted{}, event.Snoozed{},
		event.Woken{}, event.HandedOver{}, event.Watched{}, event.Consented{}, event.ConsentWithdrawn{},
		event.Established{}, event.Retracted{}, event.Observed{},
		event.Known{}, event.Surged{}, event.Subsided{}, event.Decided{}, event.Contained{}, event.Examined{}, event.Halted{},
		event.Resumed{}, event.Assessed{}, event.Freed{}, event.JoinedIncident{}, event.IncidentOver{}, event.Preserved{},
		event.Released{}, event.Restricted{}, event.ErasureAsked{}, event.Erased{}, event.Purged{}, event.Merged{}, event.Split{},
		event.Unknown{}, event.Unknown{Name: "newer", Raw: []byte(`{"a":1}`)}, nil,
	}
}

// filled is a body in which every field says something that nobody would say.
func filled(b event.Body, text string, n int64, at time.Time) event.Body {
	if b == nil {
		return nil
	}
	v := reflect.New(reflect.TypeOf(b)).Elem()
	fill(v, text, n, at)
	return v.Interface().(event.Body)
}

func fill(v reflect.Value, text string, n int64, at time.Time) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int, reflect.Int64:
		v.SetInt(n)
	case reflect.Int32, reflect.Int16, reflect.Int8:
		v.SetInt(int64(int8(n)))
	case reflect.Bool:
		v.SetBool(n > 0)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), text, n, at)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte(text))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			fill(v.Index(i), text, n, at)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(at))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), text, n, at)
			}
		}
	}
}

// inEveryStage are cases, one in each stage.
func inEveryStage(t *testing.T) map[followup.Stage]respond.Case {
	out := map[followup.Stage]respond.Case{}
	s := opened(t)
	keep := func() { out[s.c.Stage] = s.c }
	keep()
	at := func(n int) time.Time { return tuesday.Add(time.Duration(n) * time.Minute) }
	s.sent(at(1), event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}, Visibility: mention.Private})
	keep()
	s.sent(at(2), event.Drafted{Text: "We look for a seat, and write here within the hour.", Visibility: mention.Private})
	keep()
	s.sent(at(3), event.Drafted{Text: "We can seat you on Friday.", Proposes: true, Visibility: mention.Private})
	keep()
	s.do(at(4), "ana", event.Meant{Said: event.Accepts})
	keep()
	s.do(at(5), "ana", event.Fulfilled{})
	keep()
	s.do(at(6), "ana", event.Meant{Said: event.Over})
	keep()
	late := at(6).AddDate(0, 0, 9)
	s.do(late, event.Clock, event.Elapsed{Due: late})
	keep()
	s = opened(t)
	s.sent(at(1), event.Drafted{Text: "The desk is open from six.", Settles: true})
	keep()
	s = opened(t)
	s.sent(at(1), event.Drafted{Text: "Send your booking reference here.", Asks: []string{"order"}, Visibility: mention.Private})
	for s.c.Stage == followup.Asking {
		late := s.c.Waits.At
		if !late.After(s.c.At) {
			late = s.c.At.Add(time.Hour)
		}
		s.do(late, event.Clock, event.Elapsed{Due: late})
	}
	keep()
	return out
}

// TestNoEventBreaksACase throws every kind of event, empty and hostile, by everybody, at cases in every stage: what is not
// possible is refused with a reason, and changes nothing; what is possible leaves a case that can be stored.
func TestNoEventBreaksACase(t *testing.T) {
	rules := changed(t, generous)
	cases := inEveryStage(t)
	for _, stage := range []followup.Stage{followup.Fresh, followup.Answered, followup.Asking, followup.Working, followup.Proposed,
		followup.Fulfilling, followup.Confirming, followup.Surveying, followup.Dormant, followup.Closed} {
		require.Contains(t, cases, stage, "a case in this stage: without it too little is proved")
	}
	cases["none"] = respond.New("acme", "a case that is not open yet")
	far := time.Date(40000, 1, 1, 0, 0, 0, 0, time.FixedZone("far", 5))
	for stage, c := range cases {
		before := encode(t, c)
		for _, kind := range everyKind() {
			for _, b := range []event.Body{
				kind, filled(kind, "a\x00\xff\U0001F600", math.MinInt64, time.Time{}),
				filled(kind, strings.Repeat("x", 12_000), math.MaxInt64, far), filled(kind, "ana", 1, c.At.Add(time.Hour)),
			} {
				for _, by := range []string{"", "ana", event.Customer} {
					e := event.Event{ID: "hostile", At: far, By: by, Body: b, Tallies: &event.Tallies{}}
					next, entry, err := respond.Step(rules, c, e, c.At.Add(time.Minute))
					if err != nil {
						require.ErrorIs(t, err, respond.ErrRefused, "%s at %s", e.Kind(), stage)
						require.NotEqual(t, "", strings.TrimSpace(err.Error()))
						require.Equal(t, before, encode(t, next), "%s at %s: refused, and changed", e.Kind(), stage)
						continue
					}
					if entry.Seq > 0 { // else it says what is known already, and nothing is stored
						encode(t, entry)
						encode(t, next)
					}
				}
			}
			require.Equal(t, before, encode(t, c), "%s at %s alters its argument", event.Event{Body: kind}.Kind(), stage)
		}
	}
}
