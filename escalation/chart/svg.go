package chart

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reputekit/reputation/escalation/roster"
)

// Sizes of the drawing, in its own units.
const (
	left   = 70 // of the hours
	top    = 64 // of the days
	hour   = 28
	lane   = 34
	margin = 16

	letter   = 9 // about
	lineHigh = 20
)

// hues tell members apart; those further on come again. They have contrast with black letters.
var hues = []string{"#8ecae6", "#ffd166", "#95d5b2", "#f4a6c0", "#cdb4db", "#f8ad9d", "#b8c0ff", "#d9ed92"}

// WeekSVG draws the duty of a roster in the seven days from the date of an instant, as SVG: a bar for each shift, from
// left to right the hours of elapsed time since midnight, a dashed frame where nobody is on duty. It is readable on a
// light and on a dark page. Nil loc is UTC.
func WeekSVG(s *roster.Schedule, id string, from time.Time, loc *time.Location) string {
	w := weekOf(s, id, from, loc)
	longest := 24 * time.Hour
	for _, d := range w.days {
		longest = max(longest, d.to.Sub(d.from))
	}
	width := left + across(longest) + margin
	height := top + days*lane + 54 + (len(w.legend(width))-1)*lineHigh
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" `+
		`aria-labelledby="title desc">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n", text(w.name()), text(w.words()))
	b.WriteString(style + "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n")
	fmt.Fprintf(&b, "<text class=\"name\" x=\"%d\" y=\"24\">%s</text>\n", margin, text(w.name()))
	for h := 0; time.Duration(h)*time.Hour <= longest; h += 3 {
		x := left + h*hour
		fmt.Fprintf(&b, "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", x, top-6, x, top+days*lane)
		fmt.Fprintf(&b, "<text class=\"axis\" x=\"%d\" y=\"%d\">%d</text>\n", x, top-12, h)
	}
	for i, d := range w.days {
		w.draw(&b, d, top+i*lane)
	}
	fmt.Fprintf(&b, "<text class=\"unit\" x=\"%d\" y=\"%d\">hours since midnight; dashed: nobody on duty</text>\n",
		left, top+days*lane+20)
	for i, line := range w.legend(width) {
		w.names(&b, line, top+days*lane+42+i*lineHigh)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// style has a page of its own in both, so that no letter depends on what is behind the drawing.
const style = `<style>
.page { fill: #ffffff; }
text { font: 13px sans-serif; fill: #1b1b1b; }
.name { font-size: 16px; font-weight: bold; }
.axis { text-anchor: middle; }
.day { text-anchor: end; }
.who { fill: #000000; }
.grid { stroke: #8a8a8a; stroke-width: 0.5; }
.hole { fill: none; stroke: #b00020; stroke-width: 1.5; stroke-dasharray: 5 4; }
.bar { stroke: #555555; stroke-width: 0.5; }
@media (prefers-color-scheme: dark) {
.page { fill: #161616; }
text { fill: #f0f0f0; }
.who { fill: #000000; }
.hole { stroke: #ff8a95; }
}
</style>
`

// draw draws one day. Several on duty at once share the height.
func (w week) draw(b *strings.Builder, d day, y int) {
	fmt.Fprintf(b, "<text class=\"day\" x=\"%d\" y=\"%d\">%s</text>\n", left-8, y+20, d.from.Add(12*time.Hour).In(w.loc).Format("Mon 02"))
	for _, s := range d.shifts {
		x, wide := left+across(s.From.Sub(d.from)), across(s.To.Sub(s.From))
		if len(s.On) == 0 {
			fmt.Fprintf(b, "<rect class=\"hole\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", x, y+3, wide, lane-6)
		}
		for i, who := range s.On {
			high := max(1, (lane-6)/len(s.On)) // more than there is room for lie on each other at the foot
			foot := y + lane - 3 - high
			fmt.Fprintf(b, "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"><title>%s</title></rect>\n",
				x, min(y+3+i*high, foot), wide, high, w.hue(who), text(fmt.Sprintf("%s, %s to %s", who,
					s.From.In(w.loc).Format("15:04 MST"), s.To.In(w.loc).Format("15:04 MST"))))
			if high >= 14 && wide >= letter*utf8.RuneCountInString(who) {
				fmt.Fprintf(b, "<text class=\"who\" x=\"%d\" y=\"%d\">%s</text>\n", x+5, y+3+i*high+high/2+5, text(who))
			}
		}
	}
}

// legend is who there is, in as many lines as it takes within the width.
func (w week) legend(width int) [][]string {
	lines, x := [][]string{nil}, left
	for _, who := range w.people {
		if x+named(who) > width && x > left {
			lines, x = append(lines, nil), left
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], who)
		x += named(who)
	}
	return lines
}

// named is the width of a member in the legend.
func named(who string) int { return 17 + letter*utf8.RuneCountInString(who) + 14 }

func (w week) names(b *strings.Builder, people []string, y int) {
	x := left
	for _, who := range people {
		fmt.Fprintf(b, "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>\n", x, y-11, w.hue(who))
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%d\">%s</text>\n", x+17, y, text(who))
		x += named(who)
	}
}

func (w week) hue(who string) string { return hues[slices.Index(w.people, who)%len(hues)] }

// words says in one sentence how much of the week is covered, for who does not see the drawing.
func (w week) words() string {
	var all, hole, several time.Duration
	for _, d := range w.days {
		for _, s := range d.shifts {
			length := s.To.Sub(s.From)
			all += length
			switch {
			case len(s.On) == 0:
				hole += length
			case len(s.On) > 1:
				several += length
			}
		}
	}
	return fmt.Sprintf("Of %s, nobody is on duty for %s and several are for %s.", short(all), short(hole), short(several))
}

// across is the width of a stretch of time.
func across(d time.Duration) int { return int(d * hour / time.Hour) }

func text(s string) string { return html.EscapeString(plain(s)) }
