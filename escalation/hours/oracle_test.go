package hours_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/hours"
)

// A minutes is the slow calendar: 24 days, a minute at a time, each known to be open or not.
type minutes struct {
	start time.Time
	open  []bool
}

// slowCalendar reads the week as its documentation says and looks at nothing but what the clock shows each minute.
func slowCalendar(w hours.Week, loc *time.Location, middle time.Time) minutes {
	m := minutes{start: middle.Add(-12 * 24 * time.Hour), open: make([]bool, 24*24*60)}
	shown := make([]time.Time, len(m.open))
	for i := range shown {
		shown[i] = wallOf(m.start.Add(time.Duration(i)*time.Minute), loc)
	}
	for day := m.start.Truncate(24*time.Hour).AddDate(0, 0, -3); day.Before(shown[len(shown)-1]); day = day.AddDate(0, 0, 1) {
		for _, s := range slowSpans(w, day) {
			from, to := clockOn(day, s.From), clockOn(day, s.To)
			if to.Before(from) {
				to = to.AddDate(0, 0, 1)
			}
			first := slices.IndexFunc(shown, func(x time.Time) bool { return !x.Before(from) })
			if first < 0 {
				continue
			}
			for i := len(shown) - 1; i >= first; i-- {
				if shown[i].After(to) {
					continue
				}
				end := i // the last minute that shows To is closed; where none does, the last before it is open
				if shown[i].Before(to) {
					end++
				}
				for j := first; j < end; j++ {
					m.open[j] = true
				}
				break
			}
		}
	}
	return m
}

func slowSpans(w hours.Week, day time.Time) (spans []hours.Span) {
	for _, d := range w.Dates {
		if d.On == day.Format(time.DateOnly) {
			return d.Open
		}
	}
	if w.Open == nil {
		return []hours.Span{{From: "00:00", To: "24:00"}}
	}
	names := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	for _, s := range w.Open {
		if slices.Contains(s.Days, names[day.Weekday()]) {
			spans = append(spans, s)
		}
	}
	return spans
}

func clockOn(day time.Time, s string) time.Time {
	var h, m int
	fmt.Sscanf(s, "%d:%d", &h, &m)
	return day.Add(time.Duration(h*60+m) * time.Minute)
}

// next is the index of the first minute from i on that is as wanted, -1 when there is none.
func (m minutes) next(i int, open bool) int {
	j := slices.Index(m.open[i:], open)
	if j < 0 {
		return -1
	}
	return i + j
}

func (m minutes) at(i int) time.Time { return m.start.Add(time.Duration(i) * time.Minute) }

// randomWeek has up to five spans, many of them near the hours in which clocks change, and some dates near middle.
func randomWeek(r *rand.Rand, middle time.Time) hours.Week {
	clock := func() string {
		if r.IntN(2) == 0 {
			return fmt.Sprintf("%02d:%02d", r.IntN(4), 15*r.IntN(4))
		}
		return fmt.Sprintf("%02d:%02d", r.IntN(24), r.IntN(60))
	}
	span := func(days ...string) hours.Span {
		s := hours.Span{Days: days, From: clock(), To: clock()}
		if s.From == s.To || r.IntN(6) == 0 {
			s.To = "24:00"
		}
		return s
	}
	var w hours.Week
	for range r.IntN(6) {
		w.Open = append(w.Open, span([]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}[r.IntN(7)]))
	}
	for _, n := range r.Perm(7)[:r.IntN(4)] {
		d := hours.Date{On: middle.AddDate(0, 0, n-3).Format(time.DateOnly)}
		for range r.IntN(3) {
			d.Open = append(d.Open, span())
		}
		w.Dates = append(w.Dates, d)
	}
	return w
}

func TestCalendarIsTheSlowOne(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for n := range 400 {
		name := zones[n%len(zones)]
		loc := zone(t, name)
		middle := nearChange(r, loc)
		checkCalendar(t, r, name, loc, middle, randomWeek(r, middle))
	}
}

