package playbook_test

import (
	"fmt"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// A playbook chooses the answer for a situation, from the specific to the general, and writes it in the customer's
// language.
func ExamplePlaybook() {
	book := playbook.Playbook{
		Locale: "en",
		Slots:  []template.Slot{{Name: "Order", Private: true}},
		Plays: []playbook.Play{
			{
				ID: "late", Mode: playbook.Private, Asks: []string{"Order"},
				For: playbook.Scope{Categories: []string{"delivery"}, Aims: []triage.Aim{triage.Complaint}},
				Texts: map[string][]string{
					"en": {"We are sorry that your parcel is late.{{if not .Order}} Which order is it?{{end}}"},
					"es": {"Sentimos que su paquete llegue tarde.{{if not .Order}} ¿Qué pedido es?{{end}}"},
				},
			},
			{ID: "any", Mode: playbook.None}, // a person writes
		},
	}
	venue := mention.Venue{Channel: "chirp", Max: 280}
	c, err := book.Compile(playbook.House{Venues: []mention.Venue{venue}})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := playbook.Situation{Category: "delivery", Aim: triage.Complaint, Lang: "es-MX"}
	play, why := c.Choose(s)
	fmt.Println(why)
	text, err := c.Write(play.ID, s, venue, template.Slots{})
	fmt.Println(text.Body, text.Asks, err)
	// Output:
	// play late is for category delivery, aim complaint
	// Sentimos que su paquete llegue tarde. ¿Qué pedido es? [Order] <nil>
}

// What is left to the last play alone shows in a table.
func ExampleCoverage() {
	book := playbook.Playbook{Locale: "en", Plays: []playbook.Play{
		{ID: "late", Mode: playbook.None, For: playbook.Scope{Categories: []string{"delivery"}}},
		{ID: "thanks", Mode: playbook.None, For: playbook.Scope{Aims: []triage.Aim{triage.Praise}}},
		{ID: "any", Mode: playbook.None},
	}}
	policy := triage.Policy{Categories: []triage.Category{{Name: "delivery"}, {Name: "billing"}}}
	c, err := book.Compile(playbook.House{Policy: &policy})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(c.Coverage())
	// Output:
	// category     complaint  praise  question  lead  nothing  unknown
	// billing      -          thanks  -         -     -        -
	// delivery     late       late    late      late  late     late
	// (any other)  -          thanks  -         -     -        -
	//
	// 8 of 18 situations have a play of their own. Only any answers:
	//   category unknown or billing, aim unknown or complaint or lead or nothing or question
}

// A text offers the shop nearest to where the mention was made, or what is good for everybody.
func ExampleLink() {
	book := playbook.Playbook{
		Locale: "en",
		Slots:  []template.Slot{{Name: "Shop", Max: 40}},
		Outlets: []playbook.Outlet{
			{Kind: "shop", Name: "Toledo", Text: "our shop in Toledo", Lat: 39_862_800, Lon: -4_027_300},
			{Kind: "shop", Name: "Potsdam", Text: "our shop in Potsdam", Lat: 52_390_600, Lon: 13_064_500},
		},
		Plays: []playbook.Play{{
			ID: "visit", Mode: playbook.Public,
			Links: []playbook.Link{{Slot: "Shop", Nearest: "shop", Within: 100_000, Text: "acme.example/shops"}},
			Texts: map[string][]string{"en": {"Thank you for asking. You find it at {{.Shop}}."}},
		}},
	}
	c, err := book.Compile(playbook.House{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, place := range []mention.Place{{City: "Madrid", Lat: 40_416_800, Lon: -3_703_800}, {}} {
		text, err := c.Write("visit", playbook.Situation{Place: place}, mention.Venue{}, nil)
		fmt.Println(text.Body, text.Offers[0].Metres, err)
	}
	// Output:
	// Thank you for asking. You find it at our shop in Toledo. 67461 <nil>
	// Thank you for asking. You find it at acme.example/shops. 0 <nil>
}

// Nothing is said twice to one customer.
func ExampleSaidError() {
	book := playbook.Playbook{Locale: "en", Plays: []playbook.Play{{
		ID: "thanks", Mode: playbook.Public, Texts: map[string][]string{"en": {"Thank you!", "Thanks!"}},
	}}}
	c, err := book.Compile(playbook.House{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var s playbook.Situation
	for range 3 {
		text, err := c.Write("thanks", s, mention.Venue{}, nil)
		fmt.Println(text.Body, err)
		s.Had = append(s.Had, playbook.Hash(text.Body))
	}
	// Output:
	// Thank you! <nil>
	// Thanks! <nil>
	//  play thanks has nothing to say that this customer has not had: a person writes
}
