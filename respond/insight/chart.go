package insight

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Chart is bars of one unit beside one another, each with its value written out, so that nothing hangs on colour.
type Chart struct {
	Title string `json:"title"`
	Unit  Unit   `json:"unit"`
	Bars  []Bar  `json:"bars"`
}

// A Bar is one value.
type Bar struct {
	Name  string `json:"name"`
	Value int64  `json:"value"` // in the chart's unit; below 0 is drawn as 0
	N     int    `json:"n"`     // of how many; 0: there is no value, and no bar
}

// Weeks returns a chart of one figure over weeks, the oldest first: f says what is drawn of each week's figures. Weeks in
// which nothing happened have a bar without a value.
func (r Report) Weeks(title string, unit Unit, from, to string, f func(Figures) (value int64, n int)) Chart {
	c := Chart{Title: title, Unit: unit}
	monday, ok := mondayOf(from)
	last, known := mondayOf(to)
	if !ok || !known {
		return c
	}
	for n := 0; !monday.After(last) && n < mostBars; n++ {
		week := weekOf(monday, monday.Location())
		value, of := f(r.By[ByWeek][week])
		c.Bars = append(c.Bars, Bar{Name: week, Value: value, N: of})
		monday = monday.AddDate(0, 0, 7)
	}
	return c
}

// mostBars bounds a chart: more can't be read.
const mostBars = 106

// say is a bar's value with its unit.
func (c Chart) say(b Bar) string {
	v := Figure{Unit: c.Unit}.say(Value{Value: max(0, b.Value), N: b.N})
	switch {
	case c.Unit == CasesUnit:
		return v
	case b.N == 0:
		return "none"
	}
	return fmt.Sprintf("%s of %d", v, b.N)
}

// inWords is the unit as it stands beneath the title.
func (u Unit) inWords() string {
	switch u {
	case PerMille:
		return "share in percent, of how many"
	case Millis:
		return "time, of how many"
	case CasesUnit:
		return "number of cases"
	}
	return plain(string(u))
}

func (c Chart) most() int64 {
	if c.Unit == PerMille {
		return 1000
	}
	most := int64(1)
	for _, b := range c.Bars {
		most = max(most, b.Value)
	}
	return most
}

// length is a bar's part of a full one.
func (c Chart) length(b Bar, full int64) int64 {
	v, most := max(0, b.Value), c.most()
	if b.N == 0 && c.Unit != CasesUnit {
		return 0
	}
	for most > 1<<40 { // whole numbers that do not overflow
		v, most = v>>1, most>>1
	}
	return min(full, v*full/most)
}

// Text writes the chart as plain text, 40 marks for the full length. The error is that of w.
func (c Chart) Text(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s (%s)\n", plain(c.Title), c.Unit.inWords())
	wide := 0
	for _, x := range c.Bars {
		wide = max(wide, utf8.RuneCountInString(cut(x.Name, longestName)))
	}
	for _, x := range c.Bars {
		name := cut(x.Name, longestName)
		pad := strings.Repeat(" ", wide-utf8.RuneCountInString(name))
		marks := strings.Repeat("#", int(c.length(x, 40)))
		fmt.Fprintf(b, "%s%s  %-40s  %s\n", name, pad, marks, c.say(x))
	}
	if len(c.Bars) == 0 {
		b.WriteString("nothing to show\n")
	}
	return b.Flush()
}

// longestName is how many characters of a name stand beside its bar in a text.
const longestName = 20

// cut is a name with at most so many characters.
func cut(name string, most int) string {
	name = plain(name)
	if r := []rune(name); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return name
}

func escaped(s string) string { return html.EscapeString(plain(s)) }

// plain keeps to what is printed: no line ends, no marks that turn the writing round, nothing that XML forbids.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}
