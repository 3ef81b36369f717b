package respondtest_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/respondtest"
	"github.com/reputekit/reputation/respond/trail"
)

// A chained is the trail of a case as a store keeps it.
type chained struct {
	name  trail.Name
	start respond.Case
	links []trail.Link
	tip   trail.Tip
}

func chain(t testing.TB, c respondtest.Case) chained {
	t.Helper()
	out := chained{name: trail.Name{Tenant: c.Start.Tenant, Kind: "case", ID: c.Start.ID}, start: c.Start}
	out.tip = out.name.Begin()
	for _, e := range c.Entries {
		body, err := json.Marshal(e)
		require.NoError(t, err)
		out.append(t, e.At, body)
	}
	return out
}

func (c *chained) append(t testing.TB, at time.Time, body []byte) {
	t.Helper()
	salt := sha256.Sum256(body) // a host reads it from crypto/rand
	l, tip, err := c.tip.Append(at, salt[:], body)
	require.NoError(t, err)
	c.links, c.tip = append(c.links, l), tip
}

// told are the cases of all stories, and of so many random ones.
func told(t testing.TB, random int) (cases []respondtest.Case) {
	t.Helper()
	rules := house(t)
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		got, _ := respondtest.Play(rules, string(text)) // whether the story is as it should be is another test's
		cases = append(cases, got.Cases...)
	}
	for seed := range random {
		got, _ := respondtest.Play(rules, respondtest.Random(rules, uint64(seed)))
		cases = append(cases, got.Cases...)
	}
	return cases
}

// plainly is the slow obvious path: every entry decoded as a whole, one after the other.
func (c chained) plainly() (respond.Case, trail.Tip, error) {
	return trail.Replay(c.name, c.start, slices.Values(c.links), respond.Apply)
}

// same holds Replay to the plain path, and gives back what both say.
func (c chained) same(t testing.TB, reason string) error {
	t.Helper()
	want, tip, wrong := c.plainly()
	got, at, err := c.start.Replay(c.name, reused(c.links))
	require.Equal(t, wrong, err, reason)
	require.Equal(t, encode(t, want), encode(t, got), reason)
	if err == nil {
		require.Equal(t, tip, at, reason)
	}
	return err
}

// reused gives links as a store may that reads each row into the same memory.
func reused(links []trail.Link) iter.Seq[trail.Link] {
	return func(yield func(trail.Link) bool) {
		var row []byte
		for _, l := range links {
			row = append(row[:0], l.Body...)
			if !yield(trail.Link{Head: l.Head, Salt: l.Salt, Body: row}) {
				return
			}
		}
	}
}

// Replay is the plain fold after every entry of every story, and of many random lives.
func TestReplayIsTheFold(t *testing.T) {
	random := 40
	if os.Getenv("REPUTATION_LONG") == "1" {
		random = 5000
	}
	for _, c := range told(t, random) {
		x := chain(t, c)
		whole := x.links
		for n := range len(whole) + 1 {
			if n < len(whole) && n > 40 && n%7 > 0 {
				continue
			}
			x.links = whole[:n]
			require.NoError(t, x.same(t, c.Name))
		}
	}
}

