// Package day is the day of the quickstart as it is shipped: read Files, which holds desk.json, the specifications of the
// house, mentions.jsonl, what is said, and customers.json, what the house knows of its customers.
package day

import "embed"

// Files are the three files, by their names.
//
//go:embed desk.json mentions.jsonl customers.json
var Files embed.FS
