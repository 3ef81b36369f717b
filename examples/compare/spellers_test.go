package compare

import (
	"bytes"
	"slices"

	"github.com/agnivade/levenshtein"
	"github.com/blevesearch/vellum"
	automata "github.com/blevesearch/vellum/levenshtein"
	sajari "github.com/sajari/fuzzy"
)

// A speller is a peer that finds the names at most k edits from a word. Its edits are Levenshtein's, where two letters
// swapped count 2; ours count them 1.
type speller struct {
	name  string
	posts int // how many there is time for
	build func(names []string, k int) func(dst []string, word string) []string
}

var spellers = []speller{
	{"sajari", 500, buildSajari},
	{"agnivade", 50, buildAgnivade},
	{"vellum", 50, buildVellum},
}

func buildSajari(names []string, k int) func(dst []string, word string) []string {
	m := sajari.NewModel()
	m.SetUseAutocomplete(false)
	m.SetThreshold(1)
	m.SetDepth(k)
	for _, n := range names {
		m.SetCount(n, 5, true)
	}
	return func(dst []string, word string) []string {
		for name, p := range m.Potentials(word, false) {
			if p.Leven <= k {
				dst = append(dst, name)
			}
		}
		return dst
	}
}

func buildAgnivade(names []string, k int) func(dst []string, word string) []string {
	return func(dst []string, word string) []string {
		for _, n := range names {
			if d := len(n) - len(word); -k <= d && d <= k && levenshtein.ComputeDistance(word, n) <= k {
				dst = append(dst, n)
			}
		}
		return dst
	}
}

func buildVellum(names []string, k int) func(dst []string, word string) []string {
	var out bytes.Buffer
	builder, err := vellum.New(&out, nil)
	if err != nil {
		panic(err)
	}
	for _, n := range slices.Sorted(slices.Values(names)) {
		if err := builder.Insert([]byte(n), 0); err != nil {
			panic(err)
		}
	}
	if err := builder.Close(); err != nil {
		panic(err)
	}
	set, err := vellum.Load(out.Bytes())
	if err != nil {
		panic(err)
	}
	near, err := automata.NewLevenshteinAutomatonBuilder(uint8(k), false)
	if err != nil {
		panic(err)
	}
	return func(dst []string, word string) []string {
		dfa, err := near.BuildDfa(word, uint8(k))
		if err != nil {
			panic(err)
		}
		all, err := set.Search(dfa, nil, nil)
		for ; err == nil; err = all.Next() {
			name, _ := all.Current()
			dst = append(dst, string(name))
		}
		return dst
	}
}
