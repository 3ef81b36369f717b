package main

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/followup"
)

// layout sorts as text in the order of time.
const layout = "2006-01-02T15:04:05.000Z"

func stamp(t time.Time) string { return t.UTC().Format(layout) }

// A Ticket is what a screen of the helpdesk shows.
type Ticket struct {
	ID, Customer, Status, Owner string
	Case                        respond.Case
}

// Tickets returns them as a queue shows them, the most pressing first.
func (h *Helpdesk) Tickets(ctx context.Context) ([]Ticket, error) {
	rows, err := h.db.QueryContext(ctx, "SELECT id, customer, status, owner, state FROM tickets ORDER BY queue, id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Ticket
	for rows.Next() {
		var t Ticket
		var state string
		if err := rows.Scan(&t.ID, &t.Customer, &t.Status, &t.Owner, &state); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(state), &t.Case); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// Trail returns all that was decided about a ticket, oldest first.
func (h *Helpdesk) Trail(ctx context.Context, ticket string) ([]respond.Entry, error) {
	rows, err := h.db.QueryContext(ctx, "SELECT entry FROM entries WHERE ticket = ? ORDER BY seq", ticket)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []respond.Entry
	for rows.Next() {
		var data string
		var e respond.Entry
		if err := rows.Scan(&data); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(data), &e); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// load reads a case, or begins one.
func load(tx *sql.Tx, ticket string) (respond.Case, error) {
	var state string
	c := respond.New("", ticket)
	err := tx.QueryRow("SELECT state FROM tickets WHERE id = ?", ticket).Scan(&state)
	if errors.Is(err, sql.ErrNoRows) {
		return c, nil
	}
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(state), &c)
}

// save writes a case, what the queue sorts by, and the keys that lead to it.
func save(tx *sql.Tx, c respond.Case) error {
	state, err := json.Marshal(c)
	if err != nil {
		return err
	}
	var due any
	if at := c.Due(); !at.IsZero() {
		due = stamp(at)
	}
	_, err = tx.Exec(`INSERT INTO tickets (id, customer, status, owner, queue, due, state) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET status = excluded.status, owner = excluded.owner, queue = excluded.queue,
		due = excluded.due, state = excluded.state`,
		c.ID, c.Author.Handle, status(c), owner(c), string(c.Priority()), due, string(state))
	if err != nil {
		return err
	}
	for _, key := range c.Keys {
		if _, err := tx.Exec("INSERT INTO keys (key, ticket) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", key, c.ID); err != nil {
			return err
		}
	}
	return nil
}

func status(c respond.Case) string {
	switch {
	case c.Stage == followup.Closed:
		return "closed: " + string(c.Outcome)
	case !c.Owed.IsZero():
		return "we owe an answer"
	}
	return cmp.Or(string(c.Stage), "new")
}

func owner(c respond.Case) string {
	if c.Climb == nil {
		return ""
	}
	return c.Climb.Taken
}

// known is the ticket that one of the keys leads to, the strongest first; empty where none does.
func known(tx *sql.Tx, keys []string) (ticket string, err error) {
	for _, key := range keys {
		err := tx.QueryRow("SELECT ticket FROM keys WHERE key = ?", key).Scan(&ticket)
		if !errors.Is(err, sql.ErrNoRows) {
			return ticket, err
		}
	}
	return "", nil
}

// remember notes an event for ever, and reports whether it is new.
func remember(tx *sql.Tx, id string) (bool, error) {
	res, err := tx.Exec("INSERT INTO events (id) VALUES (?) ON CONFLICT (id) DO NOTHING", id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}
