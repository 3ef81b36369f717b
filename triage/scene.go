package triage

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage/signal"
)

// A scene is everything that is read from one input before the rules are looked at. The text is walked once for the
// words of all conditions and once for the signals.
type scene struct {
	judge      *Judge
	in         Input
	mention    *mention.Mention
	hits       []mention.Hit
	text       signal.Text
	matches    []lexis.Match
	negated    []bool   // by match
	seen       []uint64 // patterns in the text, negated or not
	counted    []uint64 // patterns in the text that no negation turns round
	awake      []uint64 // clauses that can hold
	readings   []signal.Reading
	private    []sensitive.Span
	legitimacy Legitimacy
}

// read makes the scene of an input.
func (j *Judge) read(in Input) *scene {
	s := &scene{judge: j, in: in, mention: in.Mention, hits: in.Hits}
	if s.mention == nil {
		s.mention = &mention.Mention{}
	}
	j.lists.Read(&s.text, s.mention.Text, s.mention.Lang)
	s.private = sensitive.Find(nil, s.mention.Text)
	s.signals()
	s.words()
	return s
}

// words finds the words of all conditions in one walk.
func (s *scene) words() {
	j := s.judge
	words := bitWords(j.patterns)
	sets := make([]uint64, 2*words+len(j.always))
	s.seen, s.counted, s.awake = sets[:words:words], sets[words:2*words:2*words], sets[2*words:]
	copy(s.awake, j.always)
	if j.text == nil {
		return
	}
	s.matches = j.text.Append(nil, s.mention.Text)
	s.negated = make([]bool, len(s.matches))
	for i, m := range s.matches {
		s.negated[i] = s.text.Negated(m.Start)
		setBit(s.seen, m.ID)
		if !s.negated[i] {
			setBit(s.counted, m.ID)
		}
		for _, k := range j.woken[m.ID] {
			setBit(s.awake, k)
		}
	}
}

// hasWords reports whether the text has one of any and every one of all.
func (s *scene) hasWords(n *node) bool {
	set := s.counted
	if n.yes {
		set = s.seen
	}
	for _, p := range n.all {
		if !hasBit(set, p) {
			return false
		}
	}
	for _, p := range n.any {
		if hasBit(set, p) {
			return true
		}
	}
	return len(n.any) == 0
}

// signals reads the built-in signals and puts what was observed outside beside them, sorted by name. What has the name
// of a built-in signal, or comes a second time, is left out.
func (s *scene) signals() {
	rating := -1
	if r, ok := s.mention.Rating.PerMille(); ok {
		rating = r
	}
	built := [...]struct {
		name  string
		value signal.Value
	}{
		{signal.Praise, s.text.Praise(rating)},
		{signal.Question, s.text.Question()},
		{signal.Sentiment, s.text.Sentiment()},
	}
	s.readings = make([]signal.Reading, 0, len(built)+len(s.in.Observed))
	for _, b := range built {
		if !b.value.Absent {
			s.readings = append(s.readings, signal.Reading{Name: b.name, Value: b.value.PerMille, Spans: slices.Clone(b.value.Spans)})
		}
	}
	if len(s.in.Observed) == 0 {
		return
	}
	for _, r := range s.in.Observed {
		if r.Name != "" && r.Name != signal.Praise && r.Name != signal.Question && r.Name != signal.Sentiment {
			r.Value = min(1000, max(-1000, r.Value))
			r.Spans = slices.Clone(r.Spans)
			s.readings = append(s.readings, r)
		}
	}
	slices.SortStableFunc(s.readings, func(a, b signal.Reading) int { return cmp.Compare(a.Name, b.Name) })
	s.readings = slices.CompactFunc(s.readings, func(a, b signal.Reading) bool { return a.Name == b.Name })
}

// baseLang is the base of a BCP 47 tag in lower case: "es" of "es-MX".
func baseLang(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(base)
}

func bitWords(n int) int { return (n + 63) / 64 }

func setBit(set []uint64, i int) { set[i/64] |= 1 << (i % 64) }

func hasBit(set []uint64, i int) bool { return set[i/64]&(1<<(i%64)) != 0 }

// eachBit calls f with every member of the set, from the lowest.
func eachBit(set []uint64, f func(int)) {
	for w, word := range set {
		for ; word != 0; word &= word - 1 {
			f(w*64 + bits.TrailingZeros64(word))
		}
	}
}

// sortedOnce returns the strings sorted, each once, in a slice of its own.
func sortedOnce(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
