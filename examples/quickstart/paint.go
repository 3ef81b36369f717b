package main

import (
	"cmp"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A paint knows how wide the screen is and whether it has colours.
type paint struct {
	width  int
	colour bool
}

const (
	widest    = 100 // how long a line gets where nobody says how wide the terminal is, and wherever it is wider
	narrowest = 40  // and how short where it is narrower
)

// paintFor looks at where the output goes: colour only on a terminal, and never with NO_COLOR.
func paintFor(out io.Writer, env func(string) string) paint {
	p := paint{width: widest}
	if n := terminalWidth(out); n > 0 {
		p.width = min(widest, max(narrowest, n))
	}
	if n, err := strconv.Atoi(env("COLUMNS")); err == nil && n > 0 {
		p.width = min(widest, max(narrowest, n))
	}
	f, ok := out.(*os.File)
	if !ok || env("NO_COLOR") != "" || env("TERM") == "dumb" {
		return p
	}
	info, err := f.Stat()
	p.colour = err == nil && info.Mode()&os.ModeCharDevice != 0
	return p
}

// Marks inside a line, before it is measured. They take no room; open and shut become colour or brackets.
const (
	open  = '\uE000' // a word that decided something begins
	shut  = '\uE001' // it ends
	loud  = '\uE002' // bold begins
	quiet = '\uE003' // bold ends
	short = '\uE004' // this line is cut where it is too long, and not broken
)

// bold marks a heading.
func bold(s string) string { return string(loud) + s + string(quiet) }

// marked puts the words at the places into marks, and makes the text of a stranger safe to print on one line. Places may
// overlap; those outside the text are left out.
func marked(text string, places []place) string {
	ps := slices.DeleteFunc(slices.Clone(places), func(p place) bool {
		return p.start < 0 || p.end > len(text) || p.start >= p.end
	})
	slices.SortFunc(ps, func(a, b place) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	var b strings.Builder
	at := 0
	for i := 0; i < len(ps); {
		from, to := ps[i].start, ps[i].end
		for i++; i < len(ps) && ps[i].start <= to; i++ {
			to = max(to, ps[i].end)
		}
		b.WriteString(oneLine(text[at:from]))
		b.WriteRune(open)
		b.WriteString(oneLine(text[from:to]))
		b.WriteRune(shut)
		at = to
	}
	b.WriteString(oneLine(text[at:]))
	return b.String()
}

// A place is a part of a text, in bytes.
type place struct{ start, end int }

// oneLine is s without line breaks, control characters, what turns the writing direction round, and our own marks.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= open && r <= short:
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}

// printable is an error's text as a terminal can bear it: it may quote a file that is none. Its line breaks stay.
func printable(s string) string {
	const most = 400 // columns of a line
	lines := strings.Split(strings.ToValidUTF8(s, "\uFFFD"), "\n")
	for i, line := range lines {
		lines[i] = paint{}.cut(oneLine(line), most)
	}
	return strings.Join(lines, "\n")
}

// columns is about how much room a rune takes.
func columns(r rune) int {
	switch {
	case r >= open && r <= short, unicode.Is(unicode.Mn, r), r == '\u200D', r >= 0xFE00 && r <= 0xFE0F:
		return 0
	case r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3,
		r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60, r >= 0x1F300 && r <= 0x1FAFF:
		return 2
	}
	return 1
}

// room is how many columns a line takes once it is painted.
func (p paint) room(s string) int {
	n := 0
	for _, r := range s {
		n += columns(r)
		if !p.colour && (r == open || r == shut) {
			n++
		}
	}
	return n
}

// cut shortens a line to a number of columns, with an ellipsis, and closes the marks it cuts.
func (p paint) cut(s string, most int) string {
	if p.room(s) <= most {
		return s
	}
	var b strings.Builder
	n, within := 0, false
	for _, r := range s {
		w := columns(r)
		if !p.colour && r == open {
			w = 2 // its closing bracket needs room too
		} else if !p.colour && r == shut {
			w = 0
		}
		if n+w > most-1 {
			break
		}
		if r == open {
			within = true
		} else if r == shut {
			within = false
		}
		n += w
		b.WriteRune(r)
	}
	out := strings.TrimRight(b.String(), " ")
	out = strings.TrimSuffix(out, string(open))
	if within && strings.LastIndex(out, string(open)) > strings.LastIndex(out, string(shut)) {
		return out + "…" + string(shut)
	}
	return out + "…"
}

// wrap breaks a line at spaces. Lines after the first begin with hang.
func (p paint) wrap(s, hang string) []string {
	var out []string
	line := ""
	for i, word := range strings.Split(s, " ") {
		switch {
		case i == 0:
			line = word
		case p.room(line)+1+p.room(word) <= p.width:
			line += " " + word
		default:
			out = append(out, line)
			line = hang + word
		}
		if p.room(line) > p.width {
			line = p.cut(line, p.width)
		}
	}
	return append(out, line)
}

// finish turns the marks into what the screen shows.
func (p paint) finish(s string) string {
	marks := []string{string(open), "[", string(shut), "]", string(loud), "", string(quiet), "", string(short), ""}
	if p.colour {
		marks = []string{
			string(open), "\x1b[1;33m", string(shut), "\x1b[0m",
			string(loud), "\x1b[1m", string(quiet), "\x1b[0m", string(short), "",
		}
	}
	return strings.NewReplacer(marks...).Replace(s)
}
