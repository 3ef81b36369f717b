// Package account tells afterwards how an incident went, for the people who examine it.
//
// Read its trail, show it the cases that were in it as they are stored, and write it out:
//
//	all := account.Read(incident.New(tenant, id), entries)
//	last := &all[len(all)-1]
//	for _, c := range cases { // those of incident.Members
//		last.Follow(c)
//	}
//	err := last.Text(os.Stdout, madrid)
//
// An account is as long as what people did: a surge of 10,000 cases is one line of its timeline. It holds no word of a
// customer, and names no case.
package account
