package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/respond/trail"
)

func rows() []check {
	return []check{
		{name: "row-absent", do: absent,
			proves: "What was never stored is ErrAbsent, whether a row, an item, a text or a key."},
		{name: "row-tenants", do: tenants,
			proves: "Tenants do not meet: one id, key, item or reference of two tenants is two things."},
		{name: "row-kinds", do: kinds,
			proves: "One id of two kinds is two rows."},
		{name: "row-order", do: rowOrder,
			proves: "Rows gives the rows of one kind of one tenant, by Queue and then by ID, as bytes."},
		{name: "row-moves", do: rowMoves,
			proves: "A row whose Queue changed stands in its new place only."},
		{name: "row-behind", do: rowBehind,
			proves: "A page of Rows goes on behind the place of the last one, whether that row is still there or not."},
		{name: "row-labels", do: rowLabels,
			proves: "Rows with a label gives the rows that carry it, in the order of all rows, and behind a place."},
		{name: "row-labels-change", do: labelsChange,
			proves: "A row is found by the labels it has now, in the place it has now."},
		{name: "key-first-known", do: firstKnown,
			proves: "Find follows the first key that is known."},
		{name: "key-stays", do: keyStays,
			proves: "A key that leads to one row stays there when another row names it."},
		{name: "key-given-up", do: keyGivenUp,
			proves: "A key that its row no longer names leads nowhere, and another row may take it."},
		{name: "key-handed-over", do: keyHandedOver,
			proves: "In one commit a row gives up a key and one that stands after it takes it."},
		{name: "key-order", do: keyOrder,
			proves: "A row's keys come back in the order in which it named them, without those that lead elsewhere."},
	}
}

func absent(p *probe) {
	p.noRow("a row", at("a"))
	p.leads("a key", "t", list("k"), "")
	p.leads("no key at all", "t", nil, "")
	if p.err != nil {
		return
	}
	_, err := p.s.Item(p.ctx, "t", "c", "i")
	p.absent("an item", err)
	_, err = p.s.Text(p.ctx, "t", ref("1"))
	p.absent("a text", err)
	p.same("a cursor", string(p.cursor("c")), "")
	p.same("a trail", p.entries(at("a")), nil)
}

func tenants(p *probe) {
	for n, tenant := range []string{"t", "u", ""} {
		c := full()
		mine := desk.Address{Tenant: tenant, Kind: desk.KindCase, ID: "a"}
		c.Rows[0].Address, c.Entries[0].Address, c.Texts[0].Address, c.Inbox[0].Tenant = mine, mine, mine, tenant
		c.Rows[0].State, c.Texts[0].Text, c.Entries[0].Body = []byte(tenant), tenant, []byte(tenant)
		c.Outbox[0].Address, c.Outbox[0].Key, c.Outbox[0].Lane = mine, fmt.Sprint(n), fmt.Sprint(n)
		c.Events = nil
		p.put(c)
	}
	for n, tenant := range []string{"t", "u", ""} {
		mine := desk.Address{Tenant: tenant, Kind: desk.KindCase, ID: "a"}
		p.same("Row", p.row(mine).State, []byte(tenant))
		p.leads("Find", tenant, list("k1"), "a")
		p.same("Entries", p.entries(mine), []string{"1 " + tenant})
		p.same("Text", p.text(tenant, ref("1")).Text, tenant)
		p.same("Item", p.item(tenant, "c", "i1").Tenant, tenant)
		p.same("Rows", p.rows(tenant, desk.KindCase), list("a"))
		if tenant != "" {
			p.same("Outbox", p.outbox(desk.OutboxQuery{Tenant: tenant}), list(fmt.Sprint(n)))
		}
	}
	p.leads("a tenant who has nothing", "v", list("k1"), "")
	p.same("Rows of a tenant who has nothing", p.rows("v", desk.KindCase), nil)
	p.same("Inbox, of all tenants", p.inbox(9), list("i1 i1 i1"))
	p.same("Due, of all tenants", p.due(after(9), 9), list("a a a"))
}

func kinds(p *probe) {
	for _, kind := range []string{desk.KindCase, desk.KindIncident, desk.KindTally} {
		of := desk.Address{Tenant: "t", Kind: kind, ID: "a"}
		p.put(desk.Commit{Rows: []desk.Row{{Address: of, State: []byte(kind)}},
			Entries: []desk.Entry{{Address: of, Seq: 1, Link: trail.Link{Body: []byte(kind)}}}})
	}
	for _, kind := range []string{desk.KindCase, desk.KindIncident, desk.KindTally} {
		of := desk.Address{Tenant: "t", Kind: kind, ID: "a"}
		p.same("Row", p.row(of).State, []byte(kind))
		p.same("Entries", p.entries(of), []string{"1 " + kind})
		p.same("Rows", p.rows("t", kind), list("a"))
	}
}

