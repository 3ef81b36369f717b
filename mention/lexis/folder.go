package lexis

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folding says what is set aside when text is compared, beyond what always is. The zero value keeps accents apart.
type Folding struct {
	// StripAccents makes é like e and ø like o. Marks that are letters of their own (й, Kana, Indic and Hebrew signs)
	// stay.
	StripAccents bool
}

// Fold returns the folded text, for use as a key. It is idempotent, but for a letter under more than twenty marks.
func (f Folding) Fold(text string) string {
	out := make([]byte, 0, len(text))
	walk := f.Folder(text)
	for {
		r, _, _, ok := walk.Next()
		if !ok {
			return string(out)
		}
		out = utf8.AppendRune(out, r)
	}
}

// maxUnit is how many runes one unit may fold to. A letter under a heap of marks is cut into several units there.
const maxUnit = 40

// A Folder walks a text and gives its folded runes. It reads a unit at a time: a rune with the marks that follow it,
// or a run of white space. A copy of a Folder walks on by itself.
type Folder struct {
	text       string
	pos        int // where the next unit is looked for
	start, end int // the unit in hand
	i, n       int // its folded runes are buf[i:n]
	strip      bool
	buf        [maxUnit]rune
	class      [maxUnit]uint8 // the canonical combining classes, while a unit is made
}

// Folder starts a walk over text.
func (f Folding) Folder(text string) Folder { return Folder{text: text, strip: f.StripAccents} }

// Next gives the next folded rune and the bytes of the text that it stands for, text[start:end]. Where one rune folds
// to several (½, ß) they stand for the same bytes. At the end ok is false, and start and end are the text's length.
func (f *Folder) Next() (r rune, start, end int, ok bool) {
	if f.i == f.n {
		if p := f.pos; p+1 < len(f.text) && f.text[p] < utf8.RuneSelf && f.text[p+1] < utf8.RuneSelf && !whiteASCII(f.text[p]) {
			f.pos = p + 1
			return rune(ascii[f.text[p]]), p, p + 1, true
		}
		if !f.unit() {
			return 0, len(f.text), len(f.text), false
		}
	}
	r = f.buf[f.i]
	f.i++
	return r, f.start, f.end, true
}

// unit reads the next unit that leaves anything when folded.
func (f *Folder) unit() bool {
	for f.pos < len(f.text) {
		if c := f.text[f.pos]; c < utf8.RuneSelf && !whiteASCII(c) &&
			(f.pos+1 == len(f.text) || f.text[f.pos+1] < utf8.RuneSelf) {
			f.start, f.end = f.pos, f.pos+1
			f.buf[0], f.i, f.n = rune(ascii[c]), 0, 1
			f.pos++
			return true
		}
		f.i, f.n = 0, 0
		if f.wide(); f.n > 0 {
			return true
		}
	}
	return false
}

// wide reads a unit that is not one plain ASCII character.
func (f *Folder) wide() {
	r, size := utf8.DecodeRuneInString(f.text[f.pos:])
	f.start = f.pos
	f.pos += size
	f.end = f.pos
	switch {
	case r == utf8.RuneError:
		f.buf[0], f.n = r, 1
		return
	case white(r):
		f.white()
		return
	case dropped(r):
		return
	}
	mark := f.mark()
	if mark == f.pos {
		if folded := f.known(r); folded != 0 {
			f.buf[0], f.n = folded, 1
			return
		}
	}
	f.decompose(f.start, r)
	for mark > f.pos && f.n < maxUnit-4 {
		r, size = utf8.DecodeRuneInString(f.text[mark-f.markSize(mark) : mark])
		f.decompose(mark-size, r)
		f.pos, f.end = mark, mark
		mark = f.mark()
	}
	f.recompose()
}

// known gives the folded form of a rune that stands alone, if that is one rune and quickly found; else 0.
func (f *Folder) known(r rune) rune {
	switch {
	case r < tableEnd:
		if f.strip {
			return tables[1][r]
		}
		return tables[0][r]
	case 0x4E00 <= r && r <= 0x9FFF, 0xAC00 <= r && r <= 0xD7A3, 0x3041 <= r && r <= 0x3096, 0x30A1 <= r && r <= 0x30FA,
		0x1F300 <= r && r <= 0x1FAFF, 0x2600 <= r && r <= 0x27BF:
		return r
	case 0x2010 <= r && r <= 0x2015, 0x2018 <= r && r <= 0x201F:
		folded, _ := sign(r)
		return folded
	}
	return 0
}

