package event

import (
	"encoding/json"

	"github.com/reputekit/reputation/mention"
)

// Merged says that two cases are of one person: an event for each of them, in one commit. To the one that goes on it
// says From and brings that case; to the one that ends there it says Into.
type Merged struct {
	Into string          `json:"into,omitempty"` // a case's id
	From string          `json:"from,omitempty"` // a case's id
	Case json.RawMessage `json:"case,omitempty"` // with From: the case as it stood
	Note string          `json:"note,omitempty"` // why they are one
}

// Split says that they are two after all: an event for each of them, in one commit. To the one that went on it says From;
// to the one that goes on again it says Into, and brings what is its own, and nothing of the other.
type Split struct {
	Into   string          `json:"into,omitempty"`   // the case it had ended in
	From   string          `json:"from,omitempty"`   // the case that goes on again
	Case   json.RawMessage `json:"case,omitempty"`   // with Into: the case as it goes on again
	Wrote  bool            `json:"wrote,omitempty"`  // with Into: its customer wrote since, and nothing moved it that it keeps
	Untold bool            `json:"untold,omitempty"` // with Into: somebody was being told of it, and nobody took it since
	Note   string          `json:"note,omitempty"`
}

// MergedID names a merging of two cases, or their parting, for one of them: at, the entries of both so far, tell one
// merging of the same two from the next.
func MergedID(kind, mine, other, at string) string {
	return mention.Key("event", kind, mine, other, at)
}

// canonicalMerge is canonical for cases that become one, and two.
func canonicalMerge(b Body) Body {
	switch b := b.(type) {
	case Merged:
		clean(&b.Into, &b.From, &b.Note)
		b.Case = raw(b.Case)
		return b
	case Split:
		clean(&b.Into, &b.From, &b.Note)
		b.Case = raw(b.Case)
		return b
	}
	return b
}

// raw is JSON as it is stored; none where it is none.
func raw(in json.RawMessage) json.RawMessage {
	out, err := json.Marshal(in)
	if len(in) == 0 || err != nil {
		return nil
	}
	return out
}

func (Merged) kind() string { return "merged" }

func (Split) kind() string { return "split" }
