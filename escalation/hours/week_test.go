package hours_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/mention/spec"
)

// weeks are the seeds of the fuzz target too.
var weeks = []struct {
	reason, json string
	problems     []string
}{
	{"the zero week is always open", `{}`, nil},
	{"dates alone: always open but for them", `{"dates":[{"on":"2026-12-25"}]}`, nil},
	{"ranges may go over the end of the week", `{"open":[{"days":["fri-mon","wed"],"from":"22:00","to":"06:00"}]}`, nil},
	{"spans may overlap", `{"open":[{"from":"09:00","to":"12:00"},{"days":["mon"],"from":"11:00","to":"24:00"}]}`, nil},
	{"a list without a span would never open", `{"open":[]}`,
		[]string{"open: there is no span, so it would never open: leave open out for always"}},
	{"a span of no length would never open", `{"open":[{"from":"09:00","to":"09:00"}]}`,
		[]string{"open[0].to: a span from 09:00 to 09:00 is empty: the whole day is 00:00 to 24:00"}},
	{"a span begins on its own day", `{"open":[{"from":"24:00","to":"09:00"}]}`,
		[]string{"open[0].from: a span cannot begin at 24:00: write 00:00 of the next day"}},
	{"all problems at once", `{"open":[{"days":["Mon","mon-"],"from":"9:00","to":"25:00"}],` +
		`"dates":[{"on":"2026-02-30"},{"on":"2026-12-25"},{"on":"2026-12-25","open":[{"days":["mon"],"from":"09:00","to":"24:01"}]}]}`,
		[]string{
			`open[0].from: "9:00" is not a time of day: write it like 09:00, at most 24:00`,
			`open[0].to: "25:00" is not a time of day: write it like 09:00, at most 24:00`,
			`open[0].days[0]: "Mon" is not a day: write it like mon or mon-fri, of sun mon tue wed thu fri sat`,
			`open[0].days[1]: "mon-" is not a day: write it like mon or mon-fri, of sun mon tue wed thu fri sat`,
			`dates[0].on: "2026-02-30" is not a date: write it like 2026-12-25`,
			`dates[2].on: 2026-12-25 stands here twice`,
			`dates[2].open[0].to: "24:01" is not a time of day: write it like 09:00, at most 24:00`,
			`dates[2].open[0].days: a date is one day: leave days out`,
		}},
}

func TestCompile(t *testing.T) {
	for _, row := range weeks {
		var w hours.Week
		require.NoError(t, json.Unmarshal([]byte(row.json), &w), row.reason)
		c, err := w.Compile(nil)
		if row.problems == nil {
			assert.NoError(t, err, row.reason)
			assert.NotNil(t, c, row.reason)
			continue
		}
		var problems spec.Problems
		require.ErrorAs(t, err, &problems, row.reason)
		assert.Nil(t, c, row.reason)
		var got []string
		for _, p := range problems {
			got = append(got, p.String())
		}
		assert.Equal(t, row.problems, got, row.reason)
	}
}

// FuzzWeek holds for any JSON: it comes back as it went, Compile answers, and what it gives answers too.
func FuzzWeek(f *testing.F) {
	for _, row := range weeks {
		f.Add(row.json, "Europe/Berlin", int64(1_774_746_000), int64(3_600_000_000_000))
	}
	f.Fuzz(func(t *testing.T, text, zoneName string, unix, d int64) {
		var w hours.Week
		if json.Unmarshal([]byte(text), &w) != nil {
			t.Skip("not a week")
		}
		c, err := w.Compile(nil)
		if err != nil {
			require.NotEmpty(t, err.(spec.Problems))
			return
		}
		once, err := json.Marshal(w)
		require.NoError(t, err)
		var again hours.Week
		require.NoError(t, json.Unmarshal(once, &again))
		twice, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(once), string(twice))

		if loc, err := time.LoadLocation(zoneName); err == nil {
			if c, err = w.Compile(loc); err != nil {
				t.Fatal(err)
			}
		}
		x := time.Unix(unix%(1<<32), 0)
		end := c.Add(x, time.Duration(d%(1<<53)))
		_, closes := c.Closes(x)
		require.False(t, closes && !c.Open(x), "closes what is not open")
		if d%(1<<53) > 0 {
			require.Equal(t, time.Duration(d%(1<<53)), c.Measure(x, end), "what was added is measured")
		}
	})
}
