package triage

import (
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/tally"
)

// A Condition is one node of the tree that a rule tests: exactly one field is set. Package when builds it in Go; the
// same tree is its JSON form. The zero Condition is an error at Compile, never "always".
//
// A condition on what nobody knows (no rating, an account of unknown age, a signal in a language without lists) does
// not hold. Not is plain: Not of such a condition does hold in a rule, so a rule on "not known to be five stars" says
// not(rating min 1000), and one on "rated below five" says rating max 999. In evidence on who is genuine it does not
// hold either: what nobody knows speaks against nobody.
type Condition struct {
	All     []Condition `json:"all,omitempty"`      // every one holds
	Any     []Condition `json:"any,omitempty"`      // one or more hold
	Not     *Condition  `json:"not,omitempty"`      // it does not hold
	AtLeast *AtLeast    `json:"at_least,omitempty"` // n or more hold

	About   string        `json:"about,omitempty"`   // a subject's name, kind:brand, kind:competitor ..., or kind:impostor
	Words   *ask.Words    `json:"words,omitempty"`   // words or phrases in the text
	Phrase  *ask.Together `json:"phrase,omitempty"`  // words in this order, with gaps between them
	Near    *ask.Together `json:"near,omitempty"`    // words near each other
	Pattern string        `json:"pattern,omitempty"` // an RE2 expression, looked for in the text as it was written

	Signal    *ask.Signal  `json:"signal,omitempty"`    // a built-in, scored or observed signal within bounds
	Sentiment *ask.Between `json:"sentiment,omitempty"` // short for the signal of that name, -1000 to 1000
	Aim       []Aim        `json:"aim,omitempty"`       // one of these: what an earlier rule found, else what the text says

	Rating     *ask.Between `json:"rating,omitempty"`      // stars, per mille of the scale; unknown without a rating
	Followers  *ask.Between `json:"followers,omitempty"`   // of the author
	Verified   *bool        `json:"verified,omitempty"`    // the platform has checked the author
	Audience   *ask.Between `json:"audience,omitempty"`    // people it could have reached; 0 is unknown
	AuthorDays *ask.Between `json:"author_days,omitempty"` // age of the account in days; unknown without its beginning

	Channel   []string        `json:"channel,omitempty"` // one of these channels
	Kind      []string        `json:"kind,omitempty"`    // one of post, comment, review, message
	Public    *bool           `json:"public,omitempty"`
	Lang      []string        `json:"lang,omitempty"`      // one of these, compared by base language; unknown is none
	Addressed []string        `json:"addressed,omitempty"` // one of us, about, overheard; unknown is none
	Media     []string        `json:"media,omitempty"`     // it has one of image, video, audio, file, or any
	Place     []string        `json:"place,omitempty"`     // one of ES (a country), region:Bavaria, city:Berlin, name:Gate 7
	Private   sensitive.Class `json:"private,omitempty"`   // the text holds private data of this class; "any"

	Customer   *bool        `json:"customer,omitempty"`   // the host knows the author as a customer, or as none
	Given      *ask.Given   `json:"given,omitempty"`      // what the host knows about the author
	Standing   []Standing   `json:"standing,omitempty"`   // one of these; unknown is none
	Legitimacy []Legitimacy `json:"legitimacy,omitempty"` // one of these

	Contacts       *ask.Between `json:"contacts,omitempty"`        // earlier mentions of this author within 30 days
	OpenCases      *ask.Between `json:"open_cases,omitempty"`      // of this author
	BrokenPromises *ask.Between `json:"broken_promises,omitempty"` // to this author

	Answered *bool           `json:"answered,omitempty"` // one of ours stands before it in the thread; unknown without a thread
	Message  *ask.Between    `json:"message,omitempty"`  // which message of the customer in the thread, from 1; 0 is unknown
	Waiting  []tally.Waiting `json:"waiting,omitempty"`  // the thread waited for one of these; unknown is none

	Duplicates *ask.Between `json:"duplicates,omitempty"` // posts like this one, itself counted; 0 is too short to tell
	Surge      []string     `json:"surge,omitempty"`      // one of these series surges now, or any
	Hours      *ask.Hours   `json:"hours,omitempty"`      // the instant, on the wall clock of a zone
}

// AtLeast holds when N or more of Of hold.
type AtLeast struct {
	N  int         `json:"n"`
	Of []Condition `json:"of"`
}
