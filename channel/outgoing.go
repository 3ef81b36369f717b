package channel

import (
	"time"

	"github.com/reputekit/reputation/mention"
)

// A Key names one thing to be done. The host makes it, once, and gives it again with every retry: a platform that
// takes keys does the thing once.
type Key string

// Outgoing is one reply. Key, To and Text are required.
type Outgoing struct {
	Key        Key
	To         mention.Ref        // what it answers
	Account    string             // ours, from which it leaves; empty: the connector's only one
	Author     string             // whom it answers, for a private message
	Visibility mention.Visibility // empty means public
	Text       string
	IfRevision int       // the revision of To that the reply was written for
	NotAfter   time.Time // later than this it is not sent any more; zero: no end
}

// A Post is something of our own. Key and Text are required.
type Post struct {
	Key       Key
	Account   string
	Text      string
	Statement bool // a holding statement: the one post that a pause of posts lets through
}

// A Moderation is one act on one item. Key and Act are required.
type Moderation struct {
	Key    Key
	Ref    mention.Ref
	Act    string // "keep", "hide", "delete", "report"
	Reason string // the clause of the house rules, for the platform and for the author
}

// A Receipt says where what we did stands.
type Receipt struct {
	Ref mention.Ref // our reply or post; of a moderation the item itself
	At  time.Time   // as the platform says, UTC; zero when it does not
}
