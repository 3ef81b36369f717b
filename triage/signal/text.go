package signal

import (
	"math/bits"
	"strings"
)

// A Text is one text cut into words, with what the lists say about each. The zero Text is ready for Lists.Read; it may
// be read into again and again, which saves its memory. A Text is for one goroutine. The text is cut and looked up
// once, by Lists.Read; a signal is worked out when it is asked for.
type Text struct {
	source string
	lang   *language // nil when no language has been read with
	name   string
	words  []word
	folded []byte // the text in small letters, and behind it the words that are folded otherwise
	blocks []block
	spans  []Span
	finds  []find
	moods  []mood  // once the words know their feeling
	in     set     // lists that some find stands in
	odd    []int32 // places where a word may be masked

	tallies
}

// Tallies are what is counted while a text is cut and looked up.
type tallies struct {
	shouts, asks  int  // exclamation and question marks
	lower         bool // some word is not in capitals
	shouted       int  // words in capitals
	singles       int  // words of one letter
	emoji         int  // how many of words are emoji or faces
	links, mails  int
	codes, money  int  // numbers of five digits and more, words of capitals and digits; amounts
	felt, praised bool // the words know their feeling, their praise
	tags          bool // some words stand in a hashtag
	unheard       bool // nobody said which language it is, and none was found
	contrast      int  // the last word after which the writer says what he means, -1 for none
}

// Read cuts the text into words and looks each up in the lists of the language: a BCP 47 tag, of which the base counts.
// For an empty tag the language is guessed from the little words. In a language without lists only emoji are read.
func (l *Lists) Read(t *Text, text, lang string) {
	t.cut(text)
	if len(l.any.steps) == 0 {
		return // the zero Lists know nothing
	}
	for i := range t.words {
		w := &t.words[i]
		if w.id = l.find(t.folded[w.from:cap(t.folded)], int(w.to-w.from)); w.id == 0 && w.to-w.from > 2 {
			l.shortened(t, w)
		}
	}
	g := l.language(t, lang)
	if g == nil {
		t.name, g = "", &l.any
		t.unheard = lang == "" || strings.EqualFold(lang, "und")
	} else {
		t.name = g.name
		if t.tags {
			l.part(t, g)
		}
		if len(t.odd) > 0 || t.singles > 2 {
			l.unmask(t, g)
		}
	}
	t.lang = g
	t.look(g)
}

// shortened looks a lengthened word up with two letters, then with one.
func (l *Lists) shortened(t *Text, w *word) {
	b := t.folded[w.from:w.to]
	if len(b) > longestWord || w.shape&symbol != 0 || !isLong(b) {
		return
	}
	w.shape |= lengthened
	var buf [longestWord + padding]byte
	for keep := 2; keep > 0 && w.id == 0; keep-- {
		w.id = l.find(buf[:], len(shorten(buf[:0], b, keep)))
	}
}

// isLong reports whether some sign comes three times in a row.
func isLong(b []byte) bool {
	for i := 2; i < len(b); i++ {
		if b[i] == b[i-1] && b[i] == b[i-2] {
			return true
		}
	}
	return false
}

// shorten cuts runs of three and more of the same byte down to n.
func shorten(dst, src []byte, n int) []byte {
	for i := 0; i < len(src); {
		j := i
		for j < len(src) && src[j] == src[i] {
			j++
		}
		keep := j - i
		if keep > 2 {
			keep = n
		}
		dst = append(dst, src[i:i+keep]...)
		i = j
	}
	return dst
}

// language picks the lists to read with. Without a tag it is the language with most of its little words in the text; a
// longer text of which no language knows a fifth of the words is in none of them.
func (l *Lists) language(t *Text, tag string) *language {
	if base, _, _ := strings.Cut(tag, "-"); base != "" && !strings.EqualFold(base, "und") {
		for i := range l.langs {
			if strings.EqualFold(l.langs[i].name, base) {
				return &l.langs[i]
			}
		}
		return nil
	}
	var score, known [32]int
	words := 0
	for i := range t.words {
		w := &t.words[i]
		if w.shape&symbol != 0 {
			continue
		}
		words++
		for set := l.known[w.id]; set != 0; set &= set - 1 {
			known[bits.TrailingZeros32(set)]++
		}
		for set := l.common[w.id]; set != 0; set &= set - 1 {
			score[bits.TrailingZeros32(set)] += 2
		}
	}
	best := -1
	for i := range l.langs {
		if known[i] > 0 && (best < 0 || score[i]+known[i] > score[best]+known[best]) {
			best = i
		}
	}
	if best < 0 || words >= 6 && known[best]*5 < words {
		return nil
	}
	return &l.langs[best]
}

