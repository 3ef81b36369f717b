package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// A Rest is what a JSON object and the objects within it hold that a type has no field for, as it was written. The zero
// Rest is nothing. It is never altered, and may be shared.
//
// A member within goes with its object, which is known by its id, key, ref, case, objective, name or n beside where it
// stands. One that has none of these is known by its place in its list, or by its name alone: what a newer program wrote
// into such a facet stays in it, whatever becomes of its other members. What is gone takes its own along.
type Rest struct {
	top  map[string]json.RawMessage
	deep map[string]map[string]json.RawMessage // by the path of the object
}

// UnmarshalAll is Unmarshal that also keeps what stands within. Of a type with an UnmarshalJSON of its own it sees no
// inside: that keeps its own.
func UnmarshalAll(data []byte, v any) (Rest, error) {
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	t := reflect.TypeOf(v)
	if t == nil || t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Struct {
		return Rest{}, fmt.Errorf("spec.UnmarshalAll needs a pointer to a struct, not %T", v)
	}
	fresh := reflect.New(t.Elem())
	if strict.Decode(fresh.Interface()) == nil && !strict.More() {
		reflect.ValueOf(v).Elem().Set(fresh.Elem()) // every member has a field: the usual case
		return Rest{}, nil
	}
	top, err := Unmarshal(data, v)
	if err != nil {
		return Rest{}, err
	}
	deep := map[string]map[string]json.RawMessage{}
	gather(data, t.Elem(), "", deep)
	delete(deep, "")
	return Rest{top: top, deep: deep}, nil
}

// IsZero reports whether it is nothing.
func (r Rest) IsZero() bool { return len(r.top) == 0 && len(r.deep) == 0 }

// Marshal is the way back: the JSON of v, with every member of the rest in the object where it was.
func (r Rest) Marshal(v any) ([]byte, error) {
	data, err := Marshal(v, r.top)
	if err != nil || len(r.deep) == 0 {
		return data, err
	}
	return graft(data, "", r.deep)
}

var (
	unmarshaler = reflect.TypeFor[json.Unmarshaler]()
	identities  = []string{"id", "key", "ref", "case", "objective", "name", "n"}
)

// gather collects the members of every object within that its type has no field for.
func gather(data []byte, t reflect.Type, path string, out map[string]map[string]json.RawMessage) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if path != "" && reflect.PointerTo(t).Implements(unmarshaler) {
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		var members map[string]json.RawMessage
		if json.Unmarshal(data, &members) != nil {
			return
		}
		known := fieldsOf(t)
		for _, name := range slices.Sorted(maps.Keys(members)) {
			member := members[name]
			i, ok := known.byName[name]
			if ok {
				gather(member, known.list[i].typ, Join(path, name)+identity(member), out)
				continue
			}
			if out[path] == nil {
				out[path] = map[string]json.RawMessage{}
			}
			out[path][name] = member
		}
	case reflect.Slice, reflect.Array:
		var list []json.RawMessage
		if json.Unmarshal(data, &list) != nil {
			return
		}
		for i, x := range list {
			gather(x, t.Elem(), path+element(x, i), out)
		}
	}
}

// identity tells an object from others in its place; empty where nothing does.
func identity(data []byte) string {
	if len(data) == 0 || data[0] != '{' {
		return ""
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) == nil {
		for _, name := range identities {
			if id, ok := members[name]; ok {
				return "(" + name + " " + string(id) + ")"
			}
		}
	}
	return ""
}

// element is how an element of a list is known: by itself, or by its place.
func element(data []byte, i int) string {
	if id := identity(data); id != "" {
		return id
	}
	return Index("", i)
}

// graft puts the members back, in the order of their names behind those that the object has.
func graft(data []byte, path string, deep map[string]map[string]json.RawMessage) ([]byte, error) {
	within := func(at string) bool {
		for p := range deep {
			if len(p) >= len(at) && p[:len(at)] == at {
				return true
			}
		}
		return false
	}
	if len(data) == 0 || data[0] != '{' && data[0] != '[' || !within(path) {
		return data, nil
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	open, err := dec.Token()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteByte(data[0])
	for i := 0; dec.More(); i++ {
		if i > 0 {
			out.WriteByte(',')
		}
		at := path
		if open == json.Delim('{') {
			name, err := dec.Token()
			if err != nil {
				return nil, err
			}
			key, err := json.Marshal(name)
			if err != nil {
				return nil, err
			}
			out.Write(key)
			out.WriteByte(':')
			at = Join(path, fmt.Sprint(name))
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, err
		}
		if open == json.Delim('[') {
			at += element(value, i)
		} else {
			at += identity(value)
		}
		if value, err = graft(value, at, deep); err != nil {
			return nil, err
		}
		out.Write(value)
	}
	for _, name := range slices.Sorted(maps.Keys(deep[path])) {
		member, err := json.Marshal(map[string]json.RawMessage{name: deep[path][name]})
		if err != nil {
			return nil, err
		}
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		out.Write(member[1 : len(member)-1])
	}
	out.WriteByte(map[byte]byte{'{': '}', '[': ']'}[data[0]])
	return out.Bytes(), nil
}
