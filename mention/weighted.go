package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const weightOfURL = 23

// weightedLength counts as short posts are counted; see Measure.
func weightedLength(s string) (n int) {
	s = norm.NFC.String(s)
	for i := 0; i < len(s); {
		if size := urlAt(s, i); size > 0 {
			n += weightOfURL
			i += size
			continue
		}
		if size := emojiAt(s[i:]); size > 0 {
			n += 2
			i += size
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		n += weight(r)
		i += size
	}
	return n
}

// fediverseLength counts as the composer of a Mastodon server counts; see Measure.
func fediverseLength(s string) (n int) {
	s = norm.NFC.String(s)
	for i := 0; i < len(s); n++ {
		rest := s[i:]
		if size := urlAt(s, i); size > 0 && strings.Contains(rest[:min(8, size)], "://") {
			n += weightOfURL - 1
			i += size
			continue
		}
		if name, size := remoteAt(s, i); size > 0 {
			n += name - 1
			i += size
			continue
		}
		size := emojiAt(rest)
		if size == 0 {
			_, size = utf8.DecodeRuneInString(rest)
		}
		i += size
	}
	return n
}

// remoteAt gives the length of the mention @name@host that begins at s[i:], and how much of it the name is with its @.
// Both are 0 where there is none.
func remoteAt(s string, i int) (name, size int) {
	if s[i] != '@' || i > 0 && (isAlnum(s[i-1]) || s[i-1] == '_' || s[i-1] == '/') {
		return 0, 0
	}
	for name = 1; i+name < len(s) && isNameByte(s[i+name]); name++ {
	}
	if name == 1 || i+name == len(s) || s[i+name] != '@' {
		return 0, 0
	}
	host := hostLength(s[i+name+1:])
	if host == 0 {
		return 0, 0
	}
	return name, name + 1 + host
}

// isNameByte reports whether c may stand in the name of an account.
func isNameByte(c byte) bool {
	return c < utf8.RuneSelf && isAlnum(c) || c == '_' || c == '.' || c == '-'
}

func weight(r rune) int {
	if r <= 0x10FF || 0x2000 <= r && r <= 0x200D || 0x2010 <= r && r <= 0x201F || 0x2032 <= r && r <= 0x2037 {
		return 1
	}
	return 2
}

// topLevels are those that make a URL of a host without http:// before it.
var topLevels = map[string]bool{
	"com": true, "org": true, "net": true, "edu": true, "gov": true, "mil": true, "int": true, "info": true, "biz": true,
	"name": true, "pro": true, "app": true, "dev": true, "blog": true, "shop": true, "online": true, "site": true,
	"store": true, "tech": true, "xyz": true, "news": true, "live": true, "cloud": true, "travel": true, "aero": true,
	"jobs": true, "mobi": true, "coop": true, "museum": true, "asia": true, "tel": true, "co": true, "tv": true,
}

// urlAt gives the length of the URL that begins at s[i:], or 0.
func urlAt(s string, i int) int {
	rest, scheme := s[i:], 0
	if !isAlnum(rest[0]) {
		return 0
	}
	if i > 0 { // what a URL may not follow
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		if unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune("@#$＠＃_-./", before) {
			return 0
		}
	}
	for _, p := range [...]string{"http://", "https://"} {
		if len(rest) > len(p) && strings.EqualFold(rest[:len(p)], p) {
			scheme = len(p)
		}
	}
	host := hostLength(rest[scheme:])
	if host == 0 {
		return 0
	}
	end := scheme + host
	top := strings.ToLower(rest[strings.LastIndexByte(rest[:end], '.')+1 : end])
	tail := tailLength(rest[end:])
	switch {
	case scheme > 0, topLevels[top]:
	case len(top) == 2 && strings.HasPrefix(rest[end:], "/"): // a country's, with a path
	default:
		return 0
	}
	return end + tail
}

// hostLength gives the length of the host at the beginning of s: labels of letters, digits and inner hyphens, 63 bytes
// at most each, two of them, the last of letters. It is 0 when there is none.
func hostLength(s string) int {
	end, n, labels := 0, 0, 0
	for n < len(s) {
		from, letters := n, true
		for n < len(s) {
			r, size := utf8.DecodeRuneInString(s[n:])
			if r == utf8.RuneError || !(unicode.IsLetter(r) && (r < utf8.RuneSelf || labels == 0) ||
				'0' <= r && r <= '9' || r == '-' && n > from || r == '_' && labels == 0) {
				break
			}
			letters = letters && unicode.IsLetter(r)
			n += size
		}
		label := s[from:n]
		if label == "" || len(label) > 63 || strings.HasSuffix(label, "-") {
			if len(label) > 63 {
				return 0
			}
			break
		}
		if labels++; labels >= 2 {
			if letters && len(label) >= 2 {
				end = n
			}
		}
		if n == len(s) || s[n] != '.' {
			if !letters && labels >= 2 && end < from {
				return 0 // the last label is a number: no host
			}
			break
		}
		n++
	}
	return end
}

// tailLength gives the length of the port, path, query and fragment at the beginning of s. Punctuation at their end
// belongs to the sentence, an unmatched closing bracket too.
func tailLength(s string) int {
	n := 0
	if strings.HasPrefix(s, ":") {
		for n = 1; n < len(s) && '0' <= s[n] && s[n] <= '9'; n++ {
		}
		if n == 1 {
			return 0
		}
	}
	if n == len(s) || s[n] != '/' && s[n] != '?' && s[n] != '#' {
		return n
	}
	end, open := n, 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r == utf8.RuneError || unicode.IsSpace(r) || strings.ContainsRune("\"<>{}|\\^`", r) || r == ')' && open == 0 ||
			r >= 0x2000 && !unicode.IsLetter(r) {
			break
		}
		n += size
		switch {
		case r == '(':
			open++
		case r == ')':
			open--
			end = n
		case r == '/' || r == '=' || r == '&' || r == '_' || r == '-' || r == '+' || r == '#' || r == '~' || r == '%' ||
			unicode.IsLetter(r) || unicode.IsDigit(r):
			end = n
		}
	}
	return end
}

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf
}

