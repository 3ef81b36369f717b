package sensitive

import "strings"

// nationals finds the numbers that countries give to persons, where form and check leave little to chance: of random
// numbers of their length one in a hundred at most passes, of most forms one in thousands. Those whose check lets one in
// ten pass (the British, Dutch and Canadian) are read behind their name only, as are eleven digits that begin with a zero
// like a telephone number.
func nationals(f *finding) {
	text := f.text
	numbers(text, func(start int) int {
		from, end := national(text, start)
		if end == 0 || !alone(text, from, end) {
			return 0
		}
		f.add(NationalID, from, end)
		return end
	})
}

// national gives the place of the number whose first digits begin at text[start:].
func national(text string, start int) (from, end int) {
	var x number
	x.readWith(text, start, ".+/")
	if x.groups == 0 || strings.HasSuffix(text[:start], "+") {
		return 0, 0
	}
	first := x.ends[0]
	switch first.n {
	case 1, 15:
		if end = french(text, start); end > 0 {
			return start, end
		}
	case 2:
		if end = german(&x); end > 0 {
			return start, end
		}
		if end = spanishInGroups(text, &x); end > 0 {
			return start, end
		}
		return italian(text, start)
	case 3:
		return start, brazilianInGroups(&x)
	case 6:
		if end = max(swedish(&x), french(text, start)); end > 0 { // Corsican numbers have a letter in the seventh place
			return start, end
		}
		return start, finnish(text, first.at, x.digits[:6])
	case 7:
		return foreigner(text, start, first.at, x.digits[:7])
	case 8:
		if end = swedish(&x); end > 0 {
			return start, end
		}
		return start, spanish(text, first.at, x.digits[:8])
	case 11:
		if d := x.digits[:11]; d[0] != 0 && (isPolish(d) || isGermanTax(d) || isNorwegian(d)) {
			return start, first.at
		}
	}
	return 0, 0
}

// german reads a tax number in groups of 2, 3, 3 and 3 digits.
func german(x *number) int {
	if x.groups >= 4 && x.ends[1].n == 5 && x.ends[2].n == 8 && x.ends[3].n == 11 && isGermanTax(x.digits[:11]) {
		return x.ends[3].at
	}
	return 0
}

// brazilianInGroups reads a CPF number as it is printed, 529.982.247-25.
func brazilianInGroups(x *number) int {
	if x.groups >= 4 && x.ends[1].n == 6 && x.ends[2].n == 9 && x.ends[3].n == 11 && x.gaps[0] == '.' && x.gaps[1] == '.' &&
		x.gaps[2] == '-' && isBrazilian(x.digits[:11]) {
		return x.ends[3].at
	}
	return 0
}

// swedish reads a personal number as it is printed, 811218-9876, also with the century.
func swedish(x *number) int {
	if x.groups < 2 || x.ends[1].n != x.ends[0].n+4 || x.gaps[0] != '-' && x.gaps[0] != '+' {
		return 0
	}
	d := x.digits[x.ends[0].n-6 : x.ends[1].n]
	if day := two(d, 4); !dayAndMonth(day, two(d, 2)) && !dayAndMonth(day-60, two(d, 2)) || !luhn(d) {
		return 0
	}
	return x.ends[1].at
}

// spanishLetters are the check letters of the Spanish DNI, by the number modulo 23.
const spanishLetters = "TRWAGMYFPDXBNJZSQVHLCKE"

// spanish reads the check letter of a DNI, right behind the digits or behind a dash.
func spanish(text string, end int, digits []byte) int {
	if strings.HasPrefix(text[end:], "-") {
		end++
	}
	if n := value10(digits); n == 0 || end >= len(text) || text[end]&^0x20 != spanishLetters[n%23] {
		return 0
	}
	return end + 1
}

// spanishInGroups reads a DNI as 12.345.678-Z.
func spanishInGroups(text string, x *number) int {
	if x.groups < 3 || x.ends[1].n != 5 || x.ends[2].n != 8 || x.gaps[0] != '.' || x.gaps[1] != '.' {
		return 0
	}
	return spanish(text, x.ends[2].at, x.digits[:8])
}

// foreigner reads a Spanish NIE: X, Y or Z for the first digit, seven digits and the letter.
func foreigner(text string, start, end int, digits []byte) (from, to int) {
	from = start
	if strings.HasSuffix(text[:from], "-") {
		from--
	}
	if from--; from < 0 || text[from] < 'X' || text[from] > 'Z' {
		return 0, 0
	}
	with := [8]byte{text[from] - 'X'}
	copy(with[1:], digits)
	return from, spanish(text, end, with[:])
}

// finnish reads a personal identity code: six digits of the birthday, a sign for the century, three digits and a check.
func finnish(text string, end int, digits []byte) int {
	if len(text) < end+5 || strings.IndexByte("+-ABCDEFUVWXY", text[end]) < 0 || !dayAndMonth(two(digits, 0), two(digits, 2)) {
		return 0
	}
	n := value10(digits)
	for _, c := range []byte(text[end+1 : end+4]) {
		if !decimal(c) {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	if text[end+4] != "0123456789ABCDEFHJKLMNPRSTUVWXY"[n%31] {
		return 0
	}
	return end + 5
}

// french reads a social insurance number (NIR): sex, year, month, department, town, order and a key; 97 less the key is
// what the rest leaves modulo 97. In Corsica the department has a letter.
func french(text string, start int) int {
	var d [15]byte
	i, n := start, 0
	for n < len(d) {
		if n > 0 {
			i += gap(text, i)
		}
		switch {
		case i >= len(text):
			return 0
		case decimal(text[i]):
			d[n] = text[i] - '0'
		case n == 6 && d[5] == 2 && (text[i] == 'A' || text[i] == 'B'): // 2A counts as 19, 2B as 18
			d[5], d[6] = 1, 9-(text[i]-'A')
		default:
			return 0
		}
		n++
		i++
	}
	month := two(d[:], 3)
	if d[0] != 1 && d[0] != 2 || !(1 <= month && month <= 12 || month == 20) ||
		two(d[:], 5) == 0 || 97-value10(d[:13])%97 != two(d[:], 13) {
		return 0
	}
	return i
}

// italianOdd are the values of 0 to 9 and A to Z at the odd places of a codice fiscale.
var italianOdd = [36]int{
	1, 0, 5, 7, 9, 13, 15, 17, 19, 21,
	1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
}

// italian reads a codice fiscale whose first two digits begin at text[i:]: six letters of the names, year, month, day, the
// letter and number of a town, and a check letter.
func italian(text string, i int) (from, to int) {
	from, to = i-6, i+10
	if from < 0 || to > len(text) {
		return 0, 0
	}
	sum := 0
	for n, want := range []byte("LLLLLLDDLDDLDDDL") {
		c := text[from+n]
		value := int(c - '0')
		switch {
		case want == 'D' && decimal(c):
		case want == 'L' && letter(c):
			value = int(c|0x20-'a') + 10
		default:
			return 0, 0
		}
		switch {
		case n == 15:
			if sum%26 != value-10 {
				return 0, 0
			}
		case n%2 == 0:
			sum += italianOdd[value]
		case value >= 10:
			sum += value - 10
		default:
			sum += value
		}
	}
	month, day := text[from+8]|0x20, int(text[from+9]-'0')*10+int(text[from+10]-'0')
	if strings.IndexByte("abcdehlmprst", month) < 0 || !(1 <= day && day <= 31 || 41 <= day && day <= 71) {
		return 0, 0
	}
	return from, to
}
