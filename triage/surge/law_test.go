package surge_test

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/surge"
)

// post is one call: n mentions at an instant, or a tick when n is 0.
type post struct {
	n  int
	at time.Time
}

// posts draws some weeks of calls: mentions in bursts, mentions a little and much too late, silences.
func posts(r *rand.Rand, calls int) []post {
	at := day(float64(r.IntN(9)) + r.Float64())
	out := make([]post, calls)
	for i := range out {
		switch r.IntN(40) {
		case 0:
			at = at.Add(time.Duration(r.Int64N(int64(80 * time.Hour))))
		case 1:
			at = at.Add(time.Duration(r.Int64N(int64(35 * 24 * time.Hour))))
		default:
			at = at.Add(time.Duration(r.Int64N(int64(40 * time.Minute))))
		}
		out[i] = post{1 + r.IntN(5), at}
		switch r.IntN(12) {
		case 0:
			out[i].n = r.IntN(3000)
		case 1:
			out[i].at = at.Add(-time.Duration(r.Int64N(int64(2 * time.Hour))))
		case 2:
			out[i].at = at.Add(-time.Duration(r.Int64N(int64(50 * time.Hour))))
		}
	}
	return out
}

// slow is the obvious way: it keeps every mention, and works everything out anew at each reading, with numbers of any
// size. It reads by the default limits. Time is counted in five minutes, from 1970.
type slow struct {
	from, newest, heard int64
	first               int64 // hour that is learned first
	silent              bool  // nothing was heard for four weeks before it
	counts              map[int64]int64
	readings            [][2]int64 // newest and Times at each mention
	on                  bool
	since, last         int64
}

func five(at time.Time) int64 { return at.Unix() / 300 }

// muldiv is a*b/c rounded down.
func muldiv(a, b, c int64) int64 {
	x := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	return x.Div(x, big.NewInt(c)).Int64()
}

func (o *slow) move(to int64) {
	if o.counts == nil {
		*o = slow{from: to, newest: to, heard: to, first: (to + 11) / 12, counts: map[int64]int64{}}
	}
	if to <= o.newest {
		return
	}
	o.newest = to
	if to-o.heard > 28*288 {
		o.silent, o.first, o.counts, o.readings = true, (to-11)/12, map[int64]int64{}, nil
	}
}

func (o *slow) add(n int, at time.Time) surge.Reading {
	late := false
	if n < 1 {
		if o.counts == nil {
			return surge.Reading{Cold: true}
		}
		o.move(five(at))
	} else {
		o.move(five(at))
		late = five(at) <= o.newest-12
	}
	if !late && o.on && o.newest-o.last >= 288 {
		o.on = false
	}
	if n > 0 && !late {
		o.counts[five(at)] += int64(n)
		o.heard = max(o.heard, five(at))
	}
	r := o.read()
	r.Late = late
	if n < 1 || late || r.Cold {
		return r
	}
	o.readings = append(o.readings, [2]int64{o.newest, int64(r.Times)})
	if r.Seen >= r.Limit {
		if !o.on {
			o.on, o.since, r.Warning = true, o.newest, true
		}
		o.last = o.newest
		r.On, r.Since = true, time.Unix(o.since*300, 0).UTC()
	}
	return r
}

func (o *slow) read() surge.Reading {
	rate, peak := o.usual()
	var seen, expected int64
	for b := o.newest - 11; b <= o.newest; b++ {
		seen += o.counts[b]
		expected += rate(b / 12)
	}
	expected /= 12
	limit := max(5, muldiv(expected+5_000_000, 2*peak, 1000)/1_000_000+1-5)
	r := surge.Reading{
		Cold: o.newest-o.from < 288, Seen: int(seen), Expected: int((expected + 500_000) / 1_000_000),
		Times: int((seen + 5) * 1_000_000_000 / (expected + 5_000_000)), Usual: int(peak), Limit: int(limit),
	}
	if o.on {
		r.On, r.Since = true, time.Unix(o.since*300, 0).UTC()
	}
	return r
}

