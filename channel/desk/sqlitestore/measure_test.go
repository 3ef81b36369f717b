package sqlitestore_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/trail"
)

// atScale says whether figures are taken at full size and held to what is claimed: .ci/long scale does that. In the first
// tier the machine may be busy with anything.
func atScale() bool { return os.Getenv("REPUTATION_SCALE") == "1" }

// size is how much a measurement takes: the variable if it is set, else as much as the tier has time for.
func size(variable string, some, all int) int {
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil {
		return n
	}
	if atScale() {
		return all
	}
	return some
}

const workers = 64

// A rate is how fast pieces were done: on the clock, where other processes count too, and on the processors.
type rate struct {
	second float64       // pieces in a second
	each   time.Duration // of processor time; 0: it is not known
}

func (r rate) String() string {
	return fmt.Sprintf("%.0f a second, %v of processor time each", r.second, r.each.Round(time.Microsecond))
}

// together lets the workers do n pieces.
func together(t *testing.T, n int, do func(n int) error) rate {
	t.Helper()
	used := processorTime()
	var next atomic.Int64
	results := make(chan error, workers)
	began := time.Now()
	for range workers {
		go func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					results <- nil
					return
				}
				if err := do(i); err != nil {
					results <- err
					return
				}
			}
		}()
	}
	for range workers {
		require.NoError(t, <-results)
	}
	return rate{second: float64(n) / time.Since(began).Seconds(), each: (processorTime() - used) / time.Duration(n)}
}

