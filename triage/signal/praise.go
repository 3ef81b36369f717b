package signal

// mildRating is the highest rating, per mille, that still speaks against praise.
const mildRating = 500

// Praise is how surely the author praises or thanks, and means it: 0 to 1000. Sarcasm praises too ("great job, third
// cancelled flight"), so anything that could make the praise bitter vetoes it, and the value is 0: a wait, a thing
// lost, broken or called off, a negation, a contrast, blame, a count before what went wrong, a question, a request, a
// low rating. A veto costs a thank-you that a person can still write; a bitter post that is thanked costs more. The
// spans are the words of praise, or the words that vetoed. Rating is per mille of the scale, below 0 when there is
// none.
func (t *Text) Praise(rating int) Value {
	if !t.readable(praises) {
		return Value{Absent: true}
	}
	if !t.in.has(praises) {
		return Value{}
	}
	t.feel()
	t.praising()
	from := len(t.spans)
	best, sum := 0, 0
	for i := range t.words {
		if p := int(t.words[i].praise); p > 0 {
			best, sum = max(best, p), sum+p
			t.spans = append(t.spans, t.span(i, int(t.words[i].praiseEnd)))
		}
	}
	if best == 0 {
		return Value{}
	}
	if spans := t.veto(); len(spans) > 0 || rating >= 0 && rating <= mildRating {
		return Value{Spans: spans}
	}
	// more words of praise add to the strongest, and never more than certainty
	value := min(1000, best+(sum-best)/10)
	return Value{PerMille: value, Spans: t.since(from)}
}

// praising writes into every word the praise of the phrase that begins with it.
func (t *Text) praising() {
	if t.praised {
		return
	}
	t.praised = true
	t.each(praises, func(f *find, weight int) {
		w := &t.words[f.first]
		w.praise, w.praiseEnd = int16(weight), uint8(f.end-f.first)
	})
}

// veto gives the words that speak against taking praise at its word.
func (t *Text) veto() []Span {
	from := len(t.spans)
	for i := 0; i < len(t.words); i++ {
		w := &t.words[i]
		switch {
		case w.roles&(roleVetoes|roleNegates|roleContrasts) != 0:
			begin := i
			for back := 1; back <= 2 && i-back >= 0; back++ {
				if t.words[i-back].roles&roleCounts != 0 {
					begin = i - back // "third cancelled flight" is shown whole
				}
			}
			whole := t.span(begin, i-begin+1)
			for n := len(t.spans); n > from && t.spans[n-1].Start >= whole.Start; n-- {
				t.spans = t.spans[:n-1] // the count has been taken by itself
			}
			t.spans = append(t.spans, whole)
		case w.shape&symbol != 0 && w.feeling < 0, w.shape&asked != 0, w.feeling <= -200 && w.praise == 0:
			n := max(1, int(w.feelEnd))
			t.spans = append(t.spans, t.span(i, n))
			i += n - 1
		}
	}
	return t.since(from)
}
