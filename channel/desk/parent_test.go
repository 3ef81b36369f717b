package desk_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
)

// orders are all orders of a list.
func orders(list []int) (out [][]int) {
	if len(list) == 0 {
		return [][]int{nil}
	}
	for i, x := range list {
		for _, rest := range orders(slices.Concat(list[:i], list[i+1:])) {
			out = append(out, append([]int{x}, rest...))
		}
	}
	return out
}

// A customer answers himself three levels deep, on a platform that names no root: whatever comes first, it is one case, and
// a stranger beside him has one of his own.
func TestAChildMayComeBeforeItsParent(t *testing.T) {
	for _, row := range []struct {
		reason string
		root   string
	}{{"a platform that names no root", ""}, {"one that does", "m1"}} {
		for _, order := range orders([]int{1, 2, 3, 4}) {
			h := newHouse(t, &memory.Channel{})
			say := func(n int, who string, parent int) {
				m := said(who, fmt.Sprint("Fjordwing lost my bag, part ", n))
				m.Ref = mention.Ref{Channel: "memory", ID: fmt.Sprint("m", n)}
				if parent > 0 {
					m.Parent, m.Thread = fmt.Sprint("m", parent), row.root
				}
				item := channel.Item{ID: m.Ref.ID, Kind: channel.Created, Mention: m}
				require.NoError(t, h.desk.Handle(t.Context(), "", item))
			}
			for _, n := range order {
				say(n, "eva", n-1)
			}
			say(9, "jo", 2)
			live, theirs := 0, 0
			for c, err := range h.desk.Cases(t.Context(), desk.CaseQuery{}) {
				require.NoError(t, err)
				if c.Stage.Live() && c.Author.Handle == "eva" {
					live, theirs = live+1, c.Theirs
				}
			}
			assert.Equal(t, 1, live, "%s: %v", row.reason, order)
			assert.Equal(t, 4, theirs, "%s: %v", row.reason, order)
			h.replays()
		}
	}
}

// 10,000 commenters under one post are 10,000 possible cases.
func TestStrangersUnderOnePostAreCasesOfTheirOwn(t *testing.T) {
	ids := map[string]bool{}
	for n := range 10_000 {
		m := said(fmt.Sprint("stranger ", n), "Fjordwing lost my bag too")
		m.Ref, m.Parent, m.Thread = mention.Ref{Channel: "memory", ID: fmt.Sprint(n)}, "post", "post"
		ids[respond.CaseID(respond.Keys("", m))] = true
	}
	assert.Len(t, ids, 10_000)
}
