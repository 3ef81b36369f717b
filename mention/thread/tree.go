package thread

import (
	"slices"

	"github.com/reputekit/reputation/mention"
)

// arrange puts messages in the order of reading: below each message what answers it; roots before orphans; and side by
// side by time and then by ref. It sets Depth and Orphan.
func arrange(messages []*Message) []Message {
	slices.SortFunc(messages, compareTimes)
	here := make(map[mention.Ref]int, len(messages))
	for i, m := range messages {
		here[m.Ref] = i
	}
	t := tree{
		messages: messages, below: make([][]int, len(messages)),
		placed: make([]bool, len(messages)), out: make([]Message, 0, len(messages)),
	}
	var roots, orphans []int
	for i, m := range messages {
		parent, named, found := m.above(here)
		m.Orphan = !named && !m.begins()
		switch {
		case found:
			t.below[parent] = append(t.below[parent], i)
		case m.Orphan:
			orphans = append(orphans, i)
		default:
			roots = append(roots, i)
		}
	}
	for _, i := range slices.Concat(roots, orphans) {
		t.place(i, 0)
	}
	for i, m := range messages { // what is left goes round in circles
		if !t.placed[i] {
			m.Orphan = true
			t.place(i, 0)
		}
	}
	return t.out
}

// tree is messages being put in order.
type tree struct {
	messages []*Message
	below    [][]int // by place of the parent
	placed   []bool
	out      []Message
}

func (t *tree) place(i, depth int) {
	if t.placed[i] {
		return
	}
	t.placed[i] = true
	t.messages[i].Depth = depth
	t.out = append(t.out, *t.messages[i])
	for _, child := range t.below[i] {
		t.place(child, depth+1)
	}
}
