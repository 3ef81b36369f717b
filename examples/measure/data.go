package main

import (
	"bufio"
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
)

//go:embed testdata
var ownSets embed.FS

// A post is one row of a set of real posts. Which fields it has depends on the set.
type post struct {
	Text      string `json:"text"`
	Label     any    `json:"label"`
	Sentiment string `json:"sentiment"`
	Emotion   string `json:"emotion"`
	Inbound   bool   `json:"inbound"`
}

// realSets are the files in the folder of data.
var realSets = []string{"airline-tweets", "complaint-severity", "offensive-tweets", "sms-spam", "support-conversations"}

// readData reads the sets of real posts.
func readData(dir string) (map[string][]post, error) {
	if dir == "" {
		dir = filepath.Join("..", "shared", "data")
	}
	data := map[string][]post{}
	for _, set := range realSets {
		posts, err := readPosts(filepath.Join(dir, set+".jsonl"))
		if err != nil {
			return nil, fmt.Errorf("the sets of labelled posts are looked for in the folder that REPUTATION_DATA names: %w", err)
		}
		data[set] = posts
	}
	return data, nil
}

func readPosts(file string) ([]post, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var posts []post
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var p post
		if err := json.Unmarshal(in.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		p.Text = html.UnescapeString(p.Text)
		posts = append(posts, p)
	}
	return posts, in.Err()
}

// A sentence is one row of our own sets.
type sentence struct {
	lang, text string
	labels     []string
}

// readOwn reads one of our own sets: language, labels separated by commas, text, separated by tabs.
func readOwn(set string) ([]sentence, error) {
	data, err := ownSets.ReadFile("testdata/" + set + ".tsv")
	if err != nil {
		return nil, err
	}
	var all []sentence
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "# ") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			return nil, fmt.Errorf("%s: %q has %d fields, not 3", set, line, len(fields))
		}
		all = append(all, sentence{lang: fields[0], labels: strings.Split(fields[1], ","), text: fields[2]})
	}
	return all, nil
}
