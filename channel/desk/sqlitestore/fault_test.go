package sqlitestore_test

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/trail"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func at(id string) desk.Address { return desk.Address{Tenant: "t", Kind: desk.KindCase, ID: id} }

// filled is a commit of one case with its trail and a request, some kilobytes in all.
func filled(id string) desk.Commit {
	state := fmt.Appendf(nil, `{"id":%q,"text":%q}`, id, bytes.Repeat([]byte(id), 800/len(id)))
	return desk.Commit{
		Rows:    []desk.Row{{Address: at(id), Due: noon, Queue: "0 " + id, Keys: []string{"key " + id}, State: state}},
		Entries: []desk.Entry{{Address: at(id), Seq: 1, Link: trail.Link{Body: state}}},
		Outbox:  []desk.Outbound{{Address: at(id), Key: "o " + id, Lane: id, Effect: "tell", Body: []byte(`{}`), State: desk.Waiting}},
		Events:  []string{"e " + id},
	}
}

// stockedFile is a closed file with some cases, nothing of it in a journal.
func stockedFile(t *testing.T, cases int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "desk.sqlite")
	s, err := sqlitestore.Open(path, sqlitestore.Options{})
	require.NoError(t, err)
	for n := range cases {
		require.NoError(t, s.Commit(t.Context(), filled(fmt.Sprint(n))))
	}
	require.NoError(t, s.Close())
	return path
}

// content is all rows, trails and requests, and the first error.
func content(t *testing.T, s *sqlitestore.Store) (all string, err error) {
	t.Helper()
	for r, err := range s.Rows(t.Context(), desk.RowQuery{Tenant: "t", Kind: desk.KindCase}) {
		if err != nil {
			return all, err
		}
		all += fmt.Sprintf("%+v %s\n", r, r.State)
		for e, err := range s.Entries(t.Context(), r.Address) {
			if err != nil {
				return all, err
			}
			all += fmt.Sprintf("%d %s\n", e.Seq, e.Body)
		}
	}
	for o, err := range s.Outbox(t.Context(), desk.OutboxQuery{}) {
		if err != nil {
			return all, err
		}
		all += fmt.Sprintf("%+v\n", o)
	}
	return all, nil
}

func TestWhatIsNoStoreIsRefused(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.sqlite")
	db, err := sql.Open("sqlite", other)
	require.NoError(t, err)
	_, err = db.Exec("CREATE TABLE letters (text)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	database, err := os.ReadFile(other)
	require.NoError(t, err)
	whole, err := os.ReadFile(stockedFile(t, 3))
	require.NoError(t, err)
	for _, row := range []struct {
		reason string
		data   []byte
	}{
		{"a letter", []byte("Dear customer")},
		{"a long letter", bytes.Repeat([]byte("Dear customer"), 1000)},
		{"another program's database", database},
		{"zeros", make([]byte, 8192)},
		{"only a beginning", whole[:60]},
		{"a store with another mark", append(append([]byte{}, whole[:68]...), append([]byte("none"), whole[72:]...)...)},
	} {
		path := filepath.Join(t.TempDir(), "desk.sqlite")
		require.NoError(t, os.WriteFile(path, row.data, 0o600))
		_, err := sqlitestore.Open(path, sqlitestore.Options{})
		require.ErrorIs(t, err, sqlitestore.ErrForeign, row.reason)
		assert.ErrorContains(t, err, path, row.reason)
		left, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, sha256.Sum256(row.data), sha256.Sum256(left), "%s: it was left as it is", row.reason)
	}
	_, err = sqlitestore.Open(filepath.Join(t.TempDir(), "no such folder", "desk.sqlite"), sqlitestore.Options{})
	assert.Error(t, err)
	_, err = sqlitestore.Open(t.TempDir(), sqlitestore.Options{})
	assert.Error(t, err, "a folder")
}

func TestSchemas(t *testing.T) {
	path := stockedFile(t, 3)
	const more = "ALTER TABLE rows ADD COLUMN mood TEXT"
	later, err := sqlitestore.OpenAs(path, more)
	require.NoError(t, err, "a later version brings the file up")
	was, err := content(t, later)
	require.NoError(t, err)
	assert.NotEmpty(t, was, "and finds what was there")
	require.NoError(t, later.Close())
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = sqlitestore.Open(path, sqlitestore.Options{})
	var version *sqlitestore.VersionError
	require.ErrorAs(t, err, &version, "this version does not touch it")
	assert.Equal(t, 4, version.Found)
	assert.Equal(t, 3, version.Known)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, sha256.Sum256(before), sha256.Sum256(after))

	again := stockedFile(t, 3)
	_, err = sqlitestore.OpenAs(again, "ALTER TABLE rows ADD COLUMN mood TEXT; ALTER TABLE nothing ADD COLUMN mood TEXT")
	require.Error(t, err, "a migration that fails")
	s := opened(t, again, sqlitestore.Options{})
	_, err = content(t, s)
	require.NoError(t, err, "has changed nothing")
}

