// Package grade says how far people agree who grade the same replies.
//
// Give the cases of insight.Sample to two graders or more, collect what they say, and ask:
//
//	for _, x := range grade.Agree(graded) { ... } // x.Kappa: 1000 is full agreement, 0 what chance gives
//
// Where they don't agree the rubric is to be mended before any score of it is shown.
package grade
