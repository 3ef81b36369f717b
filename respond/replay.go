package respond

import (
	"bytes"
	"encoding/json"
	"iter"
	"unicode/utf8"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/trail"
)

// Replay verifies the trail of a case that began as c, and folds it: what comes out is what trail.Replay with Apply gives,
// byte for byte, and the errors are the same. It is faster: what a later entry sets anew is looked at for being JSON, and
// not decoded; whether each entry can be read as well, trail.Entries says. Where one cannot, the tip is that of what
// verified. A case is replayed by itself: a host that rebuilds many does as many at once as it has processors.
func (c Case) Replay(name trail.Name, links iter.Seq[trail.Link], anchors ...trail.Tip) (Case, trail.Tip, error) {
	newest := &folding{c: c}
	follow := func(f *folding) *folding {
		if f == newest {
			return f
		}
		if f == nil {
			f = &folding{} // an erasure left null
		}
		newest.settle() // what stood before the erasure had to be readable, too
		f.broken, newest = newest.broken, f
		return f
	}
	f, tip, err := trail.Replay(name, newest, links, func(f *folding, e trail.Entry[shallow]) *folding {
		f = follow(f)
		f.apply(e)
		return f
	}, anchors...)
	if err == nil {
		follow(f)
	}
	newest.settle()
	switch {
	case newest.broken != nil: // it stands before whatever stopped the walk
		return c, tip, newest.broken
	case err != nil:
		return c, tip, err
	}
	return newest.c, tip, nil
}

// What a replay decodes late: members of a change that set a facet as a whole, see Case.facets. Of several only the last
// counts, and most of what a trail holds is these.
const (
	lateVerdict = iota
	lateUnread
	lateOpen
	lateHeard
	lateOwed
	lateDraft
	lateClimb
	lateClocks
	lateWaits
	lateAwaited
	lates
)

var (
	late    = [lates]string{"verdict", "unread", "open", "heard", "owed", "draft", "climb", "clocks", "waits", "awaited"}
	allLate = []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
)

// A shallow is a change of which the late members are not decoded yet.
type shallow struct {
	now   Change        // the other members
	late  [lates][]byte // as they stand in the entry; nil where there is none
	pages []byte        // of the late climb, the same way
	all   bool          // nothing is late: now is the whole change
	first []byte
}

// UnmarshalJSON divides a change. One that is not in the form in which it is written here is decoded at once.
func (s *shallow) UnmarshalJSON(data []byte) error {
	switch {
	case s.all: // the change stands in the entry once more: encoding/json reads both into one
	case s.first != nil:
		first := s.first
		*s = shallow{all: true}
		if err := json.Unmarshal(first, &s.now); err != nil {
			return err
		}
	case s.divide(data):
		s.first = data
		return nil
	default:
		*s = shallow{all: true}
	}
	return json.Unmarshal(data, &s.now)
}

func (s *shallow) divide(data []byte) bool {
	var others []byte
	ok := spec.Members(data, func(name, value []byte) bool {
		if at := s.member(name); at != nil {
			if *at != nil {
				return false // encoding/json reads both into one
			}
			if string(value) != "null" { // that sets nothing
				*at = value
			}
			return true
		}
		if others == nil {
			others = append(make([]byte, 0, 256), '{')
		} else {
			others = append(others, ',')
		}
		others = append(append(append(others, '"'), name...), `":`...)
		others = append(others, value...)
		return string(name) != "whole"
	})
	switch {
	case !ok, s.pages != nil && s.late[lateClimb] == nil:
		return false
	case others == nil:
		return true
	}
	return json.Unmarshal(append(others, '}'), &s.now) == nil
}

// member is where a late member is kept; nil of any other.
func (s *shallow) member(name []byte) *[]byte {
	if string(name) == "pages" {
		return &s.pages
	}
	for i := range late {
		if string(name) == late[i] {
			return &s.late[i]
		}
	}
	return nil
}

// A folding is a case in the middle of its trail: what waits is not in it yet.
type folding struct {
	c      Case
	waits  [lates]waiting
	told   paging
	broken *trail.BrokenError // the first that could not be read; nothing is folded after it
}

// A waiting is the last value of a late member.
type waiting struct {
	seq  int    // of the entry that set it; 0: nothing waits
	json []byte // our own: a store may use the bytes of a link again
}