func rowOrder(p *probe) {
	incident := queued("i", "")
	incident.Kind = desk.KindIncident
	foreign := queued("f", "")
	foreign.Tenant = "u"
	p.put(ofRows(queued("c", "2"), queued("b", "10"), queued("é", "1"), queued("z", "1"), incident, foreign, queued("Z", "1")))
	p.same("cases of t", p.rows("t", desk.KindCase), list("Z z é b c"))
	p.same("incidents of t", p.rows("t", desk.KindIncident), list("i"))
	p.same("cases of u", p.rows("u", desk.KindCase), list("f"))
}

func rowMoves(p *probe) {
	p.put(ofRows(queued("a", "1"), queued("b", "2"), queued("c", "3")))
	p.put(ofRows(again(queued("a", "9"), 1)))
	p.same("a went to the end", p.rows("t", desk.KindCase), list("b c a"))
}

func rowBehind(p *probe) {
	p.put(ofRows(queued("a", "1"), queued("c", "1"), queued("b", "2"), queued("a2", "2"), queued("z", "")))
	q := cases()
	q.Queue, q.ID = "1", "a"
	p.same("behind a", p.found(q), list("c a2 b"))
	q.ID = "b"
	p.same("behind one that is not there", p.found(q), list("c a2 b"))
	q.Queue, q.ID = "2", "b"
	p.same("behind the last", p.found(q), nil)
	q.Queue, q.ID = "", "z"
	p.same("behind one without a queue", p.found(q), list("a c a2 b"))
}

func rowLabels(p *probe) {
	incident, foreign := labelled("i", "1", "vip"), labelled("f", "1", "vip")
	incident.Kind, foreign.Tenant = desk.KindIncident, "u"
	p.put(ofRows(labelled("b", "2", "vip", "press"), labelled("a", "3", "vip"), labelled("c", "1", "press"), queued("d", "1"),
		incident, foreign, labelled("e", "2", "vip")))
	q := cases()
	q.Label = "vip"
	p.same("vip", p.found(q), list("b e a"))
	q.Queue, q.ID = "2", "b"
	p.same("vip, behind b", p.found(q), list("e a"))
	q = cases()
	q.Label = "press"
	p.same("press", p.found(q), list("c b"))
	q.Label = "nobody"
	p.same("nobody", p.found(q), nil)
	q.Tenant, q.Label = "u", "vip"
	p.same("of u", p.found(q), list("f"))
	p.same("as it named them", p.row(at("b")).Labels, list("vip press"))
}

func labelsChange(p *probe) {
	p.put(ofRows(labelled("a", "1", "x", "y"), labelled("b", "2", "x")))
	p.put(ofRows(again(labelled("a", "3", "x", "z"), 1)))
	for label, want := range map[string]string{"x": "b a", "z": "a"} {
		q := cases()
		q.Label = label
		p.same("label "+label, p.found(q), list(want))
	}
	q := cases()
	q.Label = "y"
	p.same("the label it has no more", p.found(q), nil)
}

func firstKnown(p *probe) {
	p.put(ofRows(row("a", "k1", "k2"), row("b", "k3")))
	p.leads("the second is the first known", "t", list("k0 k3 k1"), "b")
	p.leads("the first is known", "t", list("k2 k3"), "a")
}

func keyStays(p *probe) {
	p.put(ofRows(row("a", "k1")))
	p.put(ofRows(row("b", "k1", "k2")))
	p.leads("the first row has it", "t", list("k1"), "a")
	p.put(ofRows(again(row("b", "k1", "k2"), 1)))
	p.leads("and has it still", "t", list("k1"), "a")
	p.leads("the other key is the second row's", "t", list("k2"), "b")
}

func keyGivenUp(p *probe) {
	p.put(ofRows(row("a", "k1", "k2")))
	p.put(ofRows(again(row("a", "k2"), 1)))
	p.leads("given up", "t", list("k1"), "")
	p.leads("kept", "t", list("k2"), "a")
	p.put(ofRows(row("b", "k1")))
	p.leads("taken by another", "t", list("k1"), "b")
	p.put(ofRows(again(row("a", "k1", "k2"), 2)))
	p.leads("it does not come back", "t", list("k1"), "b")
}

