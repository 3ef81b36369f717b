package respond

import "github.com/reputekit/reputation/mention"

// self is the place where the case itself knows its customer.
func (c *Case) self() Twin { return Twin{Channel: c.Channel, Account: c.Account, Author: c.Author} }

// twin is the place of one that was merged into the case; that of the case itself for any other id.
func (c *Case) twin(id string) Twin {
	for _, t := range c.Twins {
		if t.Case == id {
			return t
		}
	}
	return c.self()
}

// knows finds the place by which a mention is of this customer. Who is known by one name on a channel is not another.
func (c *Case) knows(m mention.Mention) (Twin, bool) {
	is := func(t Twin) bool { return m.Ref.Channel == t.Channel && m.Author.Key() == t.Author.Key() }
	if t := c.self(); is(t) {
		return t, true
	}
	for _, t := range c.Twins {
		if is(t) {
			return t, true
		}
	}
	return Twin{}, false
}

// place is where what we say now is said: where the message stands that it answers.
func (s *step) place() Twin {
	if m, ok := s.answerable(); ok {
		return s.c.twin(m.From)
	}
	return s.c.self()
}

// from is the case by which a message came here.
func (s *step) from(ref mention.Ref) string {
	if i := s.message(ref); i >= 0 {
		return s.c.Messages[i].From
	}
	return ""
}
