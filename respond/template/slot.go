package template

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/spec"
)

// A Slot is one value that texts may use, and what is to be known of it before it has a value. A text may use no other.
type Slot struct {
	Name     string `json:"name"`               // Brand, Contact.Name; Items[] is a list, Items[].SKU a field of its items
	Private  bool   `json:"private,omitempty"`  // never in a public text
	Fact     bool   `json:"fact,omitempty"`     // its value is what the verified fact of its name says, and nothing else
	Required bool   `json:"required,omitempty"` // a text that uses it is not written without it
	Max      int    `json:"max,omitempty"`      // longest value in runes; 0 means 60
	Sample   string `json:"sample,omitempty"`   // a typical value; worst-case lengths are measured in its letters
}

// Slots are the values at hand for one text, by name: {"Brand": "Acme", "Contact": {"Name": "Dana"}}. A value is a
// string, a boolean, a whole number, a time.Time, an escalation.Money, or a map or a list of such; anything else is an
// error when it is used. Empty strings, zero times and missing names are the same: no value. A flat {"Contact.Name":
// "Dana"} does as well as a nested map.
type Slots map[string]any

// Has reports whether there is a value under a name: Brand, Contact.Name. A group or a list is no value.
func (s Slots) Has(name string) bool {
	v, err := valueOf(s, strings.Split(name, "."))
	if v == nil {
		v = s[name]
	}
	plain, bad := plainValue(v)
	return err == nil && bad == nil && plain != nil
}

// A MissingError says which required slots of a text have no value. The text was not written.
type MissingError struct {
	Slots []string // sorted
}

// Error names the slots.
func (e *MissingError) Error() string { return "no value for " + strings.Join(e.Slots, ", ") }

const (
	usualMax  = 60 // runes of a slot that says no Max
	mostItems = 20 // items of a list: more is no sentence that anybody reads
)

func (s Slot) max() int {
	if s.Max > 0 {
		return s.Max
	}
	return usualMax
}

// fill is a value as long as the slot allows, made of its sample's letters.
func (s Slot) fill() string {
	sample := strings.TrimSpace(s.Sample)
	if sample == "" {
		sample = "n"
	}
	letters := []rune(sample)
	out := make([]rune, min(s.max(), mostText))
	for i := range out {
		out[i] = letters[i%len(letters)]
	}
	return string(out)
}

// slotNames is a declared set of slots, by path.
type slotNames struct {
	leaf  map[string]Slot
	group map[string]bool // has fields: Contact, Items[]
	list  map[string]bool // has items: Items
}

var slotName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*(\[\])?(\.[A-Za-z][A-Za-z0-9_]*(\[\])?)*$`)

func namesOf(slots []Slot, problems *spec.Problems) slotNames {
	n := slotNames{leaf: map[string]Slot{}, group: map[string]bool{"": true}, list: map[string]bool{}}
	for i, s := range slots {
		path := spec.Index("slots", i)
		switch _, twice := n.leaf[s.Name]; {
		case !slotName.MatchString(s.Name):
			problems.Add(spec.Join(path, "name"), "%q is no slot name: write Brand, Contact.Name or Items[].SKU", s.Name)
			continue
		case twice:
			problems.Add(spec.Join(path, "name"), "slot %s is declared twice", s.Name)
			continue
		}
		if s.Max < 0 {
			problems.Add(spec.Join(path, "max"), "a slot cannot be shorter than nothing")
		}
		if utf8.RuneCountInString(s.Sample) > s.max() {
			problems.Add(spec.Join(path, "sample"), "the sample is longer than the slot's %d characters", s.max())
		}
		n.leaf[s.Name] = s
		n.above(s.Name)
	}
	for i, s := range slots {
		if _, ok := n.leaf[s.Name]; ok && (n.group[s.Name] || n.list[s.Name]) {
			problems.Add(spec.Join(spec.Index("slots", i), "name"), "slot %s is a value and has fields or items too", s.Name)
		}
	}
	return n
}

// above notes the groups and lists that a slot's name passes through.
func (n slotNames) above(name string) {
	path := ""
	steps := strings.Split(name, ".")
	for i, step := range steps {
		path = spec.Join(path, step)
		if list, ok := strings.CutSuffix(path, "[]"); ok {
			n.list[list] = true
		}
		if i < len(steps)-1 {
			n.group[path] = true
		}
	}
}

// distinct sorts names and leaves each once.
func distinct(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}
