package storetest

import (
	"strings"
	"time"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/trail"
)

func erasures() []check {
	return []check{
		{name: "erase-trail", do: eraseTrail,
			proves: "Of the entries of an erased row the heads stay, what comes with the commit stays whole, and other rows are left alone."},
		{name: "erase-texts", do: eraseTexts,
			proves: "Every revision of an erased text goes, and what its author said that belongs to no row."},
		{name: "erase-items", do: eraseItems,
			proves: "Of an erased item that is parked nothing stays but that it is known; what still waits waits."},
		{name: "erase-tallies", do: eraseTallies,
			proves: "An erased tally is as if it had never been: no row, no key, no label, no instant, revision 0."},
		{name: "erase-several", do: eraseSeveral,
			proves: "Every erasure of a commit is carried out, each of its own row and of no other of that id."},
		{name: "erase-old", do: eraseOld,
			proves: "What belongs to no row and was stored before an instant goes, with parked items; raw bytes of them before another."},
		{name: "erase-with-commit", do: eraseWithCommit,
			proves: "A commit that is refused erases nothing."},
	}
}

// heads are the links of a row, those that are bare as "-".
func (p *probe) heads(id string) (out []string) {
	for _, l := range p.links(at(id)) {
		body := string(l.Body)
		if l.Bare() {
			body = "-"
		}
		out = append(out, string(l.Head)+": "+body)
	}
	return out
}

func erasure(id string) desk.Erasure { return desk.Erasure{Address: at(id)} }

func eraseTrail(p *probe) {
	p.put(ofEntries(entry("a", 1, "1"), entry("a", 2, "2"), entry("b", 1, "b")))
	c := ofEntries(entry("a", 3, "3"))
	c.Erased = []desk.Erasure{erasure("a")}
	p.put(c)
	p.same("of a", p.heads("a"), []string{"head of 1: -", "head of 2: -", "head of 3: 3"})
	p.same("of b", p.heads("b"), []string{"head of b: b"})
	p.put(ofEntries(entry("a", 4, "4")))
	c = ofEntries(entry("a", 5, "5"))
	c.Erased = []desk.Erasure{erasure("a")}
	p.put(c)
	p.same("again", p.heads("a"), []string{"head of 1: -", "head of 2: -", "head of 3: -", "head of 4: -", "head of 5: 5"})
	p.same("a bare link", p.links(at("a"))[0], trail.Link{Head: []byte("head of 1")})
}

func eraseTexts(p *probe) {
	by := func(id, author string) desk.Text {
		t := said(id, 0, author)
		t.Address, t.Author = desk.Address{Tenant: "t"}, author
		return t
	}
	foreign, elsewhere := by("5", "eva"), by("6", "eva")
	foreign.Tenant, elsewhere.Ref.Channel = "u", "d"
	p.put(ofTexts(said("1", 0, "first"), said("1", 1, "second"), said("2", 0, "other"), by("3", "eva"), by("4", "leo"),
		foreign, elsewhere))
	e := erasure("a")
	e.Texts, e.Channel, e.Author = []mention.Ref{ref("1"), ref("never")}, "c", "eva"
	p.put(desk.Commit{Erased: []desk.Erasure{e}})
	for _, id := range list("1 3") {
		_, err := p.s.Text(p.ctx, "t", ref(id))
		p.absent("text "+id, err)
	}
	p.same("another of the case", p.text("t", ref("2")).Text, "other")
	p.same("another author", p.text("t", ref("4")).Text, "leo")
	p.same("another tenant", p.text("u", ref("5")).Text, "eva")
	p.same("another channel", p.text("t", elsewhere.Ref).Text, "eva")
}

func eraseItems(p *probe) {
	item := func(id, author, parked string) desk.Inbound {
		in := came(id)
		in.Parked, in.Done = parked, parked != ""
		in.Item.Mention.Author.Handle = author
		return in
	}
	all := []desk.Inbound{item("1", "eva", "why"), item("2", "leo", "why"), item("3", "eva", ""), item("4", "leo", "why")}
	for _, in := range all {
		waits := in
		waits.Parked, waits.Done = "", false
		p.put(ofItems(waits))
		if in.Parked != "" {
			p.put(ofItems(in))
		}
	}
	e := erasure("a")
	e.Channel, e.Author, e.Texts = "c", "@eva", []mention.Ref{ref("m4")}
	p.put(desk.Commit{Erased: []desk.Erasure{e}})
	for _, id := range list("1 4") {
		in := p.item("t", "c", id)
		p.same(id+" is known", in.Item.ID, id)
		p.same(id+" is done", in.Done, true)
		p.same(id+" says nothing", in.Item.Mention.Text+in.Parked+string(in.Item.Raw)+in.Item.Mention.Author.Handle, "")
	}
	p.same("another author's", p.item("t", "c", "2"), all[1])
	p.same("what waits", p.inbox(9), list("3"))
}

