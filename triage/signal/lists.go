package signal

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

//go:embed lists
var files embed.FS

// Lists are the word lists of all languages, read once by New. They are immutable and safe for concurrent use.
type Lists struct {
	ids    map[string]int32 // folded word to its number, over all languages
	common []uint32         // by number: the languages (one bit each) that have it among their little words
	known  []uint32         // by number: the languages that have it in any list
	langs  []language       // sorted by name
	emoji  map[rune]int16   // feeling, the same in every language
	faces  map[string]int16 // ":-)" and the like
}

// A language is one folder of lists as a tree of words: the nodes of the first words by number, the others by parent.
type language struct {
	name  string
	first []int32          // by number of the word, 0 is none
	next  map[uint64]int32 // node << 32 | number of the word
	nodes []entry          // nodes[0] is none
}

// An entry is what the lists say about one word or phrase.
type entry struct {
	feeling  int16 // -500 to 500
	boost    int16 // per mille added to the next feeling
	praise   int16 // 0 to 1000
	question int16 // -600 to 900
	marks    mark
	longer   bool // phrases go on from here
}

// A mark is a list without weights that a word stands in.
type mark uint16

const (
	negates mark = 1 << iota
	fills
	contrasts
	vetoes
	bridges
	counts
	littles
	feels // stands in a list with weights, for the four below
	boosts
	praises
	asks
)

// kinds are the files a language's folder may have. A folder without one of them has an empty list.
var kinds = [...]struct {
	file     string
	mark     mark
	weighted bool
}{
	{"sentiment.txt", feels, true},
	{"boosters.txt", boosts, true},
	{"praise.txt", praises, true},
	{"questions.txt", asks, true},
	{"negators.txt", negates, false},
	{"fillers.txt", fills, false},
	{"contrast.txt", contrasts, false},
	{"vetoes.txt", vetoes, false},
	{"bridges.txt", bridges, false},
	{"ordinals.txt", counts, false},
	{"common.txt", littles, false},
}

// New reads the lists that come with the package. An error means that a list itself is wrong: it names the file and
// the entry.
func New() (*Lists, error) {
	sub, err := fs.Sub(files, "lists")
	if err != nil {
		return nil, err
	}
	return Load(sub)
}

