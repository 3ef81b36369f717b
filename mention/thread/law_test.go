package thread_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/thread"
)

// permutations calls yield with every order of the facts, in place (Heap's algorithm).
func permutations(facts []fact, yield func()) {
	if len(facts) < 2 {
		yield()
		return
	}
	var swap func(n int)
	swap = func(n int) {
		if n == 1 {
			yield()
			return
		}
		for i := range n {
			swap(n - 1)
			if n%2 == 0 {
				facts[i], facts[n-1] = facts[n-1], facts[i]
			} else {
				facts[0], facts[n-1] = facts[n-1], facts[0]
			}
		}
	}
	swap(len(facts))
}

// chance makes facts about few messages, so that they contradict each other: wrong parents, circles, edits, removals.
func chance(r *rand.Rand, n int) []fact {
	ids := []string{"a", "b", "c", "d", ""}
	out := make([]fact, n)
	for i := range out {
		out[i] = fact{
			id: ids[r.IntN(4)], parent: ids[r.IntN(5)], root: ids[4*r.IntN(2)], minute: r.IntN(5) - 1,
			text: ids[r.IntN(5)], author: []string{"ann", "AcmeAir", ""}[r.IntN(3)],
			revision: r.IntN(3), truncated: r.IntN(4) == 0, removed: r.IntN(6) == 0,
		}
	}
	return out
}

func anyOrder(t *testing.T, reason string, facts []fact) {
	t.Helper()
	facts = slices.Clone(facts)
	want := all(facts...)
	wanted := bytesOf(t, want)
	permutations(facts, func() {
		got := all(facts...)
		if bytesOf(t, got) != wanted {
			require.Equal(t, drawn(want), drawn(got), "%s: in the order %+v", reason, facts)
			require.Equal(t, wanted, bytesOf(t, got), "%s: in the order %+v", reason, facts)
		}
	})
}

func TestAnyOrderGivesTheSameBytes(t *testing.T) {
	for _, x := range conversations {
		anyOrder(t, x.reason, x.facts)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 400 {
		anyOrder(t, "by chance", chance(r, 1+r.IntN(5)))
	}
	for range 6 {
		anyOrder(t, "by chance", chance(r, 7))
	}
}

func TestTwiceIsOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		facts := chance(r, 1+r.IntN(30))
		row := all(facts...)
		want := bytesOf(t, row)
		for _, f := range facts {
			row = f.add(row)
			require.Equal(t, want, bytesOf(t, row), "%+v again, after %+v", f, facts)
		}
		r.Shuffle(len(facts), func(i, k int) { facts[i], facts[k] = facts[k], facts[i] })
		require.Equal(t, want, bytesOf(t, all(append(facts, facts...)...)), "%+v in another order, twice", facts)
	}
}

// TestALongThreadInAnyOrder is about conversations that outgrow their row: nothing contradicts, nothing is removed.
func TestALongThreadInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	for range 5 {
		facts := make([]fact, thread.Most+r.IntN(thread.Most))
		for i := range facts {
			facts[i] = fact{id: fmt.Sprint(i), minute: r.IntN(500)}
			if i > 0 {
				facts[i].parent = fmt.Sprint(r.IntN(i + i/8))
			}
		}
		want := bytesOf(t, all(facts...))
		for range 3 {
			r.Shuffle(len(facts), func(i, k int) { facts[i], facts[k] = facts[k], facts[i] })
			require.Equal(t, want, bytesOf(t, all(facts...)))
		}
	}
}

// slowly draws a thread from its facts by the definition, one question at a time.
func slowly(facts []fact) map[string]string {
	out := map[string]string{}
	for _, f := range facts {
		text, best := "", fact{revision: -1}
		for _, g := range facts {
			switch {
			case g.id != f.id:
			case g.removed:
				out[f.id] = "removed"
			case g.revision > best.revision, g.revision == best.revision && best.truncated && !g.truncated,
				g.revision == best.revision && best.truncated == g.truncated && g.text > best.text:
				best, text = g, g.text
			}
		}
		if out[f.id] != "removed" {
			out[f.id] = "said " + text
		}
	}
	return out
}

