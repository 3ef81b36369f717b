package sensitive

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// rounds is how often Mask looks again at what it masked.
const rounds = 8

// Mask returns text with its private data masked, as MaskSpans does, and looks again until nothing is found: what stood
// beside a number can look like one when the number is gone. So masking twice changes nothing. A text that still shows
// something after eight rounds was made to, and loses all its letters and digits.
func Mask(text string) string {
	var buf [16]Span
	for range rounds {
		spans := Find(buf[:0], text)
		if len(spans) == 0 {
			return text
		}
		text = MaskSpans(text, spans)
	}
	if len(Find(buf[:0], text)) == 0 {
		return text
	}
	return MaskSpans(text, []Span{{Class: Email, End: len(text)}})
}

// MaskSpans returns text with each letter and digit of the spans replaced by an asterisk, of a password every sign. Of
// numbers the last stay readable, a third of them and four at most, so that a person who has the number can tell which it
// is; of secrets, names and dates nothing does. The spans may come in any order; where they overlap all of it is masked.
// What lies outside the text is left out.
func MaskSpans(text string, spans []Span) string {
	if len(spans) == 0 {
		return text
	}
	spans = slices.Clone(spans)
	slices.SortStableFunc(spans, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	var b strings.Builder
	done := 0
	for _, s := range spans {
		start, end := max(s.Start, done), min(s.End, len(text))
		if start >= end {
			continue
		}
		b.WriteString(text[done:start])
		mask(&b, text[start:end], s.Class)
		done = end
	}
	b.WriteString(text[done:])
	return b.String()
}

// keep is how many of the last characters of a class may stay.
func keep(c Class) int {
	switch c {
	case Card, IBAN, SSN, NationalID, Bank, Phone, Order:
		return 4
	}
	return 0
}

func mask(b *strings.Builder, s string, c Class) {
	n := 0
	for _, r := range s {
		if maskable(r) {
			n++
		}
	}
	hide := n - min(keep(c), n/3)
	for _, r := range s {
		if c == Password && r != '\n' {
			b.WriteByte('*')
			continue
		}
		if maskable(r) && hide > 0 {
			hide--
			b.WriteByte('*')
			continue
		}
		b.WriteRune(r)
	}
}

func maskable(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
