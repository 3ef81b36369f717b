package respond_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// Who acts on what he has read says what that was: what the customer wrote meanwhile is not taken for read.
func TestWhatWasWrittenMeanwhileIsNotRead(t *testing.T) {
	ref := func(id string) mention.Ref { return mention.Ref{Channel: "chirp", ID: id} }
	begin := func() *story {
		s := opened(t)
		s.do(tuesday, "ana", event.Taken{})
		s.sent(tuesday, event.Drafted{Text: "We look into it and write here by Friday, 18:00 CEST."})
		s.writes(tuesday.Add(time.Hour), "2", "all is well now")
		s.writes(tuesday.Add(61*time.Minute), "3", "oh no, cancelled again")
		return s
	}
	at := tuesday.Add(62 * time.Minute)
	s := begin()
	assert.ErrorContains(t, s.refused(at, "ana", event.Meant{Said: event.Over, Of: ref("2")}), "has written since")
	assert.ErrorContains(t, s.refused(at, "ana", event.Waived{Code: "chatter", Of: ref("2")}), "has written since")
	s.do(at, "ana", event.Meant{Said: event.Over, Of: ref("3")})
	assert.Equal(t, followup.Surveying, s.c.Stage)

	s = begin()
	assert.ErrorContains(t, s.refused(at, "ana", event.Drafted{Text: "Good to hear.", Answers: ref("9")}), "no message")
	assert.ErrorContains(t, s.refused(at, "ana", event.Drafted{Text: "Good to hear.", Answers: s.c.Messages[1].Ref}), "no message")
	s.do(at, "ana", event.Drafted{Text: "Good to hear. We write again by Friday, 18:00 CEST.", Answers: ref("2")})
	entry := s.do(at, "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.Equal(t, ref("2"), asked[effect.Send](entry)[0].To)
	s.do(at, event.Channel, event.Delivered{Key: keyOf[effect.Send](t, entry), Ref: ref("o2")})
	assert.Equal(t, tuesday.Add(61*time.Minute), s.c.Owed, "the later word is still owed an answer")
	s.replay()

	s = begin()
	s.do(at, event.Channel, event.Removed{Ref: ref("2")})
	assert.ErrorContains(t, s.refused(at, "ana", event.Drafted{Text: "Good to hear.", Answers: ref("2")}), "no message")
}

// Whoever is writing hears that another answer goes out.
func TestWhoIsWritingHearsOfAnotherAnswer(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ben", event.Begun{})
	entry := s.do(tuesday.Add(time.Minute), "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.Contains(t, members(entry), "ben")
	assert.Nil(t, s.c.Writing)
	assert.ErrorContains(t, s.refused(tuesday.Add(2*time.Minute), "ben", event.Drafted{Text: "Hello."}), "twice")
	s.replay()

	s = opened(t)
	s.do(tuesday, "ana", event.Begun{})
	entry = s.do(tuesday.Add(time.Minute), "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.NotContains(t, members(entry), "ana", "she knows")

	s = opened(t)
	s.do(tuesday, "ben", event.Begun{})
	entry = s.do(tuesday.Add(time.Hour), "ana", event.Approved{Draft: s.c.Draft.ID})
	assert.NotContains(t, members(entry), "ben", "he wrote an hour ago, if at all")
}

// A case that is restricted is given to nobody who may not see it, and tells him nothing.
func TestARestrictedCaseStaysAmongThoseWhoSeeIt(t *testing.T) {
	s := opened(t)
	s.do(tuesday, "ben", event.Watched{For: []event.News{event.TheyWrote}})
	s.do(tuesday, "ana", event.Restricted{To: []string{"ana", "cleo"}})
	assert.ErrorContains(t, s.refused(tuesday, "ana", event.HandedOver{To: "ben"}), "ben may not see it")
	s.do(tuesday, "ana", event.HandedOver{To: "cleo"})
	s.writes(tuesday.Add(time.Minute), "2", "hello?")
	assert.NotContains(t, members(s.trail[len(s.trail)-1]), "ben", "he watched it before")
	s.do(tuesday.Add(2*time.Minute), "ana", event.Restricted{})
	s.writes(tuesday.Add(3*time.Minute), "3", "hello??")
	require.Contains(t, members(s.trail[len(s.trail)-1]), "ben", "and does again")
	s.replay()
}