func eraseOld(p *probe) {
	loose := func(id string, at time.Time) desk.Text {
		t := said(id, 0, id)
		t.Address, t.Author, t.At = desk.Address{Tenant: "t"}, "eva", at
		return t
	}
	foreign := loose("5", noon)
	foreign.Tenant = "u"
	of := said("3", 0, "of a row")
	of.At = noon
	p.put(ofTexts(loose("1", noon), loose("2", noon.Add(time.Hour)), of, loose("4", time.Time{}), foreign))
	for i, id := range list("1 2 3") {
		in := came(id)
		in.At, in.Item.Raw = noon.Add(time.Duration(i)*time.Hour), []byte("raw")
		p.put(ofItems(in))
		in.Parked, in.Done = "why", true
		p.put(ofItems(in))
	}
	e := desk.Erasure{Address: desk.Address{Tenant: "t"}, Before: noon.Add(time.Hour), Raw: noon.Add(2 * time.Hour)}
	p.put(desk.Commit{Erased: []desk.Erasure{e}})
	_, err := p.s.Text(p.ctx, "t", ref("1"))
	p.absent("what is older", err)
	p.same("what is as old", p.text("t", ref("2")).Text, "2")
	p.same("what belongs to a row", p.text("t", ref("3")).Text, "of a row")
	p.same("what is of no known age", p.text("t", ref("4")).Text, "4")
	p.same("another tenant's", p.text("u", ref("5")).Text, "5")
	for i, want := range []string{"", "why", "why raw"} {
		id := list("1 2 3")[i]
		in := p.item("t", "c", id)
		p.same("parked "+id, strings.TrimSpace(in.Parked+" "+string(in.Item.Raw)), want)
	}
}

func eraseTallies(p *probe) {
	tally := func(id string) desk.Row {
		r := dueAt(id, noon)
		r.Kind, r.Keys, r.Labels = desk.KindTally, list("key-"+id), list("both label-"+id)
		return r
	}
	p.put(ofRows(tally("x"), tally("y"), dueAt("x", noon)))
	e := erasure("a")
	e.Tallies = list("x never")
	p.put(desk.Commit{Erased: []desk.Erasure{e}})
	_, err := p.s.Row(p.ctx, tally("x").Address)
	p.absent("the row", err)
	_, err = p.s.Find(p.ctx, "t", list("key-x"))
	p.absent("its key", err)
	p.same("by its label", p.found(desk.RowQuery{Tenant: "t", Kind: desk.KindTally, Label: "label-x"}), nil)
	p.same("by the label of both", p.found(desk.RowQuery{Tenant: "t", Kind: desk.KindTally, Label: "both"}), list("y"))
	p.same("tallies", p.rows("t", desk.KindTally), list("y"))
	p.same("due: the case of that name and the other tally", strings.Join(p.due(noon, 9), " "), "x y")
	p.put(ofRows(tally("x")))
	p.same("anew", p.row(tally("x").Address).Revision, 1)
}

func eraseSeveral(p *probe) {
	of := func(kind, id string, seq int) desk.Entry {
		e := entry(id, seq, kind)
		e.Kind = kind
		return e
	}
	bodies := func(kind, id string) (out string) {
		for _, l := range p.links(desk.Address{Tenant: "t", Kind: kind, ID: id}) {
			out += string(l.Head) + ": " + string(l.Body) + "; "
		}
		return out
	}
	p.put(ofEntries(of(desk.KindCase, "a", 1), of(desk.KindIncident, "a", 1), of(desk.KindIncident, "b", 1),
		of(desk.KindCase, "b", 1)))
	p.put(ofTexts(said("1", 0, "first"), said("2", 0, "other"), said("3", 0, "third")))
	c := ofEntries(of(desk.KindCase, "a", 2), of(desk.KindIncident, "b", 2))
	one, two := erasure("a"), erasure("b")
	two.Kind = desk.KindIncident
	one.Texts, two.Texts = []mention.Ref{ref("1")}, []mention.Ref{ref("2")}
	c.Erased = []desk.Erasure{one, two}
	p.put(c)
	p.same("the case", bodies(desk.KindCase, "a"), "head of case: ; head of case: case; ")
	p.same("the incident", bodies(desk.KindIncident, "b"), "head of incident: ; head of incident: incident; ")
	p.same("an incident of the case's id", bodies(desk.KindIncident, "a"), "head of incident: incident; ")
	p.same("a case of the incident's id", bodies(desk.KindCase, "b"), "head of case: case; ")
	for _, id := range list("1 2") {
		_, err := p.s.Text(p.ctx, "t", ref(id))
		p.absent("text "+id, err)
	}
	p.same("a text that nobody erased", p.text("t", ref("3")).Text, "third")
}

func eraseWithCommit(p *probe) {
	p.put(desk.Commit{Rows: []desk.Row{row("a")}, Entries: []desk.Entry{entry("a", 1, "1")}, Texts: []desk.Text{said("1", 0, "first")}})
	e := erasure("a")
	e.Texts = []mention.Ref{ref("1")}
	p.refused("the row has moved on", desk.Commit{Rows: []desk.Row{row("a")}, Erased: []desk.Erasure{e}}, desk.ErrConflict)
	p.same("the trail", p.heads("a"), []string{"head of 1: 1"})
	p.same("the text", p.text("t", ref("1")).Text, "first")
}
