package trail

import (
	"encoding/json"
	"iter"
)

// Replay verifies a trail as Verify does and folds it on the way, beginning with start, or with the state that the last
// erasure left. Entries whose bodies were erased are passed by. A *BrokenError names the first entry that is not as it
// was, or cannot be read; the state is then the one that start was.
//
// apply sees of an entry what a fold needs, and no more: its effects and reasons are left out, and its event has no
// tallies and as its body an event.Unknown, undecoded. Entries gives them whole.
func Replay[S, C any](name Name, start S, links iter.Seq[Link], apply func(S, Entry[C]) S, anchors ...Tip) (S, Tip, error) {
	state := start
	tip, err := walk(name, links, anchors, func(h Head, l Link) error {
		if l.Bare() {
			return nil
		}
		if isErased(l.Body) {
			var s S
			if _, err := readErased(h, l.Body, &s); err != nil {
				return err
			}
			state = s
			return nil
		}
		e, err := fold[C](h, l.Body)
		if err != nil {
			return err
		}
		state = apply(state, e)
		return nil
	})
	if err != nil {
		return start, tip, err
	}
	return state, tip, nil
}

// read is a body as an entry. It says what its head says.
func read[C any](h Head, body []byte) (Entry[C], error) {
	var e Entry[C]
	if err := json.Unmarshal(body, &e); err != nil {
		return e, &BrokenError{Seq: h.Seq, Fault: Unreadable, Why: "its body is no entry of this kind"}
	}
	if e.Seq != h.Seq || !e.At.Equal(h.At) {
		return e, &BrokenError{Seq: h.Seq, Fault: Unreadable, Why: "its body has another number or instant than its head"}
	}
	return e, nil
}

// readErased is a body as an erasure, with its state read into state.
func readErased(h Head, body []byte, state any) (Erased, error) {
	var b erasedBody
	err := json.Unmarshal(body, &b)
	if err == nil {
		err = json.Unmarshal(b.Erased.State, state)
	}
	if err != nil {
		return b.Erased, &BrokenError{Seq: h.Seq, Fault: Unreadable, Why: "its redacted state cannot be read"}
	}
	return b.Erased, nil
}

// whole are the entries that stand in a body, as they were written: one, or of an erasure those that it kept.
func whole(h Head, body []byte) ([]json.RawMessage, error) {
	if !isErased(body) {
		return []json.RawMessage{body}, nil
	}
	var state json.RawMessage
	erased, err := readErased(h, body, &state)
	return erased.Kept, err
}

// readAll is a body as the entries that are read in it.
func readAll[C any](h Head, body []byte) ([]Entry[C], error) {
	if !isErased(body) {
		e, err := read[C](h, body)
		if err != nil {
			return nil, err
		}
		return []Entry[C]{e}, nil
	}
	kept, err := whole(h, body)
	if err != nil {
		return nil, err
	}
	var out []Entry[C]
	for _, body := range kept {
		var e Entry[C]
		if err := json.Unmarshal(body, &e); err != nil {
			return out, &BrokenError{Seq: h.Seq, Fault: Unreadable, Why: "what it kept of the entries before it is none"}
		}
		out = append(out, e)
	}
	return out, nil
}

// Entries verifies a trail and gives its entries, decoded, one at a time: those before the last erasure are gone and are
// passed by, but for what it kept of them. The second value is an error, once, as the last: a *BrokenError as Replay has it.
func Entries[C any](name Name, links iter.Seq[Link], anchors ...Tip) iter.Seq2[Entry[C], error] {
	return each(name, links, readAll[C], anchors)
}

// Bodies is Entries, as they were written: for who takes something out of some of them and keeps the rest as it is.
func Bodies(name Name, links iter.Seq[Link], anchors ...Tip) iter.Seq2[json.RawMessage, error] {
	return each(name, links, whole, anchors)
}

// each verifies a trail and gives what is read in its bodies.
func each[T any](name Name, links iter.Seq[Link], read func(Head, []byte) ([]T, error), anchors []Tip) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		stopped := false
		enough := &BrokenError{}
		_, err := walk(name, links, anchors, func(h Head, l Link) error {
			if l.Bare() {
				return nil
			}
			found, err := read(h, l.Body)
			for _, x := range found {
				if !yield(x, nil) {
					stopped = true
					return enough
				}
			}
			return err
		})
		if err != nil && !stopped {
			var none T
			yield(none, err)
		}
	}
}
