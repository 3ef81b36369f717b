package respond

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage"
)

// What the host says of a customer that keeps messages here which nobody asked for.
const (
	givenSilent   = "do_not_contact" // any value but no
	givenUnderAge = "under_age"      // any value but no
	givenSurveyed = "surveyed"       // the day of his last survey: 2026-06-16
	givenAccount  = "account"        // gone: his account on the channel is no more
)

// The tags of a policy that do.
const (
	tagInjury  = "injury"
	tagDeath   = "death"
	tagAbused  = "abused"
	tagMinor   = "minor"
	tagBereave = "bereavement"
)

// surveyRest is how long a customer is left alone after a survey.
const surveyRest = 90 * 24 * time.Hour

// circumstances are what the case knows of the customer when something that nobody asked for could go to him. That it
// is his daytime is seen to where a wait falls due.
func (s *step) circumstances() followup.Circumstances {
	v, given := s.c.Verdict, s.c.Given
	tagged := func(tags ...string) bool {
		return slices.ContainsFunc(tags, func(t string) bool { return slices.Contains(v.Tags, t) })
	}
	yes := func(name string) bool { return given[name] != "" && given[name] != "no" }
	return followup.Circumstances{
		Life: v.Rank.Life, Safety: v.Rank.Safety, Harm: tagged(tagInjury, tagDeath), Bereaved: tagged(tagBereave),
		Abusive: tagged(tagAbused), UnderAge: tagged(tagMinor) || yes(givenUnderAge), DoNotContact: yes(givenSilent),
		IncidentOpen: s.c.Incident, PostGone: s.lastGone(), AccountGone: given[givenAccount] == "gone",
		Press: s.c.Standing == triage.Press, Employee: s.c.Standing == triage.Employee,
		AskedSomething: s.c.Ours > 0, InPrivate: s.private(), InWindow: s.inWindow(), Daytime: true, KnownChannel: true,
		SurveyedLately: s.surveyedLately(),
	}
}

// inWindow reports whether the platform still lets us write to him.
func (s *step) inWindow() bool {
	venue, _ := s.r.Venue(s.place().Channel)
	for _, m := range slices.Backward(s.c.Messages) {
		if !m.Ours {
			return venue.ReplyWindow <= 0 || s.now.Sub(m.At) <= venue.ReplyWindow.Std()
		}
	}
	return false
}

func (s *step) surveyedLately() bool {
	at, err := time.Parse(time.DateOnly, s.c.Given[givenSurveyed])
	return err == nil && s.now.Sub(at) < surveyRest
}

// unasked are the messages that nobody asked for, in words. It is never written to.
var unasked = [...]struct {
	ask  followup.Requests
	name string
}{
	{followup.SendReminder, "reminder"}, {followup.NewsByTimer, "news by a timer"},
	{followup.AskIfOver, "question whether it is over"}, {followup.SendSurvey, "survey"}, {followup.Invite, "invitation"},
}

// barred returns which of these may not go to the customer now, and says why.
func (s *step) barred(asks followup.Requests) followup.Requests {
	barred, why := s.circumstances().Barred(s.c.state())
	if barred&asks != 0 {
		for _, x := range unasked {
			if barred&asks&x.ask != 0 {
				s.say("no %s: %s", x.name, why)
			}
		}
	}
	return barred
}