// emojiAt gives the length of the emoji sequence at the beginning of s (Unicode TS 51, section 1.4.9), or 0.
func emojiAt(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == '#' || r == '*' || '0' <= r && r <= '9':
		return keycap(s, n)
	case 0x1F1E6 <= r && r <= 0x1F1FF:
		if next, size := utf8.DecodeRuneInString(s[n:]); 0x1F1E6 <= next && next <= 0x1F1FF {
			return n + size
		}
		return n
	case !pictograph(r):
		return 0
	case r < 0x2000 || r == 0x2122: // letters with a sign, unless an emoji is asked for
		if !strings.HasPrefix(s[n:], "\ufe0f") {
			return 0
		}
	}
	for {
		n += modifiers(s[n:])
		if !strings.HasPrefix(s[n:], "\u200d") {
			return n
		}
		next, size := utf8.DecodeRuneInString(s[n+3:])
		if !pictograph(next) {
			return n
		}
		n += 3 + size
	}
}

// keycap gives the length of a key: a digit, perhaps a variation selector, and the enclosing mark.
func keycap(s string, n int) int {
	n += len(s[n:]) - len(strings.TrimPrefix(s[n:], "\ufe0f"))
	if strings.HasPrefix(s[n:], "\u20e3") {
		return n + 3
	}
	return 0
}

// modifiers gives the length of what changes the emoji before it: variation, skin, or tags as in the flag of Wales.
func modifiers(s string) (n int) {
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r != 0xFE0F && r != 0x20E3 && !(0x1F3FB <= r && r <= 0x1F3FF) && !(0xE0020 <= r && r <= 0xE007F) {
			break
		}
		n += size
	}
	return n
}

// pictograph reports whether r may be an emoji. Symbols in these blocks that are none count 2 as well.
func pictograph(r rune) bool {
	switch r {
	case 0xA9, 0xAE, 0x203C, 0x2049, 0x2122, 0x2139, 0x3030, 0x303D, 0x3297, 0x3299:
		return true
	}
	return 0x2190 <= r && r <= 0x21FF || 0x2300 <= r && r <= 0x23FF || r == 0x24C2 || 0x25A0 <= r && r <= 0x27BF ||
		0x2900 <= r && r <= 0x297F || 0x2B00 <= r && r <= 0x2BFF || 0x1F000 <= r && r <= 0x1FAFF
}
