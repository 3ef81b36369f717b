package guideline

import (
	"cmp"
	"fmt"
	"slices"
)

// A Finding is one place where a text breaks a guideline. It carries no text. What is missing is found at the end of the
// text, where Start and End are its length.
type Finding struct {
	Rule    string `json:"rule"` // R05
	Name    string `json:"name"` // fault-admission
	Level   Level  `json:"level"`
	Start   int    `json:"start"`             // in bytes of the text
	End     int    `json:"end"`               // first byte behind it
	Why     string `json:"why"`               // for a person, in one clause
	Suggest string `json:"suggest,omitempty"` // what to write instead, where there is advice
}

// String writes a finding for a person and for logs: R05 fault-admission (error) at 4-17.
func (f Finding) String() string {
	return fmt.Sprintf("%s %s (%s) at %d-%d: %s", f.Rule, f.Name, f.Level, f.Start, f.End, f.Why)
}

// Level is how grave a finding is.
type Level string

// The levels.
const (
	Error   Level = "error"   // the text must not go out so
	Warning Level = "warning" // somebody should look
)

// inOrder sorts findings by place and rule, and drops what was found twice.
func inOrder(found []Finding) []Finding {
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.End, b.End))
	})
	return slices.CompactFunc(found, func(a, b Finding) bool {
		return a.Start == b.Start && a.End == b.End && a.Rule == b.Rule
	})
}

// longest leaves, of findings of one rule that lie one within the other, the longer.
func longest(found []Finding) []Finding {
	if len(found) < 2 {
		return found
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	end := -1
	return slices.DeleteFunc(found, func(f Finding) bool {
		within := f.End <= end
		end = max(end, f.End)
		return within
	})
}
