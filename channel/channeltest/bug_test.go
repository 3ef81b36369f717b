package channeltest_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// A bug is one mistake that a connector's author can make, and the rule that has to see it.
type bug struct {
	name  string
	rule  string
	plant func(*platform)
}

var bugsOfSources = []bug{
	{"the description counts its calls", "description-static", func(p *platform) {
		n := 0
		honest := p.describe
		p.describe = func() channel.Description {
			d := honest()
			n++
			d.PerHour = n
			return d
		}
	}},
	{"it declares what it does not implement", "description-honest", func(p *platform) {
		p.describe = changed(p.describe, func(d *channel.Description) { d.Venue.Max = -1 })
	}},
	{"it hears what it does not say", "hears-what-it-says", func(p *platform) {
		p.describe = changed(p.describe, func(d *channel.Description) {
			d.Hears = slices.DeleteFunc(d.Hears, func(k channel.ItemKind) bool { return k == channel.Hidden })
		})
	}},
	{"the cursor is a time", "same-instant", byTime},
	{"the cursor is at the end although the page was cut", "each-once", func(p *platform) {
		p.fetch = func(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
			page, err := p.Channel.Fetch(ctx, after, 0)
			if limit > 0 && len(page.Items) > limit {
				page.Items = page.Items[:limit]
			}
			return page, err
		}
	}},
	{"the cursor is of the page's beginning", "resume-anywhere", paged(func(page *channel.Page, after channel.Cursor) {
		if after != "" && !page.More && len(page.Items) > 0 {
			page.Next = after
		}
	})},
	{"what was fetched is not given again", "not-stored-again", func(p *platform) {
		given := map[string]bool{}
		p.fetch = fetched(p, func(page *channel.Page, _ channel.Cursor) {
			page.Items = slices.DeleteFunc(page.Items, func(i channel.Item) bool { return given[i.ID] })
			for _, i := range page.Items {
				given[i.ID] = true
			}
		})
	}},
	{"the cursor is known to one process only", "cursor-survives", func(p *platform) {
		mine := map[channel.Cursor]bool{"": true}
		p.fetch = func(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
			alone.Lock()
			defer alone.Unlock()
			if !mine[after] {
				return channel.Page{}, &channel.Error{Code: channel.ErrCursorExpired, Op: "fetch"}
			}
			page, err := p.Channel.Fetch(ctx, after, limit)
			mine[page.Next] = true
			return page, err
		}
	}},
	{"nothing new, no cursor", "idle-cursor", paged(func(page *channel.Page, _ channel.Cursor) {
		if len(page.Items) == 0 {
			page.Next = ""
		}
	})},
	{"what it does not know is the beginning", "cursor-foreign", func(p *platform) {
		p.fetch = func(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
			if !strings.HasPrefix(string(after), "at-") {
				after = ""
			}
			return p.Channel.Fetch(ctx, after, limit)
		}
	}},
	{"an expired cursor is a failure like any other", "cursor-expired", func(p *platform) {
		p.fetch = func(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
			page, err := p.Channel.Fetch(ctx, after, limit)
			if errors.Is(err, channel.ErrCursorExpired) {
				err = &channel.Error{Code: channel.ErrUnavailable, Op: "fetch"}
			}
			return page, err
		}
	}},
	{"a hole is passed over", "gap", paged(func(page *channel.Page, _ channel.Cursor) { page.Gap = false })},
	{"poison blocks", "poison", func(p *platform) {
		p.fetch = func(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
			page, err := p.Channel.Fetch(ctx, after, limit)
			if err == nil && slices.ContainsFunc(page.Items, undecodable) {
				return channel.Page{}, &channel.Error{Code: channel.ErrUnavailable, Op: "fetch", Reason: "not JSON"}
			}
			return page, err
		}
	}},
	{"poison is dropped", "poison", paged(func(page *channel.Page, _ channel.Cursor) {
		page.Items = slices.DeleteFunc(page.Items, undecodable)
	})},
	{"the context is ignored", "fetch-cancelled", func(p *platform) {
		p.fetch = func(_ context.Context, after channel.Cursor, limit int) (channel.Page, error) {
			return p.Channel.Fetch(context.Background(), after, limit)
		}
	}},
	{"pages share their items", "page-is-yours", func(p *platform) {
		var first []channel.Item
		p.fetch = fetched(p, func(page *channel.Page, after channel.Cursor) {
			if after == "" && len(page.Items) == len(first) {
				page.Items = first
			} else if after == "" {
				first = page.Items
			}
		})
	}},
	{"two at once get in one another's way", "fetch-at-once", func(p *platform) {
		var busy atomic.Int32
		p.fetch = func(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
			defer busy.Add(-1)
			n := busy.Add(1)
			time.Sleep(time.Millisecond)
			page, err := p.Channel.Fetch(ctx, after, limit)
			if n > 1 && err == nil {
				page.Items = page.Items[:0]
			}
			return page, err
		}
	}},
	{"the newest comes first", "thread-in-order", paged(func(page *channel.Page, _ channel.Cursor) { slices.Reverse(page.Items) })},
	{"answers to what is gone are dropped", "child-without-parent", paged(func(page *channel.Page, _ channel.Cursor) {
		gone := map[string]bool{}
		for _, i := range page.Items {
			gone[i.Mention.Ref.ID] = gone[i.Mention.Ref.ID] || i.Kind == channel.Deleted
		}
		page.Items = slices.DeleteFunc(page.Items, func(i channel.Item) bool { return gone[i.Mention.Parent] })
	})},
}

