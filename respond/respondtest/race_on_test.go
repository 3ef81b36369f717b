//go:build race

package respondtest_test

// raceOn says that the race detector is at work: what is counted, and runs in one goroutine, is left to the run without.
const raceOn = true
