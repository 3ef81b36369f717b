package desk_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/respond/event"
)

// received are the readings with which mentions came to their cases, by the author's handle.
func (h *house) received() map[string]event.Received {
	h.t.Helper()
	queue, err := h.desk.Queue(h.t.Context(), "")
	require.NoError(h.t, err)
	out := map[string]event.Received{}
	for _, c := range queue {
		_, entries, err := h.desk.Case(h.t.Context(), "", c.ID)
		require.NoError(h.t, err)
		for _, e := range entries {
			if rec, ok := e.Event.Body.(event.Received); ok {
				out[c.Author.Handle] = rec
			}
		}
	}
	return out
}

// kindOf is the kind of event in a line of a trail.
func kindOf(t *testing.T, body []byte) string {
	t.Helper()
	var line struct {
		Event struct {
			Kind string `json:"kind"`
		} `json:"event"`
	}
	require.NoError(t, json.Unmarshal(body, &line))
	return line.Event.Kind
}

func TestCopiesAreCountedAcrossCases(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	const words = "Fjordwing lets dogs die in the hold, share this now before they take it down"
	h.world.Post(said("eva", words))
	h.world.Post(said("max", "RT @eva: "+words))
	h.tick()
	h.open() // another process
	h.world.Post(said("jo", words+"!!"))
	h.world.Post(said("ann", "Fjordwing lost my bag"))
	h.tick()
	got := h.received()
	assert.Equal(t, 1, got["eva"].Copies.Size)
	assert.Equal(t, 2, got["max"].Copies.Size)
	assert.Equal(t, 3, got["jo"].Copies.Size, "what was counted outlives the process")
	assert.Equal(t, 3, got["jo"].Copies.Authors)
	assert.Zero(t, got["ann"].Copies.Size, "a short text is nobody's copy")
}

func TestASurgeIsReadAndTellsItsIncident(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	n := 0
	post := func(text string) {
		n++
		h.world.Post(said(fmt.Sprint("customer ", n), text))
	}
	for range 20 { // the usual: one in a while
		post("Fjordwing lost my bag")
		h.after(5 * time.Hour)
	}
	for range 5 {
		for range 10 {
			post("Fjordwing lost my bag")
			post("Fjordwing is down")
		}
		h.after(time.Minute)
	}
	post("Fjordwing lost my bag")
	h.tick()
	assert.Equal(t, []string{"Fjordwing", "complaint", "outage"}, h.received()[fmt.Sprint("customer ", n)].Surges)
	var told []string
	for in, err := range h.desk.Incidents(t.Context(), "") {
		require.NoError(t, err)
		assert.Equal(t, "outage", in.Matter.Category, "what is no crisis has no incident")
		for e, err := range h.desk.Trail(t.Context(), "", in.ID) {
			require.NoError(t, err)
			told = append(told, kindOf(t, e.Body))
		}
	}
	count := 0
	for _, kind := range told {
		if kind == "surged" {
			count++
		}
	}
	assert.Equal(t, 2, count, "it is told once of the surge, and once that they are strangers: %v", told)
	h.open()
	for range 30 {
		h.after(time.Hour)
	}
	told = nil
	for in, err := range h.desk.Incidents(t.Context(), "") {
		require.NoError(t, err)
		for e, err := range h.desk.Trail(t.Context(), "", in.ID) {
			require.NoError(t, err)
			told = append(told, kindOf(t, e.Body))
		}
	}
	assert.Contains(t, told, "subsided", "and its end too, by a desk that was started meanwhile")
	post("Fjordwing lost my bag")
	h.tick()
	assert.Empty(t, h.received()[fmt.Sprint("customer ", n)].Surges)
	h.replays()
}
