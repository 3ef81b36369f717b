package lexis

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ascii holds the folded form of each ASCII character.
var ascii = func() (t [utf8.RuneSelf]uint8) {
	for c := range t {
		t[c] = uint8(unicode.ToLower(rune(c)))
	}
	t['`'] = '\''
	return t
}()

// dropped reports whether r is left out: what Unicode calls default ignorable.
func dropped(r rune) bool {
	switch {
	case r < 0x34F:
		return r == 0xAD
	case r < 0x2000:
		return r == 0x34F || r == 0x61C || r == 0x115F || r == 0x1160 || r == 0x17B4 || r == 0x17B5 ||
			0x180B <= r && r <= 0x180F
	case r < 0x3164:
		return 0x200B <= r && r <= 0x200F || 0x202A <= r && r <= 0x202E || 0x2060 <= r && r <= 0x206F
	case r < 0xFE00:
		return r == 0x3164
	}
	return r <= 0xFE0F || r == 0xFEFF || r == 0xFFA0 || 0xFFF0 <= r && r <= 0xFFF8 ||
		0x1D173 <= r && r <= 0x1D17A || 0xE0000 <= r && r <= 0xE0FFF
}

// sign folds punctuation that people and their keyboards use for one another. ok is false for anything else. Some signs
// fold to themselves because NFKC would make of them what they don't mean in a text.
func sign(r rune) (folded rune, ok bool) {
	switch {
	case r < 0x80:
		return r, false
	case r == 0xB4, r == 0x2B9, r == 0x2BB, r == 0x2BC, r == 0x2C8, 0x2018 <= r && r <= 0x201B, r == 0x2032,
		r == 0xFF07, r == 0xFF40:
		return '\'', true
	case 0x201C <= r && r <= 0x201F, r == 0x2033, r == 0xFF02:
		return '"', true
	case 0x2010 <= r && r <= 0x2015, r == 0x2212, r == 0x2043, r == 0xFE58, r == 0xFE63, r == 0xFF0D:
		return '-', true
	case r == 0x2044:
		return '/', true
	case r == 0x2122, r == 0x2120:
		return r, true
	}
	return r, false
}

// lower folds the case of a rune that NFKC leaves as it is. Marks have none.
func lower(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return rune(ascii[r])
	case r == 'ı':
		return 'i'
	case r == 0x345:
		return r
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

// accent reports whether r is a mark that Folding.StripAccents sets aside.
func accent(r rune) bool {
	return 0x300 <= r && r <= 0x36F || 0x1AB0 <= r && r <= 0x1AFF || 0x1DC0 <= r && r <= 0x1DFF ||
		0x20D0 <= r && r <= 0x20FF || 0xFE20 <= r && r <= 0xFE2F
}

// bare gives the plain letters of those that carry their accent in the letter itself.
func bare(r rune) (a, b rune) {
	switch r {
	case 'ø':
		return 'o', 0
	case 'ł':
		return 'l', 0
	case 'đ', 'ð':
		return 'd', 0
	case 'ħ':
		return 'h', 0
	case 'ŧ':
		return 't', 0
	case 'æ':
		return 'a', 'e'
	case 'œ':
		return 'o', 'e'
	case 'þ':
		return 't', 'h'
	}
	return r, 0
}

// compose gives the one rune that Unicode has for a and b together.
func compose(a, b rune) (rune, bool) {
	switch {
	case 0x1100 <= a && a < 0x1113 && 0x1161 <= b && b < 0x1176:
		return 0xAC00 + (a-0x1100)*588 + (b-0x1161)*28, true
	case 0xAC00 <= a && a < 0xD7A4 && (a-0xAC00)%28 == 0 && 0x11A7 < b && b < 0x11C3:
		return a + b - 0x11A7, true
	}
	r, ok := pairs[pair{a, b}]
	return r, ok
}

type pair struct{ a, b rune }

// pairs are the composites of small letters and of runes without case in the blocks that have any.
var pairs = func() map[pair]rune {
	m := make(map[pair]rune, 1024)
	for _, block := range [...][2]rune{{0xC0, 0x233}, {0x374, 0x3D4}, {0x400, 0x4F9}, {0x622, 0x6D3}, {0x929, 0x934},
		{0x9CB, 0x9CC}, {0xB48, 0xB4C}, {0xB94, 0xBCC}, {0xC48, 0xC48}, {0xCC0, 0xCCB}, {0xD4A, 0xD4C}, {0xDDA, 0xDDE},
		{0x1026, 0x1026}, {0x1B06, 0x1B43}, {0x1E00, 0x1FFC}, {0x219A, 0x22ED}, {0x304C, 0x30FE}} {
		for r := block[0]; r <= block[1]; r++ {
			s := string(r)
			d := norm.NFC.PropertiesString(s).Decomposition()
			if d == nil || lower(r) != r || !norm.NFC.IsNormalString(s) {
				continue
			}
			b, n := utf8.DecodeLastRune(d)
			a, size := utf8.DecodeRuneInString(norm.NFC.String(string(d[:len(d)-n])))
			if size > 0 {
				m[pair{a, b}] = r
			}
		}
	}
	return m
}()
