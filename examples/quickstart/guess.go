package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/reputekit/reputation/mention/rows"
)

// usual are the names that files give to what a mention needs, the likeliest first.
var usual = []struct {
	ours   string
	theirs []string
}{
	{"text", []string{"text", "body", "content", "message", "full_text", "tweet", "post_text", "review", "review_text", "comment", "sms"}},
	{"id", []string{"id", "id_str", "post_id", "tweet_id", "review_id", "message_id"}},
	{"author", []string{"author", "user", "username", "user_name", "handle", "screen_name", "author.username", "user.screen_name", "name"}},
	{"at", []string{"at", "created_at", "created", "posted_at", "date", "timestamp", "time", "tweet_created"}},
	{"lang", []string{"lang", "language"}},
	{"rating", []string{"rating", "stars"}},
}

// peeked is how much of a file is looked at before it is read, in bytes.
const peeked = 64 << 10

// unpacked is a file without its compression, and its beginning, which is still to be read.
func unpacked(r io.Reader) (io.Reader, []byte, error) {
	in := bufio.NewReaderSize(r, peeked)
	if head, _ := in.Peek(2); string(head) == "\x1f\x8b" {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, nil, fmt.Errorf("it begins like gzip, but: %w", err)
		}
		in = bufio.NewReaderSize(z, peeked)
	}
	head, _ := in.Peek(peeked)                                                                     // whoever reads on meets the error again
	wide := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) // UTF-16
	if nuls := bytes.Count(head, []byte{0}); !wide && nuls > len(head)/100 {
		return nil, nil, fmt.Errorf("it is no text: %s of its first %s bytes are NUL", number(nuls), number(len(head)))
	}
	return in, head, nil
}

// guessed looks at the beginning of a file for which no -fields were given. Where its first row has names of its own
// it takes the usual ones and says so; what they give must be readable in that row. A file in our own form is read as
// it is.
func guessed(head []byte, errs io.Writer) rows.Fields {
	first, has := firstRow(head)
	if first == nil {
		return rows.Fields{}
	}
	said := ""
	for _, u := range usual {
		for _, name := range u.theirs {
			with := strings.TrimPrefix(said+","+u.ours+"="+name, ",")
			if has(name) && readable(first, with) {
				said = with
				break
			}
		}
		if said == "" {
			return rows.Fields{} // no text: the reader of rows says what is missing
		}
	}
	f, err := rows.ParseFields(said)
	if err != nil {
		return rows.Fields{}
	}
	fmt.Fprintf(errs, "the file has names of its own; read as -fields %s\n", said)
	return f
}

// firstRow is the first row of a file as a file of its own, and whether it has a value of a name. It is nil where there
// is nothing to guess: the file is in our own form, or in none that is known.
func firstRow(head []byte) (row []byte, has func(name string) bool) {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(text) == 0 {
		return nil, nil
	}
	if text[0] == '{' || text[0] == '[' {
		return firstObject(text)
	}
	lines := bytes.SplitAfterN(text, []byte("\n"), 3)
	if len(lines) < 2 {
		return nil, nil
	}
	columns := strings.FieldsFunc(strings.ToLower(string(lines[0])), func(r rune) bool { return strings.ContainsRune(",;|\t\r\n\"", r) })
	names := map[string]bool{}
	for _, c := range columns {
		names[strings.TrimSpace(c)] = true
	}
	if names["text"] && (names["at"] || names["channel"]) {
		return nil, nil
	}
	return bytes.TrimLeft(head, "\xef\xbb\xbf"), func(name string) bool { return names[name] }
}

func firstObject(text []byte) (row []byte, has func(name string) bool) {
	var raw json.RawMessage
	d := json.NewDecoder(bytes.NewReader(text))
	if text[0] == '[' {
		if _, err := d.Token(); err != nil {
			return nil, nil
		}
	}
	var members map[string]any
	if d.Decode(&raw) != nil || json.Unmarshal(raw, &members) != nil || members["ref"] != nil || members["posted_at"] != nil {
		return nil, nil
	}
	var one bytes.Buffer
	if json.Compact(&one, raw) != nil {
		return nil, nil
	}
	return one.Bytes(), func(name string) bool {
		outer, inner, nested := strings.Cut(name, ".")
		v := members[outer]
		if m, ok := v.(map[string]any); nested && ok {
			v = m[inner]
		} else if nested {
			v = nil
		}
		switch v.(type) {
		case string, float64:
			return true
		}
		return false
	}
}

// readable says whether the first row can be read with these fields.
func readable(first []byte, said string) bool {
	f, err := rows.ParseFields(said)
	if err != nil {
		return false
	}
	for _, err := range rows.Read(bytes.NewReader(first), f) {
		return err == nil
	}
	return false
}
