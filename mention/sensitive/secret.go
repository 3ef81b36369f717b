package sensitive

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// A sign stands between a cue and a secret.
type sign int

const (
	unsigned sign = iota
	hinted        // a dash or a bar; a line break behind a written sign
	spoken        // a word: "is"
	written       // a colon or an equals sign
)

var signWords = []string{"is", "'s", "’s", "was", "es", "era", "ist", "war", "lautet"}

// signed skips the signs behind a cue, and gives where what it announces begins.
func signed(text string, i int) (at int, s sign) {
	for range 3 {
		i += len(text[i:]) - len(strings.TrimLeft(text[i:], " \t"))
		n, next := signAt(text[i:], s)
		if n == 0 || s == hinted {
			break
		}
		i, s = i+n, next
	}
	return i, s
}

// signAt gives the sign that text begins with, and its length, where one of the kind before has been read.
func signAt(text string, before sign) (n int, s sign) {
	for _, a := range [...]string{"=>", "->", "-->", ">>", "→", "⇒", "»", ":", "=", "：", "＝"} {
		if strings.HasPrefix(text, a) {
			return len(a), written
		}
	}
	if before == written {
		if n = len(text) - len(strings.TrimLeft(text, "\r\n")); n <= 2 {
			return n, hinted
		}
		return 0, before
	}
	if r, size := utf8.DecodeRuneInString(text); r == '|' || r == '~' || unicode.Is(unicode.Pd, r) {
		if before == unsigned && strings.HasPrefix(text[size:], " ") {
			return size, hinted
		}
	}
	end := strings.IndexAny(text[:min(len(text), 8)], " :=\t")
	if end >= 0 && slices.ContainsFunc(signWords, func(w string) bool { return strings.EqualFold(w, text[:end]) }) {
		return end, spoken
	}
	return 0, before
}

const quotes = "'\"`´‘’‚“”„«»‹›"

// longest is how much of a secret is looked at to decide whether it is one.
const longest = 128

// password reads the password behind a cue. There is a sign between, and the word does not read on as a sentence: how
// random a word looks does not tell (hunter2 holds fewer bits a letter than plain English). Behind a colon a word will do
// that is not an everyday one and ends its line or clause; behind "is" it has a digit or sign inside, or quotes around;
// behind a dash it has letters and digits.
func password(text string, i int) (start, end int) {
	at, s := signed(text, i)
	if s == unsigned {
		return 0, 0
	}
	start, end, quoted := wordAt(text, at)
	word := strings.TrimRight(text[start:end], ".,;:!?)]}…"+quotes)
	letters := utf8.RuneCountInString(word)
	switch {
	case letters < 4 || !strings.ContainsFunc(word, maskable) || linked(word):
		return 0, 0
	case s == hinted && !(letters >= 6 && strings.ContainsFunc(word, unicode.IsDigit) && !counted(word)):
		return 0, 0
	case mixed(word) || quoted && letters <= 32:
	case s == written && letters >= 5 && closed(text, start+len(word)) && !everyday(word):
	default:
		return 0, 0
	}
	if !quoted {
		end += len(text[end:]) - len(strings.TrimLeftFunc(text[end:], func(r rune) bool { return !unicode.IsSpace(r) }))
	}
	trimmed := strings.TrimRight(text[start:end], ".,;:)]}"+quotes)
	return start, start + len(trimmed)
}

// wordAt gives the word that begins at text[i:], or what stands in the quotes that open there. Of what is very long it
// gives the beginning.
func wordAt(text string, i int) (start, end int, quoted bool) {
	start = i
	if r, size := utf8.DecodeRuneInString(text[i:]); size > 0 && r != utf8.RuneError && strings.ContainsRune(quotes, r) {
		start += size
		for j, r := range text[start:min(len(text), start+longest)] {
			if r == '\n' {
				break
			}
			if strings.ContainsRune(quotes, r) && j > 0 {
				return start, start + j, true
			}
		}
	}
	end = start
	for end < len(text) && end-start < longest {
		r, size := utf8.DecodeRuneInString(text[end:])
		if unicode.IsSpace(r) {
			break
		}
		end += size
	}
	return start, end, false
}

