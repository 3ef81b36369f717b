package insight

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// A Cause is what lies behind complaints, with who mends it. A person gives a case the names of its causes.
type Cause struct {
	Name    string    `json:"name"`
	Owner   string    `json:"owner,omitempty"`   // who mends it: a member's id
	Due     time.Time `json:"due,omitzero"`      // until when, UTC; zero: nobody has said
	FixedAt time.Time `json:"fixed_at,omitzero"` // UTC; zero: not yet
	Cases   int       `json:"cases,omitempty"`   // set by Causes: how many named it
	Tell    []string  `json:"tell,omitempty"`    // set by Causes once it is fixed: the cases whose customers can be told
	Hidden  int       `json:"hidden,omitempty"`  // set by Causes: cases among them that are restricted, and not in Tell
	Overdue bool      `json:"overdue,omitempty"` // set by Causes: not fixed, and Due is over
	Unowned bool      `json:"unowned,omitempty"` // set by Causes: nobody mends it
}

// Named is which cases named a cause.
type Named struct {
	Cases  []string `json:"cases,omitempty"`  // ids, in order
	Hidden int      `json:"hidden,omitempty"` // restricted cases
}

// with adds a case; the ids are put in order at the end.
func (n Named) with(l life) Named {
	if l.restricted {
		n.Hidden++
		return n
	}
	n.Cases = append(n.Cases, l.id)
	return n
}

func (n Named) merge(o Named) Named {
	all := slices.Concat(n.Cases, o.Cases)
	slices.Sort(all)
	return Named{Cases: all, Hidden: n.Hidden + o.Hidden}
}

// Causes returns what lies behind most cases first: those that the cases name, with what known says of each. A name that
// known does not have is nobody's yet. Known ones that no case names are left out.
func (r Report) Causes(known []Cause) []Cause {
	var out []Cause
	for _, name := range slices.Sorted(maps.Keys(r.Named)) {
		named := r.Named[name]
		c := Cause{Name: name}
		if i := slices.IndexFunc(known, func(x Cause) bool { return x.Name == name }); i >= 0 {
			k := known[i]
			c.Owner, c.Due, c.FixedAt = k.Owner, k.Due, k.FixedAt
		}
		c.Cases, c.Hidden = len(named.Cases)+named.Hidden, named.Hidden
		c.Unowned = c.Owner == ""
		if fixed := !c.FixedAt.IsZero() && (r.Until.IsZero() || !c.FixedAt.After(r.Until)); fixed {
			c.Tell = slices.Clone(named.Cases)
		} else {
			c.Overdue = !c.Due.IsZero() && !r.Until.IsZero() && c.Due.Before(r.Until)
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b Cause) int { return cmp.Compare(b.Cases, a.Cases) })
	return out
}
