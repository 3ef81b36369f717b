package dealing

import (
	"slices"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/spec"
)

// A Policy is how much goodwill a house gives. The zero Policy gives no money.
type Policy struct {
	// Ceilings are the most goodwill that one customer is given within a year, one for each currency. In a currency
	// without one no money is given.
	Ceilings []escalation.Money `json:"ceilings,omitempty"`
}

// Check says what is wrong with a policy: a spec.Problems with everything at once.
func (p Policy) Check() error {
	var problems spec.Problems
	for i, c := range p.Ceilings {
		path := spec.Index("ceilings", i)
		switch {
		case c.Minor <= 0:
			problems.Add(path, "a ceiling is above nothing: leave it out to give none")
		case len(c.Currency) != 3:
			problems.Add(spec.Join(path, "currency"), "%q is not a currency: use an ISO 4217 code", c.Currency)
		case slices.ContainsFunc(p.Ceilings[:i], func(x escalation.Money) bool { return x.Currency == c.Currency }):
			problems.Add(path, "there are two ceilings in %s", c.Currency)
		}
	}
	return problems.Err()
}

// Ceiling is the most of a currency; ok is false where none is given.
func (p Policy) Ceiling(currency string) (most escalation.Money, ok bool) {
	i := slices.IndexFunc(p.Ceilings, func(m escalation.Money) bool { return m.Currency == currency })
	if i < 0 {
		return escalation.Money{}, false
	}
	return p.Ceilings[i], true
}
