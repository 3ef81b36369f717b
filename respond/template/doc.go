// Package template writes a text from slots, whole or not at all.
//
// Declare the slots, compile each text once, and render it as often as wanted:
//
//	slots := []template.Slot{{Name: "Name"}, {Name: "Due", Required: true}, {Name: "Order", Private: true}}
//	text := `Hi{{if .Name}} {{.Name}}{{end}}, we write again on {{day .Due "Europe/Madrid"}}.`
//	t, err := template.Compile("update", text, slots, template.Options{Public: true}) // all problems at once
//	...
//	body, err := t.Render(template.Slots{"Name": "Dana", "Due": due}) // a *MissingError: ask for what is missing
//
// Many texts with the same slots are compiled on one Bench.
//
// The language is text/template's. What a text may do is small, so that it can be checked before anybody is answered
// with it, in the branches too that are seldom taken: it uses declared slots only, a public text no private ones, and
// functions that give the same answer everywhere. Beside those of text/template and sprig that are allowed there are
//
//	{{clock .Due "Europe/Madrid"}}   15:00 CEST
//	{{day .Due "Europe/Madrid"}}     Tuesday 8 July
//	{{money .Sum}}                   1,234.50 EUR
//	{{plural .Days "day" "days"}}    days
//	{{words .Towns "and"}}           Bonn, Ulm and Trier
//	{{cut 12 .Name}}                 no more than 12 characters, as people count them
//
// A function that is not allowed is a problem that says why.
package template
