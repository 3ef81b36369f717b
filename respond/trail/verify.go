package trail

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
)

// A BrokenError names the first entry of a trail that is not as it was stored.
type BrokenError struct {
	Seq   int    // of the entry; for a forged tail, of the anchor that proves it
	Why   string // for a person, in one sentence; no text of an entry is in it
	Fault Fault
}

// Error names the entry and what is wrong with it.
func (e *BrokenError) Error() string { return fmt.Sprintf("entry %d is %s: %s", e.Seq, e.Fault, e.Why) }

// Fault is what is wrong with an entry.
type Fault string

// The faults.
const (
	Altered    Fault = "altered"    // head or body are not the bytes that were stored, or come from another trail
	Missing    Fault = "missing"    // a later entry stands in its place
	Swapped    Fault = "swapped"    // it comes after a later one
	Duplicated Fault = "duplicated" // it comes again
	Truncated  Fault = "truncated"  // the trail ends before it, and an anchor says that it went on
	Forged     Fault = "forged"     // the chain fits together, but its head is not the one that the anchor knows
	Stripped   Fault = "stripped"   // its body is gone, and no erasure says so
	Unerased   Fault = "unerased"   // an erasure says that its body is gone, and it is there
	Unreadable Fault = "unreadable" // its body is as it was stored, and is no entry
)

// Verify reads a trail from its first entry and returns its tip. It hashes the bytes as they are stored and encodes
// nothing anew. anchors are tips of this trail that were kept elsewhere: without one, a tail that was cut off, or that
// was written anew by somebody who knows this package, cannot be told from the truth. A *BrokenError names the first
// entry that is not as it was; the tip is then that of what still held.
func Verify(name Name, links iter.Seq[Link], anchors ...Tip) (Tip, error) {
	return walk(name, links, anchors, func(Head, Link) error { return nil })
}

// walk verifies and shows each link that holds so far.
func walk(name Name, links iter.Seq[Link], anchors []Tip, see func(Head, Link) error) (Tip, error) {
	v := newVerifier(name, anchors)
	if err := v.anchored(); err != nil {
		return name.Begin(), err
	}
	var c *culprit
	for link := range links {
		if c != nil {
			c.behind(link)
			continue
		}
		before := v.tip
		head, broken := v.take(link)
		if broken != nil {
			v.tip = before
			c = newCulprit(head, link, broken)
			continue
		}
		if err := see(head, link); err != nil {
			return v.tip, err
		}
	}
	if c != nil {
		return v.tip, v.blame(c)
	}
	return v.tip, v.end()
}

// A verifier is a trail read so far.
type verifier struct {
	name    Name
	tip     Tip
	anchors []Tip // by number, those still ahead
	good    int   // the last anchor that was right
	bare    int   // the first entry without a body since the last erasure; 0: none
	full    int   // the first entry with a body since the last erasure; 0: none
	kept    int   // the first entry that an erasure should have bared; 0: none
}

func newVerifier(name Name, anchors []Tip) *verifier {
	sorted := slices.Clone(anchors)
	slices.SortStableFunc(sorted, func(a, b Tip) int { return cmp.Compare(a.Seq, b.Seq) })
	return &verifier{name: name, tip: name.Begin(), anchors: sorted}
}

// take reads one link. A *BrokenError says that the link does not follow; blame finds out why.
func (v *verifier) take(l Link) (Head, *BrokenError) {
	want := v.tip.Seq + 1
	h, err := readHead(l.Head)
	if err != nil {
		return h, &BrokenError{Seq: want, Fault: Altered, Why: "its head cannot be read"}
	}
	switch {
	case h.Prev == v.tip.Hash && h.Seq != want:
		return h, &BrokenError{Seq: want, Fault: Altered, Why: fmt.Sprintf("its head calls it %d", h.Seq)}
	case h.Seq > want:
		return h, &BrokenError{Seq: want, Fault: Missing, Why: fmt.Sprintf("entry %d stands in its place", h.Seq)}
	case h.Seq < want:
		return h, &BrokenError{Seq: h.Seq, Fault: Duplicated, Why: fmt.Sprintf("it stands again where entry %d belongs", want)}
	case h.Prev != v.tip.Hash:
		return h, &BrokenError{Seq: want, Fault: Altered, Why: "it does not follow the head before it"}
	case h.At.Before(v.tip.At):
		return h, &BrokenError{Seq: want, Fault: Altered, Why: "it is older than the entry before it"}
	case !l.Bare() && (len(l.Salt) != SaltSize || commitment(l.Salt, l.Body) != h.Body):
		return h, &BrokenError{Seq: want, Fault: Altered, Why: "its body is not the one that its head commits to"}
	}
	v.tip = Tip{Seq: h.Seq, At: h.At, Hash: hashOf(l.Head)}
	v.body(h, l)
	return h, v.anchored()
}

