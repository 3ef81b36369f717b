package followup_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/followup"
)

// A move is stored in the trail: what is written is what is read, and every bit has a name of its own.
func TestMovesAreWrittenAndRead(t *testing.T) {
	for _, m := range followup.Moves() {
		data, err := json.Marshal(m)
		require.NoError(t, err)
		var back followup.Move
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, m, back, string(data))
	}
	seen := map[string]bool{}
	for _, names := range [][]string{followup.FactNames, followup.RequestNames} {
		for _, name := range names {
			assert.False(t, seen[name], name)
			seen[name] = true
		}
	}
	assert.Equal(t, "record", followup.Record.String(), "the last name is that of the last request")
	assert.Equal(t, "same_point", followup.SamePoint.String())
	assert.Equal(t, "send_reminder news_by_timer ask_if_over send_survey invite", followup.Unasked.String())

	var asks followup.Requests
	require.NoError(t, asks.UnmarshalText([]byte("nudge something_newer record")))
	assert.Equal(t, followup.Nudge|followup.Record, asks, "a newer version's word is left out")
}

func TestWhatNobodyKnowsMovesNothing(t *testing.T) {
	for _, s := range []followup.State{
		{Stage: "elsewhere"}, {Stage: "elsewhere", Hold: "who", Offer: "what"}, {Stage: "\xff"},
	} {
		for _, on := range []followup.Sign{followup.Wrote, followup.SaidOver, "perhaps", "", "\x00"} {
			then, m, err := followup.Step(s, on, followup.Given{Facts: ^followup.Facts(0)})
			require.NoError(t, err)
			assert.Equal(t, s, then)
			assert.True(t, m.Keep)
		}
	}
	_, _, err := followup.Step(followup.State{Stage: followup.Closed}, followup.DrewLine, followup.Given{})
	assert.EqualError(t, err, "drew_line while the conversation is closed: it is over: a word of the customer opens it again")
}

// A caller cannot say what the facets are: they are read from the state.
func TestFacetsAreNotGiven(t *testing.T) {
	s := followup.State{Stage: followup.Working}
	_, m, err := followup.Step(s, followup.Accepted, followup.Given{Facts: ^followup.Facts(0)})
	require.NoError(t, err)
	assert.True(t, m.Plain, "nothing was offered, whatever he says")
}

// FuzzStep holds any run of signs to the laws that need no oracle.
func FuzzStep(f *testing.F) {
	f.Add([]byte{0, 0, 1, 2, 3, 4, 5, 6})
	var signs []followup.Sign
	for _, group := range followup.Signs {
		signs = append(signs, group...)
	}
	machine := followup.NewMachine(followup.Moves())
	f.Fuzz(func(t *testing.T, run []byte) {
		c, said := atRest(followup.State{}), false
		for i := 0; i+2 < len(run); i += 3 {
			on := signs[int(run[i])%len(signs)]
			if kind, isWait := waits[on]; isWait && kind != c.wait {
				continue
			}
			facts := followup.Facts(run[i+1])<<9 | followup.Facts(run[i+2])
			then, m, err := c.step(machine, on, followup.Given{Facts: facts & followup.AllFacts &^ followup.StillOwed})
			if err != nil {
				require.Equal(t, c, then)
				continue
			}
			said = (said || on == followup.SaidOver) && !m.Reopens
			require.True(t, !then.Stage.Live() || then.due(), "%+v", then)
			require.True(t, then.Outcome != followup.Resolved || said, "%+v", then)
			require.Zero(t, m.ByItself)
			c = then
		}
	})
}
