package sensitive

import (
	"strings"
	"unicode"
)

// phones finds telephone numbers with + and a country code (8 to 15 digits, ITU-T E.164), and those in the North American
// form with its area code. A number that is free of charge for the caller is a company's and nobody's own.
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
		end := 0
		if text[from] == '+' {
			end = international(text, from)
		}
		if end == 0 {
			end = american(text, from)
		}
		if end > 0 {
			f.add(Phone, from, end)
		}
		return end
	})
}

// countries are the country codes of ITU-T E.164 of two digits, and regions the beginnings of those of three.
var (
	countries = [10]string{2: "07", 3: "0123469", 4: "013456789", 5: "12345678", 6: "0123456", 8: "1246", 9: "0123458"}
	regions   = [10]string{2: "1234569", 3: "578", 4: "2", 5: "09", 6: "789", 8: "0578", 9: "679"}
)

// assigned reports whether a number begins with a country's code.
func assigned(digits []byte) bool {
	a, b, c := digits[0], rune('0'+digits[1]), digits[2]
	switch {
	case a == 1 || a == 7:
		return true
	case a == 8 && b == '0':
		return c == 8 // 800 is free of charge everywhere
	case a == 9 && b == '9':
		return 2 <= c && c <= 8 && c != 7
	}
	return strings.ContainsRune(countries[a], b) || strings.ContainsRune(regions[a], b)
}

// international gives the end of a number that begins with + at text[i:], or 0.
func international(text string, i int) int {
	d := dialling{most: 15}
	d.read(text, i)
	digits := d.digits
	switch {
	case d.n < 8 || !assigned(digits[:]):
		return 0
	case digits[0] == 1: // North America has eleven digits
		d.cut(11)
		if d.n != 11 || digits[1] < 2 || digits[4] < 2 || tollFree(digits[1:]) {
			return 0
		}
	}
	if end := d.end(); alone(text, i, end) {
		return end
	}
	return 0
}

// tollFree reports whether a North American number is free for the caller, or charged to him by the call.
func tollFree(digits []byte) bool {
	a, b, c := digits[0], digits[1], digits[2]
	return a == 8 && b == c && (b == 0 || 2 <= b && b <= 8) || a == 8 && b == 3 && c == 3 || a == 9 && b == 0 && c == 0
}

// charged reports whether a number as it is dialled at home is no person's: free of charge, or charged by the call or
// minute, in North America, or in Britain and Germany, where 080, 084, 087 and 090 begin such numbers.
func charged(digits []byte) bool {
	if len(digits) > 10 && digits[0] == 1 {
		digits = digits[1:]
	}
	if len(digits) < 9 {
		return false
	}
	switch a, b, c := digits[0], digits[1], digits[2]; {
	case a == 0:
		return b == 8 && (c == 0 || c == 4 || c == 7) || b == 9 && c == 0
	default:
		return len(digits) == 10 && tollFree(digits)
	}
}

// homePhone reads a telephone number of 7 to 15 digits as it is dialled at home, behind a cue.
func homePhone(text string, cueStart, i int, c cue) (start, end int) {
	if c == numbered && otherNumber(text, cueStart) {
		return 0, 0
	}
	at := len(text) - len(strings.TrimLeft(text[i:], " .:#-"))
	for _, filler := range [...]string{"is ", "ist ", "es ", "no. ", "nr. ", "at ", "on ", "me at ", "me on ", "number ", "# ", "is: "} {
		if n := len(filler); len(text)-at > n && strings.EqualFold(text[at:at+n], filler) {
			at += n
		}
	}
	d := dialling{most: 15}
	d.read(text, at)
	least := 7
	if c == called {
		least = 9
	}
	if d.n < least || charged(d.digits[:d.n]) ||
		dateInFigures(text, at) == d.end() || !alone(text, at, d.end()) ||
		counts(text, d.end()) || price(text[d.end():]) {
		return 0, 0
	}
	return at, d.end()
}

