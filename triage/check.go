package triage

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/ask"
	"github.com/reputekit/reputation/triage/signal"
)

// kindPrefix begins an About that means every subject of a kind.
const kindPrefix = "kind:"

// impostor stands among the kinds for an author who looks like a subject of ours, and is none of us.
const impostor = mention.SubjectKind(mention.Impostor)

const (
	// maxDepth is how deep conditions may be nested; nobody can read deeper, and a tree that holds itself ends here.
	maxDepth = 50
	// maxConditions is how many a policy may have; a tree in Go may hold one branch in many places.
	maxConditions = 50_000
)

// condition checks one node of the tree and everything below it, and compiles it.
func (c *compiler) condition(path string, w Condition) node {
	switch {
	case c.lost:
		return node{}
	case c.depth == maxDepth:
		c.problems.Add(path, "is nested deeper than %d conditions", maxDepth)
		c.lost = true
		return node{}
	case c.count == maxConditions:
		c.problems.Add(path, "is one too many: a policy has %d conditions at most", maxConditions)
	}
	if c.count++; c.count > maxConditions {
		c.lost = true
		return node{}
	}
	c.depth++
	defer func() { c.depth-- }()
	switch set := fields(w); len(set) {
	case 0:
		c.problems.Add(path, "is empty: a condition has one field")
	case 1:
		path = spec.Join(path, set[0])
		if c.inEvidence {
			c.fair(path, w)
		}
		n := c.one(path, w)
		n.path = path[c.root:]
		return n
	default:
		c.problems.Add(path, "has %s: a condition has one field, put several under all", strings.Join(set, " and "))
	}
	return node{}
}

// fields are the JSON names of the fields of a condition that are set.
func fields(w Condition) []string {
	var set []string
	v := reflect.ValueOf(w)
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			set = append(set, name)
		}
	}
	return set
}

// one compiles a condition of which exactly one field is set; path ends with that field.
func (c *compiler) one(path string, w Condition) node {
	switch {
	case w.All != nil:
		return c.group(path, opAll, 0, w.All)
	case w.Any != nil:
		return c.group(path, opAny, 0, w.Any)
	case w.Not != nil:
		return node{op: opNot, kids: []node{c.condition(path, *w.Not)}}
	case w.AtLeast != nil:
		if w.AtLeast.N < 1 || w.AtLeast.N > len(w.AtLeast.Of) {
			c.problems.Add(spec.Join(path, "n"), "%d of %d conditions cannot be asked for",
				w.AtLeast.N, len(w.AtLeast.Of))
		}
		return c.group(spec.Join(path, "of"), opAtLeast, w.AtLeast.N, w.AtLeast.Of)
	case w.About != "":
		return c.about(path, w.About)
	case w.Words != nil:
		return c.words(path, *w.Words)
	case w.Phrase != nil:
		return c.together(path, opPhrase, *w.Phrase, 0, 20)
	case w.Near != nil:
		return c.together(path, opNear, *w.Near, 2, 50)
	case w.Pattern != "":
		return c.pattern(path, w.Pattern)
	case w.Signal != nil:
		return c.signal(path, *w.Signal)
	case w.Sentiment != nil:
		return c.signal(path, ask.Signal{Name: signal.Sentiment, Between: *w.Sentiment})
	case w.Hours != nil:
		return c.hours(path, *w.Hours)
	case w.Given != nil:
		return c.given(path, *w.Given)
	}
	if n, ok := c.number(path, w); ok {
		return n
	}
	return c.value(path, w)
}

// number compiles a condition on a number that stands in the mention or beside it.
func (c *compiler) number(path string, w Condition) (n node, ok bool) {
	for _, x := range [...]struct {
		b    *ask.Between
		op   op
		name string
		low  int
		high int
	}{
		{w.Rating, opRating, "rating", 0, 1000},
		{w.Followers, opFollowers, "followers", 0, noLimit},
		{w.Audience, opAudience, "audience", 1, noLimit},
		{w.AuthorDays, opAuthorDays, "author days", 0, noLimit},
		{w.Contacts, opContacts, "contacts", 0, noLimit},
		{w.OpenCases, opOpenCases, "open cases", 0, noLimit},
		{w.BrokenPromises, opBroken, "broken promises", 0, noLimit},
		{w.Message, opMessage, "message", 1, noLimit},
		{w.Duplicates, opDuplicates, "duplicates", 1, noLimit},
	} {
		if x.b != nil {
			return c.between(path, x.op, x.name, *x.b, x.low, x.high), true
		}
	}
	return node{}, false
}

