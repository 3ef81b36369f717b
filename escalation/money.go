package escalation

import "fmt"

// Money is a sum in the smallest unit of its currency. The zero value is nothing.
type Money struct {
	Minor    int64  `json:"minor"`    // cents, pence, yen
	Currency string `json:"currency"` // ISO 4217
}

// String writes the sum in minor units with its currency: "4000 EUR/100" reads badly, so package respond formats money
// for customers by locale; this is for logs.
func (m Money) String() string { return fmt.Sprintf("%d minor %s", m.Minor, m.Currency) }

// Add returns the sum of two amounts. Two currencies in one sum are an error, and so is a sum that is too large to hold.
func (m Money) Add(n Money) (Money, error) {
	switch {
	case m == Money{}:
		return n, nil
	case n == Money{}:
		return m, nil
	case m.Currency != n.Currency:
		return Money{}, fmt.Errorf("cannot add %s to %s: two currencies in one sum", n.Currency, m.Currency)
	}
	sum := m.Minor + n.Minor
	if (sum > m.Minor) != (n.Minor > 0) {
		return Money{}, fmt.Errorf("%s and %s are too much for one sum", m, n)
	}
	return Money{sum, m.Currency}, nil
}
