package sensitive

import "strings"

// ssns finds US social security numbers: 3-2-4 digits with one kind of delimiter, or with one of the two left out. The
// numbers that are never given are none: area 000, 666 and 9xx, group 00, serial 0000, and 078-05-1120, which was
// printed on a card that came with wallets. Five digits and four behind a US state are a ZIP code.
func ssns(f *finding) {
	var x number
	numbers(f.text, func(start int) int {
		if end := ssn(f.text, start, &x); end > 0 {
			f.add(SSN, start, end)
			return end
		}
		return 0
	})
}

func ssn(text string, start int, x *number) int {
	x.readWith(text, start, ". -")
	for g := 1; g < min(x.groups, 3); g++ {
		end := x.ends[g]
		if end.n != 9 {
			continue
		}
		first, second := x.ends[0].n, x.ends[1].n
		switch {
		case g == 2 && (first != 3 || second != 5 || x.gaps[0] != x.gaps[1]):
			return 0
		case g == 1 && (first != 3 && first != 5 || x.gaps[0] != '-'), g == 1 && first == 5 && state(text[:start]):
			return 0
		}
		if !alone(text, start, end.at) || !given(x.digits[:9]) {
			return 0
		}
		if next := gap(text, end.at); next > 0 { // one more group: it is another kind of number, but for a list of them
			if _, more := digit(text, end.at+next); more > 0 && x.gaps[0] == text[end.at] {
				if g == 2 || text[end.at] != ' ' {
					return 0
				}
			}
		}
		return end.at
	}
	return 0
}

func given(digits []byte) bool {
	area := int(digits[0])*100 + int(digits[1])*10 + int(digits[2])
	group := int(digits[3])*10 + int(digits[4])
	serial := int(digits[5])*1000 + int(digits[6])*100 + int(digits[7])*10 + int(digits[8])
	return area != 0 && area != 666 && area < 900 && group != 0 && serial != 0 && !(area == 78 && group == 5 && serial == 1120)
}

// state reports whether two capitals and a space stand at the end.
func state(text string) bool {
	text, ok := strings.CutSuffix(text, " ")
	n := len(text)
	return ok && n >= 2 && upper(rune(text[n-1])) && upper(rune(text[n-2])) && (n == 2 || !wordly(rune(text[n-3])))
}
