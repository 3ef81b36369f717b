package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

var kinds = [...]string{string(Brand), string(Product), string(Site), string(Location), string(Person), string(Campaign),
	string(Competitor)}

func (c *compiler) oneOf(at spot, got string, known ...string) {
	switch {
	case slices.Contains(known, got):
	case got == "":
		c.add(at, "is missing: one of %s", strings.Join(known, ", "))
	default:
		c.add(at, "%q is not known: one of %s", got, strings.Join(known, ", "))
	}
}

// again reports whether a phrase stands in its list a second time.
func (c *compiler) again(at spot, list []string) bool {
	folded := c.fold(list[at.n])
	if folded == "" || !slices.ContainsFunc(list[:at.n], func(s string) bool { return c.fold(s) == folded }) {
		return false
	}
	c.add(at, "%q stands here a second time", list[at.n])
	return true
}

// misspellings checks that some spelling is long enough for them, and short enough.
func (c *compiler) misspellings(i int, lengths []int) {
	at, longest, fitting := spot{i, "misspellings", -1}, 0, 0
	for _, n := range lengths {
		if longest = max(longest, n); n <= maxTypo {
			fitting = max(fitting, n)
		}
	}
	switch n := c.m.subjects[i].Misspellings; {
	case n < 0 || n > maxEdits:
		c.add(at, "is %d: 0, 1 or 2", n)
	case n == 2 && longest < 9:
		c.add(at, "2 needs a spelling of 9 letters, the longest has %d", longest)
	case n == 1 && longest < 5:
		c.add(at, "1 needs a spelling of 5 letters, the longest has %d", longest)
	case n > 0 && allowed(fitting, n) == 0:
		c.add(at, "%d needs a spelling of 5 to %d letters, the longest has %d", n, maxTypo, longest)
	}
}

// allowed is how many misspellings a spelling of so many letters is given.
func allowed(letters, wanted int) int {
	switch {
	case letters < 5, wanted < 0:
		return 0
	case letters < 9:
		return min(wanted, 1)
	}
	return min(wanted, maxEdits)
}

// phrases checks that what a subject ignores, and what must stand near it, can ever matter.
func (c *compiler) phrases(i int) {
	s := &c.m.subjects[i]
	for n, p := range s.Ignore {
		if folded := c.fold(p); folded != "" && utf8.RuneCountInString(folded) <= maxSpelling {
			c.ignored(spot{i, "ignore", n}, p, folded)
		}
	}
	for n, p := range s.Near {
		if named, _ := c.named(i, p); named {
			c.add(spot{i, "near", n}, "%q holds a spelling of the subject, and nothing stands near itself: make it an alias", p)
		}
	}
}

// ignored checks that a phrase to ignore holds a spelling of the subject, and more than that.
func (c *compiler) ignored(at spot, phrase, folded string) {
	if own, ok := c.owners[folded]; ok && own.subject == at.subject {
		c.add(at, "%q is a spelling of the subject, which would never be found", phrase)
		return
	}
	named, covered := c.named(at.subject, phrase)
	if !named && c.m.typos != nil {
		name := c.m.subjects[at.subject].Name
		named = slices.ContainsFunc(c.m.misspelled(nil, 0, phrase), func(h Hit) bool { return h.Subject == name })
	}
	if !named && c.unsignedSpelling(at.subject, folded) {
		return
	}
	switch {
	case !named:
		c.add(at, "never matters: %q does not hold a spelling of the subject", phrase)
	case covered:
		c.add(at, "never matters: where %q stands, a shorter phrase of ignore does", phrase)
	}
}

// named reports whether a phrase holds a spelling of a subject, and whether each that it holds is inside a shorter phrase
// that the subject ignores.
func (c *compiler) named(subject int, phrase string) (named, covered bool) {
	var names, shorter []lexis.Match
	c.m.names.Each(phrase, func(x lexis.Match) bool {
		f := &c.m.forms[x.ID]
		if f.subject != subject || !c.m.stands(phrase, &x) {
			return true
		}
		switch {
		case f.isName():
			names = append(names, x)
		case f.use == toIgnore && x.End-x.Start < len(strings.TrimSpace(phrase)):
			shorter = append(shorter, x)
		}
		return true
	})
	for _, n := range names {
		if !slices.ContainsFunc(shorter, func(x lexis.Match) bool {
			return x.Start <= n.Start && n.End <= x.End && x.End-x.Start > n.End-n.Start
		}) {
			return true, false
		}
	}
	return len(names) > 0, len(names) > 0
}
