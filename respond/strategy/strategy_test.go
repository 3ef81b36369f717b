package strategy_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/strategy"
)

// TestChoose has each cell of the table, and what lies beside it.
func TestChoose(t *testing.T) {
	tests := []struct {
		reason string
		s      strategy.Situation
		want   strategy.Strategy
	}{
		{"nothing is known", strategy.Situation{}, strategy.Base},
		{"who is responsible is not verified",
			strategy.Situation{Cluster: strategy.Preventable, History: true}, strategy.Base},
		{"victim", strategy.Situation{Cluster: strategy.Victim, Verified: true}, strategy.Base},
		{"victim again",
			strategy.Situation{Cluster: strategy.Victim, Verified: true, History: true}, strategy.Diminish},
		{"accidental", strategy.Situation{Cluster: strategy.Accidental, Verified: true}, strategy.Diminish},
		{"accidental again",
			strategy.Situation{Cluster: strategy.Accidental, Verified: true, History: true}, strategy.Rebuild},
		{"preventable", strategy.Situation{Cluster: strategy.Preventable, Verified: true}, strategy.Rebuild},
		{"preventable again",
			strategy.Situation{Cluster: strategy.Preventable, Verified: true, History: true}, strategy.Rebuild},
		{"a rumour that is false",
			strategy.Situation{Cluster: strategy.Rumour, Verified: true, False: true}, strategy.Deny},
		{"the same with a history",
			strategy.Situation{Cluster: strategy.Rumour, Verified: true, False: true, History: true}, strategy.Deny},
		{"a rumour that may be true", strategy.Situation{Cluster: strategy.Rumour, Verified: true}, strategy.Base},
		{"the same with a history: still nothing to make good",
			strategy.Situation{Cluster: strategy.Rumour, Verified: true, History: true},
			strategy.Base},
		{"a rumour, not verified", strategy.Situation{Cluster: strategy.Rumour, False: true}, strategy.Base},
		{"a challenge without ground",
			strategy.Situation{Cluster: strategy.Challenge, Verified: true, Unwarranted: true}, strategy.Deny},
		{"the same with a history",
			strategy.Situation{Cluster: strategy.Challenge, Verified: true, Unwarranted: true, History: true},
			strategy.Deny},
		{"one with ground is as an accident",
			strategy.Situation{Cluster: strategy.Challenge, Verified: true}, strategy.Diminish},
		{"with a history it is made good",
			strategy.Situation{Cluster: strategy.Challenge, Verified: true, History: true}, strategy.Rebuild},
	}
	for _, tt := range tests {
		got, err := strategy.Choose(tt.s)
		require.NoError(t, err, tt.reason)
		assert.Equal(t, tt.want, got.Strategy, tt.reason)
		assert.NotEmpty(t, got.Because, tt.reason)
		assert.Equal(t, []string{"what to do", "concern", "next update", "where to look"}, got.Holds, "the base is always there")
		assert.Contains(t, got.Never, "attack the accuser")
		assert.Contains(t, got.Never, "name a scapegoat")
	}
	_, err := strategy.Choose(strategy.Situation{Cluster: "act of god"})
	assert.EqualError(t, err, `cluster "act of god" is none of victim, accidental, preventable, rumour, challenge`)
}

func TestSwitch(t *testing.T) {
	tests := []struct {
		reason    string
		used      []strategy.Strategy
		next      strategy.Strategy
		retracted bool
		ok        bool
	}{
		{"the first is free", nil, strategy.Deny, false, true},
		{"the base contradicts nothing", []strategy.Strategy{strategy.Base}, strategy.Deny, false, true},
		{"nor after a denial", []strategy.Strategy{strategy.Deny}, strategy.Base, false, true},
		{"more of the same way", []strategy.Strategy{strategy.Diminish}, strategy.Rebuild, false, true},
		{"denied, then made less of", []strategy.Strategy{strategy.Base,
			strategy.Deny}, strategy.Diminish, false, false},
		{"denied, then made good", []strategy.Strategy{strategy.Deny}, strategy.Rebuild, false, false},
		{"made good, then denied", []strategy.Strategy{strategy.Rebuild, strategy.Base}, strategy.Deny, false, false},
		{"taken back in between", []strategy.Strategy{strategy.Deny}, strategy.Rebuild, true, true},
	}
	for _, tt := range tests {
		err := strategy.Switch(tt.used, tt.next, tt.retracted)
		if tt.ok {
			assert.NoError(t, err, tt.reason)
			continue
		}
		var contradicts *strategy.SwitchError
		require.ErrorAs(t, err, &contradicts, tt.reason)
		assert.Equal(t, tt.next, contradicts.Next)
	}
}

func TestApologise(t *testing.T) {
	c := strategy.Confirmed{By: "dora", At: time.Date(2026, 6, 16, 9, 0, 0, 0, time.UTC), Evidence: "the log of the gateway"}
	tests := []struct {
		reason string
		r      strategy.Responsibility
		want   strategy.Kind
		err    string
		admits bool
	}{
		{"unknown: sympathy", strategy.Responsibility{}, strategy.Sympathy, "", false},
		{"shared: our verified part",
			strategy.Responsibility{Whose: strategy.Shared, Part: "the late bus", Confirmed: c}, strategy.Part, "", false},
		{"ours, confirmed: admission",
			strategy.Responsibility{Whose: strategy.Ours, Confirmed: c}, strategy.Admission, "", true},
		{"ours, and nobody confirmed it", strategy.Responsibility{Whose: strategy.Ours}, strategy.Sympathy,
			"responsibility ours is not confirmed: who confirmed it, when, the evidence missing", false},
		{"shared without a part", strategy.Responsibility{Whose: strategy.Shared, Confirmed: c}, strategy.Sympathy,
			"responsibility shared is not confirmed: our part missing", false},
		{"whose is that", strategy.Responsibility{Whose: "theirs"}, strategy.Sympathy,
			`responsibility "theirs" is none of shared, ours, or empty`, false},
	}
	for _, tt := range tests {
		got, err := strategy.Apologise(tt.r)
		assert.Equal(t, tt.want, got.Kind, tt.reason)
		assert.Equal(t, tt.admits, got.Admits(), tt.reason)
		if tt.err == "" {
			assert.NoError(t, err, tt.reason)
		} else {
			assert.EqualError(t, err, tt.err, tt.reason)
		}
	}
	got, _ := strategy.Apologise(strategy.Responsibility{Whose: strategy.Ours, Confirmed: c})
	assert.Equal(t, "confirmed by dora at 2026-06-16T09:00:00Z: the log of the gateway", got.Because)
}
