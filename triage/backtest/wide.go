package backtest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

// A Fit says which wide subjects to take off the new watchlist to keep within a Budget: as few as go, by trying first
// what relieves most. It says of a mention that it goes when all its wide subjects are dropped and the new policy then
// ignores it; a rule that names a dropped subject is for the reader of the policy to mend.
type Fit struct {
	Budget Budget    `json:"budget"`
	Fits   bool      `json:"fits"`           // after Drop
	Drop   []Dropped `json:"drop,omitempty"` // in the order that relieves most first; empty where it fits as it is
	Wide   []Wide    `json:"wide,omitempty"` // what each wide subject brings, the most first

	// Mentions and cases that nobody can say of which wide subjects they hang on, as there are too many combinations.
	Unsettled int `json:"unsettled,omitempty"`
}

// A Dropped is a subject to drop, and what is left when it and those before it are gone.
type Dropped struct {
	Subject string `json:"subject"`

	// In thousandths, on an average day.
	MentionsADay int `json:"mentions_a_day"`
	CasesADay    int `json:"cases_a_day"`
}

// A Wide is what one wide subject brings.
type Wide struct {
	Subject  string `json:"subject"`
	Mentions int    `json:"mentions"` // that name it and are not ignored
	Alone    int    `json:"alone"`    // of them, those that would be ignored without it
	Cases    int    `json:"cases"`    // that would not be there without it
}

// wide counts what hangs on wide subjects.
type wide struct {
	subjects []string // sorted
	named    []int    // by subject: mentions that are not ignored
	sets     map[string]*hanging
	without  int // mentions in more sets than are kept
	reuse    func(triage.Input) *triage.Verdict
	hits     []mention.Hit
}

// hanging is what goes when all of a set of subjects go.
type hanging struct {
	subjects        []int
	mentions, cases int
}

// mostSets is how many combinations of wide subjects are told apart.
const mostSets = 4096

func newWide(after Side) *wide {
	w := &wide{sets: map[string]*hanging{}, reuse: after.Judge.Reuse()}
	if after.Matcher == nil {
		return w
	}
	for _, s := range after.Matcher.Subjects() {
		if s.Focus == mention.Wide {
			w.subjects = append(w.subjects, s.Name)
		}
	}
	slices.Sort(w.subjects)
	w.named = make([]int, len(w.subjects))
	return w
}

// count asks what becomes of a mention without the wide subjects that it names, which are the set, sorted. Shuts is
// whether it then opens no case any more.
func (w *wide) count(in triage.Input, v triage.Verdict) (set []int, shuts bool) {
	if len(w.subjects) == 0 || v.Handling == triage.Ignore {
		return nil, false
	}
	w.hits = w.hits[:0]
	for _, h := range v.Hits {
		i, isWide := slices.BinarySearch(w.subjects, h.Subject)
		switch {
		case !isWide:
			w.hits = append(w.hits, h)
		case !slices.Contains(set, i):
			set = append(set, i)
			w.named[i]++
		}
	}
	if len(set) == 0 {
		return nil, false
	}
	slices.Sort(set)
	in.Hits = w.hits
	left := w.reuse(in).Handling
	if left == triage.Ignore {
		if h := w.of(set); h != nil {
			h.mentions++
		}
	}
	return set, left != triage.Open
}

// hang notes on what the case of a conversation hangs after one more mention that opens it: on all that its mentions hang
// on, and on nothing once one of them opens it by itself.
func (w *wide) hang(cases map[uint64]*hanging, conversation uint64, opens bool, set []int, shuts bool) {
	before := cases[conversation]
	if !opens {
		if before == nil {
			return
		}
		before.cases--
		set = slices.Compact(slices.Sorted(slices.Values(slices.Concat(before.subjects, set))))
	}
	cases[conversation] = nil
	if !shuts {
		return
	}
	if h := w.of(set); h != nil {
		h.cases++
		cases[conversation] = h
	}
}

