package chart_test

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/chart"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
)

var update = flag.Bool("update", false, "write the drawings anew")

// house has a desk in two cities, a night duty in turns, and a head.
func house() escalation.Hierarchy {
	person := func(id, name, boss string) escalation.Member {
		return escalation.Member{ID: id, Name: name, Boss: boss, Contacts: []escalation.Contact{{Kind: "phone", Address: "+00 " + id}}}
	}
	h := escalation.Hierarchy{
		Members: []escalation.Member{
			person("ada", "Ada (head of desk)", ""), person("ben", "Ben", "ada"), person("cleo", `Cleo "night owl"`, "ada"),
			person("dev", "Dev", "ben"), {ID: "old", Name: "Otto", Left: true, Deputies: []string{"ben"}},
		},
		Teams: []escalation.Team{{ID: "desk", Members: []string{"ben", "cleo", "dev"}}},
		Calendars: []roster.Calendar{
			{ID: "day", Zone: "Europe/Madrid", Week: hours.Week{Open: []hours.Span{{From: "08:00", To: "22:00"}}}},
			{ID: "madrid", Zone: "Europe/Madrid"},
		},
		Rosters: []roster.Roster{{ID: "duty", Layers: []roster.Layer{
			{Rotations: []roster.Rotation{
				{Calendar: "day", From: "2026-03-02", Every: roster.Day, Slots: []string{"ben", "cleo"}}}},
			{Rotations: []roster.Rotation{
				{Calendar: "madrid", From: "2026-03-02", At: "20:00", Every: roster.Hour, N: 12, Slots: []string{"dev", ""}},
				{Calendar: "madrid", From: "2026-03-29", At: "01:00", Every: roster.Hour, N: 2, Slots: []string{"ada"},
					Changes: []roster.Change{{From: "2026-03-30", Slots: []string{""}}}}}},
		}}},
		Covers: []roster.Cover{{Kind: roster.Leave, Who: "dev",
			From: time.Date(2026, 3, 25, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 3, 26, 23, 0, 0, 0, time.UTC)}},
		Ladders: []escalation.Ladder{{ID: "main", Repeat: 1, Fallback: "ada", Levels: []escalation.Level{
			{To: []string{"owner"}, Wait: spec.Of(15 * time.Minute)},
			{To: []string{"duty", "desk"}, Wait: spec.Of(30 * time.Minute), Empty: "hold"}}}},
		Plans: []escalation.Plan{
			{ID: "rest", Owner: "ben", Backups: []string{"desk"}, Ladder: "main"},
			{ID: "danger", Categories: []string{"life"}, Owner: "ada", Ladder: "main"},
		},
	}
	return h
}

func compile(t testing.TB, h escalation.Hierarchy) *escalation.Directory {
	t.Helper()
	d, err := h.Compile(escalation.Options{})
	require.NoError(t, err)
	return d
}

// TestDrawings compares each drawing with the one that is checked in; -update writes them anew.
func TestDrawings(t *testing.T) {
	h := house()
	schedule := compile(t, h).Roster()
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	monday := time.Date(2026, 3, 23, 12, 0, 0, 0, time.UTC) // the clock goes forward on its Sunday
	back := time.Date(2026, 10, 19, 12, 0, 0, 0, time.UTC)
	for _, row := range []struct{ reason, file, got string }{
		{"bosses, deputies, teams, rosters", "hierarchy.mmd", chart.HierarchyMermaid(h)},
		{"the same for Graphviz", "hierarchy.dot", chart.HierarchyDOT(h)},
		{"levels, waits, the repeat, the fallback", "ladder.mmd", chart.LadderMermaid(h.Ladders[0])},
		{"the same for Graphviz", "ladder.dot", chart.LadderDOT(h.Ladders[0])},
		{"a week with a hole, two at once and a day of 23 hours", "week.txt", chart.WeekText(schedule, "duty", monday, madrid)},
		{"the same as SVG", "week.svg", chart.WeekSVG(schedule, "duty", monday, madrid)},
		{"a day of 25 hours", "autumn.txt", chart.WeekText(schedule, "duty", back, madrid)},
		{"the same as SVG", "autumn.svg", chart.WeekSVG(schedule, "duty", back, madrid)},
	} {
		file := filepath.Join("testdata", row.file)
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(row.got), 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err, row.reason)
		assert.Equal(t, string(want), row.got, "%s: %s", row.file, row.reason)
	}
}

// TestDrawingIsTheSchedule reads the text back: every column is who the schedule says.
func TestDrawingIsTheSchedule(t *testing.T) {
	d := compile(t, house())
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	sign := map[byte]string{'a': "ben", 'b': "cleo", 'c': "dev", 'd': "ada", '.': ""}
	for _, month := range []time.Month{time.March, time.June, time.October} {
		from := time.Date(2026, month, 24, 0, 0, 0, 0, madrid)
		at := from
		lines := strings.Split(chart.WeekText(d.Roster(), "duty", from, madrid), "\n")[4:11]
		for _, line := range lines {
			require.Equal(t, at.In(madrid).Format("Mon 02"), line[:6])
			columns, _, _ := strings.Cut(line[7:], " ")
			for i := range columns {
				on := d.Roster().On("duty", at)
				if columns[i] == '+' {
					require.Greater(t, len(on), 1, "%s", at)
				} else {
					require.Equal(t, sign[columns[i]], strings.Join(on, "+"), "%s", at)
				}
				at = at.Add(30 * time.Minute)
			}
			require.Equal(t, "00:00", at.In(madrid).Format("15:04"), "a line is a day")
		}
	}
}

