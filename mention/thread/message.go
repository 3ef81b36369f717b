package thread

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention"
)

// longest is how many bytes of a text are kept.
const longest = 10_000

// A Message is what is kept of one mention of a conversation, at its highest revision. It is plain data.
type Message struct {
	Ref       mention.Ref    `json:"ref"`
	Root      string         `json:"root,omitempty"`   // the platform's id of the conversation's root, as in Mention.Thread
	Parent    string         `json:"parent,omitempty"` // the platform's id of what it answers
	Depth     int            `json:"depth,omitempty"`  // how many messages it stands below; 0 at the top
	Orphan    bool           `json:"orphan,omitempty"` // what it answers is not here
	Ours      bool           `json:"ours,omitempty"`   // one of us wrote it
	Author    mention.Author `json:"author,omitzero"`  // id, handle and name only; zero in a tombstone
	At        time.Time      `json:"at,omitzero"`      // when it was first published, UTC; zero when not known
	Revision  int            `json:"revision,omitempty"`
	Text      string         `json:"text,omitempty"`
	Truncated bool           `json:"truncated,omitempty"` // there was more of the text
	Removed   bool           `json:"removed,omitempty"`   // it is a tombstone
	RemovedAt time.Time      `json:"removed_at,omitzero"` // when the first of its removals was, UTC; zero when not known
}

func messageOf(m mention.Mention, ours bool) Message {
	m = m.Canonical()
	out := Message{
		Ref: m.Ref, Root: m.Thread, Parent: m.Parent, Ours: ours,
		Author: mention.Author{ID: m.Author.ID, Handle: m.Author.Handle, Name: m.Author.Name},
		At:     m.PostedAt, Revision: max(0, m.Revision), Text: m.Text, Truncated: m.Truncated,
	}
	if len(out.Text) > longest {
		cut := longest
		for !utf8.RuneStart(out.Text[cut]) {
			cut--
		}
		out.Text, out.Truncated = strings.Clone(out.Text[:cut]), true
	}
	return out
}

// join makes one of two accounts of a message. Each field is settled by a rule of its own that does not look at which
// came first, so that any number of accounts can be joined in any order (a join semilattice).
func join(a, b Message) Message {
	if compareBodies(&a, &b) < 0 {
		a.Revision, a.Text, a.Truncated = b.Revision, b.Text, b.Truncated
	}
	if compareAuthors(&a.Author, &b.Author) < 0 {
		a.Author = b.Author
	}
	a.Root, a.Parent = max(a.Root, b.Root), max(a.Parent, b.Parent)
	a.At, a.RemovedAt = earlier(a.At, b.At), earlier(a.RemovedAt, b.RemovedAt)
	a.Ours, a.Removed = a.Ours || b.Ours, a.Removed || b.Removed
	if a.Removed {
		a.Author, a.Revision, a.Text, a.Truncated = mention.Author{}, 0, "", false
	}
	return a
}

func compareBodies(a, b *Message) int {
	return cmp.Or(cmp.Compare(a.Revision, b.Revision), compareBools(b.Truncated, a.Truncated), cmp.Compare(a.Text, b.Text))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func compareAuthors(a, b *mention.Author) int {
	return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Handle, b.Handle), cmp.Compare(a.Name, b.Name))
}

// earlier is the earlier of two instants, of which one may not be known.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// when is the instant that puts a message in order: a tombstone whose original never came has only that of its removal.
func (m *Message) when() time.Time {
	if m.At.IsZero() {
		return m.RemovedAt
	}
	return m.At
}

// compareTimes orders by time and then by ref.
func compareTimes(a, b *Message) int { return cmp.Or(a.when().Compare(b.when()), compareRefs(a, b)) }

func compareRefs(a, b *Message) int {
	return cmp.Or(cmp.Compare(a.Ref.Channel, b.Ref.Channel), cmp.Compare(a.Ref.ID, b.Ref.ID))
}

// answers and hangs are the ids that a message names above it: what it answers, and the root of its conversation.
// Naming itself is naming nothing.
func (m *Message) answers() bool { return m.Parent != "" && m.Parent != m.Ref.ID }
func (m *Message) hangs() bool   { return m.Root != "" && m.Root != m.Ref.ID }

// above is the place of the message that this one stands below: what it answers, and else the root. Named says that it is
// the one it names first.
func (m *Message) above(here map[mention.Ref]int) (place int, named, found bool) {
	if m.answers() {
		if place, found = here[mention.Ref{Channel: m.Ref.Channel, ID: m.Parent}]; found {
			return place, true, true
		}
	}
	if m.hangs() {
		place, found = here[mention.Ref{Channel: m.Ref.Channel, ID: m.Root}]
	}
	return place, found && !m.answers(), found
}

// begins says whether a message is a root: it names nothing above it. Of a tombstone whose original never came nobody
// knows.
func (m *Message) begins() bool {
	return !m.answers() && !m.hangs() && !(m.Removed && m.At.IsZero())
}
