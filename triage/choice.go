package triage

import (
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/tally"
)

var (
	mentionKinds = [...]string{
		string(mention.Post), string(mention.Comment), string(mention.Review), string(mention.Message),
	}
	addressees = [...]string{string(mention.ToUs), string(mention.AboutUs), string(mention.Overheard)}
)

func aims() []Aim { return []Aim{Complaint, Praise, Question, Lead, Nothing} }

// value compiles a condition on one of several values.
func (c *compiler) value(path string, w Condition) node {
	switch {
	case w.Public != nil:
		return node{op: opPublic, name: "public", yes: *w.Public}
	case w.Verified != nil:
		return node{op: opVerified, name: "verified", yes: *w.Verified}
	case w.Answered != nil:
		return node{op: opAnswered, name: "answered", yes: *w.Answered}
	case w.Customer != nil:
		return node{op: opCustomer, name: "customer", yes: *w.Customer}
	case w.Channel != nil:
		if c.channels != nil {
			eachOf(c, path, "channel", w.Channel, c.channels...)
		}
		return c.list(path, opChannel, "channel", w.Channel)
	case w.Kind != nil:
		eachOf(c, path, "kind", w.Kind, mentionKinds[:]...)
		return c.list(path, opKind, "kind", w.Kind)
	case w.Lang != nil:
		return c.langs(path, w.Lang)
	case w.Addressed != nil:
		eachOf(c, path, "addressed", w.Addressed, addressees[:]...)
		return c.list(path, opAddressed, "addressed", w.Addressed)
	case w.Aim != nil:
		eachOf(c, path, "aim", w.Aim, aims()...)
		return c.list(path, opAim, "aim", plain(w.Aim))
	case w.Standing != nil:
		eachOf(c, path, "standing", w.Standing, Customer, Press, Employee, Official, Creator, Competitor, Litigant)
		return c.list(path, opStanding, "standing", plain(w.Standing))
	case w.Legitimacy != nil:
		return c.legitimacy(path, w.Legitimacy)
	case w.Waiting != nil:
		eachOf(c, path, "waiting", w.Waiting, tally.ForUs, tally.ForCustomer, tally.ForNobody)
		return c.list(path, opWaiting, "waiting for", plain(w.Waiting))
	case w.Media != nil:
		eachOf(c, path, "media", w.Media, "image", "video", "audio", "file", anything)
		return c.list(path, opMedia, "media", w.Media)
	case w.Surge != nil:
		return c.list(path, opSurge, "surge", w.Surge)
	case w.Place != nil:
		return c.places(path, w.Place)
	case w.Private != "":
		oneOf(c, path, "class of private data", w.Private, append(sensitive.Classes(), anything)...)
		return node{op: opPrivate, name: "private", list: []string{string(w.Private)}}
	}
	return node{}
}

// legitimacy also finds what no evidence can bring about.
func (c *compiler) legitimacy(path string, is []Legitimacy) node {
	eachOf(c, path, "legitimacy", is, Genuine, Unverified, Doubtful)
	against := 0
	for i := range c.judge.evidence {
		against += max(0, c.judge.evidence[i].weight)
	}
	if len(is) == 1 && is[0] == Doubtful && !c.inEvidence && (c.judge.doubtful <= 0 || against < c.judge.doubtful) {
		c.problems.Add(path, "can never hold: the policy has no evidence that makes anybody doubtful")
	}
	return c.list(path, opLegitimacy, "legitimacy", plain(is))
}

// places reads entries like ES, region:Bavaria, city:Berlin.
func (c *compiler) places(path string, entries []string) node {
	n := c.list(path, opPlace, "place", entries)
	for i, entry := range entries {
		part, value, ok := strings.Cut(entry, ":")
		if !ok {
			part, value = "country", entry
		}
		n.list[i] = part + ":" + value
		switch {
		case entry == "":
		case !slices.Contains([]string{"country", "region", "city", "name"}, part):
			c.problems.Add(spec.Index(path, i), "%q is no part of a place: country, region, city or name", part)
		case value == "":
			c.problems.Add(spec.Index(path, i), "%q names no %s", entry, part)
		case part == "country" && len(value) != 2:
			c.problems.Add(spec.Index(path, i), "%q is no country: write it like ES, or city:%s", value, value)
		}
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
