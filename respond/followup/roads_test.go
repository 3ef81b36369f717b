package followup_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// A road is one row of testdata/roads.tsv: one big machine, written out before this one. Its states are told in facets.
type road struct {
	from, event, guard, to string
	effects                []string
}

func (r road) String() string { return r.from + " on " + r.event + " if " + r.guard }

func roads(t testing.TB) (out []road) {
	t.Helper()
	data, err := os.ReadFile("testdata/roads.tsv")
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, cells, 5, line)
		out = append(out, road{cells[0], cells[1], cells[2], cells[3], strings.Split(cells[4], ",")})
	}
	return out
}

// places are the states of the roads, as facets.
var places = map[string]followup.State{
	"new":              {},
	"owned":            {},
	"verifying":        {Legitimacy: triage.Doubtful},
	"answered":         {Stage: followup.Answered},
	"awaiting_details": {Stage: followup.Asking},
	"investigating":    {Stage: followup.Working},
	"negotiating":      {Stage: followup.Working, Offer: followup.OfferDeclined},
	"escalated":        {Stage: followup.Working, Offer: followup.OfferDeclined},
	"proposed":         {Stage: followup.Proposed, Offer: followup.OfferMade},
	"firm_limit":       {Stage: followup.Proposed, Offer: followup.OfferFirm},
	"fulfilling":       {Stage: followup.Fulfilling, Offer: followup.OfferAccepted},
	"confirming":       {Stage: followup.Confirming, Offer: followup.OfferAccepted},
	"surveying":        {Stage: followup.Surveying},
	"dormant":          {Stage: followup.Dormant, Offer: followup.OfferMade},
	"crisis_hold":      {Hold: followup.HoldIncident},
	"legal_hold":       {Stage: followup.Working, Hold: followup.HoldCounsel},
	"closed":           {Stage: followup.Closed, Outcome: followup.Resolved},
	"closed_unhappy":   {Stage: followup.Closed, Outcome: followup.Withdrawn},
	"not_legit":        {Stage: followup.Closed, Outcome: followup.NotGenuine, Legitimacy: triage.Fake},
}

var roadSigns = map[string]followup.Sign{
	"sys.triaged": followup.Triaged, "sys.post_deleted": followup.PostGone, "sys.rating_changed": followup.RatingChanged,
	"sys.channel_lost": followup.ChannelLost, "sys.erasure_request": followup.ErasureAsked,
	"cust.message": followup.Wrote, "cust.thanks": followup.Thanked, "cust.confirms_over": followup.SaidOver,
	"cust.accepts": followup.Accepted, "cust.declines": followup.Declined, "cust.details": followup.GaveDetails,
	"cust.refuses_details": followup.RefusedDetails, "cust.still_broken": followup.StillBroken,
	"cust.ends": followup.Ended, "cust.survey": followup.Surveyed, "cust.threat_legal": followup.ThreatenedLaw,
	"agent.mark_legit": followup.FoundGenuine, "agent.mark_not_legit": followup.FoundFake,
	"agent.ack_and_ask": followup.Asked, "agent.ack_and_work": followup.AtIt, "agent.update": followup.AtIt,
	"agent.propose": followup.Offered, "agent.escalate": followup.Escalated, "agent.deescalate": followup.Deescalated,
	"agent.final_position": followup.DrewLine, "agent.fulfilled": followup.Fulfilled,
	"agent.fulfil_failed": followup.FulfilFailed, "agent.reach_out": followup.ReachedOut,
	"agent.incident_over": followup.IncidentOver, "agent.legal_hold": followup.HeldByCounsel,
	"agent.legal_release": followup.ReleasedByCounsel, "agent.answer": followup.Settled, "agent.thank": followup.Settled,
	"agent.waive": followup.Waived,
	"timer.ack":   followup.ReplyMissed, "timer.update": followup.NewsMissed, "timer.fulfil": followup.RemedyMissed,
	"timer.verify": followup.LookedOut, "timer.remind": followup.RemindersOut, "timer.survey": followup.SurveyOut,
	"timer.rest": followup.RestedOut, "timer.lapse": followup.LapsedOut, "timer.invite": followup.InviteOut,
}

