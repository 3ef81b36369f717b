package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A page is what is printed, line by line.
type page struct {
	paint paint
	lines []string
}

// line adds a line; it is broken at words where it is too long, and goes on beneath its own beginning.
func (s *page) line(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	indent := len(text) - len(strings.TrimLeft(text, " "))
	s.lines = append(s.lines, s.paint.wrap(text, strings.Repeat(" ", indent))...)
}

// row adds a line that is cut where it is too long.
func (s *page) row(format string, args ...any) {
	s.lines = append(s.lines, s.paint.cut(fmt.Sprintf(format, args...), s.paint.width))
}

func (s *page) write(out io.Writer) error {
	_, err := io.WriteString(out, s.String())
	return err
}

// String is the page as it is printed.
func (s *page) String() string {
	var b strings.Builder
	for _, line := range s.lines {
		b.WriteString(strings.TrimRight(s.paint.finish(line), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// before is how much of a long text is shown before its first marked word, in bytes.
const before = 30

// excerpt is a text of a stranger on one line with its words marked, beginning near the first of them.
func excerpt(text string, places []place) string {
	from := 0
	for _, p := range places {
		if p.start > before && (from == 0 || p.start-before < from) {
			from = p.start - before
		}
		if p.start <= before {
			from = 0
			break
		}
	}
	if len(text) <= 2*before {
		from = 0
	}
	if from == 0 {
		return marked(text, places)
	}
	for from < len(text) && (!utf8.RuneStart(text[from]) || text[from-1] != ' ') && from < places[0].start {
		from++
	}
	shifted := make([]place, len(places))
	for i, p := range places {
		shifted[i] = place{p.start - from, p.end - from}
	}
	return "…" + marked(text[from:], shifted)
}
