package triage

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
)

// holds evaluates a condition as rules do: what is not known does not hold.
func (s *scene) holds(n *node) bool {
	switch n.op {
	case opAll:
		for i := range n.kids {
			if !s.holds(&n.kids[i]) {
				return false
			}
		}
		return true
	case opAny:
		for i := range n.kids {
			if s.holds(&n.kids[i]) {
				return true
			}
		}
		return false
	case opNot:
		return !s.holds(&n.kids[0])
	case opAtLeast:
		missing := n.n
		for i := range n.kids {
			if s.holds(&n.kids[i]) {
				if missing--; missing == 0 {
					return true
				}
			}
		}
		return false
	case opFollowers:
		return n.has(s.mention.Author.Followers)
	case opSeen:
		return hasWords(s.seen, n)
	}
	yes, known := s.leaf(n)
	return yes && known
}

// weighs evaluates a condition as evidence does: what is not known is not known below a Not either.
func (s *scene) weighs(n *node) (yes, known bool) {
	switch n.op {
	case opNot:
		yes, known = s.weighs(&n.kids[0])
		return !yes && known, known
	case opAll, opAny, opAtLeast:
		wanted, open := n.n, 0
		if n.op == opAll {
			wanted = len(n.kids)
		} else if n.op == opAny {
			wanted = 1
		}
		for i := range n.kids {
			switch yes, known := s.weighs(&n.kids[i]); {
			case !known:
				open++
			case yes:
				wanted--
			}
		}
		return wanted <= 0, wanted <= 0 || wanted > open
	}
	return s.leaf(n)
}

// leaf evaluates a condition without others below it. Known is false when there is nothing to compare; then yes means
// nothing.
func (s *scene) leaf(n *node) (yes, known bool) {
	switch n.op {
	case opSeen:
		return hasWords(s.seen, n), true
	case opWords:
		return hasWords(s.seen, n) && hasWords(s.counted(), n), true
	case opPhrase, opNear:
		return s.together(n, nil), true
	case opPattern:
		return n.extra.expression.MatchString(s.mention.Text), true
	case opPublic:
		return !s.mention.IsPrivate() == n.yes, true
	case opVerified:
		return s.mention.Author.Verified == n.yes, true
	case opAnswered:
		t := &s.in.Thread
		return t.Answered == n.yes, t.Answered || t.Message > 0 || t.Waiting != ""
	case opCustomer:
		is, known := knownCustomer(s.in.Given)
		return is == n.yes, known
	case opPrivate:
		return slices.ContainsFunc(s.sensitive(), func(p sensitive.Span) bool { return n.isClass(p) }), true
	case opAbout, opAboutKind:
		for i := range s.in.Hits {
			if n.isAbout(&s.in.Hits[i]) {
				return true, true
			}
		}
		return false, true
	case opMedia:
		return slices.ContainsFunc(s.mention.Media, func(m mention.Media) bool { return n.isMedia(m) }), true
	case opSurge:
		return n.surging(s.in.Surges) != "", true
	case opPlace:
		return n.isPlace(&s.mention.Place)
	case opHours:
		return n.extra.open(s.in.At), !s.in.At.IsZero()
	case opGiven:
		if n.isNumber() {
			break
		}
		v, ok := s.in.Given[n.name]
		if len(n.list) == 0 {
			return ok, true
		}
		return ok && slices.Contains(n.list, v), ok
	case opNone:
		return false, false
	}
	if n.isNumber() {
		v, ok := s.number(n)
		return n.has(v), ok
	}
	v := s.value(n.op)
	return slices.Contains(n.list, v), v != ""
}

// number is what a range is compared with.
func (s *scene) number(n *node) (v int, known bool) {
	m := s.mention
	switch n.op {
	case opRating:
		return m.Rating.PerMille()
	case opFollowers:
		return m.Author.Followers, true
	case opAudience:
		return m.Audience, m.Audience > 0
	case opContacts:
		return s.in.History.Contacts, true
	case opOpenCases:
		return s.in.History.Open, true
	case opBroken:
		return s.in.History.Broken, true
	case opMessage:
		return s.in.Thread.Message, s.in.Thread.Message > 0
	case opDuplicates:
		return s.in.Copies.Size, s.in.Copies.Size > 0
	case opAuthorDays:
		since := m.Author.Since
		if since.IsZero() || s.in.At.IsZero() {
			return 0, false
		}
		return max(0, int(s.in.At.Sub(since).Hours()/24)), true
	case opGiven:
		return wholeNumber(s.in.Given[n.name])
	case opSignal, opObserved, opScored:
		r := s.signal(n.slot)
		return r.value, r.state == present
	}
	return 0, false
}

// value is what a list of values is compared with; empty when nobody knows.
func (s *scene) value(o op) string {
	m := s.mention
	switch o {
	case opChannel:
		return m.Ref.Channel
	case opKind:
		if m.Kind == "" {
			return string(mention.Post)
		}
		return string(m.Kind)
	case opLang:
		return baseLang(m.Lang)
	case opAddressed:
		return string(m.Addressed)
	case opStanding:
		return string(s.in.Standing)
	case opLegitimacy:
		return string(s.v.Legitimacy)
	case opAim:
		if s.v.Aim == "" {
			aim, _ := s.read().Aim(s.rating())
			return aim
		}
		return string(s.v.Aim)
	case opWaiting:
		return string(s.in.Thread.Waiting)
	}
	return ""
}

// baseLang is the base of a BCP 47 tag in lower case: "es" of "es-MX".
func baseLang(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(base)
}

// anything stands for every value in conditions on private data, media and surges.
const anything = "any"

func (n *node) isClass(p sensitive.Span) bool {
	return n.list[0] == anything || string(p.Class) == n.list[0]
}

// isAbout reports whether a hit is what an About names.
func (n *node) isAbout(h *mention.Hit) bool {
	if n.op == opAboutKind {
		return string(h.Kind) == n.list[0] || n.list[0] == string(impostor) && h.Spelling == mention.Impostor
	}
	return h.Subject == n.list[0]
}

func (n *node) isMedia(m mention.Media) bool {
	return slices.Contains(n.list, anything) || slices.Contains(n.list, m.Kind)
}

// surging is the first series of those named that surges; empty for none.
func (n *node) surging(series []string) string {
	for _, name := range series {
		if name != "" && (slices.Contains(n.list, anything) || slices.Contains(n.list, name)) {
			return name
		}
	}
	return ""
}

// isPlace compares a place, without case, with entries like country:ES and city:Berlin; it is known when one of the
// parts that the entries ask for is.
func (n *node) isPlace(p *mention.Place) (yes, known bool) {
	for _, entry := range n.list {
		part, want, _ := strings.Cut(entry, ":")
		is := p.Country
		switch part {
		case "region":
			is = p.Region
		case "city":
			is = p.City
		case "name":
			is = p.Name
		}
		known = known || is != ""
		if is != "" && strings.EqualFold(is, want) {
			return true, true
		}
	}
	return false, known
}

// wholeNumber reads digits with or without a sign. What is none costs no error to be made.
func wholeNumber(text string) (n int, ok bool) {
	digits := strings.TrimPrefix(text, "-")
	if digits == "" || len(digits) > 18 || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// knownCustomer reads what the host knows: customer yes or no, or how many orders there are.
func knownCustomer(given map[string]string) (is, known bool) {
	if n, ok := wholeNumber(given["orders"]); ok && n > 0 {
		return true, true
	}
	switch given["customer"] {
	case "yes":
		return true, true
	case "no":
		return false, true
	}
	return false, false
}
