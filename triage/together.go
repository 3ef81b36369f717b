package triage

import (
	"slices"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/triage/signal"
)

// countWords notes where the words of the text begin and end.
func (s *scene) countWords() {
	if s.did.words {
		return
	}
	s.did.words = true
	s.starts, s.ends = s.starts[:0], s.ends[:0]
	for w := lexis.Words(s.mention.Text); w.Next(); {
		s.starts, s.ends = append(s.starts, int32(w.Start)), append(s.ends, int32(w.End))
	}
}

// most is how many words a Phrase or a Near has at most.
const most = 8

// A find is one place where an entry of a Phrase or a Near stands. An entry may be a sign, which is no word: so words are
// counted before it and to its end, and the words between two entries are those to the end of one and before the other.
type find struct {
	before int // words of the text that end before it
	to     int // words that begin before its end
	span   signal.Span
	whole  signal.Span // from the first entry on, of a Phrase
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
	s.countWords()
	at := signal.Span{Start: m.Start, End: m.End}
	before, _ := slices.BinarySearch(s.ends, int32(m.Start)+1)
	to, _ := slices.BinarySearch(s.starts, int32(m.End))
	return find{before: before, to: to, span: at, whole: at}
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
			for len(before) > 0 && before[len(before)-1].span.End > m.Start {
				before = before[:len(before)-1]
			}
			if len(before) == 0 || at.before-before[len(before)-1].to > n.n {
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
		from := last[0].before
		for _, f := range last[1:len(n.all)] {
			from = min(from, f.before)
		}
		if last[k].to-from > n.n {
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
