package memstore_test

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/trail"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func at(id string) desk.Address { return desk.Address{Tenant: "t", Kind: desk.KindCase, ID: id} }

// full is a commit with something of everything.
func full() desk.Commit {
	return desk.Commit{
		Rows:    []desk.Row{{Address: at("a"), Due: noon, Queue: "0 5", Keys: []string{"k1", "k2"}, State: []byte(`{"n":1}`)}},
		Entries: []desk.Entry{{Address: at("a"), Seq: 1, Link: trail.Link{Body: []byte(`{"seq":1,"html":"<b>"}`)}}},
		Outbox: []desk.Outbound{{Address: at("a"), Key: "o1", Lane: "l", Effect: "send", Body: []byte(`{}`),
			State: desk.Waiting, Asked: noon}},
		Events:  []string{"e1"},
		Texts:   []desk.Text{{Address: at("a"), Ref: mention.Ref{Channel: "c", ID: "1"}, Text: "hello"}},
		Inbox:   []desk.Inbound{{Tenant: "t", Channel: "c", Item: channel.Item{ID: "i1", Raw: []byte("raw")}, At: noon}},
		Cursors: map[string]channel.Cursor{"c": "c1"},
	}
}

func TestCommitIsAllOrNothing(t *testing.T) {
	for _, row := range []struct {
		reason string
		spoil  func(*desk.Commit)
		err    error
	}{
		{"somebody else was quicker", func(c *desk.Commit) {
			c.Rows = append(c.Rows, desk.Row{Address: at("b"), Revision: 3})
		}, desk.ErrConflict},
		{"the event is known", func(c *desk.Commit) { c.Events = []string{"e2", "e2"} }, desk.ErrKnown},
		{"a hole in the trail", func(c *desk.Commit) { c.Entries[0].Seq = 2 }, nil},
		{"a row twice", func(c *desk.Commit) { c.Rows = append(c.Rows, c.Rows[0]) }, nil},
	} {
		var s memstore.Store
		c := full()
		row.spoil(&c)
		err := s.Commit(t.Context(), c)
		require.Error(t, err, row.reason)
		if row.err != nil {
			require.ErrorIs(t, err, row.err, row.reason)
		}
		_, err = s.Row(t.Context(), at("a"))
		assert.ErrorIs(t, err, desk.ErrAbsent, row.reason)
		cursor, err := s.Cursor(t.Context(), "c")
		require.NoError(t, err)
		assert.Empty(t, cursor, row.reason)
		require.NoError(t, s.Commit(t.Context(), full()), "%s: nothing of it stands in the way", row.reason)
		require.ErrorIs(t, s.Commit(t.Context(), full()), desk.ErrConflict, "%s: a revision counts once", row.reason)
	}
}

func TestKeysLeadToTheFirst(t *testing.T) {
	var s memstore.Store
	ctx := t.Context()
	put := func(id string, revision int, keys ...string) {
		t.Helper()
		require.NoError(t, s.Commit(ctx, desk.Commit{Rows: []desk.Row{{Address: at(id), Revision: revision, Keys: keys}}}))
	}
	put("a", 0, "k1", "k2")
	put("b", 0, "k2", "k3")
	for _, row := range []struct {
		reason string
		keys   []string
		want   string
	}{
		{"the first known key wins", []string{"k0", "k3", "k1"}, "b"},
		{"a key stays where it leads", []string{"k2"}, "a"},
	} {
		got, err := s.Find(ctx, "t", row.keys)
		require.NoError(t, err, row.reason)
		assert.Equal(t, at(row.want), got, row.reason)
	}
	_, err := s.Find(ctx, "another", []string{"k1"})
	assert.ErrorIs(t, err, desk.ErrAbsent, "tenants do not meet")
	put("a", 1)
	_, err = s.Find(ctx, "t", []string{"k1"})
	assert.ErrorIs(t, err, desk.ErrAbsent, "a key that was given up leads nowhere")
	put("b", 1, "k1", "k2")
	got, err := s.Find(ctx, "t", []string{"k2"})
	require.NoError(t, err)
	assert.Equal(t, at("b"), got)
}

