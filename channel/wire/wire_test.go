package wire_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/wire"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func TestWait(t *testing.T) {
	const ahead = "Tue, 10 Mar 2026 13:00:00 GMT" // of our clock, an hour
	for _, row := range []struct {
		reason string
		header map[string]string
		want   time.Duration
	}{
		{"it says nothing", nil, 0},
		{"seconds", map[string]string{"Retry-After": "120"}, 2 * time.Minute},
		{"parts of a second are not cut off", map[string]string{"Retry-After": "1.5"}, 1500 * time.Millisecond},
		{"an HTTP date, by our clock for want of another",
			map[string]string{"Retry-After": "Tue, 10 Mar 2026 12:01:00 GMT"}, time.Minute},
		{"an HTTP date, by the server's",
			map[string]string{"Date": ahead, "Retry-After": "Tue, 10 Mar 2026 13:01:00 GMT"}, time.Minute},
		{"ISO time", map[string]string{"Date": ahead, "Retry-After": "2026-03-10T13:00:30Z"}, 30 * time.Second},
		{"ISO time with an offset", map[string]string{"Retry-After": "2026-03-10T13:00:30+01:00"}, 30 * time.Second},
		{"ISO time without a zone is UTC", map[string]string{"Retry-After": "2026-03-10T12:00:30"}, 30 * time.Second},
		{"Unix seconds",
			map[string]string{"Date": ahead, "Retry-After": fmt.Sprint(noon.Add(time.Hour + time.Minute).Unix())}, time.Minute},
		{"Unix milliseconds", map[string]string{"Retry-After": fmt.Sprint(noon.Add(time.Minute).UnixMilli())}, time.Minute},
		{"seconds do not depend on any clock", map[string]string{"Date": ahead, "Retry-After": "5"}, 5 * time.Second},
		{"it is over", map[string]string{"Retry-After": "Tue, 10 Mar 2026 11:00:00 GMT"}, 0},
		{"below nothing", map[string]string{"Retry-After": "-5"}, 0},
		{"nonsense", map[string]string{"Retry-After": "soon"}, 0},
		{"no number", map[string]string{"Retry-After": "NaN"}, 0},
		{"for ever is a year", map[string]string{"Retry-After": "Inf"}, 366 * 24 * time.Hour},
		{"more than a year is a year", map[string]string{"Retry-After": "900000000"}, 366 * 24 * time.Hour},
		{"the reset of a limit", map[string]string{"RateLimit-Reset": "7"}, 7 * time.Second},
		{"as some write it", map[string]string{"X-RateLimit-Reset": fmt.Sprint(noon.Add(time.Minute).Unix())}, time.Minute},
		{"Retry-After is stronger", map[string]string{"Retry-After": "3", "X-RateLimit-Reset": "9"}, 3 * time.Second},
	} {
		h := http.Header{}
		for k, v := range row.header {
			h.Set(k, v)
		}
		assert.Equal(t, row.want, wire.Wait(h, noon), row.reason)
	}
}

func FuzzWait(f *testing.F) {
	for _, s := range []string{"", "1", "-1", "1e400", "NaN", "1773144000",
		"Tue, 10 Mar 2026 13:01:00 GMT", "2026-03-10T13:00:30Z", "0x1p3"} {
		f.Add(s, "Tue, 10 Mar 2026 13:00:00 GMT")
	}
	f.Fuzz(func(t *testing.T, after, date string) {
		wait := wire.Wait(http.Header{"Retry-After": {after}, "Date": {date}}, noon)
		if wait < 0 || wait > 366*24*time.Hour {
			t.Fatalf("%q at %q: %s", after, date, wait)
		}
	})
}

