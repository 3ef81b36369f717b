package respond_test

import (
	"fmt"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// A playbook chooses the answer for a situation, from the specific to the general, and writes it in the customer's
// language.
func ExamplePlaybook() {
	book := respond.Playbook{
		Locale: "en",
		Slots:  []template.Slot{{Name: "Order", Private: true}},
		Plays: []respond.Play{
			{
				ID: "late", Mode: respond.Private, Asks: []string{"Order"},
				For: respond.Scope{Categories: []string{"delivery"}, Aims: []triage.Aim{triage.Complaint}},
				Texts: map[string][]string{
					"en": {"We are sorry that your parcel is late. Which order is it?"},
					"es": {"Sentimos que su paquete llegue tarde. ¿Qué pedido es?"},
				},
			},
			{ID: "any", Mode: respond.None}, // a person writes
		},
	}
	venue := mention.Venue{Channel: "chirp", Max: 280}
	c, err := book.Compile([]mention.Venue{venue}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	s := respond.Situation{Category: "delivery", Aim: triage.Complaint, Lang: "es-MX"}
	play, why := c.Choose(s)
	fmt.Println(why)
	text, err := c.Write(play.ID, s, venue, template.Slots{})
	fmt.Println(text.Body, text.Asks, err)
	// Output:
	// play late is for category delivery, aim complaint
	// Sentimos que su paquete llegue tarde. ¿Qué pedido es? [Order] <nil>
}
