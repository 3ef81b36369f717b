package incident

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/privacy"
)

// What is stored is read as plain JSON here, so that what a newer host wrote is looked through like the rest.

// words are the members in which people write, however short. In any other a text with a space in it is one.
var words = []string{
	"note", "text", "why", "because", "cause", "changes", "decision", "reason", "part", "evidence", "says", "source", "look",
	"detail", "known",
}

// ofHim are the members of what happened to a case that say something about its customer.
var ofHim = []string{"mention", "country", "lang", "note"}

// without is JSON less what names a person or leads to him.
func without(data []byte, p privacy.Person) (out []byte, named bool, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return data, false, err
	}
	b := blanker{p: p}
	v = b.value("", v)
	b.because(v)
	if !b.named {
		return data, false, nil
	}
	out, err = json.Marshal(v)
	return out, true, err
}

// near reports whether something of a person may stand in what is stored: all else need not be read.
func near(data []byte, p privacy.Person) bool {
	data = bytes.ToLower(data)
	in := func(s string) bool {
		s = strings.ToLower(strings.TrimPrefix(s, "@"))
		if s == "" {
			return false
		}
		written, err := json.Marshal(s)
		return err == nil && bytes.Contains(data, written[1:len(written)-1])
	}
	quotes := len(p.Said) > 0 && !bytes.Contains(data, []byte(`"kind":"joined"`)) // of those there are thousands, without a word
	return quotes || slices.ContainsFunc(p.Cases, in) || slices.ContainsFunc(p.Names, in) ||
		slices.ContainsFunc(p.Refs, func(r mention.Ref) bool { return in(r.ID) })
}

// A blanker takes a person out of a value.
type blanker struct {
	p     privacy.Person
	named bool
}

func (b *blanker) value(key string, v any) any {
	switch v := v.(type) {
	case string:
		return b.text(key, v)
	case []any:
		return slices.DeleteFunc(v, func(x any) bool {
			s, text := x.(string)
			if text {
				return s != "" && b.text(key, s) == ""
			}
			b.value(key, x)
			return false
		})
	case map[string]any:
		b.object(v)
	}
	return v
}

func (b *blanker) text(key, s string) string {
	if (slices.Contains(words, key) || strings.ContainsFunc(s, unicode.IsSpace)) && b.p.NamedIn(s) {
		b.named = true
		return ""
	}
	return s
}

func (b *blanker) object(v map[string]any) {
	if channel, id := textOf(v, "channel"), textOf(v, "id"); id != "" && len(v) == 2 && b.p.Has(mention.Ref{Channel: channel, ID: id}) {
		v["channel"], v["id"], b.named = "", "", true
	}
	if slices.Contains(b.p.Cases, textOf(v, "case")) {
		for _, name := range ofHim {
			if _, there := v[name]; there {
				delete(v, name)
				b.named = true
			}
		}
	}
	for key, x := range v { // each by itself: their order does not matter
		v[key] = b.value(key, x)
	}
}

// because takes out of an entry about a case of his what was said about it, and a name that a host made an id of.
func (b *blanker) because(entry any) {
	e, _ := entry.(map[string]any)
	fact, _ := e["event"].(map[string]any)
	if id := textOf(fact, "id"); b.p.NamedIn(id) {
		fact["id"], b.named = "", true
	}
	body, _ := fact["body"].(map[string]any)
	if _, says := e["because"]; says && textOf(fact, "kind") == "freed" && slices.Contains(b.p.Cases, textOf(body, "case")) {
		delete(e, "because")
		b.named = true
	}
}

func textOf(v map[string]any, key string) string {
	s, _ := v[key].(string)
	return s
}