// usual is what was learned from every full hour that lies an hour back.
func (o *slow) usual() (rate func(hour int64) int64, peak int64) {
	var level, day, hours int64
	daytime, weekdays := slices.Repeat([]int64{1_000_000}, 24), slices.Repeat([]int64{1_000_000}, 7)
	peaks := slices.Repeat([]int64{4000}, 14)
	if o.silent {
		hours, peaks = 672, slices.Repeat([]int64{1000}, 14)
	}
	median := func() int64 { return slices.Sorted(slices.Values(peaks))[7] }
	rate = func(h int64) int64 {
		return muldiv(muldiv(level, daytime[h%24], 1_000_000), weekdays[h/24%7], 1_000_000)
	}
	for h := o.first; h*12+11 <= o.newest-12; h++ {
		var count int64
		for b := h * 12; b < h*12+12; b++ {
			count += o.counts[b] * 1_000_000
		}
		if hours > 0 {
			count = min(count, muldiv(rate(h)+5_000_000, median(), 1000))
		}
		hours = min(671, hours) + 1
		i, w := h%24, h/24%7
		level += (muldiv(count, 1_000_000, muldiv(daytime[i], weekdays[w], 1_000_000)) - level) / min(hours, 168)
		if level > 0 {
			x := muldiv(muldiv(count, 1_000_000, level), 1_000_000, weekdays[w])
			daytime[i] += (max(100_000, min(x, 4_000_000)) - daytime[i]) / min(hours/24+2, 7)
		}
		day += muldiv(count, 1_000_000, daytime[i])
		if i != 23 {
			continue
		}
		if hours >= 24 {
			peaks = slices.Concat([]int64{o.peak(h / 24)}, peaks[:13])
			if level > 0 {
				x := muldiv(day/24, 1_000_000, level)
				weekdays[w] += (max(100_000, min(x, 4_000_000)) - weekdays[w]) / min(hours/168+2, 7)
			}
		}
		day = 0
	}
	return rate, median()
}

// peak is the highest Times of a day, which ends at one in the morning, when its last hour is learned.
func (o *slow) peak(day int64) int64 {
	most := int64(1000)
	for _, r := range o.readings {
		if (r[0]-11)/288 == day {
			most = max(most, r[1])
		}
	}
	return most
}

func TestAgainstTheObviousWay(t *testing.T) {
	warnings := 0
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 17))
		var o slow
		var s surge.Series
		var got surge.Reading
		for i, p := range posts(r, 250) {
			want := o.add(p.n, p.at)
			s, got = surge.Gauge{}.Add(s, p.n, p.at)
			require.Equal(t, want, got, "seed %d, call %d: %d at %v", seed, i, p.n, p.at)
			if got.Warning {
				warnings++
			}
		}
	}
	assert.Greater(t, warnings, 6, "the calls have surges in them")
}

func TestLaws(t *testing.T) {
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 23))
		var s surge.Series
		for i, p := range posts(r, 200) {
			before := stored(t, s)
			next, reading := surge.Gauge{}.Add(s, p.n, p.at)
			again, second := surge.Gauge{}.Add(s, p.n, p.at)
			require.Equal(t, before, stored(t, s), "a step leaves its argument")
			require.Equal(t, stored(t, next), stored(t, again), "the same step twice: the same bytes")
			require.Equal(t, reading, second)
			require.LessOrEqual(t, len(stored(t, next)), 1300, "a row stays small")

			var back surge.Series
			require.NoError(t, json.Unmarshal([]byte(stored(t, next)), &back))
			require.Equal(t, stored(t, next), stored(t, back), "a row that was stored and loaded is the same row")

			if p.n > 1 && p.n < 100 {
				one, warned := s, 0
				for range p.n {
					var r surge.Reading
					if one, r = (surge.Gauge{}).Add(one, 1, p.at); r.Warning {
						warned++
					}
				}
				require.Equal(t, stored(t, next), stored(t, one), "seed %d, call %d: one by one is all at once", seed, i)
				require.Equal(t, reading.Warning, warned == 1, "one warning in a surge")
			}
			require.False(t, reading.Warning && !reading.On, "a warning is of a surge that is on")
			require.Equal(t, reading.On, !reading.Since.IsZero())
			require.Equal(t, next.Since, reading.Since)
			s = next
		}
	}
}

// TestTicksChangeNothing puts ticks between mentions that are in order.
func TestTicksChangeNothing(t *testing.T) {
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 29))
		calls := posts(r, 200)
		slices.SortFunc(calls, func(a, b post) int { return a.at.Compare(b.at) })
		var plain, ticked surge.Series
		var one, two surge.Reading
		for i, p := range calls {
			plain, one = surge.Gauge{}.Add(plain, p.n, p.at)
			ticked, two = surge.Gauge{}.Add(ticked, p.n, p.at)
			require.Equal(t, one, two, "seed %d, call %d", seed, i)
			require.Equal(t, stored(t, plain), stored(t, ticked), "seed %d, call %d", seed, i)
			if i+1 < len(calls) {
				for range r.IntN(3) {
					var tick surge.Reading
					until := calls[i+1].at.Sub(p.at)
					ticked, tick = surge.Gauge{}.Tick(ticked, p.at.Add(time.Duration(r.Int64N(int64(until)+1))))
					require.False(t, tick.Warning, "a tick begins nothing")
				}
			}
		}
	}
}