var bugsOfItems = []bug{
	{"instants are local", "who-and-when", items(func(i *channel.Item) {
		i.Mention.PostedAt = i.Mention.PostedAt.In(time.FixedZone("CET", 3600))
	})},
	{"an item has the id of its mention", "item-ids", items(func(i *channel.Item) { i.ID = i.Mention.Ref.ID })},
	{"an edit brings the old words", "edit-is-a-revision", items(func(i *channel.Item) {
		if i.Kind == channel.Edited {
			i.Mention.Text = "one"
		}
	})},
	{"a tombstone keeps the text", "deletion-carries-nothing", items(func(i *channel.Item) {
		if i.Kind == channel.Deleted {
			i.Mention.Text = "a secret"
		}
	})},
	{"a hidden item keeps its author", "hiding-carries-nothing", items(func(i *channel.Item) {
		if i.Kind == channel.Hidden {
			i.Mention.Author.Handle = "eva"
		}
	})},
	{"an echo is a mention", "echo-is-ours", items(func(i *channel.Item) {
		if i.Kind == channel.Echo {
			i.Kind = channel.Created
		}
	})},
	{"what a colleague says is a mention", "echo-from-elsewhere", items(func(i *channel.Item) {
		if i.Kind == channel.Echo && i.Key == "" {
			i.Kind = channel.Created
		}
	})},
	{"what is private is public", "private-flag", items(func(i *channel.Item) { i.Mention.Visibility = mention.Public })},
	{"what is not UTF-8 is dropped", "invalid-utf8", paged(func(page *channel.Page, _ channel.Cursor) {
		page.Items = slices.DeleteFunc(page.Items, func(i channel.Item) bool { return !utf8.ValidString(i.Mention.Text) })
	})},
	{"signs of width zero are taken out", "odd-letters", items(func(i *channel.Item) {
		i.Mention.Text = strings.NewReplacer("\u200b", "", "\u200d", "").Replace(i.Mention.Text)
	})},
	{"a long text is cut, and nobody is told", "long-words", items(func(i *channel.Item) {
		i.Mention.Text = i.Mention.Text[:min(len(i.Mention.Text), 5000)]
	})},
	{"what is older than 1970 is of now", "old-and-new-instants", items(func(i *channel.Item) {
		if i.Mention.PostedAt.Unix() < 0 {
			i.Mention.PostedAt = noon
		}
	})},
}

// alone keeps the memories of bugs from racing: that is not what they are planted for.
var alone sync.Mutex

func undecodable(i channel.Item) bool { return i.Kind == channel.Undecodable }

func changed(honest func() channel.Description, change func(*channel.Description)) func() channel.Description {
	return func() channel.Description {
		d := honest()
		change(&d)
		return d
	}
}

// fetched is an honest fetch whose page is changed.
func fetched(p *platform, change func(*channel.Page, channel.Cursor),
) func(context.Context, channel.Cursor, int) (channel.Page, error) {
	return func(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
		page, err := p.Channel.Fetch(ctx, after, limit)
		if err == nil {
			alone.Lock()
			defer alone.Unlock()
			change(&page, after)
		}
		return page, err
	}
}

func paged(change func(*channel.Page, channel.Cursor)) func(*platform) {
	return func(p *platform) { p.fetch = fetched(p, change) }
}

func items(change func(*channel.Item)) func(*platform) {
	return paged(func(page *channel.Page, _ channel.Cursor) {
		for i := range page.Items {
			change(&page.Items[i])
		}
	})
}

// quiet is a source that has nothing new when it should say why it hears nothing.
func quiet(code channel.Code) func(*platform) {
	return func(p *platform) {
		p.fetch = func(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
			page, err := p.Channel.Fetch(ctx, after, limit)
			if errors.Is(err, code) {
				return channel.Page{Next: after}, nil
			}
			return page, err
		}
	}
}
