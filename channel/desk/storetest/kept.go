package storetest

import (
	"strconv"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/trail"
)

func trails() []check {
	return []check{
		{name: "trail-order", do: trailOrder,
			proves: "The entries of a row come oldest first, each row's on their own."},
		{name: "trail-no-hole", do: noHole,
			proves: "An entry that does not follow the last one is refused."},
		{name: "trail-bytes", do: trailBytes,
			proves: "The bytes of an entry are never written again: spaces, order of members and escapes stay."},
		{name: "trail-links", do: trailLinks,
			proves: "Head, salt and body of an entry stay as they are, each by itself, and so does the tip of its row."},
	}
}

func trailOrder(p *probe) {
	p.put(ofEntries(entry("a", 1, "a1"), entry("b", 1, "b1"), entry("a", 2, "a2")))
	for seq := 3; seq <= 12; seq++ {
		p.put(ofEntries(entry("a", seq, "later")))
	}
	p.same("of b", p.entries(at("b")), []string{"1 b1"})
	got := p.entries(at("a"))
	if p.err == nil && len(got) != 12 {
		p.failf("a has %d entries, wanted 12", len(got))
		return
	}
	if p.err == nil {
		p.same("of a", got[:3], []string{"1 a1", "2 a2", "3 later"})
		p.same("the last, behind the ninth", got[11], "12 later")
	}
}

func noHole(p *probe) {
	p.refused("it begins with 1", ofEntries(entry("a", 2, "x")), nil)
	p.refused("it does not begin with 0", ofEntries(entry("a", 0, "x")), nil)
	p.put(ofEntries(entry("a", 1, "a1")))
	p.refused("a hole", ofEntries(entry("a", 3, "x")), nil)
	p.refused("a hole in one commit", ofEntries(entry("a", 2, "x"), entry("a", 4, "x")), nil)
	p.refused("written over", ofEntries(entry("a", 1, "x")), nil)
	p.same("as it was", p.entries(at("a")), []string{"1 a1"})
	p.put(ofEntries(entry("a", 2, "a2"), entry("a", 3, "a3")))
}

func trailBytes(p *probe) {
	body := "{ \"b\":1.0, \"a\":\"\\u003cb\\u003e <b>\",\"a\":2 }\n"
	p.put(ofEntries(entry("a", 1, body)))
	p.same("Entries", p.entries(at("a")), []string{"1 " + body})
	r := row("a")
	r.State = []byte(body)
	p.put(ofRows(r))
	p.same("State", p.row(at("a")).State, []byte(body))
	o := asked("o", "l")
	o.Body = []byte(body)
	p.put(ofRequests(o))
	p.same("Body", p.one("o").Body, []byte(body))
}

func trailLinks(p *probe) {
	whole := trail.Link{Head: []byte(`{"seq":1, "at":"x"}`), Salt: []byte{0, 1, 0xff, 0}, Body: []byte(`{"a":"\u003c"}`)}
	bare := trail.Link{Head: []byte("{}")}
	r := row("a")
	r.Tip = trail.Tip{Seq: 2, At: noon, Hash: "h2"}
	first, second := entry("a", 1, ""), entry("a", 2, "")
	first.Link, second.Link = whole, bare
	p.put(desk.Commit{Rows: []desk.Row{r}, Entries: []desk.Entry{first, second}})
	p.same("the links", p.links(at("a")), []trail.Link{whole, bare})
	p.same("the tip", p.row(at("a")).Tip, r.Tip)
	p.same("the tip of a walk", gather(p, "Rows", p.s.Rows(p.ctx, cases()), func(r desk.Row) string { return r.Tip.Hash }), list("h2"))
}

func items() []check {
	return []check{
		{name: "inbox-order", do: inboxOrder,
			proves: "Items wait in the order in which they were stored; at most limit are given."},
		{name: "inbox-again", do: inboxAgain,
			proves: "An item that comes again changes nothing, and is not worked on twice."},
		{name: "inbox-done", do: inboxDone,
			proves: "What is done does not wait any more, is known for ever, and stays done when it comes again."},
		{name: "inbox-parked", do: inboxParked,
			proves: "What is parked does not wait, and keeps all of it for a person."},
		{name: "inbox-unique", do: inboxUnique,
			proves: "An item is unique by tenant, channel and id."},
		{name: "cursor", do: cursors,
			proves: "A cursor is what was stored last for its channel."},
	}
}

func inboxOrder(p *probe) {
	p.put(ofItems(came("z"), came("y")))
	p.put(ofItems(came("a")))
	p.same("all", p.inbox(9), list("z y a"))
	p.same("two", p.inbox(2), list("z y"))
	p.same("none", p.inbox(0), nil)
}

func inboxAgain(p *probe) {
	p.put(ofItems(came("1"), came("2")))
	other := came("1")
	other.Item.Mention.Text = "changed on the way"
	p.put(ofItems(other))
	p.same("it waits once", p.inbox(9), list("1 2"))
	p.same("as it first came", p.item("t", "c", "1").Item.Mention.Text, "hello 1")
}

