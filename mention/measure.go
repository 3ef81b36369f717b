package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/spec"
)

// measures are those that Measure knows, in the order in which problems list them.
var measures = [...]struct {
	name   string
	length func(string) int
}{
	{"runes", utf8.RuneCountInString},
	{"utf16", utf16Length},
	{"bytes", func(s string) int { return len(s) }},
	{"weighted", weightedLength},
	{"fediverse", fediverseLength},
	{"sms", smsParts},
}

func measureNames() string {
	var names []string
	for _, m := range measures {
		names = append(names, m.name)
	}
	return strings.Join(names, ", ")
}

// Measure gives the length measure of that name: runes (also for the empty name), utf16 (code units), bytes, weighted
// (the count of short posts), fediverse, or sms (the number of parts that a text message is sent in). Ok is false for
// any other name; a connector with a measure of its own, such as graphemes, binds it where it is used.
//
// Weighted is the weighted count of twitter-text 3: the text in NFC; a URL counts 23; an emoji, however long its
// sequence, 2; a rune of U+0000-10FF, 2000-200D, 2010-201F or 2032-2037 counts 1, any other 2. A URL begins with http://
// or https://, or is a host of a well-known top level; one whose host is none counts as the text it is.
//
// Fediverse is the count of Mastodon's composer: a URL that begins with http:// or https:// counts 23, @name@host counts
// as @name, an emoji sequence 1, any other rune of the text in NFC 1: never less than the graphemes that the server
// counts. The length of a content warning is to be added.
//
// Sms follows 3GPP TS 23.038 and 23.040: one part holds 160 septets of the GSM alphabet (characters of its extension take
// two), or 70 UTF-16 units as soon as one character is not in it; of several parts each holds 153, or 67. No pair is cut.
func Measure(name string) (length func(string) int, ok bool) {
	for _, m := range measures {
		if m.name == name || name == "" { // the first is what an empty name means
			return m.length, true
		}
	}
	return nil, false
}

func utf16Length(s string) (n int) {
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// Length is the length of text as the venue counts it. With a measure that Measure does not know, which Check reports,
// it is the number of bytes, the most that any measure gives for plain text.
func (v Venue) Length(text string) int {
	length, ok := Measure(v.Measure)
	if !ok {
		return len(text)
	}
	return length(text)
}

// Fits reports whether text is no longer than the venue allows.
func (v Venue) Fits(text string) bool { return v.Max == 0 || v.Length(text) <= v.Max }

// Check reports what is wrong with the venue: no channel, a measure or visibility that does not exist, negative limits.
func (v Venue) Check() spec.Problems {
	var p spec.Problems
	if strings.TrimSpace(v.Channel) == "" {
		p.Add("channel", "is empty")
	}
	if _, ok := Measure(v.Measure); !ok {
		p.Add("measure", "%q is not known: one of %s", v.Measure, measureNames())
	}
	for i, x := range v.Visibilities {
		path := spec.Index("visibilities", i)
		if x != Public && x != Private {
			p.Add(path, "%q is not known: one of public, private", x)
		} else if slices.Index(v.Visibilities, x) < i {
			p.Add(path, "%q stands here a second time", x)
		}
	}
	for _, limit := range [...]struct {
		path  string
		value int64
	}{
		{"max", int64(v.Max)}, {"replies_per_item", int64(v.RepliesPerItem)},
		{"edit_window", int64(v.EditWindow)}, {"reply_window", int64(v.ReplyWindow)},
	} {
		if limit.value < 0 {
			p.Add(limit.path, "is negative")
		}
	}
	return p
}
