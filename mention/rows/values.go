package rows

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// readValues reads JSON objects that stand in an array or over several lines.
func readValues(in *bufio.Reader, f Fields, yield func(Row, error) bool) {
	s := splitter{in: in, line: 1}
	for {
		data, line, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil && !errors.Is(err, ErrRowTooLong) && !errors.Is(err, errForm):
			yield(Row{}, failed(line, err))
			return
		}
		if !yieldRow(data, line, f, err, yield) {
			return
		}
	}
}

// A formError is about the form of a row rather than about reading it.
type formError string

const errForm = formError("the value that begins here has no end")

// Error implements error.
func (e formError) Error() string { return string(e) }

// A splitter cuts a JSON text into the values of its outermost array. It looks at brackets and quotes only, so that a
// value that is wrong inside doesn't spoil those after it.
type splitter struct {
	in   *bufio.Reader
	line int
	open int // brackets around the values
	buf  []byte
}

// next gives the next value and the line it begins on. Where an array has no end the last error is
// io.ErrUnexpectedEOF: what came before may not be all.
func (s *splitter) next() (data []byte, line int, err error) {
	var c byte
	for {
		c, err = s.in.ReadByte()
		if errors.Is(err, io.EOF) && s.open > 0 {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, s.line, err
		}
		if c == '\n' {
			s.line++
		}
		if s.open += opening(c); !strings.ContainsRune(" \t\r\n,[]", rune(c)) {
			break
		}
	}
	s.open -= opening(c)
	line, s.buf = s.line, append(s.buf[:0], c)
	depth, quoted, escaped, size := opening(c), c == '"', false, 1
	for depth > 0 || quoted {
		if c, err = s.in.ReadByte(); err != nil {
			if errors.Is(err, io.EOF) {
				err = errForm
			}
			return nil, line, err
		}
		if c == '\n' {
			s.line++
		}
		if size++; size <= maxRow {
			s.buf = append(s.buf, c)
		}
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped, quoted = c == '\\', c != '"'
		default:
			quoted = c == '"'
			depth += opening(c)
		}
	}
	if size > maxRow {
		s.buf = nil
		return nil, line, ErrRowTooLong
	}
	if c := s.buf[0]; c != '{' && c != '"' {
		s.word()
	}
	return s.buf, line, nil
}

// word reads on to the end of a bare word, such as a number where an object should be.
func (s *splitter) word() {
	for {
		next, err := s.in.Peek(1)
		if err != nil {
			return
		}
		switch next[0] {
		case ' ', '\t', '\r', '\n', ',', '[', ']', '{', '}', '"':
			return
		}
		c, _ := s.in.ReadByte()
		if len(s.buf) < 64 {
			s.buf = append(s.buf, c)
		}
	}
}

func opening(c byte) int {
	switch c {
	case '{', '[':
		return 1
	case '}', ']':
		return -1
	}
	return 0
}