// Load reads lists from a file system: one folder per language named by its base tag ("en"), with the files of this
// package's own lists folder, and a folder "any" with emoji.txt. All mistakes are reported at once.
func Load(fsys fs.FS) (*Lists, error) {
	l := &Lists{ids: make(map[string]int32, 4096), emoji: map[rune]int16{}, faces: map[string]int16{}}
	l.number(nil) // 0 is the word that nobody knows
	folders, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	var wrong []error
	for _, folder := range folders {
		switch {
		case !folder.IsDir():
		case folder.Name() == "any":
			wrong = append(wrong, l.loadEmoji(fsys))
		case len(l.langs) == 32:
			wrong = append(wrong, fmt.Errorf("%s: more than 32 languages", folder.Name()))
		default:
			wrong = append(wrong, l.loadLanguage(fsys, folder.Name()))
		}
	}
	for i := range l.langs {
		first := make([]int32, len(l.common))
		copy(first, l.langs[i].first)
		l.langs[i].first = first
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	return l, nil
}

// Languages returns the base tags of the languages that have lists, sorted.
func (l *Lists) Languages() []string {
	names := make([]string, len(l.langs))
	for i, g := range l.langs {
		names[i] = g.name
	}
	return names
}

func (l *Lists) loadLanguage(fsys fs.FS, name string) error {
	bit := uint32(1) << len(l.langs)
	g := language{name: name, next: make(map[uint64]int32, 2048), nodes: make([]entry, 1, 4096)}
	var wrong []error
	var t Text
	for _, kind := range kinds {
		file := path.Join(name, kind.file)
		err := readList(fsys, file, kind.weighted, func(text string, weight int16) error {
			t.cut(text)
			return l.add(&g, bit, kind.mark, &t, text, weight)
		})
		if err != nil {
			wrong = append(wrong, err)
		}
	}
	l.langs = append(l.langs, g)
	return errors.Join(wrong...)
}

// add puts one entry, cut into words, into the language's tree.
func (l *Lists) add(g *language, bit uint32, kind mark, t *Text, text string, weight int16) error {
	if len(t.words) == 0 || len(t.words) > longestPhrase {
		return fmt.Errorf("%q: an entry has one to %d words", text, longestPhrase)
	}
	node, last := int32(0), int32(0)
	for i, w := range t.words {
		id := l.number(t.folded[w.from:w.to])
		l.known[id] |= bit
		if i > 0 {
			g.nodes[node].longer = true
		}
		node, last = g.child(node, id, i == 0), id
	}
	e := &g.nodes[node]
	if e.marks&kind != 0 {
		return fmt.Errorf("%q stands twice", text)
	}
	e.marks |= kind
	switch kind {
	case feels:
		e.feeling = weight
	case boosts:
		e.boost = weight
	case praises:
		e.praise = weight
	case asks:
		e.question = weight
	case littles:
		l.common[last] |= bit // of a phrase too; there are none
	}
	return nil
}

// child is the node below node for a word; it is made where it is missing.
func (g *language) child(node, id int32, first bool) int32 {
	if first {
		for int(id) >= len(g.first) {
			g.first = append(g.first, 0)
		}
		if g.first[id] == 0 {
			g.nodes = append(g.nodes, entry{})
			g.first[id] = int32(len(g.nodes) - 1)
		}
		return g.first[id]
	}
	key := uint64(node)<<32 | uint64(id)
	if g.next[key] == 0 {
		g.nodes = append(g.nodes, entry{})
		g.next[key] = int32(len(g.nodes) - 1)
	}
	return g.next[key]
}

// number gives a folded word its number.
func (l *Lists) number(word []byte) int32 {
	if id, ok := l.ids[string(word)]; ok {
		return id
	}
	id := int32(len(l.common))
	l.ids[string(word)] = id
	l.common = append(l.common, 0)
	l.known = append(l.known, 0)
	return id
}

func (l *Lists) loadEmoji(fsys fs.FS) error {
	return readList(fsys, "any/emoji.txt", true, func(text string, weight int16) error {
		rs := []rune(text)
		switch {
		case len(rs) == 1:
			l.emoji[rs[0]] = weight
		case rs[0] < 0x80 && len(text) <= longestFace:
			l.faces[text] = weight
		default:
			return fmt.Errorf("%q is neither one emoji nor a face of at most %d signs", text, longestFace)
		}
		return nil
	})
}

// readList reads one file: lines beginning with # are remarks, "[-300]" gives the weight of what follows, entries are
// separated by commas or line ends. A file that is not there is an empty list.
func readList(fsys fs.FS, file string, weighted bool, add func(text string, weight int16) error) error {
	data, err := fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var wrong []error
	weight, seen := int16(0), false
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case weighted && strings.HasPrefix(line, "["):
			v, err := strconv.Atoi(strings.Trim(line, "[]"))
			if err != nil || v < -1000 || v > 1000 {
				wrong = append(wrong, fmt.Errorf("%s:%d: %s is no weight from -1000 to 1000", file, n+1, line))
			}
			weight, seen = int16(v), true
		case weighted && !seen:
			wrong = append(wrong, fmt.Errorf("%s:%d: an entry before the first weight", file, n+1))
		default:
			for text := range strings.SplitSeq(line, ",") {
				if text = strings.TrimSpace(text); text == "" {
					continue
				}
				if err := add(text, weight); err != nil {
					wrong = append(wrong, fmt.Errorf("%s:%d: %w", file, n+1, err))
				}
			}
		}
	}
	return errors.Join(wrong...)
}
