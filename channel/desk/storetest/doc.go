// Package storetest holds a store to what desk.Store says, one named check for each sentence.
//
// Whoever writes a store does this:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, storetest.Harness{
//			New:    func(context.Context) (desk.Store, error) { return Open(newFile()) }, // 1. an empty one each time
//			Reopen: func(ctx context.Context, s desk.Store) (desk.Store, error) { ... },  // 2. as the next process finds it
//			Close:  func(s desk.Store) error { return s.(*Store).Close() },               // 3. when a check is over
//		})
//	}
//
// and runs it with the race detector too. Check does the same without a testing.T and returns what it found, so that
// the suite can be tested itself: it is held against a store with bugs planted, and each is caught by a check that has
// its name.
//
// The suite leaves out what only a killed process or a full disk can show; a store that writes files has tests of its own
// for these.
package storetest
