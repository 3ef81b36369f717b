package lexis

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// A Match is a place where a pattern stands: text[Start:End], which folds to what the pattern folds to,
// but for look-alikes. It begins and ends at the borders of runes.
type Match struct {
	ID         int  // of the pattern
	Start, End int  // in bytes
	Alike      bool // a look-alike stands for one of its letters
}

// Append appends all matches in text to dst, also those that overlap, by End and then the longest first. It allocates
// nothing but what dst needs to grow.
func (a *Automaton) Append(dst []Match, text string) []Match {
	w := walk{a: a, text: text, dst: dst}
	w.all(nil)
	return w.dst
}

// Each calls yield with every match in the order of Append until it returns false. It allocates nothing.
func (a *Automaton) Each(text string, yield func(Match) bool) {
	w := walk{a: a, text: text}
	w.all(yield)
}

// A walk goes over a text: through its plain parts from word to word, through all others rune by rune.
type walk struct {
	a    *Automaton
	text string
	dst  []Match // where matches go, unless there is somebody to yield them to

	at int // where to go on

	// Into what is not plain: the text from from to at is one folded rune a byte and has led to state, and what is not
	// plain does not end before until.
	from, until int
	state       uint32
}

// An outcome is what a part of a walk ends with.
type outcome uint8

const (
	onward   outcome = iota // nothing is open, and what comes next is plain
	intoWide                // what comes next is not plain
	stopped                 // yield has had enough
)

func (w *walk) all(yield func(Match) bool) {
	if len(w.a.pats) > 0 && w.plain(yield) == intoWide {
		w.mixed(yield)
	}
}

// mixed goes on where the text is not plain, to its end.
func (w *walk) mixed(yield func(Match) bool) {
	var r wideWalk
	for r.run(w, yield) == onward && w.at < len(w.text) && w.plain(yield) == intoWide {
	}
}

// plain looks for words that a pattern may begin with, and follows them. What is not ASCII is left to a wideWalk, with
// the word or the signs before it.
func (w *walk) plain(yield func(Match) bool) outcome {
	g, text := &w.a.gate, []byte(w.text)
	pos := w.at
	for pos < len(text) {
		words, wide := masks(text, pos)
		starts := words &^ (words << 1)
		if pos > 0 && text[pos-1] < utf8.RuneSelf && kinds[text[pos-1]] == word {
			starts &^= 1
		}
		digits := uint64(0)
		if g.disguises {
			digits = digitMask(text, pos)
		}
		if g.odds {
			starts |= g.oddOnes(text, pos)
		}
		end := bits.TrailingZeros64(wide) // what is looked at ends here, or at 64
		starts &= wide&-wide - 1
		for starts != 0 {
			i := bits.TrailingZeros64(starts)
			starts &= starts - 1
			n := bits.TrailingZeros64(^(words >> i))
			at := pos + i
			if i+n < end && n > 0 && at+n+8 <= len(text) && g.stems == nil {
				// The common case, without a call.
				beyond := max(n-8, 0)
				h := hash(binary.LittleEndian.Uint64(text[at:]), binary.LittleEndian.Uint64(text[at+beyond:]), n-beyond)
				if !(g.knows(h) && g.goesOn(h, text[at:], n, words>>i, digits>>i, end-i)) &&
					!(g.disguises && disguised(text, at, n, digits>>i)) {
					continue
				}
			} else if i+n < end && n > 0 && !g.enters(text, at, n, words>>i, digits>>i, end-i) {
				continue
			}
			switch {
			case i+n < end:
			case wide != 0:
				w.wide(max(w.at, at-2), pos+end)
				return intoWide
			case i > 0 && pos+64 < len(text): // the word goes on, or may: look at the whole
				end, starts = i, 0
				continue
			case pos+64 == len(text) && !g.enters(text, at, n, words>>i, digits>>i, 64-i):
				continue
			}
			if how := w.follow(at, yield); how != onward {
				return how
			}
			if done := w.at - pos; done >= 64 {
				end, starts = done, 0
			} else {
				starts &= ^uint64(0) << done
			}
		}
		if wide != 0 {
			w.wide(max(w.at, pos+end-2), pos+end)
			return intoWide
		}
		pos += end
	}
	w.at = len(text)
	return onward
}

