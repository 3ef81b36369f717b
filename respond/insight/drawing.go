package insight

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/reputekit/reputation/mention"
)

// The measures of a drawing, in pixels.
const (
	width     = 720
	margin    = 16
	left      = 190 // where bars begin
	gap       = 8   // between a bar and its value
	rowHigh   = 28
	topHigh   = 64
	small     = 13 // the letters of names and values
	large     = 18 // those of the title: 16, and bold
	shortest  = 60 // of a full bar
	titleRoom = width - 2*margin
	nameRoom  = left - gap - margin
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
// can have it read. What is longer than its place is cut, so that no text lies on another or leaves the drawing. The error
// is that of w.
func (c Chart) SVG(w io.Writer) error {
	b := bufio.NewWriter(w)
	high := topHigh + rowHigh*max(1, len(c.Bars)) + margin
	title, unit := escaped(c.Title), escaped(c.Unit.inWords())
	id := c.id()
	fmt.Fprintf(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "+
		"class=\"reputation-chart\" aria-labelledby=\"t%s d%s\">\n", width, high, width, high, id, id)
	fmt.Fprintf(b, "<title id=\"t%s\">%s</title>\n<desc id=\"d%s\">%s", id, title, id, unit)
	for _, x := range c.Bars {
		fmt.Fprintf(b, "; %s: %s", escaped(x.Name), escaped(c.say(x)))
	}
	b.WriteString("</desc>\n" + style)
	fmt.Fprintf(b, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", width, high)
	words(b, "ink title", margin, 28, "", c.Title, titleRoom, large)
	words(b, "faint", margin, 48, "", c.Unit.inWords(), titleRoom, small)
	full := c.full()
	for i, x := range c.Bars {
		y := topHigh + rowHigh*i
		long := int(c.length(x, int64(full)))
		words(b, "ink", left-gap, y+18, " text-anchor=\"end\"", x.Name, nameRoom, small)
		fmt.Fprintf(b, "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", left, y+4, long, rowHigh-8)
		words(b, "ink", left+long+gap, y+18, "", c.say(x), width-margin-left-long-gap, small)
	}
	if len(c.Bars) == 0 {
		words(b, "ink", left+gap, topHigh+18, "", "nothing to show", nameRoom, small)
	}
	fmt.Fprintf(b, "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n</svg>\n", left, topHigh, left, high-margin)
	return b.Flush()
}

// id tells one drawing from another in the same page, by all that it shows.
func (c Chart) id() string {
	parts := []string{"chart", c.Title, string(c.Unit)}
	for _, x := range c.Bars {
		parts = append(parts, x.Name, c.say(x))
	}
	return mention.Key(parts...)[:8]
}

// full is the length of a full bar: what the widest value leaves.
func (c Chart) full() int {
	widest := 0
	for _, x := range c.Bars {
		widest = max(widest, wide(c.say(x), small))
	}
	return max(shortest, width-margin-left-gap-widest)
}

// words writes a text that is at most so many pixels wide.
func words(b *bufio.Writer, class string, x, y int, more, text string, room, size int) {
	fmt.Fprintf(b, "<text class=\"%s\" x=\"%d\" y=\"%d\"%s>%s</text>\n", class, x, y, more, escaped(fit(text, room, size)))
}

// fit is a text, or as much of it as there is room for.
func fit(text string, room, size int) string {
	text = plain(text)
	if wide(text, size) <= room {
		return text
	}
	kept, so := []rune{}, wide("…", size)
	for _, r := range text {
		if so += wide(string(r), size); so > room {
			break
		}
		kept = append(kept, r)
	}
	return string(kept) + "…"
}

// wide is how wide a text is at most, in pixels: fonts differ, so each letter is taken as in a wide one.
func wide(text string, size int) int {
	percent := 0
	for _, r := range text {
		switch {
		case r >= 0x1100 && !unicode.Is(unicode.Latin, r): // scripts that fill a square, and pictures
			percent += 140
		case r == 'W' || r == 'M' || r == 'm' || r == 'w' || r == '@' || r == '%' || r == '…':
			percent += 110
		case strings.ContainsRune(" .,:;'|!()[]/-iljtfr", r):
			percent += 45
		case unicode.IsUpper(r):
			percent += 85
		case r >= '0' && r <= '9' || r < 0x250 && unicode.IsLower(r):
			percent += 70
		case r < 0x80:
			percent += 90
		default:
			percent += 100
		}
	}
	return (percent*size + 99) / 100
}
