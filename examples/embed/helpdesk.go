package main

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	_ "modernc.org/sqlite"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

//go:embed schema.sql
var schema string

// A Helpdesk keeps tickets in its own database, and lets the library decide what becomes of them. Whatever is decided is
// stored in the transaction that it was decided in.
type Helpdesk struct {
	db    *sql.DB
	rules *respond.Rules
}

// Open opens the database in a file, and makes its tables where they are missing.
func Open(path string, rules *respond.Rules) (*Helpdesk, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	if _, err := db.Exec(schema); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Helpdesk{db: db, rules: rules}, nil
}

// Close closes the database.
func (h *Helpdesk) Close() error { return h.db.Close() }

// Receive takes what somebody wrote, and returns the ticket it belongs to; empty where it wants none. The same mention
// may come again, from a webhook and from polling: the second time changes nothing.
func (h *Helpdesk) Receive(ctx context.Context, m mention.Mention, now time.Time) (ticket string, err error) {
	received := event.Received{Mention: m}
	e := event.Event{ID: event.ReceivedID(m), At: now, By: event.Customer, Body: received}
	keys := respond.Keys("", m)
	err = h.within(ctx, func(tx *sql.Tx) error {
		ticket, err = known(tx, keys)
		if err != nil {
			return err
		}
		if ticket == "" {
			if respond.Judge(h.rules, received, now).Handling != triage.Open {
				return nil // nobody need do anything
			}
			ticket = respond.CaseID(keys)
		}
		return h.step(tx, ticket, e, now)
	})
	return ticket, err
}

// Do brings what one of our people did to a ticket: he approved a draft, took the case, says what the customer meant. The
// request is the browser's own name for the click, so that a double click is one.
func (h *Helpdesk) Do(ctx context.Context, ticket, member, request string, did event.Body, now time.Time) error {
	e := event.Event{ID: event.RequestID(request), At: now, By: member, Body: did}
	return h.within(ctx, func(tx *sql.Tx) error { return h.step(tx, ticket, e, now) })
}

// Tick asks the cases whose time has come. Whoever calls it may do so early, late, or twice.
func (h *Helpdesk) Tick(ctx context.Context, now time.Time) error {
	rows, err := h.db.QueryContext(ctx, "SELECT id, due FROM tickets WHERE due <= ? ORDER BY due, id", stamp(now))
	if err != nil {
		return err
	}
	due := map[string]time.Time{}
	var ids []string
	for rows.Next() {
		var id, at string
		if err := rows.Scan(&id, &at); err != nil {
			return errors.Join(err, rows.Close())
		}
		if due[id], err = time.Parse(layout, at); err != nil {
			return errors.Join(err, rows.Close())
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, id := range ids {
		e := event.Event{ID: event.ElapsedID(id, due[id]), At: now, By: event.Clock, Body: event.Elapsed{Due: due[id]}}
		if err := h.within(ctx, func(tx *sql.Tx) error { return h.step(tx, id, e, now) }); err != nil {
			return err
		}
	}
	return nil
}

// step decides what an event means for a ticket, and stores all of it. An event that is known already changes nothing.
func (h *Helpdesk) step(tx *sql.Tx, ticket string, e event.Event, now time.Time) error {
	fresh, err := remember(tx, e.ID)
	if err != nil || !fresh {
		return err
	}
	c, err := load(tx, ticket)
	if err != nil {
		return err
	}
	after, entry, err := respond.Step(h.rules, c, e, now)
	if err != nil {
		return fmt.Errorf("ticket %s: %w", ticket, err) // a respond.RefusedError says why, and nothing was stored
	}
	if entry.Seq == 0 {
		return nil
	}
	if err := save(tx, after); err != nil {
		return err
	}
	if err := insert(tx, "INSERT INTO entries (ticket, seq, entry) VALUES (?, ?, ?)", ticket, entry.Seq, entry); err != nil {
		return err
	}
	for _, ask := range entry.Effects {
		if err := insert(tx, "INSERT INTO outbox (key, ticket, effect) VALUES (?, ?, ?)", ask.Key, ticket, ask); err != nil {
			return err
		}
	}
	return nil
}

// within runs f in one transaction: all of it is stored, or nothing.
func (h *Helpdesk) within(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// insert writes a row whose last column is a value as JSON.
func insert(tx *sql.Tx, query string, args ...any) error {
	data, err := json.Marshal(args[len(args)-1])
	if err != nil {
		return err
	}
	args[len(args)-1] = string(data)
	_, err = tx.Exec(query, args...)
	return err
}
