package wire

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
)

// Refused says what an answer of the platform means: nil for 2xx, else a *channel.Error with Retry-After in it. After a 5xx
// nobody knows whether a write was done, unless the platform says that it was not: 501, or 503 with the time to come
// again. The Reason is the status alone, because bodies repeat what was sent.
func Refused(op string, write bool, resp *http.Response, now time.Time) error {
	status := resp.StatusCode
	if status >= 200 && status < 300 {
		return nil
	}
	e := &channel.Error{Code: code(status), Op: op, Reason: reason(status), RetryAfter: Wait(resp.Header, now)}
	if e.Code == channel.ErrUnavailable {
		promised := status == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") != ""
		e.MaybeApplied = write && status >= 500 && !promised
	}
	return e
}

func code(status int) channel.Code {
	switch status {
	case http.StatusUnauthorized, http.StatusProxyAuthRequired:
		return channel.ErrUnauthenticated
	case http.StatusPaymentRequired, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		return channel.ErrForbidden
	case http.StatusNotFound:
		return channel.ErrNotFound
	case http.StatusGone:
		return channel.ErrGone
	case http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return channel.ErrUnsupported
	case http.StatusConflict, http.StatusPreconditionFailed:
		return channel.ErrConflict
	case http.StatusRequestEntityTooLarge:
		return channel.ErrTooLong
	case http.StatusTooManyRequests:
		return channel.ErrRateLimited
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return channel.ErrUnavailable
	}
	if status >= 500 || status < 200 {
		return channel.ErrUnavailable
	}
	return channel.ErrInvalid // other 4xx, and 3xx: it wants to be asked elsewhere
}

func reason(status int) string {
	return strings.TrimSpace("status " + strconv.Itoa(status) + " " + http.StatusText(status))
}

// Broken says what it means that there was no answer: a *channel.Error that may have been applied if it was a write of
// which something had left. It keeps the cause where it is one of the context's or of the network's, and never the URL.
func Broken(op string, write, left bool, err error) error {
	e := &channel.Error{Code: channel.ErrUnavailable, Op: op, MaybeApplied: write && left}
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	var name *net.DNSError
	var network *net.OpError
	switch {
	case errors.Is(err, context.Canceled):
		e.Reason, e.Err = "cancelled", context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		e.Reason, e.Err = "timed out", context.DeadlineExceeded
	case errors.As(err, &name):
		e.Reason = "its name cannot be found"
	case errors.As(err, &network):
		e.Reason = "cannot " + network.Op
	default:
		e.Reason = "the connection broke"
	}
	return e
}
