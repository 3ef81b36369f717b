package followup_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/respond/followup"
)

// caught says which test fails on a machine; empty when none does. The drawings, which any change fails, don't count.
func caught(machine followup.Machine, all []road, more []beyond) string {
	for _, r := range all {
		for _, way := range r.ways() {
			if why := way.fails(machine); why != "" {
				return way.String() + ": " + why
			}
		}
	}
	for _, b := range more {
		if why := b.fails(machine); why != "" {
			return b.line + ": " + why
		}
	}
	return ""
}

// overlap says where two rows of one stage and sign hold at once; empty when none do.
func overlap(machine followup.Machine, from followup.Stage, on followup.Sign) string {
	rows := machine.At(from, on)
	if len(rows) < 2 {
		return ""
	}
	for has := range combinations(rows, from) {
		holding := 0
		for _, m := range rows {
			if followup.Holds(m.If, has) {
				holding++
			}
		}
		if holding > 1 {
			return from.String() + " on " + string(on) + ": two rows hold at once if " + has.String()
		}
	}
	return ""
}

// Every row of the machine is deleted, and sent to every other stage, one at a time: each time a test fails.
func TestEveryRowIsHeld(t *testing.T) {
	rows, all, more := followup.Moves(), roads(t), beyonds(t)
	near := byStage(all, more)
	mutants := 0
	held := func(i int, altered followup.Table, what string) {
		mutants++
		machine := followup.NewMachine(altered)
		n := near[rows[i].From]
		if why := caught(machine, n.roads, n.beyonds); why == "" {
			assert.Fail(t, "no test fails", "%s: %s on %s [%s] to %s", what, rows[i].From, rows[i].On, rows[i].If, rows[i].To)
		}
	}
	for i := range rows {
		held(i, slices.Delete(slices.Clone(rows), i, i+1), "deleted")
		for _, to := range followup.Stages {
			if to == rows[i].To {
				continue
			}
			altered := slices.Clone(rows)
			altered[i].To = to
			held(i, altered, "redirected to "+to.String())
		}
	}
	t.Logf("%d rows, %d altered machines, each fails a test that is no drawing", len(rows), mutants)
}

// Nor can a row owe, wait, ask or be guarded otherwise.
func TestEveryPartOfARowIsHeld(t *testing.T) {
	rows, all, more := followup.Moves(), roads(t), beyonds(t)
	near := byStage(all, more)
	mutants, survivors := 0, []string{}
	try := func(i int, what string, alter func(m *followup.Move)) {
		altered := slices.Clone(rows)
		alter(&altered[i])
		if altered[i] == rows[i] {
			return
		}
		mutants++
		n := near[rows[i].From]
		machine := followup.NewMachine(altered)
		if overlap(machine, rows[i].From, rows[i].On) == "" && caught(machine, n.roads, n.beyonds) == "" {
			m := rows[i]
			survivors = append(survivors, strings.Join([]string{m.From.String(), string(m.On), m.If.String(), what}, " | "))
		}
	}
	for i := range rows {
		try(i, "owed turned", func(m *followup.Move) { m.Owed = !m.Owed })
		try(i, "reopens turned", func(m *followup.Move) { m.Reopens = !m.Reopens })
		try(i, "keep turned", func(m *followup.Move) { m.Keep = !m.Keep })
		try(i, "waits for nothing", func(m *followup.Move) { m.Wait = "" })
		try(i, "no clock", func(m *followup.Move) { m.Clock = "" })
		try(i, "hold left", func(m *followup.Move) { m.Hold = "" })
		try(i, "offer left", func(m *followup.Move) { m.Offer = "" })
		try(i, "author left", func(m *followup.Move) { m.Legitimacy = "" })
		try(i, "outcome left", func(m *followup.Move) { m.Outcome = "" })
		for bit := followup.Requests(1); bit != 0 && bit <= followup.Record; bit <<= 1 {
			try(i, "without "+bit.String(), func(m *followup.Move) { m.Asks &^= bit })
		}
		for bit := followup.Facts(1); bit != 0; bit <<= 1 {
			try(i, "needs not "+bit.String(), func(m *followup.Move) { m.If.Need &^= bit })
			try(i, "minds not "+bit.String(), func(m *followup.Move) { m.If.Not &^= bit })
		}
	}
	assert.Empty(t, survivors, "altered machines that fail no test")
	t.Logf("%d altered machines", mutants)
}

type rowsOf struct {
	roads   []road
	beyonds []beyond
}

// byStage are the tests that begin in each stage: no other meets a row that begins there.
func byStage(all []road, more []beyond) map[followup.Stage]*rowsOf {
	out := map[followup.Stage]*rowsOf{}
	for _, s := range followup.Stages {
		out[s] = &rowsOf{}
	}
	for _, r := range all {
		for _, way := range r.ways() {
			n := out[places[way.from].Stage]
			n.roads = append(n.roads, way)
		}
	}
	for _, b := range more {
		n := out[b.from.Stage]
		n.beyonds = append(n.beyonds, b)
	}
	return out
}
