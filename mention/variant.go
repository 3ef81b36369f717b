package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// variants gives the other ways in which people write a name that has several words or is written with signs: "Acme
// Air" as Acme-Air, AcmeAir and acme_air; "JetBlue" as Jet Blue; "Yahoo!" as Yahoo. What would be an everyday word is
// left out. A spelling with @ or # has none.
func variants(spelling string) (out []string) {
	s := strings.TrimSpace(spelling)
	if sigil(s) != 0 {
		return nil
	}
	bare := strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	if bare != s && utf8.RuneCountInString(bare) >= 3 && !lexis.Common(lexis.Folding{}.Fold(bare)) {
		out = append(out, bare)
	}
	parts := strings.FieldsFunc(bare, between)
	if len(parts) == 1 {
		if parts = humps(bare); len(parts) == 1 {
			return out
		}
	}
	for _, gap := range [...]string{" ", "-", "_", ""} {
		v := strings.Join(parts, gap)
		if gap != "" || !lexis.Common(lexis.Folding{}.Fold(v)) {
			out = append(out, v)
		}
	}
	return out
}

// between reports whether r may stand between the words of one name or be left out.
func between(r rune) bool {
	return r == ' ' || r == '-' || r == '_' || unicode.IsSpace(r) || unicode.Is(unicode.Pd, r)
}

// humps cuts a name before its inner capitals, JetBlue and USAirways in two. No part is shorter than two letters: "e
// Bay" and "i Phone" are not how people write.
func humps(s string) []string {
	runes := []rune(s)
	var parts []string
	from := 0
	for i := 1; i < len(runes); i++ {
		if !unicode.IsUpper(runes[i]) {
			continue
		}
		afterSmall := unicode.IsLower(runes[i-1])
		lastOfCapitals := unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsLower(runes[i+1])
		if !afterSmall && !lastOfCapitals {
			continue
		}
		if i-from < 2 || len(runes)-i < 2 {
			return []string{s}
		}
		parts = append(parts, string(runes[from:i]))
		from = i
	}
	return append(parts, string(runes[from:]))
}

// onlyLetters is what misspellings of a spelling are counted in: its letters and digits, folded.
func onlyLetters(folded string) string {
	return strings.Map(func(r rune) rune {
		if isLetter(r) {
			return r
		}
		return -1
	}, folded)
}

// sigil is the @ or # that a spelling begins with, or 0.
func sigil(s string) byte {
	if len(s) > 1 && (s[0] == '@' || s[0] == '#') {
		return s[0]
	}
	return 0
}
