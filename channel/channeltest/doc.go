// Package channeltest proves a connector, rule by rule.
//
// Whoever writes a connector describes his platform's world as a Harness, a struct of functions, and runs the rules in a
// test of his own:
//
//	func TestConnector(t *testing.T) {
//		var world *fakePlatform // a server on loopback, say
//		channeltest.Run(t, channeltest.Harness{
//			Reset: func() { world = newFakePlatform() },
//			Open:  func() channel.Connector { return mine.New(world.URL) },
//			Post:  func(m mention.Mention) mention.Ref { return world.post(m) },
//			// ... one function for each thing that can happen
//		})
//	}
//
// Each rule is a subtest with the name of the rule. One that fails prints the sentence that does not hold. An ability that
// the connector does not declare is skipped, and the skip says so; one that it declares and for which the Harness has
// no function fails. What a platform cannot do at all, without declaring it anywhere, is named in Harness.Lacks.
//
// Check is the same without a testing.T: it returns what it found. The rules themselves are proved with it, by connectors
// with planted bugs, each of which the rule that should catch it catches.
//
// Run the test with the race detector: some rules only hold under it.
package channeltest
