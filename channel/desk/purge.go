package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/respond/trail"
)

// purge takes into the commit what a step did that dropped classes which were past their time. A trail in which nothing
// of them stands stays as it is: only where something does, its entries are kept without it in an erasure.
func (w *work) purge(ctx context.Context, row *Row, out stepped, e event.Event, was respond.Case, links []trail.Link,
	entries []respond.Entry, drop *drop,
) error {
	at := row.Address
	kept, less, err := keptWithout(entries, drop.classes)
	if err != nil {
		return &stepError{err}
	}
	gone := Erasure{Address: Address{Tenant: at.Tenant}}
	if less {
		gone.Address = at
		erased := trail.Erased{By: e.By, Because: drop.because, State: out.state, Kept: kept}
		if err := w.bare(row, &out, links, erased); err != nil {
			return err
		}
	}
	his, err := w.person(ctx, was, at, entries)
	if err != nil {
		return err
	}
	if wordless(drop.classes) {
		gone.Texts = his.Texts
	}
	if slices.Contains(drop.classes, privacy.Author) {
		if gone.Tallies, err = w.hisAlone(ctx, row, his.Tallies); err != nil {
			return err
		}
	}
	w.commit.Erased = append(w.commit.Erased, gone)
	if err := w.take(ctx, at, row, out, e.ID); err != nil {
		return err
	}
	w.unload(gone)
	if len(gone.Texts) == 0 {
		return nil
	}
	if err := w.blank(ctx, at); err != nil {
		return err
	}
	return w.forgetCopies(ctx, gone)
}

// wordless reports whether no words stay when these classes go.
func wordless(classes []privacy.Class) bool {
	return slices.Contains(classes, privacy.Text) || slices.Contains(classes, privacy.Author) ||
		slices.Contains(classes, privacy.Trail)
}

// hisAlone is which tallies go with an author: none while another case names him, or while something holds that he was
// promised, such as that nobody writes to him.
func (w *work) hisAlone(ctx context.Context, row *Row, ids []string) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	for other, err := range w.d.opt.Store.Rows(ctx, RowQuery{Tenant: row.Tenant, Kind: KindCase, Label: labelAuthor + ids[0]}) {
		if err != nil {
			return nil, err
		}
		if other.Address != row.Address {
			return nil, nil
		}
	}
	p := purse{author: courtesyAt(row.Tenant, ids[0])}
	if err := tallyRow(ctx, w, p.author, &p.courtesy); err != nil {
		return nil, err
	}
	if still := p.courtesy.Read(w.now); len(still.Bars)+len(still.Gifts) > 0 {
		return nil, nil
	}
	return ids, nil
}

// keptWithout is what a trail keeps when classes go, and whether that is less than it had. Without the trail's own class
// nothing is kept; where words go, only how the case moved.
func keptWithout(entries []respond.Entry, classes []privacy.Class) (kept []json.RawMessage, less bool, err error) {
	if slices.Contains(classes, privacy.Trail) {
		return nil, true, nil
	}
	for _, e := range entries {
		was, err := json.Marshal(e)
		if err != nil {
			return nil, false, err
		}
		if wordless(classes) {
			e = respond.Withheld(e)
		}
		e = lessOf(e, classes)
		is, err := json.Marshal(e)
		if err != nil {
			return nil, false, err
		}
		kept, less = append(kept, is), less || !bytes.Equal(was, is)
	}
	return kept, less, nil
}

// lessOf is an entry without media, without where private data stood, and without what was said in a survey.
func lessOf(e respond.Entry, classes []privacy.Class) respond.Entry {
	for _, class := range classes {
		switch class {
		case privacy.Media:
			e = mediaLess(e)
		case privacy.Private:
			if v := e.Change.Verdict; v != nil && len(v.Private) > 0 {
				less := *v
				less.Private, e.Change.Verdict = nil, &less
			}
		case privacy.Survey:
			if _, ok := e.Event.Body.(event.Surveyed); ok {
				e.Event.Body = event.Unknown{Name: e.Event.Kind(), Raw: json.RawMessage(`{}`)}
				e.Because = nil
			}
			e.Change.Survey = nil
		}
	}
	return wholeLess(e, classes)
}

func mediaLess(e respond.Entry) respond.Entry {
	bare := func(m mention.Mention) mention.Mention {
		m.Media, m.Links = nil, nil
		return m
	}
	switch b := e.Event.Body.(type) {
	case event.Received:
		b.Mention = bare(b.Mention)
		e.Event.Body = b
	case event.Edited:
		b.Mention = bare(b.Mention)
		e.Event.Body = b
	}
	if e.Change.Heard != nil {
		heard := slices.Clone(*e.Change.Heard)
		for i := range heard {
			heard[i].Mention = bare(heard[i].Mention)
		}
		e.Change.Heard = &heard
	}
	return e
}

// wholeLess leaves out the cases that an entry holds whole, where something of the classes stands in them: nothing is
// folded from what is kept.
func wholeLess(e respond.Entry, classes []privacy.Class) respond.Entry {
	holds := func(c *respond.Case) bool {
		return c != nil && slices.ContainsFunc(classes, func(class privacy.Class) bool { return holding(c, class) })
	}
	if holds(e.Change.Whole) {
		e.Change.Whole = nil
	}
	brought := func(data json.RawMessage) json.RawMessage {
		var c respond.Case
		if len(data) == 0 || json.Unmarshal(data, &c) == nil && !holds(&c) {
			return data
		}
		return nil
	}
	switch b := e.Event.Body.(type) {
	case event.Merged:
		b.Case = brought(b.Case)
		e.Event.Body = b
	case event.Split:
		b.Case = brought(b.Case)
		e.Event.Body = b
	}
	return e
}

// holding reports whether a case holds something of a class that goes before its words do.
func holding(c *respond.Case, class privacy.Class) bool {
	if c.Merged != nil && c.Merged.Was != nil && holding(c.Merged.Was, class) {
		return true
	}
	switch class {
	case privacy.Media:
		return slices.ContainsFunc(c.Heard, func(h respond.Heard) bool { return len(h.Mention.Media)+len(h.Mention.Links) > 0 })
	case privacy.Private:
		return c.Verdict != nil && len(c.Verdict.Private) > 0
	case privacy.Survey:
		return c.Survey != nil
	}
	return false
}
