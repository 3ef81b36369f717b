package trail

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
)

// told is what an event says, in one line: in words where there are some, else its members by name.
func (p *page) told(b event.Body) string {
	if key, outcome := keyOf(b); outcome {
		return p.outcome(b, key)
	}
	if p.style.Withhold {
		return ""
	}
	switch b := b.(type) {
	case event.Received:
		return from(b.Mention.Author) + mentioned(b.Mention)
	case event.Edited:
		return mentioned(b.Mention)
	case event.Removed:
		return oneLine(b.Ref.String())
	case event.AnsweredElsewhere:
		return oneLine(b.Ref.String()) + ", an answer to " + oneLine(b.Answers.String())
	case event.Drafted:
		return quoted(b.Text)
	case event.Approved:
		return p.draft(b.Draft)
	case event.Rejected:
		return p.draft(b.Draft) + ": " + quoted(b.Reason)
	case event.Meant:
		return "the customer's word: " + oneLine(string(b.Said))
	case event.Stated:
		return quoted(b.Statement.Text)
	case event.Elapsed:
		return "what was due " + p.at(b.Due)
	}
	return p.members(b)
}

// keyOf is the request that an event is the outcome of.
func keyOf(b event.Body) (key string, outcome bool) {
	switch b := b.(type) {
	case event.Delivered:
		return b.Key, true
	case event.Undelivered:
		return b.Key, true
	case event.Uncertain:
		return b.Key, true
	}
	return "", false
}

// outcome is what became of a request, which is told in the words in which it was asked for.
func (p *page) outcome(b event.Body, key string) string {
	what, known := p.asked[key]
	if !known {
		what = "request " + oneLine(key)
	}
	why := ""
	switch b := b.(type) {
	case event.Delivered:
		delete(p.asked, key)
		if !b.Ref.IsZero() {
			why = ": " + oneLine(b.Ref.String())
		}
	case event.Undelivered:
		delete(p.asked, key)
		why = ": " + oneLine(string(b.Reason)) + p.noted(b.Detail)
	case event.Uncertain:
		why = ": nobody knows" + p.noted(b.Detail)
	}
	return what + why
}

func (p *page) noted(note string) string {
	if note == "" || p.style.Withhold {
		return ""
	}
	return ", " + quoted(note)
}

// draft names a draft by the entry in which it was written.
func (p *page) draft(id string) string {
	if n := p.drafts[id]; n > 0 {
		return fmt.Sprintf("the draft of #%d", n)
	}
	return "draft " + oneLine(id)
}

func from(a mention.Author) string {
	var names []string
	if a.Handle != "" {
		names = append(names, "@"+oneLine(strings.TrimPrefix(a.Handle, "@")))
	}
	if a.Name != "" {
		names = append(names, oneLine(a.Name))
	}
	if len(names) == 0 {
		return ""
	}
	return "from " + strings.Join(names, ", ") + ": "
}

func mentioned(m mention.Mention) string {
	s := oneLine(m.Ref.String())
	if m.Revision > 0 {
		s += fmt.Sprintf(", revision %d", m.Revision)
	}
	if m.IsPrivate() {
		s += ", in private"
	}
	if m.Rating.Best > 0 {
		s += fmt.Sprintf(", %d of %d", m.Rating.Value, m.Rating.Best)
	}
	return s + ": " + quoted(m.Text)
}

// members are those of an event that has no words of its own, by name.
func (p *page) members(b event.Body) string {
	data, err := json.Marshal(b)
	if u, ok := b.(event.Unknown); ok {
		data = u.Raw
	}
	if err != nil {
		return ""
	}
	line := p.object(data, 0)
	if len(line) > mostLine {
		line = strings.ToValidUTF8(line[:mostLine], "") + " ..."
	}
	return line
}

// mostLine is how many bytes the members of an event may fill.
const mostLine = 4 << 10

// How deep and how far members are written.
const (
	deepest = 3
	longest = 12
)

// object is a JSON object in words: its members in the order in which they stand.
func (p *page) object(data []byte, depth int) string {
	dec := json.NewDecoder(bytes.NewReader(data))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return ""
	}
	var parts []string
	for dec.More() {
		name, err := dec.Token()
		var v json.RawMessage
		if err != nil || dec.Decode(&v) != nil {
			break
		}
		if what := p.value(v, depth); what != "" {
			parts = append(parts, oneLine(fmt.Sprint(name))+" "+what)
		}
		if len(parts) == longest {
			break
		}
	}
	return strings.Join(parts, ", ")
}

func (p *page) value(v json.RawMessage, depth int) string {
	switch {
	case len(v) == 0 || string(v) == "null" || string(v) == `""` || depth == deepest:
		return ""
	case v[0] == '{':
		if what := p.object(v, depth+1); what != "" {
			return "(" + what + ")"
		}
		return ""
	case v[0] == '[':
		var list []json.RawMessage
		if json.Unmarshal(v, &list) != nil {
			return ""
		}
		var parts []string
		for _, x := range list[:min(len(list), longest)] {
			parts = append(parts, p.value(x, depth+1))
		}
		return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " and ")
	case v[0] != '"':
		return oneLine(string(v))
	}
	var s string
	if json.Unmarshal(v, &s) != nil {
		return ""
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return p.at(t)
	}
	if isWord(s) {
		return s
	}
	return quoted(s)
}

// isWord reports whether a text is one of few, or an id, and not what somebody wrote.
func isWord(s string) bool {
	return len(s) <= 40 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_-") == ""
}
