package fact

import (
	"slices"
	"time"
)

// A Record is a fact as a case keeps it, with what the customer has been told of it; or as an incident does, with what the
// public has been told. Instants are UTC.
type Record struct {
	Fact
	House     bool      `json:"house,omitempty"`    // it holds for the whole house; the case has it since it was said
	Incident  string    `json:"incident,omitempty"` // the incident that verified it; its evidence stands there
	From      string    `json:"from,omitempty"`     // the case that was merged into this one and had it
	Said      time.Time `json:"said,omitzero"`      // when the customer was first told; zero: he was not
	Corrected time.Time `json:"corrected,omitzero"` // when he was told that it is not so
}

// Owed reports whether a correction is due: he was told, it is not so, and he does not know.
func (r Record) Owed() bool { return !r.Said.IsZero() && !r.Retracted.IsZero() && r.Corrected.IsZero() }

// Most is how many facts a case keeps, and an incident.
const Most = 20

// With is a list with a fact that somebody has verified here, at its At. One of its name that said something else is
// retracted, and one that said the same and was verified here too is renewed.
func With(list []Record, f Fact) []Record {
	list = slices.Clone(list)
	for i, x := range list {
		switch {
		case x.Name != f.Name || !x.Holds(f.At):
		case x.Says != f.Says:
			list[i].Retracted, list[i].Why = f.At, "another took its place"
		case !x.House && x.Incident == "":
			list[i].Fact = f
			return list
		}
	}
	return append(list, Record{Fact: f})
}

// Without is a list in which nothing of a name is so any more. One of the house, on the list or in the house's ledger
// alone, is none of the house's here from then on. known says that there was one, gone that it was not retracted before.
func Without(list []Record, house Ledger, name, why string, at time.Time) (out []Record, known, gone bool) {
	out = slices.Clone(list)
	for i, x := range out {
		if x.Name != name {
			continue
		}
		known = known || !x.House
		if x.Retracted.IsZero() {
			out[i].House, out[i].Retracted, out[i].Why, gone = false, at, why, true
		}
	}
	if f, ok := house.Find(name, at); ok && !known && !gone {
		f.Retracted, f.Why = at, why
		out, gone = append(out, Record{Fact: f}), true
	}
	return out, known || gone, gone
}

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

// Of is the ledger of a case: what its customer was told of the house's facts, the house's facts as they are now, those of
// its incident, and the case's own, so that of one name the case's own counts.
func Of(list []Record, house Ledger) Ledger {
	if len(list) == 0 {
		return house
	}
	var out, many, own Ledger
	for _, r := range list {
		switch {
		case r.House:
			out = append(out, r.Fact)
		case r.Incident != "":
			many = append(many, r.Fact)
		default:
			own = append(own, r.Fact)
		}
	}
	return slices.Concat(out, house, many, own)
}
