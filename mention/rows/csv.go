package rows

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"
)

// ReadCSV reads comma-separated values (RFC 4180) whose first line names the columns; semicolons, tabs or bars may
// stand for the commas. Names are compared with those of f without regard to case. A row with fewer values than columns
// has the last ones empty; one with more is wrong. What it yields is as for Read.
//
// A value with a quote that never ends would swallow the rows after it. It costs its own row only: reading goes on at
// the line after the one it begins on.
func ReadCSV(r io.Reader, f Fields) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		c := table{in: bufio.NewReaderSize(r, 64<<10), line: 1}
		skipMark(c.in)
		if err := c.heading(f); err != nil {
			if !errors.Is(err, io.EOF) {
				yield(Row{}, err)
			}
			return
		}
		for {
			row, err := c.row(f)
			var bad *RowError
			switch {
			case errors.Is(err, io.EOF):
				return
			case err == nil && row.Line == 0: // a blank line
				continue
			}
			if !yield(row, err) || err != nil && !errors.As(err, &bad) {
				return
			}
		}
	}
}

// A table cuts CSV into records.
type table struct {
	in       *bufio.Reader
	replay   []byte // to be read before in
	replayed int    // bytes so far
	line     int    // of the next byte
	comma    byte
	raw      []byte // the record in hand, as it was read
	values   []string
	columns  map[string]int // by name; -1 for a name that stands twice
	width    int            // of the heading
}

// maxReplay bounds what quotes without an end may cost; a file with so many is left at the last of them.
const maxReplay = 8 * maxRow

// heading reads the first record and finds the columns that f names.
func (c *table) heading(f Fields) error {
	head, _ := c.in.Peek(16 << 10)
	first, _, _ := bytes.Cut(head, []byte("\n"))
	c.comma = commaOf(first)
	line, err := c.record()
	if err != nil {
		return err
	}
	c.columns, c.width = map[string]int{}, len(c.values)
	for i, name := range c.values {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := c.columns[name]; twice {
			i = -1
		}
		c.columns[name] = i
	}
	named := f.named()
	for _, name := range named.slots() {
		i, ok := c.columns[strings.ToLower(*name)]
		if ok && i < 0 && *name != "" {
			return fmt.Errorf("line %d: the column %q stands there twice", line, *name)
		}
		if ok || *name == "" || !f.foreign() && name != &named.Text {
			continue
		}
		return fmt.Errorf("line %d: there is no column %q; the columns are %s", line, *name, shown(c.values))
	}
	return nil
}

// shown lists the columns of a heading for a person: not all of a long one, and nothing that a terminal would obey.
func shown(columns []string) string {
	const most, longest = 20, 40
	list := make([]string, 0, most+1)
	for i, c := range columns {
		if i == most {
			list = append(list, fmt.Sprintf("and %d more", len(columns)-most))
			break
		}
		if runes := []rune(c); len(runes) > longest {
			c = string(runes[:longest]) + "..."
		}
		list = append(list, strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return unicode.ReplacementChar
			}
			return r
		}, c))
	}
	return strings.Join(list, ", ")
}

// commaOf finds what parts the values of the heading: the most frequent of the usual signs outside quotes.
func commaOf(heading []byte) byte {
	best, most := byte(','), 0
	for _, sign := range []byte{',', ';', '\t', '|'} {
		n, quoted := 0, false
		for _, b := range heading {
			if b == '"' {
				quoted = !quoted
			} else if b == sign && !quoted {
				n++
			}
		}
		if n > most {
			best, most = sign, n
		}
	}
	return best
}

func (c *table) row(f Fields) (Row, error) {
	line, err := c.record()
	switch {
	case errors.Is(err, ErrRowTooLong), errors.Is(err, errQuote), errors.Is(err, errForm):
		return Row{}, &RowError{Line: line, Err: err}
	case err != nil && !errors.Is(err, io.EOF):
		return Row{}, failed(line, err)
	case err != nil:
		return Row{}, err
	case len(c.values) == 1 && strings.TrimSpace(c.values[0]) == "" && c.width > 1:
		return Row{}, nil
	case len(c.values) > c.width && slices.ContainsFunc(c.values[c.width:], func(s string) bool { return s != "" }):
		err := rowProblem("the row has %d values, the heading names %d columns", len(c.values), c.width)
		return Row{}, &RowError{Line: line, Err: err}
	}
	m, err := f.named().mention(func(name string) (string, bool, error) {
		i, ok := c.columns[strings.ToLower(name)]
		if !ok {
			return "", false, nil
		}
		if i >= len(c.values) {
			return "", true, nil
		}
		return c.values[i], true, nil
	})
	if err != nil {
		return Row{}, &RowError{Line: line, Err: err}
	}
	return Row{Line: line, Mention: finish(m, line)}, nil
}

const errQuote = formError("something stands between a closing quote and the next separator")

// record reads the next record into values and gives the line it begins on.
func (c *table) record() (line int, err error) {
	line = c.line
	c.raw, c.values = c.raw[:0], c.values[:0]
	var value []byte
	quoted, closed, read := false, false, false
	for {
		b, err := c.next()
		switch {
		case errors.Is(err, io.EOF) && quoted, errors.Is(err, ErrRowTooLong) && quoted:
			return line, c.again(line)
		case errors.Is(err, io.EOF) && read:
			c.values = append(c.values, string(value))
			return line, nil
		case errors.Is(err, ErrRowTooLong):
			return line, c.skip(err)
		case err != nil:
			return line, err
		}
		read = true
		switch {
		case quoted && b == '"':
			quoted, closed = false, true
		case quoted:
			value = append(value, b)
		case closed && b == '"': // a quote written twice
			value = append(value, b)
			quoted, closed = true, false
		case b == c.comma:
			c.values = append(c.values, string(value))
			value, closed = value[:0], false
		case b == '\n':
			c.values = append(c.values, string(bytes.TrimSuffix(value, []byte("\r"))))
			return line, nil
		case closed && b != '\r' && b != ' ':
			return line, c.skip(errQuote)
		case closed:
		case b == '"' && len(bytes.TrimSpace(value)) == 0:
			quoted, value = true, value[:0]
		default:
			value = append(value, b)
		}
	}
}

// next reads a byte of the record.
func (c *table) next() (b byte, err error) {
	if len(c.raw) >= maxRow {
		return 0, ErrRowTooLong
	}
	if len(c.replay) > 0 {
		b, c.replay = c.replay[0], c.replay[1:]
	} else if b, err = c.in.ReadByte(); err != nil {
		return 0, err
	}
	c.raw = append(c.raw, b)
	if b == '\n' {
		c.line++
	}
	return b, nil
}

// skip reads on to the end of the line and gives the error back.
func (c *table) skip(because error) error {
	for {
		c.raw = c.raw[:0]
		switch b, err := c.next(); {
		case err != nil && !errors.Is(err, io.EOF):
			return err
		case err != nil, b == '\n':
			return because
		}
	}
}

// again goes back to the line after the one on which a quote without an end began.
func (c *table) again(line int) error {
	first := bytes.IndexByte(c.raw, '\n')
	if first < 0 || c.replayed > maxReplay {
		if len(c.raw) >= maxRow {
			return c.skip(ErrRowTooLong)
		}
		return errForm
	}
	c.replay = append(slices.Clone(c.raw[first+1:]), c.replay...)
	c.replayed += len(c.replay)
	c.line = line + 1
	return errForm
}