func TestAThreadIsWhatItIsDefinedAs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 4))
	for range 2000 {
		facts := chance(r, r.IntN(12))
		row := all(facts...)
		want := slowly(facts)
		require.Len(t, row.Messages, len(want), "each once, of %+v", facts)
		place := map[string]int{}
		for i, m := range row.Messages {
			said := "said " + m.Text
			if m.Removed {
				said = "removed"
			}
			require.Equal(t, want[m.Ref.ID], said, "%+v", facts)
			place[m.Ref.ID] = i
		}
		checkPlaces(t, row, place, drawn(row))
	}
}

// checkPlaces looks at a thread as a reader does: each message stands right below its parent's other answers.
func checkPlaces(t *testing.T, row thread.Thread, place map[string]int, picture string) {
	t.Helper()
	for i, m := range row.Messages {
		require.True(t, m.Depth == 0 || m.Depth <= row.Messages[i-1].Depth+1, "no step is left out: %s", picture)
		above := i
		for above >= 0 && m.Depth > 0 && row.Messages[above].Depth >= m.Depth {
			above--
		}
		p, here := place[m.Parent]
		named := m.Parent != "" && m.Parent != m.Ref.ID
		switch {
		case m.Depth > 0 && !m.Orphan && named:
			require.Equal(t, p, above, "below what it answers: %s", picture)
		case m.Depth > 0:
			require.Equal(t, m.Root, row.Messages[above].Ref.ID, "below the root: %s", picture)
		case here && named:
			require.True(t, m.Orphan, "the first of a circle: %s", picture)
		}
	}
}

func TestAStepLeavesItsArgument(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	for range 200 {
		row := all(chance(r, 10)...)
		row.Messages = slices.Grow(row.Messages, 3)
		n := len(row.Messages)
		saved, behind := bytesOf(t, row), bytesOf(t, row.Messages[:n+3])
		for _, f := range chance(r, 10) {
			f.add(row)
		}
		require.Equal(t, saved, bytesOf(t, row), "the row it was called on is as it was")
		require.Equal(t, behind, bytesOf(t, row.Messages[:n+3]), "nothing was written behind its end either")
		var back thread.Thread
		require.NoError(t, json.Unmarshal([]byte(saved), &back))
		require.Equal(t, saved, bytesOf(t, back), "what is read is what was written")
	}
}

func FuzzRow(f *testing.F) {
	for _, x := range conversations {
		f.Add([]byte(bytesOf(f, all(x.facts...))), "a", "b", "text", 1)
	}
	f.Add([]byte(`{"messages":[{"ref":{"channel":"chirp","id":"a"}},{"ref":{"channel":"chirp","id":"a"}}]}`), "a", "\xff", "\x00", -1)
	f.Fuzz(func(t *testing.T, row []byte, id, parent, text string, revision int) {
		var before thread.Thread
		if json.Unmarshal(row, &before) != nil {
			return
		}
		saved, err := json.Marshal(before)
		if err != nil {
			return // a year that JSON has no form for
		}
		m := mention.Mention{Ref: ref(id), Parent: parent, Text: text, Revision: revision, PostedAt: noon}
		after := before.Add(m, isOurs)
		require.Equal(t, string(saved), bytesOf(t, before), "the row it was called on is as it was")
		require.LessOrEqual(t, len(after.Messages), thread.Most+1)
		once := bytesOf(t, after)
		require.Equal(t, once, bytesOf(t, after.Add(m, isOurs)), "twice is once")
		gone := after.Remove(m.Ref, noon)
		require.Equal(t, bytesOf(t, gone), bytesOf(t, gone.Add(m, isOurs)), "a late original changes nothing")
		mark := strings.Repeat("~", 20)
		if len(after.Messages) < thread.Most && !strings.Contains(string(row)+id+parent, mark) {
			m.Text = mark + text
			require.NotContains(t, bytesOf(t, gone.Add(m, isOurs)), mark, "nor does its text come back")
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	for _, n := range []int{5, 50, thread.Most} {
		b.Run(fmt.Sprint(n, " messages"), func(b *testing.B) {
			var row thread.Thread
			for i := range n {
				row = fact{id: fmt.Sprint(i), parent: fmt.Sprint(i / 2), minute: i, text: "where is my bag"}.add(row)
			}
			m := mention.Mention{Ref: ref("new"), Parent: "0", Text: "hello", PostedAt: noon}
			b.ReportAllocs()
			for b.Loop() {
				row.Add(m, isOurs)
			}
			b.ReportMetric(float64(len(bytesOf(b, row)))/float64(n), "B/message")
		})
	}
}
