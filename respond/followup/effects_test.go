package followup_test

import "github.com/reputekit/reputation/respond/followup"

// A trip is one step along a road.
type trip struct {
	machine       followup.Machine
	road          road
	before, after conversation
	move          followup.Move
}

func asks(r followup.Requests) func(trip) bool {
	return func(t trip) bool { return t.move.Asks.Has(r) }
}

func runs(wait followup.WaitKind) func(trip) bool {
	return func(t trip) bool { return t.after.wait == wait }
}

func ended(o followup.Outcome) func(trip) bool {
	return func(t trip) bool { return t.after.Outcome == o }
}

func owes(t trip) bool { return t.after.owed }

// roadEffects is what each effect of the roads is in facets, requests and what runs.
var roadEffects = map[string]func(trip) bool{
	"arm:ack":  owes,
	"arm:rest": runs(followup.Rest), "arm:survey": runs(followup.Survey), "arm:verify": runs(followup.Look),
	"arm:review": func(t trip) bool {
		switch {
		case t.after.Hold != "":
			return t.after.wait == followup.Look
		case t.before.Stage == followup.Dormant: // revisited once, or left as it was; then it lapses
			return t.after.wait == followup.Revisit || t.after.wait == followup.Lapse
		case t.road.to == "=":
			return true
		}
		return t.after.wait == followup.Revisit
	},
	// What runs on an incident's side is the incident's alone.
	"arm:update": func(t trip) bool {
		return t.after.clock == followup.News || t.after.Hold == followup.HoldIncident && t.after.wait == followup.Look
	},
	"arm:fulfil": func(t trip) bool { return t.after.clock == followup.Remedy },
	// Where he waits for a word of ours, the reminder is armed when the word is out.
	"arm:remind": func(t trip) bool {
		if !t.after.owed {
			return t.after.wait == followup.Remind
		}
		on := followup.AtIt
		if t.after.Stage == followup.Asking {
			on = followup.Asked
		}
		then, _, err := t.after.step(t.machine, on, followup.Given{Facts: followup.Private})
		return err == nil && then.Stage == t.after.Stage && then.wait == followup.Remind && !then.owed
	},
	"owe_reply":             owes,
	"outcome:resolved":      resolves,
	"outcome:self_resolved": resolves,
	"outcome:withdrawn":     ended(followup.Withdrawn),
	"outcome:no_agreement":  ended(followup.Unhappy),
	"outcome:answered":      ended(followup.WasAnswered),
	"outcome:lapsed":        ended(followup.Lapsed),
	"reopens+1":             func(t trip) bool { return t.move.Reopens },
	"breach:first_response": asks(followup.CountBreach),
	"breach:reply":          asks(followup.CountBreach),
	"breach:promise": func(t trip) bool {
		return t.move.Asks.Has(followup.CountBreach) != (t.before.Hold == followup.HoldIncident)
	},
	"assign_owner": asks(followup.AssignOwner), "nudge_owner": asks(followup.Nudge), "nudge_triage": asks(followup.Nudge),
	"nudge_counsel": asks(followup.NudgeCounsel), "notify_counsel": asks(followup.TellCounsel),
	"tag:legal": asks(followup.TagLegal), "review_holding": asks(followup.ReviewStatement),
	"reach_out_note": asks(followup.PrivateNote), "reach_out_neutral": asks(followup.NeutralWord),
	"log": asks(followup.Record), "record": asks(followup.Record), "record_not_an_ending": asks(followup.Record),
	"thank": asks(followup.Thank), "ask_only_missing": asks(followup.AskMissing), "work_without": asks(followup.WorkWithout),
	"remind": asks(followup.SendReminder), "remind_other_channel": asks(followup.SendReminder),
	"leave_door_open": asks(followup.LeaveOpen),
	"offer_stays_until_date": func(t trip) bool {
		return t.move.Asks.Has(followup.LeaveOpen) && t.after.Offer == t.before.Offer
	},
	"send_update_even_if_nothing_new": asks(followup.NewsByTimer), "raise_level": asks(followup.Raise),
	"state_limit_and_recourse": asks(followup.StateLimit), "restate_once_kindly": asks(followup.Restate),
	"point_to_recourse": asks(followup.Restate), "ask_is_it_over": asks(followup.AskIfOver),
	"ask_is_it_over_once": func(t trip) bool {
		_, m, _ := t.before.step(t.machine, t.road.sign(), followup.Given{Facts: followup.AskedAgain})
		return t.move.Asks.Has(followup.AskIfOver) && !m.Asks.Has(followup.AskIfOver) && m.Wait == followup.Remind
	},
	"tell_customer": func(t trip) bool { return t.move.Asks&(followup.TellCustomer|followup.NewsByTimer) != 0 },
	"call_back":     asks(followup.CallBack),
	"no_survey":     func(t trip) bool { return !t.move.Asks.Has(followup.SendSurvey) },
	"survey:no_answer": func(t trip) bool {
		return t.after.Stage == followup.Closed && t.after.Outcome == followup.Resolved
	},
	"personal_follow_up": asks(followup.FollowUp), "internal_review": asks(followup.ReviewInside),
	"apologise_for_misjudging": asks(followup.Apologise), "ack_only_approved_text": asks(followup.ApprovedOnly),
	"do_not_contact": asks(followup.DoNotContact), "switch_channel": asks(followup.SwitchChannel),
	"leave_trace": asks(followup.LeaveTrace), "open_privacy_task": asks(followup.PrivacyTask),
	"restrict_processing": asks(followup.Restrict), "invite_review": invites,
	"discharge_owed": func(t trip) bool { return !t.after.owed && t.move.Asks.Has(followup.Record) },
}

// invites: nobody is invited who is held or not believed.
func invites(t trip) bool {
	barred := t.after.Hold != "" || followup.FactsOf(t.after.State)&followup.FactsOf(places["verifying"]) != 0
	return t.move.Asks.Has(followup.Invite) != barred
}

// resolves: at once, or when the survey runs out.
func resolves(t trip) bool {
	if t.after.Stage == followup.Closed {
		return t.after.Outcome == followup.Resolved
	}
	then, _, err := t.after.step(t.machine, followup.SurveyOut, followup.Given{})
	return err == nil && t.after.Stage == followup.Surveying && then.Stage == followup.Closed &&
		then.Outcome == followup.Resolved && !t.after.owed
}