// TestADamagedFile turns bits round anywhere in a file. Whatever is read is what was written, or an error says that it is
// not; and a store that knows of the damage writes nothing.
func TestADamagedFile(t *testing.T) {
	whole, err := os.ReadFile(stockedFile(t, 40))
	require.NoError(t, err)
	good := ""
	r := rand.New(rand.NewPCG(5, 6))
	told := 0
	const rounds = 60
	for n := range rounds + 1 {
		path := filepath.Join(t.TempDir(), "desk.sqlite")
		data := bytes.Clone(whole)
		where := 0
		if n > 0 {
			where = 100 + r.IntN(len(data)-100)
			for i := where; i < min(where+16, len(data)); i++ {
				data[i] ^= 0x55
			}
		}
		require.NoError(t, os.WriteFile(path, data, 0o600))
		s, err := sqlitestore.Open(path, sqlitestore.Options{})
		if err != nil {
			require.ErrorIs(t, err, sqlitestore.ErrCorrupt, "byte %d", where)
			told++
			continue
		}
		got, err := content(t, s)
		if err == nil {
			err = s.Check(t.Context())
		}
		switch {
		case n == 0:
			require.NoError(t, err)
			good = got
		case err != nil:
			require.ErrorIs(t, err, sqlitestore.ErrCorrupt, "byte %d", where)
			require.ErrorIs(t, s.Commit(t.Context(), filled("new")), sqlitestore.ErrCorrupt, "byte %d: nothing is written any more", where)
			told++
		default:
			require.Equal(t, good, got, "byte %d of %d: nobody noticed", where, len(data))
		}
		require.NoError(t, s.Close())
		if err != nil {
			left, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, sha256.Sum256(data), sha256.Sum256(left), "byte %d: nothing was written over", where)
		}
	}
	assert.Greater(t, told, rounds/4, "damage is noticed: the rest was in pages that hold nothing")
}

func TestACutFile(t *testing.T) {
	whole, err := os.ReadFile(stockedFile(t, 40))
	require.NoError(t, err)
	for _, size := range []int{4096, 4096*3 + 17, len(whole) / 2, len(whole) - 4096} {
		path := filepath.Join(t.TempDir(), "desk.sqlite")
		require.NoError(t, os.WriteFile(path, whole[:size], 0o600))
		s, err := sqlitestore.Open(path, sqlitestore.Options{})
		if err == nil {
			err = s.Check(t.Context())
			require.NoError(t, s.Close())
		}
		require.ErrorIs(t, err, sqlitestore.ErrCorrupt, "cut to %d bytes", size)
	}
}

func TestAFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.sqlite")
	s := opened(t, path, sqlitestore.Options{MaxBytes: 400_000})
	stored := 0
	var err error
	for ; stored < 1000; stored++ {
		if err = s.Commit(t.Context(), filled(fmt.Sprint(stored))); err != nil {
			break
		}
	}
	require.ErrorIs(t, err, sqlitestore.ErrFull)
	assert.Greater(t, stored, 20)
	_, err = s.Row(t.Context(), at(fmt.Sprint(stored)))
	require.ErrorIs(t, err, desk.ErrAbsent, "nothing of what failed was stored")
	require.ErrorIs(t, s.Commit(t.Context(), filled(fmt.Sprint(stored))), sqlitestore.ErrFull, "it is still full")
	_, err = s.Row(t.Context(), at("0"))
	require.NoError(t, err, "what is stored can be read")
	require.NoError(t, s.Check(t.Context()), "and is whole")
	require.NoError(t, s.Close())

	roomier := opened(t, path, sqlitestore.Options{})
	require.NoError(t, roomier.Commit(t.Context(), filled(fmt.Sprint(stored))), "there is room again")
	n := 0
	for _, err := range roomier.Rows(t.Context(), desk.RowQuery{Tenant: "t", Kind: desk.KindCase}) {
		require.NoError(t, err)
		n++
	}
	assert.Equal(t, stored+1, n)
}

// TestOneTooLargeTakesNoOtherWithIt: commits that are synced together do not fail together.
func TestOneTooLargeTakesNoOtherWithIt(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "desk.sqlite"), sqlitestore.Options{MaxBytes: 1 << 20})
	results := make(chan error, 40)
	for n := range 40 {
		go func() {
			c := filled(fmt.Sprint(n))
			if n%8 == 3 {
				c.Rows[0].State = make([]byte, 4<<20)
			}
			results <- s.Commit(t.Context(), c)
		}()
	}
	full := 0
	for range 40 {
		if err := <-results; err != nil {
			require.ErrorIs(t, err, sqlitestore.ErrFull)
			full++
		}
	}
	assert.Equal(t, 5, full)
}

