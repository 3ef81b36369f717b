package sensitive

import (
	"strings"

	"github.com/reputekit/reputation/mention/lexis"
)

// phoneCues stand before a number that is written as at home.
const phoneCues = "phone|phone number|telephone|tel|mobile|cell|cellphone|whatsapp|call me|call me at|call me on|ring me|" +
	"text me|text me at|fax|landline|number is|telefono|movil|celular|llamame|numero es|telefon|telefonnummer|handy|handynummer|" +
	"rufnummer|mobil|mobilnummer|ruf mich an|nummer ist"

var phoneFinder = func() *lexis.Automaton {
	var patterns []lexis.Pattern
	for cue := range strings.SplitSeq(phoneCues, "|") {
		patterns = append(patterns, lexis.Pattern{Text: cue})
	}
	a, err := lexis.Compile(patterns, lexis.Folding{StripAccents: true})
	if err != nil {
		return new(lexis.Automaton) // TestFind would notice
	}
	return a
}()

// phones finds telephone numbers with + and a country code (8 to 15 digits, ITU-T E.164), and those in the North American
// form with its area code.
func phones(f *finding) {
	text := f.text
	numbers(text, func(start int) int {
		from := start
		if start > 0 && text[start-1] == '(' {
			from--
		}
		if from > 0 && text[from-1] == '+' {
			from--
		}
		end, digits := dial(text, from)
		if text[from] != '+' || digits < 8 || digits > 15 || text[start] == '0' || !alone(text, from, end) {
			if end = american(text, from); end == 0 {
				return 0
			}
		}
		f.add(Phone, from, end)
		return end
	})
}

// homePhones finds telephone numbers of 7 to 15 digits behind a cue word.
func homePhones(f *finding) {
	text, done := f.text, 0
	phoneFinder.Each(text, func(m lexis.Match) bool {
		at := len(text) - len(strings.TrimLeft(text[m.End:], " .:#-"))
		for _, filler := range [...]string{"is ", "ist ", "es ", "no. ", "nr. "} {
			if strings.HasPrefix(text[at:], filler) {
				at += len(filler)
			}
		}
		if end, digits := dial(text, at); at >= done && 7 <= digits && digits <= 15 && alone(text, at, end) {
			f.add(Phone, at, end)
			done = end
		}
		return true
	})
}

// dial reads a number as people write those to dial: digits in groups with a space, dash, dot, stroke or brackets
// between. It gives the end of the last digit and the number of digits; of too many it reads no more than tell so.
func dial(text string, i int) (end, digits int) {
	for signs := 0; i < len(text) && digits <= 16; {
		if _, size := digit(text, i); size > 0 {
			i += size
			digits, signs, end = digits+1, 0, i
			continue
		}
		size := gap(text, i)
		if size == 0 && strings.IndexByte("+()./", text[i]) >= 0 {
			size = 1
		}
		if signs++; size == 0 || signs > 2 || text[i] == '+' && digits > 0 {
			break
		}
		i += size
	}
	return end, digits
}

// american gives the end of a number like (415) 555-0132 or 415-555-0132 at text[i:], or 0. Area and exchange begin
// with 2 to 9.
func american(text string, i int) int {
	start, opened := i, strings.HasPrefix(text[i:], "(")
	if opened {
		i++
	}
	var between byte
	for n := range 10 {
		if i >= len(text) || !decimal(text[i]) || (n == 0 || n == 3) && text[i] < '2' {
			return 0
		}
		if i++; n != 2 && n != 5 {
			continue
		}
		if n == 2 && opened {
			if !strings.HasPrefix(text[i:], ")") {
				return 0
			}
			if i++; strings.HasPrefix(text[i:], " ") {
				i++
			}
			continue
		}
		if i >= len(text) || strings.IndexByte("-. ", text[i]) < 0 || !opened && n == 5 && text[i] != between {
			return 0
		}
		between = text[i]
		i++
	}
	another := len(text)-i > 1 && text[i] == ' ' && decimal(text[i+1]) // one more group: a list of numbers
	if !alone(text, start, i) || another && between == ' ' && !opened {
		return 0
	}
	return i
}
