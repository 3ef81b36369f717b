package guideline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

// A Scene is what a text is linted for: where it will stand, and what is known of the matter. The zero Scene is a public
// text in an unknown language about a matter in which nothing is confirmed, by somebody who may promise no money.
type Scene struct {
	Visibility mention.Visibility `json:"visibility,omitempty"` // empty is public
	Lang       string             `json:"lang,omitempty"`       // of the text, BCP 47; empty: every language's rules

	// What the matter is.
	Crisis         bool              `json:"crisis,omitempty"`          // an incident runs
	Aim            triage.Aim        `json:"aim,omitempty"`             // what the customer wants
	Standing       triage.Standing   `json:"standing,omitempty"`        // who he is
	Legitimacy     triage.Legitimacy `json:"legitimacy,omitempty"`      // doubtful and fake ones are not thanked and not told sorry
	Safety         bool              `json:"safety,omitempty"`          // somebody may be hurt
	Regulated      bool              `json:"regulated,omitempty"`       // that somebody is a customer is itself private
	FaultConfirmed bool              `json:"fault_confirmed,omitempty"` // somebody confirmed that the fault is ours
	AngerRose      bool              `json:"anger_rose,omitempty"`      // over the last two turns of the customer

	// What the text is for.
	Stage        string `json:"stage,omitempty"`         // as package followup names it; empty is fresh
	FirstReply   bool   `json:"first_reply,omitempty"`   // nobody has answered before
	More         bool   `json:"more,omitempty"`          // another part of the same answer follows
	Statement    bool   `json:"statement,omitempty"`     // it speaks to everybody, not to one customer
	WantsContact bool   `json:"wants_contact,omitempty"` // it is to name a person
	MovesPrivate bool   `json:"moves_private,omitempty"` // it goes on in private
	Asks         bool   `json:"asks,omitempty"`          // it asks for something
	Connected    bool   `json:"connected,omitempty"`     // who speaks belongs to the brand, and not under its name

	// What was said before.
	Said         string   `json:"said,omitempty"`          // the customer's words that it answers
	PrivateFound bool     `json:"private_found,omitempty"` // the customer's words hold private data, and stand in public
	Earlier      []string `json:"earlier,omitempty"`       // our answers in this thread
	PublicTurns  int      `json:"public_turns,omitempty"`  // how many public ones there are before this

	// What it may say.
	Facts  []Fact           `json:"facts,omitempty"`  // verified ones
	Claims []string         `json:"claims,omitempty"` // what slots for facts were filled with
	Limit  escalation.Money `json:"limit,omitzero"`   // the most money that may be promised; zero is none

	// Private are values known to be private here: an order number, a name, a telephone. They are found however they
	// are cased and separated.
	Private []string `json:"private,omitempty"`
	// Ours are numbers and addresses that we publish ourselves (Watchlist.Ours): never private.
	Ours []string `json:"ours,omitempty"`
}

// A Fact is a verified claim, as far as a text is held to it.
type Fact struct {
	Says      string `json:"says"`                // "the courier delivered the parcel on 12 May"
	Expired   bool   `json:"expired,omitempty"`   // it was true once, and nothing may claim it any more
	Retracted bool   `json:"retracted,omitempty"` // it was never so: what is expired says why
}

func (sc *Scene) isPublic() bool { return sc.Visibility != mention.Private }

// courtesy reports whether thanks and regret are in place: not to a doubtful author or the press, not where somebody may
// be hurt, and not in public where the trade is regulated.
func (sc *Scene) courtesy() bool {
	return !sc.Safety && sc.Standing != triage.Press && !(sc.Regulated && sc.isPublic()) &&
		sc.Legitimacy != triage.Doubtful && sc.Legitimacy != triage.Fake
}

// names are what a rule's condition may ask of a scene.
var names = map[string]func(*Scene) bool{
	"all":             func(*Scene) bool { return true },
	"public":          (*Scene).isPublic,
	"crisis":          func(sc *Scene) bool { return sc.Crisis },
	"complaint":       func(sc *Scene) bool { return sc.Aim == triage.Complaint },
	"safety":          func(sc *Scene) bool { return sc.Safety },
	"press":           func(sc *Scene) bool { return sc.Standing == triage.Press },
	"doubtful":        func(sc *Scene) bool { return sc.Legitimacy == triage.Doubtful || sc.Legitimacy == triage.Fake },
	"regulated":       func(sc *Scene) bool { return sc.Regulated },
	"courtesy":        (*Scene).courtesy,
	"fault_confirmed": func(sc *Scene) bool { return sc.FaultConfirmed },
	"anger_rose":      func(sc *Scene) bool { return sc.AngerRose },
	"first_reply":     func(sc *Scene) bool { return sc.FirstReply },
	"last_part":       func(sc *Scene) bool { return !sc.More },
	"statement":       func(sc *Scene) bool { return sc.Statement },
	"wants_contact":   func(sc *Scene) bool { return sc.WantsContact },
	"moves_private":   func(sc *Scene) bool { return sc.MovesPrivate },
	"asks":            func(sc *Scene) bool { return sc.Asks },
	"connected":       func(sc *Scene) bool { return sc.Connected },
	"private_found":   func(sc *Scene) bool { return sc.PrivateFound },
	"third_turn":      func(sc *Scene) bool { return sc.PublicTurns >= 2 },
}

// condition reads what a rule is for: names joined by &, such groups joined by |, a name with ! before it turned round.
// stage:fresh,asking is true in each of these stages. Empty is always.
func condition(s string) (func(*Scene) bool, error) {
	if strings.TrimSpace(s) == "" {
		return names["all"], nil
	}
	var groups [][]func(*Scene) bool
	for _, group := range strings.Split(s, "|") {
		var all []func(*Scene) bool
		for _, name := range strings.Split(group, "&") {
			is, err := named(strings.TrimSpace(name))
			if err != nil {
				return nil, err
			}
			all = append(all, is)
		}
		groups = append(groups, all)
	}
	return func(sc *Scene) bool {
		return slices.ContainsFunc(groups, func(all []func(*Scene) bool) bool {
			return !slices.ContainsFunc(all, func(is func(*Scene) bool) bool { return !is(sc) })
		})
	}, nil
}

func named(name string) (func(*Scene) bool, error) {
	if rest, not := strings.CutPrefix(name, "!"); not {
		is, err := named(strings.TrimSpace(rest))
		if err != nil {
			return nil, err
		}
		return func(sc *Scene) bool { return !is(sc) }, nil
	}
	if list, ok := strings.CutPrefix(name, "stage:"); ok {
		stages := strings.Split(list, ",")
		return func(sc *Scene) bool { return slices.Contains(stages, cmp.Or(sc.Stage, "fresh")) }, nil
	}
	if is := names[name]; is != nil {
		return is, nil
	}
	return nil, fmt.Errorf("%q is not a condition that the guidelines know", name)
}
