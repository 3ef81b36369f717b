package sqlitestore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes what is committed now to a new file, whole, while the store goes on. The file can be opened as a store. It
// fails when there is a file of that name already (fs.ErrExist), and leaves none behind when it fails.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	if err := cmp.Or(s.usable(), s.whole()); err != nil {
		return err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("backup to %s: %w", path, fs.ErrExist))
	}
	unfinished := path + ".tmp"
	defer func() {
		if err != nil {
			_ = os.Remove(unfinished)
			err = fmt.Errorf("backup to %s: %w", path, s.broke(err))
		}
	}()
	if err := os.Remove(unfinished); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	db, err := sql.Open("sqlite", source(s.path, "trusted_schema(0)"))
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", unfinished); err != nil {
		return err
	}
	if err := synced(unfinished); err != nil {
		return err
	}
	if err := os.Link(unfinished, path); err != nil { // and not over one that somebody made meanwhile
		return err
	}
	if err := os.Remove(unfinished); err != nil {
		return err
	}
	return synced(filepath.Dir(path))
}

// synced brings a file or a folder to the disk.
func synced(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Check reads the whole file: its structure, that indexes and tables agree, and every checksum. It returns nil, or
// ErrCorrupt with what was found, and then the store takes no more commits. It takes long on a large file and may run
// beside everything else.
func (s *Store) Check(ctx context.Context) error {
	if err := s.usable(); err != nil {
		return err
	}
	rows, err := s.reading.QueryContext(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return s.broke(err)
	}
	defer rows.Close()
	var found []error
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return s.broke(err)
		}
		if line != "ok" {
			found = append(found, errors.New(line))
		}
	}
	if err := rows.Err(); err != nil {
		return s.broke(err)
	}
	if len(found) > 0 {
		return s.broke(fmt.Errorf("%w: %w", ErrCorrupt, errors.Join(found...)))
	}
	return s.checkSums(ctx)
}

func (s *Store) checkSums(ctx context.Context) error {
	for _, table := range []string{"rows", "entries", "outbox", "texts", "inbox"} {
		err := s.gets.each("SELECT head, body, sum FROM "+table, nil, func(scan func(...any) error) (bool, error) {
			var r record
			if err := errors.Join(ctx.Err(), scan(&r.head, &r.body, &r.sum)); err != nil {
				return false, err
			}
			if sumOf(r.head, r.body) != r.sum {
				return false, fmt.Errorf("%w: a checksum in %s does not hold", ErrCorrupt, table)
			}
			return true, nil
		})
		if err != nil {
			return s.broke(err)
		}
	}
	return nil
}
