package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// encoded is what a label of a host begins with that is written in Punycode (RFC 3492, RFC 5890).
const encoded = "xn--"

// encodedHosts appends the hosts in text that are names when their Punycode is read: xn--mnchen-3ya.de is münchen.de, and
// xn--cme-5cd.com looks like acme.com.
func (m *Matcher) encodedHosts(dst []Hit, text string) []Hit {
	for i := 0; ; {
		n := strings.Index(text[i:], encoded)
		if n < 0 {
			return dst
		}
		at := i + n
		start := at
		for start > i && at-start <= maxHost && (text[start-1] == '.' || inLabel(rune(text[start-1])) && text[start-1] < utf8.RuneSelf) {
			start--
		}
		_, end := hostAround(text, i, at)
		if i = max(end, at+len(encoded)); end-start > maxHost {
			continue
		}
		if host := decodedHost(text[start:end]); host != text[start:end] {
			dst = m.encodedHost(dst, text, start, end, host)
		}
	}
}

// encodedHost appends the name that a host is, where text[start:end] is host in Punycode.
func (m *Matcher) encodedHost(dst []Hit, text string, start, end int, host string) []Hit {
	from := len(dst)
	m.names.Each(host, func(x lexis.Match) bool {
		f := &m.forms[x.ID]
		if f.host && f.isName() && x.End == len(host) && (x.Start == 0 || host[x.Start-1] == '.') {
			dst = append(dst, m.hitOf(f, host, x.Start, x.End, x.Alike))
		}
		return true
	})
	if len(dst) == from && m.hosts.typos != nil {
		dst = m.hosts.find(dst, m, host)
	}
	found := dst[from:]
	for i := range found {
		h, first := &found[i], end
		for labels := strings.Count(host[h.Start:], "."); first > start && (labels > 0 || text[first-1] != '.'); first-- {
			if text[first-1] == '.' {
				labels--
			}
		}
		if h.Start, h.End = first, end; h.Spelling != Misspelled {
			h.Spelling = Folded
		}
	}
	kept := slices.DeleteFunc(found, func(h Hit) bool { return !isHost(text, h.Start, h.End) })
	return dst[:from+len(kept)]
}

// decodedHost reads the labels of a host that are in Punycode. What is not right stays as it is.
func decodedHost(host string) string {
	if !strings.Contains(host, encoded) {
		return host
	}
	labels := strings.Split(host, ".")
	for i, l := range labels {
		if code, ok := strings.CutPrefix(l, encoded); ok {
			if word, ok := decodedLabel(code); ok {
				labels[i] = word
			}
		}
	}
	return strings.Join(labels, ".")
}

// decodedLabel reads Punycode as RFC 3492, 6.2, with the parameters of section 5.
func decodedLabel(code string) (string, bool) {
	const base, first, last, skew, damp, bias, initial = 36, 1, 26, 38, 700, 72, 0x80
	at := strings.LastIndexByte(code, '-')
	out := []rune(code[:max(at, 0)])
	digits := code[at+1:]
	n, i, b := initial, 0, bias
	for len(digits) > 0 {
		before, weight := i, 1
		for k := base; ; k += base {
			if digits == "" {
				return "", false
			}
			d, ok := digitOf(digits[0])
			digits = digits[1:]
			if i += d * weight; !ok || i > utf8.MaxRune*(maxHost+1) {
				return "", false
			}
			t := min(max(k-b, first), last)
			if d < t {
				break
			}
			weight *= base - t
		}
		size := len(out) + 1
		delta := (i - before) / 2
		if before == 0 {
			delta = i / damp
		}
		delta += delta / size
		for b = 0; delta > (base-first)*last/2; b += base {
			delta /= base - first
		}
		b += (base - first + 1) * delta / (delta + skew)
		n, i = n+i/size, i%size
		if n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
			return "", false
		}
		out = slices.Insert(out, i, rune(n))
		i++
	}
	return string(out), true
}

// digitOf is the value of a digit of Punycode.
func digitOf(c byte) (value int, ok bool) {
	switch {
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return int(c | 0x20 - 'a'), true
	case '0' <= c && c <= '9':
		return int(c-'0') + 26, true
	}
	return 0, false
}
