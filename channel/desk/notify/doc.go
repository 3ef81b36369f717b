// Package notify makes one Notifier of many carriers: text messages by this firm or that one, mail, chat.
//
//	pager := &notify.Failover{
//		By: map[string][]desk.Notifier{
//			"phone": {firstFirm, secondFirm}, // 1. what carries to each kind of contact, the first choice first
//			"mail":  {mail},
//		},
//		Else: []desk.Notifier{chat}, // 2. what carries to every other kind, and what asks for consent
//	}
//	d, err := desk.New(desk.Options{Notifier: pager, ...})
//
// A carrier that fails, or does not answer in its share of the time, is followed by the next. Who was reached twice is
// better off than who was not reached: so a carrier of which nobody knows whether it did is followed too. When all have
// failed the ladder goes on to the member's next contact, and then to the next level.
package notify
