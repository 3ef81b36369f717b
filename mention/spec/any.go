package spec

import (
	"math"
	"strconv"
)

// any reads a value as encoding/json does without a type: the syntax, names that stand twice and numbers too large
// are problems here as well.
func (d *decoder) any(path string, depth int) any {
	switch c := d.peek(); {
	case c == '{':
		out, seen := map[string]any{}, map[string]int{}
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
			out[name] = d.any(below, depth+1)
		})
		return out
	case c == '[':
		out := []any{}
		d.members(path, ']', depth, func(n int) { out = append(out, d.any(Index(path, n), depth+1)) })
		return out
	case c == '"':
		return d.text(path)
	case c == '-' || '0' <= c && c <= '9':
		at := d.pos
		token := d.number(path)
		if d.stopped {
			return nil
		}
		x, err := strconv.ParseFloat(token, 64)
		if err != nil && math.IsInf(x, 0) {
			d.add(at, path, "the number %s is too large", token)
		}
		return x
	}
	switch d.word(path) {
	case "true":
		return true
	case "false":
		return false
	}
	return nil
}

// kind names the value at the position.
func (d *decoder) kind() string {
	switch c := d.peek(); {
	case c == '{':
		return "an object"
	case c == '[':
		return "a list"
	case c == '"':
		return "a text"
	case c == '-' || '0' <= c && c <= '9':
		return "a number"
	}
	return "true or false"
}
