package lexis

import "unicode/utf8"

// maxWord is the longest folded word that a Scanner gives, in bytes.
const maxWord = 128

// A Scanner walks the words of a text. A word is a run of letters, digits and marks between borders; an apostrophe
// between two of its characters belongs to it (don't), a hyphen does not. In scripts without spaces each rune is a
// word. Of a rune that folds to several words (½) only the first is one.
type Scanner struct {
	Start, End int // the word in hand is text[Start:End]

	folder Folder
	held   bool // the folder has gone one rune too far: hr, hs, he
	hr     rune
	hs, he int
	n      int
	buf    [maxWord]byte
}

// Words starts a walk over the words of text with the zero Folding.
func Words(text string) Scanner { return Folding{}.Words(text) }

// Words starts a walk over the words of text.
func (f Folding) Words(text string) Scanner { return Scanner{folder: f.Folder(text)} }

// Next moves to the next word and reports whether there is one.
func (s *Scanner) Next() bool {
	if s.n = 0; s.plain() {
		return true
	}
	var have kind
	apostrophe := -1 // where one ended that may belong to the word
	for {
		r, start, end, ok := s.rune()
		if !ok {
			return have != apart
		}
		switch k := kindOf(r); {
		case have == apart && (k == apart || start < s.End): // the rest of a rune that the word before ended with, as in ½
			continue
		case have == apart:
			s.Start, have = start, k
			if k == free {
				s.put(r, end)
				return true
			}
		case r == '\'' && apostrophe < 0:
			apostrophe = end
			continue
		case k == apart, apartOf(have, k), apostrophe >= 0 && apostrophe != start:
			s.held, s.hr, s.hs, s.he = true, r, start, end
			return true
		case apostrophe >= 0:
			s.put('\'', apostrophe)
			apostrophe = -1
		}
		s.put(r, end)
	}
}

// plain is Next where that is a word of ASCII letters and digits and what follows is ASCII and no apostrophe.
func (s *Scanner) plain() bool {
	f, text := &s.folder, s.folder.text
	if s.held || f.i != f.n {
		return false
	}
	p := f.pos
	for p < len(text) && text[p] < utf8.RuneSelf && kinds[text[p]] == apart {
		p++
	}
	q := p
	for q < len(text) && text[q] < utf8.RuneSelf && kinds[text[q]] == word {
		q++
	}
	n := q - p
	if n == 0 || n > maxWord-utf8.UTFMax || q < len(text) && (text[q] >= utf8.RuneSelf || ascii[text[q]] == '\'') {
		return false
	}
	for i, c := range []byte(text[p:q]) {
		s.buf[i] = ascii[c&0x7F]
	}
	s.Start, s.End, s.n, f.pos = p, q, n, q
	return true
}

func (s *Scanner) rune() (r rune, start, end int, ok bool) {
	if s.held {
		s.held = false
		return s.hr, s.hs, s.he, true
	}
	return s.folder.Next()
}

func (s *Scanner) put(r rune, end int) {
	s.End = end
	if s.n < 0 || s.n+utf8.UTFMax > maxWord {
		s.n = -1
		return
	}
	s.n += utf8.EncodeRune(s.buf[s.n:], r)
}

// Folded is the folded word, valid until Next. It is nil for a word of more than some 120 bytes, which no dictionary
// has.
func (s *Scanner) Folded() []byte {
	if s.n < 0 {
		return nil
	}
	return s.buf[:s.n]
}
