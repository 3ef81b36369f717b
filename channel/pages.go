package channel

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/reputekit/reputation/channel/gate"
	"github.com/reputekit/reputation/mention"
)

// Fetch returns one page after the cursor, at the door: mentions are canonical, carry the channel's name and the
// instant we first had them. An item without an ID or of an unknown kind becomes undecodable, so that it can be kept and
// blocks nothing. Next is never empty and survives JSON: a connector that breaks this fails with ErrUnavailable.
func (c *Channel) Fetch(ctx context.Context, after Cursor, limit int) (Page, error) {
	source, ok := c.connector.(Source)
	if !ok || !c.about.Fetches {
		return Page{}, lacks("fetch")
	}
	page, err := call(ctx, c, gate.Call{Channel: c.Name(), Op: "fetch"}, false, func(ctx context.Context) (Page, error) {
		return source.Fetch(ctx, after, limit)
	})
	if err != nil {
		return Page{}, err
	}
	if page.Next == "" {
		return Page{}, &Error{Code: ErrUnavailable, Op: "fetch", Reason: "the page has no next cursor"}
	}
	if !utf8.ValidString(string(page.Next)) {
		return Page{}, &Error{Code: ErrUnavailable, Op: "fetch", Reason: "the next cursor would not survive JSON"}
	}
	page.Items = c.accepted(page.Items, page.Backfill)
	return page, nil
}

// accepted is Accept of many.
func (c *Channel) accepted(items []Item, backfill bool) []Item {
	out := make([]Item, len(items))
	for i, item := range items {
		item.Backfill = item.Backfill || backfill
		out[i] = c.Accept(item)
	}
	return out
}

// Accept returns an item as it may be stored, whether it came by a page or by a webhook. It is idempotent.
func (c *Channel) Accept(item Item) Item {
	item.ID, item.Reason = mention.Clean(item.ID), mention.Clean(item.Reason)
	if item.Kind == Undecodable {
		item.Mention = mention.Mention{Ref: mention.Ref{Channel: c.Name()}}
	} else {
		item.Mention.Ref.Channel = c.Name()
		item.Mention = item.Mention.Canonical()
		if item.Mention.Ref.ID == "" {
			item = c.unreadable(item, "the item names no mention")
		}
		if !slices.Contains(kinds, item.Kind) {
			item = c.unreadable(item, "news of an unknown kind")
		}
		if !storable(item.Mention) {
			item = c.unreadable(item, "an instant lies outside the years 0 to 9999")
		}
	}
	if item.Kind == Deleted || item.Kind == Hidden {
		m := item.Mention
		item.Mention, item.Raw = mention.Mention{Ref: m.Ref, Account: m.Account, ReceivedAt: m.ReceivedAt}, nil
	}
	if item.ID == "" {
		item = c.unreadable(item, "the item has no id")
		item.ID = mention.Key("item", c.Name(), string(item.Raw))
	}
	if item.Kind != Undecodable && item.Mention.ReceivedAt.IsZero() {
		item.Mention.ReceivedAt = mention.Instant(c.opt.Now())
	}
	return item
}

// storable says whether a mention can be written as JSON: one that cannot would hold up everything that is stored with
// it.
func storable(m mention.Mention) bool {
	for _, t := range []time.Time{m.PostedAt, m.ReceivedAt, m.Author.Since} {
		if y := t.Year(); y < 0 || y > 9999 {
			return false
		}
	}
	return true
}

// unreadable keeps what came as raw bytes.
func (c *Channel) unreadable(item Item, why string) Item {
	raw := item.Raw
	if raw == nil {
		m := item.Mention
		if !storable(m) {
			m.PostedAt, m.ReceivedAt, m.Author.Since = time.Time{}, time.Time{}, time.Time{}
		}
		raw, _ = json.Marshal(m) // what is left is plain data: this cannot fail
	}
	return Item{ID: item.ID, Kind: Undecodable, Mention: mention.Mention{Ref: mention.Ref{Channel: c.Name()}}, Raw: raw,
		Reason: why, Backfill: item.Backfill}
}

// Pages goes through a source from the cursor to where there is no more for now. Whoever ranges over it stores each
// page's items with its Next in one commit before he takes the next. An error ends it.
func (c *Channel) Pages(ctx context.Context, after Cursor) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		for {
			page, err := c.Fetch(ctx, after, c.opt.Limit)
			if !yield(page, err) || err != nil || !page.More {
				return
			}
			if page.Next == after { // more, and no way forward: not for ever
				yield(Page{}, &Error{Code: ErrUnavailable, Op: "fetch", Reason: "there is more, and the cursor stands still"})
				return
			}
			after = page.Next
		}
	}
}

// Read returns an item as it stands now, canonical.
func (c *Channel) Read(ctx context.Context, ref mention.Ref) (mention.Mention, error) {
	reader, ok := c.connector.(Reader)
	if !ok || !c.about.Reads {
		return mention.Mention{}, lacks("read")
	}
	ref, err := c.own(ref)
	if err != nil {
		return mention.Mention{}, wrapped("read", false, err)
	}
	m, err := call(ctx, c, gate.Call{Channel: c.Name(), Op: "read"}, false, func(ctx context.Context) (mention.Mention, error) {
		return reader.Read(ctx, ref)
	})
	if err != nil {
		return mention.Mention{}, err
	}
	m.Ref = ref
	return m.Canonical(), nil
}

// Find asks what became of a key. ErrNotFound: it certainly did not go out.
func (c *Channel) Find(ctx context.Context, key Key) (Receipt, error) {
	finder, ok := c.connector.(Finder)
	if !ok || !c.about.Finds {
		return Receipt{}, lacks("find")
	}
	return call(ctx, c, gate.Call{Channel: c.Name(), Op: "find", Key: string(key)}, false, func(ctx context.Context) (Receipt, error) {
		return finder.Find(ctx, key)
	})
}
