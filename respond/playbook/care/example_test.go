package care_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/playbook/care"
	"github.com/reputekit/reputation/respond/template"
	"github.com/reputekit/reputation/triage"
)

// What the playbook covers: a line for each category, a column for each aim.
func Example() {
	policy := triage.Policy{Categories: []triage.Category{
		{Name: "outage", Severity: triage.Crisis, Crisis: true}, {Name: "delay"}, {Name: "staff"}, {Name: "hours"}, {Name: "parking"},
	}}
	book := care.Book()
	book.Plays = slices.DeleteFunc(book.Plays, func(p playbook.Play) bool { // what this house does not deal in
		return slices.ContainsFunc(p.For.Categories, func(name string) bool {
			return !slices.ContainsFunc(policy.Categories, func(c triage.Category) bool { return c.Name == name })
		})
	})
	c, err := book.Compile(playbook.House{Venues: []mention.Venue{{Channel: "short", Max: 280}}, Policy: &policy})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(c.Coverage())
	// Output:
	// category     complaint    praise           question     lead         nothing      unknown
	// delay        late-parcel  praise           late-parcel  late-parcel  late-parcel  late-parcel
	// hours        sorry        praise           hours        lead         unclear      -
	// outage       outage       outage           outage       outage       outage       outage
	// parking      sorry        praise           question     lead         unclear      -
	// staff        staff        praise-of-staff  staff        staff        staff        staff
	// (any other)  sorry        praise           question     lead         unclear      -
	//
	// 9996 of 10080 situations have a play of their own. Only general answers:
	//   category unknown or hours or parking, severity serious or crisis, stage fresh, aim unknown
	//   category unknown or hours or parking, severity routine or elevated, stage fresh, aim unknown,
	//     legitimacy fake or genuine or unverified
}

// An answer to a late parcel: first a word where everybody reads it, then what it takes.
func ExampleBook() {
	venue := mention.Venue{Channel: "short", Max: 280}
	c, err := care.Book().Compile(playbook.House{Venues: []mention.Venue{venue}})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := playbook.Situation{ID: "case 1", Category: "delay", Aim: triage.Complaint}
	play, why := c.Choose(s)
	fmt.Println(why)
	for _, v := range []mention.Visibility{mention.Public, mention.Private} {
		s.Visibility = v
		text, err := c.Write(play.ID, s, venue, template.Slots{"Name": "Dana"})
		fmt.Println(strings.ReplaceAll(text.Body, ". ", ".\n  "), err)
	}
	// Output:
	// play late-parcel is for category delay, stage fresh
	// Thank you for telling us, Dana.
	//   We are sorry that your parcel is late.
	//   I have sent you a private message, and I will ask the courier today where it is. <nil>
	// Thank you for writing.
	//   We are sorry that your parcel is late, Dana.
	//   To trace it I need your order number.
	//   I will write to you here by tomorrow evening with what the courier says. <nil>
}
