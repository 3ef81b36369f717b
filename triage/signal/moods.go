package signal

// What makes anger of displeasure, each a part of what is missing to certainty.
const (
	shouting   = 250  // two words and more in capitals among others, in a text that is not glad
	exclaiming = 150  // two exclamation marks and more, likewise
	displeased = -300 // the sentiment of a text that says something bad
)

// Anger is how surely the author is angry: 0 to 1000. Words and emoji of anger count, and what is shouted in a text that
// says something bad.
func (t *Text) anger() Value {
	if !t.readable(rages) {
		return Value{Absent: true}
	}
	loud := t.lower && t.shouted > 1 || t.shouts > 1
	if !loud && !t.in.has(rages) {
		return Value{}
	}
	v := t.evidence(cue{list: rages, negated: 200}, 0)
	if !loud || v.PerMille == 0 && t.mood() > displeased {
		return v
	}
	if t.lower && t.shouted > 1 {
		v.PerMille += (1000 - v.PerMille) * shouting / 1000
	}
	if t.shouts > 1 {
		v.PerMille += (1000 - v.PerMille) * exclaiming / 1000
	}
	return v
}

// mood is the value of the sentiment, without its spans.
func (t *Text) mood() int {
	kept := len(t.spans)
	v := t.Sentiment()
	t.spans = t.spans[:kept]
	return v.PerMille
}

// Complaint is how surely the author says that something is wrong: 0 to 1000. Words of complaint count, and feeling bad
// beyond the threshold of the sentiment.
func (t *Text) complaint() Value {
	if !t.readable(complains) {
		return Value{Absent: true}
	}
	mood := t.mood()
	known := 0
	if mood < 0 {
		known = -mood * moodCounts / 1000
	}
	v := t.evidence(cue{list: complains}, known)
	if len(v.Spans) == 0 && mood < 0 {
		v.Spans = t.feelingSpans(mood)
	}
	if mood > 0 {
		v.PerMille = v.PerMille * (1000 - mood*gladCounts/1000) / 1000
	}
	return v
}

const (
	moodCounts = 1000 // of a bad mood, per mille, is evidence of a complaint
	gladCounts = 700  // of a good mood, per mille, speaks against one
)

// The aims that Aim gives besides Complaint, Praise, Question and Lead.
const nothing = "nothing"

// leastAim is how sure the strongest must be.
const leastAim = 400

// Aim is what the author wants of us, as one word: "complaint", "praise", "question", "lead", or "nothing" when nothing
// speaks for any. It is the strongest of these four signals; of two that are equal the first named. A question that
// comes with a complaint is part of it. Empty, and absent, where the text could not be read.
func (t *Text) Aim(rating int) (aim string, v Value) {
	if t.name == "" || t.Words() == 0 {
		return "", Value{Absent: true}
	}
	aim = nothing
	consider := func(name string, x Value) {
		if x.PerMille >= leastAim && x.PerMille > v.PerMille {
			aim, v = name, x
		}
	}
	consider(Complaint, t.complaint())
	if aim == Complaint {
		return aim, v
	}
	consider(Praise, t.Praise(rating))
	consider(Lead, cued(cue{list: buys})(t, rating))
	if aim != Lead {
		consider(Question, t.Question())
	}
	return aim, v
}

// withoutTime is what an occasion counts of which nobody says when it is, per mille.
const withoutTime = 450

// Occasion is how surely something that will not come again hangs on an answer: 0 to 1000. An occasion ("my wedding")
// counts whole when the text says that it is soon ("tomorrow", "in 2 hours"), and less when not.
func (t *Text) occasion() Value {
	if !t.readable(happens) {
		return Value{Absent: true}
	}
	if !t.in.has(happens) {
		return Value{}
	}
	from := len(t.spans)
	v := t.evidence(cue{list: happens, negated: 500}, 0)
	when := Value{}
	if t.in.has(soon) {
		when = t.evidence(cue{list: soon, negated: 1000}, 0)
	}
	v.PerMille = v.PerMille * (withoutTime + (1000-withoutTime)*when.PerMille/1000) / 1000
	if v.PerMille == 0 {
		return Value{}
	}
	v.Spans = t.since(from)
	sortSpans(v.Spans)
	return v
}

// sortSpans sorts few spans by their places.
func sortSpans(s []Span) {
	for i := range s {
		for j := i; j > 0 && s[j].Start < s[j-1].Start; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}

// Thanks is how surely the author thanks: bitter thanks are none.
func (t *Text) thanks() Value {
	if !t.readable(thanks) {
		return Value{Absent: true}
	}
	if !t.in.has(thanks) {
		return Value{}
	}
	v := t.evidence(cue{list: thanks, negated: 200}, 0)
	if t.mood() <= -500 {
		v.PerMille /= 2
	}
	return v
}

// What a number, a code or an address is worth as the details somebody asked for: in a brief answer, and in a story.
const (
	codeAlone = 700
	codeTold  = 350
)

// GivesDetails is how surely the author gives what he was asked for: numbers, codes and addresses, or the words for it.
func (t *Text) givesDetails() Value {
	if !t.readable(gives) {
		return Value{Absent: true}
	}
	known := 0
	if t.codes+t.mails > 0 {
		if known = codeAlone; t.Words() > brief {
			known = codeTold
		}
	}
	if known == 0 && !t.in.has(gives) {
		return Value{}
	}
	from := len(t.spans)
	v := t.evidence(cue{list: gives, asking: 400}, known)
	for i := 0; t.codes > 0 && v.PerMille > 0 && i < len(t.words); i++ {
		if t.isCode(i) {
			t.spans = append(t.spans, t.span(i, 1))
		}
	}
	v.Spans = t.since(from)
	sortSpans(v.Spans)
	return v
}

// isCode tells numbers of five digits and more, and words of capitals and digits.
func (t *Text) isCode(i int) bool {
	w := &t.words[i]
	if w.to-w.from < 5 {
		return false
	}
	capital, figure := false, false
	for _, b := range []byte(t.source[w.start:w.end]) {
		capital, figure = capital || class[b] == upper, figure || class[b] == digit
	}
	return w.shape&number != 0 || capital && figure
}
