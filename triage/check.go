package triage

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/signal"
)

// folding is how the words of conditions are compared with texts: as subjects are.
var folding = lexis.Folding{}

// anyPrivate stands for every class in a Private condition.
const anyPrivate sensitive.Class = "any"

var (
	mentionKinds = [...]string{
		string(mention.Post), string(mention.Comment), string(mention.Review), string(mention.Message),
	}
	addressees = [...]string{string(mention.ToUs), string(mention.AboutUs), string(mention.Overheard)}
)

// kindPrefix begins an About that means every subject of a kind.
const kindPrefix = "kind:"

// maxDepth is how deep conditions may be nested; nobody can read deeper, and a tree that holds itself ends here.
const maxDepth = 50

// condition checks one node of the tree and everything below it, and compiles it.
func (c *compiler) condition(path string, w Condition) node {
	if c.depth == maxDepth {
		c.problems.Add(path, "is nested deeper than %d conditions", maxDepth)
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
		return c.one(path, w)
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
		c.contradictions(path, w.All)
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
	case w.Signal != nil:
		return c.signal(path, *w.Signal)
	case w.Rating != nil:
		return c.between(path, opRating, "rating", *w.Rating, 0, 1000)
	case w.Followers != nil:
		return c.between(path, opFollowers, "followers", *w.Followers, 0, noLimit)
	case w.AuthorDays != nil:
		return c.between(path, opAuthorDays, "author days", *w.AuthorDays, 0, noLimit)
	case w.Contacts != nil:
		return c.between(path, opContacts, "contacts", *w.Contacts, 0, noLimit)
	case w.Channel != nil:
		return c.list(path, opChannel, "channel", w.Channel)
	case w.Kind != nil:
		eachOf(c, path, "kind", w.Kind, mentionKinds[:]...)
		return c.list(path, opKind, "kind", w.Kind)
	case w.Lang != nil:
		return c.langs(path, w.Lang)
	case w.Public != nil:
		return node{op: opPublic, name: "public", yes: *w.Public}
	case w.Addressed != nil:
		eachOf(c, path, "addressed", w.Addressed, addressees[:]...)
		return c.list(path, opAddressed, "addressed", w.Addressed)
	case w.Standing != nil:
		eachOf(c, path, "standing", w.Standing, Customer, Press, Employee, Official, Creator, Competitor, Litigant)
		return c.list(path, opStanding, "standing", plain(w.Standing))
	case w.Legitimacy != nil:
		eachOf(c, path, "legitimacy", w.Legitimacy, Genuine, Unverified, Doubtful)
		return c.list(path, opLegitimacy, "legitimacy", plain(w.Legitimacy))
	case w.Private != "":
		oneOf(c, path, "class of private data", w.Private, append(sensitive.Classes(), anyPrivate)...)
		return node{op: opPrivate, name: "private", list: []string{string(w.Private)}}
	case w.Given != nil:
		if w.Given.Key == "" {
			c.problems.Add(spec.Join(path, "key"), "what the host gives has a key")
		}
		return node{op: opGiven, name: w.Given.Key, list: slices.Clone(w.Given.Is)}
	}
	return node{}
}

// group compiles the children of a node and puts the cheapest first; their order changes no answer.
func (c *compiler) group(path string, o op, n int, of []Condition) node {
	if len(of) == 0 && o != opAtLeast {
		c.problems.Add(path, "has no conditions")
	}
	kids := make([]node, len(of))
	for i, w := range of {
		kids[i] = c.condition(spec.Index(path, i), w)
	}
	slices.SortStableFunc(kids, func(a, b node) int { return cmp.Compare(a.cost(), b.cost()) })
	return node{op: o, kids: kids, n: n}
}

// manyTogether is how many conditions under one all are compared with each other.
const manyTogether = 64

// contradictions finds what can never hold together, where that is plain to see.
func (c *compiler) contradictions(path string, all []Condition) {
	all = all[:min(len(all), manyTogether)]
	for i, a := range all {
		for k, b := range all[:i] {
			var why string
			switch {
			case a.Not != nil && same(*a.Not, b), b.Not != nil && same(*b.Not, a):
				why = "is the opposite"
			case a.Public != nil && b.Public != nil && *a.Public != *b.Public:
				why = "is the opposite"
			case apart(a.Channel, b.Channel), apart(a.Kind, b.Kind), apart(a.Addressed, b.Addressed),
				apart(a.Standing, b.Standing), apart(a.Legitimacy, b.Legitimacy):
				why = "shares no value with it"
			case outside(a.Rating, b.Rating), outside(a.Followers, b.Followers), outside(a.Contacts, b.Contacts),
				outside(a.AuthorDays, b.AuthorDays), outside(a.sameSignal(b)):
				why = "leaves no number"
			default:
				continue
			}
			c.problems.Add(spec.Index(path, i), "can never hold beside [%d], which %s", k, why)
		}
	}
}