func TestDueLikeASlowList(t *testing.T) {
	var s memstore.Store
	ctx := t.Context()
	r := rand.New(rand.NewPCG(1, 2))
	slow := map[desk.Address]desk.Row{}
	for range 3000 {
		row := slow[at(fmt.Sprint(r.IntN(200)))]
		row.Address = at(fmt.Sprint(r.IntN(200)))
		row = slow[row.Address]
		if row.ID == "" {
			row.Address = at(fmt.Sprint(r.IntN(200)))
			row.Revision = slow[row.Address].Revision
		}
		row.Due = time.Time{}
		if r.IntN(4) > 0 {
			row.Due = noon.Add(time.Duration(r.IntN(50)) * time.Minute)
		}
		require.NoError(t, s.Commit(ctx, desk.Commit{Rows: []desk.Row{row}}))
		row.Revision++
		slow[row.Address] = row
		if r.IntN(20) > 0 {
			continue
		}
		until, limit := noon.Add(time.Duration(r.IntN(60))*time.Minute), r.IntN(30)
		var want []string
		for _, x := range slow {
			if !x.Due.IsZero() && !x.Due.After(until) {
				want = append(want, x.ID)
			}
		}
		slices.SortFunc(want, func(a, b string) int {
			return cmp.Or(slow[at(a)].Due.Compare(slow[at(b)].Due), cmp.Compare(a, b))
		})
		want = want[:min(limit, len(want))]
		rows, err := s.Due(ctx, until, limit)
		require.NoError(t, err)
		var got []string
		for _, x := range rows {
			got = append(got, x.ID)
		}
		require.True(t, slices.Equal(want, got), "wanted %v, got %v", want, got)
	}
}

func TestOutboxAndInboxKeepTheirOrder(t *testing.T) {
	var s memstore.Store
	ctx := t.Context()
	var c desk.Commit
	for n := range 4 {
		c.Outbox = append(c.Outbox, desk.Outbound{Address: at("a"), Key: fmt.Sprint(n), Effect: "tell", State: desk.Waiting})
		c.Inbox = append(c.Inbox, desk.Inbound{Channel: "c", Item: channel.Item{ID: fmt.Sprint(n)}})
	}
	require.NoError(t, s.Commit(ctx, c))
	settled, done := c.Outbox[1], c.Inbox[2]
	settled.State, settled.Revision, done.Done = desk.Settled, 1, true
	require.NoError(t, s.Commit(ctx, desk.Commit{Outbox: []desk.Outbound{settled}, Inbox: []desk.Inbound{done, c.Inbox[0]}}))
	keys := func(q desk.OutboxQuery) (out []string) {
		for o, err := range s.Outbox(ctx, q) {
			require.NoError(t, err)
			out = append(out, o.Key)
		}
		return out
	}
	assert.Equal(t, []string{"0", "1", "2", "3"}, keys(desk.OutboxQuery{}))
	assert.Equal(t, []string{"0", "2", "3"}, keys(desk.OutboxQuery{Open: true}))
	assert.Equal(t, []string{"1"}, keys(desk.OutboxQuery{Key: "1"}))
	assert.Empty(t, keys(desk.OutboxQuery{Effects: []string{"send"}}))
	assert.Empty(t, keys(desk.OutboxQuery{ID: "b"}))
	left, err := s.Inbox(ctx, 2)
	require.NoError(t, err)
	require.Len(t, left, 2)
	assert.Equal(t, "0", left[0].Item.ID)
	require.NoError(t, s.Commit(ctx, desk.Commit{Inbox: []desk.Inbound{c.Inbox[2]}}))
	left, err = s.Inbox(ctx, 9)
	require.NoError(t, err)
	assert.Len(t, left, 3, "an item that came twice is worked on once")
}

