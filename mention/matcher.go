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
	Folded     Spelling = "folded"     // a name or alias but for case, width, accents' form, spaces, hyphens, signs
	Misspelled Spelling = "misspelled" // a name or alias but for Distance edits
)

// A Hit is one place where a text names a subject: text[Start:End], cut at the borders of runes.
type Hit struct {
	Subject  string      `json:"subject"` // the subject's name
	Kind     SubjectKind `json:"kind"`
	Start    int         `json:"start"`
	End      int         `json:"end"` // equal to Start when the account heard on names it, and not the text
	Spelling Spelling    `json:"spelling"`
	Distance int         `json:"distance,omitempty"` // edits away from the nearest spelling, when misspelled
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
	byHandle map[string]int // spellings as handles
	ours     Ours
	names    *lexis.Automaton
	forms    []form // by the id of the automaton's patterns
	typos    *typos // nil when no subject allows misspellings
	nearby   bool   // some subject needs a word near it
	ignores  bool   // some subject has phrases to ignore
}

// A form is what one pattern of the automaton stands for.
type form struct {
	spelled string
	subject int
	use     use
	sigil   bool // begins with @ or #
}

func (f form) sigiled() bool { return sigil(strings.TrimSpace(f.spelled)) != 0 }

type use uint8

const (
	byName use = iota
	byAlias
	byVariant
	toIgnore
	isNear
)

// Match appends to dst where text names subjects, in the order of the text. Hits do not overlap: of names that do, the
// one that begins first counts, of those the longest; a misspelled name only where no other is. A possessive 's is not
// part of the hit. Nothing is allocated but what dst needs to grow. Any bytes are taken for a text.
func (m *Matcher) Match(dst []Hit, text string) []Hit {
	from := len(dst)
	m.names.Each(text, func(x lexis.Match) bool {
		if h, ok := m.hit(text, x); ok {
			dst = append(dst, h)
		}
		return true
	})
	if m.typos != nil {
		dst = m.misspelled(dst, text)
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

// hit makes a hit of what the automaton found.
func (m *Matcher) hit(text string, x lexis.Match) (Hit, bool) {
	f := &m.forms[x.ID]
	s := &m.subjects[f.subject]
	h := Hit{Subject: s.Name, Kind: s.Kind, Start: x.Start, End: x.End, Spelling: Folded}
	switch f.use {
	case toIgnore:
		h.Spelling, h.Distance = "", ignoring
		return h, true
	case isNear:
		h.Spelling, h.Distance = "", nearing
		return h, true
	case byName:
		if text[x.Start:x.End] == f.spelled {
			h.Spelling = Exact
		}
	case byAlias:
		if text[x.Start:x.End] == f.spelled {
			h.Spelling = Alias
		}
	}
	return h, s.Kind != Site || isHost(text, x.Start, x.End)
}

// isHost reports whether text[start:end] ends a host name: no label follows it, and what stands before it is a label of
// its own.
func isHost(text string, start, end int) bool {
	if start > 0 && text[start-1] == '-' {
		return false
	}
	rest := text[end:]
	return len(rest) < 2 || rest[0] != '.' && rest[0] != '-' || !wordByte(rest[1])
}

func wordByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80 || c == '-' || c == '_'
}

// MatchMention is Match over the mention's text. Where the text does not name the subject whose account heard the
// mention, a hit without extent at the end says so: somebody who writes to @acme need not name Acme. An account stands
// for the subject that has its handle as a spelling, with or without @; Mention.Account holds a handle, or an id that
// Ours.Accounts gives the handle of.
func (m *Matcher) MatchMention(dst []Hit, men *Mention) []Hit {
	from := len(dst)
	dst = m.Match(dst, men.Text)
	i, ok := m.accountOf(men)
	if !ok {
		return dst
	}
	s := &m.subjects[i]
	for _, h := range dst[from:] {
		if h.Subject == s.Name {
			return dst
		}
	}
	return append(dst, Hit{Subject: s.Name, Kind: s.Kind, Start: len(men.Text), End: len(men.Text), Spelling: Alias})
}

// accountOf finds the subject of the account that the mention was heard on.
func (m *Matcher) accountOf(men *Mention) (subject int, ok bool) {
	if men.Account == "" {
		return 0, false
	}
	if subject, ok = m.byHandle[handle(men.Account)]; ok {
		return subject, true
	}
	for _, a := range m.ours.Accounts {
		if a.Channel == men.Ref.Channel && a.ID == men.Account {
			subject, ok = m.byHandle[handle(a.Handle)]
			return subject, ok
		}
	}
	return 0, false
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

// IsOurs reports whether the author is one of our accounts on the channel, or one of our people. Names prove nothing;
// an id that differs is somebody else, whatever the handle.
func (m *Matcher) IsOurs(channel string, a Author) bool {
	author := handle(a.Handle)
	for _, x := range m.ours.Accounts {
		if x.Channel != channel {
			continue
		}
		if x.ID != "" && a.ID != "" {
			if x.ID == a.ID {
				return true
			}
			continue
		}
		if author != "" && handle(x.Handle) == author {
			return true
		}
	}
	for _, p := range m.ours.People {
		if a.ID != "" && p == a.ID || author != "" && handle(p) == author {
			return true
		}
	}
	return false
}
