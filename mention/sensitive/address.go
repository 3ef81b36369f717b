package sensitive

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// streets end an English name of a street.
	streets = words("street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|terrace|crescent|parkway|pkwy")
	// places do so behind a cue only: they are everyday words as well.
	places = words("way|place|pl|square|sq|close|row|walk|hill|gardens|mews|circle|cir|trail|highway|hwy|loop")
	// calles begin a Spanish one.
	calles = words("calle|c/|avenida|avda|av|plaza|pza|paseo|carrera|carretera|camino|ronda|travesia|callejon|glorieta")
	// links stand in a name in small letters.
	links = words("de|del|la|las|los|el|y|san|santa|of|the|von|und|der|den|am|an|im|zum|zur|auf|in")
	// noNames begin no name of a street, though a headline writes them large.
	noNames = words("hour|hours|hr|hrs|minute|minutes|min|mins|second|seconds|day|days|week|weeks|month|months|year|years|" +
		"time|times|mile|miles|more|people|on|the|in|at|to|of|for|and|or|from|way|ways|star|flight|flights|a|an|is|was|are|" +
		"am|pm|cars|kids|bags|different|other")
	// notStreets are German roads between towns, and what is no road at all.
	notStreets = words("bundesstrasse|landstrasse|schnellstrasse|bundesstr|landstr|kreisstrasse|milchstrasse|datenautobahn")
)

// addresses finds a house number with a street's name beside it that is written like one, with capitals, where "to" stands
// before it: to Elm St 5. Without a cue it is a shop's as a rule, and shops want to be found.
func addresses(f *finding) {
	const cue = "to "
	for at := strings.Index(f.text, cue); at >= 0; {
		from := at + len(cue)
		if from < len(f.text) && sorts[f.text[from]] != small && alone(f.text, at, at+len("to")) {
			if start, end := firstAddress(f.text, from, false); end > 0 && start == from {
				f.add(Address, start, end)
				from = end
			}
		}
		next := strings.Index(f.text[from:], cue)
		if next < 0 {
			return
		}
		at = from + next
	}
}

// firstAddress gives the place of the first address whose number stands in the next forty bytes of the line.
func firstAddress(text string, i int, cue bool) (from, to int) {
	line := text[i:min(len(text), i+40)]
	if n := strings.IndexByte(line, '\n'); n >= 0 {
		line = line[:n]
	}
	for n := 0; n < len(line); n++ {
		if !decimal(line[n]) {
			continue
		}
		if from, to = address(text, i+n, cue); to > 0 && from >= i {
			return from, to
		}
		for n < len(line) && decimal(line[n]) {
			n++
		}
	}
	return 0, 0
}

// publicAddresses are addresses of other kinds than a person's home.
var publicAddresses = words("email|mail|e-mail|web|website|ip|mac|wallet|url|http|store|shop|restaurant|hotel|office|branch|" +
	"location|business|company|our|this|that|unsere|nuestra|tienda|laden|filiale")

// addressAfter reads an address behind a cue, where capitals are not asked for.
func addressAfter(text string, cueStart, i int) (from, to int) {
	word, _ := wordBefore(text, cueStart, " -")
	var buf [128]byte
	if publicAddresses[string(fold(buf[:0], word))] {
		return 0, 0
	}
	return firstAddress(text, i, true)
}

// address gives the place of the address whose house number begins at text[start:], or nothing.
func address(text string, start int, cue bool) (from, to int) {
	end := house(text, start)
	if end == 0 {
		return 0, 0
	}
	if to = streetAfter(text, end, cue); to > 0 {
		return start, rest(text, to)
	}
	if counts(text, end) {
		return 0, 0
	}
	if from = streetBefore(text, start, cue); from < start {
		return from, rest(text, end)
	}
	return 0, 0
}

// house gives the end of a house number: up to five digits, perhaps with a letter, and a second number behind a dash or
// stroke.
func house(text string, i int) int {
	if before := lastRune(text[:i]); wordly(before) || i > 0 && strings.ContainsRune("$€£¥.,+*&@%:/-", before) {
		return 0
	}
	end := i
	for end < len(text) && decimal(text[end]) {
		end++
	}
	if end == i || end-i > 5 || text[i] == '0' {
		return 0
	}
	if end < len(text) && letter(text[end]) {
		end++
	}
	if end+1 < len(text) && (text[end] == '-' || text[end] == '/') && decimal(text[end+1]) {
		for end++; end < len(text) && decimal(text[end]); {
			end++
		}
	}
	if end == len(text) {
		return end
	}
	after, size := utf8.DecodeRuneInString(text[end:])
	if wordly(after) || strings.ContainsRune("%:€$£/+", after) ||
		after == '.' && end+size < len(text) && wordly(rune(text[end+size])) {
		return 0
	}
	return end
}

// streetAfter gives the end of a street's name behind its number at text[i:], as in 12 Elm Street and 350 5th Ave, or 0.
func streetAfter(text string, i int, cue bool) int {
	for n := range 5 {
		if !strings.HasPrefix(text[i:], " ") {
			return 0
		}
		from := i + 1
		end := nameEnd(text, from)
		word := text[from:end]
		var buf [64]byte
		folded := fold(buf[:0], word)
		large := title(word) || word != "" && decimal(word[0])
		ends := streets[string(folded)] && (cue || word != "CT" && word != "ST") || cue && places[string(folded)]
		switch {
		case len(folded) == 0 || len(folded) > 30:
			return 0
		case n > 0 && ends && (large || cue):
			return end
		case noNames[string(folded)] || !large && !cue:
			return 0
		}
		if i = end; strings.HasPrefix(text[i:], ". ") && len(folded) <= 2 { // N. Main Street
			i++
		}
	}
	return 0
}

