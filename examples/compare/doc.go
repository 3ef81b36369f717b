// Package compare measures this library beside what a Go program would otherwise take, in the same run, on the same
// posts:
//
//	export GOWORK=off
//	go test -run '^$' -bench 'Match/subjects=1000$/' .   # one row of the table in README.md
//	go test -v -run Measure .                            # what benchmarks don't say: how much is found, how well
//
// Nothing here is imported by anything. The module stands outside go.work, so that nobody else downloads the peers.
package compare
