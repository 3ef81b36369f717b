package channeltest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/mention"
)

// instant is when everybody speaks in these worlds, unless a rule says otherwise.
var instant = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// A trial is one rule being tried on one world.
type trial struct {
	ctx  context.Context
	h    *Harness
	c    channel.Connector
	d    channel.Description
	said *words
	news []channel.Item // heard by pushes
}

// words is everything that errors have said in all trials.
type words struct {
	mu  sync.Mutex
	all []string
}

func (w *words) add(s string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, s)
}

func begin(ctx context.Context, h *Harness, said *words) *trial {
	t := &trial{ctx: ctx, h: h, said: said}
	t.reopen()
	return t
}

// reopen begins a new process on the same world.
func (t *trial) reopen() {
	t.c = t.h.Open()
	t.d = t.c.Describe()
}

// must ends the trial if the rule does not hold.
func (t *trial) must(holds bool, format string, args ...any) {
	if !holds {
		panic(stopped{err: fmt.Errorf(format, args...)})
	}
}

// skip ends the trial because only now it is seen that the rule is not for this platform.
func (t *trial) skip(why string) { panic(stopped{skipped: why}) }

// ok ends the trial if a call failed that should not.
func (t *trial) ok(what string, err error) {
	t.heed(err)
	t.must(err == nil, "%s failed: %v", what, err)
}

// failed ends the trial unless a call failed with one of the codes, as an *Error that says what was tried.
func (t *trial) failed(what string, err error, codes ...channel.Code) {
	t.heed(err)
	t.must(err != nil, "%s did not fail; wanted %q", what, codes)
	var e *channel.Error
	t.must(errors.As(err, &e), "%s failed with %T and not with a *channel.Error: %v", what, err, err)
	t.must(e.Op != "", "%s: the error has no Op: %v", what, err)
	t.must(len(codes) == 0 || slices.Contains(codes, e.Code), "%s failed with %q, wanted %q: %v", what, e.Code, codes, err)
}

// undone ends the trial if an error leaves open whether something was done.
func (t *trial) undone(what string, err error) {
	t.must(channel.Classify(err) != channel.FindOut, "%s was certainly not done, and its error does not say so: %v", what, err)
}

// heed remembers what an error says.
func (t *trial) heed(err error) {
	if err != nil {
		t.said.add(fmt.Sprintf("%v %+v", err, err))
	}
}

// within makes a call that has to end, and ends the trial if it does not.
func (t *trial) within(what string, call func()) {
	ended := make(chan any, 1)
	go func() {
		defer func() { ended <- recover() }()
		call()
	}()
	select {
	case why := <-ended:
		if why != nil {
			panic(why)
		}
	case <-time.After(t.h.patience()):
		t.must(false, "%s did not end within %s", what, t.h.patience())
	}
}

// until waits for something to happen in the world, as long as patience lasts.
func (t *trial) until(holds func() bool) bool {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	over := time.After(t.h.patience())
	for !holds() {
		select {
		case <-tick.C:
		case <-over:
			return false
		}
	}
	return true
}

// said is one mention of somebody's.
func says(text string) mention.Mention {
	return mention.Mention{Author: mention.Author{ID: "u1", Handle: "eva"}, Text: text, PostedAt: instant}
}

func (t *trial) post(text string) mention.Ref {
	ref := t.h.Post(says(text))
	t.must(ref.ID != "", "Harness.Post gave no reference")
	return ref
}

// posts lets n people speak.
func (t *trial) posts(n int) (refs []mention.Ref) {
	for i := range n {
		m := says(fmt.Sprintf("word %d", i+1))
		m.PostedAt = instant.Add(time.Duration(i) * time.Minute)
		refs = append(refs, t.h.Post(m))
	}
	return refs
}

// fetch is one page.
func (t *trial) fetch(after channel.Cursor, limit int) channel.Page {
	var page channel.Page
	var err error
	t.within("Fetch", func() { page, err = t.c.(channel.Source).Fetch(t.ctx, after, limit) })
	t.ok("Fetch", err)
	t.must(page.Next != "", "the page has no next cursor")
	return page
}

// pages is every page from a cursor on.
func (t *trial) pages(from channel.Cursor, limit int) (pages []channel.Page) {
	for {
		page := t.fetch(from, limit)
		pages = append(pages, page)
		if !page.More {
			return pages
		}
		t.must(page.Next != from, "there is more, and the cursor stands still")
		t.must(len(pages) < 1000, "there is always more")
		from = page.Next
	}
}

// fetched is every item from a cursor on, and the cursor after it.
func (t *trial) fetched(from channel.Cursor, limit int) (items []channel.Item, next channel.Cursor) {
	for _, p := range t.pages(from, limit) {
		items, next = append(items, p.Items...), p.Next
	}
	return items, next
}

// heard is everything there was to hear in this world, however the connector hears.
func (t *trial) heard() []channel.Item {
	if t.d.Fetches {
		items, _ := t.fetched("", 100)
		return items
	}
	for _, in := range t.h.Push(Good) {
		t.news = append(t.news, t.receive(in).Items...)
	}
	return t.news
}

// of is the items of a kind, in order.
func of(items []channel.Item, kind channel.ItemKind) (out []channel.Item) {
	for _, i := range items {
		if i.Kind == kind {
			out = append(out, i)
		}
	}
	return out
}

// about is the items of a kind about one reference.
func about(items []channel.Item, kind channel.ItemKind, ref mention.Ref) (out []channel.Item) {
	for _, i := range of(items, kind) {
		if i.Mention.Ref.ID == ref.ID {
			out = append(out, i)
		}
	}
	return out
}

// one is the only item of a kind about one reference.
func (t *trial) one(items []channel.Item, kind channel.ItemKind, ref mention.Ref) channel.Item {
	found := about(items, kind, ref)
	t.must(len(found) == 1, "%s is heard %d times as %s, wanted once", ref.ID, len(found), kind)
	return found[0]
}

func texts(items []channel.Item) (out []string) {
	for _, i := range items {
		out = append(out, i.Mention.Text)
	}
	return out
}

func ids(items []channel.Item) (out []string) {
	for _, i := range items {
		out = append(out, i.ID)
	}
	return out
}
