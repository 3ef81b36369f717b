package thread_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/thread"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func ref(id string) mention.Ref { return mention.Ref{Channel: "chirp", ID: id} }

func isOurs(channel string, a mention.Author) bool {
	return channel == "chirp" && a.Handle == "AcmeAir"
}

// fact is one thing that a platform says: a mention, or a removal.
type fact struct {
	id, parent, root, text, author string
	minute                         int // after noon; -1 means that it is not said
	revision                       int
	truncated, removed             bool
}

func (f fact) at() time.Time {
	if f.minute < 0 {
		return time.Time{}
	}
	return noon.Add(time.Duration(f.minute) * time.Minute)
}

func (f fact) add(t thread.Thread) thread.Thread {
	if f.removed {
		return t.Remove(ref(f.id), f.at())
	}
	return t.Add(mention.Mention{
		Ref: ref(f.id), Thread: f.root, Parent: f.parent, Text: f.text, Truncated: f.truncated, Revision: f.revision,
		Author: mention.Author{Handle: f.author, Followers: 7}, PostedAt: f.at(),
	}, isOurs)
}

func all(facts ...fact) thread.Thread {
	var t thread.Thread
	for _, f := range facts {
		t = f.add(t)
	}
	return t
}

// drawn is a thread on a few lines: depth as dots, the id, what is special, the text.
func drawn(t thread.Thread) string {
	var b strings.Builder
	for _, m := range t.Messages {
		b.WriteString(strings.Repeat(".", m.Depth) + m.Ref.ID)
		for _, mark := range []struct {
			is   bool
			mark string
		}{{m.Orphan, "?"}, {m.Ours, "*"}, {m.Removed, "x"}, {m.Truncated, "~"}} {
			if mark.is {
				b.WriteString(mark.mark)
			}
		}
		if m.Text != "" {
			b.WriteString("=" + m.Text)
		}
		b.WriteString(" ")
	}
	return strings.TrimSpace(b.String())
}

