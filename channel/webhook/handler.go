package webhook

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/reputekit/reputation/channel"
)

// HandlerOptions may all be left out.
type HandlerOptions struct {
	Limit    int64            // bytes of a body; 0: 1 MiB
	Patience time.Duration    // how long a body may take to arrive; 0: 10 s
	Now      func() time.Time // nil: time.Now
}

// Handler takes in what a platform pushes to a channel whose connector is a channel.Receiver. It reads at most Limit bytes,
// lets the connector verify them, and hands item after item to keep, which returns nil when the item is stored and
// nothing of it can be lost any more. Only then it answers 2xx: with what the connector wants answered, else 204. When keep
// fails it answers 503, and the platform delivers again; items that were kept are then kept twice, and their ids tell.
//
// It answers 401 to what is forged, too old or too new, 400 to what makes no sense, 413 to what is too large, 408 to what
// does not arrive in time and 405 to other methods than GET and POST. No answer says more than its status.
//
// A delivery that was kept whole and comes again within ten minutes, the same id and the same bytes, is answered with 204 at
// once: it is verified, and not handed on.
func Handler(c *channel.Channel, keep func(context.Context, channel.Item) error, opt HandlerOptions) http.Handler {
	opt.Limit, opt.Patience = cmp.Or(opt.Limit, 1<<20), cmp.Or(opt.Patience, 10*time.Second)
	if opt.Now == nil {
		opt.Now = time.Now
	}
	return &handler{c: c, keep: keep, opt: opt, kept: map[[sha256.Size]byte]time.Time{}}
}

type handler struct {
	c    *channel.Channel
	keep func(context.Context, channel.Item) error
	opt  HandlerOptions

	mu    sync.Mutex
	kept  map[[sha256.Size]byte]time.Time // deliveries, by id and body: until when they are known
	swept time.Time
}

// ServeHTTP implements http.Handler.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost && r.Method != http.MethodGet {
		w.Header().Set("Allow", "GET, POST")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, status := h.body(w, r)
	if status != 0 {
		w.Header().Set("Connection", "close")
		w.WriteHeader(status)
		return
	}
	in := channel.Inbound{Method: r.Method, Query: r.URL.Query(), Header: r.Header.Clone(), Body: body, At: h.opt.Now()}
	d, err := h.c.Receive(r.Context(), in)
	if err != nil {
		w.WriteHeader(refusal(err))
		return
	}
	if !h.keeps(r.Context(), d, in) {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if d.Answer == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff") // it repeats what it was sent
	_, _ = w.Write(d.Answer)
}

// body reads what came, or says with what status it is refused.
func (h *handler) body(w http.ResponseWriter, r *http.Request) ([]byte, int) {
	if r.ContentLength > h.opt.Limit {
		return nil, http.StatusRequestEntityTooLarge
	}
	wait := http.NewResponseController(w)
	_ = wait.SetReadDeadline(time.Now().Add(h.opt.Patience)) // a writer that cannot has a server with its own
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.opt.Limit))
	if err == nil {
		_ = wait.SetReadDeadline(time.Time{})
		return body, 0
	}
	if large := new(http.MaxBytesError); errors.As(err, &large) {
		return nil, http.StatusRequestEntityTooLarge
	}
	return nil, http.StatusRequestTimeout // and the deadline stands: the server would wait for the rest
}

func refusal(err error) int {
	switch {
	case errors.Is(err, channel.ErrBadSignature):
		return http.StatusUnauthorized
	case errors.Is(err, channel.ErrTooLong):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, channel.ErrUnavailable), errors.Is(err, channel.ErrClosed):
		return http.StatusServiceUnavailable
	case errors.Is(err, channel.ErrUnsupported):
		return http.StatusNotFound
	}
	return http.StatusBadRequest
}

// keeps hands the items on, and reports whether all of them are stored.
func (h *handler) keeps(ctx context.Context, d channel.Delivery, in channel.Inbound) bool {
	name := sha256.Sum256(append([]byte(d.ID+"\n"), in.Body...))
	if d.ID != "" && h.known(name, in.At) {
		return true
	}
	for _, item := range d.Items {
		if h.keep(ctx, item) != nil {
			return false
		}
	}
	if d.ID != "" && len(d.Items) > 0 {
		h.remember(name, in.At)
	}
	return true
}

// What was kept is known for longer than its signature is good, before and after its instant.
const (
	knownFor  = 2 * tolerance
	mostKnown = 100_000 // beyond that the store's own memory of item ids is enough
)

func (h *handler) known(name [sha256.Size]byte, now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	until, known := h.kept[name]
	return known && now.Before(until)
}

func (h *handler) remember(name [sha256.Size]byte, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now.Sub(h.swept) > tolerance || now.Before(h.swept) {
		h.swept = now
		for old, until := range h.kept {
			if !now.Before(until) || until.After(now.Add(knownFor)) {
				delete(h.kept, old)
			}
		}
	}
	if len(h.kept) < mostKnown {
		h.kept[name] = now.Add(knownFor)
	}
}
