package roster_test

import (
	"fmt"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/escalation/roster"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

// at reads "2026-03-08 02:30" in UTC.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	x, err := time.Parse("2006-01-02 15:04", s)
	require.NoError(t, err)
	return x
}

// options knows calendars named after a zone, open always, and "mon-fri 08:00-16:00 Europe/London"; and the members of
// people.
func options(t testing.TB) roster.Options {
	t.Helper()
	people := []string{"ann", "bob", "cy", "dee", "eve", "m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9",
		"m10", "m11", "m12", "m13"}
	return roster.Options{
		Calendar: func(id string) (*hours.Calendar, bool) {
			var days, from, to, name string
			week := hours.Week{}
			if n, _ := fmt.Sscanf(id, "%s %5s-%5s %s", &days, &from, &to, &name); n == 4 {
				week.Open = []hours.Span{{Days: []string{days}, From: from, To: to}}
			} else {
				name = id
			}
			loc, err := time.LoadLocation(name)
			if id == "" || err != nil {
				return nil, false
			}
			c, err := week.Compile(loc)
			require.NoError(t, err)
			return c, true
		},
		Member: func(id string) error {
			if !slices.Contains(people, id) {
				return fmt.Errorf("there is no member %q", id)
			}
			return nil
		},
	}
}

func rotation(calendar, from, clock string, every roster.Unit, slots ...string) roster.Rotation {
	return roster.Rotation{Calendar: calendar, From: from, At: clock, Every: every, Slots: slots}
}

// desk is a book with one roster of that name: a layer for each list.
func desk(layers ...[]roster.Rotation) roster.Book {
	r := roster.Roster{ID: "desk"}
	for _, l := range layers {
		r.Layers = append(r.Layers, roster.Layer{Rotations: l})
	}
	return roster.Book{Rosters: []roster.Roster{r}}
}

func one(r ...roster.Rotation) []roster.Rotation { return r }

func compile(t testing.TB, b roster.Book) *roster.Schedule {
	t.Helper()
	s, err := b.Compile(options(t))
	require.NoError(t, err)
	return s
}
