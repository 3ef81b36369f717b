package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/spec"
)

// Compile checks the list as a whole and makes a Matcher of it. The error is spec.Problems: subjects without a name,
// kinds and focuses that don't exist, a spelling that two subjects share or that has no visible character, an alias that
// is an everyday word and stands without Near, phrases of Ignore and Near that can never matter or that leave nothing to
// be found, more misspellings than the spellings are long enough for, accounts that name nobody.
func (w Watchlist) Compile() (*Matcher, error) {
	m := &Matcher{byName: map[string]int{}, byHandle: map[string]int{}, signed: map[string]int{}, ours: w.Ours.clone(),
		firsts: new(triples), lasts: new(triples)}
	m.folding.StripAccents = w.IgnoreAccents
	c := compiler{m: m, owners: map[string]owner{}, faced: len(w.Ours.Accounts) > 0}
	for i, s := range w.Subjects {
		c.subject(spec.Index("subjects", i), i, s.clone())
	}
	w.Ours.check(&c.problems)
	names, err := lexis.Compile(c.patterns, m.folding)
	if err != nil { // every spelling was checked before, so this is about all of them together
		c.problems.Merge("subjects", err)
		return nil, c.problems.Err()
	}
	m.names, m.typos = names, newTypos(c.typos)
	m.hosts.typos = newTypos(m.hosts.names)
	m.inside, m.ends = newSieve(c.inside), newSieve(c.ends)
	if c.faced {
		m.faces = newFaces(c.faces(w.Ours))
	}
	for i := range m.subjects {
		c.ignored(spec.Index("subjects", i), i)
	}
	if err := c.problems.Err(); err != nil {
		return nil, err
	}
	return m, nil
}

type compiler struct {
	m        *Matcher
	problems spec.Problems
	patterns []lexis.Pattern
	owners   map[string]owner // by folded spelling
	typos    []typo
	faced    bool   // there are accounts of ours, so that somebody may look like them
	spelled  []typo // all spellings of our subjects
	inside   []uint64
	ends     []uint64
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
	longest := c.letters(s.Name)
	for n, a := range s.Aliases {
		at := spec.Index(spec.Join(path, "aliases"), n)
		if slices.Index(s.Aliases, a) < n || a == s.Name {
			c.problems.Add(at, "%q stands here a second time", a)
			continue
		}
		c.spelling(at, i, form{spelled: a, use: byAlias})
		longest = max(longest, c.letters(a))
	}
	for n, p := range s.Ignore {
		at := spec.Index(spec.Join(path, "ignore"), n)
		if c.again(at, s.Ignore, n) || !c.phrase(at, i, form{spelled: p, use: toIgnore}) {
			continue
		}
		v := joined(c.m.folding, p)
		if c.tagged(v); v != "" && v != c.m.folding.Fold(p) {
			c.add(i, form{spelled: v, use: toIgnore})
		}
	}
	for n, p := range s.Near {
		at := spec.Index(spec.Join(path, "near"), n)
		if !c.again(at, s.Near, n) {
			c.phrase(at, i, form{spelled: p, use: isNear})
		}
	}
	if len(s.Near) > 0 && sigiled(s.Name) && !slices.ContainsFunc(s.Aliases, func(a string) bool { return !sigiled(a) }) {
		c.problems.Add(spec.Join(path, "near"), "never matters: a spelling with @ or # counts wherever it stands")
	}
	c.misspellings(spec.Join(path, "misspellings"), i, longest)
}