// TestOrderWithinABucket shuffles what was published in the same five minutes.
func TestOrderWithinABucket(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 31))
	var s surge.Series
	for range 500 {
		s, _ = surge.Gauge{}.Add(s, 1+r.IntN(9), day(r.Float64()*20))
	}
	var instants []time.Time
	for range 50 {
		instants = append(instants, day(21).Add(time.Duration(r.Int64N(int64(5*time.Minute)))))
	}
	one, other := s, s
	for _, at := range instants {
		one, _ = surge.Gauge{}.Add(one, 1, at)
	}
	r.Shuffle(len(instants), func(i, k int) { instants[i], instants[k] = instants[k], instants[i] })
	for _, at := range instants {
		other, _ = surge.Gauge{}.Add(other, 1, at.In(time.FixedZone("east", 3600)))
	}
	assert.Equal(t, stored(t, one), stored(t, other), "any order, any zone")
}

// TestTheSameBytes holds a row against what it was when this was written: rows that are stored outlive the code, and the
// processor.
func TestTheSameBytes(t *testing.T) {
	var s surge.Series
	for i := range 2000 {
		s, _ = surge.Gauge{}.Add(s, 1+i*i%7, day(0).Add(time.Duration(i)*17*time.Minute+time.Duration(i*i%900)*time.Second))
	}
	s, _ = surge.Gauge{}.Add(s, 200, s.At)
	assert.Equal(t, `{"from":"2026-03-02T00:00:00Z","at":"2026-03-25T14:20:00Z","heard":"2026-03-25T14:20:00Z","recent":[203,0,3,`+
		`0,0,0,5,0,2,0,0,0],"hour":3,"day":140148373,"hours":565,"peak":14319,"level":10719496,"daytime":[1054067,`+
		`923486,1160273,896998,983215,887005,1124514,995275,1055554,865870,1029740,997575,1014824,933140,1007752,`+
		`967913,1012877,1021677,972849,991950,1020886,1013125,1004937,935454],"weekdays":[989492,994504,997745,`+
		`999652,999802,990725,989206],"peaks":[1504,1479,1373,1382,1481,1435,1406,1403,1369,1496,1533,1375,1419,`+
		`1477],"since":"2026-03-25T14:20:00Z","last":"2026-03-25T14:20:00Z"}`, stored(t, s))
}

func stored(t testing.TB, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	require.NoError(t, err)
	return string(out)
}

// FuzzRow loads any row and goes on with it.
func FuzzRow(f *testing.F) {
	f.Add([]byte(`{}`), int64(0), 3)
	f.Add([]byte(`{"at":"2026-03-02T00:00:00Z","recent":[1,2],"level":-5,"hours":-1,"peaks":[-1,9223372036854775807]}`), int64(40), 1)
	f.Add([]byte(`{"from":"9000-01-01T00:00:00Z","at":"0000-01-01T00:00:07Z","heard":"9999-01-01T00:00:00Z",`+
		`"level":9223372036854775807,"day":9223372036854775807,"hour":-9223372036854775808,`+
		`"daytime":[-1,9223372036854775807],"weekdays":[1]}`), int64(1<<40), math.MaxInt)
	f.Add([]byte(`{"at":"2026-03-02T00:00:00Z","since":"2026-03-02T00:00:00Z","peak":-9223372036854775808,`+
		`"recent":[-9223372036854775808,9223372036854775807],"peaks":[9223372036854775807,9223372036854775807,`+
		`9223372036854775807,9223372036854775807,9223372036854775807,9223372036854775807,9223372036854775807,`+
		`9223372036854775807]}`), int64(900), 5)
	f.Fuzz(func(t *testing.T, row []byte, seconds int64, n int) {
		var s surge.Series
		if json.Unmarshal(row, &s) != nil {
			t.Skip()
		}
		at := time.Unix(seconds%(1<<40), 0)
		for range 3 {
			var r surge.Reading
			s, r = surge.Gauge{}.Add(s, n, at)
			if !s.At.IsZero() && (r.Seen < 0 || r.Expected < 0 || r.Times < 0 || r.Usual < 1000 || r.Limit < 5) {
				t.Errorf("reading out of bounds: %+v", r)
			}
			s, _ = surge.Gauge{}.Tick(s, at.Add(30*time.Hour))
			at = at.Add(31 * time.Hour)
			_ = surge.Gauge{}.Due(s)
			_, err := json.Marshal(s)
			if err != nil {
				t.Error(err)
			}
		}
	})
}
