// Package tally remembers, across cases, how often an author has been in touch. A tally lives outside the cases:
// whoever runs the flow keeps one row per author and does this, in order:
//
//	row := load(tenant, channel, author)        // Author{} for somebody new
//	history := row.Read(now)                    // before the mention is counted
//	verdict := judge.Judge(triage.Input{Mention: &m, Hits: hits, At: now, History: history})
//	row = row.See(m.PostedAt)                   // and Opened, Closed, BrokenPromise as they happen
//	save(row)
//
// Two more rows are read and stepped in the same way, beside a [Courtesy] for each author: what he is not to be sent, and
// what he was sent and given; and a [Purse] for each member who may spend up to a limit a day or a month. What is offered
// is spent in the same commit; the other counts may lag.
//
// What is known of a conversation is put into a [Thread] by whoever keeps conversations, in the same way.
//
// The reading goes into the event that is stored, so that a replay sees what was known then. Every method returns a new
// value and leaves its receiver as it was.
package tally
