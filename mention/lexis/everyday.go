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

var (
	englishEndings = []string{"'s", "s", "es", "d", "ed", "ing", "r", "er", "ers", "st", "est", "ly"}
	spanishEndings = []string{"s", "es", "mente"}
	germanEndings  = []string{"e", "en", "er", "es", "em", "n", "s", "te", "ten"}
)

// Common reports whether a folded word is one of everyday English, Spanish or German, as it stands in a short list or
// in a regular form of a longer word there. It is meant to keep an everyday word from being taken for a misspelled name;
// it is no dictionary.
func Common(word string) bool {
	if len(word) < 2 || len(word) > 32 {
		return len(word) == 1 && 'a' <= word[0] && word[0] <= 'z'
	}
	return listed(english, word, "") || listed(spanish, word, "") || listed(german, word, "") ||
		formed(english, word, englishEndings) || changed(word) ||
		formed(spanish, word, spanishEndings) || formed(german, word, germanEndings)
}

// formed looks for a word that one of the endings was put to.
func formed(list, word string, endings []string) bool {
	for _, ending := range endings {
		n := len(word) - len(ending)
		if n > 3 && word[n:] == ending && listed(list, word[:n], "") {
			return true
		}
	}
	return false
}

// changed looks for an English word whose own end changed with the ending: making, stopped, tried, easily.
func changed(word string) bool {
	for _, ending := range [...]string{"ing", "ed", "er", "ers", "est", "able"} {
		stem, ok := strings.CutSuffix(word, ending)
		if !ok {
			continue
		}
		if len(stem) > 2 && listed(english, stem, "e") {
			return true
		}
		if n := len(stem); n > 3 && stem[n-1] == stem[n-2] && listed(english, stem[:n-1], "") {
			return true
		}
	}
	for _, ending := range [...]string{"ies", "ied", "ier", "iest", "ily"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) > 2 && listed(english, stem, "y") {
			return true
		}
	}
	return false
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
