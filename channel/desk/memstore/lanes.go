package memstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/channel/desk"
)

// lanes is the index of what is not settled: its places in the outbox by lane, ascending, and of each lane that stands
// still for nobody the first one, by rank and by when it may be tried.
type lanes struct {
	open  map[string][]int
	heads map[int]*agenda[int]
}

func newLanes() lanes { return lanes{open: map[string][]int{}, heads: map[int]*agenda[int]{}} }

// move takes a request from what it was, nil at first, to what it is.
func (l lanes) move(outbox []*desk.Outbound, at int, was, is *desk.Outbound) {
	if was != nil {
		l.pull(was, at)
		if was.Lane != is.Lane {
			l.set(outbox, was.Lane, at, false)
		}
	}
	l.set(outbox, is.Lane, at, is.State != desk.Settled)
}

// pull takes a request out of the heads, if it is one.
func (l lanes) pull(o *desk.Outbound, at int) {
	if heads := l.heads[o.Rank]; heads != nil {
		heads.drop(at)
	}
}

// set puts a place into a lane or takes it out, and makes whoever is first now its head.
func (l lanes) set(outbox []*desk.Outbound, lane string, at int, in bool) {
	list := l.open[lane]
	if len(list) > 0 {
		l.pull(outbox[list[0]], list[0])
	}
	list = place(list, at, in)
	if len(list) == 0 {
		delete(l.open, lane)
		return
	}
	l.open[lane] = list
	first := outbox[list[0]]
	if first.State == desk.Uncertain {
		return
	}
	if l.heads[first.Rank] == nil {
		l.heads[first.Rank] = newAgenda(cmp.Compare[int])
	}
	l.heads[first.Rank].set(list[0], first.Next)
}

// Ready implements desk.Store.
func (s *Store) Ready(ctx context.Context, rank int, until time.Time, limit int) ([]desk.Outbound, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []desk.Outbound
	if heads := s.lanes.heads[rank]; heads != nil {
		for _, at := range heads.until(until, limit) {
			out = append(out, asked(s.outbox[at]))
		}
	}
	return out, ctx.Err()
}

// Item implements desk.Store.
func (s *Store) Item(ctx context.Context, tenant, channel, id string) (desk.Inbound, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	at, known := s.items[itemKey{tenant, channel, id}]
	if !known {
		return desk.Inbound{}, fmt.Errorf("item %s of %s: %w", id, channel, desk.ErrAbsent)
	}
	return came(s.inbox[at]), ctx.Err()
}

func asked(o *desk.Outbound) desk.Outbound {
	c := *o
	c.Body = slices.Clone(o.Body)
	return c
}

func came(in *desk.Inbound) desk.Inbound {
	c := *in
	c.Item = cloned(in.Item)
	return c
}
