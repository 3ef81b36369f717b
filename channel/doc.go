// Package channel is where the house meets the world: what a connector to a platform must do, and the Channel that a
// host talks to.
//
// Whoever uses a platform wraps its connector once and never calls the connector itself:
//
//	c, err := channel.New(connector, channel.Options{})
//	for page, err := range c.Pages(ctx, cursor) {
//		// 1. store page.Items and page.Next in one commit: the cursor is the acknowledgement
//		// 2. only then work on the items
//	}
//	receipt, err := c.Send(ctx, channel.Outgoing{Key: key, To: ref, Text: text})
//	switch channel.Classify(err) {
//		// 3. what to do next; never send again before FindOut has been done
//	}
//
// Capability and length checks, pauses (channel/gate), interceptors and the wrapping of errors sit in Channel and cannot be
// walked around. Package desk does the three duties above.
//
// # Writing a connector
//
// A connector implements Connector and those of Source, Sender, Finder, Reader, Moderator, Publisher and Receiver that
// its platform can do, and says so in its Description. These duties hold for every method:
//
//  1. It may block, as long as ctx lets it, and returns soon after ctx is done.
//  2. It makes one attempt. It never retries, sleeps for a limit or hides one: whoever calls decides.
//  3. It may be called from many goroutines at once.
//  4. It keeps no slice or map it was given and gives none it goes on writing to.
//  5. It fails with an *Error. The question that matters is whether the act could have been applied all the same: once
//     the first byte of a write has left, every failure without the platform's own answer has MaybeApplied.
//  6. It does not pass over a hole: what may be lost between two pages is a Gap. What it cannot read is an Undecodable
//     item, and what comes after it comes.
//
// Package channel/channeltest proves these and more, each by its name. Package channel/wire makes the HTTP calls of a
// connector and says what their failures mean. Package channel/memory is a platform in memory, for tests and for reading;
// channel/webhook is a connector over HTTP.
package channel
