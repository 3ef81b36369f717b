package signal

import "slices"

const (
	shortestTag = 6    // letters of a hashtag in one run that is parted
	shortestIts = 4    // letters of the word in it that feels
	leastInTag  = 200  // what that word weighs at least, either way
	bluntInTag  = -300 // what it weighs at most where it is one of the shortest
	worstInTag  = -400 // what it weighs at most where it comes first
	mostTags    = 8    // hashtags that are parted in one text
)

// part cuts hashtags that are written in one run of letters: #airlinesucks. The last word of it feels something; what
// stands before it are words of the lists, or one that no list has: a name. Words of abuse are not looked for, so that
// #therapist stays himself.
func (l *Lists) part(t *Text, g *language) {
	for i, left := 0, mostTags; i < len(t.words) && left > 0; i++ {
		w := t.words[i]
		if w.shape&tagged == 0 || w.id != 0 || w.to-w.from < shortestTag || w.to-w.from > longestWord || w.end-w.start != w.to-w.from {
			continue
		}
		left--
		begin := l.feelingEnd(t, g, w)
		if begin == 0 {
			begin = l.worstStart(t, g, w)
		}
		if begin == 0 {
			continue
		}
		rest := w
		rest.from, rest.start, rest.shape = w.from+begin, w.start+begin, w.shape&^(border|sentence)
		rest.id = l.find(t.folded[rest.from:cap(t.folded)], int(rest.to-rest.from))
		t.words[i].to, t.words[i].end = rest.from, rest.start
		t.words[i].shape &^= asked
		t.words[i].id = l.find(t.folded[w.from:cap(t.folded)], int(begin))
		t.words = slices.Insert(t.words, i+1, rest)
		i++
	}
}

// feelingEnd is where the longest word that feels begins at the end of a hashtag, 0 for none. What stands before it has
// three letters and more.
func (l *Lists) feelingEnd(t *Text, g *language, w word) int32 {
	for begin := int32(3); w.to-w.from-begin >= shortestIts; begin++ {
		f := l.feelingOf(t, g, w.from+begin, w.to)
		if f <= bluntInTag || w.to-w.from-begin > shortestIts && (f >= leastInTag || f <= -leastInTag) {
			return begin // "hate", but not "hell" in "seashell" or "fast" in "breakfast"
		}
	}
	return 0
}

// worstStart is where a very bad word ends with which a hashtag begins (#worstairline), 0 for none. Good ones are not
// looked for: there are shops of their names.
func (l *Lists) worstStart(t *Text, g *language, w word) int32 {
	for end := w.to - w.from - 3; end >= shortestIts; end-- {
		if l.feelingOf(t, g, w.from, w.from+end) <= worstInTag {
			return end
		}
	}
	return 0
}

// feelingOf is what the sentiment says of a word, 0 where it is a word of abuse.
func (l *Lists) feelingOf(t *Text, g *language, from, to int32) int16 {
	id := l.find(t.folded[from:cap(t.folded)], int(to-from))
	if id == 0 || id >= g.top {
		return 0
	}
	e := &g.nodes[id]
	if !e.lists.has(feels) || e.lists&(1<<slurs|1<<obscene) != 0 {
		return 0
	}
	return g.weights[e.weights]
}
