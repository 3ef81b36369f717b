package sensitive

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// digit gives the value of the decimal digit at text[i:], ASCII, full width or Arabic, and its length; 0 when there is
// none.
func digit(text string, i int) (value byte, size int) {
	if i >= len(text) {
		return 0, 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		if '0' <= c && c <= '9' {
			return c - '0', 1
		}
		return 0, 0
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	for _, zero := range [...]rune{0xFF10, 0x0660, 0x06F0} {
		if zero <= r && r < zero+10 {
			return byte(r - zero), size
		}
	}
	return 0, 0
}

// gap gives the length of one space or dash at text[i:], or of what stands between and cannot be seen; 0 when there is
// none. A line break is no gap.
func gap(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case r == ' ', r == '-', r == 0xA0, 0x2000 <= r && r <= 0x200A, r == 0x202F, r == 0x3000,
		0x2010 <= r && r <= 0x2015, r == 0x2212, r == 0xFF0D, r == 0x00AD, 0x200B <= r && r <= 0x200F, r == 0x2060, r == 0xFEFF:
		return size
	}
	return 0
}

// seam gives the length of what stands between groups that are known by their lengths or a strong check: one to three
// spaces, dashes, dots, strokes, underscores and line breaks; 0 when there is nothing.
func seam(text string, i int) int {
	end := i
	for n := 0; n < 3 && end < len(text); n++ {
		size := gap(text, end)
		if size == 0 && strings.IndexByte("./_\t\r\n", text[end]) >= 0 {
			size = 1
		}
		if size == 0 {
			break
		}
		end += size
	}
	return end - i
}

// alone reports whether the number text[start:end] stands by itself: it is no part of a word, a decimal or a longer
// number, nor the end of a masked one.
func alone(text string, start, end int) bool {
	if strings.HasSuffix(text[:start], "****") {
		return false
	}
	before, size := utf8.DecodeLastRuneInString(text[:start])
	if wordly(before) {
		return false
	}
	if before == '.' || before == ',' {
		if r, _ := utf8.DecodeLastRuneInString(text[:start-size]); unicode.IsDigit(r) {
			return false
		}
	}
	after, size := utf8.DecodeRuneInString(text[end:])
	if wordly(after) {
		return false
	}
	if after == '.' || after == ',' {
		if _, n := digit(text, end+size); n > 0 {
			return false
		}
	}
	return true
}

// wordly reports whether r beside a number makes it part of a word. Scripts without spaces don't.
func wordly(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
	}
	if r == utf8.RuneError || 0x0E00 <= r && r < 0x0E80 || 0x3000 <= r && r < 0xA000 || 0xAC00 <= r && r < 0xD7B0 {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// A number is a run of digits in groups, with one space or dash between two groups.
type number struct {
	digits [maxDigits]byte
	n      int
	ends   [maxDigits]stop
	gaps   [maxDigits]byte // the first bytes of what stands behind the groups
	groups int
}

// A stop is the end of a group: after so many digits, at this offset.
type stop struct{ n, at int }

const maxDigits = 34

// read reads the number that begins at text[i:], at most maxDigits digits of it.
func (x *number) read(text string, i int) { x.readWith(text, i, "") }

// readWith reads a number whose groups may also be parted by one of the other signs.
func (x *number) readWith(text string, i int, others string) {
	x.n, x.groups = 0, 0
	for {
		value, size := digit(text, i)
		if size == 0 || x.n == maxDigits {
			return
		}
		x.digits[x.n] = value
		x.n++
		i += size
		if _, more := digit(text, i); more > 0 {
			continue
		}
		x.ends[x.groups] = stop{x.n, i}
		if i < len(text) {
			x.gaps[x.groups] = text[i]
		}
		x.groups++
		if size := gap(text, i); size > 0 {
			i += size
		} else if i < len(text) && strings.IndexByte(others, text[i]) >= 0 {
			i++
		}
	}
}

// numbers calls each at the beginning of every group of digits, and goes on at the offset it gives back, or behind the
// group if that is not beyond its beginning.
func numbers(text string, each func(start int) int) {
	for i := 0; i < len(text); {
		if sorts[text[i]] != figure && sorts[text[i]] != beyond {
			i++
			continue
		}
		_, size := digit(text, i)
		if size == 0 {
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		if next := each(i); next > i {
			i = next
			continue
		}
		for size > 0 {
			i += size
			_, size = digit(text, i)
		}
	}
}

var units = words("hour|hours|hr|hrs|h|min|mins|minute|minutes|second|seconds|day|days|week|weeks|month|months|year|years|" +
	"time|times|x|am|pm|mile|miles|mi|m|km|ft|feet|kg|lbs|people|points|dollars|bucks|pounds|euro|euros|percent|" +
	"followers|users|characters|digits|" +
	"hora|horas|minutos|dia|dias|semanas|meses|anos|veces|metros|personas|" +
	"stunde|stunden|minuten|tage|tagen|wochen|jahre|jahren|mal|meter|personen|leute|uhr|prozent")

// counts reports whether a number that ends at text[i:] says how many of something there are.
func counts(text string, i int) bool {
	if i < len(text) && (text[i] == ' ' || text[i] == '-') {
		i++
	}
	end := nameEnd(text, i)
	if end-i > 12 {
		return false
	}
	var buf [64]byte
	return units[string(fold(buf[:0], text[i:end]))]
}