func TestStatuses(t *testing.T) {
	for _, row := range []struct {
		reason string
		status int
		after  string
		want   channel.Code
		write  channel.Advice
		read   channel.Advice
	}{
		{"done", 200, "", "", "", ""},
		{"taken in", 202, "", "", "", ""},
		{"it wants to be asked elsewhere", 302, "", channel.ErrInvalid, channel.GiveUp, channel.GiveUp},
		{"we are wrong", 400, "", channel.ErrInvalid, channel.GiveUp, channel.GiveUp},
		{"who are we", 401, "", channel.ErrUnauthenticated, channel.LogIn, channel.LogIn},
		{"we may not", 403, "", channel.ErrForbidden, channel.GiveUp, channel.GiveUp},
		{"nothing there", 404, "", channel.ErrNotFound, channel.GiveUp, channel.GiveUp},
		{"not this way", 405, "", channel.ErrUnsupported, channel.GiveUp, channel.GiveUp},
		{"it had not the whole request", 408, "", channel.ErrUnavailable, channel.Retry, channel.Retry},
		{"another body", 409, "", channel.ErrConflict, channel.GiveUp, channel.GiveUp},
		{"removed", 410, "", channel.ErrGone, channel.GiveUp, channel.GiveUp},
		{"changed", 412, "", channel.ErrConflict, channel.GiveUp, channel.GiveUp},
		{"too long", 413, "", channel.ErrTooLong, channel.GiveUp, channel.GiveUp},
		{"what it cannot use", 422, "", channel.ErrInvalid, channel.GiveUp, channel.GiveUp},
		{"too fast", 429, "", channel.ErrRateLimited, channel.Retry, channel.Retry},
		{"the law", 451, "", channel.ErrForbidden, channel.GiveUp, channel.GiveUp},
		{"it fell over, perhaps after it had done it", 500, "", channel.ErrUnavailable, channel.FindOut, channel.Retry},
		{"it has not got this", 501, "", channel.ErrUnsupported, channel.GiveUp, channel.GiveUp},
		{"whoever stands before it knows no more", 502, "", channel.ErrUnavailable, channel.FindOut, channel.Retry},
		{"unavailable, and who knows since when", 503, "", channel.ErrUnavailable, channel.FindOut, channel.Retry},
		{"unavailable, and it says when to come again", 503, "9", channel.ErrUnavailable, channel.Retry, channel.Retry},
		{"a gateway that did not wait", 504, "", channel.ErrUnavailable, channel.FindOut, channel.Retry},
		{"a status of its own", 599, "", channel.ErrUnavailable, channel.FindOut, channel.Retry},
	} {
		resp := &http.Response{StatusCode: row.status, Header: http.Header{"Retry-After": {row.after}}}
		err := wire.Refused("send", true, resp, noon)
		assert.Equal(t, row.write, channel.Classify(err), "%d: %s", row.status, row.reason)
		assert.Equal(t, row.read, channel.Classify(wire.Refused("read", false, resp, noon)), "%d: %s", row.status, row.reason)
		if row.want != "" {
			require.ErrorIs(t, err, row.want, row.reason)
			assert.ErrorContains(t, err, fmt.Sprint("send: ", string(row.want), ": status ", row.status), row.reason)
		}
	}
}

// cut is a server that reads a request and breaks the connection, n bytes into its answer.
func cut(t *testing.T, answer string) (url string, asked *atomic.Int32) {
	t.Helper()
	asked = new(atomic.Int32)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		_, _ = io.Copy(io.Discard, r.Body)
		conn, buf, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		_, _ = buf.WriteString(answer)
		_ = buf.Flush()
		_ = conn.Close()
	}))
	t.Cleanup(s.Close)
	return s.URL, asked
}

func ask(t *testing.T, method, url string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url+"/?token=hunter2", strings.NewReader("hunter2"))
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer hunter2")
	req.Header.Set("Idempotency-Key", "k")
	return req
}

