package respondtest

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/reputekit/reputation/mention"
)

// first is the member that a value without a name goes to: meant over is meant said=over.
var first = map[string]string{
	"meant": "said", "judged": "legitimacy", "waived": "code", "spoken": "summary", "noted": "text",
	"delivered": "key", "undelivered": "key", "uncertain": "key", "granted": "key", "denied": "key",
	"handed_over": "to", "retracted": "fact",
}

// details are what a step says beside the members of its event.
type details struct {
	by, on, from, re, key string
	id                    string
}

// word takes one argument of a step.
func (p *player) word(body reflect.Value, verb string, w word, d *details) error {
	name, value := w.name, w.value
	m, ofMention := mentionOf(body)
	if name == "" {
		switch {
		case value == "private" || value == "public":
			name, value = "visibility", w.value
		case first[verb] != "" && !isFlag(body, value):
			name = first[verb]
		default:
			name, value = value, "true"
		}
	}
	switch name {
	case "by":
		d.by = value
		return nil
	case "on":
		d.on = value
		return nil
	case "key":
		d.key = value
		return nil
	}
	if ofMention {
		switch name {
		case "from":
			d.from = value
			return nil
		case "id":
			d.id = value
			return nil
		case "re":
			d.re = value
			return nil
		case "in":
			m.Ref.Channel = value
			return nil
		case "posted":
			name = "mention.posted_at"
		case "stars":
			return stars(value, &m.Rating)
		}
	}
	return p.filler().set(body, name, value)
}

func stars(value string, into *mention.Rating) error {
	n, best, ok := strings.Cut(value, "/")
	if !ok {
		best = "5"
	}
	var err error
	if into.Value, err = strconv.Atoi(n); err == nil {
		into.Best, err = strconv.Atoi(best)
	}
	return err
}

// isFlag reports whether a word alone is the name of a member that is true or false.
func isFlag(body reflect.Value, name string) bool {
	v, ok := member(body, name)
	return ok && v.Kind() == reflect.Bool
}

func mentionOf(body reflect.Value) (*mention.Mention, bool) {
	v, ok := member(body, "mention")
	if !ok || !v.CanAddr() {
		return nil, false
	}
	m, ok := v.Addr().Interface().(*mention.Mention)
	return m, ok
}
