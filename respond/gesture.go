package respond

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/playbook"
)

// gestures are what the play of a goodwill gives of this kind, and of all kinds. Where no play speaks, or it names no
// gesture, the member's authority and the house's ceiling say how much.
func (s *step) gestures(play string, o *event.Offer) (these, all []playbook.Gesture) {
	p, ok := s.r.composer.Play(play)
	if o == nil || !o.Goodwill || !ok {
		return nil, nil
	}
	for _, g := range p.Gestures {
		if g.Kind == o.Kind {
			these = append(these, g)
		}
	}
	return these, p.Gestures
}

// noGesture says why a goodwill is more, or other, than its play gives; empty when it is not.
func (s *step) noGesture(play string, o *event.Offer) string {
	these, all := s.gestures(play, o)
	switch {
	case len(all) == 0:
		return ""
	case len(these) == 0:
		var kinds []string
		for _, g := range all {
			kinds = append(kinds, g.Kind)
		}
		return fmt.Sprintf("play %s gives %s, and no %q", play, strings.Join(kinds, ", "), o.Kind)
	case slices.ContainsFunc(these, func(g playbook.Gesture) bool { return within(o, g) }):
		return ""
	}
	return fmt.Sprintf("play %s gives a %s of %s, and no more", play, o.Kind, most(these[0]))
}

// within reports whether an offer is no more than a gesture.
func within(o *event.Offer, g playbook.Gesture) bool {
	money := o.Sum.Minor == 0 || o.Sum.Currency == g.Sum.Currency && o.Sum.Minor <= g.Sum.Minor
	return money && (o.Thing == "" || o.Thing == g.Thing)
}

func most(g playbook.Gesture) string {
	switch {
	case g.Thing == "":
		return g.Sum.String() + " at most"
	case g.Sum.Minor == 0:
		return g.Thing
	}
	return g.Sum.String() + " at most and " + g.Thing
}

// gives says why a member may not give what a draft's play has others give; nil when he may. Where none of them is left it
// is as if the play said nothing.
func (s *step) gives(d Draft, id string) error {
	these, _ := s.gestures(d.Play, d.Offer)
	var may []string
	for _, g := range these {
		if !within(d.Offer, g) {
			continue
		}
		if g.By == "" || g.By == id {
			return nil
		}
		by := []string{g.By}
		if team, ok := s.r.directory.Team(g.By); ok {
			by = team.Members
		}
		for _, x := range by {
			if x == id {
				return nil
			}
			if s.member(x) && s.grants(d.Offer, x) == nil {
				may = append(may, x)
			}
		}
	}
	if len(may) == 0 {
		return nil
	}
	return &escalation.RefusedError{By: id, Act: actGrant, Category: s.c.Verdict.Category, Severity: s.c.Verdict.Severity,
		Sum: d.Offer.Sum, Why: "play " + d.Play + " has others give it", May: may}
}