// conversations are also what the laws are tested on.
var conversations = []struct {
	reason string
	facts  []fact
	want   string // as drawn: a dot per depth, ? orphan, * ours, x removed, ~ truncated
}{
	{"a child before its parent", []fact{{id: "b", parent: "a", minute: 1}, {id: "a"}}, "a .b"},
	{"ours and theirs", []fact{{id: "a"}, {id: "b", parent: "a", author: "AcmeAir", minute: 1}}, "a .b*"},
	{"an answer stands below what it answers, not by time",
		[]fact{{id: "a"}, {id: "b", parent: "a", minute: 1}, {id: "c", parent: "a", minute: 2}, {id: "d", parent: "b", minute: 3}},
		"a .b ..d .c"},
	{"a clock that goes wrong moves no child before its parent", []fact{{id: "a", minute: 9}, {id: "b", parent: "a"}}, "a .b"},
	{"at the same time by ref", []fact{{id: "a"}, {id: "c", parent: "a"}, {id: "b", parent: "a"}}, "a .b .c"},
	{"a flat conversation names its root only", []fact{{id: "a"}, {id: "b", root: "a", minute: 1}, {id: "c", root: "a", minute: 2}},
		"a .b .c"},
	{"a root may name itself", []fact{{id: "a", root: "a", parent: "a"}, {id: "b", parent: "a", root: "a", minute: 1}}, "a .b"},
	{"what it answers is not here, the root is",
		[]fact{{id: "a"}, {id: "c", parent: "b", root: "a", minute: 2}, {id: "d", root: "a", minute: 3}}, "a .c? .d"},
	{"nothing that it names is here", []fact{{id: "z", minute: 5}, {id: "c", parent: "b", root: "a", minute: 2}}, "z c?"},
	{"the orphan finds its parent", []fact{{id: "c", parent: "b", minute: 2}, {id: "b", parent: "a", minute: 1}}, "b? .c"},
	{"two roots", []fact{{id: "b", minute: 1}, {id: "a", minute: 2}}, "b a"},

	{"an edit", []fact{{id: "a", text: "old"}, {id: "a", text: "new", revision: 1, minute: 4}}, "a=new"},
	{"an edit that comes before the original", []fact{{id: "a", text: "new", revision: 2}, {id: "a", text: "old"}}, "a=new"},
	{"the same revision, whole and torn off", []fact{{id: "a", text: "zz", truncated: true}, {id: "a", text: "all"}}, "a=all"},
	{"an edit that is torn off is newer all the same",
		[]fact{{id: "a", text: "whole"}, {id: "a", text: "new", truncated: true, revision: 1}}, "a~=new"},
	{"an edit that does not say what it answers", []fact{{id: "a"}, {id: "b", parent: "a", minute: 1}, {id: "b", revision: 1, text: "new"}},
		"a .b=new"},
	{"a revision below nothing is none", []fact{{id: "a", revision: -3, text: "b"}, {id: "a", text: "a"}}, "a=b"},

	{"a removal", []fact{{id: "a", text: "secret"}, {id: "a", removed: true, minute: 5}}, "ax"},
	{"a late original after its removal", []fact{{id: "b", removed: true, minute: 5}, {id: "a"},
		{id: "b", parent: "a", author: "AcmeAir", text: "secret", minute: 1}}, "a .b*x"},
	{"a late edit after its removal",
		[]fact{{id: "a", text: "secret"}, {id: "a", removed: true, minute: 5}, {id: "a", text: "secret", revision: 9}}, "ax"},
	{"answers to what was removed", []fact{{id: "a"}, {id: "b", parent: "a", minute: 1}, {id: "c", parent: "b", minute: 2},
		{id: "b", removed: true, minute: 5}}, "a .bx ..c"},
	{"a removal of what never came has no place", []fact{{id: "b", removed: true}, {id: "a", minute: 5}}, "a b?x"},
	{"but answers may have theirs below it", []fact{{id: "b", removed: true, minute: -1}, {id: "c", parent: "b", minute: 5}}, "b?x .c"},

	{"a circle", []fact{{id: "a", parent: "b", minute: 1}, {id: "b", parent: "a"}, {id: "c", parent: "b", minute: 2}}, "b? .a .c"},
	{"a circle beside a thread", []fact{{id: "a", parent: "c"}, {id: "c", parent: "a"}, {id: "r", minute: 5}}, "r a? .c"},
	{"nobody knows when", []fact{{id: "b", minute: -1}, {id: "a", minute: -1}, {id: "c"}}, "a b c"},
	{"two sources, two parents", []fact{{id: "a"}, {id: "b", minute: 1}, {id: "c", parent: "a"}, {id: "c", parent: "b"}}, "a b .c"},
}

func TestAdd(t *testing.T) {
	for _, x := range conversations {
		assert.Equal(t, x.want, drawn(all(x.facts...)), x.reason)
	}
}

func TestATombstoneHoldsNothingOfWhatWasSaid(t *testing.T) {
	facts := []fact{
		{id: "a", text: "my phone is 555-0199", author: "ann", revision: 3, truncated: true},
		{id: "a", removed: true, minute: 5},
	}
	for _, row := range []thread.Thread{all(facts...), all(facts[1], facts[0])} {
		assert.JSONEq(t, `{"messages":[{"ref":{"channel":"chirp","id":"a"},"at":"2026-03-02T12:00:00Z",
			"removed":true,"removed_at":"2026-03-02T12:05:00Z"}]}`, bytesOf(t, row))
	}
	row := all(facts...)
	row = row.Remove(ref("a"), noon.Add(time.Minute)).Remove(ref("a"), time.Time{})
	assert.Equal(t, noon.Add(time.Minute), row.Messages[0].RemovedAt, "the first of its removals")
}

