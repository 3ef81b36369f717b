package backtest

import (
	"time"

	"github.com/reputekit/reputation/mention"
)

// A Report is what Run found. It is plain data; String writes it for a person.
type Report struct {
	Mentions int       `json:"mentions"`          // that were judged
	Undated  int       `json:"undated,omitempty"` // of them without an instant; they make Days no longer
	First    time.Time `json:"first,omitzero"`    // the earliest mention, UTC
	Last     time.Time `json:"last,omitzero"`     // the latest
	Days     int       `json:"days"`              // calendar days in UTC from First to Last, both counted
	Bad      Bad       `json:"bad,omitzero"`

	Changed       int      `json:"changed"`         // mentions of which anything changes
	SharePerMille int      `json:"share_per_mille"` // of Mentions
	Changes       []Change `json:"changes,omitempty"`
	Old           Volume   `json:"old"`
	New           Volume   `json:"new"`
	Owners        []Load   `json:"owners,omitempty"` // the greatest first
	Fit           *Fit     `json:"fit,omitempty"`    // with a Budget, where mentions have dates
}

// Bad counts the rows that could not be read.
type Bad struct {
	Rows  int      `json:"rows,omitempty"`
	First []BadRow `json:"first,omitempty"` // twenty at most
}

// A BadRow says where one stands and what is wrong with it.
type BadRow struct {
	Line int    `json:"line"` // on which it begins, from 1
	Why  string `json:"why"`
}

const mostBad = 20

func (b *Bad) add(line int, err error) {
	b.Rows++
	if len(b.First) < mostBad {
		b.First = append(b.First, BadRow{line, err.Error()})
	}
}

// A Change is one kind of difference between the verdicts, the most frequent first. A mention may have several.
type Change struct {
	Field         string    `json:"field"` // handling, category, severity, aim, legitimacy, crisis, tag, owner
	From          string    `json:"from"`  // or None
	To            string    `json:"to"`    // or None
	Mentions      int       `json:"mentions"`
	SharePerMille int       `json:"share_per_mille"` // of all mentions
	Examples      []Example `json:"examples,omitempty"`
}

// An Example is a mention that shows a change. Private data in its text is masked.
type Example struct {
	Ref  mention.Ref `json:"ref"`
	Line int         `json:"line,omitempty"` // of the file
	Text string      `json:"text"`           // 280 characters of it at most
	Gone []string    `json:"gone,omitempty"` // what fired under the old policy only, and on which words
	Came []string    `json:"came,omitempty"` // what fires under the new one only
}

// A Volume is what one side makes of the mentions.
type Volume struct {
	Ignored  int `json:"ignored"`  // mentions that are nothing to us
	Recorded int `json:"recorded"` // mentions that are counted and kept
	Opened   int `json:"opened"`   // mentions that open a case or belong to one
	Cases    int `json:"cases"`    // cases they make: an author's mentions within a thread are one

	// In thousandths, on an average day: 2500 is two and a half. Mentions are those recorded or opened. 0 without dates.
	MentionsADay int `json:"mentions_a_day"`
	CasesADay    int `json:"cases_a_day"`
}

func (v Volume) perDay(days int) Volume {
	if days > 0 {
		v.MentionsADay = (v.Recorded + v.Opened) * 1000 / days
		v.CasesADay = v.Cases * 1000 / days
	}
	return v
}

// A Load is how many mentions with a case one owner gets, under the old policy and the new.
type Load struct {
	Owner string `json:"owner"`
	Old   int    `json:"old"`
	New   int    `json:"new"`
}

// days counts the calendar days from one instant to another, both included; 0 when there are none.
func days(first, last time.Time) int {
	if first.IsZero() {
		return 0
	}
	day := func(t time.Time) int64 {
		t = t.UTC()
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
	}
	return int(day(last)-day(first)) + 1
}

func perMille(n, of int) int {
	if of == 0 {
		return 0
	}
	return (n*1000 + of/2) / of
}
