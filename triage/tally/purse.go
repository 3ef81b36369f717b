package tally

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
)

// A Purse is what one member has spent, one row per member whose authority has a limit a day or a month. It is plain
// data, and changes only through its methods, each of which returns a new value.
type Purse struct {
	Spends []Spend `json:"spends,omitempty"` // of the last 400 days, by id
}

// spentKept is how far back a purse remembers, a year and what a time zone and a leap year add to it.
const spentKept = 400 * 24 * time.Hour

// A Spend is one sum that was offered, which counts from then on until it is given back.
type Spend struct {
	ID       string    `json:"id"`     // of the offer
	Member   string    `json:"member"` // in whose authority
	Case     string    `json:"case"`
	At       time.Time `json:"at"`
	Minor    int64     `json:"minor"`    // cents, pence, yen
	Currency string    `json:"currency"` // ISO 4217
	Goodwill bool      `json:"goodwill,omitempty"`
}

// Spent is what a member has spent within a limit's scope. It is put into the event, so that a replay sees the same.
type Spent struct {
	Member   string    `json:"member"`
	Scope    string    `json:"scope"` // day or month
	Since    time.Time `json:"since"` // the midnight at which it began
	Minor    int64     `json:"minor"`
	Currency string    `json:"currency,omitempty"` // of the limit; empty while nothing was spent
}

// Spend remembers a sum, once: the same id twice is one. The order of calls does not matter.
func (p Purse) Spend(s Spend) Purse {
	s.At = mention.Instant(s.At)
	i, known := slices.BinarySearchFunc(p.Spends, s.ID, func(x Spend, id string) int { return cmp.Compare(x.ID, id) })
	if known || s.ID == "" {
		return p
	}
	p.Spends = slices.Insert(slices.Clone(p.Spends), i, s)
	newest := s.At
	for _, x := range p.Spends {
		newest = later(newest, x.At)
	}
	p.Spends = p.recent(newest)
	return p
}

// Back forgets a sum that was not spent after all: it was declined, or could not be paid.
func (p Purse) Back(id string) Purse {
	p.Spends = slices.DeleteFunc(slices.Clone(p.Spends), func(x Spend) bool { return x.ID == id })
	if len(p.Spends) == 0 {
		p.Spends = nil
	}
	return p
}

// Since is what was spent of a currency from an instant on. A sum that is too large to hold is the largest there is.
func (p Purse) Since(at time.Time, currency string) (minor int64) {
	for _, x := range p.Spends {
		if x.Currency != currency || x.At.Before(at) {
			continue
		}
		if minor > math.MaxInt64-max(0, x.Minor) {
			return math.MaxInt64
		}
		minor += max(0, x.Minor)
	}
	return minor
}

// recent are those that a purse remembers at an instant.
func (p Purse) recent(at time.Time) []Spend {
	list := slices.DeleteFunc(slices.Clone(p.Spends), func(x Spend) bool { return x.At.Before(at.Add(-spentKept)) })
	if len(list) == 0 {
		return nil
	}
	return list
}
