package signal

// A cue says how a signal is read from one list.
type cue struct {
	list    list
	negated int // what a negated phrase keeps, per mille
	asking  int // what a phrase keeps in a sentence that asks, per mille; 0 is all
	scenes  []scene
}

func cued(c cue) func(*Text, int) Value {
	return func(t *Text, _ int) Value {
		if !t.readable(c.list) {
			return Value{Absent: true}
		}
		if c.scenes != nil {
			return t.drama(c)
		}
		if !t.in.has(c.list) {
			return Value{}
		}
		return t.evidence(c, 0)
	}
}

// brief is how many words an answer has in which the first word says it all.
const brief = 8

// evidence adds up what the phrases of a list say, beginning with what is known already. Each takes its part of what is
// missing to certainty: 500 and 500 are 750. Phrases with a weight below 0 speak against it, wherever they stand: they
// take their part of the whole. A phrase of weight 0 only keeps the words in it from counting.
func (t *Text) evidence(c cue, known int) Value {
	from := len(t.spans)
	v, against := known, 1000
	t.each(c.list, func(f *find, w int) {
		if w > opening/2 {
			if w -= opening; f.first > 0 && t.words[f.first].shape&sentence == 0 {
				return
			}
			if t.Words() > brief {
				w /= 2 // "Yes, I have done all that, and it ..." answers another question
			}
		}
		if w < 0 {
			against += against * w / 1000
			return
		}
		if t.negation(int(f.first)) >= 0 {
			w = w * c.negated / 1000
		}
		if c.asking > 0 && t.asks > 0 && t.asksFrom(int(f.end)-1) {
			w = w * c.asking / 1000
		}
		if w > 0 {
			v += (1000 - v) * w / 1000
			t.spans = append(t.spans, t.span(int(f.first), int(f.end-f.first)))
		}
	})
	v = v * against / 1000
	if v == 0 {
		t.spans = t.spans[:from]
	}
	return Value{PerMille: v, Spans: t.since(from)}
}

// asksFrom reports whether the sentence that the word at i stands in ends with a question mark.
func (t *Text) asksFrom(i int) bool {
	for ; i < len(t.words); i++ {
		if t.words[i].shape&asked != 0 {
			return true
		}
		if i+1 < len(t.words) && t.words[i+1].shape&sentence != 0 {
			return false
		}
	}
	return false
}
