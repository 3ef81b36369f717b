package respondtest

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/strategy"
)

// verified tells of a case's facts, each with what became of it.
func (p *player) verified(list []fact.Record) string {
	var all []string
	for _, r := range list {
		s := r.Name + " by " + r.By
		if !r.Until.IsZero() {
			s += " until " + shown(r.Until, p.zone)
		}
		if !r.Said.IsZero() {
			s += ", said " + shown(r.Said, p.zone)
		}
		if !r.Retracted.IsZero() {
			s += ", retracted: " + r.Why
		}
		switch {
		case !r.Corrected.IsZero():
			s += ", corrected " + shown(r.Corrected, p.zone)
		case r.Owed():
			s += ", a correction is due"
		}
		all = append(all, s)
	}
	return cmp.Or(strings.Join(all, "; "), "none")
}

// assessment tells how a matter is spoken of.
func assessment(a *strategy.Assessment) string {
	if a.By == "" {
		return "none"
	}
	return fmt.Sprintf("%s, %s for %s, by %s", a.Advice.Strategy, a.Apology.Kind, a.Apology.For, a.By)
}
