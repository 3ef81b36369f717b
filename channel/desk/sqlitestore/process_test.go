package sqlitestore_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
	"github.com/reputekit/reputation/respond/trail"
)

// countChild counts on one row that others count on too, and takes events that others want too. It says how often it
// was first.
func countChild(ctx context.Context, c *child) error {
	s, err := sqlitestore.Open(c.args[0], sqlitestore.Options{Busy: time.Minute})
	if err != nil {
		return err
	}
	defer s.Close()
	times, err := strconv.Atoi(c.args[1])
	if err != nil {
		return err
	}
	counted, first := 0, 0
	for counted < times {
		r, err := s.Row(ctx, at("counter"))
		if errors.Is(err, desk.ErrAbsent) {
			r, err = desk.Row{Address: at("counter")}, nil
		}
		if err != nil {
			return err
		}
		r.State = fmt.Appendf(nil, "%d", r.Revision+1)
		body := fmt.Appendf(nil, "%d", r.Revision+1)
		err = s.Commit(ctx, desk.Commit{Rows: []desk.Row{r}, Entries: []desk.Entry{{Address: at("counter"), Seq: r.Revision + 1, Link: trail.Link{Body: body}}}})
		if errors.Is(err, desk.ErrConflict) {
			continue
		}
		if err != nil {
			return err
		}
		counted++
		err = s.Commit(ctx, desk.Commit{Events: []string{strconv.Itoa(counted)}})
		if err == nil {
			first++
		} else if !errors.Is(err, desk.ErrKnown) {
			return err
		}
	}
	c.say("%d", first)
	return nil
}

// TestTwoProcessesOnOneFile: nothing that one of them stored is lost to the other, and of one event one is first.
func TestTwoProcessesOnOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.sqlite")
	const processes, times = 3, 100
	var running []func() int
	for range processes {
		cmd := command(t, "count", path, strconv.Itoa(times))
		var out strings.Builder
		cmd.Stdout = &out
		require.NoError(t, cmd.Start())
		running = append(running, func() int {
			require.NoError(t, cmd.Wait())
			n, err := strconv.Atoi(strings.TrimSpace(out.String()))
			require.NoError(t, err)
			return n
		})
	}
	first := 0
	for _, wait := range running {
		first += wait()
	}
	assert.Equal(t, times, first, "each event was stored by one of them")
	s := opened(t, path, sqlitestore.Options{})
	r, err := s.Row(t.Context(), at("counter"))
	require.NoError(t, err)
	assert.Equal(t, processes*times, r.Revision)
	assert.Equal(t, strconv.Itoa(processes*times), string(r.State), "no count was written over")
	require.NoError(t, s.Check(t.Context()))
}

func TestAnotherProcessHoldsTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.sqlite")
	s := opened(t, path, sqlitestore.Options{Busy: 20 * time.Millisecond})
	require.NoError(t, s.Commit(t.Context(), filled("a")))
	other, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer other.Close()
	held, err := other.Conn(t.Context())
	require.NoError(t, err)
	defer held.Close()
	_, err = held.ExecContext(t.Context(), "BEGIN IMMEDIATE")
	require.NoError(t, err)
	require.ErrorIs(t, s.Commit(t.Context(), filled("b")), sqlitestore.ErrBusy)
	_, err = s.Row(t.Context(), at("a"))
	require.NoError(t, err, "who reads waits for nobody")
	_, err = s.Row(t.Context(), at("b"))
	require.ErrorIs(t, err, desk.ErrAbsent, "nothing of it was stored")
	_, err = held.ExecContext(t.Context(), "ROLLBACK")
	require.NoError(t, err)
	require.NoError(t, s.Commit(t.Context(), filled("b")), "the other has let go")
}