func checkCalendar(t *testing.T, r *rand.Rand, name string, loc *time.Location, middle time.Time, w hours.Week) {
	t.Helper()
	c, err := w.Compile(loc)
	require.NoError(t, err)
	slow := slowCalendar(w, loc, middle)
	text, err := json.Marshal(w)
	require.NoError(t, err)
	for range 12 {
		a := 3*24*60 + r.IntN(18*24*60) // the first days may lack a span that began before
		x := slow.at(a)
		why := fmt.Sprintf("%s %s %s", name, x.Format(time.RFC3339), text)
		require.Equal(t, slow.open[a], c.Open(x), "open: %s", why)
		if next := slow.next(a, true); next >= 0 {
			got, ok := c.Next(x)
			require.True(t, ok, "next: %s", why)
			require.Equal(t, slow.at(next), got, "next: %s", why)
		}
		if closes := slow.next(a, false); slow.open[a] && closes >= 0 {
			got, ok := c.Closes(x)
			require.True(t, ok, "closes: %s", why)
			require.Equal(t, slow.at(closes), got, "closes: %s", why)
		}
		b := a + r.IntN(len(slow.open)-a-2*24*60)
		sum := 0
		for _, open := range slow.open[a:b] {
			if open {
				sum++
			}
		}
		require.Equal(t, time.Duration(sum)*time.Minute, c.Measure(x, slow.at(b)), "measure until %s: %s", slow.at(b), why)
		checkAdd(t, c, slow, a, b, sum, why)
	}
}

// checkAdd adds the open minutes between a and b to a, and takes them away from b.
func checkAdd(t *testing.T, c *hours.Calendar, slow minutes, a, b, sum int, why string) {
	t.Helper()
	if sum == 0 {
		return
	}
	d := time.Duration(sum) * time.Minute
	earliest, latest := b, a
	for !slow.open[earliest-1] {
		earliest--
	}
	for !slow.open[latest] {
		latest++
	}
	require.Equal(t, slow.at(earliest), c.Add(slow.at(a), d), "add %s: %s", d, why)
	require.Equal(t, slow.at(latest), c.Add(slow.at(b), -d), "add -%s to %s: %s", d, slow.at(b), why)
}

// TestAddDaysIsTheSlowOne looks for the same time of day some dates later, a minute at a time.
func TestAddDaysIsTheSlowOne(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for n := range 600 {
		name := zones[n%len(zones)]
		loc := zone(t, name)
		x := nearChange(r, loc)
		c, err := hours.Week{Open: []hours.Span{{From: "09:00", To: "17:00"}}}.Compile(loc)
		require.NoError(t, err)
		days := r.IntN(41) - 20
		want, _, _ := slowResolve(loc, wallOf(x, loc).AddDate(0, 0, days))
		if days == 0 {
			want = x
		}
		require.Equal(t, want, c.AddDays(x, days), "%s %s + %d days", name, x, days)
	}
}

// FuzzCalendarIsTheSlowOne holds any week, in any zone of the list, against the slow calendar.
func FuzzCalendarIsTheSlowOne(f *testing.F) {
	for n := range zones {
		f.Add(uint64(n), uint8(n))
	}
	f.Fuzz(func(t *testing.T, seed uint64, n uint8) {
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		name := zones[int(n)%len(zones)]
		loc := zone(t, name)
		middle := nearChange(r, loc)
		checkCalendar(t, r, name, loc, middle, randomWeek(r, middle))
	})
}

// TestLeapIsTheWalk holds the way over whole weeks against the same span asked for day by day.
func TestLeapIsTheWalk(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for n := range 400 {
		name := zones[n%len(zones)]
		loc := zone(t, name)
		middle := nearChange(r, loc)
		c, err := randomWeek(r, middle).Compile(loc)
		require.NoError(t, err)
		a := middle.Add(-time.Duration(r.IntN(400*24*60)) * time.Minute)
		if _, change := a.In(loc).ZoneBounds(); !change.IsZero() && n%2 == 0 {
			a = change.UTC().Add(time.Duration(r.IntN(180)-60) * time.Minute)
		}
		b := a.Add(time.Duration(r.IntN(300*24*60)) * time.Minute)
		var sum time.Duration
		for x := a; x.Before(b); x = x.Add(24 * time.Hour) {
			y := x.Add(24 * time.Hour)
			if y.After(b) {
				y = b
			}
			sum += c.Measure(x, y)
		}
		require.Equal(t, sum, c.Measure(a, b), "%s from %s to %s", name, a, b)
		if sum > 0 {
			end := c.Add(a, sum)
			require.False(t, end.After(b), "%s: %s + %s", name, a, sum)
			require.Equal(t, sum, c.Measure(a, end), "%s: %s + %s", name, a, sum)
			require.Equal(t, sum-1, c.Measure(a, end.Add(-1)), "%s: the earliest instant", name)
		}
	}
}
