package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// statements are prepared once and used again, by their text.
type statements struct {
	prepare func(context.Context, string) (*sql.Stmt, error)
	mu      sync.RWMutex
	of      map[string]*sql.Stmt
}

func newStatements(prepare func(context.Context, string) (*sql.Stmt, error)) *statements {
	return &statements{prepare: prepare, of: map[string]*sql.Stmt{}}
}

func (p *statements) get(text string) (*sql.Stmt, error) {
	p.mu.RLock()
	s := p.of[text]
	p.mu.RUnlock()
	if s != nil {
		return s, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := p.of[text]; s != nil {
		return s, nil
	}
	s, err := p.prepare(context.Background(), text)
	if err == nil {
		p.of[text] = s
	}
	return s, err
}

func (p *statements) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []error
	for _, s := range p.of {
		all = append(all, s.Close())
	}
	clear(p.of)
	return errors.Join(all...)
}

// exec changes something, and says how many rows.
func (p *statements) exec(text string, args ...any) (int64, error) {
	s, err := p.get(text)
	if err != nil {
		return 0, err
	}
	r, err := s.Exec(args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// one reads one row into places, and says whether there is one.
func (p *statements) one(text string, args []any, into ...any) (bool, error) {
	s, err := p.get(text)
	if err != nil {
		return false, err
	}
	err = s.QueryRow(args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each reads row after row until there is no more, or next says stop or fails.
func (p *statements) each(text string, args []any, next func(scan func(...any) error) (bool, error)) error {
	s, err := p.get(text)
	if err != nil {
		return err
	}
	rows, err := s.Query(args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if more, err := next(rows.Scan); err != nil || !more {
			return err
		}
	}
	return rows.Err()
}
