package surge

import (
	"math"
	"time"

	"github.com/reputekit/reputation/mention/spec"
)

// Limits say what a surge is. It is plain data that a person writes; the zero value means what fits most.
type Limits struct {
	Times int           `json:"times,omitempty"` // of the usual daily peak that is too much, per mille; 0 means 2000, double
	Least int           `json:"least,omitempty"` // mentions in an hour below which nothing is a surge; 0 means 5
	Quiet spec.Duration `json:"quiet,omitempty"` // without excess after which a surge is over; 0 means a day
}

// Compile checks the limits. The error is spec.Problems.
func (l Limits) Compile() (Gauge, error) {
	var p spec.Problems
	if l.Times != 0 && (l.Times <= mille || l.Times > mille*mille) {
		p.Add("times", "%d per mille: from 1001 to 1000000, or every day has its surge, or none ever", l.Times)
	}
	if l.Least < 0 || int64(l.Least) > most {
		p.Add("least", "%d mentions: from 0 to %d", l.Least, most)
	}
	if quiet := l.Quiet.Std(); quiet != 0 && (quiet < time.Hour || quiet > longest*bucket) {
		p.Add("quiet", "%s: from 1h to 28d", l.Quiet)
	}
	if err := p.Err(); err != nil {
		return Gauge{}, err
	}
	return Gauge{times: int64(l.Times), least: int64(l.Least), quiet: l.Quiet.Std()}, nil
}

// A Gauge reads series by limits. It is immutable. The zero value reads by the limits that fit most.
type Gauge struct {
	times, least int64
	quiet        time.Duration
}

// limits fills in what fits most.
func (g Gauge) limits() Gauge {
	if g.times == 0 {
		g.times = 2 * mille
	}
	if g.least == 0 {
		g.least = 5
	}
	if g.quiet == 0 {
		g.quiet = 24 * time.Hour
	}
	return g
}

// Add counts n mentions published at an instant, which is at most now: one from tomorrow would make today late. A mention
// of the last hour before the newest one is counted where it belongs, an older one is Late. The zero instant, and n
// below 1, count nothing. Whether a mention was counted before is for the caller to know.
func (g Gauge) Add(s Series, n int, at time.Time) (Series, Reading) {
	at = begin(at)
	if n < 1 || at.IsZero() {
		return g.Tick(s, at)
	}
	if s.At.IsZero() {
		s = Watched(at)
	}
	if s.late(at) {
		r := g.limits().read(&s)
		r.Late = true
		return s, r
	}
	if at.After(s.At) {
		s.advance(number(at))
	}
	place := &s.Recent[number(s.At)-number(at)]
	*place = between(between(*place, 0, most)+min(int64(n), most), 0, most)
	if at.After(s.Heard) {
		s.Heard = at
	}
	return s, g.limits().look(&s)
}

// Tick moves a series to an instant, at most now, so that it can be read. It never begins a surge, and whether it is
// called changes nothing that comes later, but what was published more than an hour before it is Late from then on. An
// instant before the newest one leaves the series where it is. A series that was never watched reads as Cold and nothing
// else.
func (g Gauge) Tick(s Series, at time.Time) (Series, Reading) {
	at = begin(at)
	if s.At.IsZero() {
		return s, Reading{Cold: true}
	}
	if !at.IsZero() && number(at) > number(s.At) {
		s.advance(number(at))
	}
	g = g.limits()
	g.settle(&s)
	return s, g.read(&s)
}

// Due is when the surge that is on will be over if nothing comes, UTC; zero when none is on. A series needs no other
// tick: it catches up by itself with the next mention.
func (g Gauge) Due(s Series) time.Time {
	if s.Since.IsZero() {
		return time.Time{}
	}
	return s.Last.Add(g.limits().quiet)
}

// look decides, after a mention, whether a surge is on.
func (g Gauge) look(s *Series) Reading {
	g.settle(s)
	r := g.read(s)
	if r.Cold {
		return r
	}
	s.Peak = max(s.Peak, int64(r.Times))
	if r.Seen < r.Limit {
		return r
	}
	if r.Warning = s.Since.IsZero(); r.Warning {
		s.Since = s.At
	}
	s.Last = s.At
	r.On, r.Since = true, s.Since
	return r
}

// settle ends a surge that has been quiet for long enough.
func (g Gauge) settle(s *Series) {
	if !s.Since.IsZero() && s.At.Sub(s.Last) >= g.quiet {
		s.Since, s.Last = time.Time{}, time.Time{}
	}
}

func (g Gauge) read(s *Series) Reading {
	seen, expected, peak := s.seen(), s.expected(number(s.At)), s.peak()
	allowed := scale(peak, g.times, mille) // a surge is what Times is above
	limit := scale(expected+few*million, allowed, mille)/million + 1 - few
	return Reading{
		On: !s.Since.IsZero(), Since: s.Since, Cold: s.At.Sub(s.From) < warm,
		Seen: number32(seen), Expected: number32((expected + million/2) / million),
		Times: number32(scale((seen+few)*million, mille, expected+few*million)),
		Usual: number32(peak), Limit: number32(max(g.least, limit)),
	}
}

// number32 fits a number into an int of any platform.
func number32(v int64) int { return int(min(v, math.MaxInt32)) }