func TestBackup(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "desk.sqlite"), sqlitestore.Options{})
	for n := range 50 {
		require.NoError(t, s.Commit(t.Context(), filled(fmt.Sprint(n))))
	}
	copied := filepath.Join(t.TempDir(), "copy.sqlite")
	stop, done := make(chan struct{}), make(chan int)
	go func() { // the desk goes on meanwhile
		n := 50
		for ; ; n++ {
			select {
			case <-stop:
				done <- n
				return
			default:
			}
			if s.Commit(t.Context(), filled(fmt.Sprint(n))) != nil {
				done <- -1
				return
			}
		}
	}()
	require.NoError(t, s.Backup(t.Context(), copied))
	close(stop)
	require.GreaterOrEqual(t, <-done, 50)
	require.ErrorIs(t, s.Backup(t.Context(), copied), fs.ErrExist, "no backup is written over")
	require.Error(t, s.Backup(t.Context(), filepath.Join(t.TempDir(), "no such folder", "copy.sqlite")))

	b := opened(t, copied, sqlitestore.Options{})
	require.NoError(t, b.Check(t.Context()))
	rows := 0
	for r, err := range b.Rows(t.Context(), desk.RowQuery{Tenant: "t", Kind: desk.KindCase}) {
		require.NoError(t, err)
		rows++
		entries := 0
		for _, err := range b.Entries(t.Context(), r.Address) {
			require.NoError(t, err)
			entries++
		}
		require.Equal(t, 1, entries, "each case with its trail")
	}
	assert.GreaterOrEqual(t, rows, 50)
	require.NoError(t, b.Commit(t.Context(), filled("later")), "a backup is a store")
	left, err := os.ReadDir(filepath.Dir(copied))
	require.NoError(t, err)
	for _, f := range left {
		assert.NotContains(t, f.Name(), ".tmp")
	}
}

// TestWhatWasReplacedIsGone: when a text was removed and a state was redacted, no byte of them is left in the file.
func TestWhatWasReplacedIsGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a folder?of#ours%20")
	require.NoError(t, os.Mkdir(dir, 0o700))
	path := filepath.Join(dir, "desk.sqlite")
	s, err := sqlitestore.Open(path, sqlitestore.Options{})
	require.NoError(t, err)
	const secret = "Margarethe-Vestergaard"
	const cases = 20
	for n := range cases {
		c := filled(fmt.Sprint(n))
		c.Rows[0].State = bytes.Repeat([]byte(secret), 1+n*40) // on one page, and on many
		c.Texts = []desk.Text{{Address: at(fmt.Sprint(n)), Ref: mention.Ref{Channel: "c", ID: fmt.Sprint(n)}, Text: secret}}
		c.Outbox[0].Body = []byte(secret)
		require.NoError(t, s.Commit(t.Context(), c))
	}
	for n := range cases {
		c := filled(fmt.Sprint(n))
		c.Entries, c.Events, c.Rows[0].Revision, c.Outbox[0].Revision = nil, nil, 1, 1
		c.Texts = []desk.Text{{Address: at(fmt.Sprint(n)), Ref: mention.Ref{Channel: "c", ID: fmt.Sprint(n)}, Gone: true}}
		require.NoError(t, s.Commit(t.Context(), c))
	}
	require.NoError(t, s.Close())
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 1, "the journal is folded in when the store is closed")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.NotContains(t, string(data), secret[:12])
}

func TestAfterClose(t *testing.T) {
	s, err := sqlitestore.Open(filepath.Join(t.TempDir(), "desk.sqlite"), sqlitestore.Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, s.Close(), "twice is once")
	assert.ErrorIs(t, s.Commit(t.Context(), filled("a")), sqlitestore.ErrClosed)
	_, err = s.Row(t.Context(), at("a"))
	assert.ErrorIs(t, err, sqlitestore.ErrClosed)
	for _, err := range s.Rows(t.Context(), desk.RowQuery{Tenant: "t", Kind: desk.KindCase}) {
		assert.ErrorIs(t, err, sqlitestore.ErrClosed)
	}
	assert.ErrorIs(t, s.Check(t.Context()), sqlitestore.ErrClosed)
	assert.ErrorIs(t, s.Backup(t.Context(), filepath.Join(t.TempDir(), "b")), sqlitestore.ErrClosed)
}
