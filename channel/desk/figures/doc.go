// Package figures keeps what a desk measures, for expvar and for whoever reads JSON.
//
//	f := &figures.Figures{}
//	expvar.Publish("desk", f)                       // 1. /debug/vars shows it
//	d, err := desk.New(desk.Options{Meter: f, ...}) // 2. the desk writes into it
//
// What is counted, and of what, package desk says at its Meter. Of durations it keeps how many there were, their sum, the
// longest, and how many took up to 1, 10 and 100 milliseconds, 1, 10 and 100 seconds, and longer.
package figures
