package storetest

import (
	"bytes"
	"strings"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/trail"
)

// odd are names that a store must keep apart from one another.
func odd() []string {
	return []string{
		"", " ", "  ", "a", "A", "á", "a\u0301", "ａ", "a/b", "a//b", "a%", "a_", "'", "''", `"`, `\`, "`", ";--", "null",
		"0", "00", "1e0", "\t", "\n", "\r\n", "\u200b", "\ufeff", "ß", "SS", "ﬀ", "ǆ", "한국어", "ไทย", "🙂", "🏳️‍🌈",
		"\U0010FFFF", strings.Repeat("x", 5000),
	}
}

func oddNames(p *probe) {
	for n, name := range odd() {
		address := desk.Address{Tenant: name, Kind: desk.KindTally, ID: name}
		p.put(desk.Commit{
			Rows: []desk.Row{{Address: address, Queue: name, Keys: []string{name},
				Labels: []string{name}, State: []byte(name)}},
			Entries: []desk.Entry{{Address: address, Seq: 1, Link: trail.Link{Body: []byte(name)}}},
			Outbox:  []desk.Outbound{{Address: address, Key: name, Lane: name, Effect: name, Rank: n, Body: []byte(name), Outcome: name}},
			Events:  []string{name},
			Texts:   []desk.Text{{Address: address, Ref: mention.Ref{Channel: name, ID: name}, Text: name}},
			Inbox:   []desk.Inbound{{Tenant: name, Channel: name, Item: channel.Item{ID: name, Raw: []byte(name)}}},
			Cursors: map[string]channel.Cursor{name: channel.Cursor(name)},
		})
	}
	for n, name := range odd() {
		address := desk.Address{Tenant: name, Kind: desk.KindTally, ID: name}
		got := p.row(address)
		p.same("State", got.State, []byte(name))
		p.same("Row", got.Address, address)
		p.same("Keys", got.Keys, []string{name})
		p.same("Entries", p.entries(address), []string{"1 " + name})
		p.same("request", p.one(name).Outcome, name)
		p.same("Ready", p.ready(n, after(1), 9), []string{name})
		p.same("Item", p.item(name, name, name).Item.ID, name)
		p.same("Text", p.text(name, mention.Ref{Channel: name, ID: name}).Text, name)
		p.same("Cursor", p.cursor(name), channel.Cursor(name))
		q := desk.RowQuery{Tenant: name, Kind: desk.KindTally}
		if name != "" { // nothing is before it, and the zero query gives what is behind
			p.same("Rows", p.found(q), []string{name})
			q.Label = name
			p.same("Rows with the label", p.found(q), []string{name})
		}
		p.refused("the event is known", desk.Commit{Events: []string{name}}, desk.ErrKnown)
	}
}

func large(p *probe) {
	state := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	r := row("a")
	r.State = state
	p.put(ofRows(r))
	if got := p.row(at("a")); p.err == nil && !bytes.Equal(got.State, state) {
		p.failf("%d bytes came back of %d, or others", len(got.State), len(state))
	}
}
