package chart

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
)

// days is how many days a drawing of a week has.
const days = 7

// A week is the shifts of a roster, cut into days on the wall of a zone.
type week struct {
	roster string
	loc    *time.Location
	days   []day
	people []string // in order of the roster, then of appearance
}

type day struct {
	from, to time.Time
	shifts   []roster.Shift
}

// weekOf cuts the seven days from the date that from has in the zone.
func weekOf(s *roster.Schedule, id string, from time.Time, loc *time.Location) week {
	if loc == nil {
		loc = time.UTC
	}
	w := week{roster: plain(id), loc: loc, people: s.Members(id)}
	y, m, d := from.In(loc).Date()
	for i := range days {
		begin, _, _ := hours.Resolve(loc, y, m, d+i, 0, 0, 0)
		end, _, _ := hours.Resolve(loc, y, m, d+i+1, 0, 0, 0)
		x := day{from: begin, to: end, shifts: s.Shifts(id, begin, end)}
		for _, shift := range x.shifts {
			for _, who := range shift.On {
				if !slices.Contains(w.people, who) {
					w.people = append(w.people, who)
				}
			}
		}
		w.days = append(w.days, x)
	}
	return w
}

func (w week) name() string {
	return fmt.Sprintf("Duty %s, week from %s, clock of %s", w.roster, w.days[0].from.In(w.loc).Format("Mon 2006-01-02"), w.loc)
}

// on is who is on duty at t.
func (d day) on(t time.Time) []string {
	for _, s := range d.shifts {
		if !t.Before(s.From) && t.Before(s.To) {
			return s.On
		}
	}
	return nil
}

// column is how much time a column of the text stands for.
const column = 30 * time.Minute

// signs tell members apart in the text.
const signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// WeekText draws the duty of a roster in the seven days from the date of an instant, as text of one line a day: a letter
// for who is on duty as the column begins, a point for nobody, a plus for several. A column is half an hour of elapsed
// time, so a day on which the clock changes has more or fewer of them. Nil loc is UTC.
func WeekText(s *roster.Schedule, id string, from time.Time, loc *time.Location) string {
	w := weekOf(s, id, from, loc)
	var b strings.Builder
	b.WriteString(w.name() + "\nOne column is half an hour.\n\n       00    03    06    09    12    15    18    21\n")
	for _, d := range w.days {
		b.WriteString(d.from.Add(12*time.Hour).In(w.loc).Format("Mon 02") + " ")
		for t := d.from; t.Before(d.to); t = t.Add(column) {
			b.WriteByte(w.sign(d.on(t)))
		}
		if length := d.to.Sub(d.from); length != 24*time.Hour && length > 0 {
			fmt.Fprintf(&b, "  %s: the clock changes", short(length))
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	for i, id := range w.people {
		fmt.Fprintf(&b, "%c %s\n", signs[i%len(signs)], plain(id))
	}
	b.WriteString(". nobody\n+ several\n")
	return b.String()
}

func (w week) sign(on []string) byte {
	switch len(on) {
	case 0:
		return '.'
	case 1:
		return signs[slices.Index(w.people, on[0])%len(signs)]
	}
	return '+'
}

// short writes hours and minutes: "23 h", "24 h 30 min".
func short(d time.Duration) string {
	h, m := d/time.Hour, d%time.Hour/time.Minute
	if m == 0 {
		return fmt.Sprintf("%d h", h)
	}
	return fmt.Sprintf("%d h %d min", h, m)
}
