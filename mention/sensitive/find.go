package sensitive

import (
	"cmp"
	"slices"
)

// Class is a kind of private data.
type Class string

// The classes that Find knows. Where two claim the same bytes, the one that stands first here has them.
const (
	Password   Class = "password"    // what follows a word for password and a sign like a colon
	Code       Class = "code"        // a PIN, a card's check value or a one-time code behind its name
	Token      Class = "token"       // an API key or token that begins as its issuer's do
	Card       Class = "card"        // a payment card number: issuer range, length and check digit are right
	IBAN       Class = "iban"        // a bank account number: its country's length and check digits are right
	SSN        Class = "ssn"         // a US social security number, with delimiters
	NationalID Class = "national_id" // another country's number for a person: form and check digits are right
	Bank       Class = "bank"        // a US bank's routing number behind its name: the check digit is right
	Birth      Class = "birth"       // a date of birth behind a word that says so
	Email      Class = "email"       // an e-mail address
	Address    Class = "address"     // a street with its house number, or a post office box; English, Spanish, German
	Order      Class = "order"       // a booking, order or tracking number after a cue word in those languages
	Phone      Class = "phone"       // a telephone number: international, North American, or behind a cue word
	Health     Class = "health"      // an illness said of a person, or a patient's number behind its name
)

// classes are in the order of their certainty and of the harm they do: where two spans overlap, both become one of the
// earlier class.
var classes = [...]Class{
	Password, Code, Token, Card, IBAN, SSN, NationalID, Bank, Birth, Email, Address, Order, Phone, Health,
}

// Classes gives all classes that Find knows, in the order of the constants; the slice is the caller's.
func Classes() []Class { return slices.Clone(classes[:]) }

func rank(c Class) int { return slices.Index(classes[:], c) }

// A Span is one piece of private data: text[Start:End].
type Span struct {
	Class Class `json:"class"`
	Start int   `json:"start"`
	End   int   `json:"end"`
}

// Find appends the private data in text to dst, in the order of the text; the new spans don't overlap and begin and end
// at the borders of runes. Numbers and addresses that are ours are found too: the caller knows them and leaves them out.
// It takes time in proportion to the text, whatever the text, and allocates nothing but what dst needs to grow.
func Find(dst []Span, text string) []Span {
	has := look(text)
	f := finding{text: text, spans: dst}
	if has.ats > 0 {
		emails(&f)
	}
	if has.token {
		tokens(&f)
	}
	if has.cue || has.digitCue && has.digits > 0 || has.numberCue && has.reference {
		cued(&f)
	}
	if has.digits > 0 {
		addresses(&f)
	}
	if has.digits >= 2 {
		ibans(&f)
	}
	if has.digits >= 7 {
		nationals(&f)
	}
	if has.digits >= 8 {
		phones(&f)
	}
	if has.digits >= 9 {
		ssns(&f)
	}
	if has.digits >= 12 {
		cards(&f)
	}
	return f.settle(len(dst))
}

// A finding is one call of Find under way.
type finding struct {
	text  string
	spans []Span // those of the caller, then those found, in any order
}

func (f *finding) add(c Class, start, end int) {
	f.spans = append(f.spans, Span{Class: c, Start: start, End: end})
}

// settle brings what was found into the order of the text and makes one span of those that overlap, so that no byte
// that one of them claims is left in sight.
func (f *finding) settle(own int) []Span {
	found := f.spans[own:]
	if len(found) < 2 {
		return f.spans
	}
	slices.SortFunc(found, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	last := 0
	for _, s := range found[1:] {
		if kept := &found[last]; s.Start < kept.End {
			if s.Class == Card && kept.Class == IBAN && s.End <= kept.End {
				continue // some digits of an account number pass for a card: its own check is the stronger
			}
			kept.End = max(kept.End, s.End)
			if rank(s.Class) < rank(kept.Class) {
				kept.Class = s.Class
			}
			continue
		}
		last++
		found[last] = s
	}
	return f.spans[:own+last+1]
}
