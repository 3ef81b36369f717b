package backtest

import "github.com/reputekit/reputation/mention"

// mostRecent is how many conversations with a case are remembered, to tell a second message from a second case.
const mostRecent = 1 << 16

// recent remembers the last conversations that had a case, and on which wide subjects the case hangs; nil is on none.
type recent struct {
	known map[uint64]*hanging
	ring  []uint64 // in the order they came
	next  int      // where the oldest stands once the ring is full
}

func newRecent() recent { return recent{known: map[uint64]*hanging{}} }

// add says whether the conversation is a new one, and remembers it.
func (r *recent) add(conversation uint64) bool {
	if _, known := r.known[conversation]; known {
		return false
	}
	r.known[conversation] = nil
	if len(r.ring) < mostRecent {
		r.ring = append(r.ring, conversation)
		return true
	}
	delete(r.known, r.ring[r.next])
	r.ring[r.next] = conversation
	r.next = (r.next + 1) % mostRecent
	return true
}

// conversationOf is the conversation that a mention belongs to: the author within the thread's root, or his private
// thread. An author nobody knows is told apart by the mention.
func conversationOf(m *mention.Mention) uint64 {
	author := m.Author.Key()
	switch {
	case author == "":
		return hashOf(m.Ref.Channel, m.Root(), "")
	case m.IsPrivate():
		return hashOf(m.Ref.Channel, author)
	}
	return hashOf(m.Ref.Channel, m.Root(), author)
}
