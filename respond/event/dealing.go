package event

import (
	"slices"

	"github.com/reputekit/reputation/mention"
)

// canonicalDealing is canonical for what we promise, offer and keep from a customer, and for what is among ourselves.
func canonicalDealing(b Body) Body {
	switch b := b.(type) {
	case Promised:
		b.Promise = b.Promise.canonical()
		return b
	case Kept:
		clean(&b.Promise, &b.Note)
		return b
	case Missed:
		clean(&b.Promise, &b.Note)
		return b
	case Barred:
		clean(&b.From, &b.Reason, &b.Owner)
		b.Until = instant(b.Until)
		return b
	case Unbarred:
		clean(&b.From, &b.Reason)
		return b
	case Marked:
		clean((*string)(&b.As))
		return b
	case Moderated:
		b.Ref = ref(b.Ref)
		clean(&b.Act, &b.Reason)
		return b
	case Noted:
		clean(&b.Text)
		return b
	case Snoozed:
		clean(&b.Why)
		b.Until = instant(b.Until)
		return b
	case Watched:
		b.For = slices.Clone(b.For)
		for i := range b.For {
			clean((*string)(&b.For[i]))
		}
		return b
	case Consented:
		clean(&b.By, &b.Words, &b.Scope)
		b.At = instant(b.At)
		return b
	case ConsentWithdrawn:
		clean(&b.Note)
		return b
	}
	return canonicalFact(b)
}

func (p Promise) canonical() Promise {
	p.What, p.Due = mention.Clean(p.What), instant(p.Due)
	return p
}

func (o *Offer) canonical() *Offer {
	if o == nil {
		return nil
	}
	c := *o
	clean(&c.Kind, &c.Thing, &c.Recourse, &c.Sum.Currency)
	c.Until = instant(c.Until)
	return &c
}
