//go:build !race

package policies_test

const raceOn = false
