// Package mail carries pages to people by e-mail.
//
//	m := mail.Pager{
//		Server: "smtp.example:587", From: "desk@example", Auth: auth, // 1. where it hands mail in
//		Address: func(tenant, member string) string { ... },          // 2. where a member reads, for what names no address
//		Link:    func(kind, id string) string { ... },                // 3. where he finds the case
//	}
//
// It is a Notifier for package desk. One page is one message to one person. It says what kind of case, how severe, until
// when and where to look, and carries no customer's words, because a page itself carries none. Whatever stands in a page
// cannot become a header or a second message.
package mail
