package sensitive

import "strings"

// An issuer is a range of first digits and the lengths its cards have.
type issuer struct {
	from, to string // of the same length
	lengths  string // allowed numbers of digits, as letters: 'a'+n
}

// The ranges are those of ISO/IEC 7812 that are in use for payment cards, as their issuers publish them.
var issuers = [...]issuer{
	{"4", "4", of(13, 16, 19)},               // Visa
	{"51", "55", of(16)},                     // Mastercard
	{"2221", "2720", of(16)},                 // Mastercard
	{"34", "34", of(15)},                     // American Express
	{"37", "37", of(15)},                     // American Express
	{"6011", "6011", of(16, 17, 18, 19)},     // Discover
	{"644", "659", of(16, 17, 18, 19)},       // Discover, RuPay
	{"6221", "6229", of(16, 17, 18, 19)},     // Discover, UnionPay
	{"300", "305", of(14, 16, 17, 18, 19)},   // Diners Club
	{"3095", "3095", of(14, 16)},             // Diners Club
	{"36", "36", of(14, 15, 16, 17, 18, 19)}, // Diners Club
	{"38", "39", of(14, 16, 17, 18, 19)},     // Diners Club
	{"3528", "3589", of(16, 17, 18, 19)},     // JCB
	{"2131", "2131", of(15)},                 // JCB
	{"1800", "1800", of(15)},                 // JCB
	{"62", "62", of(16, 17, 18, 19)},         // UnionPay
	{"81", "82", of(16, 17, 18, 19)},         // UnionPay, RuPay
	{"60", "60", of(16)},                     // RuPay, Hipercard
	{"508", "508", of(16)},                   // RuPay
	{"2200", "2205", of(16, 17, 18, 19)},     // Mir
	{"9792", "9792", of(16)},                 // Troy
	{"1", "1", of(15)},                       // UATP
	{"637", "639", of(16)},                   // InstaPayment
	{"506", "507", of(16, 18, 19)},           // Verve
	{"5019", "5019", of(16)},                 // Dankort
	{"4571", "4571", of(16)},                 // Dankort
	{"5018", "5018", maestro},                // Maestro
	{"5020", "5020", maestro},
	{"5038", "5038", maestro},
	{"5612", "5612", maestro},
	{"5893", "5893", maestro},
	{"6304", "6304", maestro},
	{"6390", "6390", maestro},
	{"6706", "6706", maestro},
	{"6709", "6709", maestro},
	{"6759", "6759", maestro},
	{"6761", "6763", maestro},
	{"6771", "6771", maestro},
}

const maestro = "mnopqrst" // 12 to 19

func of(lengths ...int) string {
	var b strings.Builder
	for _, n := range lengths {
		b.WriteByte('a' + byte(n))
	}
	return b.String()
}

// cards finds payment card numbers: 12 to 19 digits alone or in groups, of an issuer's range and length, with the right
// check digit, not all the same. A group but the last has three digits at least, so that a list of small numbers is
// none. In the groups that are printed on cards other signs may stand between. Where two readings of the same digits
// overlap, the span covers both.
func cards(f *finding) {
	from, to := 0, 0 // the span in hand
	numbers(f.text, func(start int) int {
		if start >= to && to > 0 {
			f.add(Card, from, to)
			to = 0
		}
		if end := card(f.text, start); end > 0 {
			if to == 0 {
				from = start
			}
			to = max(to, end)
		}
		return 0
	})
	if to > 0 {
		f.add(Card, from, to)
	}
}

// card gives the end of the longest card number that begins at text[start:], or 0.
func card(text string, start int) int {
	var x number
	x.read(text, start)
	for g := x.groups - 1; g >= 0; g-- {
		end := x.ends[g]
		if end.n >= 12 && end.n <= 19 && isCard(x.digits[:end.n]) && wide(&x, g) && alone(text, start, end.at) &&
			!strings.HasSuffix(text[:start], "+") && !accountBefore(text[:start]) {
			return end.at
		}
	}
	for _, groups := range [...]string{"4444", "465", "464"} {
		if end := printed(text, start, groups); end > 0 {
			return end
		}
	}
	return 0
}

// printed gives the end of the card number at text[start:] that is written in groups of so many digits, with a seam
// between, or 0. One seam may be a line break; digits one below the other are a list.
func printed(text string, start int, groups string) int {
	var digits [16]byte
	n, end, breaks := 0, start, 0
	for g, length := range []byte(groups) {
		if g > 0 {
			size := seam(text, end)
			breaks += strings.Count(text[end:end+size], "\n")
			if end += size; size == 0 || breaks > 1 {
				return 0
			}
		}
		for range length - '0' {
			value, size := digit(text, end)
			if size == 0 {
				return 0
			}
			digits[n] = value
			n, end = n+1, end+size
		}
	}
	joins := "-./_"
	if breaks > 0 {
		joins += " "
	}
	if !isCard(digits[:n]) || !alone(text, start, end) || strings.HasSuffix(text[:start], "+") ||
		accountBefore(text[:start]) || goesOn(text, start, end, joins) {
		return 0
	}
	return end
}

// goesOn reports whether one of the signs joins the number text[start:end] to a digit before or behind it.
func goesOn(text string, start, end int, signs string) bool {
	if start > 1 && strings.IndexByte(signs, text[start-1]) >= 0 && decimal(text[start-2]) {
		return true
	}
	return end+1 < len(text) && strings.IndexByte(signs, text[end]) >= 0 && decimal(text[end+1])
}

// accountBefore reports whether text ends with the beginning of an IBAN in groups: two capitals, two digits and a gap.
func accountBefore(text string) bool {
	for n := 1; n <= 3 && n < len(text)-3; n++ {
		head := text[:len(text)-n]
		if gap(text, len(head)) == n && len(head) >= 4 {
			c := head[len(head)-4:]
			return upper(rune(c[0])) && upper(rune(c[1])) && '0' <= c[2] && c[2] <= '9' && '0' <= c[3] && c[3] <= '9' &&
				alone(text, len(head)-4, len(head))
		}
	}
	return false
}

// wide reports whether every group before the one numbered last has three digits at least.
func wide(x *number, last int) bool {
	before := 0
	for _, end := range x.ends[:last] {
		if end.n-before < 3 {
			return false
		}
		before = end.n
	}
	return true
}

func isCard(digits []byte) bool {
	return !same(digits) && luhn(digits) && issued(digits)
}

// issued reports whether an issuer has cards that begin so and are so long.
func issued(digits []byte) bool {
	for _, is := range issuers {
		if strings.IndexByte(is.lengths, 'a'+byte(len(digits))) >= 0 &&
			compare(digits, is.from) >= 0 && compare(digits, is.to) <= 0 {
			return true
		}
	}
	return false
}

// compare compares the first digits with a prefix written out.
func compare(digits []byte, prefix string) int {
	for i := range len(prefix) {
		if d := int(digits[i]) - int(prefix[i]-'0'); d != 0 {
			return d
		}
	}
	return 0
}

// luhn is the check of ISO/IEC 7812-1, annex B.
func luhn(digits []byte) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i])
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
