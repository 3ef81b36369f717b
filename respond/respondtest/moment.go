package respondtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention/spec"
)

// moment reads an instant: +1h30m and -90s (from the step before), 0, 14:05 (the next time the clock shows it), tue 14:05,
// 2026-06-20 14:05, due (when the subject next falls due), or an instant as in RFC 3339.
func moment(words []string, now, due time.Time, zone *time.Location) (time.Time, error) {
	bad := fmt.Errorf("%q is no instant: write +1h30m, 14:05, tue 14:05, 2026-06-20 14:05 or due", strings.Join(words, " "))
	if len(words) == 0 {
		return now, bad
	}
	first := strings.ToLower(words[0])
	if len(words) == 2 {
		return dayAndTime(first, words[1], now.In(zone), bad)
	}
	switch {
	case first == "0":
		return now, nil
	case first == "due" && due.IsZero():
		return now, fmt.Errorf("nothing falls due here any more")
	case first == "due":
		return due, nil
	case isTimeOfDay(first):
		return dayAndTime("", first, now.In(zone), bad)
	case strings.HasPrefix(first, "+") || strings.HasPrefix(first, "-"):
		var d spec.Duration
		if err := d.UnmarshalText([]byte(strings.TrimPrefix(first, "+"))); err != nil {
			return now, err
		}
		return now.Add(d.Std()), nil
	}
	if t, err := time.Parse(time.RFC3339, words[0]); err == nil {
		return t, nil
	}
	return now, bad
}

// dayAndTime is a day's name or date, or none, and a time of day.
func dayAndTime(day, clock string, now time.Time, bad error) (time.Time, error) {
	t, err := time.Parse("15:04:05", clock)
	if err != nil {
		if t, err = time.Parse("15:04", clock); err != nil {
			return now, bad
		}
	}
	on := func(d time.Time) time.Time {
		return time.Date(d.Year(), d.Month(), d.Day(), t.Hour(), t.Minute(), t.Second(), 0, now.Location())
	}
	if date, err := time.Parse(time.DateOnly, day); err == nil {
		return on(date), nil
	}
	for n := range 8 {
		then := on(now.AddDate(0, 0, n))
		named := day == "" || strings.HasPrefix(strings.ToLower(then.Weekday().String()), day) && len(day) >= 3
		if named && !then.Before(now) {
			return then, nil
		}
	}
	return now, bad
}

// shown is an instant as a trail tells it.
func shown(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	if t.Second() != 0 || t.Nanosecond() != 0 {
		return t.Format("Mon 02 Jan 15:04:05")
	}
	return t.Format("Mon 02 Jan 15:04")
}
