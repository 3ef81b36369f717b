// Package memstore keeps a desk's rows in memory, and on demand in one file.
//
// The zero value is ready:
//
//	d, err := desk.New(desk.Options{Store: &memstore.Store{}, ...})
//
// Save writes everything to a file at one stroke, and Open reads it back; File does so on every commit, which a desk
// of some thousand rows can bear: each commit writes everything. To go on after a restart:
//
//	s, err := memstore.Open(path)
//	if errors.Is(err, fs.ErrNotExist) {
//		s, err = &memstore.Store{}, nil // the first time
//	}
//	// ... any other error is for a person ...
//	s.File = path
//
// A file that was damaged is an error that says so, and is never written over by Open. A commit writes over nothing that
// this store did not read or write: another process on the same file is told from the next commit on (ErrTaken). It is no
// lock. A process that dies while it writes leaves the old snapshot, and beside it a file that ends in .tmp.
//
// Nothing is ever taken away: see package desk, What grows. A case with one message and two pages takes about 18 KB of
// memory; with a File its snapshot stands in memory a second time, so that a commit that fails can be undone.
package memstore
