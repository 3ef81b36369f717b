package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention"
)

// A Person is what names somebody or leads to him, for what is kept of many people at once: an incident is not erased with
// one of its customers. It is made when he is erased, and stored nowhere.
type Person struct {
	Cases []string      `json:"cases,omitempty"` // ids of his cases
	Refs  []mention.Ref `json:"refs,omitempty"`  // messages of his, and ours to him
	Names []string      `json:"names,omitempty"` // his ids, handles and names; none that is also one of our people
	Said  []string      `json:"said,omitempty"`  // his texts
}

const (
	shortName = 4  // letters of a name that is looked for in words; a shorter one is found only as a handle: "@jo"
	longQuote = 48 // bytes in a row that are his own words: ten or so, for of one matter many say the same five
)

// Has reports whether a message is his, or ours to him.
func (p Person) Has(ref mention.Ref) bool { return slices.Contains(p.Refs, ref) }

// NamedIn reports whether words name him or quote him: a name or the id of a message of his stands there as a whole word,
// whatever the case of its letters, or ten of his own words in a row. What means him without either nobody finds.
func (p Person) NamedIn(words string) bool {
	lower := strings.ToLower(words)
	for _, name := range p.Names {
		name = strings.ToLower(strings.TrimPrefix(name, "@"))
		if isName(name) && stands(lower, name) || name != "" && stands(lower, "@"+name) {
			return true
		}
	}
	for _, r := range p.Refs {
		if id := strings.ToLower(r.ID); isName(id) && stands(lower, id) || stands(lower, strings.ToLower(r.String())) {
			return true
		}
	}
	if len(words) < longQuote || len(p.Said) == 0 {
		return false
	}
	words = plain(words)
	return slices.ContainsFunc(p.Said, func(said string) bool { return repeats(words, plain(said), longQuote) })
}

// isName reports whether a name is long enough to be no other word or number by chance.
func isName(s string) bool {
	n := utf8.RuneCountInString(s)
	digits := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
	return n >= shortName && (!digits || n >= 2*shortName)
}

// stands reports whether a name stands in words with no letter or digit beside it.
func stands(words, name string) bool {
	for from := 0; ; {
		i := strings.Index(words[from:], name)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(words[:i])
		after, _ := utf8.DecodeRuneInString(words[i+len(name):])
		if !inWord(before) && !inWord(after) {
			return true
		}
		_, size := utf8.DecodeRuneInString(words[i:])
		from = i + size
	}
}

func inWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
