package group

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

const (
	fewestHalves = 16 // half words in a text, so that it can be told from others
	fewestPairs  = 7  // different pairs of neighbours in it
)

// Of takes the fingerprint of a text. Of a text that is too short to tell it is zero.
func Of(text string) Fingerprint {
	var f Fingerprint
	var last uint64
	halves := 0
	for piece := range prose(text) {
		words := lexis.Folding{StripAccents: true}.Words(piece)
		for words.Next() {
			w := words.Folded()
			if noise(w) {
				continue
			}
			h := hashWord(w)
			if halves > 0 {
				f.put(pair(last, h))
			}
			last = h
			halves += weight(w)
		}
	}
	if halves < fewestHalves || f.n < fewestPairs {
		return Fingerprint{}
	}
	return f
}

// weight is 2 for a word, and 1 for a letter of a script that has no spaces, where words have about two.
func weight(w []byte) int {
	if _, size := utf8.DecodeRune(w); size >= 3 && size == len(w) {
		return 1
	}
	return 2
}

// noise says whether a folded word is no part of what is said: what a platform puts around a forwarded text, what is
// left of a torn link or of mark-up, numbers of any kind, and words that are longer than words.
func noise(w []byte) bool {
	switch string(w) {
	case "", "rt", "via", "http", "https", "amp", "lt", "gt", "quot":
		return true
	}
	for rest := w; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if unicode.IsDigit(r) {
			return true
		}
		rest = rest[size:]
	}
	return false
}

// hashWord is FNV-1a, 64 bits, of a word without its apostrophes: dont is don't.
func hashWord(w []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range w {
		if b != '\'' {
			h = (h ^ uint64(b)) * 1099511628211
		}
	}
	return h
}

// pair hashes two neighbours in their order: the finalizer of MurmurHash3 over both, the upper half of it.
func pair(a, b uint64) uint32 {
	h := a*0x9e3779b97f4a7c15 + b
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return uint32((h ^ h>>33) >> 32)
}

// prose gives what is left of a text without handles, addresses and URLs, piece by piece.
func prose(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for field := range strings.FieldsSeq(text) {
			if isHost(field) {
				continue
			}
			for field != "" {
				start, end := reference(field)
				if start > 0 && !yield(field[:start]) {
					return
				}
				field = field[end:]
			}
		}
	}
}

// reference finds the first handle, address or URL of a field, which has no white space in it. Without one both ends
// are the field's length.
func reference(field string) (start, end int) {
	for i := range len(field) {
		switch rest := field[i:]; {
		case strings.HasPrefix(rest, "://"):
			return back(field, i, isLetter), forward(field, i, isURL)
		case rest[0] == '@':
			return back(field, i, isAddress), forward(field, i+1, isAddress)
		case strings.HasPrefix(rest, wideAt):
			return back(field, i, isAddress), forward(field, i+len(wideAt), isAddress)
		}
	}
	return len(field), len(field)
}

const wideAt = "\uff20"

// isHost says whether a field is a link without a scheme: www.acme.com, or pic.example.com/x.
func isHost(field string) bool {
	field = strings.TrimLeft(field, `("'[<`)
	if len(field) > 4 && strings.EqualFold(field[:4], "www.") {
		return true
	}
	host, _, slash := strings.Cut(field, "/")
	dot := strings.LastIndexByte(host, '.')
	return slash && dot > 0 && len(host)-dot > 2 && forward(host, 0, isAddress) == len(host)
}

func back(s string, from int, is func(byte) bool) int {
	for from > 0 && is(s[from-1]) {
		from--
	}
	return from
}

func forward(s string, from int, is func(byte) bool) int {
	for from < len(s) && is(s[from]) {
		from++
	}
	return from
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func isAddress(b byte) bool {
	return isLetter(b) || '0' <= b && b <= '9' || b == '_' || b == '.' || b == '-' || b == '+'
}

func isURL(b byte) bool { return ' ' < b && b < utf8.RuneSelf && b != '<' && b != '>' && b != '"' }
