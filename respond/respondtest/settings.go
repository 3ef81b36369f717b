package respondtest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
)

// set does what a setting says.
func (p *player) set(l line) error {
	switch l.verb {
	case "start":
		return p.start(l.words)
	case "customer":
		return p.customer(l.words)
	case "world":
		return p.world(l.words)
	case "clock":
		return oneOf(l.words, "stopped", "runs", &p.stopped)
	case "reasons":
		return oneOf(l.words, "on", "off", &p.reasons)
	}
	return nil
}

// oneOf sets a switch.
func oneOf(words []word, yes, no string, into *bool) error {
	if len(words) == 1 && (words[0].String() == yes || words[0].String() == no) {
		*into = words[0].value == yes
		return nil
	}
	return fmt.Errorf("it is %s or %s", yes, no)
}

// start sets the clock and the zone in which instants are told: start 2026-06-16 10:00 Europe/Madrid.
func (p *player) start(words []word) error {
	if len(p.told) > 0 || len(words) < 2 || len(words) > 3 {
		return fmt.Errorf("a story starts once, before its first step: start 2026-06-16 10:00 Europe/Madrid")
	}
	if len(words) == 3 {
		zone, err := p.rules.Directory().Zone(words[2].value)
		if err != nil {
			return err
		}
		p.zone = zone
	}
	t, err := moment([]string{words[0].value, words[1].value}, p.now, time.Time{}, p.zone)
	p.now = t
	return err
}

// customer says who somebody is: customer dana name="Dana Fjeld" followers=120.
func (p *player) customer(words []word) error {
	if len(words) == 0 || words[0].name != "" {
		return fmt.Errorf(`a customer has a name in the story: customer dana name="Dana Fjeld"`)
	}
	a := p.person(words[0].value)
	v := reflect.ValueOf(&a).Elem()
	for _, w := range words[1:] {
		if err := p.filler().set(v, w.name, w.value); err != nil {
			return err
		}
	}
	p.people[words[0].value] = a
	return nil
}

// person is a customer by his name in the story.
func (p *player) person(name string) mention.Author {
	if a, ok := p.people[name]; ok {
		return a
	}
	if name == "nobody" {
		return mention.Author{}
	}
	return mention.Author{ID: "u-" + name, Handle: name, Name: strings.ToUpper(name[:1]) + name[1:]}
}

// world says what the world does with an effect: world send waits, world tell:ben fails.
func (p *player) world(words []word) error {
	if len(words) != 2 || !slices.Contains(behaviours, words[1].value) {
		return fmt.Errorf("say what the world does with what: world send waits (%s)", strings.Join(behaviours, ", "))
	}
	p.works[words[0].value] = words[1].value
	return nil
}

func (p *player) filler() filler {
	return filler{
		instant: func(s string) (time.Time, error) {
			due := time.Time{}
			if p.subject != nil {
				due = p.subject.glance().due
			}
			return moment(strings.Fields(s), p.now, due, p.zone)
		},
		ref: p.ref,
	}
}

// ref is a message by its id in the story, on the usual channel unless it says chirp/1.
func (p *player) ref(s string) mention.Ref {
	if channel, id, ok := strings.Cut(s, "/"); ok {
		return mention.Ref{Channel: channel, ID: id}
	}
	if m, ok := p.said[s]; ok {
		return m.Ref
	}
	return mention.Ref{Channel: p.channel(), ID: s}
}

// channel is where everything happens that does not say where: the first that is ours.
func (p *player) channel() string {
	venues := p.rules.Specs().Venues
	for _, v := range venues {
		if v.Ours {
			return v.Channel
		}
	}
	if len(venues) > 0 {
		return venues[0].Channel
	}
	return "channel"
}

// account is ours on a channel.
func (p *player) account(channel string) string {
	for _, a := range p.rules.Specs().Watchlist.Ours.Accounts {
		if a.Channel == channel {
			return a.ID
		}
	}
	return ""
}
