package respondtest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// What the world can do with an effect.
var behaviours = []string{"works", "fails", "waits", "unsure"}

// carry lets the world do what was asked for, as the story says it does: at once and well, unless a line "world" says
// otherwise.
func (p *player) carry(i int) error {
	a := p.effects[i]
	switch b := a.what.Body.(type) {
	case effect.Join:
		return p.join(i, b)
	case effect.HoldCases:
		return p.holdCases(i, b)
	case effect.ReleaseCases:
		return p.releaseCases(i, b)
	case effect.InformCases:
		return p.informCases(i, b)
	}
	does := p.works[a.what.Kind()]
	if t, ok := a.what.Body.(effect.Tell); ok {
		if by, ok := p.works["tell:"+t.Member]; ok {
			does = by
		}
	}
	switch a.what.Body.(type) {
	case effect.Observe, effect.Lookup: // what nobody knows yet comes as observed or known, if it comes
		does = cmp.Or(does, "waits")
	}
	switch does {
	case "waits":
		return nil
	case "fails":
		return p.outcome(i, event.Undelivered{Key: a.what.Key, Reason: event.Failed})
	case "unsure":
		return p.outcome(i, event.Uncertain{Key: a.what.Key, Detail: "no answer"})
	}
	if wants := a.of.glance().wants; wants != nil && a.what.Kind() == "send" {
		if why, ok := wants(a.what.Key); !ok {
			return p.outcome(i, event.Undelivered{Key: a.what.Key, Reason: why})
		}
	}
	switch a.what.Body.(type) {
	case effect.Grant:
		return p.outcome(i, event.Granted{Key: a.what.Key})
	case effect.Erase:
		return p.outcome(i, event.Erased{Key: a.what.Key})
	}
	p.routine = a.what.Kind() == "tell" || a.what.Kind() == "approve"
	err := p.outcome(i, event.Delivered{Key: a.what.Key, Ref: p.made(a.what.Body)})
	p.routine = false
	return err
}

// made is the message that an effect makes.
func (p *player) made(b effect.Body) mention.Ref {
	switch b := b.(type) {
	case effect.Send:
		return p.ourNext(b.Channel)
	case effect.Publish:
		if !b.Revise.IsZero() {
			return b.Revise
		}
		return p.ourNext(b.Channel)
	}
	return mention.Ref{}
}

func (p *player) ourNext(channel string) mention.Ref {
	p.ours++
	return mention.Ref{Channel: channel, ID: "ours-" + strconv.Itoa(p.ours)}
}

// outcome brings what became of an effect to who asked for it.
func (p *player) outcome(i int, body event.Body) error {
	a := &p.effects[i]
	_, unsure := body.(event.Uncertain)
	a.done = !unsure
	by := event.Channel
	switch body.(type) {
	case event.Granted, event.Erased:
		by = event.Host
	}
	e := event.Event{ID: event.OutcomeID(a.what.Key, body, 1), At: p.now, By: by, Body: body}
	err := p.bring(a.of, e)
	var no *respond.RefusedError
	if errors.As(err, &no) && no.Into != "" { // who asked was merged meanwhile: the other may want to know, or not
		for _, other := range p.beings {
			if other.id() == no.Into {
				err = p.bring(other, e)
			}
		}
		if errors.Is(err, respond.ErrRefused) {
			return nil
		}
	}
	return err
}

// join does what the desk does: it brings a case to the incident of its category.
func (p *player) join(i int, j effect.Join) error {
	a := p.effects[i]
	switch p.works["join"] {
	case "waits":
		return nil
	case "fails":
		return p.outcome(i, event.Undelivered{Key: a.what.Key, Reason: event.Failed})
	}
	in := p.incidentOf(j.Category, j.Case)
	e := event.Event{ID: event.RequestID(a.what.Key), At: p.now, By: event.Host, Body: event.Joined{
		Case: j.Case, Category: j.Category, Severity: j.Severity, Brand: j.Brand, Country: j.Country, Lang: j.Lang,
		Life: j.Life, Mention: j.Mention, Again: j.Again,
	}}
	var no *respond.RefusedError
	if err := p.bring(in, e); errors.As(err, &no) {
		return p.outcome(i, event.Undelivered{Key: a.what.Key, Reason: event.Failed})
	} else if err != nil {
		return err
	}
	return p.outcome(i, event.Delivered{Key: a.what.Key})
}

// find is an effect by the name that a story has for it: send, tell:ana, send#2. Without a number it is the newest that
// has no outcome yet, else the newest; of the subject, else of anybody.
func (p *player) find(b being, name string) (int, error) {
	best := -1
	better := func(i int) bool {
		a, old := p.effects[i], best
		switch {
		case old < 0:
			return true
		case (a.of == b) != (p.effects[old].of == b):
			return a.of == b
		}
		return !a.done || p.effects[old].done
	}
	var have []string
	for i, a := range p.effects {
		names := []string{a.what.Kind(), a.name}
		switch x := a.what.Body.(type) {
		case effect.Tell:
			names = append(names, "tell:"+x.Member)
		case effect.Approve:
			names = append(names, "approve:"+x.Member)
		case effect.Publish:
			names = append(names, "publish:"+x.Account)
		}
		if slices.Contains(names, name) && better(i) {
			best = i
		}
		if a.of == b {
			have = append(have, a.name)
		}
	}
	if best < 0 {
		return 0, fmt.Errorf("nobody asked for %s: %s asked for %v", name, nameOf(b), have)
	}
	return best, nil
}

func nameOf(b being) string {
	if b == nil {
		return "nobody"
	}
	return b.name()
}
