package spec

import (
	"encoding"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// value reads the value at the position into v, which can be set. Types that do not agree are problems; the value is
// then read for its syntax and its own problems.
func (d *decoder) value(path string, v reflect.Value, depth int) {
	if d.peek() == 'n' && d.null(path, v) {
		return
	}
	for v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		if d.readsItself(path, v, depth) {
			return
		}
		v = v.Elem()
	}
	if v.CanAddr() && d.readsItself(path, v.Addr(), depth) {
		return
	}
	if v.Kind() == reflect.Interface {
		x := d.any(path, depth)
		if v.NumMethod() > 0 {
			d.add(d.pos, path, "JSON cannot be read into a %s", v.Type())
		} else if x != nil {
			v.Set(reflect.ValueOf(x))
		}
		return
	}
	switch c := d.peek(); {
	case c == '{':
		d.object(path, v, depth)
	case c == '[':
		d.list(path, v, depth)
	case c == '"':
		at := d.pos
		s := d.text(path)
		if !d.stopped {
			d.setText(at, path, v, s)
		}
	case c == '-' || '0' <= c && c <= '9':
		at := d.pos
		token := d.number(path)
		if !d.stopped {
			d.setNumber(at, path, v, token)
		}
	default:
		at := d.pos
		word := d.word(path)
		switch {
		case d.stopped:
		case v.Kind() == reflect.Bool:
			v.SetBool(word == "true")
		default:
			d.mismatch(at, path, v.Type(), word)
		}
	}
}

// null reads a null. It empties what can be empty; anything else stays as it was, as in encoding/json, except that a
// type with UnmarshalJSON decides for itself.
func (d *decoder) null(path string, v reflect.Value) (done bool) {
	at := d.pos
	if d.word(path) != "null" {
		return true // stopped
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Map, reflect.Slice:
		v.SetZero()
		return true
	}
	if u, ok := v.Addr().Interface().(json.Unmarshaler); ok {
		d.merge(at, path, u.UnmarshalJSON([]byte("null")))
	}
	return true
}

// readsItself lets a type with a method of its own read the value; p is a pointer to it. It starts from its zero value,
// so that it cannot write through what the value before it held.
func (d *decoder) readsItself(path string, p reflect.Value, depth int) bool {
	if !p.CanInterface() {
		return false
	}
	at := d.pos
	switch p.Interface().(type) {
	case json.Unmarshaler:
		before := len(d.problems)
		d.any(path, depth)
		if !d.stopped && len(d.problems) == before {
			own := reflect.New(p.Type().Elem())
			d.merge(at, path, own.Interface().(json.Unmarshaler).UnmarshalJSON(d.data[at:d.pos:d.pos]))
			p.Elem().Set(own.Elem())
		}
		return true
	case encoding.TextUnmarshaler:
		if d.peek() != '"' {
			kind := d.kind()
			if d.any(path, depth); !d.stopped {
				d.add(at, path, "want a text, found %s", kind)
			}
			return true
		}
		before := len(d.problems)
		s := d.text(path)
		if !d.stopped && len(d.problems) == before {
			own := reflect.New(p.Type().Elem())
			d.merge(at, path, own.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)))
			p.Elem().Set(own.Elem())
		}
		return true
	}
	return false
}

func (d *decoder) list(path string, v reflect.Value, depth int) {
	at, t := d.pos, v.Type()
	switch v.Kind() {
	case reflect.Slice:
		out := reflect.MakeSlice(t, 0, 0)
		d.members(path, ']', depth, func(n int) {
			item := reflect.New(t.Elem()).Elem()
			d.value(Index(path, n), item, depth+1)
			out = reflect.Append(out, item)
		})
		v.Set(out)
	case reflect.Array:
		v.SetZero()
		d.members(path, ']', depth, func(n int) {
			if n < v.Len() {
				d.value(Index(path, n), v.Index(n), depth+1)
				return
			}
			if n == v.Len() {
				d.add(d.pos, path, "the list is longer than %d", v.Len())
			}
			d.any(Index(path, n), depth+1)
		})
	default:
		if d.any(path, depth); !d.stopped {
			d.mismatch(at, path, t, "a list")
		}
	}
}

func (d *decoder) setText(at int, path string, v reflect.Value, s string) {
	t := v.Type()
	switch {
	case t == reflect.TypeFor[json.Number]():
		if json.Unmarshal([]byte(s), new(json.Number)) != nil || strings.HasPrefix(s, `"`) || s == "null" {
			d.mismatch(at, path, t, "a text")
			return
		}
		v.SetString(s)
	case v.Kind() == reflect.String:
		v.SetString(s)
	case v.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		b, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			d.add(at, path, "want bytes in base64")
			return
		}
		v.SetBytes(b)
	default:
		d.mismatch(at, path, t, "a text")
	}
}

func (d *decoder) setNumber(at int, path string, v reflect.Value, token string) {
	t := v.Type()
	var err error
	switch {
	case v.CanInt():
		var n int64
		if n, err = strconv.ParseInt(token, 10, t.Bits()); err == nil {
			v.SetInt(n)
		}
	case v.CanUint():
		var n uint64
		if n, err = strconv.ParseUint(token, 10, t.Bits()); err == nil {
			v.SetUint(n)
		}
	case v.CanFloat():
		var x float64
		if x, err = strconv.ParseFloat(token, t.Bits()); err == nil {
			v.SetFloat(x)
		}
	case t == reflect.TypeFor[json.Number]():
		v.SetString(token)
	default:
		d.mismatch(at, path, t, "a number")
	}
	if err != nil {
		d.add(at, path, "want %s, found %s", wanted(t), token)
	}
}

func (d *decoder) mismatch(at int, path string, t reflect.Type, found string) {
	d.add(at, path, "want %s, found %s", wanted(t), found)
}

// wanted names what a type takes.
func wanted(t reflect.Type) string {
	switch k := t.Kind(); {
	case t == reflect.TypeFor[json.Number](), k == reflect.Float32, k == reflect.Float64:
		return "a number"
	case k == reflect.Bool:
		return "true or false"
	case k == reflect.String:
		return "a text"
	case k == reflect.Struct, k == reflect.Map:
		return "an object"
	case k == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return "a text in base64"
	case k == reflect.Slice, k == reflect.Array:
		return "a list"
	case reflect.Int <= k && k <= reflect.Int64:
		return "a whole number of " + strconv.Itoa(t.Bits()) + " bits"
	case reflect.Uint <= k && k <= reflect.Uintptr:
		return "a whole number of " + strconv.Itoa(t.Bits()) + " bits, not negative"
	}
	return "nothing that JSON has (" + t.String() + ")"
}
