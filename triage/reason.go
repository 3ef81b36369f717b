package triage

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage/signal"
)

// because gathers what made a condition hold: the places in the text, and what was compared. Below a Not there is
// nothing to show.
func (s *scene) because(n *node, r *Reason) {
	var values []string
	s.gather(n, r, &values)
	slices.SortFunc(r.Spans, func(a, b signal.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	r.Spans = slices.Compact(r.Spans)
	r.Values = strings.Join(values, ", ")
}

// wordEnd is where the word ends in which a stem was found: a person is shown "cancelled", not "cancel".
func wordEnd(text string, end int) int {
	for end < len(text) && !lexis.Border(text, end) {
		_, n := utf8.DecodeRuneInString(text[end:])
		end += n
	}
	return end
}

func (s *scene) gather(n *node, r *Reason, values *[]string) {
	switch n.op {
	case opNot, opNone:
	case opAll, opAny, opAtLeast:
		for i := range n.kids {
			if k := &n.kids[i]; s.holds(k) {
				s.gather(k, r, values)
			}
		}
	case opWords:
		for i, m := range s.matches {
			if (n.yes || !s.negated[i]) && (slices.Contains(n.any, m.ID) || slices.Contains(n.all, m.ID)) {
				r.Spans = append(r.Spans, signal.Span{Start: m.Start, End: wordEnd(s.in.Mention.Text, m.End)})
			}
		}
	case opAbout, opAboutKind:
		for _, h := range s.hits {
			if n.isAbout(h) {
				r.Spans = append(r.Spans, signal.Span{Start: h.Start, End: h.End})
			}
		}
		*values = append(*values, "about "+n.list[0])
	case opPrivate:
		for _, p := range s.private {
			if n.isClass(p) {
				r.Spans = append(r.Spans, signal.Span{Start: p.Start, End: p.End})
			}
		}
		*values = append(*values, "private "+n.list[0])
	case opPublic:
		*values = append(*values, map[bool]string{true: "public", false: "private"}[n.yes])
	case opGiven:
		*values = append(*values, n.name+"="+s.in.Given[n.name])
	case opRating, opFollowers, opContacts, opAuthorDays, opSignal:
		v, _ := s.number(n)
		*values = append(*values, n.compared(v))
		if n.op == opSignal {
			for _, x := range s.readings {
				if x.Name == n.name {
					r.Spans = append(r.Spans, x.Spans...)
				}
			}
		}
	default:
		*values = append(*values, n.name+" "+s.value(n.op))
	}
}

func (n *node) isClass(p sensitive.Span) bool {
	return n.list[0] == string(anyPrivate) || string(p.Class) == n.list[0]
}

// compared writes a number beside its bounds: "followers 12000 >= 10000".
func (n *node) compared(v int) string {
	switch {
	case n.hasMin && n.hasMax:
		return fmt.Sprintf("%s %d in %d..%d", n.name, v, n.min, n.max)
	case n.hasMin:
		return n.name + " " + strconv.Itoa(v) + " >= " + strconv.Itoa(n.min)
	}
	return n.name + " " + strconv.Itoa(v) + " <= " + strconv.Itoa(n.max)
}
