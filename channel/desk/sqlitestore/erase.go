package sqlitestore

import (
	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
)

// erase takes out what goes for good. The file is written with secure_delete: the bytes become zeros. settle lets the
// journal go too.
func (p *statements) erase(e desk.Erasure) error {
	if err := p.bare(e.Address); err != nil {
		return err
	}
	for _, ref := range e.Texts {
		if _, err := p.exec("DELETE FROM texts WHERE tenant = ? AND channel = ? AND ref = ?", e.Tenant, ref.Channel, ref.ID); err != nil {
			return err
		}
	}
	if e.Author != "" {
		if _, err := p.exec("DELETE FROM texts WHERE tenant = ? AND channel = ? AND author = ? AND author <> ''",
			e.Tenant, e.Channel, e.Author); err != nil {
			return err
		}
	}
	if !e.Before.IsZero() {
		if _, err := p.exec("DELETE FROM texts WHERE tenant = ? AND at < ?", e.Tenant, instant(e.Before)); err != nil {
			return err
		}
	}
	if err := p.eraseItems(e); err != nil {
		return err
	}
	for _, id := range e.Tallies {
		if err := p.dropRow(desk.Address{Tenant: e.Tenant, Kind: desk.KindTally, ID: id}); err != nil {
			return err
		}
	}
	return nil
}

// dropRow takes a row out, with what leads to it.
func (p *statements) dropRow(at desk.Address) error {
	r := preparedRow{row: desk.Row{Address: at}}
	if err := p.was(&r); err != nil || r.was == nil {
		return err
	}
	if _, err := p.putKeys(&r); err != nil {
		return err
	}
	if err := p.putLabels(&r); err != nil {
		return err
	}
	_, err := p.exec("DELETE FROM rows WHERE tenant = ? AND kind = ? AND id = ?", at.Tenant, at.Kind, at.ID)
	return err
}

// bare leaves of the entries of a row their heads.
func (p *statements) bare(at desk.Address) error {
	var full []desk.Entry
	err := p.each(queryEntries, []any{at.Tenant, at.Kind, at.ID}, func(scan func(...any) error) (bool, error) {
		var r record
		if err := scan(&r.head, &r.body, &r.sum); err != nil {
			return false, err
		}
		e, err := r.entry(at)
		if err == nil && !e.Bare() {
			full = append(full, e)
		}
		return true, err
	})
	for _, e := range full {
		if err != nil {
			return err
		}
		var r record
		e.Link = e.Bared()
		if r, err = ofEntry(e); err == nil {
			_, err = p.exec("UPDATE entries SET head = ?, body = ?, sum = ? WHERE tenant = ? AND kind = ? AND id = ? AND seq = ?",
				r.head, r.body, r.sum, at.Tenant, at.Kind, at.ID, e.Seq)
		}
	}
	return err
}

// eraseItems leaves of parked items that they are known, or all but the bytes that brought them.
func (p *statements) eraseItems(e desk.Erasure) error {
	var taken []desk.Inbound
	err := p.each(queryParked, []any{e.Tenant}, func(scan func(...any) error) (bool, error) {
		var r record
		if err := scan(&r.head, &r.body, &r.sum); err != nil {
			return false, err
		}
		in, err := r.inbound()
		if err == nil && (e.Takes(in) || e.Bares(in)) {
			taken = append(taken, in)
		}
		return true, err
	})
	for _, in := range taken {
		if err != nil {
			return err
		}
		var r record
		if e.Bares(in) {
			in.Item.Raw = nil
		} else {
			in.Item, in.Parked, in.Done = channel.Item{ID: in.Item.ID, Kind: in.Item.Kind}, "", true
		}
		if r, err = ofInbound(in); err == nil {
			err = p.putInbound(preparedInbound{in: in, record: r})
		}
	}
	return err
}
