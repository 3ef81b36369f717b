package surge_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/surge"
)

// monday is a Monday at midnight.
var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func day(n float64) time.Time { return monday.Add(time.Duration(n * 24 * float64(time.Hour))) }

// line is a series that is fed by the rate of its mentions.
type line struct {
	g        surge.Gauge
	s        surge.Series
	last     surge.Reading
	warnings []time.Time
	rest     float64
	noise    *rand.Rand // nil gives each bucket its share exactly
}

// feed adds what a rate, in mentions an hour, gives in each five minutes of some days.
func (l *line) feed(from, to time.Time, rate func(at time.Time) float64) {
	for at := from; at.Before(to); at = at.Add(5 * time.Minute) {
		l.rest += rate(at) / 12
		n := int(l.rest)
		if l.noise != nil {
			n = 0
			for p := l.noise.ExpFloat64(); p < l.rest; p += l.noise.ExpFloat64() {
				n++
			}
			l.rest = 0
		} else {
			l.rest -= float64(n)
		}
		l.add(n, at)
	}
}

func (l *line) add(n int, at time.Time) surge.Reading {
	l.s, l.last = l.g.Add(l.s, n, at)
	if l.last.Warning {
		l.warnings = append(l.warnings, at)
	}
	return l.last
}

func steady(rate float64) func(time.Time) float64 { return func(time.Time) float64 { return rate } }

// daily is low by night and high by day, between 8 and 22 o'clock.
func daily(night, day float64) func(time.Time) float64 {
	return func(at time.Time) float64 {
		if at.Hour() < 8 || at.Hour() >= 22 {
			return night
		}
		return day
	}
}

func TestTenAnHour(t *testing.T) {
	for _, x := range []struct {
		reason string
		usual  float64
		want   bool
	}{
		{"a crisis where nothing was heard for weeks", 0, true},
		{"a crisis for one that has a mention in two days", 1.0 / 48, true},
		{"a crisis for one that has a mention in five hours", .2, true},
		{"an hour like any for one that has eight", 8, false},
		{"a lull for one that has a hundred", 100, false},
	} {
		l := line{s: surge.Watched(day(0)), noise: rand.New(rand.NewPCG(3, 5))}
		l.feed(day(0), day(21.5), steady(x.usual))
		require.Empty(t, l.warnings, "%s: three usual weeks", x.reason)
		for i := range 10 {
			l.add(1, day(21.5).Add(time.Duration(6*i)*time.Minute))
		}
		assert.Equal(t, x.want, l.last.On, "%s: %+v", x.reason, l.last)
		assert.Len(t, l.warnings, map[bool]int{true: 1}[x.want], x.reason)
	}
}

func TestTimeOfDay(t *testing.T) {
	for _, x := range []struct {
		reason string
		hour   int
		want   bool
	}{
		{"sixty at three at night, where five are usual", 3, true},
		{"sixty at three in the afternoon, as always", 15, false},
	} {
		var l line
		l.feed(day(0), day(28), daily(5, 60))
		require.Empty(t, l.warnings, "%s: four usual weeks", x.reason)
		from := day(28).Add(time.Duration(x.hour) * time.Hour)
		l.feed(day(28), from, daily(5, 60))
		l.feed(from, from.Add(time.Hour), steady(60))
		assert.Equal(t, x.want, l.last.On, "%s: %+v", x.reason, l.last)
	}
}

// TestSummerTime lets a day of gentle hills begin an hour earlier.
func TestSummerTime(t *testing.T) {
	hills := func(shift float64) func(at time.Time) float64 {
		return func(at time.Time) float64 {
			hour := float64(at.Hour()) + float64(at.Minute())/60 + shift
			return 5 + 55*math.Pow(math.Sin(math.Pi*hour/24), 2)
		}
	}
	l := line{noise: rand.New(rand.NewPCG(6, 6))}
	l.feed(day(0), day(28), hills(0))
	l.feed(day(28), day(42), hills(1))
	assert.Empty(t, l.warnings, "the clocks of the people were put forward")
	l.feed(day(42), day(56), hills(0))
	assert.Empty(t, l.warnings, "and back")
}

func TestKeys(t *testing.T) {
	keys := map[string]bool{}
	for _, key := range []string{
		surge.Key("a", "b", "c"), surge.Key("", "ab", "c"), surge.Key("a", "", "c"), surge.Key("a", "b", ""), surge.Key("a", "c", "b"),
		surge.CrowdKey("a", "b", "c"), surge.ID("a", day(0)), surge.ID("b", day(0)), surge.ID("a", day(1)),
	} {
		assert.False(t, keys[key], "each names something else")
		keys[key] = true
	}
	east := day(0).In(time.FixedZone("east", 3600))
	assert.Equal(t, surge.ID("a", day(0)), surge.ID("a", east), "the zone does not matter")
}

