package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Addressed decides whom a mention speaks to. The first that holds:
//
//   - What the mention says already (Mention.Addressed) stands: the channel knows best.
//   - One of ours wrote it: overheard.
//   - It is private: us.
//   - It passes on what somebody wrote (RT @...): about us if it names us, else overheard.
//   - It begins with handles, after a dot or not: us if one of them is ours, else overheard, whatever comes later.
//   - It has a handle of ours further on: about us.
//   - It is a review, heard by one of our accounts or naming us: about us.
//   - One of our accounts heard it, so that nobody needs to name us: us.
//   - It names one of our subjects: about us.
//   - Anything else is overheard.
//
// Ours are the accounts of Ours, those of the mention's channel where it says one, and the core subjects that are no
// competitors, whose spellings with @ are handles of ours, too.
func (m *Matcher) Addressed(men *Mention) Addressed {
	switch {
	case men.Addressed != "":
		return men.Addressed
	case m.IsOurs(men.Ref.Channel, men.Author):
		return Overheard
	case men.IsPrivate():
		return ToUs
	}
	text := strings.TrimSpace(men.Text)
	if rest, ok := cutRetweet(text); ok {
		if m.namesUs(rest) {
			return AboutUs
		}
		return Overheard
	}
	leading, oursLeads := 0, false
	rest := strings.TrimPrefix(text, ".")
	for {
		name, after := cutHandle(rest)
		if name == "" {
			break
		}
		leading++
		oursLeads = oursLeads || m.isOurHandle(men.Ref.Channel, name)
		rest = after
	}
	heard := false
	if i, ok := m.accountOf(men); ok {
		heard = m.subjects[i].isOurs()
	} else {
		heard = m.isOurAccount(men)
	}
	switch {
	case oursLeads:
		return ToUs
	case leading > 0:
		return Overheard
	case m.hasOurHandle(men.Ref.Channel, rest):
		return AboutUs
	case heard && men.Kind != Review:
		return ToUs
	case heard, m.namesUs(rest):
		return AboutUs
	}
	return Overheard
}

// isOurs reports whether the subject is us, and nobody whom we only watch.
func (s *Subject) isOurs() bool { return s.Kind != Competitor && s.Focus != Wide }

// cutRetweet takes the RT off a text that passes another on.
func cutRetweet(text string) (rest string, ok bool) {
	if len(text) < 4 || !strings.EqualFold(text[:2], "RT") {
		return text, false
	}
	rest = strings.TrimLeft(text[2:], " :")
	return rest, len(rest) < len(text)-2 && rest != "" && rest[0] == '@'
}

// cutHandle takes the handle off the beginning of a text. It is empty when there is none.
func cutHandle(text string) (name, rest string) {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	if len(text) < 2 || text[0] != '@' {
		return "", text
	}
	end := 1
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if r != '_' && !isLetter(r) {
			break
		}
		end += size
	}
	if end == 1 {
		return "", text
	}
	name, rest = text[1:end], text[end:]
	return name, strings.TrimLeft(rest, ",:;")
}

// hasOurHandle reports whether one of our handles stands in the text.
func (m *Matcher) hasOurHandle(channel, text string) bool {
	for {
		at := strings.IndexByte(text, '@')
		if at < 0 {
			return false
		}
		inWord := false
		if r, size := utf8.DecodeLastRuneInString(text[:at]); size > 0 {
			inWord = isLetter(r) // an e-mail address
		}
		name, rest := cutHandle(text[at:])
		if name == "" {
			rest = text[at+1:]
		} else if !inWord && m.isOurHandle(channel, name) {
			return true
		}
		text = rest
	}
}

// isOurHandle reports whether a name behind an @ is ours.
func (m *Matcher) isOurHandle(channel, name string) bool {
	if i, ok := m.lookup(name); ok && m.subjects[i].isOurs() {
		return true
	}
	for _, a := range m.ours.Accounts {
		if (channel == "" || a.Channel == channel) && sameHandle(a.Handle, name) {
			return true
		}
	}
	return false
}

// isOurAccount reports whether one of our accounts heard the mention, be it no subject.
func (m *Matcher) isOurAccount(men *Mention) bool {
	for _, a := range m.ours.Accounts {
		if men.Account != "" && a.Channel == men.Ref.Channel &&
			(a.ID == men.Account || sameHandle(a.Handle, men.Account)) {
			return true
		}
	}
	return false
}

// namesUs reports whether the text names one of our subjects.
func (m *Matcher) namesUs(text string) bool {
	var room [8]Hit
	for _, h := range m.Match(room[:0], text) {
		if s := &m.subjects[m.byName[h.Subject]]; s.isOurs() {
			return true
		}
	}
	return false
}