func TestWhatIsKeptOfAMention(t *testing.T) {
	m := mention.Mention{
		Ref: ref("b"), Thread: "a", Parent: "a", Kind: mention.Comment, Text: "bad \xff byte\x00", Revision: 2,
		Author:   mention.Author{ID: "7", Handle: "ann", Name: "Ann", Followers: 9, Verified: true, Since: noon},
		PostedAt: noon.In(time.FixedZone("east", 3600)).Add(time.Microsecond), ReceivedAt: noon.Add(time.Hour),
	}
	row := thread.Thread{}.Add(m, nil)
	assert.Equal(t, []thread.Message{{
		Ref: ref("b"), Root: "a", Parent: "a", Orphan: true, Author: mention.Author{ID: "7", Handle: "ann", Name: "Ann"},
		At: noon, Revision: 2, Text: "bad \uFFFD byte",
	}}, row.Messages, "canonical, and no more than a thread needs")

	assert.Equal(t, row, row.Add(mention.Mention{Text: "from nowhere"}, isOurs), "a mention without a ref changes nothing")
	assert.Equal(t, row, row.Remove(mention.Ref{}, noon), "nor does a removal")

	m.Text = strings.Repeat("é", 1<<20) + "."
	m.Revision = 3
	long := row.Add(m, nil).Messages[0]
	assert.True(t, long.Truncated, "of 2 MB only the beginning is kept")
	assert.Equal(t, strings.Repeat("é", 5000), long.Text)
}

func TestRoot(t *testing.T) {
	for _, x := range []struct {
		reason string
		facts  []fact
		want   string
	}{
		{"nobody has begun", nil, ""},
		{"it has not come yet", []fact{{id: "b", parent: "a"}}, ""},
		{"it comes last", []fact{{id: "b", parent: "a"}, {id: "a", minute: 5}}, "a"},
		{"the earliest of two", []fact{{id: "b", minute: 2}, {id: "a", minute: 5}}, "b"},
		{"it was deleted", []fact{{id: "a", minute: 5}, {id: "a", removed: true}}, "a"},
		{"a tombstone of what never came may have been anything", []fact{{id: "a", removed: true}}, ""},
		{"a circle has none", []fact{{id: "a", parent: "b"}, {id: "b", parent: "a"}}, ""},
	} {
		m, ok := all(x.facts...).Root()
		assert.Equal(t, x.want != "", ok, x.reason)
		assert.Equal(t, x.want, m.Ref.ID, x.reason)
	}
}

func TestMost(t *testing.T) {
	facts := []fact{{id: "root", minute: 0}}
	for i := range 3 * thread.Most {
		facts = append(facts, fact{id: fmt.Sprint(i), parent: "root", minute: 1 + i})
	}
	row := all(facts...)
	assert.Len(t, row.Messages, thread.Most+1)
	root, ok := row.Root()
	assert.True(t, ok)
	assert.Equal(t, "root", root.Ref.ID, "the root stays")
	assert.Equal(t, fmt.Sprint(2*thread.Most), row.Messages[1].Ref.ID, "of the others the newest")
	assert.Equal(t, noon.Add(2*thread.Most*time.Minute), row.Cut, "what was last to go")
	assert.Equal(t, bytesOf(t, row), bytesOf(t, facts[1].add(row)), "what has left does not come back")
	assert.True(t, all(facts[:thread.Most+1]...).Cut.IsZero(), "as many as there is room for")

	var huge thread.Thread
	for i := range 20_000 {
		huge.Messages = append(huge.Messages, thread.Message{Ref: ref(fmt.Sprint(i)), Parent: fmt.Sprint(i - 1)})
	}
	assert.Len(t, huge.Add(mention.Mention{Ref: ref("x")}, nil).Messages, thread.Most+1, "a row that somebody made by hand")
}

func bytesOf(t testing.TB, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	require.NoError(t, err)
	return string(out)
}
