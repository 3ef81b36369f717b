package privacy

import (
	"strings"
	"unicode"

	"github.com/reputekit/reputation/mention/lexis"
)

// quoted is how many bytes in a row make a quote: five words or so. Of what is shorter the whole is one, if it is not so
// short that anybody says it.
const (
	quoted   = 24
	shortest = 10
)

// Quotes reports whether a text repeats a piece of what somebody said: five words or so in a row, or all of it where that
// is less. Case, accents, spaces and punctuation make no difference.
func Quotes(text, said string) bool {
	text, said = plain(text), plain(said)
	if len(said) <= quoted {
		return len(said) >= shortest && strings.Contains(text, said)
	}
	return repeats(text, said, quoted)
}

// repeats reports whether n bytes in a row stand in both texts, which are plain.
func repeats(text, said string, n int) bool {
	pieces := make(map[string]struct{}, max(0, len(text)-n+1))
	for i := range max(0, len(text)-n+1) {
		pieces[text[i:i+n]] = struct{}{}
	}
	for i := range max(0, len(said)-n+1) {
		if _, found := pieces[said[i:i+n]]; found {
			return true
		}
	}
	return false
}

// plain is a text's letters and digits, folded, and one space between words.
func plain(text string) string {
	folded := lexis.Folding{StripAccents: true}.Fold(text)
	return strings.Join(strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
