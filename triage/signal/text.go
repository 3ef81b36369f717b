package signal

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

const (
	longestPhrase = 6  // words of an entry
	longestFace   = 3  // signs of a face
	longestWord   = 40 // bytes of a folded word that is looked up; nothing longer is in a list
)

// A Text is one text cut into words, with what the lists say about each. The zero Text is ready for Lists.Read; it may
// be read into again and again, which saves its memory. A Text is for one goroutine.
type Text struct {
	lang   string
	words  []word
	folded []byte // the folded words, one after the other
	spans  []Span

	shouts, asks int  // exclamation and question marks
	lower        bool // some word is not in capitals
	emoji, felt  int  // how many of words are emoji or faces, and how many of them are in a list
}

// A word is one word, emoji or face of the text.
type word struct {
	start, end int32 // in the text
	from, to   int32 // in folded; empty for an emoji
	id         int32
	feeling    int16
	boost      int16
	praise     int16
	question   int16
	marks      mark
	shape      shape
	feelEnd    uint8 // words of the phrase that feels
	praiseEnd  uint8
}

// A shape is how a word is written and what stands before it.
type shape uint8

const (
	capitals shape = 1 << iota
	lengthened
	border   // a clause ends before it
	sentence // a sentence ends before it
	symbol   // an emoji or a face
	covered  // a longer phrase has taken its feeling
	asked    // a question mark follows it
)

// Read cuts the text into words and looks each up in the lists of the language: a BCP 47 tag, of which the base counts.
// For an empty tag the language is guessed from the little words. In a language without lists only emoji are read.
func (l *Lists) Read(t *Text, text, lang string) {
	t.cut(text)
	for i := range t.words {
		w := &t.words[i]
		if w.shape&symbol != 0 {
			if f, ok := l.symbol(text[w.start:w.end]); ok {
				w.feeling, w.feelEnd = f, 1
				t.felt++
			}
			continue
		}
		w.id = l.find(t.folded[w.from:w.to], w.shape&lengthened != 0)
	}
	g := l.language(t, lang)
	if g == nil {
		t.lang = ""
		return
	}
	t.lang = g.name
	g.mark(t.words)
}

// find is the number of a word, 0 when no list has it. A lengthened word is tried with two letters, then with one.
func (l *Lists) find(folded []byte, long bool) int32 {
	if len(folded) > longestWord {
		return 0
	}
	if id := l.ids[string(folded)]; id != 0 || !long {
		return id
	}
	var buf [longestWord]byte
	if id := l.ids[string(shorten(buf[:0], folded, 2))]; id != 0 {
		return id
	}
	return l.ids[string(shorten(buf[:0], folded, 1))]
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

// symbol is the feeling of an emoji or a face that stands in a list.
func (l *Lists) symbol(s string) (feeling int16, ok bool) {
	if s[0] < utf8.RuneSelf {
		feeling, ok = l.faces[s]
		return feeling, ok
	}
	r, _ := utf8.DecodeRuneInString(s)
	feeling, ok = l.emoji[r]
	return feeling, ok
}

// language picks the lists to read with. Without a tag it is the language with most of its little words in the text; a
// longer text of which no language knows a fifth of the words is in none of them.
func (l *Lists) language(t *Text, tag string) *language {
	if base, _, _ := strings.Cut(strings.ToLower(tag), "-"); base != "" && base != "und" {
		for i := range l.langs {
			if l.langs[i].name == base {
				return &l.langs[i]
			}
		}
		return nil
	}
	var score, known [32]int
	words := 0
	for _, w := range t.words {
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

// mark writes into every word what the language says about it and about the phrases that begin with it. Of two phrases
// that feel (or praise) and overlap the first counts, of two that begin together the longer.
func (g *language) mark(words []word) {
	feelFrom, praiseFrom, fillTo, bridgeTo := 0, 0, 0, 0
	for i := range words {
		w := &words[i]
		if w.shape&symbol != 0 {
			continue
		}
		node := g.first[w.id]
		var feel, praise *entry
		feelTo, praiseTo := 0, 0
		for n := i; node != 0; {
			n++
			e := &g.nodes[node]
			if e.marks&feels != 0 && i >= feelFrom {
				feel, feelTo = e, n
			}
			if e.marks&praises != 0 && i >= praiseFrom {
				praise, praiseTo = e, n
			}
			if e.marks&boosts != 0 {
				words[n-1].boost = e.boost // the last word of it stands before what it makes stronger
			}
			if e.marks&asks != 0 {
				w.question = e.question
			}
			if e.marks&fills != 0 {
				fillTo = max(fillTo, n)
			}
			if e.marks&bridges != 0 {
				bridgeTo = max(bridgeTo, n)
			}
			words[n-1].marks |= e.marks & (negates | contrasts | littles)
			w.marks |= e.marks & (vetoes | counts)
			if !e.longer || n >= len(words) || words[n].shape&(sentence|symbol) != 0 {
				break
			}
			node = g.next[uint64(node)<<32|uint64(words[n].id)]
		}
		if i < fillTo {
			w.marks &^= negates
		}
		if i < bridgeTo {
			w.marks &^= vetoes | negates
		}
		if feel != nil {
			w.feeling, w.feelEnd, feelFrom = feel.feeling, uint8(feelTo-i), feelTo
		} else if i < feelFrom {
			w.shape |= covered
		}
		if praise != nil {
			w.praise, w.praiseEnd, praiseFrom = praise.praise, uint8(praiseTo-i), praiseTo
		}
	}
}

// Lang is the base tag of the lists the text was read with; empty when there were none.
func (t *Text) Lang() string { return t.lang }

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
	return lo < len(t.words) && t.negated(lo)
}

func (t *Text) negated(i int) bool {
	for back := 0; back < 3 && i > 0; back++ {
		if t.words[i].shape&border != 0 || t.words[i].marks&contrasts != 0 && back > 0 {
			return false
		}
		i--
		if t.words[i].marks&negates != 0 {
			return true
		}
	}
	return false
}