func keyHandedOver(p *probe) {
	p.put(ofRows(row("a", "k1", "k2"), row("b")))
	p.put(ofRows(again(row("a", "k2"), 1), again(row("b", "k1"), 1)))
	p.leads("handed over", "t", list("k1"), "b")
	p.same("its new row names it", p.row(at("b")).Keys, list("k1"))
}

func keyOrder(p *probe) {
	p.put(ofRows(row("a", "k3", "k1", "k2")))
	p.same("as named", p.row(at("a")).Keys, list("k3 k1 k2"))
	p.put(ofRows(row("b", "k9", "k1", "k4")))
	p.same("without the other row's", p.row(at("b")).Keys, list("k9 k4"))
	p.put(ofRows(again(row("a", "k2", "k3"), 1)))
	p.same("named anew", p.row(at("a")).Keys, list("k2 k3"))
}

func dues() []check {
	return []check{
		{name: "due-order", do: dueOrder,
			proves: "Due gives rows of all tenants and kinds by Due, tenant, kind and id."},
		{name: "due-until", do: dueUntil,
			proves: "A row is due at its instant and not a millisecond before."},
		{name: "due-limit", do: dueLimit,
			proves: "Due gives at most limit rows, the earliest."},
		{name: "due-zero", do: dueZero,
			proves: "A row with the zero Due is never due."},
		{name: "due-moves", do: dueMoves,
			proves: "A row whose Due changed is due at its new instant only."},
		{name: "due-like-slow", do: dueLikeSlow,
			proves: "Due gives what a slow walk of all rows gives, over 400 random commits."},
	}
}

func dueOrder(p *probe) {
	r := func(tenant, kind, id string, minutes int) desk.Row {
		return desk.Row{Address: desk.Address{Tenant: tenant, Kind: kind, ID: id}, Due: after(minutes)}
	}
	p.put(ofRows(r("t", "case", "late", 2), r("u", "case", "a", 1), r("t", "incident", "b", 1), r("t", "case", "d", 1),
		r("t", "case", "c", 1), r("v", "tally", "first", 0)))
	p.same("Due", p.due(after(9), 9), list("first c d b a late"))
}

func dueUntil(p *probe) {
	p.put(ofRows(dueAt("a", noon)))
	p.same("a millisecond before", p.due(noon.Add(-time.Millisecond), 9), nil)
	p.same("at its instant", p.due(noon, 9), list("a"))
}

func dueLimit(p *probe) {
	p.put(ofRows(dueAt("c", after(3)), dueAt("a", after(1)), dueAt("b", after(2))))
	p.same("two", p.due(after(9), 2), list("a b"))
	p.same("none", p.due(after(9), 0), nil)
}

func dueZero(p *probe) {
	p.put(ofRows(row("a"), dueAt("b", noon)))
	forEver := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	p.same("for ever", p.due(forEver, 9), list("b"))
	p.put(ofRows(again(row("b"), 1)))
	p.same("b is not due any more", p.due(forEver, 9), nil)
}

func dueMoves(p *probe) {
	p.put(ofRows(dueAt("a", after(1)), dueAt("b", after(2))))
	p.put(ofRows(again(dueAt("a", after(5)), 1)))
	p.same("at its old instant", p.due(after(1), 9), nil)
	p.same("behind b", p.due(after(9), 9), list("b a"))
	p.put(ofRows(again(dueAt("a", after(0)), 2)))
	p.same("before b", p.due(after(9), 9), list("a b"))
}

func dueLikeSlow(p *probe) {
	r := rand.New(rand.NewPCG(1, 2))
	slow := map[string]desk.Row{}
	for n := 0; n < 400 && p.err == nil; n++ {
		id := fmt.Sprint(r.IntN(60))
		x := again(row(id), slow[id].Revision)
		if r.IntN(4) > 0 {
			x.Due = after(r.IntN(20))
		}
		p.put(ofRows(x))
		x.Revision++
		slow[id] = x
		if n%8 > 0 {
			continue
		}
		until, limit := after(r.IntN(25)), r.IntN(30)
		var want []string
		for id, x := range slow {
			if !x.Due.IsZero() && !x.Due.After(until) {
				want = append(want, id)
			}
		}
		slices.SortFunc(want, func(a, b string) int { return cmp.Or(slow[a].Due.Compare(slow[b].Due), cmp.Compare(a, b)) })
		if want = want[:min(limit, len(want))]; len(want) == 0 {
			want = nil
		}
		p.same(fmt.Sprintf("Due after commit %d", n), p.due(until, limit), want)
	}
}
