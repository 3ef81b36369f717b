package insight

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reputekit/reputation/mention"
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
		wide = max(wide, utf8.RuneCountInString(short(x.Name)))
	}
	for _, x := range c.Bars {
		name := short(x.Name)
		pad := strings.Repeat(" ", wide-utf8.RuneCountInString(name))
		marks := strings.Repeat("#", int(c.length(x, 40)))
		fmt.Fprintf(b, "%s%s  %-40s  %s\n", name, pad, marks, c.say(x))
	}
	return b.Flush()
}

// The measures of a drawing, in pixels.
const (
	width   = 640
	left    = 170
	right   = 150
	rowHigh = 28
	topHigh = 64
)

// style has both colours of everything: for light pages, and for dark ones.
const style = `<style>
.reputation-chart .paper{fill:#ffffff}.reputation-chart .ink{fill:#1b1f24}
.reputation-chart .faint{fill:#57606a}.reputation-chart .bar{fill:#0b5fad}.reputation-chart .axis{stroke:#8c959f}
@media (prefers-color-scheme:dark){
.reputation-chart .paper{fill:#0d1117}.reputation-chart .ink{fill:#e6edf3}
.reputation-chart .faint{fill:#9aa4af}.reputation-chart .bar{fill:#58a6ff}.reputation-chart .axis{stroke:#6e7681}}
.reputation-chart text{font-family:system-ui,sans-serif;font-size:13px}.reputation-chart .title{font-size:16px;font-weight:600}
</style>
`

// SVG writes the chart as a drawing that stands alone, and in a page. Its title and values are text: who cannot see it
// can have it read. The error is that of w.
func (c Chart) SVG(w io.Writer) error {
	b := bufio.NewWriter(w)
	high := topHigh + rowHigh*len(c.Bars) + 16
	title, unit := escaped(c.Title), escaped(c.Unit.inWords())
	id := mention.Key("chart", c.Title)[:8] // so that several can stand in one page
	fmt.Fprintf(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "+
		"class=\"reputation-chart\" aria-labelledby=\"t%s d%s\">\n", width, high, width, high, id, id)
	fmt.Fprintf(b, "<title id=\"t%s\">%s</title>\n<desc id=\"d%s\">%s", id, title, id, unit)
	for _, x := range c.Bars {
		fmt.Fprintf(b, "; %s: %s", escaped(x.Name), escaped(c.say(x)))
	}
	b.WriteString("</desc>\n" + style)
	fmt.Fprintf(b, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", width, high)
	fmt.Fprintf(b, "<text class=\"ink title\" x=\"16\" y=\"28\">%s</text>\n<text class=\"faint\" x=\"16\" y=\"48\">%s</text>\n", title, unit)
	for i, x := range c.Bars {
		y := topHigh + rowHigh*i
		long := c.length(x, width-left-right)
		fmt.Fprintf(b, "<text class=\"ink\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", left-10, y+18, escaped(short(x.Name)))
		fmt.Fprintf(b, "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", left, y+4, long, rowHigh-8)
		fmt.Fprintf(b, "<text class=\"ink\" x=\"%d\" y=\"%d\">%s</text>\n", left+int(long)+8, y+18, escaped(c.say(x)))
	}
	fmt.Fprintf(b, "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n</svg>\n", left, topHigh, left, high-16)
	return b.Flush()
}

// short is a name that fits beside its bar.
func short(name string) string {
	name = plain(name)
	if r := []rune(name); len(r) > 20 {
		return string(r[:19]) + "…"
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
