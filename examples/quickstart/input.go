package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/respond"
)

// everyRows is how often long input says how far it has come.
const everyRows = 5000

// doInput judges a file of the reader's own.
func (o order) doInput(rules *respond.Rules, stdin io.Reader, out, errs io.Writer, p paint) (bad int, err error) {
	fields, err := rows.ParseFields(o.fields)
	if err != nil {
		return 0, fmt.Errorf("-fields %s: %w", o.fields, err)
	}
	file, done, err := opened(o.input, stdin)
	if err != nil {
		return 0, err
	}
	defer done()
	rows := func(each func(mention.Mention), spoiled func(line int, why error)) error {
		return readRows(file, fields, errs, each, spoiled)
	}
	switch {
	case o.why != "":
		return o.whyInput(rules, rows, out, p)
	case o.change != "":
		return o.changeInput(rules, rows, out, p)
	}
	r := newReport()
	err = rows(func(m mention.Mention) { r.add(rules, m) }, r.spoiled)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", o.input, err)
	}
	r.close()
	if r.Posts == 0 && r.Bad > 0 {
		return 0, fmt.Errorf("%s: none of its %s could be read; the first, line %d: %s",
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
	return f, func() { f.Close() }, nil // it was only read: nothing is lost when closing fails
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
		if n++; n%everyRows == 0 {
			fmt.Fprintf(errs, "read %s rows\n", number(n))
		}
	}
	return nil
}

// writeJSON writes a value as a person can read it too.
func writeJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// print writes the report as a page.
func (r *report) print(out io.Writer, p paint) error {
	s := &page{paint: p}
	s.line("%s", bold(fmt.Sprintf("of %s, %s name you, %s misspelled, %s in your busiest hour, %s contain private data",
		count(r.Posts, "post", "posts"), number(r.Named), number(r.Misspelled), number(r.Busiest), number(r.Private))))
	if !r.BusiestAt.IsZero() {
		s.line("the busiest hour began %s", r.BusiestAt.Format("Mon 2006-01-02 15:04 UTC"))
	}
	if len(r.Subjects) > 1 {
		s.line("named: %s", joined(r.Subjects, 8))
	}
	s.line("")
	s.line("%s", bold("what the rules made of them, each with the rule that said so most often"))
	for _, k := range r.Categories[:min(len(r.Categories), 10)] {
		s.row("%7s %-12s %-22s %s", number(k.Posts), k.Category, k.Rules[0].name(), k.Example.quote())
	}
	if len(r.First) > 0 {
		s.line("")
		s.line("%s", bold("what a person would see first"))
		for _, x := range r.First {
			s.row("  %-9s %-8s %s: %s", x.Category, x.Severity, x.id(), x.quote())
		}
	}
	if r.NotThanked > 0 {
		s.line("")
		s.line("%s", bold(fmt.Sprintf("not thanked: %s of praise with something in it that turns the praise round",
			count(r.NotThanked, "post has words", "posts have words"))))
		for _, x := range r.Bitter {
			s.row("  %s: %s", x.id(), x.quote())
		}
	}
	r.printBad(s)
	return s.write(out)
}

func (r *report) printBad(s *page) {
	if r.Bad == 0 {
		return
	}
	s.line("")
	s.line("%s", bold(count(r.Bad, "row", "rows")+" could not be read"))
	for _, b := range r.BadRows {
		s.row("  line %d: %s", b.Line, oneLine(b.Problem))
	}
	if more := r.Bad - len(r.BadRows); more > 0 {
		s.line("  and %s more", number(more))
	}
}

func (t tallied) name() string {
	if t.Name == "" {
		return "no rule"
	}
	return t.Name
}

// quote is the example's text with its words marked.
func (x shown) quote() string { return `"` + excerpt(x.Text, x.places) + `"` }

// id is what -why takes.
func (x shown) id() string {
	_, id, _ := strings.Cut(x.Ref, "/")
	return oneLine(id)
}

// joined lists the most frequent names with their counts.
func joined(list []tallied, most int) string {
	s := ""
	for i, t := range list[:min(most, len(list))] {
		if i > 0 {
			s += ", "
		}
		s += t.Name + " " + number(t.Posts)
	}
	return s
}
