package privacy

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/mention/spec"
)

// A Class is one kind of what is kept.
type Class string

// The classes.
const (
	Text    Class = "text"    // what was said: posts, messages, drafts, notes
	Author  Class = "author"  // who said it, and what the host knows of him
	Media   Class = "media"   // pictures and links
	Private Class = "private" // where private data stood in a text
	Raw     Class = "raw"     // the bytes that a webhook or a poll brought
	Survey  Class = "survey"  // what he said in a survey
	Trail   Class = "trail"   // what was decided; then the case goes whole
)

// Classes returns all of them, in the order of the Retention.
func Classes() []Class { return []Class{Text, Author, Media, Private, Raw, Survey, Trail} }

// A Retention is how many days each class is kept after a conversation has ended. 0 means the default, in brackets.
// Nothing is kept for ever: Check refuses fewer than a day and more than ten years.
type Retention struct {
	Text    int `json:"text,omitempty"`    // 730
	Author  int `json:"author,omitempty"`  // 730
	Media   int `json:"media,omitempty"`   // 365
	Private int `json:"private,omitempty"` // 30
	Raw     int `json:"raw,omitempty"`     // 30
	Survey  int `json:"survey,omitempty"`  // 730
	Trail   int `json:"trail,omitempty"`   // 1095
}

const (
	day     = 24 * time.Hour
	longest = 3653 // ten years
)

// days returns what is written for each class, in the order of Classes.
func (r *Retention) days() []*int {
	return []*int{&r.Text, &r.Author, &r.Media, &r.Private, &r.Raw, &r.Survey, &r.Trail}
}

// Filled returns the retention with every default written out.
func (r Retention) Filled() Retention {
	usual := Retention{Text: 730, Author: 730, Media: 365, Private: 30, Raw: 30, Survey: 730, Trail: 1095}
	for i, d := range r.days() {
		if *d == 0 {
			*d = *usual.days()[i]
		}
	}
	return r
}

// Check reports what is wrong with it, as spec.Problems.
func (r Retention) Check() error {
	var problems spec.Problems
	for i, d := range r.days() {
		if *d < 0 || *d > longest {
			problems.Add(string(Classes()[i]), "%d days: nothing is kept for ever, write 1 to %d", *d, longest)
		}
	}
	f := r.Filled()
	for i, d := range f.days() {
		switch class := Classes()[i]; {
		case f.Text < 0 || f.Trail < 0: // told above
		case class == Raw && *d > f.Text:
			problems.Add("raw", "raw bytes hold the text, and it goes after %d days: they cannot stay %d", f.Text, *d)
		case class != Trail && *d > f.Trail:
			problems.Add(string(class), "the trail goes after %d days, and the case with it: this cannot stay %d", f.Trail, *d)
		}
	}
	return problems.Err()
}

// Due returns the classes that are past their time in what ended at an instant, in the order of Classes. The zero
// instant has not ended.
func (r Retention) Due(ended, now time.Time) []Class {
	if ended.IsZero() {
		return nil
	}
	r = r.Filled()
	var due []Class
	for i, d := range r.days() {
		if !now.Before(ended.Add(time.Duration(*d) * day)) {
			due = append(due, Classes()[i])
		}
	}
	return due
}

// Next is when the next class after those that are gone will be past its time.
func (r Retention) Next(ended time.Time, gone []Class) (next time.Time) {
	r = r.Filled()
	for i, d := range r.days() {
		at := ended.Add(time.Duration(*d) * day)
		if !slices.Contains(gone, Classes()[i]) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}
