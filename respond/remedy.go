package respond

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/triage/tally"
)

// actGrant is the authority that an offer needs.
const actGrant = "grant"

const longestOffer = 500 // bytes of what an offer says in words

// mayOffer says why an offer is none: what it is, when it may be made, and which line is drawn. Whether somebody has the
// authority for it is asked where it is allowed.
func (s *step) mayOffer(b event.Drafted, visibility mention.Visibility) error {
	o := b.Offer
	switch {
	case o.Sum.Minor < 0:
		return s.refuse("an offer gives: the sum is negative")
	case o.Sum.Minor > 0 && len(o.Sum.Currency) != 3:
		return s.refuse("%q is no currency: use an ISO 4217 code", o.Sum.Currency)
	case max(len(o.Kind), len(o.Thing), len(o.Recourse)) > longestOffer:
		return s.refuse("an offer says what it is in at most %d bytes", longestOffer)
	case !o.Until.IsZero() && (!o.Until.After(s.now) || o.Until.After(s.now.Add(farthest))):
		return s.refuse("an offer stands until an instant within a year: %s is none", o.Until.Format(time.RFC3339))
	case !o.Firm && o.Sum.Minor == 0 && o.Thing == "":
		return s.refuse("an offer is a sum or a thing: this is neither")
	case o.Firm && o.Goodwill:
		return s.refuse("goodwill draws no line")
	case o.Firm:
		return s.mayDrawLine(b)
	case !o.Goodwill:
		return nil
	}
	if why := s.noGoodwill(b, visibility); why != "" {
		return s.refuse("no goodwill: %s", why)
	}
	return nil
}

// mayDrawLine: a line is drawn after an offer was declined, says where else he can turn, is stated once more when he
// declines it, and never closes the case.
func (s *step) mayDrawLine(b event.Drafted) error {
	r := s.c.Remedy
	again := s.c.Stage == followup.Proposed && (s.c.Offer == followup.OfferFirm || s.c.Offer == followup.OfferRestated)
	if err := s.namesRecourse(b, b.Offer.Recourse); err != nil {
		return err
	}
	switch {
	case r == nil:
		return s.refuse("a line is drawn after an offer was declined: none was made")
	case r.Restated:
		return s.refuse("our last word was stated once more already")
	case again && s.c.Offer == followup.OfferFirm:
		return s.refuse("the line is drawn: it is stated once more when the customer declines it")
	case !again && s.c.Stage != followup.Working:
		return s.refuse("a line is drawn after an offer was declined: the conversation is %s", s.c.Stage)
	}
	return nil
}

// namesRecourse: our last word says where else the customer can turn, and leaves the case open.
func (s *step) namesRecourse(b event.Drafted, recourse string) error {
	switch {
	case b.Settles:
		return s.refuse("a line never closes the case: something is still owed after it")
	case recourse == "" || !strings.Contains(b.Text, recourse):
		return s.refuse("a line says where else the customer can turn: name it, in the text too")
	}
	return nil
}

// grants says why a member may not offer this; nil when he may. A line takes the highest authority there is.
func (s *step) grants(o *event.Offer, id string) error {
	ask := escalation.Ask{Act: actGrant, By: id, Matter: s.matter(), Sum: o.Sum, At: s.now}
	c, tallies := s.c, s.e.Tallies
	ask.Spent = func(member, scope string, since time.Time) (escalation.Money, error) {
		return c.spent(tallies, member, scope, since, o.Sum.Currency)
	}
	if err := s.r.directory.Authorize(ask); err != nil {
		return err
	}
	if higher := s.higher(id); o.Firm && len(higher) > 0 {
		return &escalation.RefusedError{By: id, Act: actGrant, Category: ask.Matter.Category, Severity: ask.Matter.Severity,
			Sum: o.Sum, Why: "a line takes the highest authority", May: higher}
	}
	return nil
}

// higher are the members who may grant more than one of them in this matter, the highest alone.
func (s *step) higher(id string) []string {
	most, mine := []string(nil), s.mayPromise(id)
	for _, m := range s.r.specs.Hierarchy.Members {
		more := s.mayPromise(m.ID)
		if m.Left || more.Minor <= mine.Minor {
			continue
		}
		most, mine = []string{m.ID}, more
	}
	return most
}