func TestWeek(t *testing.T) {
	workdays := func(at time.Time) float64 {
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
			return 10
		}
		return 60
	}
	for _, x := range []struct {
		reason string
		day    float64
		want   bool
	}{
		{"a Sunday like a Wednesday", 76.5, true},
		{"a Wednesday like a Wednesday", 72.5, false},
	} {
		l := line{noise: rand.New(rand.NewPCG(8, 1))}
		l.feed(day(0), day(x.day), workdays)
		require.Empty(t, l.warnings, "%s: ten usual weeks", x.reason)
		l.feed(day(x.day), day(x.day).Add(90*time.Minute), steady(60))
		assert.Equal(t, x.want, l.last.On, "%s: %+v", x.reason, l.last)
	}
}

func TestRise(t *testing.T) {
	rise := func(days float64) func(at time.Time) float64 {
		return func(at time.Time) float64 {
			return 20 + 180*min(1, max(0, at.Sub(day(21)).Hours()/24/days))
		}
	}
	for _, x := range []struct {
		reason string
		days   float64
		want   int
	}{
		{"ten times the usual within two hours", 1.0 / 12, 1},
		{"ten times the usual within a day", 1, 1},
		{"ten times the usual within four days", 4, 1},
		{"ten times the usual within two months is how a house grows", 60, 0},
	} {
		l := line{noise: rand.New(rand.NewPCG(4, 4))}
		l.feed(day(0), day(100), rise(x.days))
		assert.Len(t, l.warnings, x.want, x.reason)
		assert.False(t, l.last.On, "%s: what stays becomes the usual", x.reason)
		assert.InDelta(t, 200, l.last.Expected, 30, x.reason)
	}
}

// TestWhatStays goes up at once and never comes down.
func TestWhatStays(t *testing.T) {
	for _, times := range []float64{4, 10, 50} {
		l := line{noise: rand.New(rand.NewPCG(4, 7))}
		l.feed(day(0), day(21), steady(20))
		at := day(21)
		for l.feed(at, at.Add(time.Hour), steady(20*times)); l.last.On; l.feed(at, at.Add(time.Hour), steady(20*times)) {
			at = at.Add(time.Hour)
			require.True(t, at.Before(day(40)), "%g times", times)
		}
		t.Logf("%g times the usual: over after %.1f days, %d then expected", times, at.Sub(day(21)).Hours()/24, l.last.Expected)
		require.Len(t, l.warnings, 1, "%g times: one warning", times)
		assert.True(t, at.Before(day(21+14)), "%g times: the usual within two weeks", times)
	}
}

func TestOneWarningInASurge(t *testing.T) {
	l := line{noise: rand.New(rand.NewPCG(1, 9))}
	l.feed(day(0), day(21), daily(5, 30))
	require.Empty(t, l.warnings)

	loud := daily(8, 300)
	l.feed(day(21), day(24), loud)
	require.Len(t, l.warnings, 1, "three days that are loud by day and low by night are one surge")
	since := l.last.Since
	assert.WithinDuration(t, day(21).Add(8*time.Hour), since, time.Hour, "since it went up")
	assert.True(t, l.last.On)
	assert.Equal(t, since, l.s.Since)

	due := l.g.Due(l.s)
	require.False(t, due.IsZero())
	l.feed(day(24), due, daily(5, 30))
	assert.True(t, l.last.On, "a quiet day is not over yet")
	before := l.s
	var r surge.Reading
	_, r = l.g.Tick(before, due.Add(-time.Millisecond))
	assert.True(t, r.On, "just before it is due")
	_, r = l.g.Tick(before, due)
	assert.False(t, r.On, "now it is")
	l.feed(due, day(26), daily(5, 30))
	assert.False(t, l.last.On, "over after a quiet day")
	assert.True(t, l.g.Due(l.s).IsZero(), "nothing is due when nothing is on")

	l.feed(day(26), day(40), daily(5, 30))
	require.Len(t, l.warnings, 1, "and quiet afterwards")
	l.feed(day(40.5), day(40.6), steady(300))
	require.Len(t, l.warnings, 2, "a second surge is warned of again")
	assert.NotEqual(t, surge.ID("row", since), surge.ID("row", l.last.Since), "and is another one")
}

