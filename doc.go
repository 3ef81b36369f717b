// Package reputation is the front door of a library for reputation workflows: a host application (a helpdesk, a
// bot) feeds it what people say about a brand; it decides what each mention is, who must deal with it by when and
// what may be said, and follows every conversation up until the customer says it is over.
//
// The package itself holds no code. The library is one sentence, and a package imports only packages to its left:
//
//	mention  ->  triage  ->  escalation  ->  respond  ->  channel
//	what was     what it     who owns it,    what we say, where it goes,
//	said         is          by when         and what     and comes back from
//	                                         comes next
//
// # Where to begin
//
//  1. Watch a day go by: go run ./examples/quickstart. Its -why and -change flags explain one case, and show what
//     another policy would have done to the same day.
//  2. Write four specifications. They are plain data, JSON or Go: a [github.com/reputekit/reputation/mention.Watchlist],
//     a [github.com/reputekit/reputation/triage.Policy], a [github.com/reputekit/reputation/escalation.Hierarchy] and a
//     [github.com/reputekit/reputation/respond/playbook.Playbook]. Compile each; all its problems come back at once, each with
//     the path to the place. [github.com/reputekit/reputation/respond.NewRules] checks the four against each other.
//  3. Either run a desk, package [github.com/reputekit/reputation/channel/desk]: it keeps the cases, calls your ports
//     and owns the only goroutines. Give it the mentions as they arrive, and a tick now and then.
//  4. Or keep the cases yourself: package [github.com/reputekit/reputation/respond] decides as a function of rules,
//     state, event and now, and asks for what is to be done as data.
//
// Everything left of channel is pure: it reads no clock, starts no goroutine, does no input or output and draws no
// random numbers. The same events give the same bytes wherever they run.
package reputation
