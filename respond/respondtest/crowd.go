package respondtest

import (
	"errors"
	"iter"
	"slices"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// holdCases tells the cases of an incident that it holds them, as the desk does.
func (p *player) holdCases(i int, h effect.HoldCases) error {
	in, ok := p.effects[i].of.(*life[incident.Incident, incident.Change])
	if !ok || p.works["hold_cases"] == "waits" {
		return nil
	}
	for _, b := range p.members(in, h.Case, incident.Members) {
		if err := p.tellCase(i, b, event.JoinedIncident{Incident: h.Incident, Told: in.now.Told()}); err != nil {
			return err
		}
	}
	return nil // the incident does not wait for it
}

// releaseCases tells them that it lets them go, and each from when its clock runs.
func (p *player) releaseCases(i int, r effect.ReleaseCases) error {
	in, ok := p.effects[i].of.(*life[incident.Incident, incident.Change])
	if !ok || p.works["release_cases"] == "waits" {
		return nil
	}
	cases := p.members(in, r.Case, incident.Members)
	var waiting []incident.Waiting
	for _, c := range cases {
		waiting = append(waiting, incident.Waiting{Case: c.is, Priority: c.now.Priority()})
	}
	for n, from := range incident.Spread(p.rules, in.now, waiting, r.Pace, p.now) {
		if err := p.tellCase(i, cases[n], event.IncidentOver{Incident: r.Incident, From: from}); err != nil {
			return err
		}
	}
	return p.outcome(i, event.Delivered{Key: p.effects[i].what.Key})
}

// informCases tells them what is verified, and what of it is not so.
func (p *player) informCases(i int, x effect.InformCases) error {
	in, ok := p.effects[i].of.(*life[incident.Incident, incident.Change])
	if !ok || p.works["inform_cases"] == "waits" {
		return nil
	}
	for _, b := range p.members(in, x.Case, incident.Everybody) {
		if err := p.tellCase(i, b, event.Informed{Incident: x.Incident, Facts: in.now.Verified()}); err != nil {
			return err
		}
	}
	return nil // the incident does not wait for it
}

// members are the cases of an incident that the story knows: those of its trail that are meant, or one.
func (p *player) members(in *life[incident.Incident, incident.Change], one string, which func(iter.Seq[incident.Entry]) []string,
) []*life[respond.Case, respond.Change] {
	ids := []string{one}
	if one == "" {
		ids = which(slices.Values(in.entries))
	}
	var out []*life[respond.Case, respond.Change]
	for _, id := range ids {
		for _, b := range p.beings {
			if c, ok := b.(*life[respond.Case, respond.Change]); ok && c.is == id {
				out = append(out, c)
			}
		}
	}
	return out
}

// tellCase brings a case what its incident says. One that has no ear for it is left as it is.
func (p *player) tellCase(i int, b being, body event.Body) error {
	id := event.HeldID(p.effects[i].what.Key, b.id())
	err := p.bring(b, event.Event{ID: id, At: p.now, By: event.Host, Body: body})
	if errors.Is(err, respond.ErrRefused) {
		return nil
	}
	return err
}
