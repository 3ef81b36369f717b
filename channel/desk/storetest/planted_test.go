package storetest_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/desk/storetest"
	"github.com/reputekit/reputation/mention"
)

// bugs are the bugs that are planted, each with the check that must catch it.
var bugs = []planted{
	{"revisions of rows are not looked at", "commit-revisions", altered(func(s *memstore.Store, c *desk.Commit) {
		for n := range c.Rows {
			c.Rows[n].Revision = stored(s, c.Rows[n].Address)
		}
	})},
	{"rows are stored before the events are looked at", "commit-all-or-nothing", func(f *flawed) {
		f.commit = func(ctx context.Context, c desk.Commit) error {
			if err := f.Store.Commit(ctx, desk.Commit{Rows: c.Rows}); err != nil {
				return err
			}
			c.Rows = nil
			return f.Store.Commit(ctx, c)
		}
	}},
	{"two who read one revision both store", "race-one-row", func(f *flawed) {
		var mu sync.Mutex
		crowds := map[int]*sync.WaitGroup{}
		f.commit = func(ctx context.Context, c desk.Commit) error {
			if len(c.Rows) == 1 && c.Rows[0].Revision > 0 && isDigit(c.Rows[0].State) {
				// the eight of the race: all have read before one writes
				r := &c.Rows[0]
				mu.Lock()
				if crowds[r.Revision] == nil {
					crowds[r.Revision] = &sync.WaitGroup{}
					crowds[r.Revision].Add(8)
				}
				crowd := crowds[r.Revision]
				mu.Unlock()
				crowd.Done()
				crowd.Wait()
				mu.Lock()
				defer mu.Unlock()
				r.Revision = stored(f.Store, r.Address)
			}
			return f.Store.Commit(ctx, c)
		}
	}},
	{"only the last 64 events are known", "commit-known-event", func(f *flawed) {
		var last []string
		f.commit = func(ctx context.Context, c desk.Commit) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			for _, id := range c.Events {
				if slices.Contains(last, id) {
					return desk.ErrKnown
				}
				last = append(last, id)
			}
			last = last[max(0, len(last)-64):]
			c.Events = nil
			return f.Store.Commit(ctx, c)
		}
	}},
	{"an event twice in one commit counts once", "commit-known-event", altered(func(_ *memstore.Store, c *desk.Commit) {
		c.Events = slices.Compact(slices.Sorted(slices.Values(c.Events)))
	})},
	{"a context that is done is not looked at", "commit-done-context", func(f *flawed) {
		f.commit = func(ctx context.Context, c desk.Commit) error { return f.Store.Commit(context.WithoutCancel(ctx), c) }
	}},
	{"JSON is compacted on the way in", "trail-bytes", altered(func(_ *memstore.Store, c *desk.Commit) {
		for n := range c.Entries {
			var b bytes.Buffer
			if json.Compact(&b, c.Entries[n].Body) == nil {
				c.Entries[n].Body = b.Bytes()
			}
		}
	})},
	{"an entry is kept without its salt", "trail-links", altered(func(_ *memstore.Store, c *desk.Commit) {
		for n := range c.Entries {
			c.Entries[n].Salt = nil
		}
	})},
	{"instants are kept to the second", "due-until", altered(func(_ *memstore.Store, c *desk.Commit) {
		for n := range c.Rows {
			c.Rows[n].Due = c.Rows[n].Due.Add(-time.Nanosecond).Truncate(time.Second)
		}
	})},
	{"ids are compared without case", "commit-odd-names", altered(func(_ *memstore.Store, c *desk.Commit) {
		for n := range c.Rows {
			c.Rows[n].ID = strings.ToLower(c.Rows[n].ID)
		}
	})},
	{"what was given is given again, the same bytes in memory", "commit-nothing-shared", func(f *flawed) {
		kept := map[desk.Address]desk.Row{}
		f.row = func(ctx context.Context, at desk.Address) (desk.Row, error) {
			f.mu.Lock()
			defer f.mu.Unlock()
			r, err := f.Store.Row(ctx, at)
			if k, ok := kept[at]; ok && k.Revision == r.Revision {
				return k, err
			}
			kept[at] = r
			return r, err
		}
	}},
	{"keys know no tenant", "row-tenants", func(f *flawed) {
		f.find = func(ctx context.Context, tenant string, keys []string) (desk.Address, error) {
			for _, tenant := range []string{tenant, "t", "u"} {
				if at, err := f.Store.Find(ctx, tenant, keys); err == nil {
					return at, nil
				}
			}
			return desk.Address{}, desk.ErrAbsent
		}
	}},
	{"a key goes to whoever names it last", "key-stays", func(f *flawed) {
		last := map[string]desk.Address{}
		f.commit = func(ctx context.Context, c desk.Commit) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			err := f.Store.Commit(ctx, c)
			for _, r := range c.Rows {
				for _, k := range r.Keys {
					last[k] = r.Address
				}
			}
			return err
		}
		f.find = func(ctx context.Context, tenant string, keys []string) (desk.Address, error) {
			f.mu.Lock()
			defer f.mu.Unlock()
			at, err := f.Store.Find(ctx, tenant, keys)
			if err == nil && len(keys) == 1 {
				at = last[keys[0]]
			}
			return at, err
		}
	}},
	{"the last known key is followed", "key-first-known", func(f *flawed) {
		f.find = func(ctx context.Context, tenant string, keys []string) (desk.Address, error) {
			keys = slices.Clone(keys)
			slices.Reverse(keys)
			return f.Store.Find(ctx, tenant, keys)
		}
	}},
	{"the limit of Due is not kept", "due-limit", func(f *flawed) {
		f.due = func(ctx context.Context, until time.Time, _ int) ([]desk.Row, error) {
			return f.Store.Due(ctx, until, everywhere)
		}
	}},
	{"a row without a Due is due at once", "due-zero", func(f *flawed) {
		f.due = func(ctx context.Context, until time.Time, limit int) ([]desk.Row, error) {
			out, err := f.Store.Due(ctx, until, limit)
			for r := range f.Store.Rows(ctx, desk.RowQuery{Tenant: "t", Kind: desk.KindCase}) {
				if r.Due.IsZero() {
					out = append(out, r)
				}
			}
			return out, err
		}
	}},
	{"rows that are due at one instant come as they were stored", "due-order", func(f *flawed) {
		f.due = func(ctx context.Context, until time.Time, limit int) ([]desk.Row, error) {
			out, err := f.Store.Due(ctx, until, limit)
			slices.Reverse(out)
			slices.SortStableFunc(out, func(a, b desk.Row) int { return a.Due.Compare(b.Due) })
			return out, err
		}
	}},
	{"rows come by id alone", "row-order", func(f *flawed) {
		f.rows = func(ctx context.Context, q desk.RowQuery) iter.Seq2[desk.Row, error] {
			var all []desk.Row
			for r := range f.Store.Rows(ctx, q) {
				all = append(all, r)
			}
			slices.SortFunc(all, func(a, b desk.Row) int { return cmp.Compare(a.ID, b.ID) })
			return inTurn(all)
		}
	}},
	{"a row keeps the labels it ever had", "row-labels-change", altered(func(s *memstore.Store, c *desk.Commit) {
		for n := range c.Rows {
			if was, err := s.Row(context.Background(), c.Rows[n].Address); err == nil {
				c.Rows[n].Labels = slices.Compact(slices.Sorted(slices.Values(append(was.Labels, c.Rows[n].Labels...))))
			}
		}
	})},
	{"a page begins with the last row of the one before", "row-behind", func(f *flawed) {
		f.rows = func(ctx context.Context, q desk.RowQuery) iter.Seq2[desk.Row, error] {
			from := q
			from.Queue, from.ID = "", ""
			var all []desk.Row
			for r := range f.Store.Rows(ctx, from) {
				if cmp.Or(cmp.Compare(r.Queue, q.Queue), cmp.Compare(r.ID, q.ID)) >= 0 {
					all = append(all, r)
				}
			}
			return inTurn(all)
		}
	}},
	{"a walk looks its place up anew for every row", "walk-once", func(f *flawed) {
		f.rows = func(ctx context.Context, q desk.RowQuery) iter.Seq2[desk.Row, error] {
			return func(yield func(desk.Row, error) bool) {
				for n := 0; ; n++ {
					at, found := 0, false
					for r, err := range f.Store.Rows(ctx, q) {
						if at++; at == n+1 {
							if found = true; !yield(r, err) {
								return
							}
							break
						}
					}
					if !found {
						return
					}
				}
			}
		}
	}},
	{"no commit gets through while somebody walks", "walk-commits", func(f *flawed) {
		walking := false
		f.rows = func(ctx context.Context, q desk.RowQuery) iter.Seq2[desk.Row, error] {
			return func(yield func(desk.Row, error) bool) {
				walking = true
				defer func() { walking = false }()
				f.Store.Rows(ctx, q)(yield)
			}
		}
		f.commit = func(ctx context.Context, c desk.Commit) error {
			if walking {
				return errors.New("the store is locked")
			}
			return f.Store.Commit(ctx, c)
		}
	}},
	{"entries come by the text of their number", "trail-order", func(f *flawed) {
		f.entries = func(ctx context.Context, at desk.Address) iter.Seq2[desk.Entry, error] {
			var all []desk.Entry
			for e := range f.Store.Entries(ctx, at) {
				all = append(all, e)
			}
			slices.SortStableFunc(all, func(a, b desk.Entry) int { return cmp.Compare(a.Seq%10, b.Seq%10) })
			return inTurn(all)
		}
	}},
	{"entries are numbered by the store", "trail-no-hole", func(f *flawed) {
		next := map[desk.Address]int{}
		altered(func(_ *memstore.Store, c *desk.Commit) {
			for n := range c.Entries {
				next[c.Entries[n].Address]++
				c.Entries[n].Seq = next[c.Entries[n].Address]
			}
		})(f)
	}},
	{"what changed last comes last", "outbox-order", func(f *flawed) {
		changed := map[string]int{}
		f.commit = func(ctx context.Context, c desk.Commit) error {
			for _, o := range c.Outbox {
				changed[o.Key] = len(changed) + 1000*o.Revision
			}
			return f.Store.Commit(ctx, c)
		}
		f.outbox = func(ctx context.Context, q desk.OutboxQuery) iter.Seq2[desk.Outbound, error] {
			var all []desk.Outbound
			for o := range f.Store.Outbox(ctx, q) {
				all = append(all, o)
			}
			slices.SortStableFunc(all, func(a, b desk.Outbound) int { return changed[a.Key] - changed[b.Key] })
			return inTurn(all)
		}
	}},
	{"who asks by key gets it, whatever else is asked", "outbox-query", func(f *flawed) {
		f.outbox = func(ctx context.Context, q desk.OutboxQuery) iter.Seq2[desk.Outbound, error] {
			if q.Key != "" {
				q = desk.OutboxQuery{Key: q.Key}
			}
			return f.Store.Outbox(ctx, q)
		}
	}},
	{"an uncertain request lets the next one pass", "ready-uncertain", func(f *flawed) {
		slowly(f, func(o desk.Outbound) (bool, bool) { return o.State != desk.Uncertain, o.State != desk.Uncertain }, byNext)
	}},
	{"an uncertain request is tried again", "ready-uncertain", func(f *flawed) {
		slowly(f, func(desk.Outbound) (bool, bool) { return true, true }, byNext)
	}},
	{"a request that waits is overtaken in its lane", "ready-next", func(f *flawed) {
		slowly(f, func(o desk.Outbound) (bool, bool) { return o.State != desk.Uncertain, true }, nil)
	}},
	{"what is ready comes as it was stored", "ready-order", func(f *flawed) {
		slowly(f, func(o desk.Outbound) (bool, bool) { return o.State != desk.Uncertain, true },
			func(desk.Outbound, desk.Outbound) int { return 0 })
	}},
	{"an item that comes again is worked on again", "inbox-done", func(f *flawed) {
		var twice []desk.Inbound
		f.commit = func(ctx context.Context, c desk.Commit) error {
			for _, in := range c.Inbox {
				if was, err := f.Store.Item(ctx, in.Tenant, in.Channel, in.Item.ID); err == nil && was.Done && !in.Done {
					twice = append(twice, in)
				}
			}
			return f.Store.Commit(ctx, c)
		}
		f.inbox = func(ctx context.Context, limit int) ([]desk.Inbound, error) {
			out, err := f.Store.Inbox(ctx, limit)
			return append(out, twice...), err
		}
	}},
	{"what is done is forgotten", "inbox-done", func(f *flawed) {
		f.item = func(ctx context.Context, tenant, name, id string) (desk.Inbound, error) {
			in, err := f.Store.Item(ctx, tenant, name, id)
			if err == nil && in.Done {
				err = desk.ErrAbsent
			}
			return in, err
		}
	}},
	{"a cursor goes forward only, as text", "cursor", func(f *flawed) {
		most := map[string]channel.Cursor{}
		f.cursor = func(ctx context.Context, name string) (channel.Cursor, error) {
			c, err := f.Store.Cursor(ctx, name)
			most[name] = max(most[name], c)
			return most[name], err
		}
		f.commit = func(ctx context.Context, c desk.Commit) error {
			for name, to := range c.Cursors {
				most[name] = max(most[name], to)
			}
			return f.Store.Commit(ctx, c)
		}
	}},
	{"the text that came last is the newest", "text-newest", func(f *flawed) {
		last := map[mention.Ref]desk.Text{}
		f.commit = func(ctx context.Context, c desk.Commit) error {
			for _, t := range c.Texts {
				last[t.Ref] = t
			}
			return f.Store.Commit(ctx, c)
		}
		f.text = func(_ context.Context, _ string, ref mention.Ref) (desk.Text, error) { return last[ref], nil }
	}},
}

