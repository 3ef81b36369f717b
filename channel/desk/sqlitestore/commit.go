package sqlitestore

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
)

// A refusal is a commit that must not be stored. It is found before anything is written.
type refusal struct{ err error }

func (r *refusal) Error() string { return r.err.Error() }

func refused(format string, args ...any) error { return &refusal{fmt.Errorf(format, args...)} }

// prepared is a commit made ready by who commits, so that the writer has less to do.
type prepared struct {
	rows    []preparedRow
	entries []preparedEntry
	outbox  []preparedOutbound
	events  []string
	texts   []preparedText
	inbox   []preparedInbound
	cursors map[string]channel.Cursor
	erased  []desk.Erasure
}

type preparedRow struct {
	row    desk.Row // as it will be stored
	record record
	was    *desk.Row // as it is stored; nil: not at all. Only its head
}

type preparedEntry struct {
	entry  desk.Entry
	record record
}

type preparedOutbound struct {
	out    desk.Outbound // as it will be stored
	record record
	place  int64 // 0: not stored yet
	lane   string
}

type preparedText struct {
	text   desk.Text
	record record
}

type preparedInbound struct {
	in     desk.Inbound
	record record
}

// prepare encodes a commit, and refuses what stands in it twice.
func prepare(c desk.Commit) (*prepared, error) {
	p := &prepared{events: c.Events, cursors: c.Cursors, erased: c.Erased}
	rows, requests, events := map[desk.Address]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range c.Rows {
		if rows[r.Address] {
			return nil, fmt.Errorf("%s %s stands twice in one commit", r.Kind, r.ID)
		}
		rows[r.Address] = true
		r.Revision++
		rec, err := ofRow(r)
		if err != nil {
			return nil, err
		}
		p.rows = append(p.rows, preparedRow{row: r, record: rec})
	}
	for _, id := range c.Events {
		if events[id] {
			return nil, fmt.Errorf("%s: %w", id, desk.ErrKnown)
		}
		events[id] = true
	}
	for _, o := range c.Outbox {
		if requests[o.Key] {
			return nil, fmt.Errorf("request %s stands twice in one commit", o.Key)
		}
		requests[o.Key] = true
		o.Revision++
		rec, err := ofOutbound(o)
		if err != nil {
			return nil, err
		}
		p.outbox = append(p.outbox, preparedOutbound{out: o, record: rec})
	}
	return p, p.rest(c)
}

func (p *prepared) rest(c desk.Commit) error {
	for _, e := range c.Entries {
		rec, err := ofEntry(e)
		if err != nil {
			return err
		}
		p.entries = append(p.entries, preparedEntry{entry: e, record: rec})
	}
	for _, t := range c.Texts {
		rec, err := ofText(t)
		if err != nil {
			return err
		}
		p.texts = append(p.texts, preparedText{text: t, record: rec})
	}
	for _, in := range c.Inbox {
		if in.Done && in.Parked == "" {
			in.Item = channel.Item{ID: in.Item.ID, Kind: in.Item.Kind} // that it is known is all that is still needed
		}
		rec, err := ofInbound(in)
		if err != nil {
			return err
		}
		p.inbox = append(p.inbox, preparedInbound{in: in, record: rec})
	}
	return nil
}

// store looks whether a commit may be stored, and stores it.
func (p *statements) store(c *prepared) error {
	if err := p.check(c); err != nil {
		return err
	}
	for _, e := range c.erased {
		if err := p.erase(e); err != nil {
			return err
		}
	}
	for n := range c.rows {
		if err := p.putRow(&c.rows[n]); err != nil {
			return err
		}
	}
	for _, e := range c.entries {
		if _, err := p.exec("INSERT INTO entries (tenant, kind, id, seq, head, body, sum) VALUES (?, ?, ?, ?, ?, ?, ?)",
			e.entry.Tenant, e.entry.Kind, e.entry.ID, e.entry.Seq, e.record.head, e.record.body, e.record.sum); err != nil {
			return err
		}
	}
	for n := range c.outbox {
		if err := p.putOutbound(&c.outbox[n]); err != nil {
			return err
		}
	}
	for _, id := range c.events {
		if _, err := p.exec("INSERT INTO events (id) VALUES (?)", id); err != nil {
			return err
		}
	}
	return p.putRest(c)
}

// looseAt is when a text was stored that belongs to no row; NULL for one that does.
func looseAt(t desk.Text) sql.NullInt64 {
	if t.ID != "" {
		return sql.NullInt64{}
	}
	return dueAt(t.At)
}

func (p *statements) putRest(c *prepared) error {
	for _, t := range c.texts {
		if _, err := p.exec("INSERT OR REPLACE INTO texts (tenant, channel, ref, rev, author, at, head, body, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			t.text.Tenant, t.text.Ref.Channel, t.text.Ref.ID, t.text.Rev, t.text.Author, looseAt(t.text), t.record.head, t.record.body, t.record.sum); err != nil {
			return err
		}
	}
	for _, in := range c.inbox {
		if err := p.putInbound(in); err != nil {
			return err
		}
	}
	for name, cursor := range c.cursors {
		if _, err := p.exec("INSERT OR REPLACE INTO cursors (name, cursor) VALUES (?, ?)", name, string(cursor)); err != nil {
			return err
		}
	}
	return nil
}

