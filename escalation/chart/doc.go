// Package chart draws a hierarchy, a ladder and a week's duty, for people who read them in a review, a wiki or a
// terminal.
//
//	os.WriteFile("house.mmd", []byte(chart.HierarchyMermaid(hierarchy)), 0o644)
//	os.WriteFile("ladder.dot", []byte(chart.LadderDOT(hierarchy.Ladders[0])), 0o644)
//	fmt.Print(chart.WeekText(directory.Roster(), "night", monday, madrid))
//	os.WriteFile("week.svg", []byte(chart.WeekSVG(directory.Roster(), "night", monday, madrid)), 0o644)
//
// What is drawn depends on the arguments alone, to the byte, so that a drawing can be checked in and compared. Names are
// written as they are, but for what the format does not take; a drawing of something that does not compile is drawn all
// the same, with the ids that lead nowhere left out.
package chart
