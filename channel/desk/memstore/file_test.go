package memstore_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
)

func row(id string, revision int) desk.Commit {
	return desk.Commit{Rows: []desk.Row{{Address: at(id), Revision: revision, State: []byte("{}")}}}
}

// left is what a file holds, as Open reads it: the ids of its rows.
func left(t *testing.T, path string) (ids string) {
	t.Helper()
	s, err := memstore.Open(path)
	require.NoError(t, err)
	for r, err := range s.Rows(t.Context(), desk.RowQuery{Tenant: "t", Kind: desk.KindCase}) {
		require.NoError(t, err)
		ids += r.ID
	}
	return ids
}

func TestAFileIsNotWrittenOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk")
	first := &memstore.Store{File: path}
	require.NoError(t, first.Commit(t.Context(), row("a", 0)))

	forgot := &memstore.Store{File: path}
	require.ErrorIs(t, forgot.Commit(t.Context(), row("b", 0)), memstore.ErrTaken, "begun again without Open")
	assert.Equal(t, "a", left(t, path), "what was there is there")

	second, err := memstore.Open(path)
	require.NoError(t, err)
	second.File = path
	require.NoError(t, second.Commit(t.Context(), row("b", 0)))
	require.ErrorIs(t, first.Commit(t.Context(), row("c", 0)), memstore.ErrTaken, "another process has written it since")
	_, err = first.Row(t.Context(), at("c"))
	require.ErrorIs(t, err, desk.ErrAbsent, "what is not in the file is not in memory")
	assert.Equal(t, "ab", left(t, path))

	require.NoError(t, second.Save(path), "a snapshot of its own is its own")
	require.NoError(t, second.Save(filepath.Join(t.TempDir(), "copy")))
	require.NoError(t, second.Commit(t.Context(), row("c", 0)))
	require.NoError(t, os.Remove(path))
	require.NoError(t, second.Commit(t.Context(), row("d", 0)), "a file that was taken away is written again, whole")
	assert.Equal(t, "abcd", left(t, path))

	other := filepath.Join(t.TempDir(), "other")
	require.NoError(t, os.WriteFile(other, []byte("a letter"), 0o600))
	second.File = other
	require.ErrorIs(t, second.Commit(t.Context(), row("e", 0)), memstore.ErrTaken, "not even what is no snapshot")
}

func TestAFileThatCannotBeWritten(t *testing.T) {
	for _, x := range []struct {
		reason string
		spoil  func(t *testing.T, path string)
	}{
		{"the folder is gone", func(t *testing.T, path string) { require.NoError(t, os.RemoveAll(filepath.Dir(path))) }},
		{"there is a folder of that name", func(t *testing.T, path string) {
			require.NoError(t, os.Remove(path))
			require.NoError(t, os.Mkdir(path, 0o700))
		}},
	} {
		path := filepath.Join(t.TempDir(), "sub", "desk")
		require.NoError(t, os.Mkdir(filepath.Dir(path), 0o700))
		s := &memstore.Store{File: path}
		require.NoError(t, s.Commit(t.Context(), full()))
		x.spoil(t, path)
		c := row("b", 0)
		c.Events, c.Outbox = []string{"e2"}, []desk.Outbound{{Address: at("a"), Key: "o1", Revision: 1, Lane: "l", State: desk.Settled}}
		for range 2 {
			require.Error(t, s.Commit(t.Context(), c), x.reason)
		}
		_, err := s.Row(t.Context(), at("b"))
		require.ErrorIs(t, err, desk.ErrAbsent, "%s: what is not in the file is not in memory", x.reason)
		ready, err := s.Ready(t.Context(), 0, noon, 9)
		require.NoError(t, err)
		assert.Len(t, ready, 1, "%s: nor in an index", x.reason)
		s.File = filepath.Join(t.TempDir(), "desk")
		require.NoError(t, s.Commit(t.Context(), c), "%s: elsewhere it works, and nothing was half done", x.reason)
		assert.Equal(t, "ba", left(t, s.File), "by their place in the queue")
	}
}

func TestNoTemporaryFileIsLeft(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "desk")
	require.NoError(t, os.Mkdir(folder, 0o700))
	var s memstore.Store
	require.Error(t, s.Save(folder), "it is a folder")
	files, err := os.ReadDir(filepath.Dir(folder))
	require.NoError(t, err)
	require.Len(t, files, 1)
	info, err := os.Stat(folder)
	require.NoError(t, err)
	assert.True(t, info.IsDir() && !strings.HasSuffix(info.Name(), "tmp"))
}
