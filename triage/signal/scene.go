package signal

// A scene is a danger that two lists tell together where neither does alone: a weapon is for sale, and "driver" is in
// every second post, but a weapon beside a driver is told to somebody who can send help. No list of phrases has all the
// words that people find for that. The two stand in one sentence, at most wide words apart, in any order unless it is said.
type scene struct {
	one, other list
	weight     int  // per mille
	ordered    bool // one stands before the other
}

const wide = 12

var (
	ofSelfHarm = []scene{{one: despairs, other: endings, weight: 700, ordered: true}}
	ofThreat   = []scene{
		{one: weapons, other: persons, weight: 650}, {one: weapons, other: places, weight: 650},
		{one: weapons, other: resolves, weight: 650}, {one: weapons, other: bodies, weight: 650},
		{one: resolves, other: violence, weight: 700, ordered: true},
	}
	ofDanger = []scene{
		{one: hazards, other: places, weight: 650}, {one: hazards, other: frail, weight: 650},
		{one: distress, other: persons, weight: 650}, {one: distress, other: frail, weight: 650},
		{one: hazards, other: bodies, weight: 600}, {one: frail, other: helpless, weight: 600},
		{one: remedies, other: lacks, weight: 650}, {one: hazards, other: distress, weight: 650},
		{one: controls, other: fails, weight: 650, ordered: true},
	}
	ofInjury = []scene{
		{one: harms, other: bodies, weight: 650}, {one: causes, other: ills, weight: 650},
	}
)

// drama is a cue with scenes: the strongest of them counts as one phrase more.
func (t *Text) drama(c cue) Value {
	known, one, other := t.staged(c)
	if w, f := t.behindWeaker(c); w > known {
		known, one, other = w, f, f
	}
	if known == 0 && !t.in.has(c.list) {
		return Value{}
	}
	from := len(t.spans)
	v := t.evidence(c, known)
	if known > 0 && v.PerMille > 0 {
		t.spans = append(t.spans, t.span(int(one.first), int(one.end-one.first)), t.span(int(other.first), int(other.end-other.first)))
		v.Spans = apart(t.since(from))
		t.spans = t.spans[:from+len(v.Spans)]
	}
	return v
}

// behindWeaker is the strongest phrase of the list that a weaker one overlaps which begins before it: "standing on the
// edge" must not hide "edge of the platform". Phrases of weight 0 hide what they overlap, as they are meant to.
func (t *Text) behindWeaker(c cue) (weight int, strongest *find) {
	var before *find
	worth := 0
	t.every(c.list, func(f *find, w int) {
		if before == nil || f.first >= before.end {
			before, worth = f, w
			return
		}
		if worth > 0 && w > worth && w > weight && w < opening/2 && t.negation(int(f.first)) < 0 {
			weight, strongest = w, f
		}
	})
	return weight, strongest
}

// apart sorts spans by their places and joins those that overlap.
func apart(s []Span) []Span {
	sortSpans(s)
	n := 0
	for _, x := range s[1:] {
		if x.Start < s[n].End {
			s[n].End = max(s[n].End, x.End)
			continue
		}
		n++
		s[n] = x
	}
	return s[:n+1]
}

// staged gives the strongest scene of a signal and its words. What stands within a phrase of weight 0 of the signal's
// own list is no part of a scene: "bath bomb".
func (t *Text) staged(c cue) (weight int, one, other *find) {
	for _, s := range c.scenes {
		if s.weight <= weight || !t.in.has(s.one) || !t.in.has(s.other) {
			continue
		}
		if a, b := t.pair(s, c.list); a != nil {
			weight, one, other = s.weight, a, b
		}
	}
	return weight, one, other
}

// pair finds the first two phrases that make a scene.
func (t *Text) pair(s scene, k list) (one, other *find) {
	for i := range t.finds {
		a := &t.finds[i]
		if !a.lists.has(s.one) {
			continue
		}
		from := i
		for !s.ordered && from > 0 && t.finds[from-1].first >= a.first-wide {
			from--
		}
		for j := from; j < len(t.finds) && t.finds[j].first <= a.end+wide; j++ {
			b := &t.finds[j]
			if b.lists.has(s.other) && (b.first >= a.end || !s.ordered && b.end <= a.first) &&
				t.together(a, b) && !t.excused(i, b, k) && !t.excused(j, a, k) {
				return a, b
			}
		}
	}
	return nil, nil
}

// together reports whether no sentence begins between two phrases.
func (t *Text) together(a, b *find) bool {
	if a.first > b.first {
		a, b = b, a
	}
	for i := a.first + 1; i <= b.first; i++ {
		if t.words[i].shape&sentence != 0 {
			return false
		}
	}
	return true
}

// excused reports whether the find at i is negated by a word that is not part of the other ("my son is not breathing"),
// or lies in a phrase of weight 0 of list k.
func (t *Text) excused(i int, other *find, k list) bool {
	f := &t.finds[i]
	if n := int32(t.negation(int(f.first))); n >= 0 && (n < other.first || n >= other.end) {
		return true
	}
	for i > 0 && t.finds[i-1].first > f.first-longestPhrase {
		i--
	}
	for ; i < len(t.finds) && t.finds[i].first <= f.first; i++ {
		x := &t.finds[i]
		if x.end >= f.end && x.lists.has(k) && t.lang.weight(x, k) == 0 {
			return true
		}
	}
	return false
}
