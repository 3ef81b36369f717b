package storetest

import (
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/trail"
)

// at is a case of tenant t.
func at(id string) desk.Address { return desk.Address{Tenant: "t", Kind: desk.KindCase, ID: id} }

// row is a case of tenant t as it is stored for the first time.
func row(id string, keys ...string) desk.Row {
	return desk.Row{Address: at(id), Keys: keys, State: []byte(`{"id":"` + id + `"}`)}
}

// again is a row as it is stored the next time.
func again(r desk.Row, revision int) desk.Row {
	r.Revision = revision
	return r
}

func dueAt(id string, due time.Time) desk.Row {
	r := row(id)
	r.Due = due
	return r
}

func queued(id, queue string) desk.Row {
	r := row(id)
	r.Queue = queue
	return r
}

// cases are all cases of tenant t.
func cases() desk.RowQuery { return desk.RowQuery{Tenant: "t", Kind: desk.KindCase} }

func labelled(id, queue string, labels ...string) desk.Row {
	r := queued(id, queue)
	r.Labels = labels
	return r
}

func ofRows(rows ...desk.Row) desk.Commit { return desk.Commit{Rows: rows} }

func entry(id string, seq int, body string) desk.Entry {
	link := trail.Link{Head: []byte("head of " + body), Salt: []byte("salt"), Body: []byte(body)}
	return desk.Entry{Address: at(id), Seq: seq, Link: link}
}

func ofEntries(entries ...desk.Entry) desk.Commit { return desk.Commit{Entries: entries} }

// asked is a request of case a.
func asked(key, lane string) desk.Outbound {
	return desk.Outbound{Address: at("a"), Key: key, Lane: lane, Rank: 1, Effect: "tell", Body: []byte(`{"k":"` + key + `"}`),
		State: desk.Waiting, Asked: noon}
}

// became is a request as it is stored the next time.
func became(o desk.Outbound, revision int, state desk.State) desk.Outbound {
	o.Revision, o.State = revision, state
	return o
}

func ofRequests(requests ...desk.Outbound) desk.Commit { return desk.Commit{Outbox: requests} }

// came is an item of channel c.
func came(id string) desk.Inbound {
	return desk.Inbound{Tenant: "t", Channel: "c", At: noon, Item: channel.Item{ID: id, Kind: channel.Created,
		Mention: mention.Mention{Ref: mention.Ref{Channel: "c", ID: "m" + id}, Text: "hello " + id}, Raw: []byte("raw " + id)}}
}

func ofItems(items ...desk.Inbound) desk.Commit { return desk.Commit{Inbox: items} }

func ref(id string) mention.Ref { return mention.Ref{Channel: "c", ID: id} }

// said is a revision of a text of case a.
func said(id string, rev int, text string) desk.Text {
	return desk.Text{Address: at("a"), Ref: ref(id), Rev: rev, Text: text}
}

func ofTexts(texts ...desk.Text) desk.Commit { return desk.Commit{Texts: texts} }

// full is a commit with something of everything.
func full() desk.Commit {
	o := asked("o1", "l")
	o.Attempts, o.Next, o.Tried, o.Settled, o.Outcome, o.Ref = 2, after(1), after(2), after(3), "delivered", ref("sent")
	return desk.Commit{
		Rows: []desk.Row{{Address: at("a"), Due: noon, Queue: "0 5", Keys: []string{"k2", "k1"},
			Labels: []string{"l2", "l1"}, State: []byte(`{"n": 1.50}`)}},
		Entries: []desk.Entry{entry("a", 1, `{"seq":1, "html":"<b>"}`)},
		Outbox:  []desk.Outbound{o},
		Events:  []string{"e1"},
		Texts:   []desk.Text{{Address: at("a"), Ref: ref("1"), Rev: 3, Uncounted: true, Ours: true, Gone: true, Text: "hello"}},
		Inbox:   []desk.Inbound{came("i1")},
		Cursors: map[string]channel.Cursor{"c": "c1"},
	}
}
