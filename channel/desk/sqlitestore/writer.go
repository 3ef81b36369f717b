package sqlitestore

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/reputekit/reputation/channel/desk"
)

// An order is one commit on its way to the writer.
type order struct {
	commit *prepared
	err    error // of the last attempt
	done   chan struct{}
}

// Commit implements desk.Store. Besides what desk.Store answers it fails with ErrBusy, ErrFull, ErrCorrupt and ErrClosed.
// Once the writer has taken it up it is not left any more when ctx is done: what it returns is what happened.
func (s *Store) Commit(ctx context.Context, c desk.Commit) error {
	if err := cmp.Or(ctx.Err(), s.usable(), s.whole()); err != nil {
		return err
	}
	commit, err := prepare(c)
	if err != nil {
		return err
	}
	o := &order{commit: commit, done: make(chan struct{})}
	select {
	case s.orders <- o:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.quit:
		return ErrClosed
	}
	<-o.done
	return o.err
}

// write is the one writer: it takes whatever waits, and stores it in one transaction.
func (s *Store) write() {
	for {
		var group []*order
		select {
		case o := <-s.orders:
			group = append(group, o)
		case <-s.quit:
			return
		}
		for waiting := true; waiting && len(group) < s.group; {
			select {
			case o := <-s.orders:
				group = append(group, o)
			default:
				waiting = false
			}
		}
		s.settle(group)
		for _, o := range group {
			close(o.done)
			s.sweep = s.sweep || o.err == nil && len(o.commit.erased) > 0
		}
		if s.sweep {
			s.sweep = !s.swept()
		}
	}
}

// swept writes over the journal, which still holds what was erased, and reports whether it could: while somebody walks it
// is left for the next commit.
func (s *Store) swept() bool {
	ctx := context.Background()
	if _, err := s.conn.ExecContext(ctx, "PRAGMA busy_timeout = 0"); err != nil {
		return false
	}
	busy, log, moved := 1, 0, 0
	err := s.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved)
	_, bad := s.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", s.busy))
	return cmp.Or(err, bad) == nil && busy == 0
}

// settle stores a group. When the database fails, each commit is tried on its own, so that one that is too large, or meets
// a damaged page, takes no other with it.
func (s *Store) settle(group []*order) {
	err := s.transact(group)
	if err != nil && len(group) > 1 {
		for n := range group {
			s.settle(group[n : n+1])
		}
		return
	}
	for _, o := range group {
		if err != nil {
			o.err = s.broke(err)
		}
	}
}

// transact stores those of a group that can be stored. A commit that is refused has its own error and changed nothing.
// The error is the database's: then nothing of the whole group was stored.
func (s *Store) transact(group []*order) error {
	if err := s.whole(); err != nil {
		return err
	}
	if _, err := s.puts.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for _, o := range group {
		o.err = nil
		err := s.puts.store(o.commit)
		var no *refusal
		if errors.As(err, &no) {
			o.err = no.err
			continue
		}
		if err != nil {
			s.undo()
			return err
		}
	}
	if _, err := s.puts.exec("COMMIT"); err != nil {
		s.undo()
		return err
	}
	return nil
}

// undo gives a transaction up. The database may have done so already.
func (s *Store) undo() { _, _ = s.puts.exec("ROLLBACK") }
