package desk

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// lines are where commits queue that change rows which others change too: how many cases each member of a tenant has is
// one row. Nobody queues before he has lost once, for most never lose. Whoever stands in the line of a row is the only one
// who changes it: all others queue behind him, but for those who had read it before he came, and of these at most one is
// quicker. So a commit about n rows is tried n+2 times at most, however many there are.
type lines struct {
	waiting atomic.Int64
	mu      sync.Mutex
	of      map[Address]*line
}

// A line is the turn for one row: a channel and no lock, for it is waited for as long as a context lets one.
type line struct {
	turn chan struct{}
	n    int // who have it or wait for it
}

// join waits for the lines of rows and of those that one has the turn of, and says which they are. All wait in one order, so
// that no two wait for each other. On an error one has no turn any more.
func (l *lines) join(ctx context.Context, mine, rows []Address) ([]Address, error) {
	if !slices.ContainsFunc(rows, func(at Address) bool { return !slices.Contains(mine, at) }) {
		return mine, nil
	}
	l.quit(mine)
	rows = slices.Concat(mine, rows)
	slices.SortFunc(rows, byAddress)
	rows = slices.Compact(rows)
	for i, at := range rows {
		select {
		case l.reach(at).turn <- struct{}{}:
		case <-ctx.Done():
			l.forget(at)
			l.quit(rows[:i])
			return nil, ctx.Err()
		}
	}
	return rows, nil
}

// quit lets the next ones have their turn.
func (l *lines) quit(rows []Address) {
	for _, at := range rows {
		<-l.forget(at).turn
	}
}

// reach is the line of a row, with one more who waits.
func (l *lines) reach(at Address) *line {
	l.waiting.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	x := l.of[at]
	if x == nil {
		x = &line{turn: make(chan struct{}, 1)}
		l.of[at] = x
	}
	x.n++
	return x
}

// forget is the line of a row, with one fewer who waits.
func (l *lines) forget(at Address) *line {
	l.waiting.Add(-1)
	l.mu.Lock()
	defer l.mu.Unlock()
	x := l.of[at]
	if x.n--; x.n == 0 {
		delete(l.of, at)
	}
	return x
}

// stand says whether there is a line for one of the rows, but for those that one has the turn of.
func (l *lines) stand(rows, mine []Address) bool {
	if l.waiting.Load() == 0 {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.ContainsFunc(rows, func(at Address) bool { return l.of[at] != nil && !slices.Contains(mine, at) })
}

func byAddress(a, b Address) int {
	return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}
