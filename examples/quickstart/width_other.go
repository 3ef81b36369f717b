//go:build !linux && !darwin

package main

import "io"

// terminalWidth does not know here: COLUMNS can say.
func terminalWidth(io.Writer) int { return 0 }