func inboxDone(p *probe) {
	p.put(ofItems(came("1"), came("2")))
	done := came("1")
	done.Done = true
	p.put(ofItems(done))
	p.same("the other one", p.inbox(9), list("2"))
	p.put(ofItems(came("1")))
	p.same("it came again", p.inbox(9), list("2"))
	in := p.item("t", "c", "1")
	p.same("known", in.Item.ID, "1")
	p.same("and done", in.Done, true)
	never := came("3")
	never.Done = true
	p.put(ofItems(never))
	p.same("done as it came", p.inbox(9), list("2"))
	p.same("and known", p.item("t", "c", "3").Done, true)
}

func inboxParked(p *probe) {
	p.put(ofItems(came("1"), came("2")))
	parked := came("1")
	parked.Parked = "nobody can read it"
	p.put(ofItems(parked))
	p.same("the other one", p.inbox(9), list("2"))
	p.same("all of it", p.item("t", "c", "1"), parked)
	p.put(ofItems(came("1")))
	p.same("it came again", p.inbox(9), list("2"))
	both := parked
	both.Done = true
	p.put(ofItems(both))
	p.same("parked and done", p.item("t", "c", "1"), both)
}

func inboxUnique(p *probe) {
	elsewhere, foreign := came("1"), came("1")
	elsewhere.Channel, foreign.Tenant = "d", "u"
	p.put(ofItems(came("1"), elsewhere, foreign))
	p.same("three", p.inbox(9), list("1 1 1"))
	elsewhere.Done = true
	p.put(ofItems(elsewhere))
	p.same("the item of c is not done", p.item("t", "c", "1").Done, false)
	p.same("nor that of u", p.item("u", "c", "1").Done, false)
	p.same("two", p.inbox(9), list("1 1"))
}

func cursors(p *probe) {
	p.put(desk.Commit{Cursors: map[string]channel.Cursor{"c": "9", "d": "x"}})
	p.put(desk.Commit{Cursors: map[string]channel.Cursor{"c": "10"}})
	p.same("of c", p.cursor("c"), channel.Cursor("10"))
	p.same("of d", p.cursor("d"), channel.Cursor("x"))
	p.put(desk.Commit{Cursors: map[string]channel.Cursor{"c": ""}})
	p.same("back at the beginning", p.cursor("c"), channel.Cursor(""))
}

func texts() []check {
	return []check{
		{name: "text-newest", do: newest,
			proves: "Text gives the newest revision, in whatever order they came."},
		{name: "text-replaced", do: replaced,
			proves: "A text with a revision that is there replaces that one."},
		{name: "text-apart", do: apart,
			proves: "Texts are told apart by tenant, channel and id."},
		{name: "text-loose", do: loose,
			proves: "Loose walks what one author said on a channel that belongs to no row, every revision, in order, and nothing else."},
	}
}

func loose(p *probe) {
	by := func(tenant, channel, id string, rev int, author string) desk.Text {
		return desk.Text{Address: desk.Address{Tenant: tenant}, Ref: mention.Ref{Channel: channel, ID: id}, Rev: rev, Author: author,
			Text: id}
	}
	of := said("9", 0, "of a row")
	p.put(ofTexts(by("t", "c", "2", 1, "eva"), by("t", "c", "2", 0, "eva"), by("t", "c", "1", 0, "eva"), by("t", "c", "3", 0, "leo"),
		by("u", "c", "4", 0, "eva"), by("t", "d", "5", 0, "eva"), by("t", "c", "6", 0, ""), of))
	var got []string
	for t, err := range p.s.Loose(p.ctx, "t", "c", "eva") {
		p.ok("a walk", err)
		got = append(got, t.Text+"/"+strconv.Itoa(t.Rev))
	}
	p.same("his", got, list("1/0 2/0 2/1"))
	for range p.s.Loose(p.ctx, "t", "c", "") {
		p.same("nobody's", "something", "nothing")
	}
	for range p.s.Loose(p.ctx, "t", "c", "eva") {
		break // who stops walking is not called again
	}
}

func newest(p *probe) {
	p.put(ofTexts(said("1", 0, "first")))
	p.same("one", p.text("t", ref("1")).Text, "first")
	p.put(ofTexts(said("1", 10, "tenth")))
	p.put(ofTexts(said("1", 9, "ninth")))
	p.same("the tenth", p.text("t", ref("1")).Text, "tenth")
}

func replaced(p *probe) {
	p.put(ofTexts(said("1", 0, "first"), said("1", 1, "second")))
	gone := said("1", 1, "")
	gone.Gone = true
	p.put(ofTexts(gone))
	p.same("it is gone", p.text("t", ref("1")), gone)
	p.put(ofTexts(said("1", 0, "first anew")))
	p.same("an older one does not come forward", p.text("t", ref("1")), gone)
}

func apart(p *probe) {
	other, foreign := said("1", 0, "another channel"), said("1", 0, "another tenant")
	other.Ref.Channel, foreign.Tenant = "d", "u"
	p.put(ofTexts(said("1", 0, "here"), other, foreign, said("2", 0, "another id")))
	p.same("here", p.text("t", ref("1")).Text, "here")
	p.same("another channel", p.text("t", other.Ref).Text, "another channel")
	p.same("another tenant", p.text("u", ref("1")).Text, "another tenant")
	p.same("another id", p.text("t", ref("2")).Text, "another id")
}
