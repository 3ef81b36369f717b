package sqlitestore

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What can be wrong besides what desk.Store answers. Every error of a Store that has one of these causes wraps it.
var (
	// ErrBusy: another process held the file for longer than Options.Busy. Nothing was stored; try again.
	ErrBusy = errors.New("another process holds the file")

	// ErrFull: the disk is full, or the file has reached Options.MaxBytes. Nothing was stored.
	ErrFull = errors.New("there is no room left")

	// ErrCorrupt: the file is damaged. Nothing is written to it any more; go back to a backup.
	ErrCorrupt = errors.New("the file is damaged")

	// ErrForeign: the file is none of this package, or is damaged at its very beginning. It was left as it is.
	ErrForeign = errors.New("the file is not one of this store")

	// ErrClosed: the store was closed.
	ErrClosed = errors.New("the store is closed")
)

// A VersionError says that a file was written by a later version of this package. It was left as it is.
type VersionError struct {
	Path  string
	Found int // the file's schema
	Known int // the latest that this package knows
}

// Error says which schema was found.
func (e *VersionError) Error() string {
	return fmt.Sprintf("%s has schema %d, this version knows %d: use the version that wrote it, or a later one",
		e.Path, e.Found, e.Known)
}

// classified gives an error of the database the cause that a program can test for.
func classified(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	var cause error
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		cause = ErrBusy
	case sqlite3.SQLITE_FULL:
		cause = ErrFull
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		cause = ErrCorrupt
	default:
		return err
	}
	return fmt.Errorf("%w: %w", cause, err)
}
