package lexis

import (
	"cmp"
	_ "embed" // the word lists
	"strings"
)

// The lists are written for this package: words of everyday English, Spanish and German, folded, sorted by their bytes,
// one a line.
var (
	//go:embed words/en.txt
	english string
	//go:embed words/es.txt
	spanish string
	//go:embed words/de.txt
	german string
)

// Common reports whether a folded word is one of everyday English, Spanish or German, as it stands in a short list or
// in a regular form of a longer word there. It is meant to keep an everyday word from being taken for a misspelled name;
// it is no dictionary. A form is regular only as grammar has it: loved and fighting, not fightd and willly.
func Common(word string) bool {
	if len(word) < 2 || len(word) > 32 {
		return len(word) == 1 && 'a' <= word[0] && word[0] <= 'z'
	}
	return listed(english, word, "") || listed(spanish, word, "") || listed(german, word, "") ||
		formed(english, word, englishEndings[:]) || formed(spanish, word, spanishEndings[:]) || formed(german, word, germanEndings[:])
}

// An ending makes a form of the words that fit. What the word itself has at its end instead goes with it.
type ending struct {
	text    string
	instead string // the end of the word for which the ending stands: y for the ies of tries
	fits    fit
	double  bool // the last letter stands there a second time, as in stopped
}

// A fit says which stems an ending goes with. It is no function, as words would have to be allocated for one.
type fit uint8

const (
	anyStem fit = iota
	plural
	afterHiss
	afterConsonant
	afterVowel
	notAfterE
	notAfterSilentE
	afterShort
	adverb
	germanN
	genitive
)

func (f fit) stem(s string) bool {
	switch f {
	case plural:
		return (last(s) == 'o' || !hisses(s)) && !endsInY(s)
	case afterHiss:
		return hisses(s)
	case afterConsonant:
		return consonant(s)
	case afterVowel:
		return vowel(s)
	case notAfterE:
		return last(s) != 'e' && !endsInY(s)
	case notAfterSilentE:
		return !silentE(s)
	case afterShort:
		return short(s)
	case adverb: // easily, fully and simply are made otherwise
		return !strings.HasSuffix(s, "ll") && !endsInY(s)
	case germanN:
		return last(s) == 'e' || strings.HasSuffix(s, "er") || strings.HasSuffix(s, "el")
	case genitive:
		return strings.IndexByte("sxz", last(s)) < 0
	}
	return true
}

var englishEndings = [...]ending{
	{text: "'s"},
	{text: "s", fits: plural}, {text: "es", fits: afterHiss}, {text: "ies", instead: "y", fits: afterConsonant},
	{text: "ing", fits: notAfterSilentE}, {text: "ing", instead: "e"}, {text: "ing", fits: afterShort, double: true},
	{text: "ed", fits: notAfterE}, {text: "ed", instead: "e"}, {text: "ed", fits: afterShort, double: true},
	{text: "er", fits: notAfterE}, {text: "er", instead: "e"}, {text: "er", fits: afterShort, double: true},
	{text: "ers", fits: notAfterE}, {text: "ers", instead: "e"}, {text: "ers", fits: afterShort, double: true},
	{text: "est", fits: notAfterE}, {text: "est", instead: "e"}, {text: "est", fits: afterShort, double: true},
	{text: "ied", instead: "y", fits: afterConsonant}, {text: "ier", instead: "y", fits: afterConsonant},
	{text: "iest", instead: "y", fits: afterConsonant}, {text: "ily", instead: "y", fits: afterConsonant},
	{text: "able", instead: "e"}, {text: "able", fits: afterShort, double: true}, {text: "ly", fits: adverb},
}

var spanishEndings = [...]ending{{text: "s", fits: afterVowel}, {text: "es", fits: afterConsonant}, {text: "mente"}}

var germanEndings = [...]ending{
	{text: "e", fits: notAfterE}, {text: "en", fits: notAfterE}, {text: "er", fits: notAfterE}, {text: "es", fits: notAfterE},
	{text: "em", fits: notAfterE}, {text: "n", fits: germanN}, {text: "s", fits: genitive},
	{text: "te", fits: afterConsonant}, {text: "ten", fits: afterConsonant},
}

// formed looks for a word that one of the endings makes the other of.
func formed(list, word string, endings []ending) bool {
	for i := range endings {
		e := &endings[i]
		stem, ok := strings.CutSuffix(word, e.text)
		n := len(stem)
		if !ok || n < 3 || n == 3 && e.instead == "" {
			continue
		}
		if e.double {
			if stem[n-1] != stem[n-2] {
				continue
			}
			stem = stem[:n-1]
		}
		if e.fits.stem(stem) && listed(list, stem, e.instead) {
			return true
		}
	}
	return false
}

// last is the last letter of a stem, as far as it is ASCII.
func last(stem string) byte { return stem[len(stem)-1] }

func vowel(stem string) bool {
	return strings.IndexByte("aeiou", last(stem)) >= 0 || last(stem) >= 0x80
}
func consonant(stem string) bool { return !vowel(stem) }

// endsInY reports whether a stem ends in a y that other endings change: try, not play.
func endsInY(stem string) bool { return last(stem) == 'y' && consonant(stem[:len(stem)-1]) }

// silentE reports whether a stem ends in an e that ing takes away: love, not see, dye and queue.
func silentE(stem string) bool {
	return last(stem) == 'e' && strings.IndexByte("eoy", stem[len(stem)-2]) < 0 && !strings.HasSuffix(stem, "eue")
}

// hisses is for es: boxes, wishes, goes.
func hisses(stem string) bool {
	switch last(stem) {
	case 's', 'x', 'z', 'o':
		return true
	case 'h':
		return strings.IndexByte("cs", stem[len(stem)-2]) >= 0
	}
	return false
}

// short is for a last letter that is doubled: one consonant after one vowel, as in stop, quit and begin, and any l.
func short(stem string) bool {
	n := len(stem)
	return consonant(stem) && strings.IndexByte("hjkqwxy", stem[n-1]) < 0 && vowel(stem[:n-1]) &&
		(n < 3 || consonant(stem[:n-2]) || stem[n-3] == 'u' || stem[n-1] == 'l')
}

// listed searches the list for stem and end together. It halves the text itself, so that nothing is built at the start
// of every program that imports the package.
func listed(list, stem, end string) bool {
	for list != "" {
		middle := strings.LastIndexByte(list[:len(list)/2], '\n') + 1
		line := list[middle:]
		line = line[:strings.IndexByte(line, '\n')]
		switch c := compare(line, stem, end); {
		case c == 0:
			return true
		case c < 0:
			list = list[middle+len(line)+1:]
		default:
			list = list[:middle]
		}
	}
	return false
}

// compare compares line with stem and end in a row.
func compare(line, stem, end string) int {
	n := min(len(line), len(stem))
	if c := cmp.Compare(line[:n], stem); c != 0 {
		return c
	}
	return cmp.Compare(line[n:], end)
}
