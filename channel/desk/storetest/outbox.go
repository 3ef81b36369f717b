package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/reputekit/reputation/channel/desk"
)

func requests() []check {
	return []check{
		{name: "outbox-order", do: outboxOrder,
			proves: "Requests come in the order in which they were first stored, wherever they have come since."},
		{name: "outbox-query", do: outboxQuery,
			proves: "Every field of a query narrows, and all of them together."},
		{name: "outbox-settled", do: outboxSettled,
			proves: "A settled request stays, and Open leaves it out."},
	}
}

func outboxOrder(p *probe) {
	p.put(ofRequests(asked("z", "1"), asked("y", "2"), asked("x", "3")))
	p.put(ofRequests(asked("a", "4"), became(asked("y", "2"), 1, desk.Trying)))
	p.put(ofRequests(became(asked("z", "1"), 1, desk.Settled)))
	p.same("all", p.outbox(desk.OutboxQuery{}), list("z y x a"))
	p.same("open", p.outbox(desk.OutboxQuery{Open: true}), list("y x a"))
	p.same("of one case", p.outbox(desk.OutboxQuery{ID: "a"}), list("z y x a"))
}

func outboxQuery(p *probe) {
	of := func(key, tenant, id, effect string, state desk.State) desk.Outbound {
		o := asked(key, key)
		o.Address, o.Effect, o.State = desk.Address{Tenant: tenant, Kind: desk.KindCase, ID: id}, effect, state
		return o
	}
	p.put(ofRequests(
		of("1", "t", "a", "send", desk.Waiting), of("2", "t", "a", "tell", desk.Settled), of("3", "t", "b", "send", desk.Settled),
		of("4", "u", "a", "send", desk.Uncertain), of("5", "u", "c", "hold", desk.Trying), of("6", "t", "a", "send", desk.Settled),
	))
	for _, x := range []struct {
		q    desk.OutboxQuery
		want string
	}{
		{desk.OutboxQuery{}, "1 2 3 4 5 6"},
		{desk.OutboxQuery{Tenant: "t"}, "1 2 3 6"},
		{desk.OutboxQuery{ID: "a"}, "1 2 4 6"},
		{desk.OutboxQuery{Tenant: "t", ID: "a"}, "1 2 6"},
		{desk.OutboxQuery{Key: "4"}, "4"},
		{desk.OutboxQuery{Key: "4", Tenant: "t"}, ""},
		{desk.OutboxQuery{Key: "3", Open: true}, ""},
		{desk.OutboxQuery{Key: "3", ID: "a"}, ""},
		{desk.OutboxQuery{Key: "3", Effects: list("tell")}, ""},
		{desk.OutboxQuery{Open: true}, "1 4 5"},
		{desk.OutboxQuery{Open: true, Tenant: "u"}, "4 5"},
		{desk.OutboxQuery{Open: true, ID: "a"}, "1 4"},
		{desk.OutboxQuery{Effects: list("send")}, "1 3 4 6"},
		{desk.OutboxQuery{Effects: list("hold tell")}, "2 5"},
		{desk.OutboxQuery{Effects: list("hold send"), Open: true}, "1 4 5"},
		{desk.OutboxQuery{Tenant: "t", ID: "a", Effects: list("send")}, "1 6"},
		{desk.OutboxQuery{Tenant: "t", ID: "a", Effects: list("send"), Open: true}, "1"},
		{desk.OutboxQuery{Effects: list("nothing")}, ""},
		{desk.OutboxQuery{Tenant: "v"}, ""},
	} {
		p.same(fmt.Sprintf("%+v", x.q), append([]string{}, p.outbox(x.q)...), append([]string{}, list(x.want)...))
	}
}

func outboxSettled(p *probe) {
	p.put(ofRequests(asked("o", "l")))
	o := became(asked("o", "l"), 1, desk.Settled)
	o.Settled, o.Outcome, o.Ref = after(1), "delivered", ref("5")
	p.put(ofRequests(o))
	o.Revision = 2
	p.same("as it was settled", p.one("o"), o)
	p.same("open", p.outbox(desk.OutboxQuery{Open: true}), nil)
}

func lanes() []check {
	return []check{
		{name: "ready-first-of-lane", do: firstOfLane,
			proves: "Of each lane the request that was stored first is ready, and none behind it."},
		{name: "ready-passes-on", do: passesOn,
			proves: "When a request is settled, the next of its lane is ready."},
		{name: "ready-uncertain", do: uncertainBlocks,
			proves: "An uncertain request holds up its own lane and no other."},
		{name: "ready-next", do: readyNext,
			proves: "A request is ready at its Next and not before, and holds up its lane until then."},
		{name: "ready-order", do: readyOrder,
			proves: "What is ready comes by Next, then as it was first stored; at most limit."},
		{name: "ready-rank", do: readyRank,
			proves: "Ready gives one rank: that of the request which stands first in its lane."},
		{name: "ready-lane-changes", do: laneChanges,
			proves: "A request whose lane changed frees the old one and stands in the new one in its old place."},
		{name: "ready-like-slow", do: readyLikeSlow,
			proves: "Ready gives what a slow walk of the outbox gives, over 400 random commits."},
	}
}

func firstOfLane(p *probe) {
	p.put(ofRequests(asked("1", "a"), asked("2", "a"), asked("3", "b")))
	p.put(ofRequests(asked("4", "b"), asked("5", "c")))
	p.same("the first of each", p.ready(1, noon, 9), list("1 3 5"))
	p.put(ofRequests(became(asked("1", "a"), 1, desk.Trying)))
	p.same("one that is tried is still the first", p.ready(1, noon, 9), list("1 3 5"))
}