// look finds every phrase of every list in one walk over the words.
func (t *Text) look(g *language) {
	words := t.words
	fillTo, bridgeTo := 0, 0
	for i := range words {
		w := &words[i]
		node := g.root(w)
		if node == 0 {
			continue
		}
		for n := i; node != 0; {
			n++
			e := &g.nodes[node]
			if e.lists != 0 {
				t.finds = append(t.finds, find{e.lists, e.weights, int32(i), int32(n)})
				t.in |= e.lists
				if e.lists&rolesOf != 0 {
					t.play(g, i, n, &fillTo, &bridgeTo)
				}
			}
			if !e.longer || n >= len(words) || words[n].shape&(sentence|symbol) != 0 {
				break
			}
			node = g.below(node, e, &words[n])
		}
		if i < fillTo {
			w.roles &^= roleNegates
		}
		if i < bridgeTo {
			w.roles &^= roleVetoes | roleNegates
		}
	}
}

// play notes what the phrase found last, of the words from i to n, does to the words around it.
func (t *Text) play(g *language, i, n int, fillTo, bridgeTo *int) {
	last := &t.words[n-1]
	f := &t.finds[len(t.finds)-1]
	lists := f.lists
	if lists.has(boosts) {
		last.boost = int16(g.weight(f, boosts)) // its last word stands before what it makes stronger
	}
	if lists.has(negates) {
		last.roles |= roleNegates
	}
	if lists.has(contrasts) {
		last.roles |= roleContrasts
		t.contrast = max(t.contrast, n-1)
	}
	if lists.has(vetoes) {
		t.words[i].roles |= roleVetoes
	}
	if lists.has(counts) {
		t.words[i].roles |= roleCounts
	}
	if lists.has(fills) {
		*fillTo = max(*fillTo, n)
	}
	if lists.has(bridges) {
		*bridgeTo = max(*bridgeTo, n)
	}
}

// Lang is the base tag of the lists the text was read with; empty when there were none.
func (t *Text) Lang() string { return t.name }

// Words is how many words the text has; emoji, handles and addresses are none.
func (t *Text) Words() int { return len(t.words) - t.emoji }

// Negated reports whether a negation stands before the word at this byte of the text: at most three words back, within
// the same clause.
func (t *Text) Negated(at int) bool {
	lo, hi := 0, len(t.words)
	for lo < hi {
		if mid := (lo + hi) / 2; int(t.words[mid].end) <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(t.words) && t.negation(lo) >= 0
}

// negation is the word that turns the word at i round, -1 for none.
func (t *Text) negation(i int) int {
	for back := 0; back < 3 && i > 0; back++ {
		if t.words[i].shape&border != 0 || t.words[i].roles&roleContrasts != 0 && back > 0 {
			return -1
		}
		i--
		if t.words[i].roles&roleNegates != 0 {
			return i
		}
	}
	return -1
}

// readable reports whether a signal that is read from list k can be read at all.
func (t *Text) readable(k list) bool {
	return t.name != "" && t.lang.has.has(k) && len(t.words) > t.emoji
}

// each calls f with every phrase of list k: of two that overlap the first, of two that begin together the longer.
func (t *Text) each(k list, f func(*find, int)) {
	from := int32(0)
	t.every(k, func(x *find, weight int) {
		if x.first >= from {
			from = x.end
			f(x, weight)
		}
	})
}

// every calls f with every phrase of list k and its weight: of two that begin together the longer.
func (t *Text) every(k list, f func(*find, int)) {
	if !t.in.has(k) {
		return
	}
	for i := 0; i < len(t.finds); {
		var best *find
		first := t.finds[i].first
		for ; i < len(t.finds) && t.finds[i].first == first; i++ {
			if t.finds[i].lists.has(k) {
				best = &t.finds[i]
			}
		}
		if best != nil {
			f(best, t.lang.weight(best, k))
		}
	}
}