// UnmarshalJSON reads the state that an erasure left.
func (f *folding) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &f.c) }

// apply is Apply. What that reads of the case is settled before.
func (f *folding) apply(e trail.Entry[shallow]) {
	ch := &e.Change
	switch {
	case ch.now.Whole != nil: // nothing of what waits is left
		f.waits, f.told = [lates]waiting{}, paging{}
	case ch.all:
		f.settle()
	}
	if ch.now.Reread {
		f.settle(lateUnread)
	}
	if ch.now.Given != nil && len(f.c.Twins) > 0 {
		f.settle(lateOpen)
	}
	if m := ch.now.Message; m != nil && m.Ours {
		f.settle(lateDraft)
	}
	if f.broken != nil {
		return
	}
	if ch.late[lateClimb] != nil {
		f.tell(e.Seq, ch.pages)
	}
	f.c = Apply(f.c, Entry{Seq: e.Seq, At: e.At, Event: e.Event, Rules: e.Rules, Change: ch.now})
	for i, value := range ch.late {
		if value != nil {
			f.waits[i] = waiting{seq: e.Seq, json: append(f.waits[i].json[:0], value...)}
		}
	}
	if climb := ch.late[lateClimb]; climb != nil {
		f.climbed(climb)
	}
}

// tell keeps what became of the pages of a climb that is late. Without that the climb has them itself.
func (f *folding) tell(seq int, pages []byte) {
	if pages == nil {
		f.told, f.c.Climb = paging{json: f.told.json[:0]}, nil
		return
	}
	if f.waits[lateClimb].seq > 0 && len(f.told.seqs) == 0 {
		f.settle(lateClimb)
	}
	if c := f.c.Climb; c != nil {
		f.told.before, f.c.Climb = c.Pages, nil
	}
	f.told.add(seq, pages)
}

// climbed keeps who had the case, as Apply does with every climb.
func (f *folding) climbed(climb []byte) {
	var ladder, taken string
	plain := spec.Members(climb, func(name, value []byte) bool {
		switch string(name) {
		case "ladder":
			return ladder == "" && plainText(value, &ladder)
		case "taken":
			return taken == "" && plainText(value, &taken)
		}
		return true
	})
	switch {
	case !plain:
		f.settle(lateClimb)
		f.c.had()
	case ladder == "":
		f.told = paging{json: f.told.json[:0]} // it is cleared, and so are they
	case taken != "":
		f.c.Had = taken
	}
}

// plainText reads a string of JSON that says something and stands for itself.
func plainText(value []byte, into *string) bool {
	if len(value) < 3 || value[0] != '"' || bytes.IndexByte(value, '\\') >= 0 || !utf8.Valid(value) {
		return false
	}
	*into = string(value[1 : len(value)-1])
	return true
}

// settle decodes what waits of these members, or of all.
func (f *folding) settle(members ...int) {
	if len(members) == 0 {
		members = allLate
	}
	object := make([]byte, 0, 1024)
	for _, i := range members {
		if f.waits[i].seq > 0 {
			object = append(append(append(object, `,"`...), late[i]...), `":`...)
			object = append(object, f.waits[i].json...)
		}
	}
	if len(object) == 0 {
		return
	}
	object[0] = '{'
	var ch Change
	err := json.Unmarshal(append(object, '}'), &ch)
	switch {
	case err == nil:
		if ch.Climb != nil && len(f.told.seqs) > 0 {
			list, wrong := f.told.pages()
			f.breaks(wrong)
			f.c.Climb, ch.Pages = &escalation.Climb{Pages: list}, &pages{}
			f.told = paging{json: f.told.json[:0]}
		}
		f.c.facets(ch)
	case len(members) == 1:
		f.breaks(f.waits[members[0]].seq)
	default: // one of them cannot be read
		for _, i := range members {
			f.settle(i)
		}
	}
	for _, i := range members {
		f.waits[i].seq = 0
	}
}

// breaks keeps the first entry that cannot be read; 0 is none.
func (f *folding) breaks(seq int) {
	if seq > 0 && (f.broken == nil || seq < f.broken.Seq) {
		f.broken = &trail.BrokenError{Seq: seq, Fault: trail.Unreadable, Why: "its body is no entry of this kind"}
	}
}
