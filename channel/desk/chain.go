package desk

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"

	"github.com/reputekit/reputation/respond/trail"
)

// nameOf is the name of a row's trail.
func nameOf(at Address) trail.Name { return trail.Name{Tenant: at.Tenant, Kind: at.Kind, ID: at.ID} }

// drawn is a salt of a trail. crypto/rand does not fail.
func drawn(trail.Name, int) []byte {
	salt := make([]byte, trail.SaltSize)
	_, _ = rand.Read(salt)
	return salt
}

// link puts what a step has decided at the end of its row's chain: the entry and the tip are one commit.
func (w *work) link(row *Row, out stepped) error {
	name := nameOf(row.Address)
	if out.seq == 1 {
		row.Tip = name.Begin()
	}
	if row.Tip.Seq != out.seq-1 {
		return &stepError{fmt.Errorf("%s %s: its chain has come to entry %d, and entry %d is next",
			row.Kind, row.ID, row.Tip.Seq, out.seq)}
	}
	link, tip, err := row.Tip.Append(out.at, w.d.opt.Salt(name, out.seq), out.entry)
	if err != nil {
		return &stepError{fmt.Errorf("%s %s: %w", row.Kind, row.ID, err)}
	}
	row.Tip = tip
	w.commit.Entries = append(w.commit.Entries, Entry{Address: row.Address, Seq: out.seq, Link: link})
	return nil
}

// links are the stored links of one row. A walk that the store ends has its error in err.
type links struct {
	d   *Desk
	ctx context.Context
	at  Address
	err error
}

func (d *Desk) chain(ctx context.Context, at Address) *links { return &links{d: d, ctx: ctx, at: at} }

func (l *links) walk(yield func(trail.Link) bool) {
	for e, err := range l.d.opt.Store.Entries(l.ctx, l.at) {
		if l.err = err; err != nil || !yield(e.Link) {
			return
		}
	}
}

// Verify reads the trail of a case or an incident, and fails with a *trail.BrokenError that names the first entry
// that is not as it was stored, or with ErrAbsent. The tip that it returns is copied now and then to where whoever can write
// to the store cannot, and given as an anchor: only that shows that somebody wrote the end of the trail anew, or cut it off
// together with its row.
func (d *Desk) Verify(ctx context.Context, tenant, id string, anchors ...trail.Tip) (trail.Tip, error) {
	at, err := d.begun().find(ctx, tenant, id)
	if err == nil && at.Kind == KindSource {
		err = ErrAbsent // it has no trail
	}
	if err != nil {
		return trail.Tip{}, err
	}
	for {
		row, err := d.opt.Store.Row(ctx, at)
		if err != nil {
			return trail.Tip{}, err
		}
		stored := d.chain(ctx, at)
		tip, err := trail.Verify(nameOf(at), stored.walk, append([]trail.Tip{row.Tip}, anchors...)...)
		if err = cmp.Or(stored.err, err); err != nil || tip.Hash == row.Tip.Hash {
			return tip, err
		}
		now, err := d.opt.Store.Row(ctx, at) // more came since, or somebody put it there
		if err != nil || now.Revision == row.Revision {
			return row.Tip, cmp.Or(err, error(&trail.BrokenError{Seq: row.Tip.Seq + 1, Fault: trail.Forged,
				Why: "its row knows nothing of it"}))
		}
	}
}
