package channeltest

import (
	"fmt"
	"reflect"

	"github.com/reputekit/reputation/channel"
)

var describing = []rule{
	{"description-static", "A description is static: it says the same before and after calls, and in every process.",
		nil, func(t *trial) {
			t.must(reflect.DeepEqual(t.d, t.c.Describe()), "the second asking gives another description")
			if t.d.Fetches {
				t.fetch("", 10)
			}
			t.must(reflect.DeepEqual(t.d, t.c.Describe()), "after a call it is another")
			before := t.d
			t.reopen()
			t.must(reflect.DeepEqual(before, t.d), "a new process gives another description")
		}},
	{"description-honest", "What a description declares, the connector implements, and the other way round.",
		nil, func(t *trial) {
			_, err := channel.New(t.c, channel.Options{})
			t.ok("channel.New", err)
			t.must(len(t.d.Venue.Check()) == 0, "the venue: %v", t.d.Venue.Check())
			t.must(!(t.d.Fetches || t.d.Receives) || len(t.d.Hears) > 0, "it hears, and Hears is empty")
			t.must(t.d.Fetches || t.d.Receives || len(t.d.Hears) == 0, "it hears nothing, and Hears says %v", t.d.Hears)
			t.must(t.d.Remembers >= 0 && t.d.Interval >= 0 && t.d.PerHour >= 0, "a limit is below nothing")
			writes := t.d.Sends || t.d.Publishes || t.d.Moderates
			t.must(writes || t.d.Remembers == 0 && !t.d.Finds, "it writes nothing, and remembers or finds keys")
		}},
	{"hears-what-it-says", "Only kinds of news that the description names are heard.",
		[]need{hears}, func(t *trial) {
			ref := t.post("one")
			if t.h.Edit != nil {
				t.h.Edit(ref, "two")
			}
			if t.h.Garble != nil {
				t.h.Garble()
			}
			if t.h.Hide != nil {
				t.h.Hide(t.post("three"))
			}
			if t.h.Delete != nil {
				t.h.Delete(ref)
			}
			kinds := map[string]bool{}
			for _, k := range t.d.Hears {
				kinds[string(k)] = true
			}
			for _, i := range t.heard() {
				t.must(kinds[string(i.Kind)], "an item is %s, and Hears says %v", fmt.Sprint(i.Kind), t.d.Hears)
			}
		}},
}
