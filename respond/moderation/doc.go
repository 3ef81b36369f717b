// Package moderation decides what is done with a post where others can read it: keep, hide, delete or report.
//
// Write the house's own clauses, or none; compile them; ask for each mention:
//
//	table, err := moderation.Rules{}.Compile() // the built-in clauses; all problems at once, each with its path
//	...
//	d := table.Decide(moderation.Item{Verdict: verdict, Venue: venue})
//	// d.Act, and why: d.Clause, d.Reason; how we speak to the author, or why we don't: d.Reach
//
// The first clause that fits decides: danger to people before everything, then the house's own clauses, then who poses as
// us, private data, abuse, bulk spam, and who the author is found to be. What is left is an opinion, and stays.
//
// What an author feels, how many stars he gave and how many follow him cannot be written in a clause: the same post with
// five stars and with one has the same act. Deleting is never the answer to a bad opinion, and only a person finds
// somebody not legitimate.
//
// Table.HouseRules writes the clauses as a page for customers; every hide and delete cites its clause.
package moderation
