package strategy

import (
	"fmt"
	"slices"
	"strings"
)

// Cluster is who is taken to be responsible for what happened.
type Cluster string

// The clusters. The empty one is not known yet.
const (
	Victim      Cluster = "victim"      // it was done to us too: a storm, a break-in
	Accidental  Cluster = "accidental"  // nobody meant it: a part that failed
	Preventable Cluster = "preventable" // it should not have been possible
	Rumour      Cluster = "rumour"      // it is said, and did not happen
	Challenge   Cluster = "challenge"   // somebody says that what we do is wrong
)

// A Situation is what a strategy is chosen for. The zero Situation is that nothing is known.
type Situation struct {
	Cluster     Cluster
	Verified    bool // who is responsible is a verified fact
	History     bool // it happened before, or our standing with the public is bad
	False       bool // rumour: verified to be false
	Unwarranted bool // challenge: verified to be without ground
}

// Strategy is what a text does about responsibility.
type Strategy string

// The strategies. Each comes with the base; bolstering, a word on what was good before, is only ever an addition.
const (
	Base     Strategy = "base"     // nothing beside what to do, concern, next update, where to look
	Diminish Strategy = "diminish" // nobody meant it, or could have kept it from happening
	Rebuild  Strategy = "rebuild"  // we make it good
	Deny     Strategy = "deny"     // it is not so
)

// An Advice is a strategy with its conditions.
type Advice struct {
	Strategy Strategy `json:"strategy"`
	Holds    []string `json:"holds"`   // what the text has in any case
	Never    []string `json:"never"`   // what it never does
	Because  string   `json:"because"` // for a person
}

var (
	holds = []string{"what to do", "concern", "next update", "where to look"}
	never = []string{"attack the accuser", "name a scapegoat", "bolster except as an addition"}
)

// Choose gives the strategy for a situation. The error names a cluster that does not exist.
func Choose(s Situation) (Advice, error) {
	advice := func(st Strategy, because string) (Advice, error) {
		return Advice{st, slices.Clone(holds), slices.Clone(never), because}, nil
	}
	accommodate := func(plain Strategy) (Advice, error) {
		because := fmt.Sprintf("%s, no history", s.Cluster)
		if s.History {
			because = fmt.Sprintf("%s, with a history or a bad standing", s.Cluster)
		}
		return advice(plain, because)
	}
	switch s.Cluster {
	case "", Victim, Accidental, Preventable, Rumour, Challenge:
	default:
		return Advice{}, fmt.Errorf("cluster %q is none of victim, accidental, preventable, rumour, challenge", s.Cluster)
	}
	switch {
	case s.Cluster == "" || !s.Verified:
		return advice(Base, "nothing is verified yet: the base alone")
	case s.Cluster == Rumour && s.False:
		return advice(Deny, "a rumour that was verified to be false")
	case s.Cluster == Rumour:
		return advice(Base, "a rumour that nobody has verified to be false: the base alone")
	case s.Cluster == Challenge && s.Unwarranted:
		return advice(Deny, "a challenge that was verified to be without ground")
	case s.Cluster == Preventable, s.Cluster != Victim && s.History:
		return accommodate(Rebuild)
	case s.Cluster == Victim && !s.History:
		return accommodate(Base)
	}
	return accommodate(Diminish)
}

// A SwitchError says that a strategy contradicts one that was used before in the same incident.
type SwitchError struct{ Used, Next Strategy }

// Error implements error.
func (e *SwitchError) Error() string {
	return fmt.Sprintf("%s was used before in this incident, and %s contradicts it: record a retraction first", e.Used, e.Next)
}

// Switch returns nil when a strategy may follow those used before in the same incident. Who denied does not make less of
// it or make good afterwards, nor the other way round, unless he took back what he said: retracted is that a retraction
// was recorded since. The error is a *SwitchError.
func Switch(used []Strategy, next Strategy, retracted bool) error {
	if retracted {
		return nil
	}
	admits := func(s Strategy) bool { return s == Diminish || s == Rebuild }
	for _, u := range used {
		if u == Deny && admits(next) || admits(u) && next == Deny {
			return &SwitchError{u, next}
		}
	}
	return nil
}

// String says the advice for a person, a line each.
func (a Advice) String() string {
	return fmt.Sprintf("%s: %s\nsays: %s\nnever: %s", a.Strategy, a.Because, strings.Join(a.Holds, ", "), strings.Join(a.Never, ", "))
}
