package dealing

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
)

// A Promise is what we told the customer that we would do, and by when. Its clock is among the case's clocks.
type Promise struct {
	ID    string       `json:"id"`
	From  string       `json:"from,omitempty"` // the case that was merged into this one, to whose customer; empty: this one
	What  string       `json:"what"`
	By    string       `json:"by"` // the member who made it
	At    time.Time    `json:"at"` // when it was made
	Due   time.Time    `json:"due"`
	News  bool         `json:"news,omitempty"` // any word of a person keeps it
	State PromiseState `json:"state,omitempty"`
	Ended time.Time    `json:"ended,omitzero"` // when it was kept, missed or released
	Late  time.Time    `json:"late,omitzero"`  // when it was kept after all, though missed
}

// PromiseState is what became of a promise. The zero value is open.
type PromiseState string

// What became of a promise. Missed stays missed, however late it is kept.
const (
	Open     PromiseState = ""
	Kept     PromiseState = "kept"
	Missed   PromiseState = "missed"
	Released PromiseState = "released" // the customer said that it is over before it was due
)

// Owed reports whether it still has to be done: it is open, or was missed and not done since.
func (p Promise) Owed() bool { return p.State == Open || p.State == Missed && p.Late.IsZero() }

// Clock is the objective that runs on it, day and night: what was promised for an instant is due then.
func (p Promise) Clock() escalation.Clock {
	return escalation.Clock{
		Objective: escalation.Promise, Start: p.At, Due: p.Due, Elapsed: true, Breached: p.State == Missed,
		Because: "promised by " + p.By,
	}
}

// Runs reports whether a clock is that of the promise.
func (p Promise) Runs(k escalation.Clock) bool {
	return k.Objective == escalation.Promise && k.Start.Equal(p.At) && k.Due.Equal(p.Due)
}

// withPromise adds a promise, or replaces it by its id. Of those that need not be done any more the oldest are forgotten.
func withPromise(list []Promise, p Promise) []Promise {
	list = newest(len(list)+1, list, p, func(x Promise) bool { return x.ID == p.ID })
	done := 0
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Owed() {
			continue
		}
		if done++; done > keptEnded {
			list = slices.Delete(list, i, i+1)
		}
	}
	return list
}
