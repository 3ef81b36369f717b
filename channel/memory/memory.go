package memory

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// A Channel is one platform with its world. The zero value is ready. Fields are set before the first use. It is safe for
// concurrent use and must not be copied.
//
// Lacks takes away "fetch", "send", "find", "read", "moderate" and "publish"; "keys", so that a key that comes again is
// news to it; "echoes", or only the "echo keys" in them; and "revisions", so that all of an item have the number 0.
type Channel struct {
	Venue  mention.Venue    // what the platform allows; zero: everything, under the name "memory"
	Lacks  []string         // what it cannot
	Faults []Fault          // what goes wrong
	Rate   int              // writes that the platform allows in an hour; 0: any number
	Now    func() time.Time // the world's clock; nil: the instant of SetNow

	mu    sync.Mutex
	now   time.Time
	news  []channel.Item // everything there ever was to hear, in order: a cursor is a place in it
	posts map[mention.Ref]*post
	sent  []Sent
	keys  map[channel.Key]int // into sent
	calls map[string]int      // by op
	serve int                 // the last id given

	lost    int         // news before this place nobody hears any more
	expired int         // how often cursors were made to expire
	banned  bool        // our account
	out     bool        // the login has expired
	writes  []time.Time // of the last hour
}

// A post is one item with what became of it.
type post struct {
	mention mention.Mention
	before  mention.Mention // the revision before, for a stale read
	ours    bool
	gone    bool
	hidden  bool
	replies int // of ours
}

// Sent is one thing the house did to the world, in order.
type Sent struct {
	Op         string // "send", "publish", "revise", "moderate"
	Key        channel.Key
	Ref        mention.Ref // what was made by it
	To         mention.Ref // what was answered, revised or moderated
	Account    string
	Visibility mention.Visibility
	Text       string // of a moderation: the act
	Reason     string // of a moderation
	At         time.Time
}

// Describe implements channel.Connector.
func (c *Channel) Describe() channel.Description {
	can := c.can
	d := channel.Description{
		Venue:   c.venue(),
		Fetches: can("fetch"), Sends: can("send"), Finds: can("find"), Reads: can("read"),
		Moderates: can("moderate"), Publishes: can("publish"),
		Hears: []channel.ItemKind{channel.Created, channel.Edited, channel.Deleted, channel.Hidden, channel.Echo,
			channel.Undecodable},
		Interval: time.Minute,
		PerHour:  c.Rate,
	}
	if can("keys") {
		d.Remembers = 24 * time.Hour
	}
	return d
}

// can says whether something was not taken away.
func (c *Channel) can(what string) bool { return !slices.Contains(c.Lacks, what) }

func (c *Channel) venue() mention.Venue {
	v := c.Venue
	if v.Channel == "" {
		v.Channel = "memory"
	}
	if c.Venue.Visibilities == nil && c.Venue.Max == 0 {
		v.Ours, v.Hide, v.Delete, v.Report, v.Threads = true, true, true, true, true
		v.Visibilities = []mention.Visibility{mention.Public, mention.Private}
	}
	return v
}

// SetNow sets the world's clock, where Now is nil.
func (c *Channel) SetNow(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// Sent returns everything the house did to the world, in order. The slice is the caller's.
func (c *Channel) Sent() []Sent {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.sent)
}

// lock begins every method: it takes the lock and makes the maps.
func (c *Channel) lock() func() {
	c.mu.Lock()
	if c.posts == nil {
		c.posts = map[mention.Ref]*post{}
		c.keys = map[channel.Key]int{}
		c.calls = map[string]int{}
	}
	return c.mu.Unlock
}

func (c *Channel) clock() time.Time {
	if c.Now != nil {
		return mention.Instant(c.Now())
	}
	return mention.Instant(c.now)
}

// ref gives the next id of the platform.
func (c *Channel) ref() mention.Ref {
	c.serve++
	return mention.Ref{Channel: c.venue().Channel, ID: strconv.Itoa(c.serve)}
}

// hear adds news for whoever fetches.
func (c *Channel) hear(kind channel.ItemKind, m mention.Mention, key channel.Key) {
	id := m.Ref.ID + "/" + string(kind) + "/" + strconv.Itoa(m.Revision)
	if kind == channel.Deleted || kind == channel.Hidden {
		id, m = m.Ref.ID+"/"+string(kind), mention.Mention{Ref: m.Ref, Account: m.Account}
	}
	if kind == channel.Edited && !c.can("revisions") {
		id += "/" + strconv.Itoa(len(c.news)) // nothing else tells two edits apart
	}
	c.news = append(c.news, channel.Item{ID: id, Kind: kind, Mention: m, Key: key})
}
