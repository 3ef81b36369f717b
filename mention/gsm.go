package mention

import (
	"strings"
	"unicode/utf16"
)

// The alphabet of 3GPP TS 23.038, 6.2.1: what one septet holds, and what needs two.
const (
	gsmBasic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmExtended = "\f^{}\\[~]|€"
)

// smsParts counts the parts that a text message is sent in; see Measure. What one part holds is 140 bytes: 160 septets
// or 70 code units, less the header of 6 bytes where there are several.
func smsParts(s string) int {
	single, each, width := 160, 153, septets
	if strings.ContainsFunc(s, func(r rune) bool { return septets(r) == 0 }) {
		single, each, width = 70, 67, codeUnits
	}
	total, parts, room := 0, 0, 0
	for _, r := range s {
		n := width(r)
		if total += n; n > room { // no pair is cut in two
			parts, room = parts+1, each
		}
		room -= n
	}
	if 0 < total && total <= single {
		return 1
	}
	return parts
}

// septets gives how many septets a rune takes, 0 when it is not in the alphabet.
func septets(r rune) int {
	switch {
	case strings.ContainsRune(gsmBasic, r):
		return 1
	case strings.ContainsRune(gsmExtended, r):
		return 2
	}
	return 0
}

func codeUnits(r rune) int {
	if n := utf16.RuneLen(r); n > 0 {
		return n
	}
	return 1
}
