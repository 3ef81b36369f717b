package respond

import (
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/privacy"
)

// unquote takes out of the case what repeats a message that was removed: the handover note's copy, and our draft and our
// last words where they quote it. A draft that did does not go out.
func (s *step) unquote(ref mention.Ref) {
	said := s.wordsOf(ref)
	if h := s.c.Handover; h != nil {
		note := *h
		if i := s.message(ref); i >= 0 && h.TheirsAt.Equal(s.c.Messages[i].At) || privacy.Quotes(h.Theirs, said) {
			note.Theirs = ""
		}
		if privacy.Quotes(h.Ours, said) {
			note.Ours = ""
		}
		if note != *h {
			s.deal(func(d *dealing.Dealt) { d.Handover = &note })
		}
	}
	if privacy.Quotes(s.c.Said, said) {
		none := ""
		s.deal(func(d *dealing.Dealt) { d.Said = &none })
	}
	if d := s.c.Draft; d != nil && privacy.Quotes(d.Text, said) && !s.onItsWay() {
		s.withdraw(event.Gone)
		less := *s.c.Draft
		less.Text, less.Findings = "", nil
		s.setDraft(less)
	}
}

// wordsOf is what a message of the customer says, while the case has its words.
func (s *step) wordsOf(ref mention.Ref) string {
	if o := s.c.Open; o != nil && o.Ref == ref {
		return o.Text
	}
	if h := s.heard(ref); h != nil {
		return h.Mention.Text
	}
	return ""
}
