package desk

import (
	"context"
	"encoding/json"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
)

// mostBeside is how many other cases beneath a post are looked at: a reader sees those that stand near.
const mostBeside = 5

// underLabel finds the cases whose open message stands beneath one post.
func underLabel(m mention.Mention) string {
	if m.IsPrivate() || m.Root() == m.Ref.ID {
		return ""
	}
	return "under " + mention.Key("under", m.Ref.Channel, m.Root())
}

// labelUnder is the label of a case; empty where it stands beneath no post of another.
func labelUnder(c respond.Case) string {
	for _, h := range c.Heard {
		if c.Open != nil && h.Mention.Ref == c.Open.Ref {
			return underLabel(h.Mention)
		}
	}
	return ""
}

// beside are our public answers to others beneath the same post, so that the same words are not said to each.
func (w *work) beside(ctx context.Context, at Address, m *mention.Mention) (hashes []string, err error) {
	label := underLabel(*m)
	if label == "" {
		return nil, nil
	}
	n := 0
	for row, err := range w.d.opt.Store.Rows(ctx, RowQuery{Tenant: at.Tenant, Kind: KindCase, Label: label}) {
		if err != nil {
			return nil, err
		}
		if n++; n > mostBeside {
			break
		}
		var c respond.Case
		if row.Address == at || json.Unmarshal(row.State, &c) != nil {
			continue
		}
		for _, x := range c.Messages {
			if x.Ours && !x.Private && x.Hash != "" {
				hashes = append(hashes, x.Hash)
			}
		}
	}
	return hashes, nil
}
