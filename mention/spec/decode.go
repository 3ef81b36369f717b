package spec

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

const (
	maxDepth    = 100  // objects and lists inside one another
	maxProblems = 1000 // a file with more was not written by a person
)

// Decode reads one JSON value into v, a pointer, as encoding/json does with these differences:
//
//   - All problems are found at once. They are returned as Problems, each with its path and with line and column
//     (in characters) at the end of the message: `rules[3].nmae: unknown field; did you mean "name"? (line 9, column 5)`.
//     Only after a syntax error, which is a problem too, nothing further is looked at.
//   - Unknown fields, fields written twice, fields in the wrong case, invalid UTF-8, halves of surrogate pairs, data
//     after the value and more than 100 levels are problems.
//   - On a problem v is as it was, unless all problems are names that are unknown, doubled or in the wrong case: then
//     it holds the rest, so that a specification can be compiled all the same and its author told of everything. Fields
//     that data does not name are as they were; lists, maps and pointers that it names are new.
//
// Types that implement json.Unmarshaler or encoding.TextUnmarshaler read themselves, each value once; an UnmarshalJSON
// may use Decode in turn (on a type without that method) and its problems get their place in the whole.
func Decode(data []byte, v any) error {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return Problems{{Message: fmt.Sprintf("spec.Decode needs a pointer to decode into, not %T", v)}}
	}
	d := &decoder{data: data, line: 1, column: 1, fields: map[reflect.Type]*fields{}}
	fresh := reflect.New(target.Type().Elem()).Elem()
	fresh.Set(target.Elem())
	d.space()
	if d.pos == len(data) {
		d.add(d.pos, "", "there is no JSON value")
		return d.problems.Err()
	}
	d.value("", fresh, 0)
	d.space()
	if !d.stopped && d.pos < len(data) {
		d.add(d.pos, "", "there is more after the end of the JSON value")
	}
	if !d.unread {
		target.Elem().Set(fresh)
	}
	return d.problems.Err()
}

// A decoder walks data once. After a syntax error it is stopped: its position means nothing any more and whoever sees
// that returns at once.
type decoder struct {
	data     []byte
	pos      int
	stopped  bool
	unread   bool // something has a value that could not be read
	problems Problems
	fields   map[reflect.Type]*fields

	// The line and column of data[counted], kept because problems come in the order of the data and counting anew for
	// each would cost the square of a bad file.
	counted, line, column int
}

// place gives the line and column of an offset, both from 1. Offsets before the last one asked for are rare.
func (d *decoder) place(offset int) (line, column int) {
	if offset < d.counted {
		d.counted, d.line, d.column = 0, 1, 1
	}
	for d.counted < offset {
		if d.data[d.counted] == '\n' {
			d.line, d.column = d.line+1, 0
		}
		_, n := utf8.DecodeRune(d.data[d.counted:])
		d.counted += n
		d.column++
	}
	return d.line, d.column
}

// add notes a value that cannot be read.
func (d *decoder) add(offset int, path, format string, args ...any) {
	d.unread = true
	d.note(offset, path, format, args...)
}

// note notes a problem that leaves all values readable.
func (d *decoder) note(offset int, path, format string, args ...any) {
	switch n := len(d.problems); {
	case n < maxProblems:
		line, column := d.place(offset)
		d.problems.Add(path, "%s (line %d, column %d)", fmt.Sprintf(format, args...), line, column)
	case n == maxProblems:
		d.problems.Add("", "there are more problems than the %d listed", maxProblems)
	}
}

// fail notes a syntax error and stops.
func (d *decoder) fail(offset int, path, format string, args ...any) {
	if !d.stopped {
		d.add(offset, path, format, args...)
		d.stopped = true
	}
}

// merge notes what a type that reads itself had to say about the value at offset. Problems of a Decode inside have
// places of their own, counted from the value's beginning.
func (d *decoder) merge(offset int, path string, err error) {
	var nested Problems
	nested.Merge(path, err)
	for _, p := range nested {
		var line, column int
		text := p.Message
		if i := strings.LastIndex(text, " (line "); i >= 0 {
			if n, _ := fmt.Sscanf(text[i:], " (line %d, column %d)", &line, &column); n == 2 {
				text = text[:i]
			}
		}
		if line == 0 || len(d.problems) >= maxProblems {
			d.add(offset, p.Path, "%s", text)
			continue
		}
		baseLine, baseColumn := d.place(offset)
		if line == 1 {
			column += baseColumn - 1
		}
		d.problems.Add(p.Path, "%s (line %d, column %d)", text, baseLine+line-1, column)
	}
}
