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
// sent. It never looks at a clock: instants come from Now, or from SetNow, so that days can be virtual; only a Slow answer
// takes its time.
//
// People speak with Post, Reply and Message, change their minds with Edit and Delete, and a colleague answers Elsewhere.
// The platform does Hide, Garble, Ban, Rotate (the login), Expire (cursors) and Lose (news).
//
// Faults is a script of what goes wrong at which call; Break adds to it on the way. Script draws one from a seed, and
// Play prints the seed and the script when the test fails:
//
//	world := memory.Channel{Faults: memory.Play(t, seed, 20, 250)}
package memory
