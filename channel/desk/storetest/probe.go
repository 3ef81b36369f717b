package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/trail"
)

// A probe asks one store. Its first failure stands, and what is asked after it is not done any more.
type probe struct {
	ctx context.Context
	h   Harness
	s   desk.Store
	err error
}

// noon is when things happen, unless they happen later.
var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func after(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

func (p *probe) failf(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

// open begins on an empty store.
func (p *probe) open() {
	var err error
	if p.s, err = p.h.New(p.ctx); err != nil {
		p.failf("New: %w", err)
	}
}

// reopen goes on with what the next process finds.
func (p *probe) reopen() {
	if p.err != nil {
		return
	}
	s, err := p.h.Reopen(p.ctx, p.s)
	if err != nil {
		p.failf("Reopen: %w", err)
		return
	}
	p.s = s
}

func (p *probe) close() {
	if p.s == nil || p.h.Close == nil {
		return
	}
	if err := p.h.Close(p.s); err != nil {
		p.failf("Close: %w", err)
	}
}

// put stores what must be stored.
func (p *probe) put(c desk.Commit) {
	if p.err != nil {
		return
	}
	if err := p.s.Commit(p.ctx, c); err != nil {
		p.failf("Commit: %w", err)
	}
}

// refused commits what must not be stored; want is nil where any error will do.
func (p *probe) refused(why string, c desk.Commit, want error) {
	if p.err != nil {
		return
	}
	switch err := p.s.Commit(p.ctx, c); {
	case err == nil:
		p.failf("%s: Commit gave no error", why)
	case want != nil && !errors.Is(err, want):
		p.failf("%s: Commit gave %q, wanted %q", why, err, want)
	}
}

// same compares two things as a person would print them.
func (p *probe) same(why string, got, want any) {
	if p.err != nil {
		return
	}
	if g, w := printed(got), printed(want); g != w {
		p.failf("%s: got %s, wanted %s", why, g, w)
	}
}

func printed(v any) string {
	switch v := v.(type) {
	case string:
		return fmt.Sprintf("%q", v)
	case []byte:
		return fmt.Sprintf("%q", v)
	case error:
		return v.Error()
	}
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%+v", v)
	}
	return string(data)
}

// absent says that an error is desk.ErrAbsent.
func (p *probe) absent(why string, err error) {
	if p.err == nil && !errors.Is(err, desk.ErrAbsent) {
		p.failf("%s: got %v, wanted %q", why, err, desk.ErrAbsent)
	}
}

// ok says that there is no error.
func (p *probe) ok(what string, err error) {
	if err != nil {
		p.failf("%s: %w", what, err)
	}
}

func (p *probe) row(at desk.Address) (r desk.Row) {
	if p.err == nil {
		var err error
		r, err = p.s.Row(p.ctx, at)
		p.ok("Row "+at.ID, err)
	}
	return r
}

func (p *probe) noRow(why string, at desk.Address) {
	if p.err == nil {
		_, err := p.s.Row(p.ctx, at)
		p.absent(why, err)
	}
}

// leads says where keys lead: to a row's id, or nowhere.
func (p *probe) leads(why, tenant string, keys []string, want string) {
	if p.err != nil {
		return
	}
	at, err := p.s.Find(p.ctx, tenant, keys)
	if want == "" {
		p.absent(why, err)
		return
	}
	p.ok(why, err)
	p.same(why, at, desk.Address{Tenant: tenant, Kind: desk.KindCase, ID: want})
}

func (p *probe) due(until time.Time, limit int) (ids []string) {
	if p.err != nil {
		return nil
	}
	rows, err := p.s.Due(p.ctx, until, limit)
	p.ok("Due", err)
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}

// gather takes what a walk gives, by what it is called.
func gather[T any](p *probe, what string, walk func(func(T, error) bool), name func(T) string) (out []string) {
	for x, err := range walk {
		if err != nil {
			p.ok(what, err)
			return out
		}
		out = append(out, name(x))
	}
	return out
}

func (p *probe) rows(tenant, kind string) []string {
	return p.found(desk.RowQuery{Tenant: tenant, Kind: kind})
}

// found are the rows that a query asks for.
func (p *probe) found(q desk.RowQuery) []string {
	if p.err != nil {
		return nil
	}
	return gather(p, "Rows", p.s.Rows(p.ctx, q), func(r desk.Row) string { return r.ID })
}

func (p *probe) entries(at desk.Address) []string {
	if p.err != nil {
		return nil
	}
	return gather(p, "Entries", p.s.Entries(p.ctx, at), func(e desk.Entry) string {
		return fmt.Sprintf("%d %s", e.Seq, e.Body)
	})
}

func (p *probe) links(at desk.Address) (out []trail.Link) {
	if p.err != nil {
		return nil
	}
	for e, err := range p.s.Entries(p.ctx, at) {
		p.ok("Entries", err)
		out = append(out, e.Link)
	}
	return out
}

func (p *probe) outbox(q desk.OutboxQuery) []string {
	if p.err != nil {
		return nil
	}
	return gather(p, "Outbox", p.s.Outbox(p.ctx, q), func(o desk.Outbound) string { return o.Key })
}

func (p *probe) one(key string) (found desk.Outbound) {
	if p.err != nil {
		return found
	}
	for o, err := range p.s.Outbox(p.ctx, desk.OutboxQuery{Key: key}) {
		p.ok("Outbox", err)
		return o
	}
	p.failf("there is no request %s", key)
	return found
}

func (p *probe) ready(rank int, until time.Time, limit int) (keys []string) {
	if p.err != nil {
		return nil
	}
	list, err := p.s.Ready(p.ctx, rank, until, limit)
	p.ok("Ready", err)
	for _, o := range list {
		keys = append(keys, o.Key)
	}
	return keys
}

func (p *probe) inbox(limit int) (ids []string) {
	if p.err != nil {
		return nil
	}
	list, err := p.s.Inbox(p.ctx, limit)
	p.ok("Inbox", err)
	for _, in := range list {
		ids = append(ids, in.Item.ID)
	}
	return ids
}

func (p *probe) item(tenant, name, id string) (in desk.Inbound) {
	if p.err == nil {
		var err error
		in, err = p.s.Item(p.ctx, tenant, name, id)
		p.ok("Item "+id, err)
	}
	return in
}

func (p *probe) cursor(name string) (c channel.Cursor) {
	if p.err == nil {
		var err error
		c, err = p.s.Cursor(p.ctx, name)
		p.ok("Cursor "+name, err)
	}
	return c
}

func (p *probe) text(tenant string, ref mention.Ref) (t desk.Text) {
	if p.err == nil {
		var err error
		t, err = p.s.Text(p.ctx, tenant, ref)
		p.ok("Text "+ref.String(), err)
	}
	return t
}

// list is what a row of names is compared with.
func list(names string) []string { return slices.Clip(strings.Fields(names)) }
