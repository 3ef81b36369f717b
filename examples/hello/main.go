// Command hello is the smallest host: one mention in, what is decided and asked for out.
package main

import (
	_ "embed"
	"fmt"
	"log"
	"time"
	_ "time/tzdata" // zones, also where the machine has none

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
)

//go:embed desk.json
var desk []byte // who is watched, what is what, who owns it, what may be said

func main() {
	var specs respond.Specs
	if err := spec.Decode(desk, &specs); err != nil {
		log.Fatal(err) // every problem at once, each with its path
	}
	rules, err := respond.NewRules(specs, respond.Options{})
	if err != nil {
		log.Fatal(err)
	}
	m := mention.Mention{Ref: mention.Ref{Channel: "chirp", ID: "42"}, Author: mention.Author{Handle: "dana"},
		Lang: "en", Text: "Great job @Fjordwng, third cancelled flight this month"}
	now := time.Date(2026, 6, 16, 9, 30, 0, 0, time.UTC)
	e := event.Event{ID: event.ReceivedID(m), At: now, By: event.Customer, Body: event.Received{Mention: m}}
	c := respond.New("", respond.CaseID(respond.Keys("", m))) // or the case that one of the keys is known to lead to
	c, entry, err := respond.Step(rules, c, e, now)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s, %s, about %q\n", c.Verdict.Category, c.Verdict.Severity, c.Verdict.Hits[0].Text(m.Text))
	fmt.Println("proposed:", c.Draft.Text)
	for _, ask := range entry.Effects { // store them with the case in one commit, then carry them out
		fmt.Println("asks to", ask.Kind(), "because", ask.Because)
	}
}
