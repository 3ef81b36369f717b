package incident

import (
	"slices"
	"strconv"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/guideline"
)

// A Draft is a holding statement before it goes out.
type Draft struct {
	ID        string              `json:"id"`
	By        string              `json:"by"`
	Statement event.Statement     `json:"statement"`
	Findings  []guideline.Finding `json:"findings,omitempty"`
	Rejected  bool                `json:"rejected,omitempty"`
	Asked     []string            `json:"asked,omitempty"` // who was asked for consent, in order
	Until     time.Time           `json:"until,omitzero"`  // when the next is asked; zero: nobody is left
}

// Published is a holding statement that went out.
type Published struct {
	Version   int             `json:"version"` // 1 for the first statement
	Statement event.Statement `json:"statement"`
	By        string          `json:"by"` // who approved it
	At        time.Time       `json:"at"`
	Next      time.Time       `json:"next"`             // when the public was promised the next news
	Missed    bool            `json:"missed,omitempty"` // and did not get them
	Posts     []Post          `json:"posts,omitempty"`  // where it stands, or is to stand
	Rests     []string        `json:"rests,omitempty"`  // what it says that facts say

	Earlier []Earlier `json:"earlier,omitempty"` // what was said before, the oldest first, the last 50
}

// Earlier is a version of the statement that stood before the one that stands now.
type Earlier struct {
	Version   int             `json:"version"`
	Statement event.Statement `json:"statement"`
	By        string          `json:"by"` // who approved it
	At        time.Time       `json:"at"`
}

// A Post is the statement's one place at one of our accounts; newer versions revise it in place.
type Post struct {
	Channel string      `json:"channel"`
	Account string      `json:"account,omitempty"`
	Version int         `json:"version"`      // the newest that was asked for
	Ref     mention.Ref `json:"ref,omitzero"` // the post, once it is known
}

// keptEarlier is how many earlier versions a statement carries.
const keptEarlier = 50

// approved is the consent of a member to one statement. Only then is it published, once at each of our accounts.
func (s *step) approved(b event.Approved) error {
	d := s.in.Draft
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case d == nil || d.ID != b.Draft:
		return s.refuse("there is no such statement: it was changed since")
	case d.Rejected:
		return s.refuse("the statement was rejected")
	case !s.in.states():
		return s.refuse("the crisis is not declared any more: it is %s", s.in.State)
	}
	if err := s.mayApprove(s.e.By, d.By); err != nil {
		return s.refuse("%s", err)
	}
	findings := s.check(d.Statement)
	if errs := errorsIn(findings); len(errs) > 0 {
		return &respond.RefusedError{Event: s.e.Kind(), Reason: errs[0].Why, Findings: findings}
	}
	accounts := s.r.Specs().Watchlist.Ours.Accounts
	if len(accounts) == 0 {
		return s.refuse("the watchlist names no account of ours to publish from")
	}
	for _, a := range accounts { // a statement never splits
		if venue, _ := s.r.Venue(a.Channel); !venue.Fits(d.Statement.Text) {
			return s.refuse("the statement has %d %s and %s takes %d",
				venue.Length(d.Statement.Text), venue.Measure, a.Channel, venue.Max)
		}
	}
	p := Published{Version: 1, Statement: d.Statement, By: s.e.By, At: s.now, Next: d.Statement.Next, Rests: s.rests(d.Statement)}
	if p.Next.IsZero() && d.Statement.Every > 0 {
		p.Next = s.now.Add(d.Statement.Every.Std())
	}
	if s.in.Statement != nil {
		before := s.in.Statement
		p.Version = before.Version + 1
		p.Posts = slices.Clone(before.Posts)
		p.Earlier = append(slices.Clone(before.Earlier), Earlier{before.Version, before.Statement, before.By, before.At})
		p.Earlier = p.Earlier[max(0, len(p.Earlier)-keptEarlier):]
	}
	s.ch.Statement, s.in.Statement = &p, &p
	s.use(d.Statement)
	s.ch.Next, s.in.Next = &p.Next, p.Next
	s.ch.Draft, s.in.Draft = &Draft{}, nil
	for _, a := range accounts {
		i := slices.IndexFunc(p.Posts, func(x Post) bool { return x.Channel == a.Channel && x.Account == a.ID })
		if i < 0 {
			i = len(p.Posts)
			p.Posts = append(p.Posts, Post{Channel: a.Channel, Account: a.ID})
		}
		s.publish(i)
	}
	s.told()
	s.say("statement %d approved by %s: the next news are due %s", p.Version, s.e.By, p.Next.Format(time.RFC3339))
	return nil
}

// told gives the incident back to who has the command: others were called since the public waited for a word, and it has
// one.
func (s *step) told() {
	if c := s.in.Climb; c != nil && !c.Over && c.Taken == "" && s.in.Commander != "" {
		s.climb(escalation.Move{Kind: escalation.Took, By: s.in.Commander})
	}
}

// publish asks for the newest version at one place, to revise what stands there. While an older one may still arrive
// there it waits for word of that: else the place would show two.
func (s *step) publish(i int) {
	p := s.in.Statement
	if slices.ContainsFunc(s.in.Awaited, func(a respond.Awaited) bool { return a.Kind == publishKind && a.Page == i }) {
		s.say("statement %d waits at %s for word of the one before", p.Version, p.Posts[i].Channel)
		return
	}
	p.Posts[i].Version = p.Version
	s.ask("statement "+strconv.Itoa(p.Version)+", approved by "+p.By, effect.Publish{
		Channel: p.Posts[i].Channel, Account: p.Posts[i].Account, Text: p.Statement.Text, Version: p.Version,
		Revise: p.Posts[i].Ref,
	}, i)
}

// stands is what is known of one place: where the statement stands there, if it was published. A newer version that
// waited for it follows.
func (s *step) stands(i int, ref mention.Ref) {
	if s.in.Statement == nil || i < 0 || i >= len(s.in.Statement.Posts) {
		return
	}
	p := *s.in.Statement
	p.Posts = slices.Clone(p.Posts)
	if !ref.IsZero() {
		p.Posts[i].Ref = ref
	}
	s.ch.Statement, s.in.Statement = &p, &p
	if !ref.IsZero() && p.Posts[i].Version == p.Version {
		s.stood()
	}
	if s.in.states() && p.Posts[i].Version < p.Version {
		s.publish(i)
	}
}
