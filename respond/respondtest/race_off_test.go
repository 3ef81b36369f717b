//go:build !race

package respondtest_test

const raceOn = false
