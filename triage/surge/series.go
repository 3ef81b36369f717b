package surge

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
)

const (
	bucket  = 5 * time.Minute
	window  = 12               // buckets in the hour that is looked at, and in an hour of the clock
	longest = 28 * 24 * window // buckets of silence after which nothing is left of the past
	most    = 100_000_000      // mentions of a bucket, an hour or a call that are told apart
)

// A Series is what is remembered of the mentions of one category, of one subject, or of both: one row, of some 600
// bytes, whoever writes. It is plain data and changes only through [Gauge.Add] and [Gauge.Tick]. The zero value has
// never been watched. All times are UTC.
type Series struct {
	From  time.Time `json:"from,omitzero"`  // watched since
	At    time.Time `json:"at,omitzero"`    // where the newest five minutes begin, of a mention or a tick
	Heard time.Time `json:"heard,omitzero"` // where the five minutes of the newest mention begin

	Recent [window]int64 `json:"recent"`         // mentions in each five minutes of the last hour, the newest first
	Hour   int64         `json:"hour,omitempty"` // mentions that have left Recent since the last full hour

	// Day is what has left Recent since midnight, in millionths of a mention, each hour divided by its Daytime; Hours is
	// how many full hours were learned from, at most 672; Peak the most that Times was on this day, per mille.
	Day   int64 `json:"day,omitempty"`
	Hours int64 `json:"hours,omitempty"`
	Peak  int64 `json:"peak,omitempty"`

	// Level is the mentions of a middling hour, in millionths. Each hour of the day and each day of the week, from
	// Thursday on, has its factor, in millionths, 0 where it is not known. Peaks are those of the last 14 days, the newest
	// first, per mille, 0 where they are not known.
	Level    int64       `json:"level,omitempty"`
	Daytime  [24]int64   `json:"daytime"`
	Weekdays [7]int64    `json:"weekdays"`
	Peaks    [days]int64 `json:"peaks"`

	Since time.Time `json:"since,omitzero"` // when the surge that is on began; zero when none is on
	Last  time.Time `json:"last,omitzero"`  // when it was last over its limit
}

// Watched gives the series of something that has been listened for since an instant and has not been heard of. Use it
// for a new row where it is known how long the house has been listening: what was silent for a month is known to be
// quiet, what was first watched today is not. The zero instant gives the zero Series.
func Watched(since time.Time) Series {
	at := begin(since)
	return Series{From: at, At: at, Heard: at}
}

// begin is where the five minutes of an instant begin. What is outside the years 1 to 9999 is no instant.
func begin(at time.Time) time.Time {
	if at = mention.Instant(at); at.IsZero() || at.Year() < 1 || at.Year() > 9999 {
		return time.Time{}
	}
	return instant(number(at))
}

// number counts five-minute buckets from the beginning of 1970, downwards before it.
func number(at time.Time) int64 {
	seconds, wide := at.Unix(), int64(bucket/time.Second)
	n := seconds / wide
	if seconds%wide < 0 {
		n--
	}
	return n
}

func instant(n int64) time.Time { return time.Unix(n*int64(bucket/time.Second), 0).UTC() }

// advance moves the series to a later bucket. What leaves the last hour is learned from. It takes a step for each
// five minutes, or each silent hour, that have passed, and none when nothing was heard for 28 days.
func (s *Series) advance(to int64) {
	from := number(s.At)
	s.At = instant(to)
	if to-from > longest || to-number(s.Heard) > longest {
		s.forget()
		return
	}
	for n := from + 1; n <= to; n++ {
		if mod(n, window) == 0 && n+window-1 <= to && s.Recent == [window]int64{} {
			n += window - 1 // an hour in which nothing comes and nothing leaves
			s.learn(n-window, 0)
			continue
		}
		gone := s.Recent[window-1]
		copy(s.Recent[1:], s.Recent[:window-1])
		s.Recent[0] = 0
		s.learn(n-window, gone)
	}
}

// forget leaves of a series that was not heard of for so long only that it was silent.
func (s *Series) forget() {
	*s = Series{From: s.From, At: s.At, Heard: s.Heard, Hours: longest / window, Since: s.Since, Last: s.Last}
	for i := range s.Peaks {
		s.Peaks[i] = mille
	}
}

// late says whether an instant is so far before the newest one that its bucket has been learned from.
func (s *Series) late(at time.Time) bool { return number(s.At)-number(at) >= window }

// seen counts the mentions of the last hour.
func (s *Series) seen() int64 {
	sum := int64(0)
	for _, n := range s.Recent {
		sum += between(n, 0, most)
	}
	return sum
}

// peak is what an hour reaches on a usual day, per mille of the usual: the median of the days. A day that is not known
// counts as one of bursts.
func (s *Series) peak() int64 {
	sorted := s.Peaks
	for i, p := range sorted {
		if p <= 0 {
			sorted[i] = unknownPeak
		}
	}
	slices.Sort(sorted[:])
	return max(mille, sorted[days/2])
}
