package tally

import (
	"cmp"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
)

// A Courtesy is what is remembered of how we treated a customer across his cases, one row per author: what he is not to
// be sent, when we last sent him something that he had not asked for, and what he was given. It is plain data, and changes
// only through its methods, each of which returns a new value. The zero value is somebody never heard of.
type Courtesy struct {
	Bars     []Bar     `json:"bars,omitempty"`
	Surveyed time.Time `json:"surveyed,omitzero"` // the last survey
	Invited  time.Time `json:"invited,omitzero"`  // the last invitation to tell how it ended
	Gave     time.Time `json:"gave,omitzero"`     // the last goodwill
	Gifts    []Spend   `json:"gifts,omitempty"`   // what was spent on him, as Purse.Spends
}

// A Bar is what a customer is not to be sent, because somebody said so. It ends by itself.
type Bar struct {
	From   string    `json:"from"` // contact, engage
	Reason string    `json:"reason"`
	Owner  string    `json:"owner"` // the member who answers for it
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
	Case   string    `json:"case,omitempty"` // in which it was said
}

// Bar remembers one. There is one of each kind: of two the later holds, and of two at once the longer.
func (c Courtesy) Bar(b Bar) Courtesy {
	b.Since, b.Until = mention.Instant(b.Since), mention.Instant(b.Until)
	bars := slices.Clone(c.Bars)
	i := slices.IndexFunc(bars, func(x Bar) bool { return x.From == b.From })
	switch {
	case i < 0:
		bars = append(bars, b)
	case bars[i].Since.Before(b.Since), bars[i].Since.Equal(b.Since) && bars[i].Until.Before(b.Until):
		bars[i] = b
	default:
		return c
	}
	slices.SortFunc(bars, func(a, b Bar) int { return cmp.Compare(a.From, b.From) })
	c.Bars = bars
	return c
}

// Unbar lifts one at an instant: what was said later stays.
func (c Courtesy) Unbar(from string, at time.Time) Courtesy {
	c.Bars = slices.DeleteFunc(slices.Clone(c.Bars), func(b Bar) bool { return b.From == from && !b.Since.After(at) })
	if len(c.Bars) == 0 {
		c.Bars = nil
	}
	return c
}

// Barred returns the bar of a kind that holds at an instant.
func (c Courtesy) Barred(from string, at time.Time) (Bar, bool) {
	for _, b := range c.Bars {
		if b.From == from && at.Before(b.Until) {
			return b, true
		}
	}
	return Bar{}, false
}

// Survey remembers that he was asked how it was, Invite that he was asked to tell how it ended, Give that he was given
// something out of goodwill. The latest instant holds.
func (c Courtesy) Survey(at time.Time) Courtesy {
	c.Surveyed = later(c.Surveyed, at)
	return c
}

// Invite remembers that he was invited to tell how it ended.
func (c Courtesy) Invite(at time.Time) Courtesy {
	c.Invited = later(c.Invited, at)
	return c
}

// Give remembers that he was given something out of goodwill.
func (c Courtesy) Give(at time.Time) Courtesy {
	c.Gave = later(c.Gave, at)
	return c
}

// Spend remembers what was spent on him, as Purse.Spend does.
func (c Courtesy) Spend(s Spend) Courtesy {
	c.Gifts = Purse{c.Gifts}.Spend(s).Spends
	return c
}

// Back forgets what was not spent on him after all, as Purse.Back does.
func (c Courtesy) Back(id string) Courtesy {
	c.Gifts = Purse{c.Gifts}.Back(id).Spends
	return c
}

// Read says what holds at an instant: bars that have ended are left out.
func (c Courtesy) Read(at time.Time) Courtesy {
	c.Bars = slices.DeleteFunc(slices.Clone(c.Bars), func(b Bar) bool { return !at.Before(b.Until) })
	if len(c.Bars) == 0 {
		c.Bars = nil
	}
	c.Gifts = Purse{c.Gifts}.recent(mention.Instant(at))
	return c
}

func later(a, b time.Time) time.Time {
	if b = mention.Instant(b); b.After(a) {
		return b
	}
	return a
}
