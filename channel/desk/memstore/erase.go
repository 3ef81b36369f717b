package memstore

import (
	"slices"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
)

// erase takes out what goes for good. Entries, rows and items are replaced: whoever walks has those of before.
func (s *Store) erase(e desk.Erasure) {
	if trail := slices.Clone(s.trails[e.Address]); len(trail) > 0 {
		for n := range trail {
			trail[n].Link = trail[n].Bared()
		}
		s.trails[e.Address] = trail
	}
	for _, ref := range e.Texts {
		delete(s.texts, textKey{e.Tenant, ref})
	}
	if e.Author != "" || !e.Before.IsZero() {
		for at, list := range s.texts {
			if at.tenant == e.Tenant {
				s.putTexts(at, slices.DeleteFunc(slices.Clone(list), func(t desk.Text) bool { return takes(e, t) }))
			}
		}
	}
	for n, in := range s.inbox {
		if e.Bares(*in) {
			bare := *in
			bare.Item.Raw = nil
			s.inbox[n] = &bare
		}
		if e.Takes(*in) {
			s.inbox[n] = &desk.Inbound{Tenant: in.Tenant, Channel: in.Channel, At: in.At, Done: true,
				Item: channel.Item{ID: in.Item.ID, Kind: in.Item.Kind}}
		}
	}
	for _, id := range e.Tallies {
		at := desk.Address{Tenant: e.Tenant, Kind: desk.KindTally, ID: id}
		s.giveUp(desk.Row{Address: at})
		s.relabel(desk.Row{Address: at})
		s.due.drop(at)
		delete(s.rows, at)
	}
}

// takes reports whether a text goes that belongs to no row.
func takes(e desk.Erasure, t desk.Text) bool {
	his := e.Author != "" && t.Author == e.Author && t.Ref.Channel == e.Channel
	return t.ID == "" && (his || !t.At.IsZero() && t.At.Before(e.Before))
}

func (s *Store) putTexts(at textKey, list []desk.Text) {
	if len(list) == 0 {
		delete(s.texts, at)
		return
	}
	s.texts[at] = list
}
