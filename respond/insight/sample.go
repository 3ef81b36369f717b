package insight

import (
	"cmp"
	"iter"
	"slices"
)

// A Draw says which cases are drawn for people to look at.
type Draw struct {
	Seed string // another seed is another sample; the same one draws the same cases again
	Each int    // cases of every stratum; 0 draws only those that are always looked at
	Week string // only cases opened in this ISO week: 2026-W25; empty: all
}

// A Pick is a case that was drawn. A stratum is a category on a channel.
type Pick struct {
	Case     string `json:"case"`
	Category string `json:"category"`
	Channel  string `json:"channel"`
	Why      string `json:"why"` // waived, automatic, drawn
}

// Sample draws cases for review. Every case with a waiver and every case that got an automatic answer is in it; beside
// those, each stratum gives Each cases, by a hash of seed and case id: the order of trails does not matter, and nobody
// can choose. Restricted cases are left out. The picks stand by category, channel and case.
func Sample(trails iter.Seq[Trail], d Draw, o Options) []Pick {
	o = o.filled()
	var always []Pick
	drawn := map[[2]string][]Pick{}
	for t := range trails {
		l := read(t, o)
		if len(l.facts) == 0 || l.restricted || d.Week != "" && weekOf(l.opened, o.Zone) != d.Week {
			continue
		}
		p := Pick{Case: l.id, Category: cmp.Or(l.category, None), Channel: cmp.Or(l.channel, None), Why: "drawn"}
		switch {
		case l.waived:
			p.Why = "waived"
		case l.automatic:
			p.Why = "automatic"
		}
		if p.Why != "drawn" {
			always = append(always, p)
			continue
		}
		key := [2]string{p.Category, p.Channel}
		drawn[key] = keep(drawn[key], p, d)
	}
	out := always
	for _, picks := range drawn {
		out = append(out, picks...)
	}
	slices.SortFunc(out, func(a, b Pick) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Case, b.Case))
	})
	return out
}

// keep puts a case among the first of its stratum, by lot.
func keep(picks []Pick, p Pick, d Draw) []Pick {
	if d.Each <= 0 {
		return nil
	}
	at, _ := slices.BinarySearchFunc(picks, p, func(a, b Pick) int {
		return cmp.Or(cmp.Compare(lot(d.Seed, a.Case), lot(d.Seed, b.Case)), cmp.Compare(a.Case, b.Case))
	})
	picks = slices.Insert(picks, at, p)
	return picks[:min(len(picks), d.Each)]
}