// spent is what a member has spent within the scope of a limit, in its currency. What an offer that was not answered yet
// stands for is free again: another takes its place.
func (c *Case) spent(t *event.Tallies, member, scope string, since time.Time, currency string) (escalation.Money, error) {
	sum := escalation.Money{Currency: currency}
	add := func(spends []tally.Spend) {
		for _, x := range spends {
			if x.Member == member && x.Currency == currency && !c.replaces(x.ID) {
				sum.Minor += x.Minor
			}
		}
	}
	switch scope {
	case "case":
		add(c.Spends)
		return sum, nil
	case "customer":
		add(c.Spends)
		if t != nil {
			add(slices.DeleteFunc(slices.Clone(t.Customer.Gifts), c.counts))
		}
		return sum, nil
	}
	if t != nil {
		for _, x := range t.Spent {
			if x.Member != member || x.Scope != scope || !x.Since.Equal(since) {
				continue
			}
			sum.Minor = x.Minor
			for _, y := range c.Spends {
				if y.Member == member && y.Currency == currency && c.replaces(y.ID) && !y.At.Before(since) {
					sum.Minor -= y.Minor
				}
			}
			return sum, nil
		}
	}
	return sum, fmt.Errorf("nobody has said what %s has spent this %s", member, scope)
}

// counts reports whether the case itself has a spend, whose it is: one of its own that it has forgotten is over.
func (c *Case) counts(x tally.Spend) bool {
	return x.Case == c.ID || slices.ContainsFunc(c.Spends, func(y tally.Spend) bool { return y.ID == x.ID })
}

// replaces reports whether a new remedy takes the place of this one.
func (c *Case) replaces(id string) bool {
	r := c.Remedy
	return r != nil && r.ID == id && (r.State == dealing.Allowed || r.State == dealing.Made)
}

// granter is in whose authority a draft's offer is, when this member allows it: the author's, else his own.
func (s *step) granter(d Draft, id string) (string, error) {
	if s.mayGive(d, d.By) == nil {
		return d.By, nil
	}
	return id, s.mayGive(d, id)
}

// mayGive says why a member may not give what a draft offers, by his authority or by its play; nil when he may.
func (s *step) mayGive(d Draft, id string) error {
	if err := s.gives(d, id); err != nil {
		return err
	}
	return s.grants(d.Offer, id)
}

// grantForbids says why a member may not allow what a draft offers; empty when he may.
func (s *step) grantForbids(d Draft, id string) string {
	if d.Offer == nil {
		return ""
	}
	if _, err := s.granter(d, id); err != nil {
		return err.Error()
	}
	return ""
}

// whoGrants are the members to whom an offer above its author's authority goes, the nearest first.
func (s *step) whoGrants(d Draft) []string {
	if d.Offer == nil {
		return nil
	}
	var above *escalation.RefusedError
	if err := s.mayGive(d, d.By); !errors.As(err, &above) {
		return nil
	}
	s.say("the offer is above the authority of %s: it goes up", d.By)
	return above.May
}

// limit is the most money that a draft may promise: what it offers, else what was offered before and stands. A sum that is
// in the words alone would count against no limit.
func (s *step) limit(d *Draft) (most escalation.Money) {
	if d.Offer != nil && d.Offer.Sum.Minor > 0 {
		return d.Offer.Sum
	}
	stands := func(o *dealing.Offer) {
		if o.Stands() && o.Sum.Minor > most.Minor {
			most = o.Sum
		}
	}
	if r := s.c.Remedy; r != nil {
		stands(r)
	}
	for i := range s.c.Gifts {
		stands(&s.c.Gifts[i])
	}
	return most
}

// allow writes down the offer of a draft that goes out, and what it spends. It is written in this very step, so that no
// two offers use the same money.
func (s *step) allow(d Draft) {
	if d.Offer == nil {
		return
	}
	by, err := s.granter(d, s.e.By)
	if err != nil {
		return // forbids has asked before
	}
	o := dealing.Offer{Offer: *d.Offer, ID: d.ID, Member: by, At: s.now, State: dealing.Allowed, Since: s.now,
		From: s.from(d.Answers)}
	if !o.Goodwill {
		if r := s.c.Remedy; r != nil {
			o.Declined = r.Declined
			o.Restated = o.Firm && s.c.Offer == followup.OfferRestated
			if s.c.replaces(r.ID) {
				s.back(r.ID)
			}
		}
		s.setRemedy(o)
	} else {
		s.setGift(o)
	}
	s.spend(o)
}

// spend counts an offer against limits, in the name of the member who grants it.
func (s *step) spend(o dealing.Offer) {
	if o.Sum.Minor == 0 {
		return
	}
	s.deal(func(d *dealing.Dealt) {
		d.Spends = append(slices.Clone(d.Spends), tally.Spend{
			ID: o.ID, Member: o.Member, Case: cmp.Or(o.From, s.c.ID), At: s.now, Minor: o.Sum.Minor,
			Currency: o.Sum.Currency, Goodwill: o.Goodwill,
		})
	})
}

// back says that an offer no longer counts.
func (s *step) back(id string) {
	if slices.ContainsFunc(s.c.Spends, func(x tally.Spend) bool { return x.ID == id }) {
		s.deal(func(d *dealing.Dealt) { d.Back = append(slices.Clone(d.Back), id) })
	}
}

