package wire_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/wire"
)

// A platform is busy, and its clock is an hour behind ours: what it asks for is measured by its own.
func Example() {
	platform := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", "Tue, 10 Mar 2026 11:00:00 GMT")
		w.Header().Set("Retry-After", "Tue, 10 Mar 2026 11:01:30 GMT")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer platform.Close()
	client := &http.Client{Timeout: 10 * time.Second}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, platform.URL, strings.NewReader("{}"))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = wire.Do(client, req, "send", true)
	fmt.Println(err)
	fmt.Println(channel.Classify(err))
	// Output:
	// send: rate limited: status 429 Too Many Requests (try again after 1m30s)
	// retry
}
