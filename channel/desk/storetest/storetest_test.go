package storetest_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/desk/storetest"
)

// memory is a harness of memstore, whose snapshots are what the next process finds.
func memory(t *testing.T) storetest.Harness {
	return storetest.Harness{
		New: func(context.Context) (desk.Store, error) { return &memstore.Store{}, nil },
		Reopen: func(_ context.Context, s desk.Store) (desk.Store, error) {
			path := filepath.Join(t.TempDir(), "desk")
			if err := s.(*memstore.Store).Save(path); err != nil {
				return nil, err
			}
			return memstore.Open(path)
		},
	}
}

func TestMemstore(t *testing.T) { storetest.Run(t, memory(t)) }

func TestWhatIsSkippedIsSeen(t *testing.T) {
	h := memory(t)
	h.Reopen = nil
	skipped := 0
	for _, r := range storetest.Check(t.Context(), h) {
		assert.NoError(t, r.Err)
		assert.NotEmpty(t, r.Proves, r.Name)
		if r.Skipped != "" {
			skipped++
			assert.Contains(t, r.String(), "no Reopen")
		}
	}
	assert.Equal(t, 3, skipped)
}
