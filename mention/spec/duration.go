package spec

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// A Duration is a span of time that a person writes in a specification: "15m", "1h30m", "2d12h". A day is 24 hours of
// elapsed time here; calendar days and business days have types of their own. The zero value is no time at all.
type Duration time.Duration

const day = 24 * time.Hour

// Of returns d as a Duration, for specifications written in Go.
func Of(d time.Duration) Duration { return Duration(d) }

// Std returns the duration as the standard library's type.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// String writes the duration as a person would: "90s" is "1m30s", 48 hours are "2d".
func (d Duration) String() string {
	t := time.Duration(d)
	switch {
	case t == 0:
		return "0s"
	case t == math.MinInt64:
		return "-106751d23h47m16.854775808s" // has no positive counterpart, so the way below is closed to it
	case t < 0:
		return "-" + Duration(-t).String()
	}
	var b strings.Builder
	if days := t / day; days > 0 {
		b.WriteString(strconv.FormatInt(int64(days), 10))
		b.WriteByte('d')
		t -= days * day
	}
	if t == 0 {
		return b.String()
	}
	s := t.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	b.WriteString(s)
	return b.String()
}

// MarshalText implements encoding.TextMarshaler.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. It takes what time.ParseDuration takes, with whole days before it
// and one sign, a minus, at the front. A duration of more than 292 years does not fit and is an error.
func (d *Duration) UnmarshalText(text []byte) error {
	s := string(text)
	rest, negative := strings.CutPrefix(s, "-")
	var days uint64
	if before, after, ok := strings.Cut(rest, "d"); ok {
		n, err := strconv.ParseUint(before, 10, 32)
		if err != nil {
			return notDuration(s)
		}
		days, rest = n, after
		if rest == "" {
			rest = "0s"
		}
	}
	if rest == "" || rest[0] != '.' && (rest[0] < '0' || rest[0] > '9') {
		return notDuration(s) // a second sign, or nothing at all
	}
	limit := uint64(math.MaxInt64)
	if negative {
		limit++
	}
	if days > limit/uint64(day) {
		return tooLong(s)
	}
	t, err := time.ParseDuration(rest)
	if err != nil {
		// The one span that only its negative can hold.
		if u, err := time.ParseDuration("-" + rest); err == nil && u == math.MinInt64 && negative && days == 0 {
			*d = math.MinInt64
			return nil
		}
		return notDuration(s)
	}
	total := days*uint64(day) + uint64(t)
	if total > limit {
		return tooLong(s)
	}
	if negative {
		total = -total
	}
	*d = Duration(total)
	return nil
}

func notDuration(s string) error {
	return fmt.Errorf("%q is not a duration: write it like 15m, 1h30m or 2d", s)
}

func tooLong(s string) error { return fmt.Errorf("%q is too long: at most 106751d", s) }