// group compiles the children of a node and puts the cheapest first; their order changes no answer.
func (c *compiler) group(path string, o op, n int, of []Condition) node {
	if len(of) == 0 && o != opAtLeast {
		c.problems.Add(path, "has no conditions")
	}
	kids := make([]node, len(of))
	for i, w := range of {
		kids[i] = c.condition(spec.Index(path, i), w)
		kids[i].place = i
	}
	if o == opAll || o == opAtLeast && n == len(of) {
		c.contradictions(path, kids)
	}
	slices.SortStableFunc(kids, func(a, b node) int { return cmp.Compare(a.cost(), b.cost()) })
	return node{op: o, kids: kids, n: n}
}

func (c *compiler) about(path, about string) node {
	if c.judge.matcher == nil {
		c.problems.Add(path, "asks about a subject, and there is no watchlist")
	}
	if kind, ok := strings.CutPrefix(about, kindPrefix); ok {
		oneOf(c, path, "kind of subject", mention.SubjectKind(kind), mention.Brand, mention.Product, mention.Site,
			mention.Location, mention.Person, mention.Campaign, mention.Competitor, impostor)
		return node{op: opAboutKind, name: "about", list: []string{kind}}
	}
	if c.judge.matcher != nil {
		if _, ok := c.judge.matcher.Subject(about); !ok {
			c.problems.Add(path, "subject %q is not on the watchlist", about)
		}
	}
	return node{op: opAbout, name: "about", list: []string{about}}
}

func (c *compiler) signal(path string, s ask.Signal) node {
	slot, known := c.judge.slot(s.Name)
	if !known {
		c.problems.Add(spec.Join(path, "name"), "signal %q is neither built in nor declared in signals", s.Name)
		slot = -1
	}
	o, low := opObserved, -1000
	if known {
		from := &c.judge.slots[slot]
		from.asked = true
		switch {
		case from.builtin != 0:
			o, low = opSignal, from.builtin.Least()
		case from.scorer > 0:
			o = opScored
		}
	}
	n := c.between(path, o, s.Name, s.Between, low, 1000)
	n.slot = slot
	return n
}

const noLimit = int(^uint(0) >> 1)

// between compiles a range of a number that lies between low and high itself.
func (c *compiler) between(path string, o op, name string, b ask.Between, low, high int) node {
	n := node{op: o, name: name, bounds: bounds{min: low, max: high}}
	if b.Min == nil && b.Max == nil {
		c.problems.Add(path, "has neither min nor max")
	}
	n.bound(b)
	switch {
	case n.min > n.max && n.hasMin && n.hasMax:
		c.problems.Add(path, "min %d is above max %d", n.min, n.max)
	case n.min > high:
		c.problems.Add(spec.Join(path, "min"), "%s never reaches %d, its most is %d", name, n.min, high)
	case n.max < low:
		c.problems.Add(spec.Join(path, "max"), "%s is never as low as %d, its least is %d", name, n.max, low)
	}
	return n
}

// bound takes the ends that are given.
func (n *bounds) bound(b ask.Between) {
	if b.Min != nil {
		n.min, n.hasMin, n.wants = *b.Min, true, ">= "+strconv.Itoa(*b.Min)
	}
	if b.Max != nil {
		n.max, n.hasMax, n.wants = *b.Max, true, "<= "+strconv.Itoa(*b.Max)
	}
	if n.hasMin && n.hasMax {
		n.wants = fmt.Sprintf("in %d..%d", n.min, n.max)
	}
}

func (c *compiler) given(path string, g ask.Given) node {
	n := node{op: opGiven, name: g.Key, list: slices.Clone(g.Is), bounds: bounds{min: -noLimit, max: noLimit}}
	n.bound(g.Between)
	if g.Key == "" {
		c.problems.Add(spec.Join(path, "key"), "what the host gives has a key")
	}
	if n.isNumber() && len(g.Is) > 0 {
		c.problems.Add(path, "has values and bounds: one of them")
	}
	if n.hasMin && n.hasMax && n.min > n.max {
		c.problems.Add(path, "min %d is above max %d", n.min, n.max)
	}
	return n
}
