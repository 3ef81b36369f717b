package escalation_test

import (
	"fmt"
	"slices"
	"time"
	_ "time/tzdata"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
)

// desks are offices in three zones that hand the day round: in January each closes as the next one opens.
func desks() []roster.Calendar {
	office := func(id, zone, from, to string, holidays ...string) roster.Calendar {
		c := roster.Calendar{ID: id, Zone: zone, Week: hours.Week{Open: []hours.Span{
			{Days: []string{"mon-fri"}, From: from, To: to}}}}
		for _, day := range holidays {
			c.Week.Dates = append(c.Week.Dates, hours.Date{On: day})
		}
		return c
	}
	return []roster.Calendar{
		office("sydney", "Australia/Sydney", "08:00", "18:00", "2026-01-01", "2026-01-26", "2026-04-03", "2026-12-25"),
		office("madrid", "Europe/Madrid", "08:00", "15:00", "2026-01-01", "2026-01-06", "2026-05-01", "2026-12-25"),
		office("new-york", "America/New_York", "09:00", "16:00", "2026-01-01", "2026-07-03", "2026-11-26", "2026-12-25"),
		{ID: "always", Zone: "Europe/Madrid"},
		{ID: "working", Zone: "UTC", Week: hours.Week{Open: []hours.Span{
			{Days: []string{"mon-thu"}, From: "00:00", To: "24:00"}, {Days: []string{"fri"}, From: "00:00", To: "21:00"}}}},
	}
}

// team is nine people at three desks, and three leads who take turns with the telephone whenever no desk is staffed.
func team() escalation.Hierarchy {
	h := escalation.Hierarchy{Calendars: desks()}
	turns := func(calendar, at string, people ...string) roster.Rotation {
		for _, id := range people {
			h.Members = append(h.Members, escalation.Member{ID: id, Name: id,
				Contacts: []escalation.Contact{{Kind: "phone", Address: "+00 " + id}}})
		}
		return roster.Rotation{Calendar: calendar, From: "2025-12-29", At: at, Every: roster.Week, Slots: people}
	}
	offices := roster.Layer{Rotations: []roster.Rotation{
		turns("sydney", "00:00", "grace", "hiro", "isla"),
		turns("madrid", "00:00", "ana", "ben", "carla"),
		turns("new-york", "00:00", "dan", "erin", "frank")}}
	leads := roster.Layer{Rotations: []roster.Rotation{turns("always", "09:00", "lara", "max", "nora")}}
	h.Rosters = []roster.Roster{
		{ID: "desk", Hours: "working", Layers: []roster.Layer{offices}},
		{ID: "duty", Layers: []roster.Layer{leads, offices}},
	}
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }
	h.Covers = []roster.Cover{
		{Kind: roster.Leave, Who: "ana", By: "ben", From: day(8, 10), To: day(8, 24)},
		{Kind: roster.Leave, Who: "erin", By: "dan", From: day(7, 6), To: day(7, 18)},
		{Kind: roster.Leave, Who: "hiro", From: day(5, 11), To: day(5, 16)}, // nobody was found
		{Kind: roster.Swap, Who: "lara", By: "nora", From: day(6, 1), To: day(6, 22)},
		{Kind: roster.Temporary, Roster: "duty", Who: "max", By: "carla", From: day(9, 14), To: day(9, 21)},
		{Kind: roster.Override, Roster: "duty", By: "frank", From: day(11, 27), To: day(11, 28)},
		{Kind: roster.Leave, Who: "lara", From: day(12, 24), To: day(12, 27)}, // nobody has noticed yet
	}
	h.Ladders = []escalation.Ladder{{ID: "main", Fallback: "lara", Levels: []escalation.Level{
		{To: []string{"duty"}, Wait: spec.Of(15 * time.Minute)}}}}
	h.Plans = []escalation.Plan{
		{ID: "rest", Owner: "ana", Backups: []string{"duty"}, Ladder: "main"},
		{ID: "danger", Categories: []string{"life"}, Owner: "lara", Backups: []string{"duty"}, Ladder: "main"},
	}
	return h
}

// A year of three offices, with the clocks of all three going forward and back, leave and holidays. The desks, which
// follow each other without a gap in January, are reported to leave holes from March to October; the leads fill all but
// those of one week; and no quarter of an hour without anybody is missing from the report.
func Example_year() {
	d, err := team().Compile(escalation.Options{})
	if err != nil {
		fmt.Println(err) // every problem, each with its path
		return
	}
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	coverage := d.Coverage(from, to)
	inHours := func(shifts []roster.Shift, id string, from, to time.Time) (sum time.Duration) {
		for _, s := range shifts {
			if begin, end := latest(s.From, from), earliest(s.To, to); s.Roster == id && begin.Before(end) {
				sum += end.Sub(begin)
			}
		}
		return sum
	}
	fmt.Println("desk, by month: hours without anybody, hours with two")
	for month := from; month.Before(to); month = month.AddDate(0, 1, 0) {
		end := month.AddDate(0, 1, 0)
		fmt.Printf("%s %4.0f %4.0f\n", month.Format("Jan"),
			inHours(coverage.Holes, "desk", month, end).Hours(), inHours(coverage.Overlaps, "desk", month, end).Hours())
	}
	for _, hole := range coverage.Holes {
		if hole.Roster == "duty" {
			fmt.Println("duty: nobody from", hole.From.Format("01-02 15:04"), "to", hole.To.Format("01-02 15:04"))
		}
	}
	for _, id := range []string{"desk", "duty"} {
		var holes, quarters, unreported, handed int
		for t := from; t.Before(to); t = t.Add(15 * time.Minute) {
			if id == "desk" && (t.Weekday()%6 == 0 || t.Weekday() == time.Friday && t.Hour() >= 21) {
				continue // no desk is promised
			}
			if quarters++; len(d.Roster().On(id, t)) > 0 {
				continue
			}
			holes++
			if !slices.ContainsFunc(coverage.Holes, func(s roster.Shift) bool {
				return s.Roster == id && !t.Before(s.From) && t.Before(s.To)
			}) {
				unreported++
			}
		}
		handed = len(d.Roster().Shifts(id, from, to)) - 1
		fmt.Printf("%s: %d hand-overs; of %d quarters of an hour %d without anybody, %d of them unreported\n",
			id, handed, quarters, holes, unreported)
	}
	for _, before := range []time.Time{
		time.Date(2026, 3, 27, 5, 30, 0, 0, time.UTC), time.Date(2026, 3, 30, 5, 30, 0, 0, time.UTC)} {
		next, _ := d.Next("desk", before)
		fmt.Println("Madrid opens", next.From.Format("Mon 01-02 15:04 MST"), next.On)
	}

	// Output:
	// desk, by month: hours without anybody, hours with two
	// Jan   35    0
	// Feb    0    0
	// Mar   17   17
	// Apr   47   40
	// May   80   30
	// Jun   40   44
	// Jul   48   46
	// Aug   38   42
	// Sep   40   44
	// Oct   23   24
	// Nov    7    0
	// Dec   24    0
	// duty: nobody from 12-24 21:00 to 12-27 00:00
	// desk: 1123 hand-overs; of 24432 quarters of an hour 1596 without anybody, 0 of them unreported
	// duty: 1123 hand-overs; of 35040 quarters of an hour 204 without anybody, 0 of them unreported
	// Madrid opens Fri 03-27 07:00 UTC [ana]
	// Madrid opens Mon 03-30 06:00 UTC [hiro ben]
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
