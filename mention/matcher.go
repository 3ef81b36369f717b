package mention

import (
	"strings"

	"github.com/reputekit/reputation/mention/lexis"
)

// Spelling says how a subject is spelled where it is hit.
type Spelling string

// The spellings.
const (
	Exact      Spelling = "exact"      // the subject's name, letter by letter
	Alias      Spelling = "alias"      // one of its aliases, letter by letter
	Folded     Spelling = "folded"     // a name or alias but for case, width, accents' form, spaces, hyphens, signs, plural
	LookAlike  Spelling = "look_alike" // exact, alias or folded but for letters that only look like its own
	Misspelled Spelling = "misspelled" // a name or alias but for Distance edits; a host that looks like one
	Impostor   Spelling = "impostor"   // not in the text: the author looks like the subject, and is not one of ours
)

// A Hit is one place where a text names a subject: text[Start:End], cut at the borders of runes. Two hits have no
// extent. Where the account that heard the mention names the subject, and not the text, both are the text's length.
// Where the author looks like the subject, both are 0, and the spelling is impostor.
type Hit struct {
	Subject  string      `json:"subject"` // the subject's name
	Kind     SubjectKind `json:"kind"`
	Start    int         `json:"start"` // in bytes
	End      int         `json:"end"`
	Spelling Spelling    `json:"spelling"`
	Distance int         `json:"distance,omitempty"` // edits away from the nearest spelling, when misspelled or an impostor
}

// Text is what the hit stands on. It is empty when the text is not the one that was matched.
func (h Hit) Text(text string) string {
	if h.Start < 0 || h.End < h.Start || h.End > len(text) {
		return ""
	}
	return text[h.Start:h.End]
}

// A Matcher finds the subjects of a watchlist. Compile makes it. It is immutable and safe for concurrent use.
type Matcher struct {
	subjects []Subject
	byName   map[string]int
	byHandle map[string]int // spellings as handles: without the @, and by their letters alone
	ours     Ours
	folding  lexis.Folding
	names    *lexis.Automaton
	forms    []form // by the id of the automaton's patterns
	typos    *typos // nil when no subject allows misspellings
	hosts    hosts
	faces    faces
	inside   sieve // the letters of spellings and of what is ignored
	firsts   *runs // and the first of them
	ends     sieve // the last words of spellings
	lasts    *runs // and the last letters of them
	longest  int   // bytes in which the longest of them is looked for
	digits   bool  // some subject may be written with digits
	nearby   bool  // some subject needs a word near it
	ignores  bool  // some subject has phrases to ignore
}

// A form is what one pattern of the automaton stands for.
type form struct {
	spelled string
	subject int
	use     use
	sigil   bool // begins with @ or #
	korean  bool // particles may follow in the same word
	host    bool // found as a host only
	path    bool // with a path behind the host
}

func (f *form) isName() bool { return f.use <= byVariant }

func sigiled(spelling string) bool { return sigil(strings.TrimSpace(spelling)) != 0 }

type use uint8

const (
	byName use = iota
	byAlias
	byVariant
	toIgnore
	isNear
)

// Match appends to dst where text names subjects, in the order of the text. Hits do not overlap: of names that do, the
// one that begins first counts, of those the longest; a misspelled name only where no other is. A possessive 's and a
// Korean particle are not part of the hit, the s of a plural is. Nothing is allocated but what dst needs to grow,
// and where names have hosts, to read those in Punycode. Any bytes are taken for a text.
func (m *Matcher) Match(dst []Hit, text string) []Hit {
	from := len(dst)
	m.names.Each(text, func(x lexis.Match) bool {
		if m.stands(text, &x) {
			dst = append(dst, Hit{})
			m.set(&dst[len(dst)-1], &m.forms[x.ID], text, x.Start, x.End, x.Alike)
		}
		return true
	})
	if m.typos != nil {
		dst = m.misspelled(dst, from, text)
	}
	dst = m.plurals(m.inTags(dst, text), text)
	if m.hosts.typos != nil {
		dst = m.hosts.find(dst, m, text)
	}
	if m.hosts.any {
		dst = m.encodedHosts(dst, text)
	}
	return m.settle(dst, from, text)
}

// Between Match and settle, hits of phrases that only help to decide stand among the others. They have no spelling, and
// what they are for stands in Distance.
const (
	ignoring = -1 - iota
	nearing
	dropped
)

// stands reports whether what the automaton found is a place of its form.
func (m *Matcher) stands(text string, x *lexis.Match) bool {
	f := &m.forms[x.ID]
	if f.korean && !lexis.Border(text, x.End) && (sigilBefore(text, x.Start) == '@' || !isParticle(text[x.End:])) {
		return false
	}
	return !f.host || hostBegins(text, x.Start) && (f.path || hostEnds(text, x.End))
}

// set makes h the hit of a form that stands at text[start:end], alike when it does so only with look-alikes.
func (m *Matcher) set(h *Hit, f *form, text string, start, end int, alike bool) {
	s := &m.subjects[f.subject]
	h.Subject, h.Kind, h.Start, h.End, h.Spelling, h.Distance = s.Name, s.Kind, start, end, Folded, 0
	switch {
	case f.use == toIgnore:
		h.Spelling, h.Distance = "", ignoring
	case f.use == isNear:
		h.Spelling, h.Distance = "", nearing
	case alike && f.host:
		h.Spelling = Misspelled // so far at no distance, since all of it stands before a part of it
	case alike:
		h.Spelling = LookAlike
	case f.use == byName && text[start:end] == f.spelled:
		h.Spelling = Exact
	case f.use == byAlias && text[start:end] == f.spelled:
		h.Spelling = Alias
	}
}

func (m *Matcher) hitOf(f *form, text string, start, end int, alike bool) (h Hit) {
	m.set(&h, f, text, start, end, alike)
	return h
}

// Subject returns the subject of that name.
func (m *Matcher) Subject(name string) (Subject, bool) {
	i, ok := m.byName[name]
	if !ok {
		return Subject{}, false
	}
	return m.subjects[i].clone(), true
}

// Subjects returns the subjects in the order of the watchlist.
func (m *Matcher) Subjects() []Subject {
	out := make([]Subject, len(m.subjects))
	for i, s := range m.subjects {
		out[i] = s.clone()
	}
	return out
}