func (s *step) setRemedy(o dealing.Offer) {
	s.deal(func(d *dealing.Dealt) { d.Remedy = &o })
}

func (s *step) setGift(o dealing.Offer) {
	s.deal(func(d *dealing.Dealt) {
		d.Gifts = append(slices.DeleteFunc(slices.Clone(d.Gifts), func(x dealing.Offer) bool { return x.ID == o.ID }), o)
	})
}

// offer is the case's offer that has this property.
func (s *step) offer(is func(dealing.Offer) bool) (dealing.Offer, bool) {
	if r := s.c.Remedy; r != nil && is(*r) {
		return *r, true
	}
	for _, g := range slices.Backward(s.c.Gifts) {
		if is(g) {
			return g, true
		}
	}
	return dealing.Offer{}, false
}

// setOffer writes down what became of an offer.
func (s *step) setOffer(o dealing.Offer, state dealing.OfferState) {
	o.State, o.Since = state, s.now
	if o.Goodwill {
		s.setGift(o)
	} else {
		s.setRemedy(o)
	}
}

// withhold says that a draft's offer never went out.
func (s *step) withhold(d Draft) {
	if o, ok := s.offer(func(o dealing.Offer) bool { return o.ID == d.ID && o.State == dealing.Allowed }); ok {
		s.setOffer(o, dealing.Withheld)
		s.back(o.ID)
	}
}

// line is the sign of a draft that draws a line: our last word where the machine can take it for one.
func (s *step) line(d *Draft, on followup.Sign) followup.Sign {
	switch {
	case d.Offer == nil || !d.Offer.Firm:
		return on
	case s.c.Stage == followup.Working && s.c.Offer != "":
		return followup.DrewLine
	}
	return followup.AtIt // stated once more, or said when the conversation had gone on
}

// stoodUntil refuses an acceptance that comes after the offer's date: who would still give it offers it anew.
func (s *step) stoodUntil(said event.Meaning, at time.Time) error {
	r := s.c.Remedy
	if said != event.Accepts || r == nil || r.Until.IsZero() || r.Until.After(at) ||
		r.State != dealing.Made && r.State != dealing.Declined {
		return nil
	}
	return s.refuse("the offer stood until %s: who would still give it offers it anew", r.Until.Format(time.RFC3339))
}

// negotiated writes down what the customer said to our remedy, and since when the matter is mended.
func (s *step) negotiated() {
	switch {
	case s.signed(followup.Accepted):
		if r := s.c.Remedy; r != nil && (r.State == dealing.Made || r.State == dealing.Declined) {
			if r.State == dealing.Declined {
				s.spend(*r)
			}
			s.setOffer(*r, dealing.Accepted)
		}
	case s.signed(followup.Declined):
		if r := s.c.Remedy; r != nil && (r.State == dealing.Made || r.State == dealing.Accepted) {
			o := *r
			o.Declined++
			s.setOffer(o, dealing.Declined)
			s.back(o.ID)
		}
	}
	r := s.c.Remedy
	switch {
	case r == nil || r.State != dealing.Accepted || !r.Costs() || !s.signed(followup.Accepted):
	case s.byMember():
		s.grant(*r, "the customer accepted the offer")
	default:
		s.tellOwner("signals say that the customer accepts: it is paid when a person has read it so")
	}
}

// mend keeps since when the matter is mended, as far as a move says: the offer is accepted, the fix is done, or the
// customer says that it is over.
func (c *Case) mend(m followup.Move, at time.Time) {
	if m.Plain {
		return
	}
	switch m.On {
	case followup.Accepted, followup.Fulfilled, followup.SaidOver:
		if c.Mended.IsZero() {
			c.Mended = at
		}
	case followup.StillBroken, followup.FulfilFailed:
		c.Mended = time.Time{}
	}
}

// grant asks for an offer to be paid, once: what is asked for is never asked for again.
func (s *step) grant(o dealing.Offer, why string) {
	to := s.c.twin(o.From)
	g := effect.Grant{
		Offer: o.ID, Member: o.Member, Channel: to.Channel, Account: to.Account, Author: to.Author.Key(),
		Customer: s.c.Given[givenCustomer], Kind: o.Kind, Sum: o.Sum, Thing: o.Thing, Period: s.day(o.Member, o.At),
	}
	o.Key = effect.Keyed("case", s.c.ID, s.e.ID, append(slices.Clone(s.asked), effect.Effect{Body: g}))[len(s.asked)].Key
	s.ask(why, g, aside)
	s.setOffer(o, dealing.Paying)
}

// givenCustomer is the name under which the host says who the customer is in its own books.
const givenCustomer = "customer_id"

// day is the day of an instant where a member is.
func (s *step) day(member string, at time.Time) string {
	return at.In(s.r.directory.Where(member)).Format(time.DateOnly)
}
