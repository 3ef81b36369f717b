package insight_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/insight"
)

// A box is where something stands in a drawing.
type box struct {
	what           string
	x0, y0, x1, y1 float64
}

func (b box) overlaps(o box) bool { return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1 }

// advance is how far a letter reaches, in parts of the letter's size, in DejaVu Sans: a wide font.
func advance(r rune) float64 {
	switch {
	case r >= 0x1100:
		return 1
	case strings.ContainsRune("WM@%mw", r):
		return 0.99
	case r >= 'A' && r <= 'Z':
		return 0.78
	case strings.ContainsRune(" .,:;'|!()[]/-iljtf", r):
		return 0.4
	case strings.ContainsRune("<>+=~#&", r):
		return 0.84
	}
	return 0.64
}

// drawn reads the boxes of a drawing: its size, its texts and its bars.
func drawn(t testing.TB, svg []byte) (paper box, boxes []box) {
	t.Helper()
	var open *box
	var size float64
	var anchor string
	for dec := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return paper, boxes
		}
		require.NoError(t, err)
		switch e := token.(type) {
		case xml.StartElement:
			at := map[string]float64{}
			anchor, size = "", 13
			for _, a := range e.Attr {
				at[a.Name.Local], _ = strconv.ParseFloat(a.Value, 64)
				switch {
				case a.Name.Local == "text-anchor":
					anchor = a.Value
				case a.Name.Local == "class" && strings.Contains(a.Value, "title"):
					size = 16 * 1.12 // bold
				}
			}
			switch {
			case e.Name.Local == "rect" && at["x"] == 0:
				paper = box{"paper", 0, 0, at["width"], at["height"]}
			case e.Name.Local == "rect":
				boxes = append(boxes, box{"bar", at["x"], at["y"], at["x"] + at["width"], at["y"] + at["height"]})
			case e.Name.Local == "text":
				open = &box{"", at["x"], at["y"] - size, at["x"], at["y"] + size/4}
			}
		case xml.CharData:
			if open == nil {
				continue
			}
			long := 0.0
			for _, r := range string(e) {
				long += advance(r) * size
			}
			if open.what = string(e); anchor == "end" {
				open.x0 -= long
			} else {
				open.x1 += long
			}
			boxes = append(boxes, *open)
			open = nil
		}
	}
}

func TestNothingLiesOnAnother(t *testing.T) {
	_, charts := week(t)
	wide := func(letter string) insight.Chart {
		c := insight.Chart{Title: strings.Repeat(letter, 200), Unit: insight.Millis}
		for n := range 12 {
			c.Bars = append(c.Bars, insight.Bar{Name: strings.Repeat(letter, n*5), Value: math.MaxInt64 >> (5 * n), N: math.MaxInt32})
		}
		return c
	}
	share := insight.Chart{Title: "Answered in time", Unit: insight.PerMille, Bars: []insight.Bar{{Name: "a", Value: 1000, N: math.MaxInt}}}
	for _, c := range append(charts, wide("W"), wide("漢"), wide("i"), wide("Q"), wide("&"), wide("é"), share, insight.Chart{}) {
		var svg bytes.Buffer
		require.NoError(t, c.SVG(&svg))
		paper, boxes := drawn(t, svg.Bytes())
		require.NotZero(t, paper.x1)
		for i, b := range boxes {
			assert.True(t, b.x0 >= 0 && b.y0 >= 0 && b.x1 <= paper.x1 && b.y1 <= paper.y1, "%q leaves the drawing: %v", b.what, b)
			for _, o := range boxes[i+1:] {
				assert.False(t, b.overlaps(o), "%q lies on %q", b.what, o.what)
			}
		}
	}
}

// luminance is that of a colour as the Web Content Accessibility Guidelines 2.2 have it.
func luminance(t testing.TB, colour string) float64 {
	n, err := strconv.ParseUint(colour, 16, 32)
	require.NoError(t, err)
	part := func(shift uint) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func TestColoursCanBeRead(t *testing.T) {
	var svg bytes.Buffer
	require.NoError(t, insight.Chart{}.SVG(&svg))
	light, dark, found := strings.Cut(svg.String(), "@media (prefers-color-scheme:dark)")
	require.True(t, found)
	rule := regexp.MustCompile(`\.(paper|ink|faint|bar|axis)\{(?:fill|stroke):#([0-9a-f]{6})\}`)
	for name, css := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]float64{}
		for _, m := range rule.FindAllStringSubmatch(css, -1) {
			colours[m[1]] = luminance(t, m[2])
		}
		require.Len(t, colours, 5, name)
		for part, least := range map[string]float64{"ink": 7, "faint": 4.5, "bar": 3, "axis": 3} {
			a, b := max(colours[part], colours["paper"]), min(colours[part], colours["paper"])
			assert.GreaterOrEqual(t, (a+0.05)/(b+0.05), least, "%s on a %s page", part, name)
		}
	}
}
