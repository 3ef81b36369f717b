package storetest

import (
	"context"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
)

func commits() []check {
	return []check{
		{name: "commit-comes-back", do: comesBack,
			proves: "What was committed comes back as it was, every field, to the byte and the millisecond."},
		{name: "commit-all-or-nothing", do: allOrNothing,
			proves: "A commit that fails has stored nothing of it, and nothing of it stands in the way later."},
		{name: "commit-revisions", do: revisions,
			proves: "A row is stored only over the revision that was expected, and then has one more."},
		{name: "commit-request-revisions", do: requestRevisions,
			proves: "A request is stored only over the revision that was expected, and then has one more."},
		{name: "commit-known-event", do: knownEvents,
			proves: "An event id is stored once and never again, however many came after it."},
		{name: "commit-known-before-requests", do: knownFirst,
			proves: "That an event is known is said before that a request has another revision."},
		{name: "commit-no-row-twice", do: twiceInOne,
			proves: "A row or a request that stands twice in one commit is refused."},
		{name: "commit-many-rows", do: manyRows,
			proves: "Several rows are stored in one commit, each with its own expected revision."},
		{name: "commit-done-context", do: doneContext,
			proves: "A commit whose context is done before it began fails and stores nothing."},
		{name: "commit-nothing-shared", do: nothingShared,
			proves: "A store shares no memory with its caller, neither with what it took nor with what it gave."},
		{name: "commit-odd-names", do: oddNames,
			proves: "Ids, keys, lanes and texts hold any valid text: empty, long, quoted, wild cards, any script."},
		{name: "commit-large", do: large,
			proves: "A state of a megabyte is stored like a small one."},
	}
}

func comesBack(p *probe) {
	c := full()
	p.put(c)
	r := c.Rows[0]
	r.Revision = 1
	got := p.row(at("a"))
	p.same("State", got.State, r.State)
	p.same("Row", got, r)
	p.same("Entries", p.entries(at("a")), []string{`1 {"seq":1, "html":"<b>"}`})
	o := c.Outbox[0]
	o.Revision = 1
	p.same("request", p.one("o1"), o)
	p.same("Item", p.item("t", "c", "i1"), c.Inbox[0])
	p.same("Inbox", p.inbox(9), list("i1"))
	p.same("Text", p.text("t", ref("1")), c.Texts[0])
	p.same("Cursor", p.cursor("c"), channel.Cursor("c1"))
	if p.err == nil && (got.Due.Location() != noon.Location() || !p.one("o1").Asked.Equal(noon)) {
		p.failf("an instant came back as %s, wanted %s", got.Due, noon)
	}
	p.put(desk.Commit{})
}

func allOrNothing(p *probe) {
	stale := asked("o1", "l")
	stale.Revision = 4
	for _, x := range []struct {
		why   string
		spoil func(*desk.Commit)
		want  error
	}{
		{"another row has another revision", func(c *desk.Commit) { c.Rows = append(c.Rows, again(row("b"), 3)) }, desk.ErrConflict},
		{"a request has another revision", func(c *desk.Commit) { c.Outbox = []desk.Outbound{stale} }, desk.ErrConflict},
		{"an event is known", func(c *desk.Commit) { c.Events = []string{"e1", "known"} }, desk.ErrKnown},
		{"the trail has a hole", func(c *desk.Commit) { c.Entries[0].Seq = 2 }, nil},
	} {
		p.close()
		p.s = nil
		p.open()
		p.put(desk.Commit{Events: []string{"known"}})
		c := full()
		x.spoil(&c)
		p.refused(x.why, c, x.want)
		p.noRow(x.why, at("a"))
		p.same(x.why+": Due", p.due(after(99), 9), nil)
		p.leads(x.why, "t", list("k1 k2"), "")
		p.same(x.why+": Entries", p.entries(at("a")), nil)
		p.same(x.why+": Outbox", p.outbox(desk.OutboxQuery{}), nil)
		p.same(x.why+": Ready", p.ready(1, after(99), 9), nil)
		p.same(x.why+": Inbox", p.inbox(9), nil)
		p.same(x.why+": Cursor", p.cursor("c"), channel.Cursor(""))
		p.put(full())
	}
}

