package spec

import (
	"encoding"
	"reflect"
)

func (d *decoder) object(path string, v reflect.Value, depth int) {
	switch {
	case v.Kind() == reflect.Struct:
		d.structure(path, v, depth)
	case v.Kind() == reflect.Map && mapKey(v.Type().Key()):
		d.mapping(path, v, depth)
	default:
		at := d.pos
		if d.any(path, depth); !d.stopped {
			d.mismatch(at, path, v.Type(), "an object")
		}
	}
}

func (d *decoder) structure(path string, v reflect.Value, depth int) {
	known := d.fields[v.Type()]
	if known == nil {
		known = fieldsOf(v.Type())
		d.fields[v.Type()] = known
	}
	detach(v, known)
	seen := map[string]int{}
	d.members(path, '}', depth, func(int) {
		name, at := d.name(path)
		if d.stopped {
			return
		}
		below := Join(path, name)
		if first, again := seen[name]; again {
			d.twice(at, below, first)
			d.any(below, depth+1)
			return
		}
		seen[name] = at
		i, ok := known.byName[name]
		if !ok {
			d.unknown(at, below, name, known)
			d.any(below, depth+1)
			return
		}
		f := &known.list[i]
		into := fieldByIndex(v, f.index)
		switch {
		case !into.IsValid():
			d.add(at, below, "JSON cannot be read into a field of an unexported type")
			d.any(below, depth+1)
		case f.quoted && d.peek() != 'n':
			d.quoted(below, into, depth+1)
		default:
			d.value(below, into, depth+1)
		}
	})
}

func (d *decoder) unknown(at int, path, name string, known *fields) {
	switch f, sameButCase := known.nearest(name); {
	case sameButCase:
		d.note(at, path, "this field is written %q", f.name)
	case f != nil:
		d.note(at, path, "unknown field; did you mean %q?", f.name)
	case 0 < len(known.list) && len(known.list) <= 12:
		d.note(at, path, "unknown field; known are %s", known.names())
	default:
		d.note(at, path, "unknown field")
	}
}

func (d *decoder) twice(at int, path string, first int) {
	line, _ := d.place(first)
	d.note(at, path, "this field stands here a second time, the first is on line %d", line)
}

// fieldByIndex finds a field and makes the embedded structs on the way. It is invalid where one cannot be made.
func fieldByIndex(v reflect.Value, index []int) reflect.Value {
	for i, x := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !v.CanSet() {
					return reflect.Value{}
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v
}

// detach copies what the embedded pointers of v point to, so that v's fields can be set without changing the value that
// v was copied from.
func detach(v reflect.Value, known *fields) {
	for _, f := range known.list {
		at := v
		for _, x := range f.index[:len(f.index)-1] {
			at = at.Field(x)
			if at.Kind() != reflect.Pointer {
				continue
			}
			if at.IsNil() || !at.CanSet() {
				break
			}
			own := reflect.New(at.Type().Elem())
			own.Elem().Set(at.Elem())
			at.Set(own)
			at = own.Elem()
		}
	}
}

// quoted reads a value that its tag wants inside a text.
func (d *decoder) quoted(path string, v reflect.Value, depth int) {
	at := d.pos
	if kind := d.kind(); kind != "a text" {
		if d.any(path, depth); !d.stopped {
			d.add(at, path, "want %s written as a text, found %s", wanted(v.Type()), kind)
		}
		return
	}
	s := d.text(path)
	if d.stopped {
		return
	}
	inner := reflect.New(v.Type())
	if err := Decode([]byte(s), inner.Interface()); err != nil {
		d.add(at, path, "want %s written as a text, found %q", wanted(v.Type()), s)
		return
	}
	v.Set(inner.Elem())
}

func mapKey(t reflect.Type) bool {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return true
	}
	return t.Kind() == reflect.String || reflect.Int <= t.Kind() && t.Kind() <= reflect.Uint64
}

func (d *decoder) mapping(path string, v reflect.Value, depth int) {
	t := v.Type()
	v.Set(reflect.MakeMap(t))
	seen := map[string]int{}
	d.members(path, '}', depth, func(int) {
		name, at := d.name(path)
		if d.stopped {
			return
		}
		below := Join(path, name)
		if first, again := seen[name]; again {
			d.twice(at, below, first)
		}
		seen[name] = at
		key, item := reflect.New(t.Key()), reflect.New(t.Elem()).Elem()
		if u, ok := key.Interface().(encoding.TextUnmarshaler); ok {
			d.merge(at, below, u.UnmarshalText([]byte(name)))
		} else if t.Key().Kind() == reflect.String {
			key.Elem().SetString(name)
		} else {
			d.setNumber(at, below, key.Elem(), name)
		}
		d.value(below, item, depth+1)
		v.SetMapIndex(key.Elem(), item)
	})
}
