package desk

import (
	"context"
	"iter"
	"sync"
)

// A Change says that a case, an incident or a tally was stored.
type Change struct {
	Address
	Revision int  // of its row, now
	Missed   bool // there were others before it that were not told: look at everything anew
}

// heldChanges is how many changes wait for a reader before he misses some.
const heldChanges = 256

// feed tells whoever watches what was stored.
type feed struct {
	mu       sync.Mutex
	watchers map[*watcher]bool
}

// A watcher is one reader of the feed.
type watcher struct {
	tenant string
	missed bool
	held   chan Change
}

func (f *feed) tell(c Change) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for w := range f.watchers {
		if w.tenant != c.Tenant {
			continue
		}
		c.Missed = w.missed
		select {
		case w.held <- c:
			w.missed = false
		default:
			w.missed = true
		}
	}
}

// Changes gives what is stored of one tenant from this call on, for a live screen: each time a case or an incident was
// stored by this desk. A reader who is slow holds up nobody: when 256 changes wait for him he misses some, and the next
// one says so. It ends when ctx is done, and when the desk drains.
func (d *Desk) Changes(ctx context.Context, tenant string) iter.Seq[Change] {
	w := &watcher{tenant: tenant, held: make(chan Change, heldChanges)}
	d.feed.mu.Lock()
	d.feed.watchers[w] = true
	d.feed.mu.Unlock()
	context.AfterFunc(ctx, func() {
		d.feed.mu.Lock()
		delete(d.feed.watchers, w)
		d.feed.mu.Unlock()
	})
	return func(yield func(Change) bool) {
		for {
			select {
			case c := <-w.held:
				if !yield(c) {
					return
				}
			case <-ctx.Done():
				return
			case <-d.stop:
				return
			}
		}
	}
}
