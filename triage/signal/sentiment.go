package signal

// weights of the sentiment. They were fitted to half of a set of posts and measured on the other.
const (
	negatedGood = -700 // "not good" is that part of "good", per mille
	negatedBad  = 200  // "not bad", where no list has it as a phrase
	emphasis    = 250  // capitals among small letters, lengthened words: per mille more
	beforeBut   = 700  // what is said before a contrast keeps that part, per mille
	perShout    = 80   // each exclamation mark, up to four: per mille more
	inQuestion  = 300  // good words of a post that asks are politeness: the part they keep
	mixed       = 800  // good words beside bad ones keep that part
	half        = 400  // a sum of weights that gives half the scale
	evident     = 200  // a weaker word counts and is no evidence: "morning", "now", "phone"
	telling     = 250  // a value as far from 0 as this shows what it comes from in any case
)

// Sentiment is how the author feels, from the words, what stands before them and how they are written. Each feeling
// word or phrase has a weight from the lists; a negation within the three words before turns a good one round and takes
// most of a bad one, a booster among the two words before makes it stronger or weaker, capitals and lengthening
// stronger; what stands before "but" counts less, good words beside bad ones or in a post that asks less too;
// exclamation marks strengthen the whole. The sum s becomes 1000 s / (|s| + 400). The spans are the words that feel as
// the whole does, with the negation that turned them round; words that say little count and are not shown.
//
// To sort posts into three, take -250 and below for bad and 250 and above for good.
func (t *Text) Sentiment() Value {
	t.feel()
	if !t.readable(feels) && (!t.in.has(feels) || t.emoji == 0) {
		return Value{Absent: true}
	}
	good, bad := 0, 0
	for _, m := range t.moods {
		if m.weight > 0 {
			good += int(m.weight)
		} else {
			bad += int(m.weight)
		}
	}
	if t.asks > 0 {
		good = good * inQuestion / 1000
	}
	if bad < 0 {
		good = good * mixed / 1000
	}
	sum := good + bad
	sum += sum * perShout * min(t.shouts, 4) / 1000
	value := 1000 * sum / (max(sum, -sum) + half)
	return Value{PerMille: value, Spans: t.feelingSpans(value)}
}

// feelingSpans are the words that feel as the whole does.
func (t *Text) feelingSpans(value int) []Span {
	spans := t.spansFrom(value, evident)
	if spans == nil && (value <= -telling || value >= telling) {
		return t.spansFrom(value, 1) // many weak words have made it
	}
	return spans
}

// spansFrom are those that weigh at least so much.
func (t *Text) spansFrom(value int, least int32) []Span {
	from := len(t.spans)
	for _, m := range t.moods {
		if m.weight < least && m.weight > -least || (m.weight > 0) != (value > 0) || value == 0 {
			continue
		}
		i := int(m.word)
		s := t.span(i, int(t.words[i].feelEnd))
		if (m.weight < 0) != (t.words[i].feeling < 0) {
			s.Start = int(t.words[t.negation(i)].start)
		}
		if n := len(t.spans); n > from && s.Start < t.spans[n-1].End {
			s.Start = t.spans[n-1].End
		}
		t.spans = append(t.spans, s)
	}
	return t.since(from)
}

// feel writes into every word the feeling of the phrase that begins with it.
func (t *Text) feel() {
	if t.felt || t.lang == nil {
		return
	}
	t.felt = true
	from := int32(0)
	for i := range t.finds {
		f := &t.finds[i]
		if f.lists&(1<<feels) == 0 || f.first < from {
			continue
		}
		for j := i + 1; j < len(t.finds) && t.finds[j].first == f.first; j++ {
			if t.finds[j].lists&(1<<feels) != 0 {
				f = &t.finds[j] // of two that begin together the longer
			}
		}
		from = f.end
		w := &t.words[f.first]
		w.feeling, w.feelEnd = t.lang.weights[f.weights], uint8(f.end-f.first) // the first of its weights
		if w.feeling != 0 {
			t.moods = append(t.moods, mood{f.first, int32(t.feeling(int(f.first)))})
		}
	}
}

// A mood is a word or phrase that feels, with its weight in its place.
type mood struct{ word, weight int32 }

// feeling is the weight of the word at i in its place.
func (t *Text) feeling(i int) int {
	w := &t.words[i]
	f := int(w.feeling)
	if w.shape&symbol == 0 {
		f = t.inPlace(i, f)
	}
	if i < t.contrast {
		f = f * beforeBut / 1000
	}
	return f
}

// inPlace is what the words before a word make of its weight.
func (t *Text) inPlace(i, f int) int {
	w := &t.words[i]
	for back := 1; back <= 2 && i-back >= 0; back++ {
		if t.words[i-back+1].shape&border != 0 {
			break
		}
		f += f * int(t.words[i-back].boost) / 1000
	}
	if w.shape&lengthened != 0 || w.shape&capitals != 0 && t.lower {
		f += f * emphasis / 1000
	}
	if t.negation(i) < 0 {
		return f
	}
	if f > 0 {
		return f * negatedGood / 1000
	}
	return f * negatedBad / 1000
}

// span is the place of n words from i.
func (t *Text) span(i, n int) Span {
	return Span{Start: int(t.words[i].start), End: int(t.words[i+n-1].end)}
}
