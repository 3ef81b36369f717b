// Package desktest holds implementations of a desk's ports to what package desk asks of them, and has a fake of each.
//
// Whoever writes a Notifier, an Observer, Customers, a Granter or a Scheduler runs its check in a test of his own:
//
//	func TestPager(t *testing.T) {
//		desktest.Report(t, desktest.CheckNotifier(t.Context(), &sms.Pager{...}))
//	}
//
// A check calls the port as a desk would: twice with one key, from many sides at once, with a context that is done. It
// wants no testing.T, so that it can itself be tested; Report prints what failed, with the sentence that it breaks. What
// is called is really done: give it a sandbox, not the house's telephone list.
//
// Whoever tests a desk takes the fakes. Each is one literal, and its zero value works:
//
//	desk.Options{
//		Notifier:  &desktest.Pager{Refuses: []string{"ana"}},
//		Observer:  desktest.Reader{"tone": -400},
//		Customers: desktest.Register{"@eva": {Given: map[string]string{"tier": "4"}}},
//		Granter:   &desktest.Till{},
//		Scheduler: &desktest.Planner{},
//	}
package desktest
