package fact

import (
	"slices"
	"time"
)

// A Record is a fact as a case keeps it, with what the customer has been told of it. Instants are UTC.
type Record struct {
	Fact
	House     bool      `json:"house,omitempty"`    // it holds for the whole house; the case has it since it was said
	From      string    `json:"from,omitempty"`     // the case that was merged into this one and had it
	Said      time.Time `json:"said,omitzero"`      // when the customer was first told; zero: he was not
	Corrected time.Time `json:"corrected,omitzero"` // when he was told that it is not so
}

// Owed reports whether a correction is due: he was told, it is not so, and he does not know.
func (r Record) Owed() bool { return !r.Said.IsZero() && !r.Retracted.IsZero() && r.Corrected.IsZero() }

// Most is how many facts a case keeps.
const Most = 20

// Keep cuts a case's facts to Most. What holds at an instant stays, and what has to be corrected; of the rest the oldest
// is forgotten first.
func Keep(list []Record, at time.Time) []Record {
	list = slices.Clone(list)
	for i := 0; len(list) > Most && i < len(list); {
		if list[i].Owed() || list[i].Holds(at) {
			i++
			continue
		}
		list = slices.Delete(list, i, i+1)
	}
	return list
}

// Of is the ledger of a case: what its customer was told of the house's facts, the house's facts as they are now, and the
// case's own, so that of one name the case's own counts.
func Of(list []Record, house Ledger) Ledger {
	if len(list) == 0 {
		return house
	}
	var out, own Ledger
	for _, r := range list {
		if r.House {
			out = append(out, r.Fact)
		} else {
			own = append(own, r.Fact)
		}
	}
	return slices.Concat(out, house, own)
}
