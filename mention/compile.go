package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/spec"
)

// Compile checks the list as a whole and makes a Matcher of it. The error is spec.Problems: subjects without a name,
// kinds and focuses that don't exist, a spelling that two subjects share or that has no visible character, more
// misspellings than the spellings are long enough for, accounts that name nobody.
func (w Watchlist) Compile() (*Matcher, error) {
	c := compiler{
		m:      &Matcher{byName: map[string]int{}, byHandle: map[string]int{}, ours: w.Ours.clone()},
		owners: map[string]owner{},
	}
	for i, s := range w.Subjects {
		c.subject(spec.Index("subjects", i), i, s.clone())
	}
	c.checkOurs(w.Ours)
	if err := c.problems.Err(); err != nil {
		return nil, err
	}
	names, err := lexis.Compile(c.patterns, lexis.Folding{})
	if err != nil { // every spelling was checked before, so this is about all of them together
		c.problems.Merge("subjects", err)
		return nil, c.problems.Err()
	}
	c.m.names = names
	c.m.typos = newTypos(c.typos)
	return c.m, nil
}

type compiler struct {
	m        *Matcher
	problems spec.Problems
	patterns []lexis.Pattern
	owners   map[string]owner // by folded spelling
	typos    []typo
}

// An owner is the subject that has a spelling, and where it is written.
type owner struct {
	subject int
	path    string
}

func (c *compiler) subject(path string, i int, s Subject) {
	c.m.subjects = append(c.m.subjects, s)
	if first, ok := c.m.byName[s.Name]; ok && s.Name != "" {
		c.problems.Add(spec.Join(path, "name"), "subject %q stands here a second time, the first is subjects[%d]", s.Name, first)
		return
	}
	c.m.byName[s.Name] = i
	oneOf(&c.problems, spec.Join(path, "kind"), string(s.Kind), "brand", "product", "site", "location", "person",
		"campaign", "competitor")
	if s.Focus != "" {
		oneOf(&c.problems, spec.Join(path, "focus"), string(s.Focus), "core", "wide")
	}
	c.spelling(spec.Join(path, "name"), i, form{spelled: s.Name, use: byName})
	longest := letters(s.Name)
	for n, a := range s.Aliases {
		at := spec.Index(spec.Join(path, "aliases"), n)
		if slices.Index(s.Aliases, a) < n || a == s.Name {
			c.problems.Add(at, "%q stands here a second time", a)
			continue
		}
		c.spelling(at, i, form{spelled: a, use: byAlias})
		longest = max(longest, letters(a))
	}
	for n, p := range s.Ignore {
		c.phrase(spec.Index(spec.Join(path, "ignore"), n), i, form{spelled: p, use: toIgnore})
	}
	for n, p := range s.Near {
		c.phrase(spec.Index(spec.Join(path, "near"), n), i, form{spelled: p, use: isNear})
	}
	c.misspellings(spec.Join(path, "misspellings"), i, longest)
}

func oneOf(p *spec.Problems, path, got string, known ...string) {
	switch {
	case slices.Contains(known, got):
	case got == "":
		p.Add(path, "is missing: one of %s", strings.Join(known, ", "))
	default:
		p.Add(path, "%q is not known: one of %s", got, strings.Join(known, ", "))
	}
}

// letters counts what the bounds on misspellings count: the folded runes without what may stand between words.
func letters(spelling string) int { return utf8.RuneCountInString(joined(spelling)) }

// spelling adds a name or an alias with its variants.
func (c *compiler) spelling(path string, i int, f form) {
	folded := strings.TrimSpace(lexis.Folding{}.Fold(f.spelled))
	if !c.phrase(path, i, f) {
		return
	}
	if !c.own(path, i, f.spelled, folded) {
		return
	}
	if sigil(folded) != '#' {
		c.m.byHandle[handle(f.spelled)] = i
	}
	if c.m.subjects[i].Kind == Site {
		return // a host is written in one way
	}
	for _, v := range variants(f.spelled) {
		if v = strings.TrimSpace(lexis.Folding{}.Fold(v)); v == folded || !c.own(path, i, f.spelled, v) {
			continue
		}
		c.add(i, form{spelled: v, use: byVariant, sigil: f.sigiled()})
	}
	if k := allowed(letters(f.spelled), c.m.subjects[i].Misspellings); k > 0 {
		c.typos = append(c.typos, newTypo(f.spelled, i, k))
	}
}

