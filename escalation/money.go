package escalation

import (
	"fmt"
	"strings"

	"golang.org/x/text/currency"
)

// Money is a sum in the smallest unit of its currency. The zero value is nothing.
type Money struct {
	Minor    int64  `json:"minor"`    // cents, pence, yen
	Currency string `json:"currency"` // ISO 4217
}

// String writes the sum for members, who read it in refusals: "60.00 EUR", with the digits that ISO 4217 gives the
// currency. Package template writes money for customers, by their locale.
func (m Money) String() string {
	unit, err := currency.ParseISO(m.Currency)
	if err != nil {
		return fmt.Sprintf("%d minor %s", m.Minor, m.Currency)
	}
	digits, _ := currency.Standard.Rounding(unit)
	if digits == 0 {
		return fmt.Sprintf("%d %s", m.Minor, m.Currency)
	}
	sign, figures := "", fmt.Sprintf("%0*d", digits+1, m.Minor)
	if rest, negative := strings.CutPrefix(figures, "-"); negative {
		sign, figures = "-", strings.Repeat("0", max(0, digits+1-len(rest)))+rest
	}
	point := len(figures) - digits
	return fmt.Sprintf("%s%s.%s %s", sign, figures[:point], figures[point:], m.Currency)
}

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
