package sqlitestore_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
	"github.com/reputekit/reputation/channel/desk/storetest"
)

// harness gives stores in new files, and finds the file again.
func harness(t *testing.T) storetest.Harness {
	paths := map[desk.Store]string{}
	open := func(path string) (desk.Store, error) {
		s, err := sqlitestore.Open(path, sqlitestore.Options{})
		if err != nil {
			return nil, err
		}
		paths[s] = path
		return s, nil
	}
	return storetest.Harness{
		New: func(context.Context) (desk.Store, error) { return open(filepath.Join(t.TempDir(), "desk.sqlite")) },
		Reopen: func(_ context.Context, s desk.Store) (desk.Store, error) {
			if err := s.(*sqlitestore.Store).Close(); err != nil {
				return nil, err
			}
			return open(paths[s])
		},
		Close: func(s desk.Store) error { return s.(*sqlitestore.Store).Close() },
	}
}

func TestStore(t *testing.T) { storetest.Run(t, harness(t)) }

// opened is a store in a new file, closed when the test ends.
func opened(t testing.TB, path string, opt sqlitestore.Options) *sqlitestore.Store {
	t.Helper()
	s, err := sqlitestore.Open(path, opt)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}
