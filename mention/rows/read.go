package rows

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/reputekit/reputation/mention"
	"golang.org/x/text/encoding/unicode"
)

// A Row is one mention of a file, as Canonical gives it, and the line it begins on, from 1.
type Row struct {
	Line    int
	Mention mention.Mention
}

// A RowError says what is wrong with one row. The rows after it are read all the same.
type RowError struct {
	Line int   // on which the row begins, from 1
	Err  error // spec.Problems with the row's own names as paths, ErrRowTooLong, or what is wrong with the form
}

// Error gives "line 12: ...".
func (e *RowError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns Err.
func (e *RowError) Unwrap() error { return e.Err }

// ErrRowTooLong is what is wrong with a row of more than 10 MB.
var ErrRowTooLong = errors.New("the row is longer than 10 MB")

const maxRow = 10 << 20

// Read reads mentions from a file whatever its form: JSON Lines, a JSON array, or CSV with a heading (commas,
// semicolons, tabs or bars), any of them compressed with gzip, in UTF-8 or, with a byte order mark, UTF-16.
//
// It yields each row with a nil error, or a zero Row with a *RowError for a row that cannot be read. Any other error is
// about the whole (r failed, the heading lacks a column that f names) and is the last.
func Read(r io.Reader, f Fields) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		in, err := open(r)
		if err != nil {
			yield(Row{}, err)
			return
		}
		switch formOf(in) {
		case formLines:
			ReadLines(in, f)(yield)
		case formValues:
			readValues(in, f, yield)
		default:
			ReadCSV(in, f)(yield)
		}
	}
}

// open unpacks the input and takes its byte order mark off.
func open(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	if head, _ := in.Peek(2); string(head) == "\x1f\x8b" {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("the file begins like gzip, but: %w", err)
		}
		in = bufio.NewReaderSize(z, 64<<10)
	}
	switch head, _ := in.Peek(2); string(head) {
	case "\xff\xfe", "\xfe\xff":
		wide := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
		in = bufio.NewReaderSize(wide.Reader(in), 64<<10)
	}
	skipMark(in)
	return in, nil
}

// skipMark takes a byte order mark of UTF-8 off.
func skipMark(in *bufio.Reader) {
	if head, _ := in.Peek(3); string(head) == "\xef\xbb\xbf" {
		_, _ = in.Discard(3)
	}
}

type fileForm int

const (
	formCSV fileForm = iota
	formLines
	formValues // JSON values that are not one a line: in an array, or over several lines
)

func formOf(in *bufio.Reader) fileForm {
	head, _ := in.Peek(4096)
	head = bytes.TrimLeft(head, " \t\r\n")
	line, _, _ := bytes.Cut(head, []byte("\n"))
	switch line = bytes.TrimSpace(line); {
	case len(line) == 0:
		return formLines
	case line[0] == '[', string(line) == "{":
		return formValues
	case line[0] == '{':
		return formLines
	}
	return formCSV
}

// lines reads lines and counts them.
type lines struct {
	in   *bufio.Reader
	line int // of the line read last
	buf  []byte
}

// next gives the next line without its end, valid until it is called again. A line that is too long is read to its end
// and is ErrRowTooLong; at the end of the file the error is io.EOF.
func (l *lines) next() ([]byte, error) {
	l.line++
	l.buf = l.buf[:0]
	read, tooLong := false, false
	for {
		part, err := l.in.ReadSlice('\n')
		read = read || len(part) > 0
		if tooLong = tooLong || len(l.buf)+len(part) > maxRow; !tooLong {
			l.buf = append(l.buf, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !(errors.Is(err, io.EOF) && read):
			return nil, err
		case tooLong:
			l.buf = l.buf[:0:0] // the memory is not needed for the lines to come
			return nil, ErrRowTooLong
		}
		return bytes.TrimRight(l.buf, "\r\n"), nil
	}
}

// failed is the last thing a reader yields when r fails.
func failed(line int, err error) error {
	return fmt.Errorf("reading stopped at line %d: %w", line, err)
}

// finish fills in what a file need not say.
func finish(m mention.Mention, line int) mention.Mention {
	if m.Ref.Channel == "" {
		m.Ref.Channel = "file"
	}
	if m.Ref.ID == "" {
		m.Ref.ID = fmt.Sprintf("line-%d", line)
	}
	return m.Canonical()
}
