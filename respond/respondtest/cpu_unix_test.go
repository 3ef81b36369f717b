//go:build unix

package respondtest_test

import (
	"syscall"
	"time"
)

// spent is the processor time that this program has had.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
