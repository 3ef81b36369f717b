package hours

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention/spec"
)

// A Span is one stretch of opening on the wall clock: from the first instant of From to the last instant of To.
type Span struct {
	Days []string `json:"days,omitempty"` // "mon", or "mon-fri", or "fri-mon"; empty means every day
	From string   `json:"from"`           // "09:00"
	To   string   `json:"to"`             // "17:00", "24:00"; earlier than From means on the next day
}

// A Date replaces the spans that begin on one date. A span that began the evening before runs to its end.
type Date struct {
	On   string `json:"on"`             // "2026-12-25"
	Open []Span `json:"open,omitempty"` // without Days; empty means closed
}

const dayMinutes = 24 * 60

// A stretch is a span in minutes after the midnight of the day it begins on; to may lie on the next day.
type stretch struct{ from, to int }

var dayNames = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// compile reads the times of day.
func (s Span) compile() (stretch, error) {
	var problems spec.Problems
	from, err := clock(s.From)
	if err == nil && from == dayMinutes {
		err = errors.New("a span cannot begin at 24:00: write 00:00 of the next day")
	}
	problems.Merge("from", err)
	to, err := clock(s.To)
	problems.Merge("to", err)
	if len(problems) == 0 && from == to {
		problems.Add("to", "a span from %s to %s is empty: the whole day is 00:00 to 24:00", s.From, s.To)
	}
	if to < from {
		to += dayMinutes
	}
	return stretch{from, to}, problems.Err()
}

// clock reads "09:00" as minutes after midnight.
func clock(s string) (int, error) {
	digit := func(i int) int { return int(s[i] - '0') }
	if len(s) == 5 && s[2] == ':' && strings.Trim(s[:2]+s[3:], "0123456789") == "" {
		if h, m := 10*digit(0)+digit(1), 10*digit(3)+digit(4); h < 24 && m < 60 || h == 24 && m == 0 {
			return h*60 + m, nil
		}
	}
	return 0, fmt.Errorf("%q is not a time of day: write it like 09:00, at most 24:00", s)
}

// weekdays reads "mon" or "mon-fri"; "fri-mon" goes over the week's end.
func weekdays(s string) ([]time.Weekday, error) {
	from, to, isRange := strings.Cut(s, "-")
	if !isRange {
		to = from
	}
	a, b := slices.Index(dayNames[:], from), slices.Index(dayNames[:], to)
	if a < 0 || b < 0 {
		return nil, fmt.Errorf("%q is not a day: write it like mon or mon-fri, of %s", s, strings.Join(dayNames[:], " "))
	}
	var days []time.Weekday
	for d := a; ; d = (d + 1) % 7 {
		days = append(days, time.Weekday(d))
		if d == b {
			return days, nil
		}
	}
}

// union sorts the stretches and joins those that touch or overlap.
func union(in []stretch) []stretch {
	slices.SortFunc(in, func(a, b stretch) int { return a.from - b.from })
	out := in[:0]
	for _, s := range in {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}
