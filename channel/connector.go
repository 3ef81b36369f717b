package channel

import (
	"context"
	"time"

	"github.com/reputekit/reputation/mention"
)

// A Connector joins one account, or one group of accounts, of one platform. What else it can do are the interfaces
// below; Description says which of them it means. One that holds something open is an io.Closer too: Close ends what is
// under way, may be called at any time and twice, and every call after it fails with ErrClosed.
type Connector interface {
	// Describe says what the connector is and can do. It is static, does no I/O and never blocks.
	Describe() Description
}

// A Description is what a connector says of itself. An ability is used only if it is declared and implemented.
type Description struct {
	Venue     mention.Venue // what the platform allows; Venue.Channel is the connector's name
	Fetches   bool          // it is a Source
	Sends     bool          // it is a Sender
	Finds     bool          // it is a Finder
	Reads     bool          // it is a Reader
	Moderates bool          // it is a Moderator
	Publishes bool          // it is a Publisher
	Receives  bool          // it is a Receiver
	Hears     []ItemKind    // what its pages and deliveries can hold
	Remembers time.Duration // how long the platform answers a key it knows with the first receipt; 0: it takes no keys
	Interval  time.Duration // how often to ask for news; 0 means a minute
	PerHour   int           // writes that the platform allows in an hour; 0: it does not say
}

// A Source brings what was said.
type Source interface {
	Connector

	// Fetch returns the items after the cursor, oldest first, about limit of them. The zero cursor is the beginning.
	// It may block. The caller retries, with the same cursor, and may keep the page. ErrCursorExpired says that the
	// platform no longer knows the cursor. Nothing to bring is a page without items and with the cursor to ask with next.
	Fetch(ctx context.Context, after Cursor, limit int) (Page, error)
}

// A Sender answers what was said.
type Sender interface {
	Connector

	// Send puts one reply out and says where it stands. It may block, and two calls may run at once, even with one key.
	// A platform that takes keys answers a known key with the first receipt, and with ErrConflict when the body differs.
	// ErrGone: what it answers was removed. ErrConflict: it was changed since IfRevision. The caller retries, and only
	// after an error that Classify calls Retry.
	Send(ctx context.Context, out Outgoing) (Receipt, error)
}

// A Finder knows afterwards what went out.
type Finder interface {
	Connector

	// Find returns the receipt of what was sent or published with the key. ErrNotFound: it certainly did not go out and
	// will not any more. It may block; the caller retries.
	Find(ctx context.Context, key Key) (Receipt, error)
}

// A Reader shows one item as it stands now.
type Reader interface {
	Connector

	// Read returns the item. ErrNotFound or ErrGone: it is not there any more. It may block; the caller retries, and
	// may keep the mention.
	Read(ctx context.Context, ref mention.Ref) (mention.Mention, error)
}

// A Moderator acts on what others wrote in a place of ours.
type Moderator interface {
	Connector

	// Moderate does one act. Done twice it is done once. ErrUnsupported: the platform has not this act. It may block;
	// the caller retries.
	Moderate(ctx context.Context, act Moderation) (Receipt, error)
}

// A Publisher writes posts of our own.
type Publisher interface {
	Connector

	// Publish puts a post out, under the same rules for keys as Send.
	Publish(ctx context.Context, post Post) (Receipt, error)

	// Revise changes a post of ours in place. ErrUnsupported: the platform cannot; ErrWindowClosed: not any more.
	Revise(ctx context.Context, ours mention.Ref, post Post) (Receipt, error)
}

// A Receiver understands what a platform pushes: the webhooks of it.
type Receiver interface {
	Connector

	// Receive verifies what came and only then reads it. It does no I/O. It remembers nothing: what comes twice gives the
	// same items twice, and their IDs tell. ErrBadSignature: whoever sent it is not who he says, or it is older or newer
	// than the platform's tolerance. ErrInvalid: what proves its origin is missing, or it is genuine and makes no sense;
	// one event of several that makes none becomes an Undecodable item. ErrTooLong: it is larger than any the platform
	// sends. The connector must not keep or change what is in Inbound.
	Receive(ctx context.Context, in Inbound) (Delivery, error)
}