func TestColdStart(t *testing.T) {
	three := day(0).Add(3 * time.Hour)
	for _, x := range []struct {
		reason  string
		watched time.Time // zero is not known
		n       int
		want    bool
		cold    bool
	}{
		{"two mentions at three at night, the first ever", time.Time{}, 2, false, true},
		{"two mentions at three at night, after two silent days", day(-2), 2, false, false},
		{"two mentions at three at night, after a silent year", day(-365), 2, false, false},
		{"a busy brand is switched on: nothing is known of its usual", time.Time{}, 5000, false, true},
		{"listened for since the evening", day(-.5), 5000, false, true},
		{"five thousand after two silent days", day(-2), 5000, true, false},
		{"thirty after two silent days: too little is known for that", day(-2), 30, false, false},
		{"thirty after a silent month", day(-31), 30, true, false},
		{"six after a silent month", day(-31), 6, true, false},
		{"five after a silent month", day(-31), 5, false, false},
	} {
		l := line{s: surge.Watched(x.watched)}
		for range x.n {
			l.add(1, three)
		}
		assert.Equal(t, x.want, l.last.On, "%s: %+v", x.reason, l.last)
		assert.Equal(t, x.cold, l.last.Cold, x.reason)
		assert.Equal(t, x.n, l.last.Seen, x.reason)
	}

	l := line{noise: rand.New(rand.NewPCG(2, 2))}
	l.feed(day(0).Add(7*time.Hour), day(14), daily(5, 60))
	assert.Empty(t, l.warnings, "a new series with days and nights learns them in peace")
}

func TestLate(t *testing.T) {
	var l line
	l.feed(day(0), day(3), steady(12))
	now := day(3).Add(-5 * time.Minute)
	for _, x := range []struct {
		reason string
		ago    time.Duration
		late   bool
	}{
		{"now", 0, false},
		{"a few minutes ago", 7 * time.Minute, false},
		{"in the oldest five minutes of the hour", 55 * time.Minute, false},
		{"before them", 55*time.Minute + time.Millisecond, true},
		{"yesterday", 24 * time.Hour, true},
		{"years ago", 200 * 365 * 24 * time.Hour, true},
	} {
		s, r := l.g.Add(l.s, 1000, now.Add(-x.ago))
		assert.Equal(t, x.late, r.Late, x.reason)
		if x.late {
			assert.Equal(t, l.s, s, "%s: it changes nothing", x.reason)
			assert.Equal(t, 12, r.Seen, x.reason)
			continue
		}
		assert.Equal(t, 1012, r.Seen, x.reason)
		assert.Equal(t, now, s.Heard, "%s: the newest mention is the newest", x.reason)
		assert.True(t, r.Warning, "%s: what comes a little late can still begin a surge", x.reason)
		assert.Equal(t, now, r.Since, "%s: since it was known", x.reason)
	}
}

func TestTheClockGoesBack(t *testing.T) {
	var l line
	l.feed(day(0), day(20), steady(12))
	s, r := l.g.Add(l.s, 1, day(22)) // a clock two days ahead, for one mention
	require.False(t, r.Late)
	for at := day(20); at.Before(day(21.9)); at = at.Add(time.Hour) {
		var again surge.Series
		again, r = l.g.Add(s, 1, at)
		require.True(t, r.Late, "nothing is counted until the time has caught up")
		require.Equal(t, s, again, "nothing is undone")
		again, _ = l.g.Tick(s, at)
		require.Equal(t, s, again)
	}
	_, r = l.g.Add(s, 1, day(22).Add(time.Minute))
	assert.False(t, r.Late, "then all is well")
	assert.Equal(t, 2, r.Seen)
}

func TestSilence(t *testing.T) {
	var l line
	l.feed(day(0), day(14), steady(60))
	for _, x := range []struct {
		reason      string
		days        float64
		least, most int // expected after it
	}{
		{"an hour", 1.0 / 24, 50, 60},
		{"a weekend", 2, 30, 60},
		{"a week", 7, 3, 30},
		{"four weeks", 27.9, 0, 2},
		{"five weeks", 35, 0, 0},
		{"a hundred years", 36_500, 0, 0},
	} {
		s, r := l.g.Add(l.s, 1, day(14+x.days))
		assert.GreaterOrEqual(t, r.Expected, x.least, x.reason)
		assert.LessOrEqual(t, r.Expected, x.most, x.reason)
		assert.False(t, r.On, "%s: one mention is none", x.reason)
		assert.Equal(t, 1, r.Seen, x.reason)
		assert.Equal(t, 1, sum(s.Recent[:]), x.reason)
	}
	l.feed(day(14+35), day(15+35), steady(60))
	assert.True(t, l.last.On, "what was silent for weeks and is loud again is news")
}

