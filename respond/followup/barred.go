package followup

// Circumstances are what the case knows of the customer when a message that nobody asked for could go to him. What is
// needed for it is false in the zero value, so that who says nothing writes to nobody.
type Circumstances struct {
	// Any of these bars every such message.
	Life, Harm, Bereaved, Safety, Abusive         bool // Harm: somebody was injured or has died
	IncidentOpen, PostGone, AccountGone, UnderAge bool
	DoNotContact, Press, Employee                 bool // DoNotContact: he said stop, or a person did for him
	Erasing                                       bool // he asked that what is kept of him goes

	// Without these no reminder goes out.
	AskedSomething, InPrivate, InWindow, Daytime, KnownChannel bool // Daytime: 09-19, his zone, else the brand's

	SurveyedLately bool // he had a survey in the last 90 days
	MayInvite      bool // the platform allows it
}

// Barred returns which messages that nobody asked for may not go to this customer now, and why.
func (c Circumstances) Barred(s State) (Requests, string) {
	for _, bar := range []struct {
		is  bool
		why string
	}{
		{c.Life, "a life is in danger"}, {c.Harm, "somebody was hurt"}, {c.Bereaved, "somebody has died"},
		{c.Safety, "it is about safety"}, {c.Abusive, "the customer was abused"}, {s.Hold != "", "the case is held"},
		{c.IncidentOpen, "its incident is not over"}, {c.PostGone, "the post is gone"},
		{c.AccountGone, "the account is gone"}, {c.UnderAge, "the author is under 18"},
		{c.DoNotContact, "he is not to be contacted"}, {s.suspect(), "the author is " + string(s.Legitimacy)},
		{c.Press, "the author is press"}, {c.Employee, "the author is an employee"},
		{c.Erasing, "he asked that what is kept of him goes"},
	} {
		if bar.is {
			return Unasked, bar.why
		}
	}
	var out Requests
	why := ""
	bar := func(is bool, r Requests, because string) {
		if !is {
			return
		}
		out |= r
		if why == "" {
			why = because
		}
	}
	bar(!c.AskedSomething, SendReminder, "he was asked nothing")
	bar(!c.KnownChannel, SendReminder, "he neither used nor gave the channel in this case")
	bar(!c.InPrivate, SendReminder|SendSurvey, "nobody is reminded or surveyed in public")
	bar(!c.InWindow, SendReminder, "the platform's window is closed")
	bar(!c.Daytime, SendReminder, "it is not his daytime")
	bar(c.SurveyedLately, SendSurvey, "he had a survey in the last 90 days")
	bar(!c.MayInvite, Invite, "the platform does not allow it, or nobody knows whether it does")
	return out, why
}
