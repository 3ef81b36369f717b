package guideline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/sensitive"
)

// privateData finds private data by its shape, and what the scene says is private, but for what is ours.
func privateData(x *reading, sc *Scene) []hit {
	text := x.text
	var out []hit
	for _, s := range sensitive.Find(nil, text) {
		if !ours(text[s.Start:s.End], sc.Ours) {
			out = append(out, hit{start: s.Start, end: s.End, why: string(s.Class)})
		}
	}
	for _, value := range sc.Private {
		letters := reduced(value)
		if len(letters) < shortest || ours(value, sc.Ours) {
			continue
		}
		out = findLetters(out, text, letters)
	}
	return out[:min(len(out), mostHits)]
}

// shortest is how many letters and digits a private value has at least; shorter ones stand in any text by chance.
const shortest = 3

// reduced are the letters and digits of s, folded.
func reduced(s string) []rune {
	var out []rune
	for _, r := range s {
		if isLetter(r) {
			out = append(out, foldRune(r))
		}
	}
	return out
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// findLetters finds letters in text however they are cased and separated: 44-1092 in "order 44 1092".
func findLetters(out []hit, text string, letters []rune) []hit {
	border := true
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if border && isLetter(r) && foldRune(r) == letters[0] {
			if end := runOf(text[i:], letters); end > 0 {
				out = append(out, hit{start: i, end: i + end, why: "known to be private"})
				i += end
				border = false
				continue
			}
		}
		border = !isLetter(r)
		i += size
	}
	return out
}

// runOf is the length of the text that begins with letters, at most two separators between any two of them, and ends at
// a border; 0 when it does not.
func runOf(text string, letters []rune) int {
	next, gap := 0, 0
	for i, r := range text {
		switch {
		case next == len(letters):
			if isLetter(r) {
				return 0
			}
			return lastLetter(text[:i])
		case isLetter(r) && foldRune(r) == letters[next]:
			next, gap = next+1, 0
		case !isLetter(r) && r != '\n' && gap < 2:
			gap++
		default:
			return 0
		}
	}
	if next < len(letters) {
		return 0
	}
	return lastLetter(text)
}

func lastLetter(text string) int {
	return len(strings.TrimRightFunc(text, func(r rune) bool { return !isLetter(r) }))
}

// ours reports whether a value is one that we publish ourselves. Telephone numbers are also compared without country
// code and leading zeros.
func ours(value string, published []string) bool {
	a := string(reduced(value))
	for _, p := range published {
		b := string(reduced(p))
		if a == b {
			return true
		}
		if short, long := phoneDigits(a), phoneDigits(b); len(short) >= 7 && len(long) >= 7 &&
			(strings.HasSuffix(long, short) || strings.HasSuffix(short, long)) {
			return true
		}
	}
	return false
}

// phoneDigits are the digits of what is nothing but digits, without leading zeros.
func phoneDigits(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) >= 0 {
		return ""
	}
	return strings.TrimLeft(s, "0")
}
