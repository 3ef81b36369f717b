package policytest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/reputekit/reputation/triage"
)

// update gives the file with what its failing cases want replaced by what was decided.
func (s Suite) update(data []byte, cases []Case) ([]byte, error) {
	rows, err := split(data)
	if err != nil {
		return nil, err
	}
	judge, err := s.Policy.Compile(s.Matcher, s.Options)
	if err != nil {
		return nil, err
	}
	decide := judge.Judge
	if s.Judge != nil {
		decide = s.Judge
	}
	out := bytes.Clone(data)
	for i, c := range slices.Backward(cases) {
		v := decide(c.input(s.Matcher))
		if !c.Want.isEmpty() && len(c.Want.differences(&v)) == 0 {
			continue
		}
		written, err := replaceWant(out[rows[i].start:rows[i].end], c.Want.decided(&v))
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", c.line, err)
		}
		out = slices.Replace(out, rows[i].start, rows[i].end, written...)
	}
	return out, nil
}

// decided is the want with what was decided in the fields that it has. An empty one, and one of which nothing is left,
// gets what says most: category, severity, aim, tags, handling and what fired.
func (w Want) decided(v *triage.Verdict) Want {
	is := got(v)
	if w.isEmpty() {
		is.Legitimacy = ""
		return is
	}
	if w.Category != "" {
		w.Category = is.Category
	}
	if w.Severity != nil {
		w.Severity = is.Severity
	}
	if w.Aim != "" {
		w.Aim = is.Aim
	}
	if w.Tags != nil {
		w.Tags = is.Tags
	}
	if w.Legitimacy != "" {
		w.Legitimacy = is.Legitimacy
	}
	if w.Handling != "" {
		w.Handling = is.Handling
	}
	if w.Fired != nil {
		w.Fired = is.Fired
	}
	w.Silent = slices.DeleteFunc(slices.Clone(w.Silent), func(rule string) bool { return slices.Contains(is.Fired, rule) })
	if w.isEmpty() {
		return w.decided(v)
	}
	return w
}

// replaceWant puts a want into the JSON of a case and leaves every other byte as it was.
func replaceWant(data []byte, w Want) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(w); err != nil {
		return nil, err
	}
	text := bytes.TrimSpace(b.Bytes())
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		if name == "want" {
			end := int(d.InputOffset())
			return slices.Concat(data[:end-len(value)], text, data[end:]), nil
		}
	}
	last := bytes.LastIndexByte(data, '}')
	if last < 0 {
		return nil, fmt.Errorf("is no object")
	}
	return slices.Concat(data[:last], []byte(`,"want":`), text, data[last:]), nil
}
