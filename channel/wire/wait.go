package wire

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// longest is the longest wait that is believed: more is a mistake of whoever wrote it.
const longest = 366 * 24 * time.Hour

// Wait is how long an answer asks us to wait: its Retry-After, else what is left until the reset of its rate limit; 0
// where it does not say, or where the instant is over. It reads seconds, an HTTP date, an ISO 8601 instant and Unix
// seconds. An instant is measured against the answer's own Date, because our clock may be wrong; against now where there
// is none.
func Wait(h http.Header, now time.Time) time.Duration {
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	for _, name := range []string{"Retry-After", "RateLimit-Reset", "X-RateLimit-Reset"} {
		if wait, ok := wait(strings.TrimSpace(h.Get(name)), now); ok {
			return min(max(0, wait), longest)
		}
	}
	return 0
}

// unixFrom is where numbers stop to be seconds to wait and begin to be seconds since 1970: thirty years are no wait.
// From a thousand times that they are milliseconds.
const unixFrom = 1_000_000_000

func wait(s string, now time.Time) (time.Duration, bool) {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		switch {
		case math.IsNaN(n) || math.Signbit(n):
			return 0, n == 0
		case n >= 1000*unixFrom:
			return until(time.UnixMilli(int64(min(n, 1e15))), now), true
		case n >= unixFrom:
			return until(time.UnixMilli(int64(n*1000)), now), true
		}
		return time.Duration(math.Ceil(min(n, longest.Seconds())*1000)) * time.Millisecond, true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil { // without a zone it is UTC
			return until(t, now), true
		}
	}
	if t, err := http.ParseTime(s); err == nil {
		return until(t, now), true
	}
	return 0, false
}

func until(t, now time.Time) time.Duration { return t.Sub(now) }