// An entry may be written by another version of this program, or by somebody else.
func TestReplayOfOtherForms(t *testing.T) {
	cases := told(t, 0)[:8]
	const climb = `{"plan":"p","owner":"ben","ladder":"l","because":[],"level":0,"taken":"ben"}`
	for _, row := range []struct {
		change, reason string
		fails          bool
	}{
		{`{}`, "nothing", false},
		{`null`, "not even that", false},
		{`{"climb":` + climb + `}`, "a climb that somebody has", false},
		{`{"climb":{"taken":"ben","ladder":""}}`, "one that is cleared, and nobody has", false},
		{`{"climb":{"taken":"ben"}}`, "one without a ladder", false},
		{`{"climb":{"ladder":"l","Taken":"ben"}}`, "a name in another case", false},
		{`{"climb":{"ladder":"l","t\u0061ken":"ben"}}`, "a name with an escape", false},
		{`{"climb":{"ladder":"l","taken":"b\u0065n"}}`, "a member with an escape", false},
		{`{"climb":{"ladder":"l","taken":"ben","taken":"cleo"}}`, "taken twice", false},
		{`{"climb":{"ladder":"l","taken":"ben","taken":null}}`, "and null after it", false},
		{`{"climb":` + climb + `,"climb":{"level":1}}`, "a climb twice is read into one", false},
		{`{"climb":` + climb + `,"CLIMB":{"level":1}}`, "and in another case", false},
		{`{"climb":` + climb + `,"climb":null}`, "null after a climb", false},
		{`{"climb":null,"draft":null,"awaited":null}`, "null sets nothing", false},
		{`{"climb":` + climb + `,"pages":{}}`, "its pages stay", false},
		{`{"climb":` + climb + `,"pages":{"new":[{"n":0,"member":"x"},{"n":77,"member":"y"}]}}`, "one in another's place, and one more", false},
		{`{"climb":` + climb + `,"pages":{"became":{"0":"held","55":"held"},"gone":[1,2,3]}}`, "states, and what is forgotten", false},
		{`{"climb":{"ladder":""},"pages":{"new":[{"n":1}]}}`, "a climb that is cleared has none", false},
		{`{"pages":{"new":[{"n":1}]}}`, "pages alone", false},
		{`{"climb":` + climb + `,"pages":null}`, "a climb that has its pages itself", false},
		{`{"climb":null,"pages":{"gone":[0]}}`, "of the climb that it had", false},
		{`{"climb":` + climb + `,"pages":{},"pages":{"gone":[0]}}`, "pages twice", false},
		{` { "waits" : { "kind" : "rest" , "at" : "2026-06-16T08:00:00Z" } , "climb" : ` + climb + ` } `, "blanks", false},
		{`{"newer":{"A":[1]},"waits":{"kind":"rest","newer":1},"later":[]}`, "members of a newer version", false},
		{`{"message":{"ours":true,"at":"2026-06-16T08:00:00Z","hash":"x"},"draft":{"id":"d","text":"t"}}`, "ours, and a draft", false},
		{`{"reread":true,"unread":{"at":"2026-06-16T08:00:00Z","stage":"working"}}`, "read again", false},
		{`{"keys":["k","k2"],"given":{"A":"b"},"owed":"2026-06-16T08:00:00Z"}`, "what adds up", false},
		{`{"whole":{"id":"c","seq":9},"waits":{"kind":"rest","at":"2026-06-16T08:00:00Z"},"climb":` + climb + `}`, "another case", false},
		{`{"climb":{"level":"0"}}`, "a climb of another type", true},
		{`{"awaited":{}}`, "no list", true},
		{`{"climb":` + climb + `,"pages":{"gone":0}}`, "pages of another type", true},
		{`{"moves":{}}`, "no list of what adds up", true},
		{`{"draft":{"id":7},"whole":{"id":"c"}}`, "beside a whole case", true},
		{`{"whole":{"v":9,"id":"c"}}`, "a case of a newer version", true},
		{`{"verdict":7,"verdict":{}}`, "the first of two", true},
		{`[]`, "a list", true},
		{`{"climb":}`, "no JSON", true},
		{`{"climb":{"a":01}}`, "no number", true},
		{`{"climb":{},}`, "a comma", true},
		{`{"because":["` + "\n" + `"]}`, "a line break in what nobody reads", true},
	} {
		for _, c := range cases {
			x := chain(t, c)
			tail := x.links[len(x.links)/2:]
			x.links = slices.Clone(x.links[:len(x.links)/2])
			x.tip = tipOf(t, x)
			x.append(t, x.tip.At, entryWith(x.tip.Seq+1, x.tip.At, row.change))
			err := x.same(t, row.reason+", as the last entry")
			require.Equal(t, row.fails, err != nil, row.reason)
			for _, l := range tail {
				var e respond.Entry
				require.NoError(t, json.Unmarshal(l.Body, &e))
				e.Seq = x.tip.Seq + 1
				body, err := json.Marshal(e)
				require.NoError(t, err)
				x.append(t, e.At, body)
				if !row.fails {
					x.same(t, row.reason+", followed by others")
				}
			}
		}
	}
}