// again reports whether a phrase stands in its list a second time.
func (c *compiler) again(path string, list []string, n int) bool {
	if strings.TrimSpace(list[n]) == "" || slices.Index(list, list[n]) == n {
		return false
	}
	c.problems.Add(path, "%q stands here a second time", list[n])
	return true
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
func (c *compiler) letters(spelling string) int {
	return utf8.RuneCountInString(joined(c.m.folding, spelling))
}

// spelling adds a name or an alias with its variants.
func (c *compiler) spelling(path string, i int, f form) {
	m, s := c.m, &c.m.subjects[i]
	folded := strings.TrimSpace(m.folding.Fold(f.spelled))
	letters := joined(m.folding, f.spelled)
	f.korean = s.Kind != Site && takesParticles(folded)
	if !c.phrase(path, i, f) || !c.own(path, i, f.spelled, folded) {
		return
	}
	if f.use == byAlias && len(s.Near) == 0 && s.Kind != Site && sigil(folded) == 0 && lexis.Common(folded) {
		c.problems.Add(path, "%q is an everyday word: say in near which words stand near it when the subject is meant, "+
			"or watch for @%[1]s or #%[1]s", f.spelled)
	}
	k := allowed(utf8.RuneCountInString(letters), s.Misspellings)
	if s.Kind == Site {
		if k > 0 {
			m.hosts.add(folded, i, k)
		}
		return // a host is written in one way
	}
	c.plural(folded)
	c.tagged(letters)
	if sigil(folded) != '#' {
		m.byHandle[handle(f.spelled)] = i
		m.signed[letters] = i
		if sigil(folded) == '@' {
			m.signed[handle(f.spelled)] = i
		}
	}
	if k > 0 || c.faced && s.isOurs() {
		x := newTypo(f.spelled, letters, i, k)
		if k > 0 {
			c.typos = append(c.typos, x)
		}
		if c.faced && s.isOurs() && x.sigil != '#' {
			c.spelled = append(c.spelled, x)
		}
	}
	for _, v := range variants(f.spelled) {
		if v = strings.TrimSpace(m.folding.Fold(v)); v == folded || !c.own(path, i, f.spelled, v) {
			continue
		}
		c.plural(v)
		c.add(i, form{spelled: v, use: byVariant, sigil: f.sigiled(), korean: f.korean})
	}
}

// tagged files the letters of what may stand in a hashtag.
func (c *compiler) tagged(letters string) {
	if len(letters) < 3 {
		return
	}
	c.inside = append(c.inside, tagKey(letters))
	c.m.firsts.add(letters, 0)
}

// plural files the end of what may have a plural.
func (c *compiler) plural(folded string) {
	if key, last, ok := pluralKey(folded); ok && sigil(folded) == 0 {
		c.ends = append(c.ends, key)
		c.m.lasts.add(last, len(last)-3)
		c.m.longest = max(c.m.longest, 2*len(folded)+8)
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
	switch n := utf8.RuneCountInString(c.m.folding.Fold(f.spelled)); {
	case strings.TrimSpace(f.spelled) == "":
		c.problems.Add(path, "is empty")
	case strings.TrimSpace(c.m.folding.Fold(f.spelled)) == "":
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
	c.patterns = append(c.patterns, lexis.Pattern{ID: len(c.m.forms), Text: f.spelled, Stem: f.korean})
	c.m.forms = append(c.m.forms, f)
	c.m.nearby = c.m.nearby || f.use == isNear
	c.m.ignores = c.m.ignores || f.use == toIgnore
}

// ignored checks that the phrases to ignore hold a spelling of the subject, and more than that.
func (c *compiler) ignored(path string, i int) {
	m := c.m
	for n, p := range m.subjects[i].Ignore {
		at := spec.Index(spec.Join(path, "ignore"), n)
		folded := strings.TrimSpace(m.folding.Fold(p))
		if folded == "" || utf8.RuneCountInString(folded) > maxSpelling {
			continue
		}
		if own, ok := c.owners[folded]; ok && own.subject == i {
			c.problems.Add(at, "%q is a spelling of the subject, which would never be found", p)
			continue
		}
		found := false
		m.names.Each(p, func(x lexis.Match) bool {
			f := &m.forms[x.ID]
			_, ok := m.hit(p, x)
			found = ok && f.subject == i && f.use != toIgnore && f.use != isNear
			return !found
		})
		if m.typos != nil && !found {
			found = slices.ContainsFunc(m.misspelled(nil, 0, p), func(h Hit) bool { return h.Subject == m.subjects[i].Name })
		}
		if !found {
			c.problems.Add(at, "never matters: %q does not hold a spelling of the subject", p)
		}
	}
}

// faces gives the spellings that an author of ours may have: those of our subjects, and our accounts' handles.
func (c *compiler) faces(o Ours) []typo {
	all := c.spelled
	for _, a := range o.Accounts {
		letters := joined(c.m.folding, a.Handle)
		i, ok := c.m.signed[letters]
		if !ok {
			i, ok = c.m.signed[string(withoutTitle([]rune(letters)))]
		}
		if ok && c.m.subjects[i].isOurs() {
			all = append(all, newTypo(a.Handle, letters, i, 1))
		}
	}
	return all
}

func (c *compiler) misspellings(path string, i, longest int) {
	switch n := c.m.subjects[i].Misspellings; {
	case n < 0 || n > 2:
		c.problems.Add(path, "is %d: 0, 1 or 2", n)
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
