package rows

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"iter"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

// ReadLines reads JSON Lines: one JSON object a line, blank lines between them. What it yields is as for Read.
func ReadLines(r io.Reader, f Fields) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		l := lines{in: bufio.NewReaderSize(r, 64<<10)}
		skipMark(l.in)
		for {
			data, err := l.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil && !errors.Is(err, ErrRowTooLong) {
				yield(Row{}, failed(l.line, err))
				return
			}
			if err == nil && len(bytes.TrimSpace(data)) == 0 {
				continue
			}
			if !yieldRow(data, l.line, f, err, yield) {
				return
			}
		}
	}
}

// yieldRow yields the mention in a JSON value, or what is wrong with it.
func yieldRow(data []byte, line int, f Fields, err error, yield func(Row, error) bool) bool {
	var m mention.Mention
	if err == nil {
		m, err = f.decode(data)
	}
	if err != nil {
		return yield(Row{}, &RowError{Line: line, Err: err})
	}
	return yield(Row{Line: line, Mention: finish(m, line)}, nil)
}

// decode reads one JSON object.
func (f Fields) decode(data []byte) (mention.Mention, error) {
	if !f.foreign() {
		var m mention.Mention
		if err := json.Unmarshal(data, &m); err != nil {
			return mention.Mention{}, jsonProblem(err)
		}
		if m.Ref.ID == "" && m.Text == "" && len(m.Media) == 0 && m.Rating == (mention.Rating{}) {
			return mention.Mention{}, rowProblem("the row has no ref, no text, no rating and no media; if they have other names, say which")
		}
		if f.Unescape {
			m.Text = html.UnescapeString(m.Text)
		}
		return m, nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return mention.Mention{}, jsonProblem(err)
	}
	return f.named().mention(func(name string) (string, bool, error) { return member(members, name) })
}

// jsonProblem puts what encoding/json says into words of ours where it is about a field.
func jsonProblem(err error) error {
	var p spec.Problems
	var wrong *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &wrong):
		p.Add(wrong.Field, "a JSON %s does not fit here", wrong.Value)
	case errors.As(err, &syntax):
		p.Add("", "this is not JSON: %v (column %d)", err, syntax.Offset)
	default:
		p.Merge("", err)
	}
	return p
}

// member finds a value by its name, or by a path of names with dots between.
func member(members map[string]json.RawMessage, name string) (string, bool, error) {
	if raw, ok := members[name]; ok {
		return scalar(raw)
	}
	outer, inner, ok := strings.Cut(name, ".")
	if !ok {
		return "", false, nil
	}
	var below map[string]json.RawMessage
	if json.Unmarshal(members[outer], &below) != nil {
		return "", false, nil
	}
	return member(below, inner)
}

// scalar gives a text as it is and a number as it is written; ids are too long for a float.
func scalar(raw json.RawMessage) (string, bool, error) {
	switch raw[0] {
	case '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, true, err
	case 'n':
		return "", false, nil
	case '{', '[':
		return "", false, rowProblem("want a text or a number, found %.20s...", raw)
	}
	return string(raw), true, nil
}

// WriteLines writes mentions as JSON Lines, which ReadLines reads back with the zero Fields.
func WriteLines(w io.Writer, mentions iter.Seq[mention.Mention]) error {
	out := bufio.NewWriter(w)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	for m := range mentions {
		if err := e.Encode(m); err != nil {
			return fmt.Errorf("writing %s: %w", m.Ref, err)
		}
	}
	return out.Flush()
}
