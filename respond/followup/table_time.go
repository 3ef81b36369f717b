package followup

// timers are what follows from a missed objective and from a wait that is over. No timer writes to the customer: what
// it asks for is a draft.
func timers() []Move {
	rows := []Move{
		{From: Fresh, On: ReplyMissed, If: not(inIncident | doubted), To: Fresh, Keep: true, Asks: CountBreach | Nudge},
		{From: Fresh, On: ReplyMissed, If: both(doubted, inIncident), To: Fresh, Keep: true, Wait: Look,
			Asks: CountBreach | Nudge | NeutralWord},
		{From: Working, On: NewsMissed, If: not(inIncident | turnedDown), To: Working, Clock: News,
			Asks: CountBreach | Nudge | NewsByTimer},
		{From: Working, On: NewsMissed, If: both(turnedDown, inIncident), To: Working, Clock: News,
			Asks: CountBreach | Raise | NewsByTimer},
		{From: Fulfilling, On: RemedyMissed, If: not(inIncident), To: Fulfilling, Clock: Remedy,
			Asks: CountBreach | Nudge | NewsByTimer},

		{From: Answered, On: RestedOut, If: unheld(not(StillOwed)), To: Closed, Outcome: WasAnswered},
		{From: Surveying, On: SurveyOut, If: unheld(not(StillOwed)), To: Closed, Outcome: Resolved},
		{From: Dormant, On: RevisitOut, If: unheld(need(Grave)), To: Dormant, Wait: Lapse, Asks: ReviewInside},
		{From: Dormant, On: RevisitOut, If: unheld(not(Grave)), To: Dormant, Wait: Lapse},
		{From: Dormant, On: LapsedOut, If: unheld(not(StillOwed)), To: Closed, Outcome: Lapsed},
		{From: Fresh, On: LapsedOut, If: unheld(not(StillOwed)), To: Closed, Outcome: Lapsed},
	}
	for _, s := range []Stage{Answered, Asking, Working, Proposed, Fulfilling, Confirming, Surveying, Dormant} {
		rows = append(rows,
			Move{From: s, On: ReplyMissed, If: not(inIncident), To: s, Keep: true, Asks: CountBreach | Nudge})
	}
	for _, s := range []Stage{Asking, Proposed, Confirming} {
		silent := Move{From: s, On: RemindersOut, If: unheld(not(RemindersLeft)), To: Dormant, Wait: Revisit, Asks: LeaveOpen}
		rows = append(rows, silent,
			Move{From: s, On: RemindersOut, If: unheld(need(RemindersLeft)), To: s, Wait: Remind, Asks: SendReminder})
	}
	for _, s := range live {
		look := Move{From: s, On: LookedOut, If: not(withCounsel), To: s, Keep: true, Wait: Look, Asks: Nudge}
		if s == Working || s == Fulfilling { // a clock of ours runs there
			look.If.Not |= inIncident
			look.Wait = ""
			rows = append(rows, Move{From: s, On: LookedOut, If: need(inIncident), To: s, Keep: true, Wait: Look,
				Asks: Nudge})
		}
		rows = append(rows, look,
			Move{From: s, On: LookedOut, If: need(withCounsel), To: s, Keep: true, Wait: Look, Asks: NudgeCounsel})
	}
	return rows
}

// holds are how a conversation is held, what happens while it is, and how it is let go. The stage stays the one held.
func holds() []Move {
	var rows []Move
	for _, s := range live {
		stays := func(on Sign, g Guard, m Move) {
			m.From, m.On, m.If, m.To, m.Keep = s, on, g, s, true
			rows = append(rows, m)
		}
		stays(JoinedIncident, not(Life|withCounsel), Move{Hold: HoldIncident, Wait: Look})
		stays(HeldByCounsel, both(ByPerson, Life), Move{Hold: HoldCounsel, Wait: Look, Asks: TellCounsel})

		stays(Wrote, need(inIncident), Move{Owed: true, Wait: Look, Asks: GiveStatement})
		stays(AtIt, need(inIncident), Move{Wait: Look, Asks: ReviewStatement})
		stays(NewsMissed, need(inIncident), Move{Wait: Look, Asks: ReviewStatement})
		stays(Wrote, need(withCounsel), Move{Owed: true, Wait: Look, Asks: ApprovedOnly})

		over := Move{Hold: HoldNone, Owed: true, Asks: FollowUp}
		if s == Surveying || s == Dormant { // he waits for nothing
			over = Move{Hold: HoldNone, Wait: wait(s)}
		}
		stays(IncidentOver, need(inIncident), over)
		stays(ReleasedByCounsel, need(withCounsel|ByPerson), Move{Hold: HoldNone, Wait: wait(s)})
	}
	return rows
}
