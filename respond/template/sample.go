package template

import (
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
)

// Samples are values to try texts with: each slot's sample, or its last name where it has none; one item for each list. A
// sample that is written as an instant of RFC 3339, as a whole number, or as minor units with a currency ("4000 EUR") is
// a time, a number or a sum.
func Samples(slots []Slot) Slots {
	out := Slots{}
	for _, s := range slots {
		into := map[string]any(out)
		steps := strings.Split(s.Name, ".")
		for _, step := range steps[:len(steps)-1] {
			into = sampleGroup(into, step)
		}
		last := steps[len(steps)-1]
		if name, list := strings.CutSuffix(last, "[]"); list {
			into[name] = []any{s.sample(name)}
			continue
		}
		into[last] = s.sample(last)
	}
	return out
}

// sampleGroup is the group of a name in another, or the one item of a list of groups.
func sampleGroup(into map[string]any, step string) map[string]any {
	name, list := strings.CutSuffix(step, "[]")
	switch v := into[name].(type) {
	case map[string]any:
		return v
	case []any:
		if group, ok := v[0].(map[string]any); ok {
			return group
		}
	}
	group := map[string]any{}
	into[name] = group
	if list {
		into[name] = []any{group}
	}
	return group
}

func (s Slot) sample(name string) any {
	sample := strings.TrimSpace(s.Sample)
	if sample == "" {
		return string([]rune(name)[:min(len([]rune(name)), s.max())])
	}
	if at, err := time.Parse(time.RFC3339, sample); err == nil {
		return at
	}
	if n, err := strconv.ParseInt(sample, 10, 64); err == nil && sample[0] != '0' && sample[0] != '+' {
		return n
	}
	if minor, code, ok := strings.Cut(sample, " "); ok && len(code) == 3 && code == strings.ToUpper(code) {
		if n, err := strconv.ParseInt(minor, 10, 64); err == nil {
			return escalation.Money{Minor: n, Currency: code}
		}
	}
	return sample
}
