// Package sqlitestore keeps a desk's rows in one SQLite file: the durable store for one machine.
//
//	s, err := sqlitestore.Open("desk.sqlite", sqlitestore.Options{}) // 1. made where there is none
//	d, err := desk.New(desk.Options{Store: s, ...})                  // 2. as with any store
//	err = s.Backup(ctx, "desk-2026-03-10.sqlite")                    // 3. every now and then, while it runs
//	err = s.Check(ctx)                                               // 4. after a copy, a crash of the machine, a doubt
//	err = s.Close()                                                  // 5. at the end; a process that is killed needs none
//
// It is a module of its own, so that the library does not depend on a database.
//
// # What is promised
//
//  1. A commit that returned nil is on the disk: the journal is written ahead and synced (WAL, synchronous FULL).
//  2. Commits that come at the same time are synced together; one that is refused harms none beside it.
//  3. Readers wait for nobody, and see what was committed when they began. A walk holds its view until it ends: one
//     that is never ended lets the journal grow.
//  4. Two processes may use one file. They see what the other commits, and one of two that store the same revision gets
//     desk.ErrConflict. Who waits for the other's lock longer than Options.Busy gets ErrBusy.
//  5. What is read was written: each record has a checksum. One that does not hold is ErrCorrupt, and from then on the
//     store takes no commits, so that nothing is written over what can still be saved.
//  6. A file of a later schema is refused (*VersionError), one of an earlier schema is brought up when it is opened, and
//     a file that is something else is refused and left as it is (ErrForeign).
//
// A disk that is full fails commits with ErrFull; what is stored stays readable, and commits succeed again when there is
// room.
//
// # What grows
//
// As package desk says, nothing is taken away. What was replaced is written over with zeros, in the file at once and in the
// journal when the store is closed by the last process that uses it. The file, its journal (-wal) and its index of the journal (-shm) belong
// together: copy them with Backup and not one by one.
package sqlitestore
