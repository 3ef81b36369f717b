package followup

import "strings"

// Requests are what a move asks for, as a set. They have no keys: only the case gives keys.
type Requests uint64

// The requests.
const (
	AssignOwner     Requests = 1 << iota
	Nudge                    // whoever has the case; while nobody has, those who triage
	NudgeCounsel             // it is time to look at what is held
	CountBreach              // once per obligation
	Raise                    // one level up
	Lower                    // back to the level below
	Discharge                // what we owed in words is owed no more; a clock on news or a remedy is not meant
	SendReminder             // where he may be reached, in private
	NewsByTimer              // "no news yet, next at ..."
	AskIfOver                // ask him whether it is over
	SendSurvey               // in private
	Invite                   // to tell how it ended
	TellCustomer             // that it failed
	NeutralWord              // a person writes him a word that takes no side
	PrivateNote              // how he can reach us, should a real customer be behind it
	Thank                    // in our next word
	AskMissing               // only for what is missing
	WorkWithout              // without what he will not tell
	StateLimit               // our last word, and where else he can turn
	Restate                  // the same once more, kindly
	Apologise                // for having misjudged him
	FollowUp                 // a personal word after the incident
	CallBack                 // by telephone
	ReviewStatement          // the incident's statement
	GiveStatement            // the incident's statement, once per version
	ApprovedOnly             // only text that counsel approved goes out
	TellCounsel
	TagLegal
	ReviewInside // a person looks at it; nobody is written to
	LeaveOpen    // a word of his reopens it, and an offer stands until its date; nobody is written to
	LeaveTrace   // a note of how to reach him; nobody is written to
	SwitchChannel
	DoNotContact
	PrivacyTask
	Restrict // what is done with his data
	Record   // in the trail, with a reason

	// Unasked are the requests for a message that nobody asked for. What is asked for is a draft, unless its play allows
	// it to go out by itself, and Circumstances.Barred says to whom it never goes.
	Unasked = SendReminder | NewsByTimer | AskIfOver | SendSurvey | Invite
)

var requestNames = []string{
	"assign_owner", "nudge", "nudge_counsel", "count_breach", "raise", "lower", "discharge", "send_reminder",
	"news_by_timer", "ask_if_over", "send_survey", "invite", "tell_customer", "neutral_word", "private_note", "thank",
	"ask_missing", "work_without", "state_limit", "restate", "apologise", "follow_up", "call_back", "review_statement",
	"give_statement", "approved_only", "tell_counsel", "tag_legal", "review_inside", "leave_open", "leave_trace",
	"switch_channel", "do_not_contact", "privacy_task", "restrict", "record",
}

// Has reports whether all of these are asked for.
func (r Requests) Has(these Requests) bool { return r&these == these }

// String names the requests of a set, with spaces between.
func (r Requests) String() string { return strings.Join(named(uint64(r), requestNames), " ") }

// MarshalText writes the set as String does.
func (r Requests) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the set. Names that this version does not know are left out.
func (r *Requests) UnmarshalText(text []byte) error {
	*r = Requests(parsed(string(text), requestNames))
	return nil
}
