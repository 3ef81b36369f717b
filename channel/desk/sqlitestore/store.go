package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver

	"github.com/reputekit/reputation/channel/desk"
)

// Options may all be left out.
type Options struct {
	Busy     time.Duration // how long to wait for another process that holds the file; 0 means 5 s
	MaxBytes int64         // the file does not grow beyond it, roughly; 0 means that the disk is the limit
	Group    int           // how many commits are synced together at most; 0 means 256
}

// A Store is a desk.Store in one file. It is safe for concurrent use.
type Store struct {
	path    string
	group   int
	writing *sql.DB // of one connection
	conn    *sql.Conn
	puts    *statements
	reading *sql.DB
	gets    *statements
	seats   chan struct{} // of those who ask short questions

	busy   int64 // milliseconds that a lock is waited for
	sweep  bool  // the journal holds what was erased; the writer's
	orders chan *order
	quit   chan struct{}
	close  sync.Once
	closed error
	writer sync.WaitGroup
	broken atomic.Pointer[error] // what was found damaged; then nothing is written any more
}

var _ desk.Store = (*Store)(nil)

// Open opens a file, or makes it where there is none; its folder must be there. It fails with ErrForeign, a *VersionError,
// ErrCorrupt, ErrBusy or ErrFull, or when the file cannot be read and written. It does not read the whole file: Check does.
func Open(path string, opt Options) (*Store, error) {
	s, err := open(path, opt, migrations)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, classified(err))
	}
	return s, nil
}

func open(path string, opt Options, schemas []string) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	fresh, err := looksOurs(path, len(schemas))
	if err != nil {
		return nil, err
	}
	if opt.Busy <= 0 {
		opt.Busy = 5 * time.Second
	}
	if opt.Group <= 0 {
		opt.Group = 256
	}
	s := &Store{path: path, group: opt.Group, orders: make(chan *order), quit: make(chan struct{})}
	if err := s.begin(opt, fresh, schemas); err != nil {
		_ = s.release()
		return nil, err
	}
	s.writer.Go(s.write)
	return s, nil
}

// begin makes the connections: one that writes, and as many that read as are wanted at once.
func (s *Store) begin(opt Options, fresh bool, schemas []string) (err error) {
	ctx := context.Background()
	s.busy = opt.Busy.Milliseconds()
	busy := fmt.Sprintf("busy_timeout(%d)", s.busy)
	if s.writing, err = sql.Open("sqlite", source(s.path, busy, "synchronous(FULL)", "cache_size(-65536)",
		"wal_autocheckpoint(4000)", "secure_delete(1)", "trusted_schema(0)")); err != nil {
		return err
	}
	s.writing.SetMaxOpenConns(1)
	if s.conn, err = s.writing.Conn(ctx); err != nil {
		return err
	}
	if fresh { // before there is a journal, so that the mark stands in the file itself
		if _, err := s.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", application)); err != nil {
			return err
		}
	}
	var mode string
	if err := s.conn.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return fmt.Errorf("the journal cannot be written ahead here, only as %q", mode)
	}
	if opt.MaxBytes > 0 {
		var page, most int64
		if err := s.conn.QueryRowContext(ctx, "PRAGMA page_size").Scan(&page); err != nil {
			return err
		}
		limit := fmt.Sprintf("PRAGMA max_page_count = %d", max(opt.MaxBytes/page, 1))
		if err := s.conn.QueryRowContext(ctx, limit).Scan(&most); err != nil {
			return err
		}
	}
	if err := migrate(ctx, s.conn, s.path, schemas); err != nil {
		return err
	}
	if s.reading, err = sql.Open("sqlite", source(s.path, busy, "query_only(1)", "cache_size(-8192)", "trusted_schema(0)")); err != nil {
		return err
	}
	seats := max(4, 2*runtime.GOMAXPROCS(0))
	s.seats = make(chan struct{}, seats)
	s.reading.SetMaxIdleConns(seats + 4)
	s.puts, s.gets = newStatements(s.conn.PrepareContext), newStatements(s.reading.PrepareContext)
	return nil
}

// source names a file with what is set on every connection to it.
func source(path string, pragmas ...string) string {
	if path = filepath.ToSlash(path); path[0] != '/' {
		path = "/" + path // of a drive
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{"_pragma": pragmas}.Encode()}
	return u.String()
}

// looksOurs looks at the first bytes of a file before anything opens it to write.
func looksOurs(path string, known int) (fresh bool, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	var head [100]byte
	switch n, err := io.ReadFull(f, head[:]); {
	case n == 0 && err == io.EOF:
		return true, nil
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return false, err
	case err != nil, string(head[:16]) != "SQLite format 3\x00", binary.BigEndian.Uint32(head[68:]) != application:
		return false, ErrForeign
	}
	if found := int(binary.BigEndian.Uint32(head[60:])); found > known {
		return false, &VersionError{Path: path, Found: found, Known: known}
	}
	return false, nil
}

// Close ends the use of the store: commits under way are finished, later ones fail with ErrClosed. Walks must have ended.
func (s *Store) Close() error {
	s.close.Do(func() {
		close(s.quit)
		s.writer.Wait()
		s.closed = s.release()
	})
	return s.closed
}

// usable fails when the store was closed.
func (s *Store) usable() error {
	select {
	case <-s.quit:
		return ErrClosed
	default:
		return nil
	}
}

// release gives back whatever was taken.
func (s *Store) release() error {
	var all []error
	for _, of := range []*statements{s.gets, s.puts} {
		if of != nil {
			all = append(all, of.close())
		}
	}
	if s.reading != nil {
		all = append(all, s.reading.Close())
	}
	if s.conn != nil {
		all = append(all, s.conn.Close())
	}
	if s.writing != nil {
		all = append(all, s.writing.Close())
	}
	return errors.Join(all...)
}

// broke remembers that the file is damaged, and gives an error its cause.
func (s *Store) broke(err error) error {
	if err = classified(err); errors.Is(err, ErrCorrupt) {
		err = fmt.Errorf("%s: %w", s.path, err)
		s.broken.CompareAndSwap(nil, &err)
	}
	return err
}

// whole fails when the file was found damaged.
func (s *Store) whole() error {
	if found := s.broken.Load(); found != nil {
		return *found
	}
	return nil
}
