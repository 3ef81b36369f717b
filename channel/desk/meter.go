package desk

import "time"

// A Meter takes figures: package channel/desk/figures has one that expvar can publish. Its methods return at once, and may be
// called from many goroutines. name says what is measured, of says of what; neither is a person's data.
//
//	Count  "items"      of a channel   items taken in
//	Count  "worked"     of a kind      items worked on: created, edited
//	Count  "parked"     of a channel   items that wait for a person
//	Count  "outcomes"   of a kind      requests settled: "send delivered", "tell undelivered failed"
//	Count  "conflicts"  of the store   commits that were made again
//	Took   "commit"     of the store   until a commit was stored, with its conflicts
//	Took   "call"       of an effect   one call into the world: send, tell
//	Took   "age"        of a channel   from when an item came in until it was worked on
//	Level  "late"       of the desk    milliseconds that the longest due row has been due for
type Meter interface {
	// Count says that there are n more.
	Count(name, of string, n int)
	// Took says that one of them took so long.
	Took(name, of string, d time.Duration)
	// Level says how many there are now.
	Level(name, of string, n int64)
}

// silent is the Meter of a desk that was given none.
type silent struct{}

func (silent) Count(string, string, int) {}

func (silent) Took(string, string, time.Duration) {}

func (silent) Level(string, string, int64) {}
