package sensitive

import (
	"cmp"
	"slices"
)

// Class is a kind of private data.
type Class string

// The classes that Find knows.
const (
	Card  Class = "card"  // a payment card number: issuer range, length and check digit are right
	Email Class = "email" // an e-mail address
	IBAN  Class = "iban"  // a bank account number: its country's length and check digits are right
	SSN   Class = "ssn"   // a US social security number, with delimiters
	Phone Class = "phone" // a telephone number: international, North American, or behind a cue word
	Order Class = "order" // a booking, order or tracking number after a cue word in English, Spanish or German
)

// A Span is one piece of private data: text[Start:End].
type Span struct {
	Class Class `json:"class"`
	Start int   `json:"start"`
	End   int   `json:"end"`
}

// Find appends the private data in text to dst, in the order of the text; the new spans don't overlap and begin and end
// at the borders of runes. It takes time in proportion to the text, whatever the text.
func Find(dst []Span, text string) []Span {
	f := finding{text: text, spans: dst, own: len(dst), settled: len(dst)}
	// In the order of their certainty: where two claim the same bytes the earlier has them.
	ibans(f.next())
	cards(f.next())
	emails(f.next())
	ssns(f.next())
	orders(f.next())
	phones(f.next())
	homePhones(f.next())
	return f.next().spans
}

// A finding is one call of Find under way.
type finding struct {
	text    string
	spans   []Span // those of the caller, then those found
	own     int    // where those found begin
	settled int    // where those of the finder at work begin
}

// add notes a span; a finder adds in the order of the text.
func (f *finding) add(c Class, start, end int) {
	f.spans = append(f.spans, Span{Class: c, Start: start, End: end})
}

// next takes the spans of the last finder in among those before it, without those that touch bytes already taken.
func (f *finding) next() *finding {
	taken, found := f.spans[f.own:f.settled], f.spans[f.settled:]
	if len(taken) > 0 && len(found) > 0 {
		i, kept := 0, f.settled
		for _, s := range found {
			for i < len(taken) && taken[i].End <= s.Start {
				i++
			}
			if i == len(taken) || s.End <= taken[i].Start {
				f.spans[kept] = s
				kept++
			}
		}
		f.spans = f.spans[:kept]
		slices.SortFunc(f.spans[f.own:], func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	}
	f.settled = len(f.spans)
	return f
}