// of is what hangs on a set; nil, which is counted, where there are too many.
func (w *wide) of(set []int) *hanging {
	key := fmt.Sprint(set)
	if w.sets[key] == nil {
		if len(w.sets) >= mostSets {
			w.without++
			return nil
		}
		w.sets[key] = &hanging{subjects: set}
	}
	return w.sets[key]
}

// gone is what goes when all these subjects go.
func (w *wide) gone(dropped []int) (mentions, cases int) {
	for _, key := range slices.Sorted(maps.Keys(w.sets)) {
		s := w.sets[key]
		if !slices.ContainsFunc(s.subjects, func(i int) bool { return !slices.Contains(dropped, i) }) {
			mentions, cases = mentions+s.mentions, cases+s.cases
		}
	}
	return mentions, cases
}

// fit chooses what to drop.
func (w *wide) fit(b Budget, v Volume, days int) *Fit {
	f := &Fit{Budget: b, Wide: w.brought(), Unsettled: w.without}
	over := func(dropped []int) int {
		mentions, cases := w.gone(dropped)
		return b.over(v.Recorded+v.Opened-mentions, v.Cases-cases, days)
	}
	var dropped []int
	for over(dropped) > 0 && len(dropped) < len(w.subjects) {
		dropped = append(dropped, w.next(dropped, over))
	}
	f.Fits = over(dropped) == 0
	if !f.Fits { // what does not help is not told
		dropped = slices.DeleteFunc(dropped, func(i int) bool { return !w.hangs(i) })
	}
	for i := len(dropped) - 1; i >= 0 && f.Fits; i-- { // what came to be needless
		if rest := slices.Delete(slices.Clone(dropped), i, i+1); over(rest) == 0 {
			dropped = rest
		}
	}
	for i := range dropped {
		mentions, cases := w.gone(dropped[:i+1])
		left := Volume{Recorded: v.Recorded + v.Opened - mentions, Cases: v.Cases - cases}.perDay(days)
		f.Drop = append(f.Drop, Dropped{w.subjects[dropped[i]], left.MentionsADay, left.CasesADay})
	}
	return f
}

// over is by how much a volume is over the budget, both limits added in thousandths of each.
func (b Budget) over(mentions, cases, days int) int {
	sum := 0
	for _, x := range [...]struct{ is, most int }{{mentions, b.MentionsADay * days}, {cases, b.CasesADay * days}} {
		if x.most > 0 && x.is > x.most {
			sum += max(1, (x.is-x.most)*1000/x.most)
		}
	}
	return sum
}

// next is the subject that relieves most beside those dropped already; where none does by itself, the one on which
// most hangs.
func (w *wide) next(dropped []int, over func([]int) int) int {
	best, least, most := -1, 0, 0
	for i := range w.subjects {
		if slices.Contains(dropped, i) {
			continue
		}
		left, hangs := over(append(slices.Clone(dropped), i)), w.weight(i)
		if best < 0 || left < least || left == least && hangs > most {
			best, least, most = i, left, hangs
		}
	}
	return best
}

// weight is how much hangs on a subject, alone or with others.
func (w *wide) weight(i int) int {
	sum := 0
	for _, s := range w.sets {
		if slices.Contains(s.subjects, i) {
			sum += s.mentions + s.cases
		}
	}
	return sum
}

func (w *wide) hangs(i int) bool { return w.weight(i) > 0 }

// brought lists what each wide subject brings.
func (w *wide) brought() []Wide {
	var out []Wide
	for i, name := range w.subjects {
		mentions, cases := w.gone([]int{i})
		out = append(out, Wide{Subject: name, Mentions: w.named[i], Alone: mentions, Cases: cases})
	}
	slices.SortStableFunc(out, func(a, b Wide) int {
		return cmp.Or(cmp.Compare(b.Mentions, a.Mentions), strings.Compare(a.Subject, b.Subject))
	})
	return out
}