func sum(counts []int64) int {
	n := 0
	for _, c := range counts {
		n += int(c)
	}
	return n
}

func TestAMillionInABucket(t *testing.T) {
	var l line
	l.feed(day(0), day(14), steady(60))
	r := l.add(1_000_000, day(14))
	assert.True(t, r.Warning)
	assert.Equal(t, 1_000_055, r.Seen)
	assert.Equal(t, (1_000_055+5)*1000/(r.Expected+5), r.Times, "sixty an hour are expected exactly")
	l.feed(day(14), day(15), steady(60))
	assert.InDelta(t, 60, l.last.Expected, 3, "a burst that is over is not the usual")
	l.feed(day(15), day(17), steady(60))
	assert.False(t, l.last.On)
	r = l.add(400, day(17))
	assert.True(t, r.Warning, "nor does it make the next one look small")

	r = l.add(math.MaxInt, day(18))
	assert.Positive(t, r.Seen)
	for range 100 {
		r = l.add(1<<30, day(18))
	}
	assert.Equal(t, 100_000_000, r.Seen, "beyond a hundred million nobody counts")
}

func TestNoInstant(t *testing.T) {
	l := line{g: surge.Gauge{}}
	r := l.add(3, time.Time{})
	assert.Equal(t, surge.Reading{Cold: true}, r)
	assert.Equal(t, surge.Series{}, l.s, "the zero instant is none")
	l.add(3, time.Date(30000, 1, 1, 0, 0, 0, 0, time.UTC))
	assert.Equal(t, surge.Series{}, l.s, "nor is the year 30000")
	l.add(0, day(1))
	l.add(-5, day(1))
	assert.Equal(t, surge.Series{}, l.s, "nothing is not counted")
	for _, year := range []int{1, 1969, 9999} {
		s, r := surge.Gauge{}.Add(surge.Series{}, 1, time.Date(year, 6, 1, 12, 3, 4, 0, time.UTC))
		assert.Equal(t, 1, r.Seen, year)
		assert.True(t, s.At.Equal(time.Date(year, 6, 1, 12, 0, 0, 0, time.UTC)), "the five minutes of %d begin at %v", year, s.At)
		_, err := json.Marshal(s)
		require.NoError(t, err)
	}
}

func TestLimits(t *testing.T) {
	_, err := surge.Limits{Times: 1000, Least: -1, Quiet: spec.Of(time.Minute)}.Compile()
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	var paths []string
	for _, p := range problems {
		paths = append(paths, p.Path)
	}
	assert.Equal(t, []string{"times", "least", "quiet"}, paths, "all at once")
	for _, x := range []struct {
		reason string
		limits surge.Limits
		want   int // mentions in an hour that are a surge where twelve are usual
	}{
		{"what fits most", surge.Limits{}, 30},
		{"the same, said", surge.Limits{Times: 2000, Least: 5, Quiet: spec.Of(24 * time.Hour)}, 30},
		{"half as much again", surge.Limits{Times: 1500}, 21},
		{"ten times", surge.Limits{Times: 10_000}, 166},
		{"not below a hundred", surge.Limits{Least: 100}, 100},
	} {
		text, err := json.Marshal(x.limits)
		require.NoError(t, err)
		var again surge.Limits
		require.NoError(t, spec.Decode(text, &again))
		require.Equal(t, x.limits, again, "%s: as it was written", x.reason)

		var l line
		l.feed(day(0), day(28), steady(12))
		g := compiled(t, x.limits)
		s, _ := g.Tick(l.s, day(28).Add(time.Hour)) // the hour is empty, and not learned yet
		_, below := g.Add(s, x.want-1, s.At)
		_, at := g.Add(s, x.want, s.At)
		assert.False(t, below.On, "%s: one fewer", x.reason)
		assert.True(t, at.Warning, x.reason)
		assert.Equal(t, x.want, at.Limit, "%s: the reading says so", x.reason)
	}
}

func TestQuiet(t *testing.T) {
	for _, x := range []struct {
		reason string
		quiet  time.Duration
		want   int
	}{
		{"two bursts ten hours apart are one surge by default", 0, 1},
		{"and two for one who asks for six hours", 6 * time.Hour, 2},
	} {
		l := line{g: compiled(t, surge.Limits{Quiet: spec.Of(x.quiet)})}
		l.feed(day(0), day(21), steady(12))
		l.add(200, day(21))
		l.feed(day(21), day(21).Add(10*time.Hour), steady(12))
		l.add(200, day(21).Add(10*time.Hour))
		assert.Len(t, l.warnings, x.want, x.reason)
	}
}
