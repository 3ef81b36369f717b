package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/respond"
)

// How often long input says how far it has come: every so many rows, and after ten times less often.
const (
	everyRows    = 5000
	everyFurther = 10 * everyRows
)

// doInput judges a file of the reader's own.
func (o order) doInput(rules *respond.Rules, stdin io.Reader, out, errs io.Writer, p paint) (bad int, err error) {
	fields, err := rows.ParseFields(o.fields)
	if err != nil {
		return 0, wrong("-fields", err)
	}
	file, done, err := opened(o.input, stdin)
	if err != nil {
		return 0, err
	}
	defer done()
	in, head, err := unpacked(file)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", o.input, err)
	}
	if o.fields == "" {
		fields = guessed(head, errs)
	}
	read := func(each func(mention.Mention), spoiled func(line int, why error)) error {
		if err := readRows(in, fields, errs, each, spoiled); err != nil {
			return fmt.Errorf("%s: %w", o.input, err)
		}
		return nil
	}
	switch {
	case o.why != "":
		return o.whyInput(rules, read, out, errs, p)
	case o.change != "":
		return o.changeInput(rules, read, out, p)
	}
	r := newReport(rules, orShipped(o.specs))
	if err = read(func(m mention.Mention) { r.add(rules, m) }, r.spoiled); err != nil {
		return 0, err
	}
	r.close()
	if r.Posts == 0 && r.Bad > 0 {
		return 0, fmt.Errorf("%s: none of its %s could be read; the first, line %d: %s\n-fields says how the file names things",
			o.input, count(r.Bad, "row", "rows"), r.BadRows[0].Line, r.BadRows[0].Problem)
	}
	if o.json {
		return r.Bad, writeJSON(out, r)
	}
	return r.Bad, r.print(out, p)
}

// opened is the input by name; - is standard input.
func opened(name string, stdin io.Reader) (io.Reader, func(), error) {
	if name == "-" {
		return stdin, func() {}, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	done := func() { f.Close() } // it was only read: nothing is lost when closing fails
	if info, err := f.Stat(); err == nil && info.IsDir() {
		done()
		return nil, nil, fmt.Errorf("%s is a directory, not a file of posts", name)
	}
	return f, done, nil
}

// A rowReader gives every row to one of two functions. Its error is one of the whole file.
type rowReader func(each func(mention.Mention), spoiled func(line int, why error)) error

// readRows goes through a file. A bad row costs itself and no other.
func readRows(r io.Reader, f rows.Fields, errs io.Writer, each func(mention.Mention),
	spoiled func(line int, why error),
) error {
	n := 0
	for row, err := range rows.Read(r, f) {
		var bad *rows.RowError
		switch {
		case errors.As(err, &bad):
			spoiled(bad.Line, bad.Err)
		case err != nil:
			return err
		default:
			each(row.Mention)
		}
		if n++; n%everyFurther == 0 || n%everyRows == 0 && n < everyFurther {
			fmt.Fprintf(errs, "read %s rows\n", number(n))
		}
	}
	return nil
}

// A spoilt is what could not be read of a file.
type spoilt struct {
	Bad     int      `json:"bad"`                // rows
	BadRows []badRow `json:"bad_rows,omitempty"` // the first of them
}

// A badRow is a row that could not be read.
type badRow struct {
	Line    int    `json:"line"`
	Problem string `json:"problem"`
}

// mostBad is how many bad rows are listed.
const mostBad = 20

// spoiled counts a row that could not be read.
func (x *spoilt) spoiled(line int, why error) {
	x.Bad++
	if len(x.BadRows) < mostBad {
		x.BadRows = append(x.BadRows, badRow{line, why.Error()})
	}
}

// list writes the bad rows with their lines, and nothing where all could be read.
func (x *spoilt) list(s *page) {
	if x.Bad == 0 {
		return
	}
	s.line("")
	s.line("%s", bold(count(x.Bad, "row", "rows")+" could not be read"))
	for _, b := range x.BadRows {
		s.row("  line %d: %s", b.Line, oneLine(b.Problem))
	}
	if more := x.Bad - len(x.BadRows); more > 0 {
		s.line("  and %s more", number(more))
	}
}

// writeJSON writes a value as a person can read it too.
func writeJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