func passesOn(p *probe) {
	p.put(ofRequests(asked("1", "a"), asked("2", "a"), asked("3", "a")))
	p.put(ofRequests(became(asked("1", "a"), 1, desk.Settled)))
	p.same("the second", p.ready(1, noon, 9), list("2"))
	p.put(ofRequests(became(asked("3", "a"), 1, desk.Settled)))
	p.same("still the second", p.ready(1, noon, 9), list("2"))
	p.put(ofRequests(became(asked("2", "a"), 1, desk.Settled), asked("4", "a")))
	p.same("the fourth", p.ready(1, noon, 9), list("4"))
	p.put(ofRequests(became(asked("1", "a"), 2, desk.Waiting)))
	p.same("one that is open again has its old place", p.ready(1, noon, 9), list("1"))
}

func uncertainBlocks(p *probe) {
	p.put(ofRequests(asked("1", "a"), asked("2", "a"), asked("3", "b")))
	p.put(ofRequests(became(asked("1", "a"), 1, desk.Uncertain)))
	p.same("its lane waits", p.ready(1, noon, 9), list("3"))
	p.put(ofRequests(became(asked("1", "a"), 2, desk.Settled)))
	p.same("somebody decided", p.ready(1, noon, 9), list("2 3"))
}

func readyNext(p *probe) {
	later := asked("1", "a")
	later.Next = after(5)
	p.put(ofRequests(later, asked("2", "a"), asked("3", "b")))
	p.same("before", p.ready(1, after(5).Add(-time.Millisecond), 9), list("3"))
	p.same("at its instant", p.ready(1, after(5), 9), list("3 1"))
	later = became(later, 1, desk.Trying)
	later.Next = time.Time{}
	p.put(ofRequests(later))
	p.same("at once", p.ready(1, noon, 9), list("1 3"))
}

func readyOrder(p *probe) {
	for n, minutes := range []int{7, 3, 0, 3, 5} {
		o := asked(fmt.Sprint(n), fmt.Sprint(n))
		if minutes > 0 {
			o.Next = after(minutes)
		}
		p.put(ofRequests(o))
	}
	p.same("all", p.ready(1, after(9), 9), list("2 1 3 4 0"))
	p.same("three", p.ready(1, after(9), 3), list("2 1 3"))
	p.same("none", p.ready(1, after(9), 0), nil)
}

func readyRank(p *probe) {
	reply := asked("2", "a")
	reply.Rank = 4
	other := asked("3", "b")
	other.Rank = 4
	p.put(ofRequests(asked("1", "a"), reply, other))
	p.same("rank 1", p.ready(1, noon, 9), list("1"))
	p.same("rank 4", p.ready(4, noon, 9), list("3"))
	p.same("a rank of nobody", p.ready(2, noon, 9), nil)
	p.put(ofRequests(became(asked("1", "a"), 1, desk.Settled)))
	p.same("rank 4, when the lane is free", p.ready(4, noon, 9), list("2 3"))
	other.Revision, other.Rank = 1, 1
	p.put(ofRequests(other))
	p.same("its rank has changed", p.ready(1, noon, 9), list("3"))
	p.same("its old rank", p.ready(4, noon, 9), list("2"))
}

func laneChanges(p *probe) {
	p.put(ofRequests(asked("1", "a"), asked("2", "b"), asked("3", "a")))
	moved := asked("1", "b")
	moved.Revision = 1
	p.put(ofRequests(moved))
	p.same("the first of b, and a is free", p.ready(1, noon, 9), list("1 3"))
}

func readyLikeSlow(p *probe) {
	r := rand.New(rand.NewPCG(3, 4))
	var all []desk.Outbound
	states := []desk.State{desk.Waiting, desk.Waiting, desk.Trying, desk.Uncertain, desk.Settled, desk.Settled}
	for n := 0; n < 400 && p.err == nil; n++ {
		place := r.IntN(len(all) + 1)
		if place == len(all) {
			all = append(all, asked(fmt.Sprint(n), fmt.Sprint(r.IntN(12))))
		}
		o := &all[place]
		o.Rank, o.State, o.Next = r.IntN(2), states[r.IntN(len(states))], time.Time{}
		if r.IntN(2) > 0 {
			o.Next = after(r.IntN(20))
		}
		p.put(ofRequests(*o))
		o.Revision++
		rank, until, limit := r.IntN(2), after(r.IntN(25)), 1+r.IntN(12)
		p.same(fmt.Sprintf("Ready after commit %d", n), p.ready(rank, until, limit), slowly(all, rank, until, limit))
	}
}

// slowly is Ready by walking everything.
func slowly(all []desk.Outbound, rank int, until time.Time, limit int) (keys []string) {
	var heads []desk.Outbound
	taken := map[string]bool{}
	for _, o := range all {
		if o.State == desk.Settled || taken[o.Lane] {
			continue
		}
		taken[o.Lane] = true
		if o.State != desk.Uncertain && !o.Next.After(until) && o.Rank == rank {
			heads = append(heads, o)
		}
	}
	slices.SortStableFunc(heads, func(a, b desk.Outbound) int { return cmp.Compare(a.Next.UnixMilli(), b.Next.UnixMilli()) })
	for _, o := range heads[:min(limit, len(heads))] {
		keys = append(keys, o.Key)
	}
	return keys
}
