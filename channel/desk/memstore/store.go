package memstore

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/trail"
)

// A Store is a desk.Store in memory. The zero value is ready. It is safe for concurrent use and must not be copied.
type Store struct {
	// File, when not empty, is where every commit is saved before it returns. It is set before the first use; a snapshot
	// that is there already is opened first, or no commit succeeds.
	File string

	saving sync.Mutex // around mu

	mu    sync.RWMutex
	saved []byte      // what File holds, once it was written
	wrote fs.FileInfo // File, as this store read or wrote it last
	content
}

// content is everything a store keeps, with its indexes.
type content struct {
	rows    map[desk.Address]*desk.Row // like requests and items replaced, never written to
	due     *agenda[desk.Address]
	labels  map[label]map[desk.Address]struct{}
	keys    map[tenantKey]desk.Address
	trails  map[desk.Address][]desk.Entry
	outbox  []*desk.Outbound
	byKey   map[string]int   // place in outbox
	byID    map[string][]int // places in outbox by who asked, ascending
	open    []int            // places in outbox of what is not settled, ascending
	lanes   lanes
	events  map[string]struct{}
	texts   map[textKey][]desk.Text // revisions, ascending
	inbox   []*desk.Inbound
	items   map[itemKey]int // place in inbox
	waiting []int           // places in inbox that nobody has worked on, ascending
	cursors map[string]channel.Cursor
}

var _ desk.Store = (*Store)(nil)

type tenantKey struct{ tenant, key string }

type textKey struct {
	tenant string
	ref    mention.Ref
}

// A label of one tenant's rows of one kind.
type label struct{ tenant, kind, name string }

type itemKey struct{ tenant, channel, id string }

// Commit implements desk.Store. With a File it fails if the file cannot be written; then nothing was stored.
func (s *Store) Commit(ctx context.Context, c desk.Commit) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ready()
	if err := s.check(c); err != nil {
		return err
	}
	if s.File == "" {
		s.apply(c)
		return nil
	}
	return s.applyAndSave(c)
}

func (s *Store) ready() {
	if s.rows == nil {
		s.rows = map[desk.Address]*desk.Row{}
		s.keys = map[tenantKey]desk.Address{}
		s.labels = map[label]map[desk.Address]struct{}{}
		s.trails = map[desk.Address][]desk.Entry{}
		s.due = newAgenda(byAddress)
		s.byKey, s.byID = map[string]int{}, map[string][]int{}
		s.lanes = newLanes()
		s.events = map[string]struct{}{}
		s.texts = map[textKey][]desk.Text{}
		s.items = map[itemKey]int{}
		s.cursors = map[string]channel.Cursor{}
	}
}

// check refuses a commit before anything of it is stored.
func (s *Store) check(c desk.Commit) error {
	rows := map[desk.Address]bool{}
	for _, r := range c.Rows {
		if rows[r.Address] {
			return fmt.Errorf("%s %s stands twice in one commit", r.Kind, r.ID)
		}
		rows[r.Address] = true
		if was := s.revision(r.Address); was != r.Revision {
			return fmt.Errorf("%s %s: %w: stored %d, expected %d", r.Kind, r.ID, desk.ErrConflict, was, r.Revision)
		}
	}
	events := map[string]bool{}
	for _, id := range c.Events {
		if _, known := s.events[id]; known || events[id] {
			return fmt.Errorf("%s: %w", id, desk.ErrKnown)
		}
		events[id] = true
	}
	asked := map[string]bool{}
	for _, o := range c.Outbox {
		if asked[o.Key] {
			return fmt.Errorf("request %s stands twice in one commit", o.Key)
		}
		asked[o.Key] = true
		if was := s.asked(o.Key); was != o.Revision {
			return fmt.Errorf("request %s: %w: stored %d, expected %d", o.Key, desk.ErrConflict, was, o.Revision)
		}
	}
	next := map[desk.Address]int{}
	for _, e := range c.Entries {
		if _, begun := next[e.Address]; !begun {
			next[e.Address] = len(s.trails[e.Address]) + 1
		}
		if e.Seq != next[e.Address] {
			return fmt.Errorf("%s %s: entry %d where %d comes next", e.Kind, e.ID, e.Seq, next[e.Address])
		}
		next[e.Address]++
	}
	return nil
}

func (s *Store) revision(at desk.Address) int {
	if r := s.rows[at]; r != nil {
		return r.Revision
	}
	return 0
}

// asked is the revision of a request.
func (s *Store) asked(key string) int {
	if at, known := s.byKey[key]; known {
		return s.outbox[at].Revision
	}
	return 0
}

// apply stores a commit that was checked. It cannot fail.
func (s *Store) apply(c desk.Commit) {
	for _, e := range c.Erased {
		s.erase(e)
	}
	for _, r := range c.Rows {
		s.giveUp(r) // before any other row of the commit takes it
	}
	for _, r := range c.Rows {
		r.Revision++
		s.putRow(r)
	}
	for _, e := range c.Entries {
		e.Link = linked(e.Link)
		s.trails[e.Address] = append(s.trails[e.Address], e)
	}
	for _, o := range c.Outbox {
		o.Revision++
		s.putOutbound(o)
	}
	for _, id := range c.Events {
		s.events[id] = struct{}{}
	}
	for _, t := range c.Texts {
		s.putText(t)
	}
	for _, in := range c.Inbox {
		s.putInbound(in)
	}
	for name, cursor := range c.Cursors {
		s.cursors[name] = cursor
	}
}

