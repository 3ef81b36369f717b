package compare

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"
)

// A post is one labelled text.
type post struct {
	Row         int // its row in the file, from 0
	Text, Label string
}

// posts are all labelled posts to airlines, in one shuffled order. A test or benchmark that wants them is skipped where
// they are not.
func posts(t testing.TB) []post {
	t.Helper()
	all, err := readPosts()
	if err != nil {
		t.Skip("measured on labelled posts, in the folder that REPUTATION_DATA names: ", err)
	}
	return all
}

var readPosts = sync.OnceValues(func() ([]post, error) {
	dir := os.Getenv("REPUTATION_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, "airline-tweets.jsonl"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []post
	for in := json.NewDecoder(f); ; {
		p := post{Row: len(all)}
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("row %d: %w", p.Row, err)
		}
		p.Text = html.UnescapeString(p.Text)
		all = append(all, p)
	}
	random := rand.New(rand.NewPCG(1, 2))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all, nil
})

// texts are the first n posts' texts, all for 0.
func texts(t testing.TB, n int) []string {
	t.Helper()
	all := posts(t)
	if n == 0 {
		n = len(all)
	}
	out := make([]string, min(n, len(all)))
	for i := range out {
		out[i] = all[i].Text
	}
	return out
}

// beyondASCII are the texts that have more than ASCII in them.
func beyondASCII(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, s := range texts(t, 0) {
		if !isASCII(s) {
			out = append(out, s)
		}
	}
	return out
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// tokens are the words of a text, in small letters.
func tokens(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
