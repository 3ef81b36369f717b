package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/spec"
)

// Ours says who speaks for us.
type Ours struct {
	Accounts []Account `json:"accounts,omitempty"`
	People   []string  `json:"people,omitempty"`  // handles or platform ids of those who work for us, no display names
	Numbers  []string  `json:"numbers,omitempty"` // phone numbers and e-mail addresses that we publish ourselves
}

// An Account is one of our accounts on a channel. Of ID and Handle one is needed; where an author has an id too, the id
// decides, since handles change hands.
type Account struct {
	Channel string `json:"channel"`
	ID      string `json:"id,omitempty"`
	Handle  string `json:"handle,omitempty"` // with or without the @
}

func (o Ours) clone() Ours {
	return Ours{slices.Clone(o.Accounts), slices.Clone(o.People), slices.Clone(o.Numbers)}
}

// check adds what is wrong with it.
func (o Ours) check(problems *spec.Problems) {
	seen := map[Account]bool{}
	for i, a := range o.Accounts {
		path := spec.Index("ours.accounts", i)
		if strings.TrimSpace(a.Channel) == "" {
			problems.Add(spec.Join(path, "channel"), "is empty")
		}
		if a.ID == "" && handle(a.Handle) == "" {
			problems.Add(path, "names nobody: it needs an id or a handle")
		}
		key := Account{a.Channel, a.ID, handle(a.Handle)}
		if seen[key] {
			problems.Add(path, "this account stands here a second time")
		}
		seen[key] = true
	}
	texts := func(name string, list []string) {
		for i, s := range list {
			path := spec.Index(spec.Join("ours", name), i)
			if strings.TrimSpace(s) == "" {
				problems.Add(path, "is empty")
			} else if slices.Index(list, s) < i {
				problems.Add(path, "%q stands here a second time", s)
			}
		}
	}
	texts("people", o.People)
	texts("numbers", o.Numbers)
}

// handle puts handles side by side: without the @, in one case.
func handle(s string) string { return strings.ToLower(bareHandle(s)) }

func bareHandle(s string) string { return strings.TrimPrefix(strings.TrimSpace(s), "@") }

// sameHandle compares handles.
func sameHandle(a, b string) bool {
	a = bareHandle(a)
	return a != "" && strings.EqualFold(a, bareHandle(b))
}

// lookup gives the subject that has a handle for its spelling. It allocates nothing for a name of ASCII.
func (m *Matcher) lookup(name string) (subject int, ok bool) {
	var buf [64]byte
	name = bareHandle(name)
	if len(name) > len(buf) || strings.IndexFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		if subject, ok = m.byHandle[strings.ToLower(name)]; !ok {
			subject, ok = m.byHandle[onlyLetters(m.folding.Fold(name))]
		}
		return subject, ok
	}
	for i := range len(name) {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	subject, ok = m.byHandle[string(buf[:len(name)])]
	return subject, ok
}

// IsOurs reports whether the author is one of our accounts on the channel, or one of our people. Names prove nothing;
// an id that differs is somebody else, whatever the handle.
func (m *Matcher) IsOurs(channel string, a Author) bool {
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
		if sameHandle(x.Handle, a.Handle) {
			return true
		}
	}
	for _, p := range m.ours.People {
		if a.ID != "" && p == a.ID || sameHandle(p, a.Handle) {
			return true
		}
	}
	return false
}

// MatchMention is Match over the mention's text, and more.
//
// Where the text does not name the subject whose account heard the mention, a hit without extent at the end says so:
// somebody who writes to @acme need not name Acme. An account stands for the subject that has its handle as a spelling,
// with or without @; Mention.Account holds a handle, or an id that Ours.Accounts gives the handle of.
//
// Where the author looks like a core subject that is no competitor, and is not one of ours, the last hit is an impostor.
// He looks like it if his handle or name is a spelling, or the handle of its account in Ours, with nothing put before or
// behind it but digits and words such as support, help and official; or if it is so but for letters that look alike (0 and
// o, rn and m, and letters of other scripts, among Latin ones or five of them at least), or for one edit in a handle of 5
// letters or in a name of 9. Without Ours.Accounts there are no impostors, as nobody can tell them from us.
func (m *Matcher) MatchMention(dst []Hit, men *Mention) []Hit {
	from := len(dst)
	dst = m.Match(dst, men.Text)
	if i, ok := m.accountOf(men); ok {
		s := &m.subjects[i]
		if !slices.ContainsFunc(dst[from:], func(h Hit) bool { return h.Subject == s.Name }) {
			dst = append(dst, Hit{Subject: s.Name, Kind: s.Kind, Start: len(men.Text), End: len(men.Text), Spelling: Alias})
		}
	}
	if i, distance, ok := m.faces.of(m, men.Author); ok && !m.IsOurs(men.Ref.Channel, men.Author) {
		s := &m.subjects[i]
		dst = append(dst, Hit{Subject: s.Name, Kind: s.Kind, Spelling: Impostor, Distance: distance})
	}
	return dst
}

// accountOf finds the subject of the account that the mention was heard on.
func (m *Matcher) accountOf(men *Mention) (subject int, ok bool) {
	if men.Account == "" {
		return 0, false
	}
	if subject, ok = m.lookup(men.Account); ok {
		return subject, true
	}
	for _, a := range m.ours.Accounts {
		if a.Channel == men.Ref.Channel && a.ID == men.Account {
			return m.lookup(a.Handle)
		}
	}
	return 0, false
}