// otherNumbers are what else has a number that one tells.
var otherNumbers = words("card|credit|debit|account|order|booking|reservation|confirmation|reference|ref|ticket|flight|" +
	"tracking|case|claim|seat|gate|room|serial|model|member|membership|flyer|flier|loyalty|customer|invoice|policy|passport|" +
	"license|licence|id|routing|iban|security|insurance|nhs|tax|record|locator|file|baggage|bag|tag|report|complaint|rewards|" +
	"part|item|product|imei|isbn|vin|lucky|vote|total|" +
	"tarjeta|cuenta|pedido|reserva|vuelo|billete|cliente|caso|karten|konto|bestell|flug|ticket|kunden|serien")

// otherNumber reports whether the word before a cue that begins at text[i:] names a number that is not dialled.
func otherNumber(text string, i int) bool {
	word, _ := wordBefore(text, i, " ")
	var buf [128]byte
	return otherNumbers[string(fold(buf[:0], word))]
}

// dialling is a number as people write those to dial: digits in groups with a space, dash, dot, stroke or brackets
// between, at most so many of them; what goes beyond is left out by whole groups.
type dialling struct {
	most   int
	digits [16]byte
	n      int
	stops  [16]stop // where the groups end
	groups int
}

func (d *dialling) read(text string, i int) {
	for signs := 0; i < len(text); {
		if value, size := digit(text, i); size > 0 {
			if d.n == d.most {
				d.n = 0
				if d.groups > 0 {
					d.n = d.stops[d.groups-1].n
				}
				return
			}
			d.digits[d.n] = value
			d.n, i, signs = d.n+1, i+size, 0
			if _, more := digit(text, i); more == 0 {
				d.stops[d.groups] = stop{d.n, i}
				d.groups++
			}
			continue
		}
		size := gap(text, i)
		if size == 0 && strings.IndexByte("+()./", text[i]) >= 0 {
			size = 1
		}
		if signs++; size == 0 || signs > 2 || text[i] == '+' && d.n > 0 {
			return
		}
		i += size
	}
}

// cut leaves out the groups behind the first n digits.
func (d *dialling) cut(n int) {
	for d.groups > 1 && d.n > n {
		d.groups--
		d.n = d.stops[d.groups-1].n
	}
}

// end is where the last digit ends.
func (d *dialling) end() int {
	if d.groups == 0 {
		return 0
	}
	return d.stops[d.groups-1].at
}

// american gives the end of a number like (415) 555-0132 or 415-555-0132 at text[i:], or 0. Area and exchange begin
// with 2 to 9 and don't end in 11.
func american(text string, i int) int {
	start, opened := i, strings.HasPrefix(text[i:], "(")
	if opened {
		i++
	}
	var digits [10]byte
	var mark byte
	for n := range digits {
		if i >= len(text) || !decimal(text[i]) {
			return 0
		}
		digits[n] = text[i] - '0'
		if i++; n != 2 && n != 5 {
			continue
		}
		if n == 2 && opened {
			if !strings.HasPrefix(text[i:], ")") {
				return 0
			}
			if i++; strings.HasPrefix(text[i:], " ") || strings.HasPrefix(text[i:], "-") {
				i++
			}
			continue
		}
		if i >= len(text) || strings.IndexByte("-. ", text[i]) < 0 || !opened && n == 5 && text[i] != mark {
			return 0
		}
		mark = text[i]
		i++
	}
	another := len(text)-i > 1 && text[i] == ' ' && decimal(text[i+1]) // one more group: a list of numbers
	if !numberingPlan(digits) || tollFree(digits[:]) || another && mark == ' ' && !opened {
		return 0
	}
	if !alone(text, start, i) && !(glued(text, start) && alone(text[start:], 0, i-start)) {
		return 0
	}
	return i
}

func numberingPlan(d [10]byte) bool {
	return d[0] >= 2 && d[3] >= 2 && !(d[1] == 1 && d[2] == 1) && !(d[4] == 1 && d[5] == 1)
}

// glued reports whether a word in small letters stands right before text[i:], with a blank before it: somebody forgot
// the space.
func glued(text string, i int) bool {
	from := i
	for from > 0 && i-from < 20 && 'a' <= text[from-1] && text[from-1] <= 'z' {
		from--
	}
	return i-from >= 2 && (from == 0 || unicode.IsSpace(rune(text[from-1])))
}
