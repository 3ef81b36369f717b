package main

import (
	"bytes"
	"encoding/json"
	"io"
	"regexp"

	"github.com/reputekit/reputation/mention/sensitive"
)

// masked is a text with its private data masked, and places in it where they stand then: a screen is a public place
// too, and a page of examples is soon passed on.
func masked(text string, private []sensitive.Span, places []place) (string, []place) {
	out := make([]place, len(places))
	copy(out, places)
	grown := 0 // how much longer the text is up to here
	for _, x := range private {
		if x.Start < 0 || x.End > len(text) || x.Start >= x.End {
			continue
		}
		whole := text[x.Start:x.End]
		hidden := sensitive.MaskSpans(whole, []sensitive.Span{{Class: x.Class, Start: 0, End: len(whole)}})
		longer := len(hidden) - len(whole)
		for i, p := range places {
			if p.start >= x.End {
				out[i].start += longer
			}
			if p.end >= x.End {
				out[i].end += longer
			}
		}
		grown += longer
	}
	return sensitive.MaskSpans(text, private), within(out, len(text)+grown)
}

// within leaves out the places that end behind the text, which a mark inside of private data can.
func within(places []place, end int) []place {
	var out []place
	for _, p := range places {
		if p.start < p.end && p.end <= end {
			out = append(out, p)
		}
	}
	return out
}

// text is what was said, masked, with the places in it.
func (j judged) text(places []place) (string, []place) {
	return masked(j.mention.Text, j.verdict.Private, places)
}

// textMember is a member of indented JSON that holds what somebody wrote.
var textMember = regexp.MustCompile(`("text": )("(?:[^"\\]|\\.)*")`)

// maskedJSON writes a value as writeJSON does, with every text in it masked. The places in a verdict are those of the
// text as it was written; a mask is as long as what it hides, unless that has letters outside ASCII.
func maskedJSON(out io.Writer, v any) error {
	var raw bytes.Buffer
	if err := writeJSON(&raw, v); err != nil {
		return err
	}
	_, err := out.Write(textMember.ReplaceAllFunc(raw.Bytes(), func(found []byte) []byte {
		part := textMember.FindSubmatch(found)
		var text string
		if json.Unmarshal(part[2], &text) != nil {
			return found // it is a string of JSON: this cannot be
		}
		hidden := sensitive.Mask(text)
		if hidden == text {
			return found
		}
		var again bytes.Buffer
		again.Write(part[1])
		e := json.NewEncoder(&again)
		e.SetEscapeHTML(false)
		if e.Encode(hidden) != nil {
			return found
		}
		return bytes.TrimSuffix(again.Bytes(), []byte("\n"))
	}))
	return err
}

// secrets are the places of private data.
func (j judged) secrets() []place {
	var out []place
	for _, x := range j.verdict.Private {
		out = append(out, place{x.Start, x.End})
	}
	return out
}