// title reports whether a word begins with a capital and goes on in small letters; two capitals may be a direction.
func title(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	next, _ := utf8.DecodeRuneInString(word[size:])
	return unicode.IsUpper(r) && (len(word) <= 2 || !unicode.IsUpper(next))
}

// nameEnd gives the end of the word of a name at text[i:].
func nameEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-' && r != 0x2019 {
			break
		}
		i += size
	}
	return i
}

// streetBefore gives the beginning of a street's name before its number at text[i:]: Hauptstraße 5, Calle Mayor, 12, to
// Elm St 5. It gives i where there is none.
func streetBefore(text string, i int, cue bool) int {
	at := i
	for _, mark := range [...]string{"#", "nº", "n°", "no.", "nr.", "num.", "No.", "Nr.", "Nº"} {
		if s, ok := strings.CutSuffix(text[:at], mark); ok {
			at = len(s)
			break
		}
	}
	at = len(strings.TrimRight(text[:at], " "))
	if at == i && !strings.HasSuffix(text[:at], "/") {
		return i
	}
	at = len(strings.TrimSuffix(text[:at], ","))
	large := 0 // words of the name so far that begin with a capital
	for n := range 6 {
		word, from := partBefore(text, at)
		var buf [64]byte
		folded := string(fold(buf[:0], strings.TrimSuffix(word, ".")))
		capital := title(word)
		switch {
		case word == "":
			return i
		case calles[folded] && n > 0 && (large > 0 || cue), strings.HasPrefix(folded, "c/") && len(folded) > 4:
			return from
		case n == 0 && capital && germanStreet(folded, cue):
			if len(folded) > len("strasse") || cue && !strings.HasPrefix(folded, "str") && folded != "platz" && folded != "weg" {
				return from
			}
			before, start := partBefore(text, from-1)
			if r, _ := utf8.DecodeRuneInString(before); unicode.IsUpper(r) && from > 0 && text[from-1] == ' ' {
				return start
			}
			return i
		case n == 0 && streets[folded] && capital && word != "ST" && word != "CT":
			return englishBefore(text, i, from, cue)
		case capital:
			large++
		case !links[folded] && !cue:
			return i
		}
		if from == 0 || text[from-1] != ' ' {
			return i
		}
		at = from - 1
	}
	return i
}

// partBefore gives the part of a name that ends at text[:i]: letters, dashes, a stroke and a full stop.
func partBefore(text string, i int) (string, int) {
	from := i
	for from > 0 && i-from < 40 {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if r == utf8.RuneError || !unicode.IsLetter(r) && r != '-' && r != '/' && !(r == '.' && from == i) {
			break
		}
		from -= size
	}
	return text[from:i], from
}

// germanStreet reports whether a folded word ends like a German street's name.
func germanStreet(folded string, cue bool) bool {
	if notStreets[folded] {
		return false
	}
	for _, end := range [...]string{"strasse", "str", "allee", "gasse"} {
		if strings.HasSuffix(folded, end) {
			return true
		}
	}
	if cue {
		for _, end := range [...]string{"weg", "platz", "ring", "damm", "ufer", "markt"} {
			if strings.HasSuffix(folded, end) {
				return true
			}
		}
	}
	return false
}

// englishBefore reads on before a word for street at text[street:]: one or two words of a name, and a word that says
// whereto.
func englishBefore(text string, none, street int, cue bool) int {
	at := street
	for range 2 {
		if at == 0 || text[at-1] != ' ' {
			return none
		}
		word, from := partBefore(text, at-1)
		if !title(word) {
			return none
		}
		before, _ := wordBefore(text, from, " :")
		if cue || before == "to" || before == "at" || before == "in" {
			return from
		}
		at = from
	}
	return none
}

var flats = words("apt|apartment|unit|suite|ste|flat|floor|piso|puerta|wohnung|whg")

// rest takes in what belongs to an address behind its street and number: a flat, and a town with its postcode.
func rest(text string, i int) int {
	end := i
	word := i
	for word < len(text) && word < i+2 && (text[word] == ' ' || text[word] == ',') {
		word++
	}
	if word > i {
		stop := nameEnd(text, word)
		var buf [64]byte
		if flats[string(fold(buf[:0], text[word:min(stop, word+16)]))] {
			from := stop + 1
			if number := nameEnd(text, min(len(text), from)); from < len(text) && number > from && number-from <= 6 {
				end = number
			}
		}
	}
	line := text[end:min(len(text), end+48)]
	for n := 0; n < len(line); n++ {
		c := line[n]
		switch {
		case decimal(c):
			if stop := postcode(text, end+n); stop > 0 && n > 0 && sorts[line[n-1]] == other {
				return stop
			}
			return end
		case sorts[c] == small && (n == 0 || sorts[line[n-1]] == other): // a town is written large
			return end
		case c < utf8.RuneSelf && !letter(c) && strings.IndexByte(" ,.\n", c) < 0:
			return end
		}
	}
	return end
}

// postcode gives the end of five digits, perhaps with four more behind a dash, at text[i:], or 0.
func postcode(text string, i int) int {
	n := i
	for n < len(text) && decimal(text[n]) {
		n++
	}
	if n-i != 5 {
		return 0
	}
	if len(text) >= n+5 && text[n] == '-' && strings.Trim(text[n+1:n+5], "0123456789") == "" {
		n += 5
	}
	if !alone(text, i, n) {
		return 0
	}
	return n
}
