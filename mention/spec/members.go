package spec

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// Members shows the members of a JSON object in the order in which they stand: names, and values as they were written.
// It is for whoever needs a few of many, and decodes nothing. Both share memory with the object.
//
// It reports whether it has shown all of them, and stops where show does not want to go on. Of bytes that are no JSON it
// never says so. There is JSON, too, of which it does not: where a name is not plain (lower case letters, digits, _), where
// values lie deeper than 100 levels, and what is no object. That, and a name that comes twice, is for encoding/json.
func Members(object []byte, show func(name, value []byte) bool) bool {
	i := blank(object, 0)
	if i >= len(object) || object[i] != '{' {
		return false
	}
	if i = blank(object, i+1); i < len(object) && object[i] == '}' {
		return blank(object, i+1) == len(object)
	}
	for {
		end := plainName(object, i)
		from := colon(object, end)
		if from < 0 {
			return false
		}
		name := object[i+1 : end-1]
		if end = skip(object, from); end < 0 || !show(name, object[from:end]) {
			return false
		}
		if i = blank(object, end); i >= len(object) || object[i] != ',' {
			break
		}
		i = blank(object, i+1)
	}
	return i < len(object) && object[i] == '}' && blank(object, i+1) == len(object)
}

// deepest is how many levels are stepped over: what a program writes has a few.
const deepest = 100

// skip is where the value that begins at i ends; -1 when encoding/json would not read it.
func skip(b []byte, i int) int {
	var ends [deepest]byte // of the objects and lists that i is in
	depth := 0
	for {
		if i < 0 || i >= len(b) {
			return -1
		}
		switch c := b[i]; c {
		case '{', '[':
			end := c + 2
			if i = blank(b, i+1); i < len(b) && b[i] == end {
				i++
				break
			}
			if depth == deepest {
				return -1
			}
			ends[depth] = end
			depth++
			if c == '{' {
				i = colon(b, skipText(b, i))
			}
			continue
		case '"':
			i = skipText(b, i)
		case 't':
			i = skipWord(b, i, "true")
		case 'f':
			i = skipWord(b, i, "false")
		case 'n':
			i = skipWord(b, i, "null")
		default:
			i = skipNumber(b, i)
		}
		for ; ; depth-- {
			if depth == 0 || i < 0 {
				return i
			}
			if i = blank(b, i); i >= len(b) {
				return -1
			}
			if b[i] == ',' {
				break
			}
			if b[i] != ends[depth-1] {
				return -1
			}
			i++
		}
		if i = blank(b, i+1); ends[depth-1] == '}' {
			i = colon(b, skipText(b, i))
		}
	}
}

func blank(b []byte, i int) int {
	for i < len(b) && b[i] <= ' ' && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// colon is where the value begins whose name ends at i; -1 when no name did.
func colon(b []byte, i int) int {
	if i < 0 {
		return -1
	}
	if i = blank(b, i); i >= len(b) || b[i] != ':' {
		return -1
	}
	return blank(b, i+1)
}

// plainName is where the name that begins at i ends, if it is one that no decoder could take for another.
func plainName(b []byte, i int) int {
	if i >= len(b) || b[i] != '"' {
		return -1
	}
	for i++; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			return i + 1
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '_':
		default:
			return -1
		}
	}
	return -1
}

// skipText is where the text that begins at i ends.
func skipText(b []byte, i int) int {
	if i >= len(b) || b[i] != '"' {
		return -1
	}
	for i++; i < len(b); {
		for len(b)-i >= 8 {
			n := ordinary(binary.LittleEndian.Uint64(b[i:]))
			if i += n; n < 8 {
				break
			}
		}
		switch {
		case i >= len(b), b[i] < ' ':
			return -1
		case b[i] == '"':
			return i + 1
		case b[i] != '\\':
			i++
		case len(b)-i >= 2 && bytes.IndexByte([]byte(`"\/bfnrt`), b[i+1]) >= 0:
			i += 2
		case len(b)-i >= 6 && b[i+1] == 'u' && hex(b[i+2]) && hex(b[i+3]) && hex(b[i+4]) && hex(b[i+5]):
			i += 6
		default:
			return -1
		}
	}
	return -1
}

// ordinary is how many of eight bytes of a text stand for themselves, up to the first quote, backslash or control
// character.
func ordinary(x uint64) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	zero := func(y uint64) uint64 { return (y - ones) &^ y & high } // the lowest bit is that of the first byte that is 0
	return bits.TrailingZeros64(zero(x^'"'*ones)|zero(x^'\\'*ones)|zero(x&(0xE0*ones))) / 8
}

func hex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

func skipWord(b []byte, i int, word string) int {
	if len(b)-i < len(word) || string(b[i:i+len(word)]) != word {
		return -1
	}
	return i + len(word)
}

func skipNumber(b []byte, i int) int {
	if b[i] == '-' {
		i++
	}
	from := i
	if i = digits(b, i); i < 0 || b[from] == '0' && i > from+1 {
		return -1
	}
	if i < len(b) && b[i] == '.' {
		if i = digits(b, i+1); i < 0 {
			return -1
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		i = digits(b, i)
	}
	return i
}

// digits is where one or more digits end; -1 where there is none.
func digits(b []byte, i int) int {
	from := i
	for i < len(b) && '0' <= b[i] && b[i] <= '9' {
		i++
	}
	if i == from {
		return -1
	}
	return i
}
