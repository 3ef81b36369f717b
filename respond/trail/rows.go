package trail

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Trail is one trail as Import read it, whole and verified.
type Trail struct {
	Name  Name
	Links []Link
	Tip   Tip
}

// rowsVersion is the version of the rows. A newer one is refused.
const rowsVersion = 1

// longestRow bounds a row of a stranger's file.
const longestRow = 64 << 20 // bytes

// A row is one line: the beginning of a trail, a link, or the end of a trail. Bytes that are text are written as text,
// so that a person can search them.
type row struct {
	Trail int    `json:"trail,omitempty"` // the version: begins a trail
	Of    *Name  `json:"of,omitempty"`
	Head  string `json:"head,omitempty"`
	Salt  []byte `json:"salt,omitempty"`
	Body  string `json:"body,omitempty"`
	Bytes []byte `json:"bytes,omitempty"` // a body that is no text
	End   *Tip   `json:"end,omitempty"`
}

// Export verifies a trail and writes it as JSON Lines: a row that names it, a row an entry, and a row with its tip, so
// that a file that was cut short is found out. Several trails may follow one another in one file. On a *BrokenError the
// rows before it are written, and no end: Import refuses them.
func Export(w io.Writer, name Name, links iter.Seq[Link]) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(row{Trail: rowsVersion, Of: &name}); err != nil {
		return err
	}
	tip, err := walk(name, links, nil, func(_ Head, l Link) error {
		r := row{Head: string(l.Head), Salt: l.Salt, Body: string(l.Body)}
		if !utf8.Valid(l.Body) {
			r.Body, r.Bytes = "", l.Body
		}
		return enc.Encode(r)
	})
	if err != nil {
		return err
	}
	return enc.Encode(row{End: &tip})
}

// A RowError is a row that cannot be taken.
type RowError struct {
	Line int    // from 1
	Why  string // for a person; no text of the row is in it
}

// Error names the line and what is wrong with it.
func (e RowError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Why) }

// RowErrors are all rows of a file that cannot be taken, in order; at most 100 of them.
type RowErrors []RowError

// Error lists them.
func (e RowErrors) Error() string {
	var lines []string
	for _, x := range e {
		lines = append(lines, x.Error())
	}
	return strings.Join(lines, "\n")
}

// mostRowErrors is how many are told: a file of another kind is bad from end to end.
const mostRowErrors = 100

// Import reads what Export wrote, and verifies every trail. Either all of it is taken or nothing is: bad rows and trails
// that do not hold give RowErrors, all of them at once, and no trails; any other error is that of r. A name that the
// caller does not expect is his to refuse, and so is a trail whose tip is not the one that he knows.
func Import(r io.Reader) ([]Trail, error) {
	in := importer{names: map[Name]int{}}
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, longestRow)
	for scan.Scan() && len(in.bad) < mostRowErrors {
		in.line++
		in.row(scan.Bytes())
	}
	switch err := scan.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		in.line++
		in.refuse("the row has more than %d bytes", longestRow)
	case err != nil:
		return nil, err
	}
	if in.open != nil && len(in.bad) < mostRowErrors {
		in.line++
		in.refuse("the file ends before the trail of %s %s does", in.open.Name.Kind, in.open.Name.ID)
	}
	if len(in.bad) > 0 {
		return nil, in.bad
	}
	return in.done, nil
}

// An importer is a file read so far.
type importer struct {
	line  int
	open  *Trail
	lost  bool
	done  []Trail
	names map[Name]int // the line on which each trail begins
	bad   RowErrors
}

func (in *importer) refuse(format string, args ...any) {
	in.bad = append(in.bad, RowError{Line: in.line, Why: oneLine(fmt.Sprintf(format, args...))})
}

func (in *importer) row(line []byte) {
	if len(bytes.TrimSpace(line)) == 0 {
		return
	}
	var r row
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil || !utf8.Valid(line) {
		in.refuse("it is no row of a trail")
		in.lost = true
		return
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		in.refuse("more than one value stands on it")
		in.lost = true
		return
	}
	switch {
	case r.Trail != 0:
		in.begin(r)
	case r.End != nil:
		in.end(*r.End)
	case r.Head == "":
		in.refuse("it neither begins a trail, nor ends one, nor has a head")
		in.lost = true
	case in.open == nil:
		if !in.lost {
			in.refuse("an entry stands before the row that names its trail")
		}
	default:
		l := Link{Head: []byte(r.Head), Salt: r.Salt, Body: []byte(r.Body)}
		if len(r.Bytes) > 0 {
			l.Body = r.Bytes
		}
		if l.Bare() {
			l = l.Bared()
		}
		in.open.Links = append(in.open.Links, l)
	}
}

func (in *importer) begin(r row) {
	if in.open != nil {
		in.refuse("a trail begins before the one of %s %s has ended", in.open.Name.Kind, in.open.Name.ID)
	}
	in.open, in.lost = nil, true
	switch {
	case r.Trail > rowsVersion || r.Trail < 0:
		in.refuse("the rows are of version %d, and this program reads up to %d", r.Trail, rowsVersion)
		return
	case r.Of == nil || r.Of.Kind == "" || r.Of.ID == "":
		in.refuse("the trail has no name: a kind and an id")
		return
	}
	if was, twice := in.names[*r.Of]; twice {
		in.refuse("the trail of %s %s begins on line %d already", r.Of.Kind, r.Of.ID, was)
		return
	}
	in.names[*r.Of] = in.line
	in.open, in.lost = &Trail{Name: *r.Of}, false
}

func (in *importer) end(tip Tip) {
	t := in.open
	in.open = nil
	switch {
	case t == nil && !in.lost:
		in.refuse("a trail ends that has not begun")
		return
	case t == nil || in.lost: // its own rows are told already
		return
	}
	held, err := Verify(t.Name, slices.Values(t.Links), tip)
	if err == nil && (held.Seq != tip.Seq || held.Hash != tip.Hash) {
		err = &BrokenError{Seq: tip.Seq + 1, Fault: Forged, Why: "it stands behind the tip of the trail"}
	}
	if err != nil {
		in.refuse("the trail of %s %s does not hold: %s", t.Name.Kind, t.Name.ID, err)
		return
	}
	t.Tip = held
	in.done = append(in.done, *t)
}