// What is no JSON is found wherever it stands. What is JSON of another type is not, once a later entry has set it anew.
func TestReplayFindsWhatIsNotJSON(t *testing.T) {
	for _, row := range []struct {
		change, reason string
		fails          bool
	}{
		{`{"awaited":[}`, "no JSON", true},
		{`{"keys":7,"awaited":[]}`, "what adds up is always decoded", true},
		{`{"awaited":7}`, "nobody reads it any more", false},
	} {
		x := chained{name: trail.Name{Kind: "case", ID: "c"}, start: respond.New("", "c")}
		x.tip = x.name.Begin()
		x.append(t, noon, entryWith(1, noon, row.change))
		x.append(t, noon, entryWith(2, noon, `{"awaited":[]}`))
		_, _, err := x.start.Replay(x.name, slices.Values(x.links))
		if !row.fails {
			assert.NoError(t, err, row.reason)
			continue
		}
		var broken *trail.BrokenError
		require.ErrorAs(t, err, &broken, row.reason)
		assert.Equal(t, 1, broken.Seq, row.reason)
		x.same(t, row.reason)
	}
}

// The first entry that cannot be read is the one that is told, also where the chain is broken behind it.
func TestReplayTellsTheFirst(t *testing.T) {
	x := chained{name: trail.Name{Kind: "case", ID: "c"}, start: respond.New("", "c")}
	x.tip = x.name.Begin()
	for i, change := range []string{`{"awaited":7}`, `{"draft":7}`, `{"message":{"ours":true,"at":"2026-06-16T08:00:00Z"}}`, `{}`} {
		x.append(t, noon, entryWith(i+1, noon, change))
	}
	for n := range x.links {
		y := x
		y.links = x.links[:n+1]
		y.same(t, "what is behind it does not matter")
	}
	x.links[3].Body = []byte("{}")
	err := x.same(t, "nor that the chain is broken there")
	assert.ErrorContains(t, err, "entry 1 ")
}

// Replay begins with what an erasure left. What stood before it had to be readable, too.
func TestReplayAfterAnErasure(t *testing.T) {
	for _, row := range []struct{ before, state, reason string }{
		{`{"awaited":[{"key":"k"}]}`, `{"id":"c","seq":2,"had":"ana"}`, "a redacted case"},
		{`{"awaited":[{"key":"k"}]}`, `null`, "nothing is left"},
		{`{"awaited":7}`, `{"id":"c"}`, "an entry that cannot be read, and is there"},
		{`{"draft":7}`, `7`, "nor can the state"},
	} {
		x := chained{name: trail.Name{Kind: "case", ID: "c"}, start: respond.New("", "c")}
		x.tip = x.name.Begin()
		x.append(t, noon, entryWith(1, noon, row.before))
		y := x
		y.append(t, noon, fmt.Appendf(nil, `{"erased":{"by":"dpo","because":"r","state":%s}}`, row.state))
		require.Error(t, y.same(t, row.reason+": the body before it is still there"))
		z := y
		z.append(t, noon, entryWith(3, noon, `{"keys":["k"]}`))
		require.Error(t, z.same(t, row.reason+": there, and another behind it"))
		y.links[0] = y.links[0].Bared()
		y.same(t, row.reason)
		y.append(t, noon, entryWith(3, noon, `{"awaited":[],"message":{"at":"2026-06-16T08:00:00Z"}}`))
		y.same(t, row.reason+", and it goes on")
	}
}