// check refuses a commit before anything of it is stored.
func (p *statements) check(c *prepared) error {
	for n := range c.rows {
		r := &c.rows[n]
		if err := p.was(r); err != nil {
			return err
		}
		if was := r.revision(); was != r.row.Revision-1 {
			return refused("%s %s: %w: stored %d, expected %d", r.row.Kind, r.row.ID, desk.ErrConflict, was, r.row.Revision-1)
		}
	}
	var known int
	for _, id := range c.events {
		found, err := p.one("SELECT 1 FROM events WHERE id = ?", []any{id}, &known)
		if err != nil {
			return err
		}
		if found {
			return refused("%s: %w", id, desk.ErrKnown)
		}
	}
	for n := range c.outbox {
		o := &c.outbox[n]
		was := 0
		o.place = 0
		if _, err := p.one("SELECT place, revision, lane FROM outbox WHERE key = ?", []any{o.out.Key},
			&o.place, &was, &o.lane); err != nil {
			return err
		}
		if was != o.out.Revision-1 {
			return refused("request %s: %w: stored %d, expected %d", o.out.Key, desk.ErrConflict, was, o.out.Revision-1)
		}
	}
	return p.checkTrails(c)
}

// was reads what is stored of a row.
func (p *statements) was(r *preparedRow) error {
	var head []byte
	r.was = nil
	found, err := p.one("SELECT head FROM rows WHERE tenant = ? AND kind = ? AND id = ?",
		[]any{r.row.Tenant, r.row.Kind, r.row.ID}, &head)
	if err != nil || !found {
		return err
	}
	r.was = &desk.Row{}
	if err := json.Unmarshal(head, r.was); err != nil {
		return fmt.Errorf("%w: %s %s cannot be read: %w", ErrCorrupt, r.row.Kind, r.row.ID, err)
	}
	return nil
}

func (p *statements) checkTrails(c *prepared) error {
	next := map[desk.Address]int{}
	for _, e := range c.entries {
		at := e.entry.Address
		if next[at] == 0 {
			var last int
			if _, err := p.one("SELECT coalesce(max(seq), 0) FROM entries WHERE tenant = ? AND kind = ? AND id = ?",
				[]any{at.Tenant, at.Kind, at.ID}, &last); err != nil {
				return err
			}
			next[at] = last + 1
		}
		if e.entry.Seq != next[at] {
			return refused("%s %s: entry %d where %d comes next", at.Kind, at.ID, e.entry.Seq, next[at])
		}
		next[at]++
	}
	return nil
}

func (r *preparedRow) revision() int {
	if r.was == nil {
		return 0
	}
	return r.was.Revision
}

// putRow stores a row as it stands, and leads its keys to it. A key that leads elsewhere stays there and is not kept with
// this row.
func (p *statements) putRow(r *preparedRow) error {
	kept, err := p.putKeys(r)
	if err != nil {
		return err
	}
	row, rec := r.row, r.record
	if len(kept) < len(row.Keys) {
		row.Keys = kept
		if rec, err = ofRow(row); err != nil {
			return err
		}
	}
	if err := p.putLabels(r); err != nil {
		return err
	}
	switch {
	case r.was == nil:
		_, err = p.exec("INSERT INTO rows (tenant, kind, id, revision, due, queue, head, body, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			row.Tenant, row.Kind, row.ID, row.Revision, dueAt(row.Due), row.Queue, rec.head, rec.body, rec.sum)
	case row.Due.Equal(r.was.Due) && row.Queue == r.was.Queue: // its indexes are left alone
		_, err = p.exec("UPDATE rows SET revision = ?, head = ?, body = ?, sum = ? WHERE tenant = ? AND kind = ? AND id = ?",
			row.Revision, rec.head, rec.body, rec.sum, row.Tenant, row.Kind, row.ID)
	default:
		_, err = p.exec("UPDATE rows SET revision = ?, due = ?, queue = ?, head = ?, body = ?, sum = ? WHERE tenant = ? AND kind = ? AND id = ?",
			row.Revision, dueAt(row.Due), row.Queue, rec.head, rec.body, rec.sum, row.Tenant, row.Kind, row.ID)
	}
	return err
}

// putKeys leads the keys of a row to it, and gives those that lead there.
func (p *statements) putKeys(r *preparedRow) (kept []string, err error) {
	at := r.row.Address
	var had []string
	if r.was != nil {
		had = r.was.Keys
	}
	for _, k := range had {
		if slices.Contains(r.row.Keys, k) {
			continue
		}
		if _, err := p.exec("DELETE FROM keys WHERE tenant = ? AND key = ?", at.Tenant, k); err != nil {
			return nil, err
		}
	}
	for _, k := range r.row.Keys {
		if !slices.Contains(had, k) && !slices.Contains(kept, k) {
			n, err := p.exec("INSERT OR IGNORE INTO keys (tenant, key, kind, id) VALUES (?, ?, ?, ?)", at.Tenant, k, at.Kind, at.ID)
			if err != nil {
				return nil, err
			}
			if n == 0 {
				continue
			}
		}
		kept = append(kept, k)
	}
	return kept, nil
}

// putLabels makes a row found by its labels, in its place.
func (p *statements) putLabels(r *preparedRow) error {
	at := r.row.Address
	if r.was != nil {
		if slices.Equal(r.was.Labels, r.row.Labels) && r.was.Queue == r.row.Queue {
			return nil
		}
		for _, label := range r.was.Labels {
			if _, err := p.exec("DELETE FROM labels WHERE tenant = ? AND kind = ? AND label = ? AND queue = ? AND id = ?",
				at.Tenant, at.Kind, label, r.was.Queue, at.ID); err != nil {
				return err
			}
		}
	}
	for _, label := range r.row.Labels {
		if _, err := p.exec("INSERT OR IGNORE INTO labels (tenant, kind, label, queue, id) VALUES (?, ?, ?, ?, ?)",
			at.Tenant, at.Kind, label, r.row.Queue, at.ID); err != nil {
			return err
		}
	}
	return nil
}
