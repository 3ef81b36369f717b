package followup

import "slices"

// A Sign is what happened to a conversation, as far as its stage is concerned.
type Sign string

// The signs: what the customer did, what we did, and what time did.
const (
	Wrote        Sign = "wrote" // a plain message, or one that nobody has read yet
	Thanked      Sign = "thanked"
	SaidOver     Sign = "said_over"
	Accepted     Sign = "accepted"
	Declined     Sign = "declined"
	GaveDetails  Sign = "gave_details"
	StillBroken  Sign = "still_broken"
	Ended        Sign = "ended"
	Asked        Sign = "asked"   // our reply asks for something
	AtIt         Sign = "at_it"   // our reply says that we are at it
	Offered      Sign = "offered" // our reply proposes a remedy
	Settled      Sign = "settled" // our reply leaves nothing owed
	Fulfilled    Sign = "fulfilled"
	FoundFake    Sign = "found_fake"
	FoundGenuine Sign = "found_genuine"
	RestedOut    Sign = "rested_out"    // the rest after an answer is over
	RemindersOut Sign = "reminders_out" // the last reminder brought nothing
	SurveyOut    Sign = "survey_out"
	LapsedOut    Sign = "lapsed_out"
)

// A Move is one row of the machine: from a stage, on a sign, to a stage, with what is waited for there.
type Move struct {
	From    Stage    `json:"from"`
	On      Sign     `json:"on"`
	To      Stage    `json:"to"`
	Outcome Outcome  `json:"outcome,omitempty"`
	Owed    bool     `json:"owed,omitempty"`    // we owe the customer an answer from here on
	Reopens bool     `json:"reopens,omitempty"` // it had ended, or seemed to
	Wait    WaitKind `json:"wait,omitempty"`    // what is waited for there
}

// Next returns the move from a stage on a sign. Without a row nothing moves, and ok is false.
func Next(from Stage, on Sign) (m Move, ok bool) {
	for i := range moves {
		if moves[i].From == from && moves[i].On == on {
			return moves[i], true
		}
	}
	return Move{}, false
}

// Moves returns the whole machine, in order.
func Moves() []Move { return slices.Clone(moves) }

// moves is the machine. It is never written to.
var moves = table()

// live is every stage that is not closed.
var live = [...]Stage{Fresh, Answered, Asking, Working, Proposed, Fulfilling, Confirming, Surveying, Dormant}

func table() []Move {
	rows := []Move{
		{From: Fresh, On: Wrote, To: Fresh, Owed: true},
		{From: Fresh, On: Thanked, To: Answered, Wait: Rest},
		{From: Answered, On: Thanked, To: Answered, Wait: Rest},
		{From: Asking, On: Thanked, To: Asking, Wait: Remind},
		{From: Working, On: Thanked, To: Working},
		{From: Proposed, On: Thanked, To: Proposed, Wait: Remind},
		{From: Fulfilling, On: Thanked, To: Fulfilling},
		{From: Confirming, On: Thanked, To: Confirming, Wait: Remind},
		{From: Surveying, On: Thanked, To: Surveying, Wait: Survey},
		{From: Dormant, On: Thanked, To: Dormant, Wait: Lapse},
		{From: Fresh, On: LapsedOut, To: Closed, Outcome: Lapsed},
		{From: Answered, On: Wrote, To: Fresh, Owed: true},
		{From: Asking, On: Wrote, To: Fresh, Owed: true},
		{From: Asking, On: GaveDetails, To: Working, Owed: true},
		{From: Working, On: Wrote, To: Working, Owed: true},
		{From: Working, On: GaveDetails, To: Working, Owed: true},
		{From: Proposed, On: Wrote, To: Working, Owed: true},
		{From: Proposed, On: Accepted, To: Fulfilling},
		{From: Proposed, On: Declined, To: Working, Owed: true},
		{From: Working, On: Accepted, To: Fulfilling},
		{From: Fulfilling, On: Wrote, To: Fulfilling, Owed: true},
		{From: Fulfilling, On: StillBroken, To: Working, Owed: true},
		{From: Fulfilling, On: Fulfilled, To: Confirming, Wait: Remind},
		{From: Confirming, On: Wrote, To: Confirming, Owed: true},
		{From: Confirming, On: StillBroken, To: Working, Owed: true, Reopens: true},
		{From: Surveying, On: Wrote, To: Working, Owed: true, Reopens: true},
		{From: Surveying, On: StillBroken, To: Working, Owed: true, Reopens: true},
		{From: Surveying, On: SurveyOut, To: Closed, Outcome: Resolved},
		{From: Dormant, On: Wrote, To: Fresh, Owed: true},
		{From: Dormant, On: GaveDetails, To: Working, Owed: true},
		{From: Dormant, On: Accepted, To: Fulfilling},
		{From: Dormant, On: StillBroken, To: Working, Owed: true, Reopens: true},
		{From: Dormant, On: LapsedOut, To: Closed, Outcome: Lapsed},
		{From: Closed, On: Wrote, To: Working, Owed: true, Reopens: true},
		{From: Closed, On: StillBroken, To: Working, Owed: true, Reopens: true},
		{From: Closed, On: SaidOver, To: Closed, Outcome: Resolved},
		{From: Closed, On: FoundGenuine, To: Fresh, Owed: true, Reopens: true},
		{From: Answered, On: RestedOut, To: Closed, Outcome: WasAnswered},
		{From: Asking, On: RemindersOut, To: Dormant, Wait: Lapse},
		{From: Proposed, On: RemindersOut, To: Dormant, Wait: Lapse},
		{From: Confirming, On: RemindersOut, To: Dormant, Wait: Lapse},
	}
	for _, s := range live {
		if s != Surveying {
			rows = append(rows, Move{From: s, On: SaidOver, To: Surveying, Wait: Survey})
		}
		rows = append(rows,
			Move{From: s, On: Ended, To: Closed, Outcome: Withdrawn},
			Move{From: s, On: FoundFake, To: Closed, Outcome: NotGenuine})
	}
	for _, s := range []Stage{Fresh, Answered, Asking, Working, Proposed, Fulfilling, Confirming, Dormant} {
		rows = append(rows,
			Move{From: s, On: Asked, To: Asking, Wait: Remind},
			Move{From: s, On: Offered, To: Proposed, Wait: Remind})
		switch s {
		case Fulfilling: // an accepted remedy stays owed until it is fulfilled, whatever is said meanwhile
			rows = append(rows, Move{From: s, On: AtIt, To: Fulfilling}, Move{From: s, On: Settled, To: Fulfilling})
		case Confirming: // our word there is the question whether it is over
			rows = append(rows, Move{From: s, On: AtIt, To: Confirming, Wait: Remind},
				Move{From: s, On: Settled, To: Answered, Wait: Rest})
		default:
			rows = append(rows, Move{From: s, On: AtIt, To: Working}, Move{From: s, On: Settled, To: Answered, Wait: Rest})
		}
	}
	return rows
}