func TestAConnectionThatBreaks(t *testing.T) {
	dead, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	nobody := "http://" + dead.Addr().String()
	require.NoError(t, dead.Close())
	url, asked := cut(t, "")
	for _, row := range []struct {
		reason string
		method string
		url    string
		write  bool
		want   channel.Advice
	}{
		{"nobody there: nothing left", "POST", nobody, true, channel.Retry},
		{"no answer to a write", "POST", url, true, channel.FindOut},
		{"a write by another method", "DELETE", url, true, channel.FindOut},
		{"no answer to a question", "GET", url, false, channel.Retry},
	} {
		before := asked.Load()
		_, err := wire.Do(http.DefaultClient, ask(t, row.method, row.url), "send", row.write)
		require.ErrorIs(t, err, channel.ErrUnavailable, row.reason)
		assert.Equal(t, row.want, channel.Classify(err), "%s: %v", row.reason, err)
		assert.NotContains(t, fmt.Sprintf("%v %+v %#v", err, err, err), "hunter2", row.reason)
		if row.url == url {
			assert.EqualValues(t, 1, asked.Load()-before, "%s: one attempt, whatever the transport would like", row.reason)
		}
	}
	half, _ := cut(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half")
	resp, err := wire.Do(nil, ask(t, "POST", half), "send", true)
	require.NoError(t, err)
	_, err = wire.Body(resp, "send", true, 1000)
	assert.Equal(t, channel.FindOut, channel.Classify(err), "half an answer")
}

func TestAWriteWithoutABodyIsMadeOnce(t *testing.T) {
	url, asked := cut(t, "")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, url, nil)
	require.NoError(t, err)
	req.Header.Set("Idempotency-Key", "k")
	_, err = wire.Do(nil, req, "moderate", true)
	assert.Equal(t, channel.FindOut, channel.Classify(err))
	assert.EqualValues(t, 1, asked.Load())
}

func TestCancelled(t *testing.T) {
	arrived := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(arrived)
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	ctx, cancel := context.WithCancel(t.Context())
	req := ask(t, "POST", s.URL).WithContext(ctx)
	go func() {
		<-arrived
		cancel()
	}()
	_, err := wire.Do(s.Client(), req, "send", true)
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, channel.FindOut, channel.Classify(err), "the platform has it")
	_, err = wire.Do(s.Client(), ask(t, "POST", s.URL).WithContext(ctx), "send", true)
	assert.Equal(t, channel.Stop, channel.Classify(err), "nothing left")
}

func TestRedirects(t *testing.T) {
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(other.Close)
	mux := http.NewServeMux()
	mux.Handle("/away", http.RedirectHandler(other.URL, http.StatusFound))
	mux.Handle("/near", http.RedirectHandler("/here", http.StatusFound))
	mux.Handle("/kept", http.RedirectHandler("/here", http.StatusTemporaryRedirect))
	mux.Handle("/round", http.RedirectHandler("/round", http.StatusFound))
	mux.HandleFunc("/here", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here") })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	own := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("the host's own rule") }}
	for _, row := range []struct {
		reason string
		client *http.Client
		path   string
		write  bool
		code   channel.Code
	}{
		{"a question may go on to the same host", nil, "/near", false, ""},
		{"not to another", nil, "/away", false, channel.ErrInvalid},
		{"not for ever", nil, "/round", false, channel.ErrInvalid},
		{"nor against the client's own rule", own, "/near", false, channel.ErrUnavailable},
		{"a write goes nowhere else", nil, "/near", true, channel.ErrInvalid},
		{"even where its method would be kept", nil, "/kept", true, channel.ErrInvalid},
		{"least of all to another host", nil, "/away", true, channel.ErrInvalid},
	} {
		req := ask(t, map[bool]string{true: "POST", false: "GET"}[row.write], s.URL)
		req.URL.Path = row.path
		resp, err := wire.Do(row.client, req, "x", row.write)
		if row.code != "" {
			require.ErrorIs(t, err, row.code, row.reason)
			continue
		}
		require.NoError(t, err, row.reason)
		body, err := wire.Body(resp, "x", row.write, 4)
		require.NoError(t, err)
		assert.Equal(t, "here", string(body), row.reason)
	}
	assert.Zero(t, elsewhere.Load(), "the other host never heard of us")
}

func TestAnAnswerThatIsTooLarge(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "12345") }))
	t.Cleanup(s.Close)
	resp, err := wire.Do(nil, ask(t, "POST", s.URL), "send", true)
	require.NoError(t, err)
	_, err = wire.Body(resp, "send", true, 4)
	require.ErrorIs(t, err, channel.ErrTooLong)
	assert.Equal(t, channel.FindOut, channel.Classify(err), "it said 2xx")
}
