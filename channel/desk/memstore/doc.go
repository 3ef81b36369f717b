// Package memstore keeps a desk's rows in memory, and on demand in one file.
//
// The zero value is ready:
//
//	d, err := desk.New(desk.Options{Store: &memstore.Store{}, ...})
//
// Save writes everything to a file at one stroke, and Open reads it back; File does so on every commit, which a desk
// of some thousand rows can bear. A file that was damaged is an error that says so, and is never written over by Open.
package memstore
