package roster_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
)

// zones change their clocks by an hour, by half of one, at midnight, twice a year in a month that moves, and never. One
// skipped a day.
var zones = []string{
	"UTC", "America/New_York", "Europe/London", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago",
	"America/Havana", "Pacific/Apia", "Africa/Casablanca", "Asia/Gaza", "Asia/Kathmandu", "America/St_Johns",
}

// quarter is the step of the slow roster. No zone above has changed its clock at another minute since 2000.
const quarter = 15 * time.Minute

// A slowRotation looks at what the clock shows, one quarter of an hour after the other, and hands over whenever it shows
// the next wall time that it waits for, or has passed it.
type slowRotation struct {
	roster.Rotation
	hours *hours.Calendar
	order int // of Slots 0, of Changes the next
	turn  int // -1 before the first
	due   time.Time
	count int
	most  time.Time // the latest that the clock has shown
}

func (s *slowRotation) begins(n int) (from time.Time, slots []string, ok bool) {
	date := s.From
	slots = s.Slots
	if n > 0 {
		if n > len(s.Changes) {
			return from, nil, false
		}
		date, slots = s.Changes[n-1].From, s.Changes[n-1].Slots
	}
	from, _ = time.Parse("2006-01-02 15:04", date+" "+s.At)
	return from, slots, true
}

// following is the wall time of hand-over count of the present order, found by going one unit after another.
func (s *slowRotation) following() time.Time {
	start, _, _ := s.begins(s.order)
	w := start
	for range max(1, s.N) * s.count {
		switch s.Every {
		case roster.Hour:
			w = w.Add(time.Hour)
		case roster.Week:
			w = w.Add(7 * 24 * time.Hour)
		case roster.Day:
			w = w.Add(24 * time.Hour)
			for s.Weekdays && (w.Weekday() == time.Saturday || w.Weekday() == time.Sunday) {
				w = w.Add(24 * time.Hour)
			}
		}
	}
	if s.Every == roster.Month {
		month := int(start.Month()) - 1 + max(1, s.N)*s.count
		y, m, d := start.Year()+month/12, time.Month(month%12+1), start.Day()
		for time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Month() != m {
			d--
		}
		w = time.Date(y, m, d, start.Hour(), start.Minute(), 0, 0, time.UTC)
	}
	return w
}

// step is who is on duty at t; it is called for every quarter of an hour in turn.
func (s *slowRotation) step(t time.Time) string {
	_, offset := t.In(s.hours.Location()).Zone()
	if shown := t.Add(time.Duration(offset) * time.Second); shown.After(s.most) {
		s.most = shown
	}
	if s.turn < 0 {
		from, _, _ := s.begins(0)
		if s.most.Before(from) {
			return ""
		}
		s.turn, s.count = 0, 1
		s.due = s.following()
	}
	for !s.most.Before(s.due) {
		s.turn++
		s.count++
		s.due = s.following()
	}
	for {
		from, _, ok := s.begins(s.order + 1)
		if !ok || s.most.Before(from) {
			break
		}
		s.order, s.turn, s.count = s.order+1, 0, 1
		for s.due = s.following(); !s.most.Before(s.due); s.due = s.following() {
			s.turn++
			s.count++
		}
	}
	_, slots, _ := s.begins(s.order)
	if !s.hours.Open(t) {
		return ""
	}
	return slots[s.turn%len(slots)]
}

// slowOn puts layers and covers together as the documentation says.
func slowOn(b roster.Book, layers [][]*slowRotation, t time.Time) []string {
	var active []roster.Cover
	for _, c := range b.Covers {
		if (c.Roster == "" || c.Roster == "desk") && !t.Before(c.From) && t.Before(c.To) {
			active = append(active, c)
		}
	}
	of := func(kind roster.CoverKind, is func(c roster.Cover) bool) *roster.Cover {
		for i := range active {
			if active[i].Kind == kind && is(active[i]) {
				return &active[i]
			}
		}
		return nil
	}
	var follow func(id string) string
	follow = func(id string) string {
		who := func(c roster.Cover) bool { return c.Who == id }
		if c := of(roster.Temporary, who); c != nil {
			return follow(c.By)
		}
		if c := of(roster.Leave, who); c != nil && c.By != "" {
			return follow(c.By)
		} else if c != nil {
			return ""
		}
		return id
	}
	var top []string
	for _, c := range active {
		if c.Kind == roster.Override {
			top = append(top, follow(c.By))
		}
	}
	all := make([][]string, len(layers)) // every rotation takes its step, seen or not
	for i, layer := range layers {
		for _, r := range layer {
			id := r.step(t)
			if c := of(roster.Swap, func(c roster.Cover) bool { return c.Who == id || c.By == id }); c != nil && id != "" {
				if id == c.Who {
					id = c.By
				} else {
					id = c.Who
				}
			}
			if id != "" {
				all[i] = append(all[i], follow(id))
			}
		}
	}
	slices.Reverse(all)
	for _, on := range append([][]string{top}, all...) {
		var seen []string
		for _, id := range on {
			if id != "" && !slices.Contains(seen, id) {
				seen = append(seen, id)
			}
		}
		if len(seen) > 0 {
			return seen
		}
	}
	return nil
}

