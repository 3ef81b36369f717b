package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Unmarshal decodes a JSON object into v, a pointer to a struct, and gives back in rest the members that v has no field
// for, as they were written. So a program keeps what a newer one has added to a row that both write. A member that
// differs from a field's name in case is such a member. Rest is nil when every member has a field.
//
// Unlike Decode it is for what programs write: it is not strict, and its errors are those of encoding/json. A type whose
// UnmarshalJSON calls it passes itself as a type without that method:
//
//	func (c *Case) UnmarshalJSON(data []byte) (err error) {
//		type plain Case
//		c.rest, err = spec.Unmarshal(data, (*plain)(c))
//		return err
//	}
func Unmarshal(data []byte, v any) (rest map[string]json.RawMessage, err error) {
	t := reflect.TypeOf(v)
	if t == nil || t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Struct {
		return nil, fmt.Errorf("spec.Unmarshal needs a pointer to a struct, not %T", v)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return nil, err
	}
	known := fieldsOf(t.Elem()).byName
	for name := range members {
		if _, ok := known[name]; !ok {
			if rest == nil {
				rest = map[string]json.RawMessage{}
			}
			rest[name] = members[name]
		}
	}
	if rest == nil {
		return nil, json.Unmarshal(data, v)
	}
	maps.DeleteFunc(members, func(name string, _ json.RawMessage) bool { _, ok := rest[name]; return ok })
	ours, err := json.Marshal(members)
	if err != nil {
		return nil, err
	}
	return rest, json.Unmarshal(ours, v)
}

// Marshal is the way back: the JSON object of v, then the members of rest in the order of their names. Where both have
// a name, v's field is meant, written or not. An empty rest costs nothing. A member of rest that is no JSON, and a v
// that does not make an object, are errors.
func Marshal(v any, rest map[string]json.RawMessage) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil || len(rest) == 0 {
		return b, err
	}
	if len(b) < 2 || b[0] != '{' {
		return nil, fmt.Errorf("spec.Marshal: %T does not make a JSON object", v)
	}
	known := map[string]int{}
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct {
		known = fieldsOf(t).byName
	}
	out := bytes.NewBuffer(b[:len(b)-1])
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		if _, ok := known[name]; ok {
			continue
		}
		member, err := json.Marshal(map[string]json.RawMessage{name: rest[name]})
		if err != nil {
			return nil, fmt.Errorf("spec.Marshal: member %q: %w", name, err)
		}
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		out.Write(member[1 : len(member)-1])
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