// linked reports whether a word is an address of a page, a handle or a hashtag.
func linked(word string) bool {
	if strings.Contains(word, "://") || strings.HasPrefix(word, "www.") {
		return true
	}
	return (word[0] == '@' || word[0] == '#') && !strings.ContainsFunc(word[1:], func(r rune) bool { return !wordly(r) })
}

// mixed reports whether a word has digits or signs among its letters, or capitals behind small ones, as words don't.
func mixed(word string) bool {
	low := false
	for _, r := range word {
		switch {
		case unicode.IsDigit(r), strings.ContainsRune("@$!#%^*+=_~<>?&", r):
			return true
		case unicode.IsUpper(r) && low:
			return true
		}
		low = low || unicode.IsLower(r)
	}
	return false
}

// counted reports whether a word is digits, or begins with them and ends as an everyday word does: 3weeks.
func counted(word string) bool {
	rest := strings.TrimLeftFunc(word, unicode.IsDigit)
	return !strings.ContainsFunc(rest, unicode.IsLetter) || len(rest) < len(word) && everyday(rest)
}

// closed reports whether a line or a clause ends at text[i].
func closed(text string, i int) bool {
	rest := strings.TrimLeft(text[i:], ".!"+quotes)
	return rest == "" || strings.IndexByte("\n\r,;)/", rest[0]) >= 0
}

// troubles are what a password is said to be.
var troubles = words("incorrect|invalid|expired|reset|forgotten|required|protected|changed|rejected|blocked|locked|unknown|" +
	"compromised|hacked|stolen|fail|failed|failure|error|please|thanks|incorrecta|invalida|olvidada|caducada|bloqueada|" +
	"ungultig|abgelaufen|vergessen|falsch|gesperrt|erforderlich|geandert|zuruckgesetzt|username|email|e-mail")

func everyday(word string) bool {
	var buf [longest * 3]byte
	folded := string(fold(buf[:0], word))
	return troubles[folded] || lexis.Common(folded) || strings.ContainsAny(folded, "-'/") &&
		!slices.ContainsFunc(strings.FieldsFunc(folded, func(r rune) bool { return strings.ContainsRune("-'/", r) }),
			func(part string) bool { return !lexis.Common(part) })
}

// code reads a PIN, a check value or a one-time code behind a cue: 3 to 8 digits, also in two groups, or for a one-time
// code six to eight capitals and digits.
func code(text string, i int, c cue) (start, end int) {
	at, s := signed(text, i)
	for s == unsigned && c == onetime && at < len(text) && strings.IndexByte("#(-", text[at]) >= 0 {
		at++
	}
	if start, end, _ := wordAt(text, at); c == onetime && s != unsigned && isCode(text[start:end]) {
		return start, start + len(strings.TrimRight(text[start:end], ".,;:!?)"+quotes))
	}
	if s == unsigned && c == pin && !strings.HasSuffix(text[:i], "PIN") {
		return 0, 0
	}
	at += len(text[at:]) - len(strings.TrimLeft(text[at:], quotes+"#"))
	var x number
	x.read(text, at)
	for g := min(x.groups, 2) - 1; g >= 0; g-- {
		stop := x.ends[g]
		least, most := 3, 8
		if c == pin {
			least, most = 4, 6
		}
		if g == 1 && (stop.n != 6 || x.ends[0].n != 3) || stop.n < least || stop.n > most {
			continue
		}
		if alone(text, at, stop.at) && !counts(text, stop.at) {
			return at, stop.at
		}
	}
	return 0, 0
}

// isCode reports whether a word is six to eight capitals and digits, both.
func isCode(word string) bool {
	word = strings.TrimRight(word, ".,;:!?)"+quotes)
	var sh shape
	return sh.read(word, 0) == len(word) && !sh.small && !sh.parted && sh.digits > 0 && sh.capitals > 0 &&
		sh.length() >= locator && sh.length() <= 8
}
