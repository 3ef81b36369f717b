package group

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
)

// Kept is how long a quiet group is remembered, counted back from the newest post.
const Kept = 30 * 24 * time.Hour

// usual is how many groups a Tally holds that does not say.
const usual = 500

// A Tally is what is remembered of the posts of a tenant, or of a subject, to know copies by. It is plain data, one
// row, and changes only through its methods, each of which returns a new value and leaves its receiver as it was. The
// zero value has seen nothing.
type Tally struct {
	Most   int     `json:"most,omitempty"`   // groups it holds; 0 means 500, less than nothing means none
	Groups []Group `json:"groups,omitempty"` // the one that was quiet longest first
}

// Add counts a post by its fingerprint and says in which group it is. The author is Author.Key of its mention, empty when
// he is not known. The instant is when the post was published, at most now: one far ahead lets everything else look old.
// The zero time is not known; then the post is counted but makes its group no younger. The same post twice is counted
// once. A post too short to tell changes nothing, and its Reading is zero.
func (t Tally) Add(f Fingerprint, ref mention.Ref, author string, at time.Time) (Tally, Reading) {
	if f.IsZero() {
		return t, Reading{}
	}
	v := variant{Print: f, Refs: sketch{hashRef(ref)}}
	var who sketch
	if author != "" {
		who = sketch{hashAuthor(ref.Channel, author)}
	}
	same := t.alike(&f)
	g := t.union(same, f).add(v, who, mention.Instant(at))
	t.Groups = t.replace(same, g)
	return t, g.Reading()
}

// Confirm writes down that a person confirmed a group to be spam: every later Reading of it says so, until the group is
// forgotten, or becomes one with another of which nobody has said it. It is false when there is no such group any more.
func (t Tally) Confirm(id string) (Tally, bool) {
	i := slices.IndexFunc(t.Groups, func(g Group) bool { return g.ID == id && id != "" })
	if i < 0 {
		return t, false
	}
	t.Groups = slices.Clone(t.Groups)
	t.Groups[i].Spam = true
	return t, true
}

// alike gives the places of the groups that hold a text like this one.
func (t Tally) alike(f *Fingerprint) []int {
	var same []int
	for i := range t.Groups {
		if t.Groups[i].has(f) {
			same = append(same, i)
		}
	}
	return same
}

// union makes one group of those that turn out to be the same, or a new one, still empty, when there are none.
func (t Tally) union(same []int, f Fingerprint) Group {
	if len(same) == 0 {
		taken := func(id string) bool {
			return slices.ContainsFunc(t.Groups, func(g Group) bool { return g.ID == id })
		}
		return Group{ID: nameOf(f, taken)}
	}
	g := t.Groups[same[0]]
	for _, i := range same[1:] {
		g = merge(g, t.Groups[i])
	}
	return g
}

// replace gives the groups with g in the place of some of them, without those that have to leave.
func (t Tally) replace(same []int, g Group) []Group {
	out := make([]Group, 0, len(t.Groups)+1)
	from := 0
	for _, i := range same {
		out = append(out, t.Groups[from:i]...)
		from = i + 1
	}
	out = append(out, t.Groups[from:]...)
	at, _ := slices.BinarySearchFunc(out, g, quietest)
	out = slices.Insert(out, at, g)

	dated := since(out, time.Time{}.Add(1))
	out = slices.Delete(out, dated, max(dated, since(out, out[len(out)-1].Last.Add(-Kept))))
	most := max(0, t.Most)
	if t.Most == 0 {
		most = usual
	}
	return out[max(0, len(out)-most):]
}

// since is the place of the first group that was heard of at an instant or later.
func since(groups []Group, at time.Time) int {
	i, _ := slices.BinarySearchFunc(groups, at, func(g Group, at time.Time) int { return g.Last.Compare(at) })
	return i
}

func quietest(a, b Group) int { return cmp.Or(a.Last.Compare(b.Last), strings.Compare(a.ID, b.ID)) }

// Forget takes an author of a channel and his posts out, for erasure: what was only his leaves the row, a group that
// others are in as well counts fewer. The author is Author.Key, as it was given to Add. Dates of a group that stays may
// still be those of his posts.
func (t Tally) Forget(channel, author string, refs ...mention.Ref) Tally {
	hashes, who := map[uint32]bool{}, map[uint32]bool{hashAuthor(channel, author): true}
	for _, ref := range refs {
		hashes[hashRef(ref)] = true
	}
	var kept []Group
	for _, g := range t.Groups {
		if rest, ok := g.forget(hashes, who); ok {
			kept = append(kept, rest)
		}
	}
	t.Groups = kept
	return t
}