// wide leaves the text from from on to a wideWalk.
func (w *walk) wide(from, until int) { w.from, w.at, w.until, w.state = from, from, until, 0 }

// follow walks the automaton from the word or sign at start, with the signs before it if patterns begin with such, until
// nothing is open.
func (w *walk) follow(start int, yield func(Match) bool) outcome {
	a, text, state := w.a, w.text, uint32(0)
	from := start
	if a.gate.disguises && from > w.at && text[from-1] == '$' {
		from--
	}
	if from > w.at && text[from-1] < utf8.RuneSelf && a.gate.lead[ascii[text[from-1]]] {
		from--
	}
	for i := from; i < len(text); i++ {
		class, before := a.bytes[text[i]], state
		for {
			if state == 0 {
				if i > start {
					w.at = i
					return onward
				}
				state = a.root[class]
				break
			}
			if to := a.child(state, class); to != 0 {
				state = to
				break
			}
			state = a.side(state).fail
		}
		if i+1 < len(text) && (text[i+1] >= utf8.RuneSelf || whiteASCII(text[i]) && whiteASCII(text[i+1])) {
			w.from, w.at, w.until, w.state = from, i, i+1, before
			return intoWide
		}
		if a.hit(state) && !w.report(state, i+1, nil, 0, yield) {
			return stopped
		}
	}
	w.at = len(text)
	return onward
}

// A wideWalk goes over text of any kind, rune by rune.
type wideWalk struct {
	folder Folder
	// Where the last folded runes began, as the low 32 bits of their offsets: enough to tell the length of a match, and
	// half the memory.
	starts [256]uint32
}

// run walks until nothing is open and what follows is plain.
func (r *wideWalk) run(w *walk, yield func(Match) bool) outcome {
	a, text, state, f := w.a, w.text, w.state, &r.folder
	f.text, f.pos, f.strip, f.i, f.n = text, w.at, a.strip, 0, 0
	k := w.at - w.from - 1 // the number of the folded rune in hand
	for i := max(w.from, w.at-len(r.starts)); i < w.at; i++ {
		r.starts[(i-w.from)&255] = uint32(i)
	}
	for {
		if state == 0 && f.i == f.n && f.pos > w.until && load([]byte(text), f.pos)&tops == 0 {
			w.at = f.pos
			return onward
		}
		c, start, end, ok := f.Next()
		if !ok {
			w.at = len(text)
			return onward
		}
		k++
		r.starts[k&255] = uint32(start)
		state = a.step(state, a.class(c))
		if a.hit(state) && f.i == f.n && !w.report(state, end, r, k, yield) {
			return stopped
		}
	}
}

// report gives out the matches that end at end in that state. The last folded rune is the k-th of r, or without r each
// is one byte.
func (w *walk) report(state uint32, end int, r *wideWalk, k int, yield func(Match) bool) bool {
	a := w.a
	for s := a.side(state); s.fail != 0 || s.out < s.end; s = a.side(s.link) {
		for n := s.out; n < s.end; n++ {
			p := &a.pats[n]
			start := end - int(p.runes)
			if r != nil {
				first := k - int(p.runes) + 1
				low := r.starts[first&255]
				if first > 0 && r.starts[(first-1)&255] == low {
					continue // it would begin inside a rune that folds to several
				}
				start = end - int(uint32(end)-low)
			}
			if !p.stem && !Border(w.text, end) || !Border(w.text, start) || p.sigil && kindBefore(w.text, start) == word {
				continue
			}
			m := Match{ID: p.id, Start: start, End: end}
			if a.alikes != nil {
				ok := false
				if m.Alike, ok = a.compare(p, w.text, start, end); !ok {
					continue
				}
			}
			if yield == nil {
				w.dst = append(w.dst, m)
			} else if !yield(m) {
				return false
			}
		}
	}
	return true
}
