package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// isHost reports whether text[start:end] ends a host name: no label follows it, it is not the user's name before the @
// of another host, and what stands before it is a label of its own.
func isHost(text string, start, end int) bool { return hostBegins(text, start) && hostEnds(text, end) }

// hostBegins reports whether text[:start] does not end within a label.
func hostBegins(text string, start int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:start])
	return !unicode.Is(unicode.Pd, r)
}

func hostEnds(text string, end int) bool {
	first, seen := shown(text[end:])
	rest := text[end+seen:]
	switch next, _ := shown(rest); {
	case first == '.', first == '-', isDot(first), unicode.Is(unicode.Pd, first), first == '@':
		return !inLabel(next)
	case first == ':':
		return !hasUser(rest)
	}
	return true
}

// shown is the first rune of text that can be seen, and where it ends.
func shown(text string) (r rune, end int) {
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if end += size; !unicode.Is(unicode.Cf, r) {
			return r, end
		}
	}
	return utf8.RuneError, end
}

// isDot reports whether a browser takes r for the dot of a host.
func isDot(r rune) bool { return r == '.' || r == '\u3002' || r == '\uff0e' || r == '\uff61' }

// hasUser reports whether a text goes on with a password and the @ of a host.
func hasUser(text string) bool {
	for i, r := range text[:min(len(text), maxHost)] {
		switch {
		case r == '@':
			next, _ := shown(text[i+1:])
			return i > 0 && inLabel(next)
		case r == '/', r == '?', r == '#', unicode.IsSpace(r):
			return false
		}
	}
	return false
}

// countries are the ends of hosts that have two letters.
const countries = " ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd " +
	"cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi " +
	"gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz " +
	"la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np " +
	"nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv " +
	"sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw "

// likeHost reports whether a spelling is written as a host: labels with dots between, the last one in small letters and
// one that hosts have. A path may follow.
func likeHost(spelling string) bool {
	spelling, _, _ = strings.Cut(strings.TrimSpace(spelling), "/")
	top := spelling[strings.LastIndexByte(spelling, '.')+1:]
	return (topLevels[top] || len(top) == 2 && strings.Contains(countries, " "+top+" ")) && labels(spelling)
}

// labels reports whether s is written as labels with dots between, two or more.
func labels(s string) bool {
	before := '.'
	for _, r := range s {
		if r != '.' && !inLabel(r) || r == '.' && before == '.' {
			return false
		}
		before = r
	}
	return before != '.' && strings.Contains(s, ".")
}

// hosts finds hosts that look like those of sites that may be misspelled.
type hosts struct {
	typos  *typos         // with their dots and hyphens as letters; nil when there are none
	bones  map[string]int // sites by what is left of them when letters that look alike are the same
	names  []typo
	labels int  // of the site with the most
	any    bool // some spelling is a host
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
	if name >= 0 && distance == 0 || !isHost(text, start, end) {
		return Hit{}, false
	}
	subject := 0
	if name >= 0 {
		subject = h.typos.names[name].subject
	} else {
		var buf [roomForLetters * utf8.UTFMax]byte
		mask{whole: true}.off(l.runes[:l.n])
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
		case r == 'i':
			dst = append(dst, 'l')
		case '0' <= r && r <= '9':
			dst = append(dst, "olzeas6tbg"[r-'0'])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}
