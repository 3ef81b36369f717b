package policytest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention/spec"
)

// Read reads cases from a file: JSON Lines, one case a line with blank lines between them, or one JSON array of cases.
// The error is of type spec.Problems, or what the reader failed with. Problems have paths like cases[3].want.category,
// counted from 0, and at their end the line and column of the file. All are told of at once, but for a file of more than
// a hundred bad cases, where the rest are counted. The cases that could be read are returned beside them.
func Read(r io.Reader) ([]Case, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	rows, err := split(data)
	var problems spec.Problems
	problems.Merge("", err)
	var cases []Case
	bad := 0
	for i, row := range rows {
		c := Case{}
		if err := spec.Decode(data[row.start:row.end], &c); err != nil {
			if bad++; bad <= mostBad {
				c = Case{}
				problems.Merge(spec.Index("cases", i), row.placed(data, &c))
			}
		}
		c.line = row.line
		cases = append(cases, c)
	}
	if bad > mostBad {
		problems.Add("cases", "%d more cases cannot be read", bad-mostBad)
	}
	return cases, problems.Err()
}

// mostBad is how many bad cases are told of one by one.
const mostBad = 100

// A row is where one case stands in the file.
type row struct {
	start, end int // in bytes
	line       int // from 1
}

// placed reads the row once more, behind as many lines and blanks as stand before it in the file, so that what is wrong
// has the line and column of the file.
func (r row) placed(data []byte, c *Case) error {
	before := bytes.Repeat([]byte("\n"), r.line-1)
	same := data[bytes.LastIndexByte(data[:r.start], '\n')+1 : r.start] // what stands before it on its line
	before = append(before, bytes.Repeat([]byte(" "), utf8.RuneCount(same))...)
	return spec.Decode(append(before, data[r.start:r.end]...), c)
}

// split finds the rows.
func split(data []byte) ([]row, error) {
	if at := len(data) - len(bytes.TrimLeft(data, " \t\r\n")); at < len(data) && data[at] == '[' {
		return elements(data)
	}
	var rows []row
	start, line := 0, 1
	for text := range bytes.Lines(data) {
		if len(bytes.TrimSpace(text)) > 0 {
			rows = append(rows, row{start, start + len(text), line})
		}
		start += len(text)
		line++
	}
	return rows, nil
}

// elements finds the elements of an array.
func elements(data []byte) ([]row, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return nil, notAnArray(data, err)
	}
	var rows []row
	for d.More() {
		var one json.RawMessage
		if err := d.Decode(&one); err != nil {
			return rows, notAnArray(data, err)
		}
		end := int(d.InputOffset())
		start := end - len(one)
		rows = append(rows, row{start, end, 1 + bytes.Count(data[:start], []byte("\n"))})
	}
	if _, err := d.Token(); err != nil {
		return rows, notAnArray(data, err)
	}
	if rest := bytes.TrimSpace(data[d.InputOffset():]); len(rest) > 0 {
		return rows, spec.Problems{{Message: fmt.Sprintf("there is more behind the array (line %d)",
			1+bytes.Count(data[:d.InputOffset()], []byte("\n")))}}
	}
	return rows, nil
}

// notAnArray gives the syntax error with its place.
func notAnArray(data []byte, err error) error {
	var any []any
	if placed := spec.Decode(data, &any); placed != nil {
		return placed
	}
	return err
}
