package followup

// A Sign is what happened to a conversation, as far as its stage is concerned.
type Sign string

// The signs, each in its group.
const (
	// The customer's.
	Wrote          Sign = "wrote" // a plain message, or one that nobody has read yet
	Thanked        Sign = "thanked"
	SaidOver       Sign = "said_over"
	Accepted       Sign = "accepted"
	Declined       Sign = "declined"
	GaveDetails    Sign = "gave_details"
	RefusedDetails Sign = "refused_details"
	StillBroken    Sign = "still_broken"
	Ended          Sign = "ended"    // he wants no more of us
	Surveyed       Sign = "surveyed" // he answered the survey
	ThreatenedLaw  Sign = "threatened_law"

	// Our people's. A word of ours is a sign when it is out, not when it is drafted.
	Asked             Sign = "asked"   // our reply asks for something
	AtIt              Sign = "at_it"   // our reply says that we are at it
	Offered           Sign = "offered" // our reply proposes a remedy
	Settled           Sign = "settled" // our reply leaves nothing owed
	DrewLine          Sign = "drew_line"
	ReachedOut        Sign = "reached_out" // we wrote to one who had fallen silent
	Fulfilled         Sign = "fulfilled"
	FulfilFailed      Sign = "fulfil_failed"
	Escalated         Sign = "escalated"
	Deescalated       Sign = "deescalated"
	Waived            Sign = "waived"
	Noted             Sign = "noted"
	FoundFake         Sign = "found_fake"
	FoundGenuine      Sign = "found_genuine"
	HeldByCounsel     Sign = "held_by_counsel"
	ReleasedByCounsel Sign = "released_by_counsel"

	// The world's: what a judge, an incident or a platform says.
	Triaged        Sign = "triaged"
	JoinedIncident Sign = "joined_incident"
	IncidentOver   Sign = "incident_over"
	PostGone       Sign = "post_gone"
	RatingChanged  Sign = "rating_changed"
	ChannelLost    Sign = "channel_lost" // he can no longer be reached where he wrote
	ErasureAsked   Sign = "erasure_asked"

	// Time's: an objective of ours was missed, or a wait is over.
	ReplyMissed  Sign = "reply_missed"
	NewsMissed   Sign = "news_missed"
	RemedyMissed Sign = "remedy_missed"
	RestedOut    Sign = "rested_out"    // the rest after an answer is over
	RemindersOut Sign = "reminders_out" // the wait for an answer is over
	SurveyOut    Sign = "survey_out"
	RevisitOut   Sign = "revisit_out"
	LapsedOut    Sign = "lapsed_out"
	LookedOut    Sign = "looked_out" // it is time that a person looks
	InviteOut    Sign = "invite_out" // it is time to invite him to tell how it ended
)

// signs are all signs, each in its group: the customer's, our people's, the world's, time's.
var signs = [...][]Sign{
	{
		Wrote, Thanked, SaidOver, Accepted, Declined, GaveDetails, RefusedDetails, StillBroken, Ended, Surveyed,
		ThreatenedLaw,
	},
	{
		Asked, AtIt, Offered, Settled, DrewLine, ReachedOut, Fulfilled, FulfilFailed, Escalated, Deescalated, Waived,
		Noted, FoundFake, FoundGenuine, HeldByCounsel, ReleasedByCounsel,
	},
	{Triaged, JoinedIncident, IncidentOver, PostGone, RatingChanged, ChannelLost, ErasureAsked},
	{
		ReplyMissed, NewsMissed, RemedyMissed, RestedOut, RemindersOut, SurveyOut, RevisitOut, LapsedOut, LookedOut,
		InviteOut,
	},
}