// TestDrawingFits looks at every bar: none leaves the page, and those of a day fill it.
func TestDrawingFits(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	for _, month := range []time.Month{time.March, time.June, time.October} {
		svg := chart.WeekSVG(compile(t, house()).Roster(), "duty", time.Date(2026, month, 23, 0, 0, 0, 0, madrid), madrid)
		var width, height int
		_, err := fmt.Sscanf(svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"`, &width, &height)
		require.NoError(t, err)
		var filled int
		for _, line := range strings.Split(svg, "\n") {
			var class string
			var x, y, w, h int
			if n, _ := fmt.Sscanf(line, `<rect class=%q x="%d" y="%d" width="%d" height="%d"`, &class, &x, &y, &w, &h); n < 5 {
				continue
			}
			require.LessOrEqual(t, x+w, width, line)
			require.LessOrEqual(t, y+h, height, line)
			if h > 12 {
				filled += w * h
			}
		}
		length := time.Date(2026, month, 30, 0, 0, 0, 0, madrid).Sub(time.Date(2026, month, 23, 0, 0, 0, 0, madrid))
		require.InDelta(t, 28*28*int(length.Hours()), filled, 1, "every hour of the week is drawn once, 28 by 28 units")
	}
}

// TestManyPeople has more of them than a line of the legend or a bar of a day has room for: nothing leaves the page, and no
// two lie on each other in the legend.
func TestManyPeople(t *testing.T) {
	h := house()
	var side []roster.Rotation
	for i := range 40 {
		id := fmt.Sprintf("ägidius-%d", i)
		h.Members = append(h.Members, escalation.Member{ID: id, Name: id, Contacts: []escalation.Contact{{Kind: "phone", Address: id}}})
		side = append(side, roster.Rotation{Calendar: "madrid", From: "2026-01-01", Every: roster.Day, Slots: []string{id}})
	}
	h.Rosters[0].Layers = []roster.Layer{{Rotations: side}}
	svg := chart.WeekSVG(compile(t, h).Roster(), "duty", time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC), nil)
	var page struct {
		Width  float64 `xml:"width,attr"`
		Height float64 `xml:"height,attr"`
		Rects  []struct {
			Class  string  `xml:"class,attr"`
			X      float64 `xml:"x,attr"`
			Y      float64 `xml:"y,attr"`
			Width  string  `xml:"width,attr"`
			Height string  `xml:"height,attr"`
		} `xml:"rect"`
		Texts []struct {
			X    float64 `xml:"x,attr"`
			Y    float64 `xml:"y,attr"`
			Text string  `xml:",chardata"`
		} `xml:"text"`
	}
	require.NoError(t, xml.Unmarshal([]byte(svg), &page))
	legend := make(map[string]bool)
	for _, x := range page.Rects {
		if x.Class == "page" {
			continue
		}
		var wide, high float64
		_, err := fmt.Sscan(x.Width, &wide)
		require.NoError(t, err)
		_, err = fmt.Sscan(x.Height, &high)
		require.NoError(t, err)
		require.Positive(t, high)
		require.LessOrEqual(t, x.X+wide, page.Width)
		require.LessOrEqual(t, x.Y+high, page.Height)
		if wide == 12 {
			place := fmt.Sprint(x.X, x.Y)
			require.False(t, legend[place], "two at %s", place)
			legend[place] = true
		} else {
			day := int(x.Y-64) / 34
			require.LessOrEqual(t, x.Y+high, float64(64+34*(day+1)), "a bar stays in its day")
		}
	}
	require.Len(t, legend, 40, "everybody who takes turns")
	for _, x := range page.Texts {
		require.LessOrEqual(t, x.X, page.Width, x.Text)
		require.LessOrEqual(t, x.Y, page.Height, x.Text)
	}
}

func TestNothingToDraw(t *testing.T) {
	var s roster.Schedule
	assert.Contains(t, chart.WeekText(&s, "nowhere", time.Time{}, nil), ". nobody")
	assert.Contains(t, chart.WeekSVG(&s, "nowhere", time.Time{}, nil), "</svg>")
	assert.Equal(t, "flowchart TD\n", chart.HierarchyMermaid(escalation.Hierarchy{}))
	assert.Contains(t, chart.LadderDOT(escalation.Ladder{}), "fallback: ")
}

// FuzzNames draws whatever names people have: the formats stay whole.
func FuzzNames(f *testing.F) {
	f.Add("Ann", "desk")
	f.Add(`a"b]<c>&d;#`, "x\x00\n\"\\")
	f.Add("\xff\u2028", "--> n0")
	f.Fuzz(func(t *testing.T, name, id string) {
		h := house()
		h.Members[1].Name, h.Rosters[0].ID, h.Ladders[0].ID, h.Ladders[0].Fallback = name, id, id, name
		for _, drawing := range []string{chart.HierarchyMermaid(h), chart.LadderMermaid(h.Ladders[0])} {
			for _, line := range strings.Split(drawing, "\n") {
				require.Zero(t, strings.Count(line, `"`)%2, "%q", line)
			}
		}
		for _, drawing := range []string{chart.HierarchyDOT(h), chart.LadderDOT(h.Ladders[0])} {
			for _, line := range strings.Split(drawing, "\n") {
				bare := strings.ReplaceAll(strings.ReplaceAll(line, `\\`, ""), `\"`, "")
				require.Zero(t, strings.Count(bare, `"`)%2, "%q", line)
			}
		}
		h = house()
		h.Ladders[0].Levels[1].To[0], h.Rosters[0].ID = id, id
		d, err := h.Compile(escalation.Options{})
		if err != nil {
			return
		}
		x := xml.NewDecoder(strings.NewReader(chart.WeekSVG(d.Roster(), id, time.Date(2026, 3, 23, 0, 0, 0, 0, time.UTC), nil)))
		for err = nil; err == nil; {
			_, err = x.Token()
		}
		require.True(t, errors.Is(err, io.EOF), "%v", err)
	})
}
