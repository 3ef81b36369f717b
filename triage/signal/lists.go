package signal

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed lists
var files embed.FS

// Lists are the word lists of all languages, made once by New or Load. They are immutable and safe for concurrent use.
type Lists struct {
	vocabulary
	common []uint32   // by number: the languages (one bit each) that have it among their little words
	known  []uint32   // by number: the languages that have it in any list
	langs  []language // sorted by name
	any    language   // what is read in every language: emoji and faces
}

// A language is one folder of lists as a tree of words.
type language struct {
	name    string
	steps   []step // open table of the nodes below nodes
	shift   uint8
	nodes   []entry  // by number of the word for first words, and behind them the others; nodes[0] is none
	top     int32    // where the others begin
	begun   []uint64 // the words below top with which something begins, a bit for each
	weights []int16
	has     set        // lists that are not empty
	hidden  [][]string // words that people mask, by length, those of masked.txt first

	initials uint32 // the letters that these begin with, a lowest
}

// A step leads from a node to the one below it for a word. The key is node<<32 | number of the word.
type step struct {
	key  uint64
	node int32
}

// New reads the lists that come with the package. An error means that a list itself is wrong: it names the file and
// the entry.
func New() (*Lists, error) { return Load(Builtin()) }

// Builtin is the folder of lists that come with the package, to be given to Load below a house's own.
func Builtin() fs.FS {
	sub, err := fs.Sub(files, "lists")
	if err != nil {
		return files // cannot be: the folder is compiled in
	}
	return sub
}

// Load reads lists from folders, one layer above the other: in each one folder per language, named by its base tag
// ("en"), and a folder "any" for what every language shares, with files named as in this package's own lists folder. An
// entry in a higher layer takes the place of the same entry below; a file that begins with [replace] takes the place of
// the whole file, and what stands behind [remove] is taken out. At most 31 languages. All mistakes are reported at once;
// each names its file and line.
func Load(layers ...fs.FS) (*Lists, error) {
	names, wrong := folders(layers)
	l := &Lists{}
	l.add(append([]byte("0"), make([]byte, padding)...), 1) // the number that stands for any; what nobody knows has none
	var shared []sharedEntry
	b := newBuilder(l)
	for i, name := range slices.Insert(names, 0, anyLanguage) {
		b.begin(shared)
		for k := range allLists {
			b.readLayers(layers, name, k)
		}
		if g := b.language(name); name == anyLanguage {
			l.any, shared = g, b.entries()
		} else {
			l.langs = append(l.langs, g)
			b.note(1 << (i - 1))
		}
	}
	if err := errors.Join(append(wrong, b.wrong...)...); err != nil {
		return nil, err
	}
	b.note(0)
	return l, nil
}

// anyLanguage is the folder that is read in every language.
const anyLanguage = "any"

// folders are the languages of all layers, sorted.
func folders(layers []fs.FS) (names []string, wrong []error) {
	for _, layer := range layers {
		entries, err := fs.ReadDir(layer, ".")
		wrong = append(wrong, err)
		for _, e := range entries {
			if e.IsDir() && e.Name() != anyLanguage {
				names = append(names, e.Name())
			}
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) > 31 {
		wrong = append(wrong, fmt.Errorf("%s: more than 31 languages", names[31]))
		names = names[:31]
	}
	return names, wrong
}

// Languages returns the base tags of the languages that have lists, sorted.
func (l *Lists) Languages() []string {
	names := make([]string, len(l.langs))
	for i := range l.langs {
		names[i] = l.langs[i].name
	}
	return names
}

// root is the node of a phrase's first word, 0 for none.
func (g *language) root(w *word) int32 {
	if w.id < g.top && g.begun[w.id>>6]>>(w.id&63)&1 != 0 {
		return w.id
	}
	if w.shape&number != 0 {
		return g.step(anyNumber)
	}
	return 0
}

// below is the node below another for a word, else that for any number.
func (g *language) below(node int32, e *entry, w *word) int32 {
	if e.next&bitOf(w.id) != 0 {
		if next := g.step(uint64(node)<<32 | uint64(w.id)); next != 0 {
			return next
		}
	}
	if !e.counts {
		return 0
	}
	if w.shape&number != 0 || w.id < g.top && g.nodes[w.id].number {
		return g.step(uint64(node)<<32 | anyNumber)
	}
	return 0
}

func (g *language) step(key uint64) int32 {
	for at := key * spread >> g.shift; ; at++ {
		s := &g.steps[at&uint64(len(g.steps)-1)]
		if s.key == key || s.node == 0 {
			return s.node
		}
	}
}

// weight is what list k says of a phrase that stands in it.
func (g *language) weight(f *find, k list) int {
	return int(g.weights[int(f.weights)+ones(f.lists&(1<<k-1)&(1<<weighted-1))])
}

// anyNumber is the word that stands for every number; it is written # in an entry. No word of a text is it.
const anyNumber = 1<<32 - 1

// isFace tells entries that are one emoji or face: nothing else stands in emoji.txt.
func isFace(text string, t *Text) bool {
	return len(t.words) == 1 && t.words[0].shape&symbol != 0 &&
		int(t.words[0].end-t.words[0].start) == len(strings.Trim(text, "\ufe0f"))
}
