package followup_test

import (
	"iter"
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// combinations are all sets of facts that the guards of these rows tell apart, with the facets of all states of a stage.
func combinations(rows []followup.Move, from followup.Stage) iter.Seq[followup.Facts] {
	var read followup.Facts
	for _, m := range rows {
		read |= m.If.Need | m.If.Not
	}
	return func(yield func(followup.Facts) bool) {
		seen := map[followup.Facts]bool{}
		for _, s := range states(from) {
			facets := followup.FactsOf(s) & read
			if seen[facets] {
				continue
			}
			seen[facets] = true
			for has := range subsets(read & followup.AllFacts) {
				if !yield(has | facets) {
					return
				}
			}
		}
	}
}

// subsets are all subsets of a set of facts.
func subsets(of followup.Facts) iter.Seq[followup.Facts] {
	return func(yield func(followup.Facts) bool) {
		for f := of; ; f = (f - 1) & of {
			if !yield(f) || f == 0 {
				return
			}
		}
	}
}

// states are all states of a stage.
func states(stage followup.Stage) (out []followup.State) {
	outcomes := []followup.Outcome{""}
	if stage == followup.Closed {
		outcomes = []followup.Outcome{
			followup.Resolved, followup.WasAnswered, followup.Lapsed, followup.Unhappy,
			followup.Withdrawn, followup.NotGenuine,
		}
	}
	for _, hold := range []followup.Hold{"", followup.HoldIncident, followup.HoldCounsel} {
		for _, l := range []triage.Legitimacy{"", triage.Genuine, triage.Doubtful, triage.Fake} {
			for _, o := range []followup.Offer{
				"", followup.OfferMade, followup.OfferFirm, followup.OfferRestated,
				followup.OfferAccepted, followup.OfferDeclined,
			} {
				for _, end := range outcomes {
					if stage != followup.Closed || hold == "" {
						out = append(out, followup.State{Stage: stage, Outcome: end, Hold: hold, Legitimacy: l, Offer: o})
					}
				}
			}
		}
	}
	return out
}

func TestGuardsExcludeEachOther(t *testing.T) {
	machine := followup.NewMachine(followup.Moves())
	for _, from := range followup.Stages {
		for _, group := range followup.Signs {
			for _, on := range group {
				assert.Empty(t, overlap(machine, from, on))
			}
		}
	}
}

// A walk is a conversation with whether the customer has said that it is over since it last began.
type walk struct {
	conversation
	said bool
}

// TestLaws walks everywhere that a conversation can come to, and holds every step to the laws.
func TestLaws(t *testing.T) {
	machine := followup.NewMachine(followup.Moves())
	began := walk{conversation: atRest(followup.State{})}
	seen, queue := map[walk]bool{began: true}, []walk{began}
	stages, steps := map[followup.Stage]int{}, 0
	used := map[string]bool{}
	for len(queue) > 0 {
		w := queue[0]
		queue = queue[1:]
		stages[w.Stage]++
		for group, signs := range followup.Signs {
			for _, on := range signs {
				read := followup.Facts(0)
				for _, m := range machine.At(w.Stage, on) {
					read |= m.If.Need | m.If.Not
				}
				for facts := range subsets(read & followup.AllFacts &^ followup.StillOwed) {
					if kind, isWait := waitOf(on); isWait && w.wait != kind {
						continue
					}
					steps++
					then, ok := w.law(t, machine, group, on, facts, used)
					if ok && !seen[then] {
						seen[then] = true
						queue = append(queue, then)
					}
				}
			}
		}
		if t.Failed() {
			return
		}
	}
	require.Len(t, stages, len(followup.Stages), "every stage is reached")
	for _, m := range followup.Moves() {
		key := m.From.String() + " on " + string(m.On) + " if " + m.If.String()
		assert.True(t, used[key], "nothing ever goes this way: %s", key)
	}
	t.Logf("%d steps from %d conversations: %v", steps, len(seen), stages)
}

func waitOf(on followup.Sign) (followup.WaitKind, bool) {
	kind, ok := waits[on]
	return kind, ok
}

// law brings one sign, and holds what comes of it to the laws.
func (w walk) law(t *testing.T, machine followup.Machine, group int, on followup.Sign, facts followup.Facts,
	used map[string]bool) (walk, bool) {
	after, m, err := w.step(machine, on, followup.Given{Facts: facts, ByItself: ^followup.Requests(0)})
	must := func(ok bool, law string) {
		if !ok {
			t.Errorf("%s: %+v on %s if %s: %+v gives %+v", law, w, on, facts, m, after)
		}
	}
	if err != nil {
		var refused *followup.RefusedError
		require.ErrorAs(t, err, &refused)
		must(group == 1, "only our people are refused")
		must(refused.Reason != "" && after == w.conversation, "what is refused has a reason, and changes nothing")
		return w, false
	}
	heard := m.Plain
	for _, row := range machine.At(w.Stage, on) {
		if followup.Holds(row.If, facts|stillOwed(w.owed)|followup.FactsOf(w.State)) {
			used[row.From.String()+" on "+string(row.On)+" if "+row.If.String()] = true
			heard = true
		}
	}
	must(group != 0 || heard, "guards cover all cases: nothing that the customer says is lost")
	then := walk{after, w.said}
	switch {
	case m.Reopens || !after.Stage.Live() && after.Outcome != followup.Resolved:
		then.said = false
	case on == followup.SaidOver && after.Stage != w.Stage, on == followup.SaidOver && after.Outcome == followup.Resolved:
		then.said = true
	}
	must(after.Stage != followup.Surveying || then.said || w.Stage == followup.Surveying,
		"only the customer's word leads to surveying")
	must(after.Outcome != followup.Resolved || then.said, "only the customer's word resolves (law 4)")
	must(after.Stage.Live() == (after.Outcome == ""), "closed has an outcome, and only closed")
	must(!after.Stage.Live() || after.due(), "every live state has a due (law 4)")
	must(after.Stage.Live() || after.Hold == "", "nothing holds what is over")
	if w.owed && !after.owed {
		byWord := on == followup.SaidOver || on == followup.Ended || on == followup.Surveyed && facts&followup.Good != 0
		must(group == 1 || byWord || facts&followup.SpamGroup != 0, "only an answer, his word or a person ends what is owed (law 5)")
		must(on != followup.Waived || facts&(followup.ByPerson|followup.Coded) == followup.ByPerson|followup.Coded,
			"a machine never waives (law 5)")
		must(on != followup.Waived || facts&followup.Life == 0, "danger to life is never waived")
	}
	word := on == followup.Wrote || on == followup.StillBroken || on == followup.Declined || on == followup.GaveDetails ||
		on == followup.RefusedDetails || on == followup.ThreatenedLaw
	must(!word || after.owed, "after he wrote we owe an answer (law 5)")
	thanks := !m.Owed && !m.Reopens && after.Stage.Live() == w.Stage.Live()
	must(on != followup.Thanked || thanks, "thanks owe, reopen and end nothing")
	must(on != followup.Ended || !after.Stage.Live(), "no dead end: he may end it everywhere")
	obeyed := after.Stage == followup.Surveying || !w.Stage.Live() || w.Hold == followup.HoldCounsel
	must(on != followup.SaidOver || obeyed, "over is obeyed in every stage")
	must(after.Hold == w.Hold || facts&followup.Life == 0 || after.Hold == "", "nothing holds a danger to life (law 8)")
	if after.Hold != "" || suspects(after.State) {
		must(m.Asks&followup.Unasked == 0, "nobody is written to unasked who is held or not believed (law 13)")
	}
	if group == 3 {
		must(after.State == w.State || m.Asks&^(followup.LeaveOpen) == 0, "a timer that moves a conversation writes to nobody")
		must(m.Asks&(written&^followup.Unasked) == 0, "a timer writes nothing but what nobody asked for")
		must(!m.Owed && !m.Reopens, "time owes and reopens nothing")
	}
	barred, given, err := w.step(machine, on, followup.Given{Facts: facts, Barred: followup.Unasked})
	must(err == nil && barred == after && given.Asks == m.Asks&^followup.Unasked,
		"who is barred is not written to, and nothing else changes")
	_, draft, _ := w.step(machine, on, followup.Given{Facts: facts})
	must(draft.ByItself == 0, "nothing goes out by itself that the play does not let out (law 13)")
	again, twice, _ := w.step(machine, on, followup.Given{Facts: facts, ByItself: ^followup.Requests(0)})
	must(again == after && twice == m, "the same step twice is the same")
	return then, true
}

// written are the requests that lead to a word to the customer.
const written = followup.Unasked | followup.TellCustomer | followup.PrivateNote | followup.Thank | followup.AskMissing |
	followup.StateLimit | followup.Restate | followup.Apologise | followup.FollowUp | followup.CallBack | followup.GiveStatement

func stillOwed(owed bool) followup.Facts {
	if owed {
		return followup.StillOwed
	}
	return 0
}

func suspects(s followup.State) bool {
	return s.Legitimacy == triage.Doubtful || s.Legitimacy == triage.Fake
}

func TestEveryLiveStageTakes(t *testing.T) {
	machine := followup.NewMachine(followup.Moves())
	for _, stage := range followup.Live {
		for _, s := range states(stage) {
			for _, on := range []followup.Sign{
				followup.Escalated, followup.Noted, followup.AtIt, followup.Offered, followup.Waived, followup.FoundGenuine,
				followup.FoundFake, followup.HeldByCounsel,
			} {
				_, _, err := machine.Step(s, on, followup.Given{Facts: followup.ByPerson | followup.Coded | followup.Authorised})
				assert.NoError(t, err, "%+v", s)
			}
		}
	}
}

// Who is invited to tell how it ended does not depend on what he answered (law 6).
func TestInvitationsDoNotSeeAnswers(t *testing.T) {
	machine := followup.NewMachine(followup.Moves())
	for _, stage := range followup.Stages {
		for _, s := range states(stage) {
			invited := map[bool]bool{}
			for _, answer := range []followup.Facts{0, followup.Good} {
				then, _, err := machine.Step(s, followup.Surveyed, followup.Given{Facts: answer})
				require.NoError(t, err)
				for _, from := range []followup.State{s, then} {
					_, m, err := machine.Step(from, followup.InviteOut, followup.Given{Facts: followup.SamePoint | answer})
					require.NoError(t, err)
					if from == s {
						invited[m.Asks.Has(followup.Invite)] = true
					}
				}
			}
			assert.Len(t, maps.Clone(invited), 1, "%+v", s)
		}
	}
}
