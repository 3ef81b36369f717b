package signal

// The names of the signals of this package, as conditions write them.
const (
	Sentiment = "sentiment" // -1000 (bad) to 1000 (good)
	Praise    = "praise"    // 0 to 1000
	Question  = "question"  // 0 to 1000
)

// A Span is a place in the text, in bytes, cut at rune borders.
type Span struct {
	Start int `json:"start"` // of its first byte
	End   int `json:"end"`   // behind its last byte
}

// A Reading is the value of one signal, per mille: 0 to 1000, or -1000 to 1000 for sentiment. A signal that could not
// be read (no words, a language without lists) is absent, never 0.
type Reading struct {
	Name  string `json:"name"`
	Value int    `json:"value"`
	Spans []Span `json:"spans,omitempty"` // the words it was read from
}

// A Value is what a signal says about a text: per mille, and the words it was read from. Absent means that there was
// nothing to read, which is not the same as 0.
type Value struct {
	PerMille int    // the bounds stand at the signal's name
	Spans    []Span // in the order of the text; they stay valid until the Text is read into again
	Absent   bool   // nothing could be read; PerMille is 0 then
}

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
)

// Sentiment is how the author feels, from the words, what stands before them and how they are written. Each feeling
// word or phrase has a weight from the lists; a negation within the three words before turns a good one round and takes
// most of a bad one, a booster among the two words before makes it stronger or weaker, capitals and lengthening
// stronger; what stands before "but" counts less, good words beside bad ones or in a post that asks less too;
// exclamation marks strengthen the whole. The sum s becomes 1000 s / (|s| + 400).
//
// To sort posts into three, take -250 and below for bad and 250 and above for good.
func (t *Text) Sentiment() Value {
	if (t.lang == "" || t.Words() == 0) && t.felt == 0 {
		return Value{Absent: true}
	}
	last := -1
	for i := range t.words {
		if t.words[i].marks&contrasts != 0 {
			last = i
		}
	}
	from := len(t.spans)
	good, bad := 0, 0
	for i := range t.words {
		w := &t.words[i]
		if w.feeling == 0 {
			continue
		}
		f := t.feeling(i)
		if i < last {
			f = f * beforeBut / 1000
		}
		if f > 0 {
			good += f
		} else {
			bad += f
		}
		t.spans = append(t.spans, t.span(i, int(w.feelEnd)))
	}
	if t.asks > 0 {
		good = good * inQuestion / 1000
	}
	if bad < 0 {
		good = good * mixed / 1000
	}
	sum := good + bad
	sum += sum * perShout * min(t.shouts, 4) / 1000
	return Value{PerMille: 1000 * sum / (max(sum, -sum) + half), Spans: t.spans[from:len(t.spans):len(t.spans)]}
}

// feeling is the weight of the word at i in its place.
func (t *Text) feeling(i int) int {
	w := &t.words[i]
	f := int(w.feeling)
	if w.shape&symbol != 0 {
		return f
	}
	for back := 1; back <= 2 && i-back >= 0; back++ {
		if t.words[i-back+1].shape&border != 0 {
			break
		}
		f += f * int(t.words[i-back].boost) / 1000
	}
	if w.shape&lengthened != 0 || w.shape&capitals != 0 && t.lower {
		f += f * emphasis / 1000
	}
	if t.negated(i) {
		if f > 0 {
			return f * negatedGood / 1000
		}
		return f * negatedBad / 1000
	}
	return f
}

// span is the place of n words from i.
func (t *Text) span(i, n int) Span {
	return Span{Start: int(t.words[i].start), End: int(t.words[i+n-1].end)}
}
