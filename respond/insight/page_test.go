package insight_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/insight"
)

var update = flag.Bool("update", false, "write the golden files anew")

// week is the page and charts of the stories above.
func week(t testing.TB) (insight.Page, []insight.Chart) {
	rules := house(t, alone)
	before := begin(t, rules, post("zoe", "z1", "@Fjordwing you cancelled my flight", tuesday.AddDate(0, 0, -7)))
	before.sent(at(20).AddDate(0, 0, -7), event.Drafted{Text: "We are sorry.", Settles: true})
	trails := []insight.Trail{before.trail(), resolved(t, rules).trail(), thanked(t, rules).trail(), dropped(t, rules).trail(),
		exposed(t, rules).trail(), settled(t, rules).trail()}
	trails[1].Causes, trails[5].Causes = []string{"fog"}, []string{"fog", "<crew> & \u202eco"}
	r := insight.Tell(slices.Values(trails), insight.Options{Until: at(0).AddDate(0, 1, 0), Zone: madrid(t)})
	page := r.Week("2026-W25", insight.Notes{
		Causes: []insight.Cause{{Name: "fog", Owner: "ops", Due: at(0)}},
		Duties: []insight.Duty{{Name: "breach notice", Due: at(72 * 60)}},
	})
	inTime := r.Weeks("Answered in time", insight.PerMille, "2026-W23", "2026-W26", func(f insight.Figures) (int64, int) {
		share, _ := f.Replies.Share()
		return int64(share), f.Replies.InTime + f.Replies.Late
	})
	reply := r.Weeks("First reply, half within", insight.Millis, "2026-W24", "2026-W25", func(f insight.Figures) (int64, int) {
		ms, _ := f.FirstReply.Percentile(50)
		return ms, f.FirstReply.N
	})
	causes := insight.Chart{Title: "Causes <of> \"complaints\"\x00\u202e & more", Unit: insight.CasesUnit}
	for _, c := range r.Causes(nil) {
		causes.Bars = append(causes.Bars, insight.Bar{Name: c.Name, Value: int64(c.Cases), N: c.Cases})
	}
	return page, []insight.Chart{inTime, reply, causes}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, got, 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "run the test with -update and read the file")
	assert.Equal(t, string(want), string(got))
}

func TestWeekGoldens(t *testing.T) {
	page, charts := week(t)
	var text bytes.Buffer
	require.NoError(t, page.Text(&text))
	golden(t, "week.txt", text.Bytes())
	data, err := json.MarshalIndent(page, "", "  ")
	require.NoError(t, err)
	golden(t, "week.json", append(data, '\n'))
	text.Reset()
	for i, c := range charts {
		require.NoError(t, c.Text(&text))
		var svg bytes.Buffer
		require.NoError(t, c.SVG(&svg))
		golden(t, fmt.Sprintf("chart-%d.svg", i+1), svg.Bytes())
	}
	golden(t, "charts.txt", text.Bytes())
}

func TestDrawingsAreWellFormed(t *testing.T) {
	_, charts := week(t)
	hostile := insight.Chart{Title: "</title><script>\xff\x01", Unit: "<unit>", Bars: []insight.Bar{
		{Name: strings.Repeat("long ", 100), Value: 1 << 62, N: 1}, {Name: "below", Value: -5, N: 3}, {Name: "", Value: 7},
	}}
	for _, c := range append(charts, hostile, insight.Chart{}) {
		var svg bytes.Buffer
		require.NoError(t, c.SVG(&svg))
		names := map[string]int{}
		for dec := xml.NewDecoder(bytes.NewReader(svg.Bytes())); ; {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, svg.String())
			if e, ok := token.(xml.StartElement); ok {
				names[e.Name.Local]++
			}
		}
		assert.Equal(t, 1, names["title"])
		assert.Equal(t, 1, names["desc"], "its values can be read out")
		assert.Equal(t, len(c.Bars)+1, names["rect"], "a bar each, and the paper")
		assert.Zero(t, names["script"])
		assert.Contains(t, svg.String(), "prefers-color-scheme:dark")
		require.NoError(t, c.Text(io.Discard))
	}
	assert.Empty(t, insight.Report{}.Weeks("x", insight.Millis, "nonsense", "2026-W01", nil).Bars)
	assert.Empty(t, insight.Report{}.Week("", insight.Notes{}).Before)
	assert.NoError(t, insight.Report{}.Week("2026-W54", insight.Notes{}).Text(io.Discard), "a week that is none has a page without figures")
	assert.Equal(t, "2020-W53", insight.Report{}.Week("2021-W01", insight.Notes{}).Before)
	down := errors.New("down")
	assert.ErrorIs(t, charts[0].SVG(failing{down}), down)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
