package signal

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

// since are the spans that were added behind the first n; nil for none.
func (t *Text) since(n int) []Span {
	if len(t.spans) == n {
		return nil
	}
	return t.spans[n:len(t.spans):len(t.spans)]
}