// apart reports whether both lists are given and have nothing in common.
func apart[T comparable](a, b []T) bool {
	return a != nil && b != nil && !slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

// outside reports whether both ranges are given and no number lies in both.
func outside(a, b *Between) bool {
	return a != nil && b != nil && (above(a.Min, b.Max) || above(b.Min, a.Max))
}

func above(least, most *int) bool { return least != nil && most != nil && *least > *most }

// sameSignal gives the ranges of two conditions on one signal, else nothing.
func (w Condition) sameSignal(other Condition) (a, b *Between) {
	if w.Signal == nil || other.Signal == nil || w.Signal.Name != other.Signal.Name {
		return nil, nil
	}
	return &w.Signal.Between, &other.Signal.Between
}

func same(a, b Condition) bool { return reflect.DeepEqual(a, b) }

func (c *compiler) about(path, about string) node {
	if c.judge.matcher == nil {
		c.problems.Add(path, "asks about a subject, and there is no watchlist")
	}
	if kind, ok := strings.CutPrefix(about, kindPrefix); ok {
		oneOf(c, path, "kind of subject", mention.SubjectKind(kind), mention.Brand, mention.Product, mention.Site,
			mention.Location, mention.Person, mention.Campaign, mention.Competitor)
		return node{op: opAboutKind, name: "about", list: []string{kind}}
	}
	if c.judge.matcher != nil {
		if _, ok := c.judge.matcher.Subject(about); !ok {
			c.problems.Add(path, "subject %q is not on the watchlist", about)
		}
	}
	return node{op: opAbout, name: "about", list: []string{about}}
}

func (c *compiler) words(path string, w Words) node {
	if len(w.Any) == 0 && len(w.All) == 0 {
		c.problems.Add(path, "has no words")
	}
	return node{
		op: opWords, yes: w.Negated,
		any: c.wordList(spec.Join(path, "any"), w.Any),
		all: c.wordList(spec.Join(path, "all"), w.All),
	}
}

// wordList gives each entry its pattern; the same entry in two places is one pattern. Whether an entry can be looked
// for is said when the automaton is made.
func (c *compiler) wordList(path string, entries []string) []int {
	ids := make([]int, len(entries))
	for i, entry := range entries {
		text, stem := strings.CutSuffix(strings.TrimSpace(entry), "*")
		key := lexis.Pattern{Text: text, Stem: stem}
		id, ok := c.patterns[key]
		if !ok {
			id = len(c.automaton)
			c.patterns[key] = id
			c.automaton = append(c.automaton, lexis.Pattern{ID: id, Text: text, Stem: stem})
			c.paths = append(c.paths, spec.Index(path, i))
		}
		ids[i] = id
	}
	return ids
}

func (c *compiler) signal(path string, s Signal) node {
	low, high := 0, 1000
	switch {
	case !c.signals[s.Name]:
		c.problems.Add(spec.Join(path, "name"), "signal %q is neither built in nor declared in signals", s.Name)
		low = -1000
	case s.Name == signal.Sentiment, !slices.Contains([]string{signal.Praise, signal.Question}, s.Name):
		low = -1000
	}
	return c.between(path, opSignal, s.Name, s.Between, low, high)
}

const noLimit = int(^uint(0) >> 1)

// between compiles a range of a number that lies between low and high itself.
func (c *compiler) between(path string, o op, name string, b Between, low, high int) node {
	n := node{op: o, name: name, min: low, max: high}
	if b.Min == nil && b.Max == nil {
		c.problems.Add(path, "has neither min nor max")
	}
	if b.Min != nil {
		n.min, n.hasMin = *b.Min, true
	}
	if b.Max != nil {
		n.max, n.hasMax = *b.Max, true
	}
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

func (c *compiler) list(path string, o op, name string, values []string) node {
	if len(values) == 0 {
		c.problems.Add(path, "has no values")
	}
	for i, v := range values {
		if v == "" {
			c.problems.Add(spec.Index(path, i), "an empty %s never comes", name)
		}
	}
	return node{op: o, name: name, list: slices.Clone(values)}
}

func (c *compiler) langs(path string, tags []string) node {
	n := c.list(path, opLang, "lang", tags)
	for i, tag := range tags {
		n.list[i] = baseLang(tag)
		if l := len(n.list[i]); tag != "" && (l < 2 || l > 3) {
			c.problems.Add(spec.Index(path, i), "%q is no language: write it like es", tag)
		}
	}
	return n
}

// fair refuses, within evidence, what looks at a person's feelings, or at whether he has been found doubtful already.
func (c *compiler) fair(path string, w Condition) {
	switch {
	case w.Rating != nil:
		c.problems.Add(path, "evidence on who is genuine never looks at stars")
	case w.Signal != nil && slices.Contains([]string{signal.Sentiment, signal.Praise, "anger"}, w.Signal.Name):
		c.problems.Add(path, "evidence on who is genuine never looks at %s", w.Signal.Name)
	case w.Legitimacy != nil:
		c.problems.Add(path, "evidence is what legitimacy is made of")
	}
}

// eachOf checks that every value is one of those known.
func eachOf[T ~string](c *compiler, path, what string, values []T, known ...T) {
	for i, v := range values {
		oneOf(c, spec.Index(path, i), what, v, known...)
	}
}

func oneOf[T ~string](c *compiler, path, what string, v T, known ...T) {
	if slices.Contains(known, v) {
		return
	}
	named := slices.DeleteFunc(plain(known), func(s string) bool { return s == "" })
	c.problems.Add(path, "%s %q is none of %s", what, string(v), strings.Join(named, ", "))
}

func plain[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
