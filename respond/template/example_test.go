package template_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/reputekit/reputation/respond/template"
)

// A text is checked before anybody is answered with it, in branches too that are seldom taken.
func Example() {
	slots := []template.Slot{{Name: "Name"}, {Name: "Order", Private: true}}
	_, err := template.Compile("late", "Hi {{.Name}}, {{if .Order}}order {{.Order}}{{else}}{{.Parcel}}{{end}} {{now}}",
		slots, template.Options{Public: true})
	fmt.Println(err)
	// Output:
	// late:1:20: slot Order is private and the text is public
	// late:1:36: slot Order is private and the text is public
	// late:1:54: unknown slot Parcel
	// late:1:73: function now is refused: it reads the clock or the machine's zone: give the time as a slot and use clock or day
}

// A text is written whole or not at all.
func ExampleTemplate() {
	slots := []template.Slot{{Name: "Name"}, {Name: "Due", Required: true}}
	t, err := template.Compile("update",
		`Hi{{if .Name}} {{.Name}}{{end}}, we write again on {{day .Due "Europe/Madrid"}} by {{clock .Due "Europe/Madrid"}}.`,
		slots, template.Options{Public: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	due := time.Date(2025, 7, 8, 13, 0, 0, 0, time.UTC)
	text, err := t.Render(template.Slots{"Name": "Dana", "Due": due})
	fmt.Println(text, err)

	_, err = t.Render(template.Slots{"Name": "Dana"})
	var missing *template.MissingError
	fmt.Println(errors.As(err, &missing), err)

	_, err = t.Render(template.Slots{"Name": "{{.Due}}", "Due": due})
	fmt.Println(err)
	// Output:
	// Hi Dana, we write again on Tuesday 8 July by 15:00 CEST. <nil>
	// true no value for Due
	// update: the text would show "{{": "{{.Due}}, we write again on Tuesday 8 Ju"
}
