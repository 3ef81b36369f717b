package followup_test

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// A beyond is one row of testdata/beyond.tsv: what the roads don't say, in stages, facets and facts. What is wanted is
// everything that happens, so that a row that asks for more fails too.
type beyond struct {
	from   followup.State
	on     followup.Sign
	facts  followup.Facts
	to     string // a stage, = or refused
	wants  []string
	reason string
	line   string
}

func beyonds(t testing.TB) (out []beyond) {
	t.Helper()
	data, err := os.ReadFile("testdata/beyond.tsv")
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		require.Len(t, cells, 7, line)
		require.NotEmpty(t, cells[6], "%s: a row needs a reason", line)
		for _, stage := range stagesOf(cells[0]) {
			b := beyond{from: facets(t, stage, cells[1]), on: followup.Sign(cells[2]), to: cells[4], reason: cells[6]}
			b.line = string(stage) + " " + line
			require.NoError(t, b.facts.UnmarshalText([]byte(strings.ReplaceAll(cells[3], "-", ""))))
			if cells[5] != "-" {
				b.wants = strings.Fields(cells[5])
			}
			slices.Sort(b.wants)
			out = append(out, b)
		}
	}
	return out
}

// stagesOf are the stages of a cell: live, all, or a list.
func stagesOf(cell string) (out []followup.Stage) {
	switch cell {
	case "live":
		return followup.Live
	case "all":
		return followup.Stages
	}
	for _, s := range followup.Stages {
		if slices.Contains(strings.Split(cell, "|"), s.String()) {
			out = append(out, s)
		}
	}
	return out
}

func facets(t testing.TB, stage followup.Stage, cell string) followup.State {
	s := followup.State{Stage: stage}
	if stage == followup.Closed {
		s.Outcome = followup.Resolved
	}
	for _, word := range strings.Fields(strings.ReplaceAll(cell, "-", "")) {
		switch word {
		case "incident", "counsel":
			s.Hold = followup.Hold(word)
		case "doubtful", "fake", "genuine":
			s.Legitimacy = triage.Legitimacy(word)
		case "made", "firm", "restated", "accepted", "declined":
			s.Offer = followup.Offer(word)
		case "lapsed", "unhappy", "withdrawn", "answered", "not_genuine":
			s.Outcome = followup.Outcome(word)
		default:
			require.Fail(t, "no facet", word)
		}
	}
	return s
}

// fails says in what a machine does otherwise; empty when it does not.
func (b beyond) fails(machine followup.Machine) string {
	s, m, err := machine.Step(b.from, b.on, followup.Given{Facts: b.facts})
	if b.to == "refused" {
		if err == nil {
			return "is not refused"
		}
		return ""
	}
	if err != nil {
		return err.Error()
	}
	if b.to == "=" && s.Stage != b.from.Stage || b.to != "=" && s.Stage.String() != b.to {
		return "leads to " + s.Stage.String()
	}
	if got := happens(m, b.from, s); !slices.Equal(got, b.wants) {
		return "what happens is: " + strings.Join(got, " ")
	}
	return ""
}

// happens is all that a move does, in words, in order.
func happens(m followup.Move, before, after followup.State) (out []string) {
	say := func(name, value string) {
		if value != "" {
			out = append(out, name+":"+value)
		}
	}
	changed := func(name, was, is string) {
		if was != is {
			out = append(out, name+":"+cmp.Or(is, "none"))
		}
	}
	changed("outcome", string(before.Outcome), string(after.Outcome))
	changed("hold", string(before.Hold), string(after.Hold))
	changed("author", string(before.Legitimacy), string(after.Legitimacy))
	changed("offer", string(before.Offer), string(after.Offer))
	say("wait", string(m.Wait))
	say("clock", string(m.Clock))
	for name, is := range map[string]bool{"owed": m.Owed, "reopens": m.Reopens, "keep": m.Keep, "plain": m.Plain} {
		if is {
			out = append(out, name)
		}
	}
	out = append(out, strings.Fields(m.Asks.String())...)
	slices.Sort(out)
	return out
}

func TestBeyondTheRoads(t *testing.T) {
	machine := followup.NewMachine(followup.Moves())
	for _, b := range beyonds(t) {
		assert.Empty(t, b.fails(machine), "%s (%s)", b.line, b.reason)
	}
}
