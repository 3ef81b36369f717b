package followup

import (
	"slices"

	"github.com/reputekit/reputation/triage"
)

// table is the machine, row by row. Of the rows of one stage and sign the guards exclude each other, and the first is
// what usually happens.
func table() []Move {
	rows := slices.Concat(theirWords(), endings(), ourWords(), reopenings(), timers(), holds(), everywhere())
	for i := range rows {
		if rows[i].To == Closed && rows[i].From != Closed && rows[i].If.Not&held != held {
			rows[i].Hold = HoldNone // nothing holds what is over; what must be kept is preserved
		}
	}
	return rows
}

func need(f Facts) Guard       { return Guard{Need: f} }
func not(f Facts) Guard        { return Guard{Not: f} }
func both(yes, no Facts) Guard { return Guard{Need: yes, Not: no} }

// unheld asks beside a guard that nothing holds the conversation: what a held customer says is a plain message.
func unheld(g Guard) Guard { return Guard{Need: g.Need, Not: g.Not | held} }

// wait is what is waited for from the customer in a stage, while he owes us nothing but a word.
func wait(s Stage) WaitKind {
	switch s {
	case Answered:
		return Rest
	case Asking, Proposed, Confirming:
		return Remind
	case Surveying:
		return Survey
	case Dormant:
		return Revisit
	}
	return ""
}

// theirWords are what the customer says while the conversation lives.
func theirWords() []Move {
	rows := []Move{
		{From: Fresh, On: Wrote, If: unheld(not(doubted)), To: Fresh, Owed: true},
		{From: Fresh, On: Wrote, If: unheld(need(doubted)), To: Fresh, Owed: true, Wait: Look},
		{From: Answered, On: Wrote, If: unheld(Guard{}), To: Fresh, Owed: true},
		{From: Asking, On: Wrote, If: unheld(Guard{}), To: Fresh, Owed: true},
		{From: Working, On: Wrote, If: unheld(Guard{}), To: Working, Owed: true, Keep: true},
		{From: Proposed, On: Wrote, If: unheld(Guard{}), To: Working, Owed: true, Clock: News},
		{From: Fulfilling, On: Wrote, If: unheld(Guard{}), To: Fulfilling, Owed: true, Keep: true},
		{From: Confirming, On: Wrote, If: unheld(Guard{}), To: Confirming, Owed: true, Asks: AskIfOver},

		{From: Asking, On: GaveDetails, If: unheld(both(Complete, agreed)), To: Working, Owed: true, Clock: News, Asks: Thank},
		{From: Asking, On: GaveDetails, If: unheld(need(Complete | agreed)), To: Fulfilling, Owed: true, Clock: Remedy,
			Asks: Thank},
		{From: Asking, On: GaveDetails, If: unheld(not(Complete)), To: Asking, Owed: true, Asks: AskMissing},
		{From: Asking, On: RefusedDetails, If: unheld(Guard{}), To: Working, Owed: true, Clock: News, Asks: WorkWithout},
		{From: Working, On: GaveDetails, If: unheld(Guard{}), To: Working, Owed: true, Keep: true, Asks: Thank},

		{From: Proposed, On: Accepted, If: unheld(Guard{}), To: Fulfilling, Offer: OfferAccepted, Clock: Remedy},
		{From: Working, On: Accepted, If: unheld(need(offered)), To: Fulfilling, Offer: OfferAccepted, Clock: Remedy},
		{From: Proposed, On: Declined, If: unheld(both(Authorised, firm)), To: Working, Offer: OfferDeclined, Owed: true,
			Clock: News},
		{From: Proposed, On: Declined, If: unheld(not(Authorised | firm)), To: Working, Offer: OfferDeclined, Owed: true,
			Clock: News, Asks: Raise},
		{From: Proposed, On: Declined, If: unheld(both(firm, restated)), To: Proposed, Offer: OfferRestated, Owed: true,
			Asks: Restate},

		{From: Fulfilling, On: StillBroken, If: unheld(Guard{}), To: Working, Owed: true, Clock: News, Asks: Raise},
		{From: Confirming, On: StillBroken, If: unheld(Guard{}), To: Working, Owed: true, Clock: News, Reopens: true},

		{From: Fresh, On: Thanked, If: not(StillOwed), To: Answered, Wait: Rest, Asks: Record},
		{From: Fresh, On: Thanked, If: need(StillOwed), To: Fresh, Keep: true, Asks: Record},
		{From: Working, On: Thanked, To: Working, Keep: true, Asks: Record},
		{From: Fulfilling, On: Thanked, To: Fulfilling, Keep: true, Asks: Record},
		{From: Confirming, On: Thanked, If: not(AskedAgain), To: Confirming, Wait: Remind, Asks: AskIfOver | Record},
		{From: Confirming, On: Thanked, If: need(AskedAgain), To: Confirming, Wait: Remind, Asks: Record},
	}
	for _, s := range []Stage{Answered, Asking, Proposed, Surveying, Dormant} {
		rows = append(rows, Move{From: s, On: Thanked, To: s, Wait: wait(s), Asks: Record})
	}
	for _, s := range live {
		m := Move{From: s, On: ThreatenedLaw, To: s, Owed: true, Keep: true, Asks: TellCounsel | TagLegal}
		if s == Surveying || s == Dormant { // a message, and any message but thanks reopens
			m.If = need(inIncident)
			more := m
			more.If = need(withCounsel)
			rows = append(rows, more)
		}
		rows = append(rows, m)
	}
	return rows
}