// roadFacts are the guards of the roads. The other half of a guard is that nobody says so.
var roadFacts = map[string]followup.Facts{
	"-": 0, "legit": 0, "doubtful": 0, "crisis": followup.Crisis, "spam_group": followup.SpamGroup,
	"human_reviewed": followup.ByPerson, "private_channel": followup.Private, "within_authority": followup.Authorised,
	"over_authority": 0, "complete": followup.Complete, "incomplete": 0, "left": followup.RemindersLeft, "spent": 0,
	"max_authority_used": followup.Highest, "good": followup.Good, "bad": 0, "counsel_ok": followup.CounselAgrees,
	"counsel_pending": 0, "other_channel": followup.OtherChannel, "no_channel": 0, "nothing_more_owed": 0, "praise": 0,
	"reason_code": followup.Coded, "same_point_for_all": followup.SamePoint,
}

// A facetsWin is a place of a road to and from everywhere where the text of the rules says otherwise.
type facetsWin struct{ event, from string }

// instead are those places, and where they lead; empty is refused.
var instead = map[facetsWin]struct{ to, because string }{
	{"cust.threat_legal", "surveying"}:      {"investigating", "any message but thanks reopens"},
	{"cust.threat_legal", "dormant"}:        {"owned", "any message but thanks reopens"},
	{"cust.threat_legal", "closed"}:         {"investigating", "any message but thanks reopens"},
	{"cust.threat_legal", "closed_unhappy"}: {"investigating", "any message but thanks reopens"},
	{"cust.threat_legal", "not_legit"}:      {"verifying", "any message but thanks reopens"},
	{"agent.legal_hold", "closed"}:          {"", "every live stage takes a hold: what is over is preserved"},
	{"agent.legal_hold", "closed_unhappy"}:  {"", "every live stage takes a hold: what is over is preserved"},
	{"agent.legal_hold", "not_legit"}:       {"", "every live stage takes a hold: what is over is preserved"},
	{"agent.waive", "closed"}:               {"", "nothing is owed in what is over"},
	{"agent.waive", "closed_unhappy"}:       {"", "nothing is owed in what is over"},
	{"agent.waive", "not_legit"}:            {"", "nothing is owed in what is over"},
	{"sys.channel_lost", "surveying"}:       {"=", "his word that it is over is not lost with the channel"},
	{"sys.channel_lost", "closed"}:          {"=", "over stays over"},
	{"sys.channel_lost", "closed_unhappy"}:  {"=", "over stays over"},
	{"sys.channel_lost", "not_legit"}:       {"=", "over stays over"},
}

// ways are the roads that a row stands for: one, or one from everywhere.
func (r road) ways() []road {
	if r.from != "*" {
		return []road{r}
	}
	var out []road
	for from := range places {
		way := r
		way.from = from
		if other, ok := instead[facetsWin{r.event, from}]; ok {
			way.to = other.to
		}
		out = append(out, way)
	}
	slices.SortFunc(out, func(a, b road) int { return strings.Compare(a.from, b.from) })
	return out
}

func (r road) sign() followup.Sign {
	if r.event != "timer.review" {
		return roadSigns[r.event]
	}
	if r.from == "dormant" {
		return followup.RevisitOut
	}
	return followup.LookedOut
}

func (r road) begin() (conversation, followup.Given) {
	s := places[r.from]
	if r.guard == "doubtful" {
		s.Legitimacy = triage.Doubtful
	}
	g := followup.Given{Facts: roadFacts[r.guard] | followup.Grave}
	if strings.HasPrefix(r.event, "agent.") {
		g.Facts |= followup.ByPerson
	}
	c := atRest(s)
	c.owed = c.owed || r.from == "negotiating"
	if r.event == "cust.message" || r.event == "timer.rest" || r.event == "timer.lapse" {
		c.owed = false // so that it is seen to begin
	}
	return c, g
}

