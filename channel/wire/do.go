package wire

import (
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/reputekit/reputation/channel"
)

// Do sends one request, once, and returns the answer if it is a 2xx; whoever calls closes its body. Everything else is a
// *channel.Error with op. A nil client is http.DefaultClient, which waits for ever: a host gives one with a timeout. It
// reads no body: an answer that breaks in the middle is for Body to classify.
func Do(client *http.Client, req *http.Request, op string, write bool) (*http.Response, error) {
	if client == nil {
		client = http.DefaultClient
	}
	once := *client
	once.CheckRedirect = follow(client.CheckRedirect, write)
	var left atomic.Bool
	ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		WroteHeaders: func() { left.Store(true) },
	})
	req = req.WithContext(ctx)
	if req.Body != nil && req.Body != http.NoBody {
		req.Body = &watched{ReadCloser: req.Body, left: &left}
	}
	req.GetBody = nil // with it the transport would send a second time by itself
	if write && req.Body == nil && idempotent(req) {
		req.Body, req.ContentLength = &watched{ReadCloser: http.NoBody, left: &left}, 0
	}
	resp, err := once.Do(req)
	if err != nil {
		return nil, Broken(op, write, left.Load(), err)
	}
	if err := Refused(op, write, resp, time.Now()); err != nil {
		drain(resp)
		return nil, err
	}
	return resp, nil
}

// idempotent says whether the transport thinks that it may repeat a request without a body.
func idempotent(req *http.Request) bool {
	switch req.Method {
	case "", http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	}
	return req.Header.Get("Idempotency-Key") != "" || req.Header.Get("X-Idempotency-Key") != ""
}

// watched is a body that knows whether somebody began to read it.
type watched struct {
	io.ReadCloser
	left *atomic.Bool
}

func (w *watched) Read(p []byte) (int, error) {
	w.left.Store(true)
	return w.ReadCloser.Read(p)
}

// follow lets a call that only asks go on to another address of the same host, where the client's own rule allows it.
func follow(own func(*http.Request, []*http.Request) error, write bool) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		first := via[0].URL
		if write || len(via) >= 5 || req.URL.Host != first.Host || req.URL.Scheme != first.Scheme {
			return http.ErrUseLastResponse
		}
		if own != nil {
			return own(req, via)
		}
		return nil
	}
}

// Body reads an answer to its end, at most limit bytes, and closes it. It fails with ErrTooLong for more and with
// ErrUnavailable when it breaks off: the write that it answers may have been applied.
func Body(resp *http.Response, op string, write bool, limit int64) ([]byte, error) {
	defer drain(resp)
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, Broken(op, write, true, err)
	}
	if int64(len(body)) > limit {
		return nil, &channel.Error{Code: channel.ErrTooLong, Op: op, Reason: "the answer is larger than any it should give",
			MaybeApplied: write}
	}
	return body, nil
}

// drain lets the connection be used again, unless too much is left on it.
func drain(resp *http.Response) {
	_, _ = io.CopyN(io.Discard, resp.Body, 64<<10)
	_ = resp.Body.Close()
}
