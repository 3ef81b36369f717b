package spec

import (
	"encoding/json"
	"unicode/utf8"
)

func (d *decoder) space() {
	for d.pos < len(d.data) {
		switch d.data[d.pos] {
		case ' ', '\t', '\r', '\n':
			d.pos++
		default:
			return
		}
	}
}

// peek is the next byte, or 0 at the end; no JSON token begins with 0.
func (d *decoder) peek() byte {
	if d.pos < len(d.data) {
		return d.data[d.pos]
	}
	return 0
}

// found names what stands at the position, for messages.
func (d *decoder) found() string {
	if d.pos >= len(d.data) {
		return "the end"
	}
	r, n := utf8.DecodeRune(d.data[d.pos:])
	switch {
	case r == utf8.RuneError && n == 1:
		return "a byte that is no UTF-8"
	case r == '"':
		return "a double quote"
	}
	return `"` + string(r) + `"`
}

// text reads a string token and gives what it says. An invalid one that still ends is a problem but no reason to stop.
func (d *decoder) text(path string) string {
	start, plain, valid := d.pos, true, true
	for d.pos++; ; {
		c := d.peek()
		switch {
		case d.pos >= len(d.data):
			d.fail(start, path, "the text that begins here has no end")
			return ""
		case c == '"':
			d.pos++
			return d.unquote(start, plain)
		case c < ' ':
			d.fail(d.pos, path, "a line break or control character inside a text must be written as \\n or \\u%04x", c)
			return ""
		case c == '\\':
			plain = false
			if !d.escape(path, &valid) {
				return ""
			}
		case c < utf8.RuneSelf:
			d.pos++
		default:
			r, n := utf8.DecodeRune(d.data[d.pos:])
			if r == utf8.RuneError && n == 1 && valid {
				valid = false
				d.add(d.pos, path, "the text is not valid UTF-8")
			}
			d.pos += n
		}
	}
}

func (d *decoder) unquote(start int, plain bool) string {
	token := d.data[start:d.pos]
	if plain {
		return string(token[1 : len(token)-1])
	}
	var s string
	_ = json.Unmarshal(token, &s) // the token was checked byte by byte
	return s
}

func (d *decoder) escape(path string, valid *bool) bool {
	start := d.pos
	d.pos++
	c := d.peek()
	d.pos++
	switch c {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		u, ok := d.hex4()
		if !ok {
			break
		}
		if u >= 0xD800 && u < 0xE000 && !(u < 0xDC00 && d.lowHalf()) && *valid {
			*valid = false
			d.add(start, path, "\\u%04x is half of a surrogate pair", u)
		}
		return true
	}
	d.fail(start, path, "a backslash in a text must be followed by one of \" \\ / b f n r t or u and four hex digits")
	return false
}

func (d *decoder) hex4() (u rune, ok bool) {
	if len(d.data)-d.pos < 4 {
		return 0, false
	}
	for _, c := range d.data[d.pos : d.pos+4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		u = u<<4 | rune(c)
	}
	d.pos += 4
	return u, true
}

// lowHalf reads the second half of a surrogate pair if it is there.
func (d *decoder) lowHalf() bool {
	start := d.pos
	if d.peek() == '\\' && d.pos+1 < len(d.data) && d.data[d.pos+1] == 'u' {
		d.pos += 2
		if u, ok := d.hex4(); ok && u >= 0xDC00 && u < 0xE000 {
			return true
		}
	}
	d.pos = start
	return false
}

// number reads a number token.
func (d *decoder) number(path string) (token string) {
	start := d.pos
	digits := func() bool {
		from := d.pos
		for c := d.peek(); '0' <= c && c <= '9'; c = d.peek() {
			d.pos++
		}
		return d.pos > from
	}
	if d.peek() == '-' {
		d.pos++
	}
	leadingZero := d.peek() == '0'
	from := d.pos
	ok := digits() && !(leadingZero && d.pos > from+1)
	if ok && d.peek() == '.' {
		d.pos++
		ok = digits()
	}
	if ok && (d.peek() == 'e' || d.peek() == 'E') {
		d.pos++
		if d.peek() == '+' || d.peek() == '-' {
			d.pos++
		}
		ok = digits()
	}
	if !ok {
		d.fail(start, path, "this is not a number as JSON writes it")
		return ""
	}
	return string(d.data[start:d.pos])
}

// word reads true, false or null.
func (d *decoder) word(path string) string {
	for _, w := range [...]string{"true", "false", "null"} {
		if n := len(w); len(d.data)-d.pos >= n && string(d.data[d.pos:d.pos+n]) == w {
			d.pos += n
			return w
		}
	}
	d.fail(d.pos, path, "a value is wanted, found %s", d.found())
	return ""
}

// members reads an object or a list between its brackets and calls each at the beginning of every member or item.
func (d *decoder) members(path string, end byte, depth int, each func(n int)) {
	start := d.pos
	if depth >= maxDepth {
		d.fail(start, path, "more than %d levels inside one another", maxDepth)
		return
	}
	d.pos++
	for n := 0; ; n++ {
		d.space()
		if d.peek() == end && n == 0 {
			d.pos++
			return
		}
		each(n)
		if d.stopped {
			return
		}
		d.space()
		switch d.peek() {
		case end:
			d.pos++
			return
		case ',':
			comma := d.pos
			d.pos++
			if d.space(); d.peek() == end {
				d.fail(comma, path, "there is a comma after the last one")
				return
			}
		default:
			d.fail(d.pos, path, "a comma or %q is wanted, found %s", end, d.found())
			return
		}
	}
}

// name reads the name of a member and its colon.
func (d *decoder) name(path string) (name string, at int) {
	at = d.pos
	if d.peek() != '"' {
		d.fail(at, path, "a name in double quotes is wanted, found %s", d.found())
		return "", at
	}
	name = d.text(path)
	if d.stopped {
		return "", at
	}
	d.space()
	if d.peek() != ':' {
		d.fail(d.pos, Join(path, name), "a colon is wanted after the name, found %s", d.found())
		return "", at
	}
	d.pos++
	d.space()
	return name, at
}
