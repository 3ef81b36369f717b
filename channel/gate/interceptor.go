package gate

import "context"

// An Interceptor stands around every call to the connector: it may wait, count, log, or refuse by returning an error
// without calling next. It cannot get past the checks, the pauses or NotAfter, which stand behind it; it cannot turn
// a failure into a success, nor make a second attempt: next does its work once, whoever calls it again gets the first
// answer.
type Interceptor func(ctx context.Context, call Call, next func(context.Context) error) error

// A Call is what an Interceptor sees: ids, never texts.
type Call struct {
	Channel string
	Op      string // as in channel.Error.Op
	Key     string // of a write and of Find
}
