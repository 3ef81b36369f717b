// Package day is the day of the quickstart as it is shipped: read Files, which holds desk.json, the specifications of the
// house, mentions.jsonl, what is said, and customers.json, what the house knows of its customers.
package day

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"slices"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/triage"
)

// Files are the three files, by their names.
//
//go:embed desk.json mentions.jsonl customers.json
var Files embed.FS

// A Known is what the house knows of an author before he writes.
type Known struct {
	Given    map[string]string `json:"given"`
	Standing triage.Standing   `json:"standing"`
}

// Mentions returns what is said, by instant.
func Mentions() ([]mention.Mention, error) {
	raw, err := Files.ReadFile("mentions.jsonl")
	if err != nil {
		return nil, err
	}
	var out []mention.Mention
	for row, err := range rows.Read(bytes.NewReader(raw), rows.Fields{}) {
		if err != nil {
			return nil, err
		}
		out = append(out, row.Mention)
	}
	slices.SortStableFunc(out, func(a, b mention.Mention) int { return cmp.Compare(a.PostedAt.UnixMilli(), b.PostedAt.UnixMilli()) })
	return out, nil
}

// Customers returns what the house knows of authors, by channel and id with a stroke between.
func Customers() (map[string]Known, error) {
	raw, err := Files.ReadFile("customers.json")
	if err != nil {
		return nil, err
	}
	var out map[string]Known
	return out, json.Unmarshal(raw, &out)
}
