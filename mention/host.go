package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

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

// hosts finds hosts that look like those of sites that may be misspelled.
type hosts struct {
	typos  *typos         // with their dots and hyphens as letters; nil when there are none
	bones  map[string]int // sites by what is left of them when letters that look alike are the same
	names  []typo
	labels int // of the site with the most
}

func (h *hosts) add(folded string, subject, edits int) {
	x := newTypo(folded, folded, subject, edits)
	x.words = 1
	h.names = append(h.names, x)
	if h.bones == nil {
		h.bones = map[string]int{}
	}
	h.labels = max(h.labels, 1+strings.Count(folded, "."))
	if b := string(bones(nil, x.runes)); h.bones[b] == 0 {
		h.bones[b] = subject + 1
	}
}

// maxHost is the longest host that is looked at, in bytes.
const maxHost = 2 * maxTypo

// find appends the hosts in text whose last labels are a site's but for its number of edits, or but for letters that
// look alike.
func (h *hosts) find(dst []Hit, m *Matcher, text string) []Hit {
	for i := 0; i < len(text); {
		n := strings.IndexByte(text[i:], '.')
		if n < 0 {
			break
		}
		dot := i + n
		start, end := hostAround(text, i, dot)
		i = max(end, dot+1)
		if end-start > maxHost || end <= dot || start == dot {
			continue
		}
		labels := 0
		for at := end - 1; at >= start && labels < h.labels; at-- {
			if at > start && text[at-1] != '.' {
				continue
			}
			if labels++; labels == 1 {
				continue
			}
			if hit, ok := h.like(m, text, at, end); ok {
				dst = append(dst, hit)
				break
			}
		}
	}
	return dst
}

// hostAround gives the host that a dot stands in: labels with dots between. It does not begin before from.
func hostAround(text string, from, dot int) (start, end int) {
	for start = dot; start > from && dot-start <= maxHost; {
		r, size := utf8.DecodeLastRuneInString(text[from:start])
		if !inLabel(r) {
			break
		}
		start -= size
	}
	for end = dot; end < len(text) && end-dot <= maxHost; {
		r, size := utf8.DecodeRuneInString(text[end:])
		if r == '.' {
			next, more := utf8.DecodeRuneInString(text[end+1:])
			if !inLabel(next) {
				break
			}
			size += more
		} else if !inLabel(r) {
			break
		}
		end += size
	}
	return start, end
}

func inLabel(r rune) bool {
	return r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// like makes a hit of the host text[start:end] if it is like a site, but not the site itself.
func (h *hosts) like(m *Matcher, text string, start, end int) (Hit, bool) {
	var l letters
	if !l.fold(m.folding.Folder(text[start:end]), nil) {
		return Hit{}, false
	}
	name, distance := h.typos.nearestOf(&l)
	if name >= 0 && distance == 0 {
		return Hit{}, false
	}
	subject := 0
	if name >= 0 {
		subject = h.typos.names[name].subject
	} else {
		var buf [roomForLetters * utf8.UTFMax]byte
		n := h.bones[string(bones(buf[:0], l.runes[:l.n]))]
		if n == 0 {
			return Hit{}, false
		}
		subject, distance = n-1, 1
	}
	s := &m.subjects[subject]
	return Hit{Subject: s.Name, Kind: s.Kind, Start: start, End: end, Spelling: Misspelled, Distance: distance}, true
}

// fold takes the letters of a text that are kept; nil keeps all. It is false when there are too many.
func (l *letters) fold(f lexis.Folder, keep func(rune) bool) bool {
	for {
		r, _, _, ok := f.Next()
		if !ok {
			return true
		}
		if keep != nil && !keep(r) {
			continue
		}
		if l.n > maxLetters {
			return false
		}
		l.add(r)
	}
}

// nearestOf is nearest for letters that are one word.
func (t *typos) nearestOf(l *letters) (name, distance int) {
	if t == nil || l.n > maxLetters {
		return -1, 0
	}
	return t.nearest(l, 0, l.n, 1, bagOf(l.runes[:l.n]), 0)
}

// bones appends folded letters, those that look alike as one: 0 and o, 1, i and l, 5 and s, rn and m, vv and w, cl and d.
func bones(dst []byte, word []rune) []byte {
	for i, r := range word {
		last := byte(0)
		if i > 0 && len(dst) > 0 {
			last = dst[len(dst)-1]
		}
		switch {
		case r == 'n' && last == 'r':
			dst[len(dst)-1] = 'm'
		case r == 'v' && last == 'v':
			dst[len(dst)-1] = 'w'
		case (r == 'l' || r == '1' || r == 'i') && last == 'c':
			dst[len(dst)-1] = 'd'
		case r == '0':
			dst = append(dst, 'o')
		case r == '1', r == 'i':
			dst = append(dst, 'l')
		case r == '3':
			dst = append(dst, 'e')
		case r == '4':
			dst = append(dst, 'a')
		case r == '5':
			dst = append(dst, 's')
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}
