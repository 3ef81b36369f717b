package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
)

func walks() []check {
	return []check{
		{name: "walk-ends-early", do: endsEarly,
			proves: "A walk may be left at any element, and a walk can be walked again."},
		{name: "walk-commits", do: walkCommits,
			proves: "A store takes commits and answers while it is walked, also inside the walk."},
		{name: "walk-once", do: walkOnce,
			proves: "A walk gives every row that was there all the while exactly once, whatever moves meanwhile."},
		{name: "walk-done-context", do: walkDoneContext,
			proves: "A walk whose context is done ends with an error."},
	}
}

func stocked(p *probe) {
	for n := range 30 {
		id := fmt.Sprintf("%02d", n)
		p.put(desk.Commit{Rows: []desk.Row{queued(id, id)}, Entries: []desk.Entry{entry("a", n+1, id)},
			Outbox: []desk.Outbound{asked(id, id)}})
	}
}

func endsEarly(p *probe) {
	stocked(p)
	if p.err != nil {
		return
	}
	walk := p.s.Rows(p.ctx, cases())
	for range 200 {
		for r, err := range walk {
			p.ok("Rows", err)
			p.same("the first", r.ID, "00")
			break
		}
		for _, err := range p.s.Entries(p.ctx, at("a")) {
			p.ok("Entries", err)
			break
		}
		for _, err := range p.s.Outbox(p.ctx, desk.OutboxQuery{}) {
			p.ok("Outbox", err)
			break
		}
	}
	p.same("all of them", len(p.rows("t", desk.KindCase)), 30)
}

func walkCommits(p *probe) {
	stocked(p)
	if p.err != nil {
		return
	}
	n := 0
	for r, err := range p.s.Rows(p.ctx, cases()) {
		p.ok("Rows", err)
		p.put(ofRows(again(r, r.Revision)))
		for o, err := range p.s.Outbox(p.ctx, desk.OutboxQuery{ID: "a"}) {
			p.ok("Outbox", err)
			for range p.s.Entries(p.ctx, at("a")) {
				break
			}
			if o.Key == r.ID {
				p.put(ofRequests(became(o, o.Revision, desk.Settled)))
				break
			}
		}
		if n++; p.err != nil || n > 99 {
			break
		}
	}
	p.same("walked", n, 30)
	p.same("stored", p.row(at("07")).Revision, 2)
	p.same("open", p.outbox(desk.OutboxQuery{Open: true}), nil)
}

func walkOnce(p *probe) {
	stocked(p)
	if p.err != nil {
		return
	}
	times := map[string]int{}
	n := 0
	for r, err := range p.s.Rows(p.ctx, cases()) {
		p.ok("Rows", err)
		times[r.ID]++
		if n++; n%3 == 0 && n < 30 { // one that was seen goes to the end, one that was not to the beginning
			seen, unseen := p.row(at(r.ID)), p.row(at(fmt.Sprintf("%02d", 29-n/3)))
			seen.Queue, unseen.Queue = "9"+r.ID, "!"+unseen.ID
			p.put(ofRows(seen, unseen))
		}
		if p.err != nil || n > 99 {
			break
		}
	}
	for id := range 30 {
		p.same(fmt.Sprintf("row %02d", id), times[fmt.Sprintf("%02d", id)], 1)
	}
}

func walkDoneContext(p *probe) {
	stocked(p)
	if p.err != nil {
		return
	}
	ctx, cancel := context.WithCancel(p.ctx)
	defer cancel()
	n := 0
	var last error
	for _, err := range p.s.Rows(ctx, cases()) {
		last = err
		cancel()
		if n++; n > 99 {
			break
		}
	}
	if last == nil {
		p.failf("%d rows of a walk whose context was done, and no error", n)
	}
}

func races() []check {
	return []check{
		{name: "race-one-row", do: raceRow,
			proves: "Of many who store one revision at once one does, and the others learn it."},
		{name: "race-one-event", do: raceEvent,
			proves: "Of many who store one event at once one does, and the others learn it."},
		{name: "race-one-key", do: raceKey,
			proves: "Of many rows that name one key at once one has it, and all of them are stored."},
		{name: "race-readers", do: raceReaders,
			proves: "Who reads beside writers sees commits whole: a row always with its entry."},
	}
}

// atOnce does something in n goroutines, and gives the errors of those who failed.
func atOnce(n int, do func(n int) error) (failed []error) {
	var all sync.WaitGroup
	errs := make([]error, n)
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			defer func() {
				if cause := recover(); cause != nil {
					errs[i] = fmt.Errorf("it panics: %v", cause)
				}
			}()
			<-start
			errs[i] = do(i)
		})
	}
	close(start)
	all.Wait()
	return slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}