// syncs is what it costs to bring a page to the disk here: the median.
func syncs(t *testing.T) time.Duration {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "page"))
	require.NoError(t, err)
	defer f.Close()
	page := make([]byte, 4096)
	var all []time.Duration
	for range 100 {
		began := time.Now()
		_, err := f.Write(page)
		require.NoError(t, err)
		require.NoError(t, f.Sync())
		all = append(all, time.Since(began))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// TestMeasureDurableSteps: 64 workers, each step synced before it is acknowledged.
func TestMeasureDurableSteps(t *testing.T) {
	t.Logf("to write a page and sync it: %v", syncs(t))
	dir := t.TempDir()
	s := opened(t, filepath.Join(dir, "desk.sqlite"), sqlitestore.Options{})
	d, err := newDesk(s, dir, func() time.Time { return noon }, nil)
	require.NoError(t, err)
	n := size("STEPS", 300, 20_000)

	taken := together(t, n, func(i int) error { return d.Handle(t.Context(), "", said("mute", strconv.Itoa(i)+"-0")) })
	t.Logf("%d mentions of new customers, each stored, judged, and its case opened: %v", n, taken)

	var ids []string
	var state []byte
	for r, err := range s.Rows(t.Context(), desk.RowQuery{Kind: desk.KindCase}) {
		require.NoError(t, err)
		ids, state = append(ids, r.ID), r.State
	}
	steps := drafts(t, d, n, func(i int) string { return ids[i%len(ids)] })
	t.Logf("%d steps of cases through the desk: %v", n, steps)

	stored := together(t, n, func(i int) error { return s.Commit(t.Context(), aStep("s"+strconv.Itoa(i), state)) })
	t.Logf("%d commits of a step's size (%d bytes of state): %v", n, len(state), stored)
	if atScale() && steps.each > 0 { // what two processors do that have nothing else to do
		assert.LessOrEqual(t, steps.each, 2*time.Second/3000, "3,000 durable steps a second")
	}
}

// drafts are steps of cases that ben has: he writes a second draft. That he takes them comes before and is not measured: the
// desk keeps what members have in one row, for which 64 who take cases at one moment would wait.
func drafts(t *testing.T, d *desk.Desk, n int, id func(int) string) rate {
	t.Helper()
	draft := func(text string) func(int) error {
		return func(i int) error {
			return d.Do(t.Context(), "", id(i), event.Event{ID: event.RequestID(text + strconv.Itoa(i)), By: "ben",
				Body: event.Drafted{Text: text}})
		}
	}
	take := draft("We are looking for it.")
	for i := range n {
		require.NoError(t, take(i))
	}
	return together(t, n, draft("We are looking for your bag."))
}

// aStep is a commit as a step makes it: the case, its entry, a request, an event.
func aStep(id string, state []byte) desk.Commit {
	at := desk.Address{Kind: desk.KindCase, ID: id}
	return desk.Commit{
		Rows:    []desk.Row{{Address: at, Due: noon, Queue: "5 " + id, Keys: []string{"k " + id}, State: state}},
		Entries: []desk.Entry{{Address: at, Seq: 1, Link: trail.Link{Body: state[:len(state)/2]}}},
		Outbox:  []desk.Outbound{{Address: at, Key: "o " + id, Lane: id, Effect: "tell", Body: []byte(`{}`), State: desk.Waiting}},
		Events:  []string{"e " + id},
	}
}

// TestMeasureAMillionCases: a file with a million open cases, each as the desk stores one.
func TestMeasureAMillionCases(t *testing.T) {
	n := size("CASES", 2_000, 1_000_000)
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.sqlite")
	s, err := sqlitestore.Open(path, sqlitestore.Options{})
	require.NoError(t, err)
	clock := func() time.Time { return noon }
	d, err := newDesk(s, dir, clock, nil)
	require.NoError(t, err)
	model := model(t, d, s)

	began := time.Now()
	const each = 500
	for from := 0; from < n; from += each {
		var c desk.Commit
		for i := from; i < min(from+each, n); i++ {
			model.add(&c, i)
		}
		require.NoError(t, s.Commit(t.Context(), c))
	}
	t.Logf("%d open cases of %d bytes with their trails stored in %v", n, len(model.state), time.Since(began).Round(time.Second))
	require.NoError(t, s.Close())
	file, err := os.Stat(path)
	require.NoError(t, err)

	before := resident(t)
	began = time.Now()
	s = opened(t, path, sqlitestore.Options{})
	t.Logf("the file has %d MB; to open it: %v", file.Size()>>20, time.Since(began))
	d, err = newDesk(s, dir, clock, nil)
	require.NoError(t, err)

	wanted := min(1000, n/2)
	for _, when := range []string{"the first time", "again"} {
		began = time.Now()
		rows, err := s.Due(t.Context(), noon.Add(time.Duration(wanted-1)*time.Second), wanted)
		require.NoError(t, err)
		require.Len(t, rows, wanted)
		t.Logf("to find %d that are due of %d, %s: %v", wanted, n, when, time.Since(began))
	}
	count := size("STEPS", 300, 20_000)
	steps := drafts(t, d, count, func(i int) string { return model.id(i * 7919 % n) })
	t.Logf("durable steps among %d cases: %v", n, steps)
	t.Logf("memory of the process: %d MB before it was opened, %d MB now", before, resident(t))
}

// A pattern is one case as the desk stored it, to be stored again under other ids.
type pattern struct {
	caseID string
	state  []byte
	entry  []byte
	row    desk.Row
}

func model(t *testing.T, d *desk.Desk, s desk.Store) pattern {
	t.Helper()
	item := said("mute", "model-0")
	require.NoError(t, d.Handle(t.Context(), "", item))
	text, err := s.Text(t.Context(), "", item.Mention.Ref)
	require.NoError(t, err)
	p := pattern{caseID: text.Address.ID}
	p.row, err = s.Row(t.Context(), text.Address)
	require.NoError(t, err)
	p.state = p.row.State
	for e, err := range s.Entries(t.Context(), text.Address) {
		require.NoError(t, err)
		p.entry = e.Body
		break
	}
	return p
}

// id is as long as a case's.
func (p pattern) id(n int) string { return fmt.Sprintf("%08x", n*2654435761&0xffffffff) + p.caseID[8:] }

func (p pattern) add(c *desk.Commit, n int) {
	id := p.id(n)
	under := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(p.caseID), []byte(id)) }
	r := p.row
	r.ID, r.Revision, r.Due, r.State = id, 0, noon.Add(time.Duration(n)*time.Second), under(p.state)
	r.Keys = []string{"key " + id, "other key " + id}
	c.Rows = append(c.Rows, r)
	c.Entries = append(c.Entries, desk.Entry{Address: r.Address, Seq: 1, Link: trail.Link{Body: under(p.entry)}})
	c.Events = append(c.Events, "event "+id)
	c.Outbox = append(c.Outbox, desk.Outbound{Address: r.Address, Key: "key " + id, Lane: "lane " + id, Effect: "tell",
		Body: []byte(`{}`), State: desk.Settled})
}

// resident is what the process has taken of the machine, in MB; the heap where the system does not say.
func resident(t *testing.T) int {
	t.Helper()
	runtime.GC()
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		for line := range strings.Lines(string(status)) {
			if kb, ok := strings.CutPrefix(line, "VmRSS:"); ok {
				n, err := strconv.Atoi(strings.Fields(kb)[0])
				require.NoError(t, err)
				return n >> 10
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapInuse >> 20)
}
