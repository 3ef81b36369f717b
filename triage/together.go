package triage

import (
	"slices"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/triage/signal"
)

// wordAt is the number of the word that holds the byte at, or of the last one before it.
func (s *scene) wordAt(at int) int {
	if !s.did.words {
		s.did.words = true
		s.words = s.words[:0]
		for w := lexis.Words(s.mention.Text); w.Next(); {
			s.words = append(s.words, int32(w.Start))
		}
	}
	i, found := slices.BinarySearch(s.words, int32(at))
	if !found {
		i--
	}
	return i
}

// most is how many words a Phrase or a Near has at most.
const most = 8

// A find is one place where an entry of a Phrase or a Near stands.
type find struct {
	first, last int // numbers of words
	span        signal.Span
	whole       signal.Span // from the first entry on, of a Phrase
}

// together reports whether the entries of a Phrase or a Near stand as asked, and adds the places to spans unless it is
// nil. Matches come by their ends, so that those of one entry are in the order of the text.
func (s *scene) together(n *node, spans *[]signal.Span) bool {
	if !hasWords(s.seen, n) {
		return false
	}
	if !n.yes {
		s.negations()
	}
	if n.op == opPhrase {
		return s.phrase(n, spans)
	}
	return s.near(n, spans)
}

func (s *scene) find(m *lexis.Match) find {
	at := signal.Span{Start: m.Start, End: m.End}
	return find{first: s.wordAt(m.Start), last: s.wordAt(m.End - 1), span: at, whole: at}
}

// phrase keeps, for each entry, the places as far as which the phrase has come. Of those before a word the last is the
// nearest, so no other can do better; those that the word itself covers are passed over.
func (s *scene) phrase(n *node, spans *[]signal.Span) (holds bool) {
	far := &s.far
	for k := range n.all {
		far[k] = far[k][:0]
	}
	for i := range s.matches {
		m := &s.matches[i]
		k := slices.Index(n.all, m.ID)
		if k < 0 || k == 0 && !n.yes && s.negated[i] {
			continue
		}
		at := s.find(m)
		if k > 0 {
			before := far[k-1]
			for len(before) > 0 && before[len(before)-1].last >= at.first {
				before = before[:len(before)-1]
			}
			if len(before) == 0 || at.first-before[len(before)-1].last-1 > n.n {
				continue
			}
			at.whole.Start = before[len(before)-1].whole.Start
		}
		if k < len(n.all)-1 {
			far[k] = append(far[k], at)
			continue
		}
		if holds = true; spans == nil {
			return true
		}
		*spans = append(*spans, at.whole)
	}
	return holds
}

// near keeps the last place of each entry: of all windows that end with a word the one of the last places is the
// shortest.
func (s *scene) near(n *node, spans *[]signal.Span) (holds bool) {
	var last [most]find
	var have [most]bool
	for i := range s.matches {
		m := &s.matches[i]
		k := slices.Index(n.all, m.ID)
		if k < 0 || !n.yes && s.negated[i] {
			continue
		}
		last[k], have[k] = s.find(m), true
		if slices.Contains(have[:len(n.all)], false) {
			continue
		}
		from := last[0].first
		for _, f := range last[1:len(n.all)] {
			from = min(from, f.first)
		}
		if last[k].last-from >= n.n {
			continue
		}
		if holds = true; spans == nil {
			return true
		}
		for _, f := range last[:len(n.all)] {
			*spans = append(*spans, f.span)
		}
	}
	return holds
}
