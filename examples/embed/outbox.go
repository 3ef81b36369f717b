package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
)

// A Platform is where customers write. Reply must be safe to call again with the same key, or the helpdesk asks a person
// after a crash instead of answering twice.
type Platform interface {
	Reply(ctx context.Context, key string, answer effect.Send) (mention.Ref, error)
}

// errRefused is what a Platform returns when an answer certainly did not go out.
var errRefused = errors.New("the platform refused it")

// Work carries out what was asked for, oldest first, until nothing is left.
func (h *Helpdesk) Work(ctx context.Context, p Platform, screen func(ticket string, ask effect.Effect), now time.Time) error {
	for {
		ticket, ask, lost, err := h.take(ctx)
		if err != nil || ticket == "" {
			return err
		}
		outcome := event.Body(event.Uncertain{Key: ask.Key, Detail: "the helpdesk stopped while it was trying"})
		if !lost {
			outcome, err = h.carryOut(ctx, p, screen, ticket, ask)
		}
		if err != nil {
			return err
		}
		e := event.Event{ID: event.OutcomeID(ask.Key, outcome, 1), At: now, By: event.Channel, Body: outcome}
		err = h.within(ctx, func(tx *sql.Tx) error {
			if _, err := tx.Exec("UPDATE outbox SET state = 'done' WHERE key = ?", ask.Key); err != nil {
				return err
			}
			return h.step(tx, ticket, e, now)
		})
		if err != nil {
			return err
		}
	}
}

// take marks the oldest open request as being tried, before it is. One that was left so by a run before is lost: nobody
// knows what became of it.
func (h *Helpdesk) take(ctx context.Context) (ticket string, ask effect.Effect, lost bool, err error) {
	err = h.within(ctx, func(tx *sql.Tx) error {
		var data, state string
		err := tx.QueryRow("SELECT ticket, effect, state FROM outbox WHERE state <> 'done' ORDER BY n LIMIT 1").
			Scan(&ticket, &data, &state)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		lost = state == "trying"
		if err := json.Unmarshal([]byte(data), &ask); err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE outbox SET state = 'trying' WHERE key = ?", ask.Key)
		return err
	})
	return ticket, ask, lost, err
}

// carryOut does what one effect asks for. An answer goes out only if the case still wants it.
func (h *Helpdesk) carryOut(ctx context.Context, p Platform, screen func(string, effect.Effect), ticket string,
	ask effect.Effect) (event.Body, error) {
	send, ok := ask.Body.(effect.Send)
	if !ok { // pages and questions appear on the screens of this helpdesk
		screen(ticket, ask)
		return event.Delivered{Key: ask.Key}, nil
	}
	var why event.Reason
	wanted := false
	err := h.within(ctx, func(tx *sql.Tx) error {
		c, err := load(tx, ticket)
		why, wanted = c.Wants(ask.Key)
		return err
	})
	if err != nil {
		return nil, err
	}
	if !wanted {
		return event.Undelivered{Key: ask.Key, Reason: why}, nil
	}
	ref, err := p.Reply(ctx, ask.Key, send)
	switch {
	case errors.Is(err, errRefused):
		return event.Undelivered{Key: ask.Key, Reason: event.Failed, Detail: err.Error()}, nil
	case err != nil: // it may have gone out all the same
		return event.Uncertain{Key: ask.Key, Detail: err.Error()}, nil
	}
	return event.Delivered{Key: ask.Key, Ref: ref}, nil
}
