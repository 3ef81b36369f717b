package sensitive

import "strings"

// ibanLengths are the lengths of the IBAN registry (ISO 13616), by country.
const ibanLengths = " AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29" +
	" ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28" +
	" LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29" +
	" RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 "

// ibans finds international bank account numbers: a country, its length, and the check of ISO 7064 (mod 97). Between
// two characters there may be a seam.
func ibans(f *finding) {
	text := f.text
	for i := 0; i+15 <= len(text); i++ {
		if !letter(text[i]) || !letter(text[i+1]) || !decimal(text[i+2]) || !decimal(text[i+3]) {
			continue
		}
		if end := iban(text, i); end > 0 && alone(text, i, end) {
			f.add(IBAN, i, end)
			i = end - 1
		}
	}
}

// iban gives the end of the account number that begins at text[i:], or 0.
func iban(text string, i int) int {
	country := [5]byte{' ', text[i] &^ 0x20, text[i+1] &^ 0x20}
	at := strings.Index(ibanLengths, string(country[:3]))
	if at < 0 {
		return 0
	}
	want := int(ibanLengths[at+3]-'0')*10 + int(ibanLengths[at+4]-'0')
	rest, head, n := 0, 0, 0 // the account and the first four characters modulo 97, the characters so far
	for n < want {
		if n > 0 {
			i += seam(text, i)
		}
		if i >= len(text) {
			return 0
		}
		value, ten := 0, 10
		switch c := text[i]; {
		case decimal(c):
			value = int(c - '0')
		case letter(c):
			value, ten = int(c&^0x20-'A')+10, 100
		default:
			return 0
		}
		if n < 4 {
			head = (head*ten + value) % 97
		} else {
			rest = (rest*ten + value) % 97
		}
		n++
		i++
	}
	if (rest*1_000_000+head)%97 != 1 { // the first four go to the end: two letters of two digits, two digits
		return 0
	}
	return i
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func decimal(c byte) bool { return '0' <= c && c <= '9' }