// endings are the customer's word that it is over, or that he wants no more of us.
func endings() []Move {
	var rows []Move
	for _, s := range live {
		over := Move{From: s, On: SaidOver, If: not(withCounsel), To: Surveying, Wait: Survey, Hold: HoldNone,
			Asks: Discharge | SendSurvey}
		if s == Surveying {
			over.Asks = Discharge
		}
		agrees := over
		agrees.If = need(withCounsel | CounselAgrees)
		pending := Move{From: s, On: SaidOver, If: both(withCounsel, CounselAgrees), To: s, Keep: true, Wait: Look, Asks: Record}
		rows = append(rows, over, agrees, pending)

		end := Move{From: s, On: Ended, To: Closed, Outcome: Withdrawn, Asks: Discharge}
		if s == Surveying { // he had said that it is over
			end.Outcome = Resolved
		}
		if s == Proposed {
			end.If = not(firm)
			unhappy := end
			unhappy.If, unhappy.Outcome = need(firm), Unhappy
			rows = append(rows, end, unhappy)
			continue
		}
		rows = append(rows, end)
	}
	return append(rows,
		Move{From: Surveying, On: Surveyed, If: need(Good), To: Closed, Outcome: Resolved, Asks: Thank},
		Move{From: Surveying, On: Surveyed, If: unheld(not(Good)), To: Working, Owed: true, Reopens: true, Clock: News,
			Asks: CallBack})
}

// reopenings are what wakes a conversation that had ended, or seemed to.
func reopenings() []Move {
	broken := func(from Stage, on Sign, g Guard, asks Requests) Move {
		return Move{From: from, On: on, If: g, To: Working, Owed: true, Reopens: true, Clock: News, Asks: asks}
	}
	again := func(on Sign, asks Requests) Move {
		return Move{From: Closed, On: on, If: need(notGenuine), To: Fresh, Legitimacy: triage.Doubtful, Owed: true,
			Reopens: true, Wait: Look, Asks: asks}
	}
	law := TellCounsel | TagLegal
	return []Move{
		broken(Surveying, Wrote, unheld(Guard{}), 0),
		broken(Surveying, StillBroken, unheld(Guard{}), 0),
		broken(Surveying, ThreatenedLaw, unheld(Guard{}), law),
		{From: Surveying, On: Accepted, If: unheld(need(offered)), To: Fulfilling, Offer: OfferAccepted, Reopens: true,
			Clock: Remedy},

		{From: Dormant, On: Wrote, If: unheld(Guard{}), To: Fresh, Owed: true},
		{From: Dormant, On: ThreatenedLaw, If: unheld(Guard{}), To: Fresh, Owed: true, Asks: law},
		{From: Dormant, On: GaveDetails, If: unheld(Guard{}), To: Working, Owed: true, Clock: News},
		{From: Dormant, On: Accepted, If: unheld(need(offered)), To: Fulfilling, Offer: OfferAccepted, Clock: Remedy},
		broken(Dormant, StillBroken, unheld(Guard{}), 0),

		broken(Closed, Wrote, not(notGenuine), 0), again(Wrote, 0),
		broken(Closed, StillBroken, not(notGenuine), 0),
		broken(Closed, ThreatenedLaw, not(notGenuine), law), again(ThreatenedLaw, law),
		broken(Closed, Surveyed, not(notGenuine|Good), CallBack),
		{From: Closed, On: Surveyed, If: both(Good, notGenuine), To: Closed, Keep: true, Asks: Thank},
		{From: Closed, On: SaidOver, If: not(notGenuine), To: Closed, Outcome: Resolved, Asks: Record},
		{From: Closed, On: SaidOver, If: need(notGenuine), To: Closed, Keep: true, Asks: Record},
		{From: Closed, On: Thanked, To: Closed, Keep: true, Asks: Record},
		{From: Closed, On: Ended, To: Closed, Keep: true, Asks: DoNotContact},
		{From: Closed, On: FoundGenuine, If: need(notGenuine), To: Fresh, Legitimacy: triage.Genuine, Owed: true,
			Reopens: true, Asks: Apologise},
		{From: Closed, On: FoundGenuine, If: not(notGenuine), To: Closed, Legitimacy: triage.Genuine, Keep: true, Asks: Record},
	}
}
