package lexis

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A kind is what a rune is to the words around it.
type kind uint8

const (
	apart  kind = iota // white space, punctuation, symbols
	word               // letters, digits and marks of scripts that put spaces between words
	hangul             // the same, but other scripts' words may stand right beside
	free               // letters of scripts without spaces
)

// kindOf classifies a rune, folded or not.
func kindOf(r rune) kind {
	if r < utf8.RuneSelf {
		return kinds[r]
	}
	switch {
	case 0x0E00 <= r && r <= 0x0EFF && (r < 0x0E50 || 0x0E5A <= r && r < 0x0ED0 || r > 0x0ED9), // Thai, Lao
		0x1000 <= r && r <= 0x109F && !(0x1040 <= r && r <= 0x104F), // Burmese
		0x1780 <= r && r <= 0x17D3, r == 0x17DC, r == 0x17DD,        // Khmer
		0x3005 <= r && r <= 0x3007, 0x3041 <= r && r <= 0x309F, 0x30A1 <= r && r <= 0x30FF && r != 0x30FB, // Kana
		0x31F0 <= r && r <= 0x31FF, 0xFF66 <= r && r <= 0xFF9F,
		0x3400 <= r && r <= 0x4DBF, 0x4E00 <= r && r <= 0x9FFF, 0xF900 <= r && r <= 0xFAFF, 0x20000 <= r && r <= 0x3FFFF:
		if r == 0x0E3F { // the baht sign
			return apart
		}
		return free
	case 0xAC00 <= r && r <= 0xD7FF, 0x1100 <= r && r <= 0x11FF, 0x3131 <= r && r <= 0x318E, 0xA960 <= r && r <= 0xA97F,
		0xFFA1 <= r && r <= 0xFFDC:
		return hangul
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return word
	}
	return apart
}

var kinds = func() (t [utf8.RuneSelf]kind) {
	for c := range t {
		if '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
			t[c] = word
		}
	}
	return t
}()

// Border reports whether a word may begin or end at text[i]: whether what stands on its two sides does not belong to
// one word. Runes that folding drops are looked past; an underscore belongs to a word only between two of its
// characters. The beginning and the end of the text are borders.
func Border(text string, i int) bool {
	if i <= 0 || i >= len(text) {
		return true
	}
	if a, b := text[i-1], text[i]; a < utf8.RuneSelf && b < utf8.RuneSelf && a != '_' && b != '_' {
		return kinds[a] == apart || kinds[b] == apart
	}
	return apartOf(kindBefore(text, i), kindAfter(text, i))
}

func apartOf(a, b kind) bool {
	return a == apart || b == apart || a == free || b == free || (a == hangul) != (b == hangul)
}

// far is how many underscores a border looks past. Without an end to it, a text of nothing else would cost the square
// of its length.
const far = 32

func kindBefore(text string, i int) kind {
	for n := 0; i > 0; {
		r, size := rune(text[i-1]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeLastRuneInString(text[:i])
		}
		i -= size
		switch {
		case r == '_':
			if n++; n == far {
				return apart
			}
			continue
		case r < utf8.RuneSelf:
			return kinds[r]
		case dropped(r):
			continue
		case r == utf8.RuneError:
			return apart
		}
		k := kindOf(r)
		if d := letters(text[i:], k); d != nil {
			r, _ = utf8.DecodeLastRune(d)
			k = kindOf(r)
		}
		return k
	}
	return apart
}

func kindAfter(text string, i int) kind {
	for n := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case r == '_':
			if n++; n == far {
				return apart
			}
			i += size
			continue
		case r < utf8.RuneSelf:
			return kinds[r]
		case dropped(r):
			i += size
			continue
		case r == utf8.RuneError:
			return apart
		}
		k := kindOf(r)
		if d := letters(text[i:], k); d != nil {
			r, _ = utf8.DecodeRune(d)
			k = kindOf(r)
		}
		return k
	}
	return apart
}

// letters gives what a symbol at the beginning of text folds to, such as a circled letter; nil for anything else.
func letters(text string, k kind) []byte {
	if k != apart || text[0] < 0xE2 {
		return nil
	}
	r, _ := utf8.DecodeRuneInString(text)
	if _, ok := sign(r); ok {
		return nil
	}
	if d := norm.NFKC.PropertiesString(text).Decomposition(); len(d) > 0 && d[0] != ' ' {
		return d
	}
	return nil
}
