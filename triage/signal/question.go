package signal

// Question is how surely the author asks something and wants an answer: 0 to 1000. A question mark behind a sentence
// that begins as questions do counts most, a question mark alone less, an opening alone ("was wondering if") less; a
// question that wants no answer ("are you kidding me?") lowers it.
func (t *Text) Question() Value {
	if !t.readable(asks) && t.asks == 0 || t.Words() == 0 {
		return Value{Absent: true}
	}
	if t.asks == 0 && !t.in.has(asks) {
		return Value{}
	}
	from := len(t.spans)
	best, least := 0, 0
	t.every(asks, func(f *find, q int) {
		w := &t.words[f.first]
		switch {
		case q < 0 && t.asks > 0:
			least = min(least, q)
		case q >= 900, q > 0 && t.asks > 0 && (f.first == 0 || w.shape&border != 0):
			t.spans = append(t.spans, t.span(int(f.first), int(f.end-f.first)))
			best = max(best, q)
		}
	})
	if best == 0 {
		for i := range t.words {
			if t.words[i].shape&asked != 0 {
				t.spans = append(t.spans, t.span(i, 1))
			}
		}
	}
	value := best
	switch {
	case t.asks > 0 && best > 0:
		value = min(1000, best+300)
	case t.asks > 0:
		value = 500
	case best > 0:
		value = 600
	}
	if value = max(0, value+least); value == 0 {
		t.spans = t.spans[:from]
	}
	return Value{PerMille: value, Spans: t.since(from)}
}
