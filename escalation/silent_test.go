package escalation_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention/spec"
)

// A life is one case of the year, from opening to end, with people who may miss a page, forget what they have, or go
// home.
type life struct {
	d     *escalation.Directory
	r     *rand.Rand
	c     escalation.Climb
	now   time.Time
	takes []taking // who will take it, and when, if it is still free then

	pages, lost, handed, idle int
	silent                    bool          // at some time nobody had it, nobody had been told, and nobody was going to be
	silence, longest          time.Duration // without anybody told, and until somebody had it
}

type taking struct {
	at time.Time
	by string
}

// hear sends the pages: one in twelve is lost, nine of ten people who are reached take the matter within 25 minutes.
func (l *life) hear(c escalation.Climb, pages []escalation.Page) {
	l.c = c
	for _, p := range pages {
		switch l.pages++; {
		case p.Relief:
		case l.r.IntN(12) == 0:
			l.lost++
			l.hear(l.d.Climb(l.c, escalation.Move{Kind: escalation.Bounced, Page: p.N}, l.now))
		default:
			l.c, _ = l.d.Climb(l.c, escalation.Move{Kind: escalation.Reached, Page: p.N}, l.now)
			if l.r.IntN(10) > 0 {
				l.takes = append(l.takes, taking{at: l.now.Add(time.Duration(1+l.r.IntN(25)) * time.Minute), by: p.Member})
			}
		}
	}
}

// live plays the case until it is over: ten hours of somebody having it, with progress now and then.
func (l *life) live(m escalation.Matter) {
	opened, took := l.now, time.Time{}
	told := l.now
	l.hear(l.d.Open(m, l.now))
	for left := 10 * time.Hour; left > 0; {
		next, take := l.c.Due(), -1
		if l.c.Taken == "" {
			for i, t := range l.takes {
				if t.at.Before(next) {
					next, take = t.at, i
				}
			}
		} else if progress := took.Add(time.Duration(1+l.r.IntN(300)) * time.Minute); next.IsZero() || progress.Before(next) {
			left -= progress.Sub(took)
			l.now, took = progress, progress
			l.hear(l.d.Climb(l.c, escalation.Move{Kind: escalation.Progressed}, l.now))
			continue
		}
		had := l.c.Taken
		if l.silent = l.silent || had == "" && (next.IsZero() || l.c.Waits == "" && l.c.Sent == 0); l.silent {
			return
		}
		sent := l.c.Sent
		l.now = next
		if take >= 0 {
			by := l.takes[take].by
			l.takes = nil
			l.hear(l.d.Climb(l.c, escalation.Move{Kind: escalation.Took, By: by}, l.now))
			l.longest, opened, took = max(l.longest, l.now.Sub(opened)), l.now, l.now
			continue
		}
		if had == "" {
			l.silence = max(l.silence, l.now.Sub(told))
		}
		l.hear(l.d.Climb(l.c, escalation.Move{Kind: escalation.TimeUp}, l.now))
		if l.c.Sent > sent {
			told = l.now
		}
		if had != "" && l.c.Taken == "" {
			opened = l.now
			if l.d.OnDuty(had, l.now) {
				l.idle++
			} else {
				l.handed++
			}
		}
	}
	l.hear(l.d.Climb(l.c, escalation.Move{Kind: escalation.StoodOff}, l.now))
}

// openings are every twenty-five hours of a year, so at every time of the day, and every hour of the days on which a clock
// changes in one of the zones.
func openings() []time.Time {
	var list []time.Time
	for at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() == 2026; at = at.Add(25 * time.Hour) {
		list = append(list, at)
	}
	for _, day := range []string{"03-08", "03-29", "04-04", "10-03", "10-25", "11-01"} {
		at, _ := time.Parse(time.DateOnly, "2026-"+day)
		for range 24 {
			list = append(list, at)
			at = at.Add(time.Hour)
		}
	}
	return list
}

// A case every twenty-five hours for a year, and every hour where a clock changes, at the three desks of Example_year,
// with leave, holidays, lost pages, people who do not answer and people who forget. Nobody
// has to be there for a case not to be silent:
// every one is told of when it opens, told of again until somebody has it, and handed over when he goes home.
func Example_silence() {
	h := team()
	for i := range h.Members {
		h.Members[i].Contacts = append(h.Members[i].Contacts, escalation.Contact{Kind: "mail", Address: h.Members[i].ID})
	}
	h.Ladders = []escalation.Ladder{{ID: "main", Repeat: 1, Fallback: "lara", HandOver: true, Idle: spec.Of(4 * time.Hour),
		Levels: []escalation.Level{
			{To: []string{"desk"}, Wait: spec.Of(15 * time.Minute)}, {To: []string{"duty"}, Wait: spec.Of(30 * time.Minute)}}}}
	d, err := h.Compile(escalation.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	r := rand.New(rand.NewPCG(2026, 1))
	var cases, silent, untold, pages, lost, handed, idle, fallback int
	var silence, longest time.Duration
	for _, at := range openings() {
		l := life{d: d, r: r, now: at.Add(time.Duration(r.IntN(60)) * time.Minute)}
		m := escalation.Matter{Life: cases%40 == 0}
		if _, told := d.Open(m, l.now); len(told) == 0 {
			untold++
		}
		l.live(m)
		cases++
		pages, lost, handed, idle = pages+l.pages, lost+l.lost, handed+l.handed, idle+l.idle
		silence, longest = max(silence, l.silence), max(longest, l.longest)
		if l.c.Spent {
			fallback++
		}
		if l.silent {
			silent++
		}
	}
	fmt.Println(cases, "cases,", silent, "of them silent,", untold, "of which nobody was told at once")
	fmt.Println(pages, "pages,", lost, "of them lost")
	fmt.Println("longest between two tellings of a case that nobody had:", silence)
	fmt.Println("longest until somebody had it:", longest)
	fmt.Println(handed, "times handed over at the end of a shift,", idle, "times taken back from somebody idle")
	fmt.Println(fallback, "cases went as far as the fallback")
	// Output:
	// 495 cases, 0 of them silent, 0 of which nobody was told at once
	// 3519 pages, 190 of them lost
	// longest between two tellings of a case that nobody had: 1h0m0s
	// longest until somebody had it: 1h44m0s
	// 894 times handed over at the end of a shift, 566 times taken back from somebody idle
	// 21 cases went as far as the fallback
}
