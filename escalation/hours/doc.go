// Package hours answers when somebody is there: opening hours on the wall clock of a zone, as instants and spans of
// open time.
//
// Write a Week, compile it once in its zone, and ask the Calendar:
//
//	week := hours.Week{
//		Open:  []hours.Span{{Days: []string{"mon-fri"}, From: "09:00", To: "17:00"}},
//		Dates: []hours.Date{{On: "2026-12-25"}}, // closed
//	}
//	madrid, err := time.LoadLocation("Europe/Madrid")
//	...
//	desk, err := week.Compile(madrid)
//	...
//	due := desk.Add(received, 4*time.Hour) // four hours of open time later
//
// A machine without zone data has none to load: import time/tzdata in the program.
//
// # What a span means
//
// A span is open from the first instant at which the clock shows From until the last at which it shows To, and To
// itself is closed. Where a clock skips From or To, the first instant after the gap stands for it. So "00:00 to 06:00"
// is five hours in the night the clock goes forward and seven in the night it goes back. Spans of a day may touch or
// overlap; they count once.
//
// A span belongs to the day on which it begins: "sat 22:00 to 06:00" ends on Sunday even where a Date closes Sunday.
//
// # Wall times
//
// Resolve is what all of it is built on, and what anything else that turns a wall time into an instant should use: for
// a time of day that a zone skips or shows twice, time.Date picks a side that differs by zone.
package hours