func randomRotation(r *rand.Rand, start time.Time) roster.Rotation {
	slots := func() (out []string) {
		for range 1 + r.IntN(4) {
			out = append(out, []string{"ann", "bob", "cy", "dee", "eve", ""}[r.IntN(6)])
		}
		return out
	}
	x := roster.Rotation{Calendar: zones[r.IntN(len(zones))], Every: []roster.Unit{
		roster.Hour, roster.Day, roster.Day, roster.Week, roster.Month}[r.IntN(5)], N: r.IntN(4), Slots: slots()}
	x.At = fmt.Sprintf("%02d:%02d", []int{0, 1, 2, 3, 9, 17}[r.IntN(6)], 15*r.IntN(4))
	if r.IntN(3) == 0 {
		x.Calendar = []string{"mon-fri 09:00-17:00 ", "sat-sun 22:00-06:00 "}[r.IntN(2)] + x.Calendar
	}
	day := start.AddDate(0, 0, r.IntN(12))
	date := func() string {
		for x.Weekdays && (day.Weekday() == time.Saturday || day.Weekday() == time.Sunday) {
			day = day.AddDate(0, 0, 1)
		}
		return day.Format(time.DateOnly)
	}
	x.Weekdays = x.Every == roster.Day && r.IntN(3) == 0
	x.From = date()
	for range r.IntN(3) {
		day = day.AddDate(0, 0, 1+r.IntN(8))
		x.Changes = append(x.Changes, roster.Change{From: date(), Slots: slots()})
	}
	return x
}

// randomBook has a desk of one to three layers, and covers that go one way round.
func randomBook(r *rand.Rand, start time.Time) roster.Book {
	var layers [][]roster.Rotation
	for range 1 + r.IntN(3) {
		layer := one(randomRotation(r, start))
		if r.IntN(2) == 0 {
			layer = append(layer, randomRotation(r, start))
		}
		layers = append(layers, layer)
	}
	b := desk(layers...)
	b.Rosters[0].Layers[0].Rotations[0].Slots[0] = "ann"
	people := []string{"ann", "bob", "cy", "dee", "eve"}
	for range r.IntN(6) {
		i := r.IntN(4)
		c := roster.Cover{Kind: roster.Leave, Who: people[i], By: people[i+1+r.IntN(4-i)]}
		switch r.IntN(5) {
		case 0:
			c.By = ""
		case 1:
			c.Kind = roster.Swap
		case 2:
			c.Kind, c.Who, c.Roster = roster.Override, "", "desk"
		case 3:
			c.Kind = roster.Temporary
		}
		c.From = start.Add(time.Duration(r.IntN(30*96)) * quarter)
		c.To = c.From.Add(time.Duration(1+r.IntN(5*96)) * quarter)
		b.Covers = append(b.Covers, c)
	}
	return b
}

// nearChange is a midnight between 2000 and 2037, mostly some days before a change of the clock.
func nearChange(r *rand.Rand, loc *time.Location) time.Time {
	t := time.Date(2000, 1, 10, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(37*365))
	if _, end := t.In(loc).ZoneBounds(); !end.IsZero() && r.IntN(4) > 0 {
		t = end.UTC().Truncate(24*time.Hour).AddDate(0, 0, -r.IntN(20)-1)
	}
	return t
}

// checkBook walks 35 days in steps of a quarter of an hour and holds On, Shifts, Next, Turns and Coverage against what it sees.
func checkBook(t *testing.T, seed uint64) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	start := nearChange(r, zone(t, zones[r.IntN(len(zones))]))
	b := randomBook(r, start)
	s := compile(t, b)
	var layers [][]*slowRotation
	for _, l := range b.Rosters[0].Layers {
		var layer []*slowRotation
		for _, x := range l.Rotations {
			cal, _ := options(t).Calendar(x.Calendar)
			layer = append(layer, &slowRotation{Rotation: x, hours: cal, turn: -1})
		}
		layers = append(layers, layer)
	}
	var want []roster.Shift
	begin, end := start.AddDate(0, 0, -2), start.AddDate(0, 0, 33)
	for x := begin; x.Before(end); x = x.Add(quarter) {
		on := slowOn(b, layers, x)
		require.Equal(t, on, s.On("desk", x), "seed %d: %s, %+v", seed, x, b)
		if n := len(want); n > 0 && slices.Equal(want[n-1].On, on) {
			want[n-1].To = x.Add(quarter)
			continue
		}
		want = append(want, roster.Shift{Roster: "desk", From: x, To: x.Add(quarter), On: on})
	}
	require.Equal(t, want, s.Shifts("desk", begin, end), "seed %d", seed)
	var report roster.Coverage
	for i, x := range want {
		if len(x.On) == 0 {
			report.Holes = append(report.Holes, x)
		} else if len(x.On) > 1 {
			report.Overlaps = append(report.Overlaps, x)
		}
		if i > 0 {
			next, ok := s.Next("desk", want[i-1].From)
			require.True(t, ok, "seed %d", seed)
			require.Equal(t, x.From, next.From, "seed %d", seed)
			require.Equal(t, x.On, next.On, "seed %d", seed)
			require.True(t, i == len(want)-1 || next.To.Equal(x.To), "seed %d: until %s, not %s", seed, x.To, next.To)
		}
	}
	require.Equal(t, report, s.Coverage("desk", begin, end), "seed %d", seed)
	for _, who := range []string{"ann", "eve"} {
		now := slices.Contains(want[0].On, who)
		for _, x := range want {
			if slices.Contains(x.On, who) != now {
				require.Equal(t, x.From, s.Turns("desk", who, begin), "seed %d: %s", seed, who)
				break
			}
		}
	}
}

func TestScheduleIsTheSlowOne(t *testing.T) {
	for seed := range uint64(120) {
		checkBook(t, seed)
	}
}

func FuzzScheduleIsTheSlowOne(f *testing.F) {
	for seed := range uint64(4) {
		f.Add(seed)
	}
	f.Fuzz(checkBook)
}
