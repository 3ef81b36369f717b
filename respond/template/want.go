package template

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

// A want is the tree of the slots that a text uses.
type want struct {
	path  string // Contact.Name
	name  string // Name; empty for the items of a list
	slot  *Slot  // of a leaf
	list  bool   // its one child is the items
	kids  []*want
	steps []string // of a leaf on the quick way: Contact, Name
}

// wanted builds the tree. Its children are in the order of the names, so that nothing depends on a map.
func wanted(uses []string, names slotNames) *want {
	root := &want{}
	for _, use := range uses {
		at := root
		for _, step := range strings.Split(use, ".") {
			field, list := strings.CutSuffix(step, "[]")
			at = at.kid(field)
			if list {
				at.list = true
				at = at.kid("")
			}
		}
		s := names.leaf[use]
		at.slot = &s
	}
	return root
}

func (w *want) kid(name string) *want {
	for _, k := range w.kids {
		if k.name == name {
			return k
		}
	}
	path := spec.Join(w.path, name)
	if name == "" {
		path = w.path + "[]"
	}
	k := &want{path: path, name: name}
	w.kids = append(w.kids, k)
	return k
}

// take copies out of v what the tree wants, checked and plain; what has no value is nil. Required slots without a value
// are added to missing.
func (w *want) take(v any, root Slots, missing *[]string) (any, error) {
	if w.slot != nil {
		return w.leaf(v, root, missing)
	}
	if w.list {
		return w.items(v, root, missing)
	}
	out := make(map[string]any, len(w.kids))
	for _, k := range w.kids {
		field, err := fieldOf(v, k.name)
		if err != nil {
			return nil, fmt.Errorf("slot %s: %w", w.path, err)
		}
		value, err := k.take(field, root, missing)
		if err != nil {
			return nil, err
		}
		if value != nil { // an empty group is false in {{if}} and {{with}}
			out[k.name] = value
		}
	}
	return out, nil
}

func (w *want) leaf(v any, root Slots, missing *[]string) (any, error) {
	if v == nil {
		v = root[w.path] // a host that knows no nesting writes {"Contact.Name": "Dana"}
	}
	out, err := plainValue(v)
	if err != nil {
		return nil, fmt.Errorf("slot %s: %w", w.path, err)
	}
	if s, ok := out.(string); ok && len(s) > w.slot.max() && utf8.RuneCountInString(s) > w.slot.max() {
		return nil, fmt.Errorf("slot %s: %d characters, at most %d", w.path, utf8.RuneCountInString(s), w.slot.max())
	}
	if out == nil && w.slot.Required {
		*missing = append(*missing, w.path)
	}
	return out, nil
}

func (w *want) items(v any, root Slots, missing *[]string) (any, error) {
	items, err := itemsOf(v)
	if err != nil {
		return nil, fmt.Errorf("slot %s: %w", w.path, err)
	}
	if len(items) == 0 { // so that what is required of an item is missing
		if _, err := w.kids[0].take(nil, root, missing); err != nil {
			return nil, err
		}
		return []any{}, nil
	}
	out := make([]any, len(items))
	for i, item := range items {
		if out[i], err = w.kids[0].take(item, root, missing); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func fieldOf(v any, name string) (any, error) {
	switch m := v.(type) {
	case nil:
		return nil, nil
	case Slots:
		return m[name], nil
	case map[string]any:
		return m[name], nil
	case map[string]string:
		return m[name], nil
	}
	return nil, fmt.Errorf("a %T has no fields: give a map", v)
}

// valueOf follows a slot's name through the values.
func valueOf(slots Slots, steps []string) (any, error) {
	var v any = slots
	var err error
	for i, step := range steps {
		if v, err = fieldOf(v, step); err != nil {
			return nil, fmt.Errorf("slot %s: %w", strings.Join(steps[:i], "."), err)
		}
	}
	return v, nil
}

func itemsOf(v any) ([]any, error) {
	if v == nil {
		return nil, nil
	}
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Slice {
		return nil, fmt.Errorf("a %T has no items: give a slice", v)
	}
	if r.Len() > mostItems {
		return nil, fmt.Errorf("%d items, at most %d", r.Len(), mostItems)
	}
	out := make([]any, r.Len())
	for i := range out {
		out[i] = r.Index(i).Interface()
	}
	return out, nil
}

// instant and amount are values that must not be printed as they are: a bare {{.Due}} spoils the text, and the text is
// refused.
type (
	instant struct{ time.Time }
	amount  struct{ escalation.Money }
)

// String is what a template prints that forgets how to say a time.
func (instant) String() string { return "%!time without clock or day" }

// String is what a template prints that forgets how to say a sum.
func (amount) String() string { return "%!money without money" }

// plainValue is v as templates see it: a string, bool, int64, instant or amount, or nil for no value.
func plainValue(v any) (any, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case string:
		if strings.TrimSpace(x) == "" {
			return nil, nil
		}
		if clean := mention.Clean(x); clean != x {
			return clean, nil
		}
		return v, nil // as it came, without a new box
	case time.Duration, spec.Duration:
		return nil, fmt.Errorf("a %T is said in no language: give a whole number and write the unit", v)
	case time.Time:
		if x.IsZero() {
			return nil, nil
		}
		return instant{x}, nil
	case escalation.Money:
		if x.Currency == "" {
			return nil, nil
		}
		return amount{x}, nil
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.String:
		return plainValue(r.String())
	case reflect.Bool:
		return r.Bool(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return r.Int(), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if r.Uint() <= math.MaxInt64 {
			return int64(r.Uint()), nil
		}
	case reflect.Float32, reflect.Float64: // what encoding/json makes of 3
		if f := r.Float(); f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return int64(f), nil
		}
	}
	return nil, fmt.Errorf("a %T is no plain value: give a string, a boolean, a whole number, a time or an amount", v)
}