// mark gives the end of the rune after the unit if that rune combines with it, else the position itself. Runes that
// are dropped may stand between.
func (f *Folder) mark() int {
	for p := f.pos; p < len(f.text) && f.text[p] >= utf8.RuneSelf; {
		r, size := utf8.DecodeRuneInString(f.text[p:])
		switch {
		case dropped(r):
			p += size
			continue
		case r < 0x300, 0x370 <= r && r < 0x483, 0x3041 <= r && r < 0x3099, 0x309B <= r && r < 0xA000, 0xAC00 <= r && r < 0xD7B0,
			0x2010 <= r && r < 0x20D0, 0x1F000 <= r && r < 0x1FB00, r == utf8.RuneError,
			norm.NFKC.PropertiesString(f.text[p:]).BoundaryBefore():
			return f.pos
		}
		return p + size
	}
	return f.pos
}

// markSize is the length of the rune that ends at p.
func (f *Folder) markSize(p int) int {
	_, size := utf8.DecodeLastRuneInString(f.text[:p])
	return size
}

// decompose adds the folded parts of the rune r, which stands at the position at, to the unit.
func (f *Folder) decompose(at int, r rune) {
	if _, ok := sign(r); ok || r < utf8.RuneSelf {
		f.push(r, 0)
		return
	}
	p := norm.NFKC.PropertiesString(f.text[at:])
	d := p.Decomposition()
	if len(d) > 0 && d[0] == ' ' { // a spacing accent
		d = norm.NFC.PropertiesString(f.text[at:]).Decomposition()
	}
	if len(d) == 0 || f.n+utf8.RuneCount(d)*2 > maxUnit {
		f.push(r, p.CCC())
		return
	}
	for len(d) > 0 {
		part, size := utf8.DecodeRune(d)
		f.push(part, norm.NFC.Properties(d).CCC())
		d = d[size:]
	}
}

// push adds one decomposed rune and its canonical combining class to the unit, its case and sign folded.
func (f *Folder) push(r rune, class uint8) {
	if s, ok := sign(r); ok {
		r = s
	} else {
		r = lower(r)
	}
	last := rune(0)
	if f.n > 0 {
		last = f.buf[f.n-1]
	}
	switch {
	case r == 0x307 && last == 'i': // the dot of a Turkish İ
		return
	case f.strip && accent(r) && !(r == 0x306 && last == 'и'): // й is a letter of its own
		return
	}
	second := rune(0)
	if r == 'ß' {
		r, second = 's', 's'
	} else if f.strip {
		r, second = bare(r)
	}
	f.buf[f.n], f.class[f.n] = r, class
	f.n++
	if second != 0 {
		f.buf[f.n], f.class[f.n] = second, 0
		f.n++
	}
}

// recompose puts the marks of the unit into canonical order and composes it (Unicode, section 3.11).
func (f *Folder) recompose() {
	if f.n < 2 {
		return
	}
	unit, class := f.buf[:f.n], f.class[:f.n]
	for i := 1; i < len(unit); i++ {
		for j := i; j > 0 && class[j] != 0 && class[j-1] > class[j]; j-- {
			unit[j-1], unit[j] = unit[j], unit[j-1]
			class[j-1], class[j] = class[j], class[j-1]
		}
	}
	starter, out, last := 0, 1, uint8(0)
	for i := 1; i < len(unit); i++ {
		c := class[i]
		if last < c || out == starter+1 {
			if r, ok := compose(unit[starter], unit[i]); ok {
				unit[starter] = r
				continue
			}
		}
		if c == 0 {
			starter = out
		}
		last = c
		unit[out] = unit[i]
		out++
	}
	f.n = out
}

// white reads on to the end of a run of white space; dropped runes inside it belong to it.
func (f *Folder) white() {
	f.buf[0], f.n = ' ', 1
	for p := f.pos; p < len(f.text); {
		r, size := utf8.DecodeRuneInString(f.text[p:])
		p += size
		switch {
		case white(r):
			f.pos, f.end = p, p
		case !dropped(r):
			return
		}
	}
}

func whiteASCII(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func white(r rune) bool {
	if r < utf8.RuneSelf {
		return whiteASCII(byte(r))
	}
	return unicode.IsSpace(r)
}

// tables hold the folded forms of the runes below tableEnd that fold to one rune, with and without accents.
const tableEnd = 0x530

var tables = func() (t [2][tableEnd]rune) {
	for strip := range t {
		var table [tableEnd]rune
		for r := range rune(tableEnd) {
			if r < utf8.RuneSelf || dropped(r) {
				continue
			}
			f := Folder{text: string(r), strip: strip == 1}
			f.decompose(0, r)
			if f.recompose(); f.n == 1 {
				table[r] = f.buf[0]
			}
		}
		t[strip] = table
	}
	return t
}()
