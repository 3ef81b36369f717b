package desk

import "sync"

// failures are those of a store while one piece of work after the other is done. One piece that fails stops no other, but
// a store that fails again and again is down.
type failures struct {
	first error
	row   int
}

// tell takes in how a piece ended, and reports whether to go on makes no sense.
func (f *failures) tell(err error) (down bool) {
	if err == nil {
		f.row = 0
		return false
	}
	if f.first == nil {
		f.first = err
	}
	f.row++
	return f.row >= 5
}

// progress is how a batch comes on that many goroutines work on.
type progress[K comparable] struct {
	mu     sync.Mutex
	n      int        // pieces that were done
	left   map[K]bool // pieces that cannot be done now
	failed failures
	dead   bool
}

func (p *progress[K]) add(piece K, did bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failed.tell(err) {
		p.dead = true
	}
	if did && err == nil {
		p.n++
		return
	}
	p.left[piece] = true
}

// down reports whether to go on makes no sense.
func (p *progress[K]) down() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dead
}

func (p *progress[K]) first() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.failed.first
}
