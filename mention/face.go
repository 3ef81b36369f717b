package mention

import (
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// faces are what authors may look like: the spellings of our subjects and the handles of our accounts. There are none
// where Ours lists no accounts.
type faces struct {
	handles *typos         // one edit away
	names   *typos         // the same for display names, which are longer
	bones   map[string]int // subject + 1, by what is left when letters that look alike are the same
}

// newFaces makes them of all spellings of subjects and accounts.
func newFaces(all []typo) (f faces) {
	f.bones = map[string]int{}
	var handles, names []typo
	for _, x := range all {
		n := len(x.runes)
		if n < 3 || n > maxTypo {
			continue
		}
		if b := string(bones(nil, x.runes)); f.bones[b] == 0 {
			f.bones[b] = x.subject + 1
		}
		x.sigil, x.edits = 0, 1
		if n >= 5 {
			handles = append(handles, x)
		}
		if n >= 9 {
			names = append(names, x)
		}
	}
	f.handles, f.names = newTypos(handles), newTypos(names)
	return f
}

// titles are words that somebody puts before or behind a name to speak for it, the longer first.
var titles = [...]string{"customerservice", "kundenservice", "customercare", "assistance", "officially", "atencion", "offiziell",
	"official", "officiel", "customer", "helpdesk", "oficial", "service", "support", "soporte", "kontakt", "contact", "refunds",
	"refund", "assist", "cares", "helps", "ayuda", "hilfe", "legit", "care", "desk", "help", "real", "team", "the", "hq"}

// of gives the subject that an author looks like, and how many edits away.
func (f *faces) of(m *Matcher, a Author) (subject, distance int, ok bool) {
	if len(f.bones) == 0 {
		return 0, 0, false
	}
	if subject, distance, ok = f.like(m, bareHandle(a.Handle), f.handles); ok {
		return subject, distance, true
	}
	return f.like(m, a.Name, f.names)
}

// like looks at a handle or name as it is, and with letters, then signs and digits that look like Latin letters taken for
// those.
func (f *faces) like(m *Matcher, name string, near *typos) (subject, distance int, ok bool) {
	var l letters
	if name == "" || !l.fold(m.folding.Folder(name), isLetter) {
		return 0, 0, false
	}
	if subject, distance, ok = f.likeLetters(l.runes[:l.n], near); ok {
		return subject, distance, true
	}
	for _, like := range [...]likeness{firstLike, lastLike} {
		bare := l
		if !(mask{like: like, whole: l.n >= 5}).off(bare.runes[:bare.n]) {
			break
		}
		if subject, distance, ok = f.likeLetters(bare.runes[:bare.n], near); ok {
			return subject, distance, true
		}
	}
	var signs letters
	if !signs.fold(m.folding.Folder(name), isLetterOrSign) || signs.n == l.n {
		return 0, 0, false
	}
	mask{whole: true, digits: true}.off(signs.runes[:signs.n])
	return f.likeLetters(signs.runes[:signs.n], near)
}

func isLetterOrSign(r rune) bool { return isLetter(r) || lexis.LooksLike(r) != "" }

// likeLetters looks at a name as it is, and without its titles and digits, one after the other.
func (f *faces) likeLetters(name []rune, near *typos) (subject, distance int, ok bool) {
	for word := name; len(word) >= 3; {
		var buf [roomForLetters * utf8.UTFMax]byte
		if n := f.bones[string(bones(buf[:0], word))]; n > 0 {
			return n - 1, 0, true
		}
		var part letters
		part.set(word)
		if i, d := near.nearestOf(&part); i >= 0 {
			return near.names[i].subject, d, true
		}
		rest := withoutTitle(word)
		if len(rest) == len(word) {
			break
		}
		word = rest
	}
	return 0, 0, false
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// withoutTitle takes one title off a name, or the digits at its end.
func withoutTitle(name []rune) []rune {
	if n := len(name); n > 0 && unicode.IsDigit(name[n-1]) {
		for n > 0 && unicode.IsDigit(name[n-1]) {
			n--
		}
		return name[:n]
	}
	for _, t := range titles {
		n := len(name) - len(t)
		if n < 3 {
			continue
		}
		if equal(name[n:], t) {
			return name[:n]
		}
		if equal(name[:len(t)], t) {
			return name[len(t):]
		}
	}
	return name
}

// equal compares runes with ASCII letters.
func equal(a []rune, s string) bool {
	for i, r := range a {
		if r != rune(s[i]) {
			return false
		}
	}
	return true
}