// body keeps count of what was erased and what should be.
func (v *verifier) body(h Head, l Link) {
	switch {
	case l.Bare():
		if v.bare == 0 {
			v.bare = h.Seq
		}
		return
	case isErased(l.Body):
		if v.kept == 0 {
			v.kept = v.full
		}
		v.bare, v.full = 0, 0
	}
	if v.full == 0 {
		v.full = h.Seq
	}
}

// anchored compares the tip with the anchors at this entry.
func (v *verifier) anchored() *BrokenError {
	for len(v.anchors) > 0 && v.anchors[0].Seq <= v.tip.Seq {
		a := v.anchors[0]
		v.anchors = v.anchors[1:]
		if a.Seq != v.tip.Seq || a.Hash != v.tip.Hash {
			return &BrokenError{Seq: a.Seq, Fault: Forged,
				Why: fmt.Sprintf("its head is not the one that the anchor knows; the last that is proven is %d", v.good)}
		}
		v.good = a.Seq
	}
	return nil
}

// end looks at what only the whole trail can say.
func (v *verifier) end() error {
	if len(v.anchors) > 0 {
		return &BrokenError{Seq: v.tip.Seq + 1, Fault: Truncated,
			Why: fmt.Sprintf("the trail ends before it, and an anchor knows entry %d", v.anchors[0].Seq)}
	}
	if err := v.bodies(); err != nil {
		return err
	}
	return nil
}

func (v *verifier) bodies() *BrokenError {
	switch {
	case v.kept > 0 && (v.bare == 0 || v.kept < v.bare):
		return &BrokenError{Seq: v.kept, Fault: Unerased, Why: "an erasure after it says that its body is gone, and it is there"}
	case v.bare > 0:
		return &BrokenError{Seq: v.bare, Fault: Stripped, Why: "its body is gone, and no erasure after it says so"}
	}
	return nil
}

// A culprit is the first link that does not follow, with what stands behind it: that says which entry is broken.
type culprit struct {
	head   Head
	this   string // the hash of its head
	broken *BrokenError
	intact bool // the head after it names it, so it is as it was
	erased bool // it, or one behind it, is an erasure
	second bool
}

func newCulprit(h Head, l Link, broken *BrokenError) *culprit {
	return &culprit{head: h, this: hashOf(l.Head), broken: broken, erased: isErased(l.Body)}
}

// behind looks at a link after it.
func (c *culprit) behind(l Link) {
	if h, err := readHead(l.Head); err == nil {
		c.intact = c.intact || !c.second && h.Prev == c.this
		if c.broken.Fault == Missing && h.Seq == c.broken.Seq {
			c.broken = &BrokenError{Seq: h.Seq, Fault: Swapped, Why: fmt.Sprintf("entry %d comes before it", c.head.Seq)}
		}
	}
	c.second = true
	c.erased = c.erased || isErased(l.Body)
}

// blame says which entry is the first that is broken. Two heads that do not fit together leave open which of them was
// altered: the one that the head after it names was not, nor was one that an anchor knows.
func (v *verifier) blame(c *culprit) error {
	b, before := c.broken, v.tip.Seq
	if b.Fault != Forged && v.bare > 0 && v.bare < b.Seq && !c.erased {
		return &BrokenError{Seq: v.bare, Fault: Stripped, Why: "its body is gone, and no erasure after it says so"}
	}
	follows := c.head.Seq == before+1 && c.head.Prev != v.tip.Hash
	if b.Fault == Altered && follows && before > v.good && (c.intact || v.known(Tip{Seq: c.head.Seq, Hash: c.this})) {
		return &BrokenError{Seq: before, Fault: Altered, Why: "its head is not the one that the entry after it names"}
	}
	return b
}

// known reports whether an anchor ahead is this very tip.
func (v *verifier) known(t Tip) bool {
	return slices.ContainsFunc(v.anchors, func(a Tip) bool { return a.Seq == t.Seq && a.Hash == t.Hash })
}
