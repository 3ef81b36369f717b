// Package memory is a platform in memory: a channel for tests, for examples and for reading how a connector is written.
//
// The zero value is ready. Post is the world speaking; what the house does comes back in Sent:
//
//	var world memory.Channel
//	ref := world.Post(mention.Mention{Author: mention.Author{Handle: "ana"}, Text: "it is down again"})
//	c, err := channel.New(&world, channel.Options{})
//	// ... the house fetches, answers ...
//	fmt.Println(len(world.Sent()))
//
// A Channel is the world: it outlives the desk that is killed, and a new desk on the same Channel finds what the old one
// sent. It never looks at a clock: instants come from Now, or from SetNow, so that days can be virtual.
//
// Faults is a script of what goes wrong at which call; Script draws one from a seed. A fault prints as it is written, so
// that a failing test can show its script.
package memory
