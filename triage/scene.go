package triage

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage/signal"
)

// A scene is one input under a judge, and what has been read of it so far. The text is walked once for the words of all
// conditions; everything else is read when somebody asks for it, once. A scene may be used again for another input.
type scene struct {
	judge   *Judge
	in      Input
	mention *mention.Mention
	v       Verdict

	matches []lexis.Match
	seen    []uint64 // patterns in the text, negated or not
	awake   []uint64 // clauses that can hold

	did      reads
	text     signal.Text
	negated  []bool   // by match
	affirmed []uint64 // patterns in the text that no negation turns round
	starts   []int32  // where the words of the text begin
	ends     []int32  // where they end
	far      [most][]find
	private  []sensitive.Span
	slots    []slot // by signal
	scored   []scored

	// What the verdict is made of; it is used again.
	hits     []mention.Hit
	tags     []string
	readings []signal.Reading
	reasons  []Reason
	refusals map[refusal]string
	nothing  mention.Mention
}

// reads are the parts of a scene that have been read.
type reads struct{ text, counted, words, private bool }

// begin makes the scene of an input and walks its text.
func (s *scene) begin(j *Judge, in Input) {
	s.judge, s.in, s.mention = j, in, in.Mention
	if s.mention == nil {
		s.mention = &s.nothing
	}
	s.did, s.v = reads{}, Verdict{Standing: in.Standing}
	s.tags, s.readings, s.reasons = s.tags[:0], s.readings[:0], s.reasons[:0]
	if s.slots == nil {
		n := bitWords(j.patterns)
		sets := make([]uint64, 2*n+len(j.always))
		s.seen, s.affirmed, s.awake = sets[:n:n], sets[n:2*n:2*n], sets[2*n:]
		s.slots = make([]slot, len(j.slots)+1) // never nil
		s.scored = make([]scored, len(j.scorers))
	}
	clear(s.seen)
	for i := range s.slots {
		s.slots[i].state = unread
	}
	for i := range s.scored {
		s.scored[i].done = false
	}
	copy(s.awake, j.always)
	s.matches = s.matches[:0]
	if j.text == nil {
		return
	}
	s.matches = j.text.Append(s.matches, s.mention.Text)
	for i := range s.matches {
		id := s.matches[i].ID
		if hasBit(s.seen, id) {
			continue
		}
		setBit(s.seen, id)
		for _, k := range j.woken[id] {
			setBit(s.awake, int(k))
		}
	}
}

// read cuts the text into words and looks them up.
func (s *scene) read() *signal.Text {
	if !s.did.text {
		s.judge.lists.Read(&s.text, s.mention.Text, s.mention.Lang)
		s.did.text = true
	}
	return &s.text
}

// counted are the patterns in the text that no negation turns round.
func (s *scene) counted() []uint64 {
	s.negations()
	return s.affirmed
}

// negations finds out which matches are negated.
func (s *scene) negations() {
	if s.did.counted {
		return
	}
	s.did.counted = true
	clear(s.affirmed)
	s.negated = slices.Grow(s.negated[:0], len(s.matches))[:len(s.matches)]
	if len(s.matches) == 0 {
		return
	}
	text := s.read()
	for i := range s.matches {
		s.negated[i] = text.Negated(s.matches[i].Start)
		if !s.negated[i] {
			setBit(s.affirmed, s.matches[i].ID)
		}
	}
}

// sensitive finds the private data.
func (s *scene) sensitive() []sensitive.Span {
	if !s.did.private {
		s.private = sensitive.Find(s.private[:0], s.mention.Text)
		s.did.private = true
	}
	return s.private
}

// hasWords reports whether one of any and every one of all is in the set.
func hasWords(set []uint64, n *node) bool {
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

// finish writes into the verdict what was found beside the rules, and what it is to hold in any case.
func (s *scene) finish() {
	v := &s.v
	s.hits = append(s.hits[:0], s.in.Hits...)
	v.Hits = filled(s.hits)
	if !s.judge.lazy {
		s.sensitive()
	}
	if s.did.private {
		v.Private = filled(s.private)
	}
	s.report()
	v.Signals = filled(s.readings)
	slices.Sort(s.tags)
	s.tags = slices.Compact(s.tags)
	v.Tags = filled(s.tags)
	v.Reasons = filled(s.reasons)
}

// filled is a slice, or nil when there is nothing in it.
func filled[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list[:len(list):len(list)]
}

// reason is a new one; the memory of an old one is used again.
func (s *scene) reason(rule, did string) *Reason {
	n := len(s.reasons)
	s.reasons = slices.Grow(s.reasons, 1)[:n+1]
	r := &s.reasons[n]
	r.Rule, r.Did, r.Spans, r.Values = rule, did, r.Spans[:0], r.Values[:0]
	return r
}

func bitWords(n int) int { return (n + 63) / 64 }

func setBit(set []uint64, i int) { set[i/64] |= 1 << (i % 64) }

func hasBit(set []uint64, i int) bool { return set[i/64]&(1<<(i%64)) != 0 }

// nextBit is the first member of the set from i on; -1 when there is none.
func nextBit(set []uint64, i int) int {
	for w := i / 64; w < len(set); w++ {
		word := set[w]
		if w == i/64 {
			word &= ^uint64(0) << (i % 64)
		}
		if word != 0 {
			return w*64 + bits.TrailingZeros64(word)
		}
	}
	return -1
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