// own notes which subject has a folded spelling. It is false when the spelling has been seen before.
func (c *compiler) own(path string, i int, spelled, folded string) bool {
	first, ok := c.owners[folded]
	if !ok {
		c.owners[folded] = owner{i, path}
		return true
	}
	if first.subject != i {
		c.problems.Add(path, "%q cannot be told from %s", spelled, first.path)
	}
	return false
}

// phrase adds one pattern as it is written.
func (c *compiler) phrase(path string, i int, f form) bool {
	switch n := utf8.RuneCountInString(lexis.Folding{}.Fold(f.spelled)); {
	case strings.TrimSpace(f.spelled) == "":
		c.problems.Add(path, "is empty")
	case strings.TrimSpace(lexis.Folding{}.Fold(f.spelled)) == "":
		c.problems.Add(path, "%q has no visible character to look for", f.spelled)
	case n > maxSpelling:
		c.problems.Add(path, "is %d characters long, at most %d can be looked for", n, maxSpelling)
	default:
		f.spelled = strings.TrimSpace(f.spelled)
		f.sigil = f.sigiled()
		c.add(i, f)
		return true
	}
	return false
}

const maxSpelling = 250 // what lexis can look for

func (c *compiler) add(i int, f form) {
	f.subject = i
	c.patterns = append(c.patterns, lexis.Pattern{ID: len(c.m.forms), Text: f.spelled})
	c.m.forms = append(c.m.forms, f)
	c.m.nearby = c.m.nearby || f.use == isNear
	c.m.ignores = c.m.ignores || f.use == toIgnore
}

func (c *compiler) misspellings(path string, i, longest int) {
	switch n := c.m.subjects[i].Misspellings; {
	case n < 0 || n > 2:
		c.problems.Add(path, "is %d: 0, 1 or 2", n)
	case n > 0 && c.m.subjects[i].Kind == Site:
		c.problems.Add(path, "a site is looked for as it is written, without misspellings")
	case n == 2 && longest < 9:
		c.problems.Add(path, "2 needs a spelling of 9 letters, the longest has %d", longest)
	case n == 1 && longest < 5:
		c.problems.Add(path, "1 needs a spelling of 5 letters, the longest has %d", longest)
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
	return min(wanted, 2)
}

func (c *compiler) checkOurs(o Ours) {
	seen := map[Account]bool{}
	for i, a := range o.Accounts {
		path := spec.Index("ours.accounts", i)
		if strings.TrimSpace(a.Channel) == "" {
			c.problems.Add(spec.Join(path, "channel"), "is empty")
		}
		if a.ID == "" && handle(a.Handle) == "" {
			c.problems.Add(path, "names nobody: it needs an id or a handle")
		}
		key := Account{a.Channel, a.ID, handle(a.Handle)}
		if seen[key] {
			c.problems.Add(path, "this account stands here a second time")
		}
		seen[key] = true
	}
	texts := func(name string, list []string) {
		for i, s := range list {
			path := spec.Index(spec.Join("ours", name), i)
			if strings.TrimSpace(s) == "" {
				c.problems.Add(path, "is empty")
			} else if slices.Index(list, s) < i {
				c.problems.Add(path, "%q stands here a second time", s)
			}
		}
	}
	texts("people", o.People)
	texts("numbers", o.Numbers)
}

func (o Ours) clone() Ours {
	return Ours{slices.Clone(o.Accounts), slices.Clone(o.People), slices.Clone(o.Numbers)}
}

// handle puts handles side by side: without the @, in one case.
func handle(s string) string { return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), "@")) }
