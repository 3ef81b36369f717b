package thread

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
)

// Most is how many messages a Thread holds beside its root.
const Most = 200

// A Thread is one conversation on one channel. It is plain data, one row, and changes only through its methods, each of
// which returns a new value and leaves its receiver as it was. The zero Thread is a conversation nobody has begun.
type Thread struct {
	// Messages stand in the order of reading: an answer below what it answers, side by side by time and then by ref,
	// orphans last. Do not change them.
	Messages []Message `json:"messages,omitempty"`
	// Cut is the time of the newest message that has left because there were too many, UTC. Zero: none has.
	Cut time.Time `json:"cut,omitzero"`
}

// Add takes a mention in, or an edit of one. Which side it is of is asked of isOurs, which Matcher.IsOurs satisfies; nil
// means that nobody is ours. A mention without a ref changes nothing. That it belongs to this conversation is not
// checked.
func (t Thread) Add(m mention.Mention, isOurs func(channel string, a mention.Author) bool) Thread {
	return t.with(messageOf(m, isOurs != nil && isOurs(m.Ref.Channel, m.Author)))
}

// Remove takes out the text and the author of a message, for ever, and leaves its place; also before the message comes.
// The instant is when it was deleted, as far as that is known, and may be zero.
func (t Thread) Remove(ref mention.Ref, at time.Time) Thread {
	ref = mention.Ref{Channel: mention.Clean(ref.Channel), ID: mention.Clean(ref.ID)}
	return t.with(Message{Ref: ref, Removed: true, RemovedAt: mention.Instant(at)})
}

// Root is the message that began the conversation: the earliest that answers nothing. While it has not come, ok is
// false.
func (t Thread) Root() (m Message, ok bool) {
	if len(t.Messages) == 0 || !t.Messages[0].begins() {
		return Message{}, false
	}
	return t.Messages[0], true
}

func (t Thread) with(m Message) Thread {
	if m.Ref.IsZero() {
		return t
	}
	messages := []*Message{&m}
	for _, x := range t.Messages {
		messages = append(messages, &x)
	}
	slices.SortStableFunc(messages, compareRefs)
	kept := messages[:1]
	for _, x := range messages[1:] {
		if last := kept[len(kept)-1]; last.Ref == x.Ref {
			*last = join(*last, *x)
		} else {
			kept = append(kept, x)
		}
	}
	t.Messages = arrange(kept)
	return t.bounded()
}

// bounded lets the oldest messages go when there are too many. The root stays: without it nobody knows what it is about.
func (t Thread) bounded() Thread {
	var root, others []*Message
	if _, ok := t.Root(); ok {
		root = append(root, &t.Messages[0])
	}
	for i := len(root); i < len(t.Messages); i++ {
		others = append(others, &t.Messages[i])
	}
	excess := len(others) - Most
	if excess <= 0 {
		return t
	}
	slices.SortFunc(others, compareTimes)
	if cut := others[excess-1].when(); cut.After(t.Cut) {
		t.Cut = cut
	}
	t.Messages = arrange(slices.Concat(root, others[excess:]))
	return t
}
