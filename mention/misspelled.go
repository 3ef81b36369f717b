package mention

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/lexis"
)

// A search looks for misspelled names in one text.
type search struct {
	m     *Matcher
	text  string
	from  int // hits[from:exact] are of this text, in the order of their ends
	exact int
	hits  []Hit
	window
}

// misspelled appends the misspelled names in text to hits, of which those from on are of this text.
func (m *Matcher) misspelled(hits []Hit, from int, text string) []Hit {
	s := search{m: m, text: text, from: from, exact: len(hits), hits: hits, window: window{most: m.typos.words}}
	s.eachWord(text, m.folding, s.look)
	return s.hits
}

// look looks for names in the last word, and in it joined with those before.
func (s *search) look() {
	t, last := s.m.typos, &s.words[s.n-1]
	if last.to < 0 {
		return
	}
	all := bag(0)
	for i := s.n - 1; i >= max(0, s.n-s.most); i-- {
		x, n := &s.words[i], s.n-i
		if last.to-x.from > t.longest+1 { // with the s of an 's
			break
		}
		all = x.bag.and(all)
		name, distance, end := -1, 0, last.end
		if len(t.tables[n-1][last.to-x.from]) > 0 {
			name, distance = t.nearest(&s.letters, x.from, last.to, n, all, sigilBefore(s.text, x.start))
		}
		if last.possessive > 0 { // Acme's is Acme, McDonald's is not McDonald
			less := bagOf(s.runes[x.from : last.to-1])
			other, d := t.nearest(&s.letters, x.from, last.to-1, n, less, sigilBefore(s.text, x.start))
			if other >= 0 && (name < 0 || d <= distance) {
				name, distance, end = other, d, last.end-last.possessive
			}
		}
		if name >= 0 {
			s.found(i, end, name, distance)
		}
	}
}

// found adds a hit of the words from i on, unless they are everyday words that only look like the name, or a word more
// makes nothing of "my" and a misspelled name but a longer misspelling.
func (s *search) found(i, end, name, distance int) {
	first, x := &s.words[i], &s.m.typos.names[name]
	subject := &s.m.subjects[x.subject]
	h := Hit{Subject: subject.Name, Kind: subject.Kind, Start: first.start, End: end, Spelling: Misspelled, Distance: distance}
	if distance == 0 {
		h.Spelling = Folded // only what stands between the words differs, if anything
		if slices.ContainsFunc(s.words[i:s.n], func(x textWord) bool { return x.masked }) {
			h.Spelling = LookAlike
		}
	}
	if !lexis.Border(s.text, h.Start) || !lexis.Border(s.text, end) || x.host && !isHost(s.text, h.Start, end) {
		return
	}
	if x.sigil != 0 {
		h.Start-- // an ASCII sign
	}
	if s.better(h) || distance > 0 && !named(s.text, first.start, first.end) && s.everyday(i) &&
		!(s.m.nearby && s.besideContext(h)) {
		return
	}
	s.hits = append(s.hits, h)
}

// everyday reports whether all words from the one at i on are everyday words.
func (s *search) everyday(i int) bool {
	for k := i; k < s.n; k++ {
		x := &s.words[k]
		if !s.window.everyday(x) && !(s.m.folding.StripAccents && everyday(s.text[x.start:x.end])) {
			return false
		}
	}
	return true
}

// better reports whether the same subject was found inside h just before, no further away.
func (s *search) better(h Hit) bool {
	for i := len(s.hits) - 1; i >= max(s.exact, len(s.hits)-maxWords); i-- {
		x := &s.hits[i]
		if x.Spelling == Misspelled && x.Subject == h.Subject && h.Start <= x.Start && x.End <= h.End && x.Distance <= h.Distance {
			return true
		}
	}
	return false
}

// besideContext reports whether a word of the subject's Near stands right beside h, with no other word between.
func (s *search) besideContext(h Hit) bool {
	all := s.hits[s.from:s.exact]
	i, _ := slices.BinarySearchFunc(all, h.Start-reach, func(x Hit, at int) int { return x.End - at })
	for ; i < len(all) && all[i].End < h.End+reach; i++ {
		x := &all[i]
		if x.Spelling != "" || x.Distance != nearing || x.Subject != h.Subject {
			continue
		}
		if x.End <= h.Start && words(s.text[x.End:h.Start], 0) == 0 || h.End <= x.Start && words(s.text[h.End:x.Start], 0) == 0 {
			return true
		}
	}
	return false
}

// words counts the words of a text, up to one more than most.
func words(text string, most int) (n int) {
	for scan := lexis.Words(text); n <= most && scan.Next(); {
		n++
	}
	return n
}

func sigilBefore(text string, i int) byte {
	if i > 0 && (text[i-1] == '@' || text[i-1] == '#') {
		return text[i-1]
	}
	return 0
}

// named reports whether the word at text[start:end] is written like a name: with a capital where no sentence begins,
// and not in a text that shouts. A handle or hashtag of an everyday word is that word.
func named(text string, start, end int) bool {
	r, _ := utf8.DecodeRuneInString(text[start:])
	if !unicode.IsUpper(r) || sigilBefore(text, start) != 0 {
		return false
	}
	before := strings.TrimRightFunc(text[max(0, start-64):start], func(r rune) bool {
		return unicode.IsSpace(r) && r != '\n' || strings.ContainsRune("\"'“”‘’(*_", r)
	})
	r, _ = utf8.DecodeLastRuneInString(before)
	if before == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ',' && r != '&' && r != '-' {
		return false // a sentence begins, or nobody can tell
	}
	word := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
	return !shouted(text[start:end]) || !shouted(word)
}

// shouted reports whether a word has capitals and no small letters.
func shouted(word string) bool {
	capitals := false
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		capitals = capitals || unicode.IsUpper(r)
	}
	return capitals
}
