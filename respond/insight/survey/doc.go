// Package survey scores what customers answer when they are asked how it was.
//
// Collect the answers of one question, and ask for its score. No answers is no score, which is not 0:
//
//	nps, ok := survey.NPS([]int{10, 9, 8, 7, 6, 0})  // nps.Value is 0
//	csat, ok := survey.CSAT([]int{5, 4, 3, 2, 1, 5}) // 500 per mille, with its interval
//
// Scores are whole numbers, so that they are the same on every machine.
package survey
