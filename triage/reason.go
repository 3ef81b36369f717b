package triage

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/signal"
)

// saying is what a rule did, by what it found where it names a category; is is the category that the mention had before.
func (t *Then) saying(did int, is string, categories map[string]Category) string {
	var words []string
	say := func(s string) { words = append(words, s) }
	if t.Category != "" && did == gave {
		say("category " + t.Category)
	}
	if t.Category != "" && did == other {
		say("category " + t.Category + " not taken, it is " + is + " already")
	}
	if t.Severity > Routine {
		say("severity " + t.Severity.String())
	}
	if floor := categories[t.Category].Severity; t.Category != "" && did != other && floor > t.Severity {
		say("severity " + floor.String() + " by its category")
	}
	if t.Aim != "" {
		say("aim " + string(t.Aim))
	}
	if len(t.Tags) > 0 {
		say("tags " + strings.Join(slices.Compact(slices.Sorted(slices.Values(t.Tags))), " "))
	}
	if t.Handling != "" {
		say(string(t.Handling))
	}
	if t.Stop {
		say("stop")
	}
	if len(words) == 0 {
		say("category " + t.Category + ", which it had")
	}
	return strings.Join(words, ", ")
}

// because gathers what made a condition hold: the places in the text, and what was compared. Below a Not there is
// nothing to show.
func (s *scene) because(n *node, r *Reason) {
	s.gather(n, r)
	if len(r.Spans) > 1 {
		slices.SortFunc(r.Spans, func(a, b signal.Span) int {
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
		})
		r.Spans = slices.Compact(r.Spans)
	}
}

// Compared writes the values of a reason for a person: "public, followers 12000 >= 10000"; empty for none.
func (r Reason) Compared() string {
	var b strings.Builder
	for i, v := range r.Values {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(v.String())
	}
	return b.String()
}

// wordEnd is where the word ends in which a stem was found: a person is shown "cancelled", not "cancel".
func wordEnd(text string, end int) int {
	for end < len(text) && !lexis.Border(text, end) {
		_, n := utf8.DecodeRuneInString(text[end:])
		end += n
	}
	return end
}

// mostShown is how many places of one expression are shown.
const mostShown = 20

func (s *scene) gather(n *node, r *Reason) {
	says := func(a ask.Answer) { r.Values = append(r.Values, a) }
	place := func(start, end int) { r.Spans = append(r.Spans, signal.Span{Start: start, End: end}) }
	switch n.op {
	case opNot, opNone:
	case opAll, opAny, opAtLeast:
		for i := range n.kids {
			if k := &n.kids[i]; n.op == opAll || s.holds(k) {
				s.gather(k, r)
			}
		}
	case opWords, opSeen:
		for i := range s.matches {
			m := &s.matches[i]
			if (n.yes || !s.negated[i]) && (slices.Contains(n.any, m.ID) || slices.Contains(n.all, m.ID)) {
				place(m.Start, wordEnd(s.mention.Text, m.End))
			}
		}
	case opPhrase, opNear:
		from := len(r.Spans)
		s.together(n, &r.Spans)
		for i := range r.Spans[from:] {
			x := &r.Spans[from+i]
			x.End = wordEnd(s.mention.Text, x.End)
		}
	case opPattern:
		for _, at := range n.extra.expression.FindAllStringIndex(s.mention.Text, mostShown) {
			place(at[0], at[1])
		}
	case opAbout, opAboutKind:
		for i := range s.in.Hits {
			if h := &s.in.Hits[i]; n.isAbout(h) && h.Start < h.End {
				place(h.Start, h.End)
			}
		}
		says(ask.Answer{What: "about", Is: n.list[0]})
	case opPrivate:
		for _, p := range s.private {
			if n.isClass(p) {
				place(p.Start, p.End)
			}
		}
		says(ask.Answer{What: "private", Is: n.list[0]})
	default:
		if n.isNumber() {
			v, _ := s.number(n)
			says(ask.Answer{What: n.name, Number: v, Wants: n.wants})
			if n.op == opSignal || n.op == opObserved || n.op == opScored {
				r.Spans = append(r.Spans, s.slots[n.slot].spans...)
			}
			return
		}
		says(s.answer(n))
	}
}

// answer is what a leaf without places and numbers has compared.
func (s *scene) answer(n *node) ask.Answer {
	a := ask.Answer{What: n.name}
	switch n.op {
	case opPublic:
		if !n.yes {
			a.What = "private"
		}
	case opVerified, opAnswered, opCustomer:
		if !n.yes {
			a.Is = "no"
		}
	case opMedia:
		for _, m := range s.mention.Media {
			if n.isMedia(m) {
				a.Is = m.Kind
				break
			}
		}
	case opSurge:
		a.Is = n.surging(s.in.Surges)
	case opPlace, opHours:
		a.Is = n.list[0]
		for _, entry := range n.list {
			one := node{op: opPlace, list: []string{entry}}
			if yes, _ := one.isPlace(&s.mention.Place); yes && n.op == opPlace {
				a.Is = entry
				break
			}
		}
	case opGiven:
		a.Is = s.in.Given[n.name]
	default:
		a.Is = s.value(n.op)
	}
	return a
}
