package sqlitestore_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
)

// A relay is a platform that forgets: every hour a new channel/memory world, so that what grows is not the platform. Its
// cursor names the world and the place in it.
type relay struct {
	hour  int
	world *memory.Channel
}

func (r *relay) Describe() channel.Description { return (&memory.Channel{}).Describe() }

func (r *relay) Fetch(ctx context.Context, after channel.Cursor, limit int) (channel.Page, error) {
	hour, inner, _ := strings.Cut(string(after), ":")
	if hour != strconv.Itoa(r.hour) {
		inner = ""
	}
	page, err := r.world.Fetch(ctx, channel.Cursor(inner), limit)
	page.Next = channel.Cursor(strconv.Itoa(r.hour)) + ":" + page.Next
	return page, err
}

func (r *relay) Send(ctx context.Context, out channel.Outgoing) (channel.Receipt, error) {
	return r.world.Send(ctx, out)
}

func (r *relay) Find(ctx context.Context, key channel.Key) (channel.Receipt, error) {
	return r.world.Find(ctx, key)
}

func (r *relay) Read(ctx context.Context, ref mention.Ref) (mention.Mention, error) {
	return r.world.Read(ctx, ref)
}

func (r *relay) Moderate(ctx context.Context, act channel.Moderation) (channel.Receipt, error) {
	return r.world.Moderate(ctx, act)
}

func (r *relay) Publish(ctx context.Context, post channel.Post) (channel.Receipt, error) {
	return r.world.Publish(ctx, post)
}

func (r *relay) Revise(ctx context.Context, ref mention.Ref, post channel.Post) (channel.Receipt, error) {
	return r.world.Revise(ctx, ref, post)
}

// TestMeasureAWeek is a virtual week of mentions, one in a hundred a case that is answered within the hour, through channel/memory and the desk into a
// file. What the process holds in memory does not grow with what it has stored.
func TestMeasureAWeek(t *testing.T) {
	n := size("MENTIONS", 1_680, 1_000_000)
	const hours = 7 * 24
	dir := t.TempDir()
	s := opened(t, filepath.Join(dir, "desk.sqlite"), sqlitestore.Options{})
	now := noon
	clock := func() time.Time { return now }
	world := &relay{world: &memory.Channel{Now: clock}}
	gate, err := channel.New(world, channel.Options{Now: clock})
	require.NoError(t, err)
	r, err := rules()
	require.NoError(t, err)
	d, err := desk.New(desk.Options{Store: s, Notifier: pager{}, Now: clock,
		Rules:    func(string) *respond.Rules { return r },
		Channels: map[string]*channel.Channel{gate.Name(): gate}})
	require.NoError(t, err)

	began := time.Now()
	var heaps []uint64
	var complaints []mention.Ref // not answered yet
	said := 0
	for hour := range hours {
		world.hour, world.world = hour, &memory.Channel{Now: clock}
		for ; said < n*(hour+1)/hours; said++ {
			text := "Fjordwing and the weather"
			if said%100 == 0 {
				text = "Fjordwing lost my bag"
				complaints = append(complaints, mention.Ref{Channel: "memory", ID: strconv.Itoa(said)})
			}
			world.world.Post(mention.Mention{Ref: mention.Ref{ID: strconv.Itoa(said)}, Lang: "en", Text: fmt.Sprintf("%s %d", text, said),
				Author: mention.Author{Handle: "customer" + strconv.Itoa(said*7919%50_000)}})
		}
		require.NoError(t, d.Tick(t.Context()))
		for _, ref := range complaints {
			require.NoError(t, answer(t.Context(), d, s, ref, func(string, string) {}))
		}
		complaints = nil
		now = now.Add(time.Hour)
		if hour%24 == 23 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			heaps = append(heaps, m.HeapAlloc>>20)
		}
	}
	took := time.Since(began)
	left, err := s.Inbox(t.Context(), 1)
	require.NoError(t, err)
	assert.Empty(t, left, "every mention was worked on")
	t.Logf("a week of %d mentions in %v, %.0f a second; heap at the end of each day, MB: %v; the process: %d MB",
		n, took.Round(time.Second), float64(n)/took.Seconds(), heaps, resident(t))
	assert.LessOrEqual(t, heaps[6], heaps[0]+32, "the heap at the end of the week, and at the end of its first day, in MB")
}
