package surge

import (
	"hash/fnv"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
)

const (
	places     = 4096 // bits of an hour in which authors leave a trace
	bitsOfByte = 8
)

// A Crowd is what is remembered of the strangers who write about one subject on one venue: one row, of some 2 KB,
// however many they are. It counts people, not mentions, and knows none of them: of an author it holds one bit of 4,096
// that he shares with many, for at most two hours of mentions. Of a hundred strangers an hour it counts 98, of a thousand
// 700, of ten thousand 300 once they have been at it for an hour (go test -v -run Measure). It is plain data and changes
// only through [Gauge.Meet], [Gauge.Wait] and [Crowd.Decided]. The zero value has met nobody.
type Crowd struct {
	Strangers Series    `json:"strangers"`          // different strangers instead of mentions
	Hour      time.Time `json:"hour,omitzero"`      // the hour of the clock that Now is about, UTC
	Now       []byte    `json:"now,omitempty"`      // who was met in this hour
	Before    []byte    `json:"before,omitempty"`   // who was met in the hour before
	Authors   int64     `json:"authors,omitempty"`  // strangers in the group
	Decision  string    `json:"decision,omitempty"` // what a person decided about the group
}

// A Meeting is what a crowd says of one mention. The group is all that strangers wrote from an hour before Since until
// the surge is over: who wrote them is not listed, and nothing is to be held against an author afterwards because a
// mention of his was in it.
type Meeting struct {
	Reading
	Member   bool   `json:"member,omitempty"`   // this mention belongs to the group
	Authors  int    `json:"authors,omitempty"`  // strangers in the group; 0 while there is none
	Decision string `json:"decision,omitempty"` // what a person decided about the group; empty while nobody did
}

// Meet reads a mention of an author and counts him if he is a stranger who was not met in this hour or the one before.
// Who is a stranger is for the caller to say: somebody of whom the house has no order, and who was not in touch before
// (tally.Reading.Contacts is 0). The author is Author.Key; one without a key cannot be told from others and is no member.
// The instant is as in [Gauge.Add].
func (g Gauge) Meet(c Crowd, channel, author string, stranger bool, at time.Time) (Crowd, Meeting) {
	at = begin(at)
	if !stranger || author == "" || at.IsZero() {
		return g.Wait(c, at)
	}
	c, fresh := c.met(place(channel, author), at.Truncate(time.Hour))
	before := c.Strangers.Since
	var r Reading
	c.Strangers, r = g.Add(c.Strangers, fresh, at)
	r.Late = c.Strangers.late(at)
	c = c.group(before, r, fresh)
	m := c.meeting(r)
	m.Member = r.On && !r.Late
	return c, m
}

// Wait reads a crowd at an instant at which no stranger wrote, as [Gauge.Tick] does.
func (g Gauge) Wait(c Crowd, at time.Time) (Crowd, Meeting) {
	before := c.Strangers.Since
	var r Reading
	c.Strangers, r = g.Tick(c.Strangers, at)
	c = c.group(before, r, 0)
	return c, c.meeting(r)
}

// Decided writes down what a person decided about the group that began at an instant, which is Reading.Since. Every
// later Meeting of the group has it; with the group it is forgotten. It is false, and nothing is written, when that
// group is over.
func (c Crowd) Decided(since time.Time, decision string) (Crowd, bool) {
	if since.IsZero() || !c.Strangers.Since.Equal(since) {
		return c, false
	}
	c.Decision = mention.Clean(decision)
	return c, true
}

func (c Crowd) meeting(r Reading) Meeting {
	return Meeting{Reading: r, Authors: number32(max(0, c.Authors)), Decision: c.Decision}
}

// group counts who is in the group, and forgets a group that is over.
func (c Crowd) group(before time.Time, r Reading, fresh int) Crowd {
	if !r.Since.Equal(before) {
		c.Authors, c.Decision = 0, ""
	}
	switch {
	case r.Warning:
		c.Authors = int64(r.Seen)
	case r.On && !r.Late:
		c.Authors = between(c.Authors, 0, most) + int64(fresh)
	}
	return c
}

// met leaves a trace of an author in an hour: 1 if there was none, 0 if there was one or the hour is past.
func (c Crowd) met(place uint, hour time.Time) (Crowd, int) {
	switch {
	case hour.After(c.Hour.Add(time.Hour)):
		c.Hour, c.Before, c.Now = hour, nil, nil
	case hour.After(c.Hour):
		c.Hour, c.Before, c.Now = hour, c.Now, nil
	}
	known := has(c.Now, place) || has(c.Before, place)
	switch {
	case known:
		return c, 0
	case hour.Equal(c.Hour):
		c.Now = with(c.Now, place)
	case hour.Equal(c.Hour.Add(-time.Hour)):
		c.Before = with(c.Before, place)
	}
	return c, 1
}

func place(channel, author string) uint {
	h := fnv.New32a()
	_, _ = h.Write([]byte(mention.Key("stranger", channel, author)))
	return uint(h.Sum32() % places)
}

func has(set []byte, place uint) bool {
	i := place / bitsOfByte
	return i < uint(len(set)) && set[i]&(1<<(place%bitsOfByte)) != 0
}

// with gives a set of its own with a place in it.
func with(set []byte, place uint) []byte {
	out := make([]byte, places/bitsOfByte)
	copy(out, set)
	out[place/bitsOfByte] |= 1 << (place % bitsOfByte)
	return slices.Clip(out)
}
