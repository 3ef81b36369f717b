package mention

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
	"github.com/reputekit/reputation/mention/spec"
)

// Compile checks the list as a whole and makes a Matcher of it. The error is spec.Problems: subjects without a name,
// kinds and focuses that don't exist, a spelling that two subjects share or that has no visible character, an alias that
// is an everyday word and stands without Near, phrases of Ignore and Near that can never matter or that leave nothing to
// be found, more misspellings than the spellings are long enough for, sites that are no hosts, accounts that name nobody.
func (w Watchlist) Compile() (*Matcher, error) {
	n := len(w.Subjects)
	m := &Matcher{byName: make(map[string]int, n), byHandle: make(map[string]int, n), ours: w.Ours.clone(),
		firsts: new(runs), lasts: new(runs)}
	m.folding.StripAccents = w.IgnoreAccents
	written := 0 // and most are written in two ways or more
	for _, s := range w.Subjects {
		written += 2 + 2*len(s.Aliases) + 2*len(s.Ignore) + len(s.Near)
	}
	m.forms = make([]form, 0, written)
	c := compiler{m: m, owners: make(map[string]spot, written), faced: len(w.Ours.Accounts) > 0,
		patterns: make([]lexis.Pattern, 0, written), inside: make([]uint64, 0, written), ends: make([]uint64, 0, written)}
	for i, s := range w.Subjects {
		c.subject(i, s.clone())
	}
	c.unsigned()
	w.Ours.check(&c.problems)
	names, err := lexis.Compile(c.patterns, m.folding)
	if err != nil { // every spelling was checked before, so this is about all of them together
		c.problems.Merge("subjects", err)
		return nil, c.problems.Err()
	}
	m.forms = slices.Clip(m.forms)
	m.names, m.typos = names, newTypos(c.typos)
	m.hosts.typos = newTypos(m.hosts.names)
	m.inside, m.ends = newSieve(c.inside), newSieve(c.ends)
	if c.faced {
		m.faces = newFaces(c.faces(w.Ours))
	}
	for i := range m.subjects {
		c.phrases(i)
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
	owners   map[string]spot // where a folded spelling is written
	typos    []typo
	faced    bool      // there are accounts of ours, so that somebody may look like them
	spelled  []typo    // all spellings of our subjects
	signed   []written // spellings that are no hosts
	inside   []uint64
	ends     []uint64
}

// A spot is a place in the list: a field of a subject, and which of several. Its path is made when somebody asks.
type spot struct {
	subject int
	field   string
	n       int // -1 where there is one only
}

func (s spot) path() string {
	path := spec.Join(spec.Index("subjects", s.subject), s.field)
	if s.n < 0 {
		return path
	}
	return spec.Index(path, s.n)
}

func (c *compiler) add(at spot, format string, args ...any) {
	c.problems.Add(at.path(), format, args...)
}

func (c *compiler) subject(i int, s Subject) {
	c.m.subjects = append(c.m.subjects, s)
	name := spot{i, "name", -1}
	if first, ok := c.m.byName[s.Name]; ok && s.Name != "" {
		c.add(name, "subject %q stands here a second time, the first is subjects[%d]", s.Name, first)
		return
	}
	c.m.byName[s.Name] = i
	c.oneOf(spot{i, "kind", -1}, string(s.Kind), kinds[:]...)
	if s.Focus != "" {
		c.oneOf(spot{i, "focus", -1}, string(s.Focus), string(Core), string(Wide))
	}
	lengths := []int{c.spelling(name, form{spelled: s.Name, use: byName})}
	for n, a := range s.Aliases {
		at := spot{i, "aliases", n}
		if slices.Index(s.Aliases, a) < n || a == s.Name {
			c.add(at, "%q stands here a second time", a)
			continue
		}
		lengths = append(lengths, c.spelling(at, form{spelled: a, use: byAlias}))
	}
	for n, p := range s.Ignore {
		at, folded := spot{i, "ignore", n}, c.fold(p)
		if c.again(at, s.Ignore) || !c.phrase(at, folded, form{spelled: p, use: toIgnore}) {
			continue
		}
		c.ignoreToo(i, p, folded)
	}
	for n, p := range s.Near {
		if at := (spot{i, "near", n}); !c.again(at, s.Near) {
			c.phrase(at, c.fold(p), form{spelled: p, use: isNear})
		}
	}
	if len(s.Near) > 0 && sigiled(s.Name) && !slices.ContainsFunc(s.Aliases, func(a string) bool { return !sigiled(a) }) {
		c.add(spot{i, "near", -1}, "never matters: a spelling with @ or # counts wherever it stands")
	}
	if s.Kind == Site && s.Digits {
		c.add(spot{i, "digits", -1}, "never matters: in a site, digits for letters are a misspelling")
	}
	c.misspellings(i, lengths)
}

func (c *compiler) fold(s string) string { return strings.TrimSpace(c.m.folding.Fold(s)) }

// spelling adds a name or an alias with its variants. It gives the number that the bounds on misspellings are about: of
// folded runes without what may stand between words.
func (c *compiler) spelling(at spot, f form) (length int) {
	m, s, folded := c.m, &c.m.subjects[at.subject], c.fold(f.spelled)
	letters := onlyLetters(folded)
	length = utf8.RuneCountInString(letters)
	f.host = s.Kind == Site || likeHost(f.spelled)
	f.path = f.host && strings.Contains(f.spelled, "/")
	f.korean = !f.host && takesParticles(folded)
	if !c.phrase(at, folded, f) || !c.own(at, f.spelled, folded) {
		return length
	}
	k := allowed(length, s.Misspellings)
	if s.Kind == Site && !labels(folded) {
		c.add(at, "%q is no host: write it as acme.com, without what stands before and behind it", f.spelled)
		return length
	}
	m.hosts.any = m.hosts.any || f.host
	if read := decodedHost(folded); f.host && read != folded && c.own(at, f.spelled, read) {
		c.pattern(at.subject, form{spelled: read, use: byVariant, host: true})
	}
	if f.host && !f.path && k > 0 {
		m.hosts.add(folded, at.subject, k)
	}
	if s.Kind == Site {
		return length // a host is written in one way
	}
	sign := sigil(folded)
	if f.use == byAlias && len(s.Near) == 0 && sign == 0 && lexis.Common(folded) {
		c.add(at, "%q is an everyday word: say in near which words stand near it when the subject is meant, "+
			"or watch for @%[1]s or #%[1]s", f.spelled)
	}
	if !f.host {
		c.plural(folded)
		c.tagged(letters, s.Digits)
	}
	if sign != '#' {
		m.byHandle[letters] = at.subject
		if h := handle(f.spelled); h != letters {
			m.byHandle[h] = at.subject
		}
	}
	if k > 0 || c.faced && s.isOurs() {
		x := newTypo(f.spelled, letters, at.subject, k)
		x.host = f.host
		if k > 0 {
			c.typos = append(c.typos, x)
		}
		if s.isOurs() && sign != '#' {
			c.spelled = append(c.spelled, x)
		}
	}
	if f.host {
		return length
	}
	for _, v := range variants(f.spelled) {
		if v = c.fold(v); v != folded && c.own(at, f.spelled, v) {
			c.variant(at.subject, v, f)
		}
	}
	c.signed = append(c.signed, written{at, f})
	return length
}

// tagged files the letters of what may stand in a hashtag, and as they are where digits are taken for letters.
func (c *compiler) tagged(letters string, digits bool) {
	if len(letters) < 3 {
		return
	}
	c.inside = append(c.inside, tagKey(letters))
	c.m.firsts.add(firstRun(letters))
	for _, like := range [...]likeness{firstLike, lastLike} {
		if word := []rune(letters); digits && (mask{like, true, true}).off(word) {
			c.inside = append(c.inside, tagKey(string(word)))
		}
	}
}

// plural files the end of what may have a plural.
func (c *compiler) plural(folded string) {
	word := folded[len(strings.TrimRightFunc(folded, isLetter)):]
	if r, _ := utf8.DecodeLastRuneInString(word); sigil(folded) != 0 || !unicode.Is(unicode.Latin, r) {
		return
	}
	c.ends = append(c.ends, finish(sum(word), beginning))
	c.m.longest = max(c.m.longest, 2*len(folded)+8)
	if last, keys := pluralKeys(folded); last != "" {
		c.ends = append(c.ends, keys...)
		c.m.lasts.add(lastRun(last, len(last)))
	}
}

// own notes which subject has a folded spelling. It is false when the spelling has been seen before.
func (c *compiler) own(at spot, spelled, folded string) bool {
	first, ok := c.owners[folded]
	if !ok {
		c.owners[folded] = at
		return true
	}
	if first.subject != at.subject {
		c.add(at, "%q cannot be told from %s", spelled, first.path())
	}
	return false
}

// phrase adds one pattern as it is written.
func (c *compiler) phrase(at spot, folded string, f form) bool {
	f.spelled = strings.TrimSpace(f.spelled)
	switch n := utf8.RuneCountInString(folded); {
	case f.spelled == "":
		c.add(at, "is empty")
	case n == 0:
		c.add(at, "%q has no visible character to look for", f.spelled)
	case n > maxSpelling:
		c.add(at, "is %d characters long, at most %d can be looked for", n, maxSpelling)
	default:
		f.sigil = sigil(f.spelled) != 0
		c.pattern(at.subject, f)
		return true
	}
	return false
}

const maxSpelling = 250 // what lexis can look for

func (c *compiler) pattern(subject int, f form) {
	f.subject = subject
	s := &c.m.subjects[subject]
	c.m.digits = c.m.digits || s.Digits
	c.patterns = append(c.patterns, lexis.Pattern{ID: len(c.m.forms), Text: f.spelled, Stem: f.korean, Alike: f.likes(s.Digits)})
	c.m.forms = append(c.m.forms, f)
	c.m.nearby = c.m.nearby || f.use == isNear
	c.m.ignores = c.m.ignores || f.use == toIgnore
}

// faces gives the spellings that an author of ours may have: those of our subjects, and our accounts' handles.
func (c *compiler) faces(o Ours) []typo {
	all := c.spelled
	for _, a := range o.Accounts {
		letters := onlyLetters(c.fold(a.Handle))
		i, ok := c.m.byHandle[letters]
		if !ok {
			i, ok = c.m.byHandle[string(withoutTitle([]rune(letters)))]
		}
		if ok && c.m.subjects[i].isOurs() {
			all = append(all, newTypo(a.Handle, letters, i, 1))
		}
	}
	return all
}
