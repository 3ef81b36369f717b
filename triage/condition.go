package triage

import "github.com/reputekit/reputation/mention/sensitive"

// A Condition is one node of the tree that a rule tests: exactly one field is set. Package when builds it in Go; the
// same tree is its JSON form. The zero Condition is an error at Compile, never "always".
type Condition struct {
	All     []Condition `json:"all,omitempty"`      // every one holds
	Any     []Condition `json:"any,omitempty"`      // one or more hold
	Not     *Condition  `json:"not,omitempty"`      // it does not hold
	AtLeast *AtLeast    `json:"at_least,omitempty"` // n or more hold

	About      string          `json:"about,omitempty"`       // a subject's name, or kind:brand, kind:competitor ...
	Words      *Words          `json:"words,omitempty"`       // words or phrases in the text
	Signal     *Signal         `json:"signal,omitempty"`      // a built-in or observed signal within bounds
	Rating     *Between        `json:"rating,omitempty"`      // stars, per mille of the scale; false without a rating
	Followers  *Between        `json:"followers,omitempty"`   // of the author
	AuthorDays *Between        `json:"author_days,omitempty"` // age of the account in days; false when unknown
	Contacts   *Between        `json:"contacts,omitempty"`    // earlier mentions of this author within 30 days
	Channel    []string        `json:"channel,omitempty"`     // one of these channels
	Kind       []string        `json:"kind,omitempty"`        // one of post, comment, review, message
	Lang       []string        `json:"lang,omitempty"`        // the mention's language, compared by base language
	Public     *bool           `json:"public,omitempty"`
	Addressed  []string        `json:"addressed,omitempty"`  // one of us, about, overheard
	Standing   []Standing      `json:"standing,omitempty"`   // one of these
	Legitimacy []Legitimacy    `json:"legitimacy,omitempty"` // one of these
	Private    sensitive.Class `json:"private,omitempty"`    // the text holds private data of this class; "any"
	Given      *Given          `json:"given,omitempty"`      // what the host knows about the author
}

// AtLeast holds when N or more of Of hold.
type AtLeast struct {
	N  int         `json:"n"`
	Of []Condition `json:"of"`
}

// Words holds when the text has one of Any and every one of All, folded as package mention folds. An entry is a word or
// a phrase; a trailing * makes its last word a stem: "cancel*" is cancelled and cancellation. Negated says what a
// negation within the three words before and in the same clause ("not broken") does: by default such a word does not
// count. Negations are known in the languages of package signal.
type Words struct {
	Any     []string `json:"any,omitempty"`
	All     []string `json:"all,omitempty"`
	Negated bool     `json:"negated,omitempty"` // a negated word counts too
}

// Signal holds when the named signal lies within the bounds, per mille. An absent signal lies nowhere.
type Signal struct {
	Name string `json:"name"`
	Between
}

// Between is a range of whole numbers, both ends included; an end that is left out is open.
type Between struct {
	Min *int `json:"min,omitempty"` // the least; nil is open
	Max *int `json:"max,omitempty"` // the most; nil is open
}

// Given holds when the host gave this key with one of these values; without values, when it gave the key at all.
type Given struct {
	Key string   `json:"key"`
	Is  []string `json:"is,omitempty"`
}
