package respond_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

// FuzzMergedCase brings anything for the other case: it costs an error or an answer, never a panic, and leaves a case that
// can be stored.
func FuzzMergedCase(f *testing.F) {
	rules := shippedRules(f)
	m := post("1", "@Fjordwing you cancelled my flight", tuesday)
	c := respond.New("acme", "a")
	c, _, err := respond.Step(rules, c, event.Event{ID: "1", By: event.Customer, Body: event.Received{Mention: m}}, tuesday)
	require.NoError(f, err)
	other := respond.New("acme", "x")
	in := event.Received{Mention: mail("2", m.Text, tuesday)}
	other, _, err = respond.Step(rules, other, event.Event{ID: "1", By: event.Customer, Body: in}, tuesday)
	require.NoError(f, err)
	f.Add([]byte(encode(f, other)), false)
	f.Add([]byte(`{"tenant":"acme","id":"x","seq":1,"clocks":[{}],"climb":{"taken":"ben"},"messages":[{}]}`), true)
	f.Add([]byte(`{"tenant":"acme","id":"x","seq":1,"verdict":{"rank":{"life":true}},"open":{},"waits":{},"hold":{}}`), false)
	f.Add([]byte(`{"tenant":"acme","id":"a"}`), true)
	f.Add([]byte(`{"tenant":"acme","id":"a","channel":"chirp","account":"fjordwing","author":{"id":"u-dana"},"verdict":{},"stage":"x",`+
		`"owed":"2026-06-16T08:00:00Z","climb":{},"clocks":[{}],"waits":{},"open":{},"draft":{},"remedy":{},"hold":{}}`), true)
	f.Fuzz(func(t *testing.T, data []byte, split bool) {
		var body event.Body = event.Merged{From: "x", Case: data}
		start := c
		if split {
			start, _, err = respond.Step(rules, c, event.Event{ID: "2", By: "ana", Body: event.Merged{Into: "x"}}, tuesday)
			require.NoError(t, err)
			body = event.Split{Into: "x", Case: data}
		}
		next, _, err := respond.Step(rules, start, event.Event{ID: "3", By: "ana", Body: body}, tuesday)
		if err != nil {
			require.ErrorIs(t, err, respond.ErrRefused)
			return
		}
		require.NotEmpty(t, encode(t, next))
		require.True(t, !next.Stage.Live() || !next.Due().IsZero(), "a live case falls due")
		_, _ = next.Redacted()
		tick := event.Event{ID: "4", By: event.Clock, Body: event.Elapsed{Due: next.Due()}}
		_, _, err = respond.Step(rules, next, tick, next.Due())
		require.NoError(t, err)
	})
}
