package sensitive

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Mask returns text with its private data masked, as MaskSpans does.
func Mask(text string) string {
	var buf [16]Span
	return MaskSpans(text, Find(buf[:0], text))
}

// MaskSpans returns text with each letter and digit of the spans replaced by an asterisk. Of numbers the last stay
// readable, a third of them and four at most, so that a person who has the number can tell which it is. The spans may
// come in any order; where they overlap all of it is masked. What lies outside the text is left out.
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
		mask(&b, text[start:end], keep(s.Class))
		done = end
	}
	b.WriteString(text[done:])
	return b.String()
}

// keep is how many of the last characters of a class may stay.
func keep(c Class) int {
	switch c {
	case Card, IBAN, SSN, Phone, Order:
		return 4
	}
	return 0
}

func mask(b *strings.Builder, s string, keep int) {
	n := 0
	for _, r := range s {
		if maskable(r) {
			n++
		}
	}
	hide := n - min(keep, n/3)
	for _, r := range s {
		if maskable(r) && hide > 0 {
			hide--
			b.WriteByte('*')
			continue
		}
		b.WriteRune(r)
	}
}

func maskable(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
