package desk

import (
	"context"
	"hash/fnv"
	"sync"
)

// shards let commits about one case come one after the other, and those about others at the same time. They are waited
// for as long as a context lets one: so they are channels and no locks.
type shards [64]chan struct{}

func newShards() (s shards) {
	for i := range s {
		s[i] = make(chan struct{}, 1)
	}
	return s
}

func (s *shards) of(id string) chan struct{} {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return s[h.Sum32()%uint32(len(s))]
}

// enter waits for the shard of an id; the empty id has none.
func (s *shards) enter(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	select {
	case s.of(id) <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *shards) leave(id string) {
	if id != "" {
		<-s.of(id)
	}
}

// atOnce works on a batch with as many goroutines as there are workers. What has one id is worked on in the order of the
// batch, by one of them; it ends when all of it is done. With one worker it is a loop.
func atOnce[T any](workers int, batch []T, id func(T) string, do func(T)) {
	if workers <= 1 || len(batch) < 2 {
		for _, x := range batch {
			do(x)
		}
		return
	}
	parts := make([][]T, workers)
	for _, x := range batch {
		h := fnv.New32a()
		_, _ = h.Write([]byte(id(x)))
		n := h.Sum32() % uint32(workers)
		parts[n] = append(parts[n], x)
	}
	var all sync.WaitGroup
	for _, part := range parts {
		if len(part) == 0 {
			continue
		}
		all.Go(func() {
			for _, x := range part {
				do(x)
			}
		})
	}
	all.Wait()
}
