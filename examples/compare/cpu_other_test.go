//go:build !linux

package compare

import "time"

var start = time.Now()

// cpuTime is the time that has passed: elsewhere a quiet machine has to do.
func cpuTime() time.Duration { return time.Since(start) }