// fails says in what a machine does not go a road; empty when it does.
func (r road) fails(machine followup.Machine) string {
	before, g := r.begin()
	after, m, err := before.step(machine, r.sign(), g)
	if r.to == "" {
		if err == nil {
			return "is not refused"
		}
		return ""
	}
	if err != nil {
		return err.Error()
	}
	if why := r.arrives(before.State, after.State, m); why != "" {
		return why
	}
	if m.Plain {
		return "is taken for a plain message"
	}
	if m.Reopens && !slices.Contains(r.effects, "reopens+1") && before.Stage != followup.Closed && r.event != "cust.threat_legal" {
		return "reopens"
	}
	for _, name := range r.effects {
		if r.to == "=" && name == "owe_reply" && before.Stage == followup.Closed {
			continue
		}
		want, known := roadEffects[name]
		if !known {
			return "no test of " + name
		}
		if !want(trip{machine, r, before, after, m}) {
			return fmt.Sprintf("%s does not happen (%+v)", name, m)
		}
	}
	return ""
}

// arrives says in what a state is not where the road leads.
func (r road) arrives(before, after followup.State, m followup.Move) string {
	want := places[strings.TrimSuffix(r.to, "!")]
	ok := after.Stage == want.Stage && after.Hold == want.Hold
	switch r.to {
	case "=":
		ok = after == before
	case "legal_hold", "crisis_hold":
		ok = after.Stage == before.Stage && after.Hold == want.Hold
	case "dormant!": // a hold stays
		ok = after.Stage == want.Stage && after.Hold == before.Hold
	case "verifying":
		ok = ok && after.Legitimacy == triage.Doubtful
	case "negotiating":
		ok = ok && after.Offer != ""
	case "escalated":
		ok = ok && (m.Asks.Has(followup.Raise) || r.from == "escalated")
	case "firm_limit":
		ok = ok && (after.Offer == followup.OfferFirm || after.Offer == followup.OfferRestated)
	case "closed_unhappy":
		ok = ok && (after.Outcome == followup.Withdrawn || after.Outcome == followup.Unhappy)
	case "not_legit":
		ok = ok && after.Outcome == followup.NotGenuine
	case "closed":
		ok = ok && slices.Contains([]followup.Outcome{followup.Resolved, followup.WasAnswered, followup.Lapsed}, after.Outcome)
	case "proposed", "fulfilling":
		ok = ok && after.Offer == want.Offer
	case "owned":
		ok = ok && after.Legitimacy != triage.Doubtful && (r.event != "agent.mark_legit" || after.Legitimacy == triage.Genuine)
	}
	if !ok {
		return fmt.Sprintf("leads to %+v", after)
	}
	return ""
}

func TestRoads(t *testing.T) {
	machine := followup.NewMachine(followup.Moves())
	all := roads(t)
	require.Len(t, all, 148)
	for _, r := range all {
		for _, way := range r.ways() {
			assert.Empty(t, way.fails(machine), way.String())
		}
	}
}

// The missing half of a guard is refused with a reason for our people, and a plain message for customers.
func TestMissingHalves(t *testing.T) {
	machine := followup.NewMachine(followup.Moves())
	for _, r := range roads(t) {
		if r.guard == "-" || roadFacts[r.guard] == 0 {
			continue
		}
		for _, way := range r.ways() {
			if way.to == "" {
				continue
			}
			c, g := way.begin()
			g.Facts &^= roadFacts[r.guard]
			_, m, err := c.step(machine, way.sign(), g)
			switch {
			case r.event == "agent.propose": // goes up instead
				assert.True(t, err == nil && m.Asks.Has(followup.Raise), way.String())
			case strings.HasPrefix(r.event, "agent."):
				var refused *followup.RefusedError
				if assert.ErrorAs(t, err, &refused, way.String()) {
					assert.NotContains(t, refused.Reason, "changes nothing", way.String())
				}
			case strings.HasPrefix(r.event, "cust."):
				assert.NoError(t, err, way.String())
			}
		}
	}
	s := followup.State{Stage: followup.Proposed, Offer: followup.OfferRestated}
	said, m, err := machine.Step(s, followup.Declined, followup.Given{})
	require.NoError(t, err)
	wrote, _, _ := machine.Step(s, followup.Wrote, followup.Given{})
	assert.Equal(t, wrote, said, "the line is stated once more only: another no is a plain message")
	assert.True(t, m.Owed)
	assert.Equal(t, followup.Declined, m.On, "and the trail says what he said")
}