func TestNothingIsShared(t *testing.T) {
	var s memstore.Store
	c := full()
	require.NoError(t, s.Commit(t.Context(), c))
	c.Rows[0].State[1], c.Rows[0].Keys[0], c.Entries[0].Body[1] = 'x', "x", 'x'
	row, err := s.Row(t.Context(), at("a"))
	require.NoError(t, err)
	assert.Equal(t, `{"n":1}`, string(row.State))
	row.State[1] = 'y'
	row, err = s.Row(t.Context(), at("a"))
	require.NoError(t, err)
	assert.Equal(t, `{"n":1}`, string(row.State))
	for e, err := range s.Entries(t.Context(), at("a")) {
		require.NoError(t, err)
		assert.Equal(t, `{"seq":1,"html":"<b>"}`, string(e.Body))
	}
}

func TestSnapshotRoundTrip(t *testing.T) {
	var s memstore.Store
	require.NoError(t, s.Commit(t.Context(), full()))
	dir := t.TempDir()
	first, second := filepath.Join(dir, "first"), filepath.Join(dir, "second")
	require.NoError(t, s.Save(first))
	again, err := memstore.Open(first)
	require.NoError(t, err)
	require.NoError(t, again.Save(second))
	a, err := os.ReadFile(first)
	require.NoError(t, err)
	b, err := os.ReadFile(second)
	require.NoError(t, err)
	assert.Equal(t, string(a), string(b), "what was read back is what was saved, byte for byte")
	require.ErrorIs(t, again.Commit(t.Context(), desk.Commit{Events: []string{"e1"}}), desk.ErrKnown)
	for e, err := range again.Entries(t.Context(), at("a")) {
		require.NoError(t, err)
		assert.Equal(t, `{"seq":1,"html":"<b>"}`, string(e.Body), "a trail's bytes stay what they are")
	}
	due, err := again.Due(t.Context(), noon, 9)
	require.NoError(t, err)
	assert.Len(t, due, 1)
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, files, 2, "no temporary file is left")
}

// sealed is a snapshot with this in it, whatever it is.
func sealed(body string) []byte {
	return fmt.Appendf(nil, "reputation-desk-snapshot 1 %x\n%s", sha256.Sum256([]byte(body)), body)
}

func TestOpenRefusesWhatIsDamaged(t *testing.T) {
	var s memstore.Store
	require.NoError(t, s.Commit(t.Context(), full()))
	path := filepath.Join(t.TempDir(), "desk")
	require.NoError(t, s.Save(path))
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, row := range []struct {
		reason string
		data   []byte
	}{
		{"empty", nil},
		{"no form", []byte("reputation-desk-snapshot x y\n{}")},
		{"something else", []byte("hello\nworld")},
		{"cut off", whole[:len(whole)-10]},
		{"only the first line", whole[:len("reputation-desk-snapshot 1 ")+64+1]},
		{"one byte changed", slices.Concat(whole[:len(whole)/2], []byte{whole[len(whole)/2] ^ 1}, whole[len(whole)/2+1:])},
		{"something behind it", slices.Concat(whole, []byte("{}"))},
		{"a request that is none", sealed(`{"outbox":[null]}`)},
		{"a request twice", sealed(`{"outbox":[{"key":"a","revision":1},{"key":"a","revision":1}]}`)},
		{"an item that is none", sealed(`{"inbox":[null]}`)},
	} {
		require.NoError(t, os.WriteFile(path, row.data, 0o600))
		_, err := memstore.Open(path)
		require.ErrorIs(t, err, memstore.ErrCorrupt, row.reason)
		assert.ErrorContains(t, err, path, row.reason)
		left, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, len(row.data), len(left), "%s: nothing is written over", row.reason)
	}
	_, err = memstore.Open(filepath.Join(t.TempDir(), "none"))
	assert.ErrorIs(t, err, fs.ErrNotExist)
	later := slices.Concat([]byte("reputation-desk-snapshot 2 "), whole[27:])
	require.NoError(t, os.WriteFile(path, later, 0o600))
	_, err = memstore.Open(path)
	require.ErrorIs(t, err, memstore.ErrVersion, "a later form")
	assert.NotErrorIs(t, err, memstore.ErrCorrupt, "nothing is wrong with it")
}

func TestAFileOnEveryCommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk")
	s := &memstore.Store{File: path}
	require.NoError(t, s.Commit(t.Context(), full()))
	left, err := memstore.Open(path)
	require.NoError(t, err)
	row, err := left.Row(t.Context(), at("a"))
	require.NoError(t, err)
	assert.Equal(t, 1, row.Revision)
	s = &memstore.Store{File: filepath.Join(t.TempDir(), "no such folder", "desk")}
	require.Error(t, s.Commit(t.Context(), full()))
	_, err = s.Row(t.Context(), at("a"))
	assert.ErrorIs(t, err, desk.ErrAbsent, "what is not in the file is not in memory")
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("reputation-desk-snapshot 1 \n{}"))
	f.Add([]byte("reputation-desk-snapshot 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "desk")
		require.NoError(t, os.WriteFile(path, data, 0o600))
		s, err := memstore.Open(path)
		if err == nil {
			require.NoError(t, s.Save(path), "what can be opened can be saved")
		}
	})
}

func BenchmarkDue(b *testing.B) {
	var s memstore.Store
	for n := range 100_000 {
		row := desk.Row{Address: at(fmt.Sprint(n)), Due: noon.Add(time.Duration(n) * time.Second), State: []byte("{}")}
		require.NoError(b, s.Commit(b.Context(), desk.Commit{Rows: []desk.Row{row}}))
	}
	const wanted = 1000
	for b.Loop() {
		rows, err := s.Due(b.Context(), noon.Add(wanted*time.Second), wanted)
		require.NoError(b, err)
		require.Len(b, rows, wanted)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/wanted, "ns/due")
}

func TestRowsByLabelAndBehindAPlace(t *testing.T) {
	var s memstore.Store
	ctx := t.Context()
	put := func(id, queue string, revision int, labels ...string) {
		t.Helper()
		row := desk.Row{Address: at(id), Revision: revision, Queue: queue, Labels: labels}
		require.NoError(t, s.Commit(ctx, desk.Commit{Rows: []desk.Row{row}}))
	}
	put("a", "2", 0, "eva")
	put("b", "1", 0, "eva", "open")
	put("c", "1", 0, "open")
	put("c", "3", 1) // it carries none any more
	for _, row := range []struct {
		reason string
		q      desk.RowQuery
		want   []string
	}{
		{"all, by their place", desk.RowQuery{}, []string{"b", "a", "c"}},
		{"those that carry a label", desk.RowQuery{Label: "eva"}, []string{"b", "a"}},
		{"one that was taken away is not found", desk.RowQuery{Label: "open"}, []string{"b"}},
		{"the next page", desk.RowQuery{Queue: "1", ID: "b"}, []string{"a", "c"}},
		{"the next page of a label", desk.RowQuery{Label: "eva", Queue: "1", ID: "b"}, []string{"a"}},
		{"another tenant's", desk.RowQuery{Tenant: "u"}, nil},
	} {
		if row.q.Kind = desk.KindCase; row.q.Tenant == "" {
			row.q.Tenant = "t"
		}
		var got []string
		for r, err := range s.Rows(ctx, row.q) {
			require.NoError(t, err)
			got = append(got, r.ID)
		}
		assert.Equal(t, row.want, got, row.reason)
	}
}

func TestAKeyThatIsGivenUpIsFreeInTheSameCommit(t *testing.T) {
	for _, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		var s memstore.Store
		rows := map[string]desk.Row{"a": {Address: at("a"), Keys: []string{"k"}}, "b": {Address: at("b")}}
		require.NoError(t, s.Commit(t.Context(), desk.Commit{Rows: []desk.Row{rows["a"], rows["b"]}}))
		rows["a"] = desk.Row{Address: at("a"), Revision: 1}
		rows["b"] = desk.Row{Address: at("b"), Revision: 1, Keys: []string{"k"}}
		require.NoError(t, s.Commit(t.Context(), desk.Commit{Rows: []desk.Row{rows[order[0]], rows[order[1]]}}))
		leads, err := s.Find(t.Context(), "t", []string{"k"})
		require.NoError(t, err)
		assert.Equal(t, "b", leads.ID, "whichever row comes first: %v", order)
	}
}
