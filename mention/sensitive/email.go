package sensitive

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// emails finds e-mail addresses: a local part without quotes, an @ and a domain of two labels or more that ends in
// letters. A handle with its server, @joe@social.example, is public and not one.
func emails(f *finding) {
	text, done := f.text, 0
	for i := strings.IndexByte(text, '@'); i >= 0; {
		start, end := i-local(text[done:i]), i+1+domain(text[i+1:])
		if start < i && end > i+1 && !strings.HasSuffix(text[:start], "@") {
			f.add(Email, start, end)
			done = end
		} else {
			done = i + 1
		}
		next := strings.IndexByte(text[done:], '@')
		if next < 0 {
			return
		}
		i = done + next
	}
}

// local gives the length of the local part at the end of text; at most 64 bytes count (RFC 5321, 4.5.3.1.1).
func local(text string) int {
	n := 0
	for n < len(text) {
		r, size := utf8.DecodeLastRuneInString(text[:len(text)-n])
		if r == utf8.RuneError || !(unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".!#$%&*+/=?^_{|}~'-", r)) {
			break
		}
		n += size
		if n > 64 {
			return 0
		}
	}
	part := text[len(text)-n:]
	part = strings.TrimLeft(part, ".!#$%&*+/=?^{|}~'-") // what stands before an address rather than in it
	if strings.HasSuffix(part, ".") || strings.Contains(part, "..") {
		return 0
	}
	return len(part)
}

// domain gives the length of the domain at the beginning of text.
func domain(text string) int {
	n, end, labels := 0, 0, 0
	for n < len(text) && n < 254 {
		size, letters := label(text[n:])
		if size == 0 {
			break
		}
		n += size
		if labels++; labels >= 2 && letters {
			end = n
		}
		if !strings.HasPrefix(text[n:], ".") {
			break
		}
		n++
	}
	return end
}

// label gives the length of the label at the beginning of text, and whether a top level may look like that: letters,
// two at least, or an encoded one.
func label(text string) (n int, top bool) {
	letters := 0
	for n < len(text) && n < 64 {
		r, size := utf8.DecodeRuneInString(text[n:])
		switch {
		case r == utf8.RuneError:
			size = 0
		case unicode.IsLetter(r):
			letters++
		case '0' <= r && r <= '9', r == '-' && n > 0:
		default:
			size = 0
		}
		if size == 0 {
			break
		}
		n += size
	}
	n = len(strings.TrimRight(text[:n], "-"))
	word := text[:n]
	return n, letters >= 2 && letters == utf8.RuneCountInString(word) || strings.HasPrefix(strings.ToLower(word), "xn--")
}
