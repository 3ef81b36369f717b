package group

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
)

// mostVariants is how many wordings of a group are kept apart.
const mostVariants = 8

// A Group is a set of posts that are copies of each other, or one post that nobody copied. It is plain data and
// immutable.
type Group struct {
	ID       string    `json:"id"`                // of the wording that founded it
	First    time.Time `json:"first,omitzero"`    // the earliest post, UTC; zero when no post had a time
	Last     time.Time `json:"last,omitzero"`     // the latest post, UTC
	Authors  sketch    `json:"authors,omitempty"` // who wrote them
	Spam     bool      `json:"spam,omitempty"`    // a person confirmed that it is spam
	Variants []variant `json:"variants"`          // at most 8, by fingerprint
}

// variant is one wording with the posts that have it, or, in a group with more wordings than are kept, are nearest.
type variant struct {
	Print Fingerprint `json:"print"`
	Refs  sketch      `json:"refs"`
}

// A Reading is what a tally says of one post. It goes into the event, so that a replay sees the same. The zero Reading
// is that of a post too short to tell.
type Reading struct {
	Group   string    `json:"group,omitempty"`   // the group's id
	Size    int       `json:"size,omitempty"`    // posts in it, this one included; beyond 63 an estimate
	Authors int       `json:"authors,omitempty"` // different authors, as far as they are known; beyond 63 an estimate
	First   time.Time `json:"first,omitzero"`    // the earliest post, UTC
	Spam    bool      `json:"spam,omitempty"`    // a person confirmed that the group is spam
}

// Reading says what is known of the group.
func (g Group) Reading() Reading {
	r := Reading{Group: g.ID, Authors: g.Authors.count(), First: g.First, Spam: g.Spam}
	for _, v := range g.Variants {
		r.Size += v.Refs.count()
	}
	return r
}

func (g *Group) has(f *Fingerprint) bool {
	for i := range g.Variants {
		if g.Variants[i].Print.alike(f) {
			return true
		}
	}
	return false
}

// merge makes two groups one, called as the older of them.
func merge(a, b Group) Group {
	if order := cmp.Or(compareFirst(a, b), strings.Compare(a.ID, b.ID)); order > 0 {
		a, b = b, a
	}
	a.Spam = a.Spam && b.Spam // of the other nobody has said so
	a = a.add(b.Variants[0], b.Authors, b.First)
	for _, v := range b.Variants[1:] {
		a.Variants = join(a.Variants, v)
	}
	if b.Last.After(a.Last) {
		a.Last = b.Last
	}
	return a
}

// compareFirst puts a group without a time behind the others.
func compareFirst(a, b Group) int {
	switch {
	case a.First.IsZero() == b.First.IsZero():
		return a.First.Compare(b.First)
	case a.First.IsZero():
		return 1
	}
	return -1
}

// earlier is the earlier of two instants, of which one may not be known.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// join adds a wording, or adds its posts to the same one, or to the nearest when there is no room.
func join(variants []variant, v variant) []variant {
	i, known := slices.BinarySearchFunc(variants, v, func(x, y variant) int { return x.Print.compare(y.Print) })
	switch {
	case known:
	case len(variants) < mostVariants:
		return slices.Concat(variants[:i], []variant{v}, variants[i:])
	default:
		i = nearest(variants, &v.Print)
	}
	out := slices.Clone(variants)
	out[i].Refs = out[i].Refs.with(v.Refs...)
	return out
}

func nearest(variants []variant, f *Fingerprint) int {
	best := 0
	for i := range variants {
		if variants[i].Print.likeness(f) > variants[best].Print.likeness(f) {
			best = i
		}
	}
	return best
}

// forget takes posts and an author out. What was only theirs goes with them; ok is false when nothing is left.
func (g Group) forget(refs, author map[uint32]bool) (rest Group, ok bool) {
	g.Authors = g.Authors.without(author)
	var kept []variant
	for _, v := range g.Variants {
		if v.Refs = v.Refs.without(refs); len(v.Refs) > 0 {
			kept = append(kept, v)
		}
	}
	g.Variants = kept
	return g, len(kept) > 0
}

// add counts a post of the group.
func (g Group) add(v variant, author sketch, at time.Time) Group {
	g.Variants = join(g.Variants, v)
	g.Authors = g.Authors.with(author...)
	g.First = earlier(g.First, at)
	if at.After(g.Last) {
		g.Last = at
	}
	return g
}

// nameOf is the id of a group that this wording founds, and another one while that is taken.
func nameOf(f Fingerprint, taken func(id string) bool) string {
	id := mention.Key("near-duplicates", string(encode(f.hashes[:f.n])))
	for taken(id) {
		id = mention.Key("near-duplicates", id)
	}
	return id
}
