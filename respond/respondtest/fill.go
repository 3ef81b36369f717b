package respondtest

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
)

// A filler sets members of an event's body by the names that they have in JSON, so that every kind of event can be
// written, those of next year too.
type filler struct {
	instant func(string) (time.Time, error)
	ref     func(string) mention.Ref
}

// set finds the member that a dotted name means and gives it a value. A name that the body itself does not have may be
// one of its only part: text= of a received is mention.text=.
func (f filler) set(body reflect.Value, name, value string) error {
	path := strings.Split(name, ".")
	v, ok := member(body, path[0])
	if !ok {
		for _, part := range []string{"mention", "statement"} {
			if inner, has := member(body, part); has && inner.Kind() == reflect.Struct {
				if _, has := member(inner, path[0]); has {
					return f.set(inner, name, value)
				}
			}
		}
		return fmt.Errorf("there is no %s here, but %s", path[0], strings.Join(names(body.Type()), ", "))
	}
	return f.into(v, name, path[1:], value)
}

// into walks the rest of a dotted name.
func (f filler) into(v reflect.Value, name string, path []string, value string) error {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return f.into(v.Elem(), name, path, value)
	}
	if len(path) == 0 {
		return f.value(v, name, value)
	}
	switch v.Kind() {
	case reflect.Map:
		if v.IsNil() {
			v.Set(reflect.MakeMap(v.Type()))
		}
		x := reflect.New(v.Type().Elem()).Elem()
		if err := f.value(x, name, value); err != nil {
			return err
		}
		v.SetMapIndex(reflect.ValueOf(strings.Join(path, ".")).Convert(v.Type().Key()), x)
		return nil
	case reflect.Struct:
		inner, ok := member(v, path[0])
		if !ok {
			return fmt.Errorf("%s: there is no %s here, but %s", name, path[0], strings.Join(names(v.Type()), ", "))
		}
		return f.into(inner, name, path[1:], value)
	}
	return fmt.Errorf("%s: a %s has no members", name, v.Kind())
}

// value writes one value into a member.
func (f filler) value(v reflect.Value, name, value string) error {
	switch p := v.Addr().Interface().(type) {
	case *time.Time:
		t, err := f.instant(value)
		*p = mention.Instant(t)
		return err
	case *mention.Ref:
		*p = f.ref(value)
		return nil
	case encoding.TextUnmarshaler:
		return p.UnmarshalText([]byte(value))
	}
	if strings.HasPrefix(value, "{") || strings.HasPrefix(value, "[") {
		if err := json.Unmarshal([]byte(value), v.Addr().Interface()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(value)
		return nil
	case reflect.Bool:
		b, err := strconv.ParseBool(value)
		v.SetBool(b)
		return err
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(value, 10, v.Type().Bits())
		v.SetInt(n)
		return err
	case reflect.Slice:
		if value == "" {
			return nil
		}
		for part := range strings.SplitSeq(value, ",") {
			x := reflect.New(v.Type().Elem()).Elem()
			if err := f.value(x, name, part); err != nil {
				return err
			}
			v.Set(reflect.Append(v, x))
		}
		return nil
	}
	if err := json.Unmarshal([]byte(value), v.Addr().Interface()); err != nil {
		return fmt.Errorf("%s: write it as JSON: %w", name, err)
	}
	return nil
}

// member is the field that has a name in JSON.
func member(v reflect.Value, name string) (reflect.Value, bool) {
	if v.Kind() != reflect.Struct {
		return v, false
	}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Anonymous {
			if inner, ok := member(v.Field(i), name); ok {
				return inner, true
			}
		} else if field.IsExported() && jsonName(field) == name {
			return v.Field(i), true
		}
	}
	return v, false
}

func jsonName(f reflect.StructField) string {
	tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return tag
}

// names lists what a body has, for who asked for something else.
func names(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && jsonName(f) != "" && jsonName(f) != "-" {
			out = append(out, jsonName(f))
		}
	}
	if len(out) == 0 {
		return []string{"nothing"}
	}
	slices.Sort(out)
	return out
}
