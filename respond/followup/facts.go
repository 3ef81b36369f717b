package followup

import (
	"math/bits"
	"strings"
)

// Facts are what a guard asks beside the facets, as a set. What nobody says is taken for untrue.
type Facts uint32

// The facts.
const (
	Private       Facts = 1 << iota // our word goes, or went, in private
	Authorised                      // the remedy is within the authority of whoever has the case
	Highest                         // nobody has more authority than was used
	Complete                        // nothing that we asked for is missing
	ByPerson                        // a named member of the house did it
	Coded                           // with a reason code
	Life                            // a life is in danger
	Crisis                          // its category has a declared incident
	SpamGroup                       // one of a group that a person confirmed as spam
	StillOwed                       // an earlier word of the customer is unanswered
	RemindersLeft                   // he may be reminded once more
	OtherChannel                    // he used or gave another channel in this case
	CounselAgrees                   // counsel has agreed to this ending
	Good                            // the survey says that all is well
	AskedAgain                      // he was asked once more already whether it is over
	Grave                           // serious or worse, or drawn for the sample
	SamePoint                       // it leaves Fulfilling or Answered for the first time
	doubted
	notGenuine
	inIncident
	withCounsel
	offered
	firm
	restated
	agreed
	turnedDown
)

const held = inIncident | withCounsel

// factNames are the names of the facts, bit by bit.
var factNames = []string{
	"private", "authorised", "highest", "complete", "by_person", "coded", "life", "crisis", "spam_group", "still_owed",
	"reminders_left", "other_channel", "counsel_agrees", "good", "asked_again", "grave", "same_point",
	"doubted", "not_genuine", "in_incident", "with_counsel", "offered", "firm", "restated", "agreed", "turned_down",
}

// String names the facts of a set, with spaces between.
func (f Facts) String() string { return strings.Join(named(uint64(f), factNames), " ") }

// MarshalText writes the set as String does.
func (f Facts) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads the set. Names that this version does not know are left out.
func (f *Facts) UnmarshalText(text []byte) error {
	*f = Facts(parsed(string(text), factNames))
	return nil
}

// A Guard is what a move asks: all of Need, and none of Not.
type Guard struct {
	Need Facts `json:"need,omitempty"`
	Not  Facts `json:"not,omitempty"`
}

func (g Guard) holds(f Facts) bool { return f&g.Need == g.Need && f&g.Not == 0 }

// String is the guard for a person: "authorised, not firm". It is empty when nothing is asked.
func (g Guard) String() string {
	parts := named(uint64(g.Need), factNames)
	for _, name := range named(uint64(g.Not), factNames) {
		parts = append(parts, "not "+name)
	}
	return strings.Join(parts, ", ")
}

func named(set uint64, names []string) []string {
	var out []string
	for ; set != 0; set &= set - 1 {
		if i := bits.TrailingZeros64(set); i < len(names) {
			out = append(out, names[i])
		}
	}
	return out
}

func parsed(text string, names []string) (set uint64) {
	for _, word := range strings.Fields(text) {
		for i, name := range names {
			if name == word {
				set |= 1 << i
			}
		}
	}
	return set
}
