package mention

import "slices"

// A Watchlist says whom and what to listen for. It is plain data; Compile makes a Matcher of it.
type Watchlist struct {
	Subjects []Subject `json:"subjects"`
	Ours     Ours      `json:"ours,omitzero"`

	// Whether é is like e and ø like o, in the subjects and in the text, wherever a name may stand. Letters of their own,
	// as й is, stay apart.
	IgnoreAccents bool `json:"ignore_accents,omitempty"`
}

// SubjectKind is what a subject is.
type SubjectKind string

// The kinds of subject.
const (
	Brand      SubjectKind = "brand"
	Product    SubjectKind = "product"
	Site       SubjectKind = "site" // a host name: acme.com, found as a host and in its subdomains only
	Location   SubjectKind = "location"
	Person     SubjectKind = "person"
	Campaign   SubjectKind = "campaign"
	Competitor SubjectKind = "competitor"
)

// Focus says what a subject is watched for. The empty focus is core.
type Focus string

// The two focuses. A wide subject, like a competitor, never opens a case by itself.
const (
	Core Focus = "core"
	Wide Focus = "wide"
)

// A Subject is one thing that is watched for. Name is the id by which policies refer to it, and a spelling.
type Subject struct {
	Name    string      `json:"name"`
	Kind    SubjectKind `json:"kind"`
	Aliases []string    `json:"aliases,omitempty"` // other spellings; with @ or # in front only the handle or hashtag; hosts

	// Phrases in which the subject's spellings mean something else: "Delta" ignores "Mississippi Delta".
	Ignore []string `json:"ignore,omitempty"`

	// Where a name is an everyday word as well: it counts only with one of these words or phrases at most NearWords
	// words away, on either side. A spelling with @ or # needs none. Empty means that it always counts. Right beside one
	// of these words an everyday word may be a misspelled name, too.
	Near []string `json:"near,omitempty"`

	// How many edits a misspelled name may be away: 0, 1 or 2 letters left out, put in, exchanged or swapped with their
	// neighbour (optimal string alignment), where white space, hyphens and underscores are no letters. Each word
	// more than the name has counts as an edit (JetBlue has two); fewer don't. A spelling of fewer than 5 letters or of
	// more than 48 allows none, one of fewer than 9 only 1. In a word that has Latin letters, others that look like Latin ones
	// are no edits (η, which looks like two, is taken for the first). Where a spelling has digits, they must be right. In a site the
	// dots and hyphens are letters, and letters that look alike (rn and m, 0 and o) count as one edit together.
	Misspellings int `json:"misspellings,omitempty"`

	// Whether digits and signs may stand for letters: 4cme, v!rgin, $outhwest. A word must keep a letter of its own.
	Digits bool `json:"digits,omitempty"`

	Focus Focus `json:"focus,omitempty"`
}

// NearWords is how far a word of Subject.Near may stand from the name: so many words between them at most.
const NearWords = 8

func (s Subject) clone() Subject {
	s.Aliases, s.Ignore, s.Near = slices.Clone(s.Aliases), slices.Clone(s.Ignore), slices.Clone(s.Near)
	return s
}