func FuzzReplay(f *testing.F) {
	cases := told(f, 0)
	f.Add(uint(0), []byte(`{"climb":{"ladder":"l","taken":"ben"},"message":{"ours":true,"at":"2026-06-16T08:00:00Z","hash":"x"}}`))
	f.Add(uint(1), []byte(`{"whole":{"id":"c","draft":{"id":"d","newer":1}},"awaited":[{"key":"k","kind":"send"}]}`))
	f.Add(uint(1), []byte(`{"climb":{"ladder":"l"},"pages":{"new":[{"n":1},{"n":0}],"became":{"1":"held"},"gone":[7]}}`))
	f.Add(uint(2), []byte(`{"reread":true,"unread":{"at":"2026-06-16T08:00:00Z"},"Waits":{"kind":"rest"},"clocks":[null,{}]}`))
	for _, c := range cases {
		for i, e := range c.Entries {
			data, err := json.Marshal(e.Change)
			require.NoError(f, err)
			f.Add(uint(i), data)
		}
	}
	f.Fuzz(func(t *testing.T, n uint, change []byte) {
		c := cases[n%uint(len(cases))]
		c.Entries = c.Entries[:n%uint(len(c.Entries)+1)]
		x := chain(t, c)
		at := x.tip.At
		if at.IsZero() {
			at = noon
		}
		x.append(t, at, entryWith(x.tip.Seq+1, at, string(change)))
		if x.same(t, "as the last entry") == nil {
			x.append(t, at, entryWith(x.tip.Seq+1, at, `{"keys":["k"],"waits":{"kind":"rest","at":"2026-06-16T08:00:00Z"}}`))
			x.same(t, "with one behind it")
		}
	})
}

var noon = time.Date(2026, 6, 16, 12, 0, 0, 0, time.UTC)

func entryWith(seq int, at time.Time, change string) []byte {
	return fmt.Appendf(nil, `{"seq":%d,"at":%q,"event":{"id":"e%d","at":%q,"by":"ana","kind":"taken","body":{}},"rules":"r","change":%s}`,
		seq, at.Format(time.RFC3339Nano), seq, at.Format(time.RFC3339Nano), change)
}

// tipOf is the tip of the links that there are.
func tipOf(t testing.TB, c chained) trail.Tip {
	t.Helper()
	tip, err := trail.Verify(c.name, slices.Values(c.links))
	require.NoError(t, err)
	return tip
}

func encode(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

// A million entries as stories write them, from the bytes of their trails to the cases that they make.
func TestMeasureReplay(t *testing.T) {
	n := 100_000
	if os.Getenv("REPUTATION_LONG") == "1" {
		n = 1_000_000
	}
	var trails []chained
	entries, size := 0, 0
	for _, c := range told(t, 100) {
		x := chain(t, c)
		trails = append(trails, x)
		entries += len(x.links)
		for _, l := range x.links {
			size += len(l.Body)
		}
	}
	measure := func(what string, replay func(chained) error) {
		start, before, done := time.Now(), spent(), 0
		for done < n {
			for _, x := range trails {
				require.NoError(t, replay(x))
				done += len(x.links)
			}
		}
		took := time.Since(start)
		t.Logf("%-30s %d entries of %d bytes: %v, CPU %v, %.0f entries a second",
			what, done, size/entries, took.Round(time.Millisecond), (spent() - before).Round(time.Millisecond),
			float64(done)/took.Seconds())
	}
	t.Logf("%d cases", len(trails))
	measure("verified", func(x chained) error {
		_, err := trail.Verify(x.name, slices.Values(x.links))
		return err
	})
	measure("Case.Replay", func(x chained) error {
		_, _, err := x.start.Replay(x.name, slices.Values(x.links))
		return err
	})
	t.Logf("%d processors:", runtime.GOMAXPROCS(0))
	start, each := time.Now(), n/runtime.GOMAXPROCS(0)
	var hosts sync.WaitGroup
	for range runtime.GOMAXPROCS(0) { // cases are each other's equals: a host replays as many at once as it can
		hosts.Go(func() {
			for done := 0; done < each; {
				for _, x := range trails {
					_, _, err := x.start.Replay(x.name, slices.Values(x.links))
					assert.NoError(t, err)
					done += len(x.links)
				}
			}
		})
	}
	hosts.Wait()
	t.Logf("%-30s %d entries in %v", "Case.Replay of many at once", n, time.Since(start).Round(time.Millisecond))
	measure("trail.Replay of respond.Apply", func(x chained) error {
		_, _, err := trail.Replay(x.name, x.start, slices.Values(x.links), respond.Apply)
		return err
	})
}