func raceRow(p *probe) {
	p.put(ofRows(row("a")))
	for revision := 1; revision <= 20 && p.err == nil; revision++ {
		failed := atOnce(8, func(n int) error {
			r := again(row("a"), revision)
			r.State = fmt.Appendf(nil, "%d", n)
			return p.s.Commit(p.ctx, ofRows(r))
		})
		p.lost(failed, 7, desk.ErrConflict)
		p.same("its revision", p.row(at("a")).Revision, revision+1)
	}
}

func (p *probe) lost(failed []error, want int, why error) {
	p.same("how many failed", len(failed), want)
	for _, err := range failed {
		if !errors.Is(err, why) {
			p.failf("somebody lost with %q, wanted %q", err, why)
		}
	}
}

func raceEvent(p *probe) {
	for round := range 20 {
		if p.err != nil {
			return
		}
		failed := atOnce(8, func(n int) error {
			c := ofRows(row(fmt.Sprintf("%d-%d", round, n)))
			c.Events = []string{fmt.Sprint(round)}
			return p.s.Commit(p.ctx, c)
		})
		p.lost(failed, 7, desk.ErrKnown)
	}
	p.same("one row of each round", len(p.rows("t", desk.KindCase)), 20)
}

func raceKey(p *probe) {
	failed := atOnce(8, func(n int) error {
		id := fmt.Sprint(n)
		return p.s.Commit(p.ctx, ofRows(row(id, "shared", "own"+id)))
	})
	p.lost(failed, 0, nil)
	owners := 0
	for n := range 8 {
		owners += len(p.row(at(fmt.Sprint(n))).Keys) - 1
		p.leads("its own key", "t", []string{fmt.Sprintf("own%d", n)}, fmt.Sprint(n))
	}
	p.same("who has the shared key", owners, 1)
}

func raceReaders(p *probe) {
	p.put(desk.Commit{Rows: []desk.Row{row("a")}, Entries: []desk.Entry{entry("a", 1, "1")}})
	if p.err != nil {
		return
	}
	failed := atOnce(4, func(n int) error {
		if n == 0 {
			for revision := 1; revision <= 50; revision++ {
				c := ofRows(again(row("a"), revision))
				c.Entries = []desk.Entry{entry("a", revision+1, "x")}
				if err := p.s.Commit(p.ctx, c); err != nil {
					return err
				}
			}
			return nil
		}
		for range 50 {
			r, err := p.s.Row(p.ctx, at("a"))
			if err != nil {
				return err
			}
			entries := 0
			for _, err := range p.s.Entries(p.ctx, at("a")) {
				if err != nil {
					return err
				}
				entries++
			}
			if entries < r.Revision {
				return fmt.Errorf("revision %d of the row with %d entries", r.Revision, entries)
			}
		}
		return nil
	})
	p.ok("readers beside a writer", errors.Join(failed...))
}

func restarts() []check {
	return []check{
		{name: "restart-everything", reopen: true, do: findsEverything,
			proves: "The next process finds everything that was committed, and what waits waits still."},
		{name: "restart-order", reopen: true, do: keepsOrder,
			proves: "What comes after a restart stands behind what was there before."},
		{name: "restart-events", reopen: true, do: keepsEvents,
			proves: "The next process knows the events of the one before."},
	}
}

func findsEverything(p *probe) {
	p.put(full())
	waiting := asked("o2", "m")
	p.put(ofRequests(waiting))
	want := p.everything()
	p.reopen()
	p.same("all of it", p.everything(), want)
	p.leads("Find", "t", list("k1"), "a")
	p.same("Due", p.due(noon, 9), list("a"))
	p.same("Ready", p.ready(1, after(9), 9), list("o2 o1"))
	p.same("Inbox", p.inbox(9), list("i1"))
	p.same("Text", p.text("t", ref("1")).Text, "hello")
	p.same("Cursor", p.cursor("c"), channel.Cursor("c1"))
	p.refused("the row has moved on", full(), desk.ErrConflict)
}

func keepsOrder(p *probe) {
	p.put(desk.Commit{Outbox: []desk.Outbound{asked("z", "1"), asked("y", "1")}, Inbox: []desk.Inbound{came("z")}})
	p.reopen()
	p.put(desk.Commit{Outbox: []desk.Outbound{asked("a", "1"), asked("b", "2")}, Inbox: []desk.Inbound{came("a")}})
	p.same("Outbox", p.outbox(desk.OutboxQuery{}), list("z y a b"))
	p.same("Ready", p.ready(1, noon, 9), list("z b"))
	p.same("Inbox", p.inbox(9), list("z a"))
}

func keepsEvents(p *probe) {
	p.put(desk.Commit{Events: list("e1 e2")})
	p.reopen()
	p.refused("it is known", desk.Commit{Events: list("e2")}, desk.ErrKnown)
	p.put(desk.Commit{Events: list("e3")})
}