func TestPlantedBugsAreCaught(t *testing.T) {
	for _, x := range slices.Concat(bugs, erasureBugs) {
		t.Run(x.bug, func(t *testing.T) {
			h := memory(t)
			h.New = func(context.Context) (desk.Store, error) {
				f := &flawed{Store: &memstore.Store{}}
				x.plant(f)
				return f, nil
			}
			h.Reopen = nil
			by := failed(storetest.Check(t.Context(), h))
			assert.Contains(t, by, x.caught, "the check that is there for it")
		})
	}
}

func failed(results []storetest.Result) (names []string) {
	for _, r := range results {
		if r.Err != nil {
			names = append(names, r.Name)
		}
	}
	return names
}

func TestAStoreThatForgets(t *testing.T) {
	for _, x := range []struct {
		reason string
		reopen func(context.Context, desk.Store) (desk.Store, error)
		caught []string
	}{
		{"everything", func(context.Context, desk.Store) (desk.Store, error) { return &memstore.Store{}, nil },
			[]string{"restart-everything", "restart-order", "restart-events"}},
		{"the ids of events", func(ctx context.Context, s desk.Store) (desk.Store, error) {
			f := &flawed{Store: s.(*memstore.Store)}
			altered(func(_ *memstore.Store, c *desk.Commit) { c.Events = nil })(f)
			return f, nil
		}, []string{"restart-events"}},
		{"how to begin", func(context.Context, desk.Store) (desk.Store, error) { return nil, errors.New("no such file") },
			[]string{"restart-everything", "restart-order", "restart-events"}},
	} {
		h := memory(t)
		h.Reopen = x.reopen
		results := storetest.Check(t.Context(), h)
		assert.Equal(t, x.caught, failed(results), x.reason)
		assert.Contains(t, results[len(results)-1].String(), "restart-events: does not hold: ", x.reason)
	}
}

func TestWhatIsNotTriedSaysSo(t *testing.T) {
	results := storetest.Check(t.Context(), storetest.Harness{})
	require.Len(t, results, 1)
	assert.ErrorContains(t, results[0].Err, "the harness lacks New")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, r := range storetest.Check(ctx, memory(t)) {
		require.NoError(t, r.Err)
		require.Equal(t, r.Name+": skipped: context canceled", r.String())
	}
}

func TestAStoreThatPanics(t *testing.T) {
	h := storetest.Harness{New: func(context.Context) (desk.Store, error) {
		f := &flawed{Store: &memstore.Store{}}
		f.row = func(context.Context, desk.Address) (desk.Row, error) { panic("no rows today") }
		return f, nil
	}}
	results := storetest.Check(t.Context(), h)
	require.NotEmpty(t, results)
	assert.ErrorContains(t, results[0].Err, "it panics: no rows today")
}
