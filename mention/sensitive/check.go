package sensitive

// cuedChecks are the checks of numbers that are read behind a cue.
var cuedChecks = map[cue]func([]byte) bool{
	british: isBritish, dutch: isDutch, canadian: isCanadian, brazilian: isBrazilian,
	polish: isPolish, germanTax: isGermanTax, norwegian: isNorwegian,
}

// weighted sums the digits by their weights.
func weighted(digits []byte, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(digits[i]) * w
	}
	return sum
}

// isBritish is the check of an NHS number: ten digits, modulo 11.
func isBritish(d []byte) bool {
	if len(d) != 10 || same(d) {
		return false
	}
	check := 11 - weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11
	return check%11 == int(d[9]) && check != 10
}

// isDutch is the check of a citizen service number: nine digits, modulo 11, the last one subtracted.
func isDutch(d []byte) bool {
	return len(d) == 9 && !same(d) && weighted(d, 9, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0
}

// isCanadian is the check of a social insurance number: nine digits, that of cards.
func isCanadian(d []byte) bool { return len(d) == 9 && !same(d) && d[0] != 8 && luhn(d) }

// isBrazilian is the check of a CPF: eleven digits, the last two modulo 11.
func isBrazilian(d []byte) bool {
	return len(d) == 11 && !same(d) &&
		weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2)*10%11%10 == int(d[9]) &&
		weighted(d, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)*10%11%10 == int(d[10])
}

// isPolish is the check of a PESEL: the day of birth with the century in the month, and a last digit modulo 10. Only the
// centuries in which people live count.
func isPolish(d []byte) bool {
	if len(d) != 11 {
		return false
	}
	month := two(d, 2)
	return (dayAndMonth(two(d, 4), month) || dayAndMonth(two(d, 4), month-20)) &&
		(10-weighted(d, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3)%10)%10 == int(d[10])
}

// isGermanTax is the check of a German tax number: of the first ten digits one comes twice or three times and all others
// once at most, and the last is that of ISO 7064, modulo 11, 10.
func isGermanTax(d []byte) bool {
	if len(d) != 11 {
		return false
	}
	var times [10]int
	product := 10
	for _, c := range d[:10] {
		times[c]++
		sum := (int(c) + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	repeated := 0
	for _, n := range times {
		if n > 3 {
			return false
		}
		if n > 1 {
			repeated++
		}
	}
	return d[0] != 0 && repeated == 1 && (11-product)%10 == int(d[10])
}

// isNorwegian is the check of a fødselsnummer: the day of birth, perhaps with 40 added to the day, and two last digits
// modulo 11.
func isNorwegian(d []byte) bool {
	if len(d) != 11 {
		return false
	}
	day := two(d, 0)
	return (dayAndMonth(day, two(d, 2)) || dayAndMonth(day-40, two(d, 2))) &&
		weighted(d, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1)%11 == 0 &&
		weighted(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}

// isRouting is the check of a US bank's routing number: nine digits, a district that exists, modulo 10.
func isRouting(d []byte) bool {
	if len(d) != 9 || same(d) {
		return false
	}
	district := two(d, 0)
	return (district <= 12 || 21 <= district && district <= 32 || 61 <= district && district <= 72 || district == 80) &&
		weighted(d, 3, 7, 1, 3, 7, 1, 3, 7, 1)%10 == 0
}

// two is the number that the two digits from the ith on write.
func two(d []byte, i int) int { return int(d[i])*10 + int(d[i+1]) }

func value10(d []byte) int {
	n := 0
	for _, c := range d {
		n = n*10 + int(c)
	}
	return n
}

func dayAndMonth(day, month int) bool { return 1 <= day && day <= 31 && 1 <= month && month <= 12 }

func same(d []byte) bool {
	for _, c := range d {
		if c != d[0] {
			return false
		}
	}
	return true
}
