package triage

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/ask"
)

const dayMinutes = 24 * 60

var weekdays = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// hours compiles opening hours.
func (c *compiler) hours(path string, h ask.Hours) node {
	x := &extra{to: dayMinutes}
	n := node{op: opHours, name: "hours", extra: x}
	zone, err := c.zone(h.Zone)
	if err != nil {
		c.problems.Add(spec.Join(path, "zone"), "%v", err)
		zone = time.UTC
	}
	x.zone = zone
	for i, day := range h.Days {
		at := slices.Index(weekdays[:], day)
		if at < 0 {
			c.problems.Add(spec.Index(spec.Join(path, "days"), i), "%q is no day: mon, tue, wed, thu, fri, sat or sun", day)
			continue
		}
		x.days[at] = true
	}
	if len(h.Days) == 0 {
		x.days = [7]bool{true, true, true, true, true, true, true}
	}
	c.minutes(spec.Join(path, "from"), h.From, &x.from)
	c.minutes(spec.Join(path, "to"), h.To, &x.to)
	if len(h.Days) == 0 && h.From == "" && h.To == "" {
		c.problems.Add(path, "has neither days nor hours: it would always hold")
	}
	what := []string{strings.Join(h.Days, " "), span(h.From, h.To), h.Zone}
	n.list = []string{strings.Join(slices.DeleteFunc(what, func(s string) bool { return s == "" }), " ")}
	return n
}

func span(from, to string) string {
	if from == "" && to == "" {
		return ""
	}
	return from + "-" + to
}

// minutes reads a time on the wall: 09:00, at most 24:00.
func (c *compiler) minutes(path, text string, into *int) {
	if text == "" {
		return
	}
	h, m, ok := strings.Cut(text, ":")
	hour, err := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	if !ok || err != nil || err2 != nil || len(h) != 2 || len(m) != 2 || hour < 0 || minute < 0 || minute > 59 ||
		hour*60+minute > dayMinutes {
		c.problems.Add(path, "%q is no time of the day: write it like 09:00", text)
		return
	}
	*into = hour*60 + minute
}

// open reports whether the clock on the wall shows a time within the hours.
func (x *extra) open(at time.Time) bool {
	wall := at.In(x.zone)
	minute, day := wall.Hour()*60+wall.Minute(), wall.Weekday()
	if x.from < x.to {
		return x.days[day] && x.from <= minute && minute < x.to
	}
	return x.days[day] && minute >= x.from || x.days[(day+6)%7] && minute < x.to
}
