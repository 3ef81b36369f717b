// Package care is a playbook for customer care in English, Spanish and German, to begin with.
//
// Take it, change what is not your house's, and compile it for yours:
//
//	book := care.Book()
//	book.Plays[0].Approve = "dana"
//	c, err := book.Compile(playbook.House{Venues: venues, Policy: &policy, Directory: directory})
//
// Its plays are for the categories that care.json names: delay, missing, damaged, refund, billing, staff and so on. A
// policy that has none of a play's categories makes Compile say so: drop the play, or rename its category. Three plays are
// holding statements, for outage, data_leak and recall.
//
// The caller gives the values of the slots: Brand, Name, what the case is about (Order, Product ...), for plays that name
// a day or an hour Due and Next with the zone that they are to be told in, and Contact where a play names somebody. Help,
// Status and Shop are addresses of pages; a sentence without its address is left out.
package care