func linked(l trail.Link) trail.Link {
	return trail.Link{Head: slices.Clone(l.Head), Salt: slices.Clone(l.Salt), Body: slices.Clone(l.Body)}
}

// putRow stores a row as it stands, and leads its keys to it. A key that leads elsewhere stays there and is not kept
// with this row, so that a snapshot says which key leads where.
func (s *Store) putRow(r desk.Row) {
	r.Keys, r.Labels, r.State = slices.Clone(r.Keys), slices.Clone(r.Labels), slices.Clone(r.State)
	s.relabel(r)
	r.Keys = slices.DeleteFunc(r.Keys, func(k string) bool {
		at := tenantKey{r.Tenant, k}
		if owner, taken := s.keys[at]; taken {
			return owner != r.Address
		}
		s.keys[at] = r.Address
		return false
	})
	s.rows[r.Address] = &r
	if r.Due.IsZero() {
		s.due.drop(r.Address)
	} else {
		s.due.set(r.Address, r.Due)
	}
}

// giveUp takes away the keys that a row had and has no longer.
func (s *Store) giveUp(r desk.Row) {
	old := s.rows[r.Address]
	if old == nil {
		return
	}
	for _, k := range old.Keys {
		if at := (tenantKey{r.Tenant, k}); s.keys[at] == r.Address && !slices.Contains(r.Keys, k) {
			delete(s.keys, at)
		}
	}
}

// relabel keeps the index of labels in step with a row.
func (s *Store) relabel(r desk.Row) {
	if old := s.rows[r.Address]; old != nil {
		for _, name := range old.Labels {
			delete(s.labels[label{r.Tenant, r.Kind, name}], r.Address)
		}
	}
	for _, name := range r.Labels {
		at := label{r.Tenant, r.Kind, name}
		if s.labels[at] == nil {
			s.labels[at] = map[desk.Address]struct{}{}
		}
		s.labels[at][r.Address] = struct{}{}
	}
}

func (s *Store) putOutbound(o desk.Outbound) {
	o.Body = slices.Clone(o.Body)
	at, known := s.byKey[o.Key]
	if !known {
		at = len(s.outbox)
		s.byKey[o.Key] = at
		s.byID[o.ID] = append(s.byID[o.ID], at)
		s.outbox = append(s.outbox, nil)
	}
	was := s.outbox[at]
	s.outbox[at] = &o
	s.open = place(s.open, at, o.State != desk.Settled)
	s.lanes.move(s.outbox, at, was, &o)
}

func (s *Store) putText(t desk.Text) {
	k := textKey{t.Tenant, t.Ref}
	list := s.texts[k]
	at, known := slices.BinarySearchFunc(list, t.Rev, func(x desk.Text, rev int) int { return x.Rev - rev })
	if known {
		list[at] = t
		return
	}
	s.texts[k] = slices.Insert(list, at, t)
}

func (s *Store) putInbound(in desk.Inbound) {
	if in.Done && in.Parked == "" {
		in.Item = channel.Item{ID: in.Item.ID, Kind: in.Item.Kind} // that it is known is all that is still needed
	}
	in.Item = cloned(in.Item)
	k := itemKey{in.Tenant, in.Channel, in.Item.ID}
	at, known := s.items[k]
	if known && !in.Done && in.Parked == "" {
		return
	}
	if !known {
		at = len(s.inbox)
		s.items[k] = at
		s.inbox = append(s.inbox, nil)
	}
	s.inbox[at] = &in
	s.waiting = place(s.waiting, at, !in.Done && in.Parked == "")
}

// place puts n into a sorted list, or takes it out.
func place(list []int, n int, in bool) []int {
	at, found := slices.BinarySearch(list, n)
	switch {
	case in && !found:
		return slices.Insert(list, at, n)
	case !in && found && at == 0:
		return list[1:]
	case !in && found:
		return slices.Delete(list, at, at+1)
	}
	return list
}

func cloned(item channel.Item) channel.Item {
	item.Raw = slices.Clone(item.Raw)
	item.Mention.Media = slices.Clone(item.Mention.Media)
	item.Mention.Links = slices.Clone(item.Mention.Links)
	return item
}

// absent is desk.ErrAbsent of one thing. Who is new asks for much that is not there: it is made without a format.
type absent struct{ kind, id string }

func (a absent) Error() string { return a.kind + " " + a.id + ": " + desk.ErrAbsent.Error() }

func (a absent) Unwrap() error { return desk.ErrAbsent }

// Row implements desk.Store.
func (s *Store) Row(ctx context.Context, at desk.Address) (desk.Row, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	r := s.rows[at]
	if r == nil {
		return desk.Row{}, absent{at.Kind, at.ID}
	}
	return copied(r), ctx.Err()
}

func copied(r *desk.Row) desk.Row {
	c := *r
	c.Keys, c.Labels, c.State = slices.Clone(r.Keys), slices.Clone(r.Labels), slices.Clone(r.State)
	return c
}

// Find implements desk.Store.
func (s *Store) Find(ctx context.Context, tenant string, keys []string) (desk.Address, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, k := range keys {
		if at, ok := s.keys[tenantKey{tenant, k}]; ok {
			return at, ctx.Err()
		}
	}
	return desk.Address{}, absent{"row of the key", strings.Join(keys, ", ")}
}
