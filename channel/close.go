package channel

import (
	"context"
	"errors"
	"io"
)

// Close ends the channel: calls that only ask end at once, a write under way is let finish, and every call after it
// fails with ErrClosed. A connector that is an io.Closer is closed too. It may be called twice and at any time.
func (c *Channel) Close() error {
	c.end()
	if closer, ok := c.connector.(io.Closer); ok {
		return wrapped("close", false, closer.Close())
	}
	return nil
}

// living is ctx for one call, which ends with the channel if the call only asks.
func (c *Channel) living(ctx context.Context, write bool) (context.Context, func()) {
	if write {
		return ctx, func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(c.life, cancel)
	return ctx, func() { stop(); cancel() }
}

// closed says whether the channel's end is why a call that only asked has failed.
func (c *Channel) closed(err error) bool {
	return c.life.Err() != nil && err != nil && (errors.Is(err, context.Canceled) || errors.Is(err, ErrClosed))
}