func revisions(p *probe) {
	p.refused("a new row is no second one", ofRows(again(row("a"), 1)), desk.ErrConflict)
	p.put(ofRows(row("a")))
	p.refused("there is one already", ofRows(row("a")), desk.ErrConflict)
	p.same("the first revision", p.row(at("a")).Revision, 1)
	p.put(ofRows(again(row("a"), 1)))
	p.refused("an old one", ofRows(again(row("a"), 1)), desk.ErrConflict)
	p.refused("one to come", ofRows(again(row("a"), 3)), desk.ErrConflict)
	p.same("the second revision", p.row(at("a")).Revision, 2)
}

func requestRevisions(p *probe) {
	o := asked("o", "l")
	p.refused("a new request is no second one", ofRequests(became(o, 1, desk.Waiting)), desk.ErrConflict)
	p.put(ofRequests(o))
	p.refused("there is one already", ofRequests(o), desk.ErrConflict)
	p.put(ofRequests(became(o, 1, desk.Trying)))
	p.refused("an old one", ofRequests(became(o, 1, desk.Settled)), desk.ErrConflict)
	p.same("the second revision", p.one("o").Revision, 2)
	p.same("its state", p.one("o").State, desk.Trying)
}

func knownEvents(p *probe) {
	p.put(desk.Commit{Events: list("e1 e2")})
	for n := range 300 {
		p.put(desk.Commit{Events: []string{"later" + string(rune('a'+n%26)) + string(rune('a'+n/26))}})
	}
	p.refused("stored long ago", desk.Commit{Events: list("e3 e2")}, desk.ErrKnown)
	p.put(desk.Commit{Events: list("e3")})
	p.refused("twice in one commit", desk.Commit{Events: list("e4 e4")}, desk.ErrKnown)
	p.put(desk.Commit{Events: list("e4")})
}

func knownFirst(p *probe) {
	p.put(desk.Commit{Events: list("e1"), Outbox: []desk.Outbound{asked("o", "l")}})
	p.refused("both", desk.Commit{Events: list("e1"), Outbox: []desk.Outbound{asked("o", "l")}}, desk.ErrKnown)
}

func twiceInOne(p *probe) {
	p.refused("a row", ofRows(row("a"), row("a")), nil)
	p.refused("a row, counting on", ofRows(row("a"), again(row("a"), 1)), nil)
	p.refused("a request", ofRequests(asked("o", "l"), asked("o", "l")), nil)
	p.noRow("nothing was stored", at("a"))
	p.same("nothing was stored", p.outbox(desk.OutboxQuery{}), nil)
}

func manyRows(p *probe) {
	p.put(ofRows(row("a"), row("b")))
	p.put(ofRows(again(row("b"), 1)))
	p.refused("b has moved on", ofRows(again(row("a"), 1), again(row("b"), 1), row("c")), desk.ErrConflict)
	p.put(ofRows(again(row("a"), 1), again(row("b"), 2), row("c")))
	p.same("a", p.row(at("a")).Revision, 2)
	p.same("b", p.row(at("b")).Revision, 3)
	p.same("c", p.row(at("c")).Revision, 1)
}

func doneContext(p *probe) {
	ctx, cancel := context.WithCancel(p.ctx)
	cancel()
	if p.err == nil && p.s.Commit(ctx, full()) == nil {
		p.failf("Commit gave no error")
	}
	p.noRow("nothing was stored", at("a"))
	p.put(full())
}

func nothingShared(p *probe) {
	c := full()
	p.put(c)
	spoil := func(c desk.Commit) {
		c.Rows[0].State[1], c.Rows[0].Keys[0], c.Entries[0].Body[1] = 'x', "x", 'x'
		c.Outbox[0].Body[1], c.Inbox[0].Item.Raw[0] = 'x', 'x'
	}
	want := printed(p.everything()) // now: what is given later may be the same memory
	spoil(c)
	p.same("after what was taken was written to", printed(p.everything()), want)
	given := p.everything()
	if p.err == nil {
		spoil(given)
	}
	p.same("after what was given was written to", printed(p.everything()), want)
}

// everything is what full has stored, as it comes back.
func (p *probe) everything() (c desk.Commit) {
	c = desk.Commit{Rows: []desk.Row{p.row(at("a"))}, Outbox: []desk.Outbound{p.one("o1")},
		Inbox: []desk.Inbound{p.item("t", "c", "i1")}}
	if p.err != nil {
		return c
	}
	for e, err := range p.s.Entries(p.ctx, at("a")) {
		p.ok("Entries", err)
		c.Entries = append(c.Entries, e)
	}
	if len(c.Entries) != 1 {
		p.failf("the trail has %d entries, wanted 1", len(c.Entries))
	}
	return c
}
