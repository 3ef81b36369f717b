package respondtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/respond/effect"
)

// None in a want says that there is to be nothing.
const none = "none"

// want holds the state of a case or an incident to what a line says: members by their dotted names in JSON, due (the
// next instant) and asks (what the last step asked for).
func (p *player) want(words []word) error {
	b := p.subject
	if len(words) > 0 && words[0].name == "" {
		if words[0].value == "nobody" { // no case was opened
			if len(p.beings) > 0 {
				return fmt.Errorf("nobody was wanted, and there is %s", p.beings[0].name())
			}
			return nil
		}
		var err error
		if b, err = p.named(words[0].value); err != nil {
			return err
		}
		words = words[1:]
	}
	if b == nil {
		return fmt.Errorf("there is no case yet of which something could be wanted")
	}
	state, err := members(b)
	if err != nil {
		return err
	}
	var wrong []string
	for _, w := range words {
		got, ok, err := p.holds(b, state, w)
		if err != nil {
			return err
		}
		if !ok {
			wrong = append(wrong, fmt.Sprintf("%s of %s is %s, and %s is wanted", w.name, b.name(), got, w.value))
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%s", strings.Join(wrong, "\n\t"))
	}
	return nil
}

// members are those of a state, the messages of a case as objects: its own JSON has a line for each.
func members(b being) (state map[string]any, err error) {
	if err := json.Unmarshal(b.state(), &state); err != nil {
		return nil, err
	}
	if said := b.glance().said; len(said) > 0 {
		data, err := json.Marshal(map[string]any{"messages": said})
		if err != nil {
			return nil, err
		}
		return state, json.Unmarshal(data, &state)
	}
	return state, nil
}

// holds compares one member.
func (p *player) holds(b being, state map[string]any, w word) (got string, ok bool, err error) {
	switch w.name {
	case "":
		return "", false, fmt.Errorf("want %s: say name=value", w.value)
	case "due":
		due := b.glance().due
		got = p.orNone(due)
		if w.value == none || due.IsZero() {
			return got, due.IsZero() && w.value == none, nil
		}
		t, err := moment(strings.Fields(w.value), p.now, due, p.zone)
		return got, err == nil && t.Equal(due), err
	case "asks":
		return p.holdsAsked(w.value)
	}
	x, found := reach(state, strings.Split(w.name, "."))
	if !found {
		return none, w.value == none, nil
	}
	switch x := x.(type) {
	case string:
		if t, err := time.Parse(time.RFC3339, x); err == nil {
			if isTimeOfDay(w.value) && len(w.value) == len("15:04") { // of whatever day
				return shown(t, p.zone), t.In(p.zone).Format("15:04") == w.value, nil
			}
			then, bad := moment(strings.Fields(w.value), p.now, time.Time{}, p.zone)
			return shown(t, p.zone), bad == nil && then.Equal(t), nil
		}
		got = p.call(x)
	case []any:
		if _, err := strconv.Atoi(w.value); err == nil {
			return strconv.Itoa(len(x)), strconv.Itoa(len(x)) == w.value, nil
		}
		var all []string
		for _, y := range x {
			all = append(all, fmt.Sprint(y))
		}
		got = strings.Join(all, ",")
	case map[string]any:
		got = "there"
	default:
		data, _ := json.Marshal(x)
		got = string(data)
	}
	return got, got == w.value, nil
}

// holdsAsked compares what was asked for since the last written step, by kinds or names, in any order.
func (p *player) holdsAsked(value string) (got string, ok bool, err error) {
	var kinds, whom []string
	for _, x := range p.asked {
		kinds = append(kinds, x.Kind())
		name := x.Kind()
		switch b := x.Body.(type) {
		case effect.Tell:
			name += ":" + b.Member
		case effect.Approve:
			name += ":" + b.Member
		}
		whom = append(whom, name)
	}
	if len(kinds) == 0 {
		return none, value == none, nil
	}
	wanted := strings.Split(value, ",")
	if !strings.Contains(value, ":") {
		whom = kinds
	}
	slices.Sort(wanted)
	slices.Sort(whom)
	return strings.Join(whom, ","), slices.Equal(wanted, whom), nil
}

// reach walks a dotted name. What is empty is not there.
func reach(v any, path []string) (any, bool) {
	for _, name := range path {
		switch x := v.(type) {
		case map[string]any:
			inner, ok := x[name]
			if !ok {
				return nil, false
			}
			v = inner
		case []any:
			n, err := strconv.Atoi(name)
			if name == "last" {
				n, err = len(x)-1, nil
			}
			if err != nil || n < 0 || n >= len(x) {
				return nil, false
			}
			v = x[n]
		default:
			return nil, false
		}
	}
	return v, v != nil
}
