package sensitive

import "strings"

// order reads the number behind a cue. A marker on the way makes the cue a marked one.
func order(text string, i int, c cue) (start, end int) {
	at, marker := value(text, i)
	if marker {
		c = marked
	}
	start, end = reference(text, at, c)
	if !marker && counts(text, end) {
		return 0, 0 // an order of 12345 pieces
	}
	return start, end
}

// reference gives the number at text[i:], if it looks like one for such a cue.
func reference(text string, i int, c cue) (start, end int) {
	var all shape
	for start, end = i, i; end < len(text); {
		var s shape
		next := s.read(text, end)
		if next == end || s.digits == 0 && end > start || end > start && s.length() < 2 || s.small && end > start {
			break
		}
		all.add(s)
		end = next
		// Groups are written with spaces too: "1Z 999 AA1 01 2345 6784".
		if c != marked || all.length() > 30 || s.length() > 4 || next >= len(text) || text[next] != ' ' {
			break
		}
		if after := next + 1; after < len(text) && wordly(rune(text[after])) {
			end = after
			continue
		}
		break
	}
	end = len(strings.TrimRight(text[:max(end, start)], " "))
	if !all.plausible(c) || date(text[start:end]) || price(text[end:]) || !alone(text, start, end) {
		return 0, 0
	}
	return start, end
}

// A shape counts what a token is made of.
type shape struct {
	digits, capitals int
	small, parted    bool
}

func (s *shape) length() int { return s.digits + s.capitals }

func (s *shape) add(t shape) {
	s.digits, s.capitals = s.digits+t.digits, s.capitals+t.capitals
	s.small, s.parted = s.small || t.small, s.parted || t.parted
}

// read reads letters and digits with dashes and strokes inside, and gives the end.
func (s *shape) read(text string, i int) int {
	for start := i; i < len(text) && i-start < 40; i++ {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			s.digits++
		case 'A' <= c && c <= 'Z':
			s.capitals++
		case 'a' <= c && c <= 'z':
			s.small = true
			s.capitals++
		case (c == '-' || c == '/') && i > start && i+1 < len(text) && wordly(rune(text[i+1])) && text[i+1] < 0x80:
			s.parted = true
		default:
			return i
		}
	}
	return i
}

// plausible says which tokens are numbers. Without a marker a number needs five digits, or capitals among digits; with
// one four characters, or six capitals (an airline's record locator).
func (s *shape) plausible(c cue) bool {
	n := s.length()
	switch {
	case n > 36 || n < 4 && !(c == marked && n == 3 && s.digits == 3):
		return false
	case s.digits == 0:
		return c == marked && n == locator && !s.small
	case c == marked:
		return !s.small || s.digits >= 3
	case c == weak:
		return false
	case s.capitals > 0:
		return n >= 5 && !s.small
	}
	return n >= 5
}

// date reports whether a token is a date: 12/05/2025, 2025-05-12.
func date(s string) bool {
	var parts [3]int // the lengths between the strokes
	n := 0
	for i := range len(s) {
		if s[i] != '-' && s[i] != '/' {
			parts[n]++
			continue
		}
		if n++; n == len(parts) {
			return false
		}
	}
	a, b, c := parts[0], parts[1], parts[2]
	return n == 2 && (a <= 2 && b <= 2 && (c == 2 || c == 4) || a == 4 && b <= 2 && c <= 2)
}

// price reports whether a currency follows.
func price(after string) bool {
	after = strings.TrimLeft(after, " \u00a0")
	for _, c := range [...]string{"€", "$", "£", "¥", "%", "EUR", "USD", "GBP", "eur", "usd"} {
		if strings.HasPrefix(after, c) {
			return true
		}
	}
	return false
}

func upper(r rune) bool { return 'A' <= r && r <= 'Z' }
