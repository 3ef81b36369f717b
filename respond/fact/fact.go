package fact

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/guideline"
)

// A Fact is a verified claim.
type Fact struct {
	Name     string    `json:"name"`               // how texts and slots ask for it: "cause"
	Says     string    `json:"says"`               // the claim in words: "the courier delivered the parcel on 12 May"
	By       string    `json:"by"`                 // who verified it
	At       time.Time `json:"at"`                 // when, UTC
	Evidence string    `json:"evidence,omitempty"` // on what evidence
	Source   string    `json:"source,omitempty"`   // where that is from
	Until    time.Time `json:"until,omitzero"`     // it is not true beyond this instant; zero is for good

	Retracted time.Time `json:"retracted,omitzero"` // since when it is known not to be so, UTC; zero: it stands
	Why       string    `json:"why,omitempty"`      // it was retracted
}

// Holds reports whether the fact still stands at an instant. One from the future does not yet.
func (f Fact) Holds(at time.Time) bool {
	return !at.Before(f.At) && (f.Until.IsZero() || at.Before(f.Until)) && !f.gone(at)
}

func (f Fact) gone(at time.Time) bool { return !f.Retracted.IsZero() && !at.Before(f.Retracted) }

// A Ledger is the facts of one matter, oldest first. Of two with one name the later one counts.
type Ledger []Fact

// longest is how long a claim is at most, in bytes: it is a sentence.
const longest = 1000

// Check returns a spec.Problems with everything that is wrong: a name, a claim, a verifier, an instant, evidence or a source
// that is missing, text that is not UTF-8 or too long, an end before the beginning.
func (l Ledger) Check() error {
	var p spec.Problems
	for i, f := range l {
		p.Merge(spec.Index("", i), f.Check())
	}
	return p.Err()
}

// Check returns a spec.Problems with everything that is wrong with one fact, as Ledger.Check does.
func (f Fact) Check() error {
	var p spec.Problems
	for _, field := range [...]struct{ name, value string }{
		{"name", f.Name}, {"says", f.Says}, {"by", f.By}, {"evidence", f.Evidence}, {"source", f.Source},
	} {
		switch {
		case strings.TrimSpace(field.value) == "":
			p.Add(field.name, "is missing: a fact without it is a claim")
		case !utf8.ValidString(field.value):
			p.Add(field.name, "is not valid UTF-8")
		case len(field.value) > longest:
			p.Add(field.name, "has %d bytes, at most %d make a sentence", len(field.value), longest)
		}
	}
	if f.At.IsZero() {
		p.Add("at", "is missing: a fact without it is a claim")
	}
	if !f.Until.IsZero() && !f.Until.After(f.At) {
		p.Add("until", "is not after at: it never holds")
	}
	if (strings.TrimSpace(f.Why) == "") != f.Retracted.IsZero() {
		p.Add("why", "what is retracted says why, and since when; nothing else does")
	}
	if !utf8.ValidString(f.Why) || len(f.Why) > longest {
		p.Add("why", "is no sentence: UTF-8, at most %d bytes", longest)
	}
	return p.Err()
}

// At gives the facts as the linter wants them: those that hold, and those that did, marked. One that a later one of its
// name took the place of holds no more.
func (l Ledger) At(at time.Time) []guideline.Fact {
	var out []guideline.Fact
	for i, f := range l {
		if f.At.After(at) {
			continue
		}
		holds := f.Holds(at) && l.newest(f.Name, at) == i
		out = append(out, guideline.Fact{Says: f.Says, Expired: !holds, Retracted: f.gone(at)})
	}
	return out
}

// Find gives the newest fact of a name, if it holds.
func (l Ledger) Find(name string, at time.Time) (Fact, bool) {
	if i := l.newest(name, at); i >= 0 && l[i].Holds(at) {
		return l[i], true
	}
	return Fact{}, false
}

// Gone reports whether a ledger no longer says what it said, and why: the fact was retracted, or taken out.
func (l Ledger) Gone(f Fact, at time.Time) (why string, gone bool) {
	i := slices.IndexFunc(l, func(x Fact) bool { return x.Name == f.Name && x.Says == f.Says })
	switch {
	case i < 0:
		return "the house says so no more", true
	case l[i].gone(at):
		return l[i].Why, true
	}
	return "", false
}

// newest is the place of the last fact of a name that is not from the future; negative when there is none.
func (l Ledger) newest(name string, at time.Time) int {
	for i := len(l) - 1; i >= 0; i-- {
		if l[i].Name == name && !l[i].At.After(at) {
			return i
		}
	}
	return -1
}

// unknowns say in each language that nothing is known yet.
var unknowns = map[string]string{"en": "We do not know yet.", "es": "Todavía no lo sabemos.", "de": "Das wissen wir noch nicht."}

// Say gives the claim of a fact that holds, and true; else that it is not known yet, in a language (BCP 47; one that is
// not there is English), and false.
func (l Ledger) Say(name, lang string, at time.Time) (text string, known bool) {
	if f, ok := l.Find(name, at); ok {
		return f.Says, true
	}
	if s, ok := unknowns[lexis.Base(lang)]; ok {
		return s, false
	}
	return unknowns["en"], false
}
