package followup

import "github.com/reputekit/reputation/triage"

// ourWords are what our people say and do while the conversation lives. A word of ours that arrives after its end is
// only recorded.
func ourWords() []Move {
	rows := []Move{
		{From: Working, On: Deescalated, To: Working, Clock: News, Asks: Lower},
		{From: Working, On: DrewLine, If: need(Highest | offered), To: Proposed, Offer: OfferFirm, Wait: Remind,
			Asks: Discharge | StateLimit},
		{From: Fulfilling, On: Fulfilled, To: Confirming, Wait: Remind, Asks: AskIfOver},
		{From: Fulfilling, On: FulfilFailed, To: Working, Clock: News, Asks: Raise | TellCustomer},
		{From: Dormant, On: ReachedOut, To: Confirming, Wait: Remind, Asks: AskIfOver},
		{From: Surveying, On: Asked, If: need(Private), To: Surveying, Wait: Survey, Asks: Discharge},
		{From: Surveying, On: AtIt, If: not(inIncident), To: Surveying, Wait: Survey, Asks: Discharge},
		{From: Surveying, On: Settled, To: Surveying, Wait: Survey, Asks: Discharge},
		{From: Surveying, On: Offered, If: need(Authorised), To: Surveying, Offer: OfferMade, Wait: Survey,
			Asks: Discharge},
		{From: Surveying, On: Offered, If: not(Authorised), To: Surveying, Keep: true, Asks: Raise},
	}
	for _, s := range []Stage{Fresh, Answered, Asking, Working, Proposed, Fulfilling, Confirming, Dormant} {
		rows = append(rows,
			Move{From: s, On: Asked, If: need(Private), To: Asking, Wait: Remind, Asks: Discharge},
			Move{From: s, On: Offered, If: need(Authorised), To: Proposed, Offer: OfferMade, Wait: Remind, Asks: Discharge},
			Move{From: s, On: Offered, If: not(Authorised), To: Working, Clock: News, Asks: Raise})
		news := Move{From: s, On: AtIt, If: not(inIncident), To: Working, Clock: News, Asks: Discharge}
		rest := Move{From: s, On: Settled, To: Answered, Wait: Rest, Asks: Discharge}
		switch s {
		case Fulfilling: // an accepted remedy stays owed until it is fulfilled, whatever is said meanwhile
			news.To, news.Clock = Fulfilling, Remedy
			rest = Move{From: s, On: Settled, To: Fulfilling, Clock: Remedy, Asks: Discharge}
		case Confirming: // our word there is the question whether it is over
			news.To, news.Clock, news.Wait = Confirming, "", Remind
		case Proposed: // our last word, once more
			news.If.Not |= firm
			rows = append(rows, news)
			news = Move{From: s, On: AtIt, If: both(firm, inIncident), To: Proposed, Wait: Remind, Asks: Discharge}
		}
		rows = append(rows, news, rest)
	}
	for _, on := range []Sign{Asked, AtIt, Offered, Settled} {
		rows = append(rows, Move{From: Closed, On: on, To: Closed, Keep: true, Asks: Record})
	}
	return rows
}

// everywhere are the rows of every stage: what changes another facet than the stage, or none.
func everywhere() []Move {
	rows := []Move{
		{From: Fresh, On: Triaged, If: not(Life | Crisis | SpamGroup | doubted), To: Fresh, Owed: true, Asks: AssignOwner},
		{From: Fresh, On: Triaged, If: need(Life), To: Fresh, Owed: true, Asks: AssignOwner},
		{From: Fresh, On: Triaged, If: both(doubted, Life|Crisis|SpamGroup), To: Fresh, Owed: true, Wait: Look},
		{From: Fresh, On: Triaged, If: both(Crisis, Life|withCounsel), To: Fresh, Hold: HoldIncident, Owed: true,
			Asks: AssignOwner | ReviewStatement},
		{From: Fresh, On: Triaged, If: both(SpamGroup, Life|Crisis), To: Closed, Outcome: NotGenuine, Asks: Record},

		{From: Closed, On: FoundFake, If: need(ByPerson), To: Closed, Legitimacy: triage.Fake, Keep: true, Asks: Record},
		{From: Fresh, On: FoundGenuine, If: not(doubted), To: Fresh, Legitimacy: triage.Genuine, Keep: true, Asks: Record},
		{From: Fresh, On: FoundGenuine, If: need(doubted), To: Fresh, Legitimacy: triage.Genuine, Owed: true, Asks: Record},
	}
	for _, s := range stages {
		stays := func(on Sign, asks Requests) {
			rows = append(rows, Move{From: s, On: on, To: s, Keep: true, Asks: asks})
		}
		stays(PostGone, Record) // not an ending
		stays(RatingChanged, Record)
		stays(ErasureAsked, PrivacyTask|Restrict)
		stays(Noted, Record)
		rows = append(rows, Move{From: s, On: InviteOut, If: need(SamePoint), To: s, Keep: true, Asks: Invite})
		rows = append(rows, Move{From: s, On: ChannelLost, If: need(OtherChannel), To: s, Keep: true, Asks: SwitchChannel})
		silent := Move{From: s, On: ChannelLost, If: not(OtherChannel), To: Dormant, Wait: Revisit, Asks: LeaveTrace}
		if s == Surveying || s == Dormant || s == Closed { // his word that it is over is not lost with the channel
			silent.To, silent.Wait, silent.Keep = s, "", true
		}
		rows = append(rows, silent)
	}
	for _, s := range live {
		rows = append(rows,
			Move{From: s, On: FoundFake, If: need(ByPerson), To: Closed, Outcome: NotGenuine, Legitimacy: triage.Fake,
				Asks: Discharge | PrivateNote | Record},
			escalated(s), waived(s))
		if s != Fresh {
			rows = append(rows, Move{From: s, On: FoundGenuine, To: s, Legitimacy: triage.Genuine, Keep: true, Asks: Record})
		}
	}
	return rows
}

// escalated goes up. Where something of its own runs the stage stays, and only the level rises.
func escalated(s Stage) Move {
	switch s {
	case Fresh, Answered, Asking, Working:
		return Move{From: s, On: Escalated, To: Working, Clock: News, Asks: Raise}
	}
	return Move{From: s, On: Escalated, To: s, Keep: true, Asks: Raise}
}

// waived owes no words any more. News and a remedy stay owed.
func waived(s Stage) Move {
	m := Move{From: s, On: Waived, If: both(ByPerson|Coded, Life), To: s, Keep: true, Asks: Discharge | Record}
	if m.Wait = wait(s); s == Fresh {
		m.Wait = Lapse
	}
	return m
}
