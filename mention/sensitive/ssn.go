package sensitive

import "strings"

// ssns finds US social security numbers: 3-2-4 digits with one kind of delimiter, or with one of the two left out. The
// numbers that are never given are none: area 000, 666 and 9xx, group 00, serial 0000, and the two that were printed in
// advertisements, 078-05-1120 and 219-09-9999. What stands behind the name of another number is that number; five digits
// and four may be a ZIP code, so a delimiter may be left out only where no word but its own name stands before.
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
		case g == 1 && (first != 3 && first != 5 || x.gaps[0] != '-'):
			return 0
		case !introduced(text, start, g == 2):
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
	return area != 0 && area != 666 && area < 900 && group != 0 && serial != 0 &&
		!(area == 78 && group == 5 && serial == 1120) &&
		!(area == 219 && group == 9 && serial == 9999)
}

var socialNames = words("ssn|ss|ssno|social|security|is|number|no|and|us|it's|its")

// introduced reports whether the word before a number lets it be a social security number: none, its own name, or where
// it has its full form any word that is not a name in capitals (DPCI, SKU).
func introduced(text string, start int, full bool) bool {
	word, _ := wordBefore(text, start, " :#.=-(")
	var buf [128]byte
	if word == "" || decimal(word[0]) || socialNames[string(fold(buf[:0], word))] {
		return true
	}
	return full && (len(word) < 3 || strings.ContainsFunc(word, func(r rune) bool { return !upper(r) }))
}
