package channeltest

import (
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// A Harness is the world behind a connector, as functions. Reset and Open are required; the rest as far as the connector
// declares what they are for. Functions are called from one goroutine; Done also while a call is under way.
type Harness struct {
	Reset func()                   // begins a new, empty world: no item, no cursor, no key
	Open  func() channel.Connector // a connector on the present world, as a new process would have it

	// People do something. A Mention comes with Author, Text and PostedAt; the platform gives it a reference.
	Post      func(mention.Mention) mention.Ref                   // somebody speaks in public
	Reply     func(to mention.Ref, m mention.Mention) mention.Ref // somebody answers an item
	Message   func(mention.Mention) mention.Ref                   // somebody writes to us in private
	Edit      func(ref mention.Ref, text string)                  // an author changes his words
	Delete    func(ref mention.Ref)                               // an author takes an item away
	Hide      func(ref mention.Ref)                               // the platform takes an item out of sight
	Elsewhere func(to mention.Ref, text string) mention.Ref       // a colleague answers in the platform's own app

	// The platform does something.
	Garble      func()                               // its next news cannot be read
	Expire      func()                               // every cursor it gave so far becomes unknown
	Lose        func()                               // news not yet fetched are gone
	CloseWindow func(ref mention.Ref)                // an item may no longer be answered
	Ban         func()                               // our account may no longer write
	LogOut      func()                               // our login is no longer good
	LogIn       func()                               // it is good again
	LoseAnswer  func(op string)                      // the next call of op is carried out, and its answer is lost
	Hang        func(op string)                      // the same, and whoever asked waits for it until he gives up
	Throttle    func(op string, after time.Duration) // the next call of op is refused; 0: without saying for how long

	// Done is what the house did to the world, in order.
	Done func() []Done

	// Push is what the platform pushes of the news since the last Push, one or more, oldest first. Each has At, and only the
	// headers that prove its origin.
	Push      func(Seal) []channel.Inbound
	Challenge func() (in channel.Inbound, answer []byte) // how the platform asks whether we are there
	Secrets   []string                                   // what no error and no print may hold

	Lacks    []string      // functions that are left out because the platform has nothing like it: "Lose", "Challenge"
	Only     []string      // names of rules: the others are not tried; nil: all
	Patience time.Duration // how long a call may take that should end; 0: 5 s
}

// Done is one thing that the house did to the world.
type Done struct {
	Op         string      // "send", "publish", "revise", "moderate"
	Ref        mention.Ref // what was made by it
	To         mention.Ref // what was answered, revised or moderated
	Visibility mention.Visibility
	Text       string // of a moderation: the act
	Reason     string // of a moderation
}

// A Seal is how a pushed delivery is signed.
type Seal string

// The seals.
const (
	Good  Seal = "good"  // with the key that the connector has had all along
	Next  Seal = "next"  // with the other key that it has while keys are rotated
	Wrong Seal = "wrong" // with a key that was never ours
)

func (h *Harness) patience() time.Duration {
	if h.Patience > 0 {
		return h.Patience
	}
	return 5 * time.Second
}
