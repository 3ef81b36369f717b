package sensitive

import "strings"

// birth reads the date behind a cue for birth: day, month and year in figures in any order and with one sign, or with the
// month's name. Without a year, or with nothing but a year, it is nobody's date of birth.
func birth(text string, i int) (start, end int) {
	at, s := signed(text, i)
	if s == unsigned {
		at = i + len(text[i:]) - len(strings.TrimLeft(text[i:], " \t-(#"))
	}
	for _, w := range [...]string{"on ", "the ", "el ", "am ", "on the "} {
		if n := len(w); len(text)-at > n && strings.EqualFold(text[at:at+n], w) {
			at += n
		}
	}
	if end = dateInFigures(text, at); end == 0 {
		end = dateInWords(text, at)
	}
	if end == 0 || !alone(text, at, end) {
		return 0, 0
	}
	return at, end
}

// dateInFigures gives the end of a date like 12/05/1984, 1984-05-12 or 12.5.84 at text[i:], or 0.
func dateInFigures(text string, i int) int {
	var values, lengths [3]int
	mark := byte(0)
	for n := range 3 {
		for i < len(text) && decimal(text[i]) && lengths[n] < 5 {
			values[n] = values[n]*10 + int(text[i]-'0')
			lengths[n]++
			i++
		}
		if n == 2 || i >= len(text) {
			break
		}
		if n == 0 && strings.IndexByte("/-. ", text[i]) >= 0 {
			mark = text[i]
		}
		if text[i] != mark || mark == 0 {
			return 0
		}
		i++
		if mark == '.' && i < len(text) && text[i] == ' ' { // 12. 5. 1984
			i++
		}
	}
	if !isDate(values, lengths) {
		return 0
	}
	return i
}

// isDate reports whether three numbers of so many digits are a day, a month and a year.
func isDate(v, n [3]int) bool {
	short := func(i int) bool { return 1 <= n[i] && n[i] <= 2 && v[i] > 0 }
	switch {
	case n[0] == 4:
		return short(1) && short(2) && v[1] <= 12 && v[2] <= 31 && isYear(v[0])
	case n[2] == 4 && !isYear(v[2]), n[2] != 2 && n[2] != 4 || !short(0) || !short(1):
		return false
	}
	return v[0] <= 31 && v[1] <= 12 || v[0] <= 12 && v[1] <= 31
}

func isYear(y int) bool { return 1880 <= y && y < 2100 }

var months = words("january|february|march|april|may|june|july|august|september|october|november|december|" +
	"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|" +
	"noviembre|diciembre|januar|februar|marz|mai|juni|juli|oktober|dezember")

// dateInWords gives the end of a date like 12 May 1984, May 12th, 1984, 12 de mayo de 1984 or 12. Mai 1984 at text[i:], or
// 0.
func dateInWords(text string, i int) int {
	day, month := false, false
	for range 5 {
		end := i
		for end < len(text) && end-i < 12 && wordly(rune(text[end])) || end < len(text) && text[end] >= 0x80 && end-i < 12 {
			end++
		}
		word := text[i:end]
		n := 0
		for n < len(word) && decimal(word[n]) {
			n++
		}
		var buf [16]byte
		folded := fold(buf[:0], word[n:])
		switch {
		case n == 4 && len(word) == 4:
			if day && month && isYear(int(word[0]-'0')*1000+int(word[1]-'0')*100) {
				return end
			}
			return 0
		case !day && 1 <= n && n <= 2 && (len(folded) == 0 || ordinals[string(folded)]):
			day = true
		case !month && n == 0 && months[string(folded)]:
			month = true
		case n > 0 || string(folded) != "of" && string(folded) != "de" && string(folded) != "del":
			return 0
		}
		for i = end; i < len(text) && i < end+2 && strings.IndexByte(" .,", text[i]) >= 0; {
			i++
		}
	}
	return 0
}

var ordinals = words("st|nd|rd|th|º")
