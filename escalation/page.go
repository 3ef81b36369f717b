package escalation

import (
	"fmt"
	"slices"
)

// page asks for a page to a contact of a member.
func (s *step) page(id string, contact int, because string) {
	s.add(Page{Member: id, Contact: contact, Because: because})
}

// add numbers the page, fills in where it goes and keeps it. A relief goes where the page before it went even when its
// member or contact is no longer there.
func (s *step) add(p Page) {
	if x, ok := s.d.Contact(p.Member, p.Contact); ok {
		p.Kind, p.Address = x.Kind, x.Address
	}
	p.N, p.Level, p.At, p.State = s.c.Sent, s.c.Level, s.now, Asked
	s.c.Sent++
	s.c.Pages = append(s.own(1), p)
	s.pages = append(s.pages, p)
}

// trim forgets the oldest pages beyond the last 32 that nobody will ask for again: those of an earlier telling whose
// member has had another since.
func (s *step) trim() {
	if len(s.pages) == 0 || len(s.c.Pages) <= pagesKept {
		return
	}
	var kept []Page
	old := len(s.c.Pages) - pagesKept
	for i, p := range s.c.Pages {
		if i >= old || p.N >= s.c.Telling || s.isLast(i) {
			kept = append(kept, p)
		}
	}
	s.c.Pages = kept
}

// isLast reports whether no page after the ith is to the same member.
func (s *step) isLast(i int) bool {
	member := s.c.Pages[i].Member
	return !slices.ContainsFunc(s.c.Pages[i+1:], func(p Page) bool { return p.Member == member })
}

// bounced goes on from a page that came back, unless that no longer matters.
func (s *step) bounced(i int) {
	p := &s.own(0)[i]
	matters := p.pending(s.c.Telling) && s.c.Taken == "" && !s.c.Over
	p.State = Undelivered
	if matters {
		s.chase([]int{i}, fmt.Sprintf("page %d to %s came back undelivered", p.N, p.Member))
	}
}

// unheard goes on from the pages of this telling that have been without word for too long.
func (s *step) unheard() {
	var silent []int
	var cause string
	for i := range s.own(0) {
		p := &s.c.Pages[i]
		if p.pending(s.c.Telling) && !s.now.Before(p.unheard()) {
			p.State = Undelivered
			silent = append(silent, i)
			cause = fmt.Sprintf("no word of page %d to %s within %s", p.N, p.Member, unheardAfter)
		}
	}
	if len(silent) > 0 {
		s.chase(silent, cause)
	}
}

// chase tries the next contact of each member whose page did not arrive, unless he has gone off duty meanwhile. When no
// page of the telling is left that did or may yet arrive, it is the next level's turn at once.
func (s *step) chase(lost []int, cause string) {
	var again []Page
	for _, i := range lost {
		p := s.c.Pages[i]
		if _, ok := s.d.Contact(p.Member, p.Contact+1); ok && (s.c.Spent || s.d.can(p.Member, s.now, s.c.Urgent)) {
			again = append(again, Page{Member: p.Member, Contact: p.Contact + 1,
				Because: fmt.Sprintf("page %d by %s was not delivered: the next contact of %s", p.N, p.Kind, p.Member)})
		}
	}
	for _, p := range again {
		s.add(p)
	}
	if s.heard() {
		return
	}
	if s.c.Spent {
		if retry := s.now.Add(fallbackRetry); retry.Before(s.c.Next) {
			s.c.Next = retry
		}
		return
	}
	s.tell(s.c.Level+1, s.c.Round, cause, "")
}

// heard reports whether a page of this telling arrived, or may yet.
func (s *step) heard() bool {
	for i := range s.c.Pages {
		if p := &s.c.Pages[i]; p.N >= s.c.Telling && p.asks() && p.State != Undelivered {
			return true
		}
	}
	return false
}

// relieve tells everybody who was told, but who has it and who acts, that he need do nothing any more. A member is told
// of it once, where his last page went.
func (s *step) relieve(has, acts, because string) {
	var relief []Page
	for i, p := range s.c.Pages {
		if p.Member != has && p.Member != acts && !p.Relief && s.isLast(i) {
			relief = append(relief, Page{Member: p.Member, Contact: p.Contact, Kind: p.Kind, Address: p.Address,
				Relief: true, Because: because})
		}
	}
	for _, p := range relief {
		s.add(p)
	}
}
