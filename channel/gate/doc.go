// Package gate is what stands between a host and a connector: pauses, which hold what would leave, and interceptors,
// which stand around every call. A channel.Channel has both built in; a host writes
//
//	c, err := channel.New(connector, channel.Options{Interceptors: []gate.Interceptor{count}})
//	c.Pause(gate.Pause{Who: "ana", Why: "outage", Until: noon})
//
// and, where something was stopped, asks who stopped it:
//
//	var pause *gate.Pause
//	if errors.As(err, &pause) { ... }
package gate
