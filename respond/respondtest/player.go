package respondtest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/triage"
)

// tenant is whose stories are.
const tenant = "story"

// A player is a story while it is played: a small house with a clock of its own.
type player struct {
	rules   *respond.Rules
	nature  *nature[respond.Case, respond.Change] // of cases
	zone    *time.Location
	now     time.Time
	stopped bool // the clock wakes nobody by itself
	routine bool // what happens now is that a page or a draft arrived: no trail tells it
	quick   bool // no trail is told, and laws that compare whole states are held now and then
	reasons bool // the trail tells why

	beings  []being
	routes  map[string]being // by routing key
	subject being            // what the last step was about
	people  map[string]mention.Author
	said    map[string]mention.Mention // by message id, the newest revision
	last    map[string]string          // by customer, his newest message

	lastSaid mention.Ref           // the newest message of all
	of       map[mention.Ref]being // whose case a message is in
	works    map[string]string     // by effect or effect:member, what the world does with it
	asked    []effect.Effect       // since the last written step
	effects  []asking              // in order, all of them
	drafts   map[string]string     // names by id
	ids      map[string]string     // names of cases, incidents and effects by id
	ours     int                   // messages of ours so far
	at       line                  // the line that is played
	before   map[string]string     // what was told last of a member, by whose and which
	told     []told
	purses   purses
	bad      []error
}

// An asking is an effect with its name in the story.
type asking struct {
	of   being
	name string // send#1
	what effect.Effect
	done bool
}

func newPlayer(r *respond.Rules) *player {
	p := &player{
		rules: r, nature: &caseNature, zone: time.UTC, routes: map[string]being{}, people: map[string]mention.Author{},
		said: map[string]mention.Mention{}, last: map[string]string{}, works: map[string]string{},
		drafts: map[string]string{}, ids: map[string]string{}, of: map[mention.Ref]being{}, before: map[string]string{},
		purses: newPurses(),
	}
	if zone, err := r.Directory().Zone(r.Specs().Followup.Zone); err == nil && r.Specs().Followup.Zone != "" {
		p.zone = zone
	}
	p.now = time.Date(2026, 6, 16, 10, 0, 0, 0, p.zone)
	return p
}

// play plays a whole script. It goes on behind a want that is not met, and ends at anything else that goes wrong.
func (p *player) play(s *script) {
	for _, l := range s.lines {
		p.at = l
		if err := p.line(l); err != nil {
			p.fail(err)
			if l.verb != "want" {
				return
			}
		}
	}
	for _, b := range p.beings {
		if err := b.fold(!p.quick || len(s.lines)%4 == 0); err != nil {
			p.fail(err)
		}
	}
}

// fail notes what is wrong, with the line that was played.
func (p *player) fail(err error) {
	e := &StepError{Line: p.at.n, Step: p.at.text, Why: err.Error()}
	var broken *brokenLaw
	if errors.As(err, &broken) {
		e.Law = broken.law
	}
	for _, t := range slices.Backward(p.told) {
		if t.line != p.at.n && p.at.verb != "want" || len(e.Reasons) > 0 {
			break
		}
		e.Reasons = t.because
	}
	p.bad = append(p.bad, e)
}

func (p *player) line(l line) error {
	switch l.verb {
	case "want":
		return p.want(l.words)
	case "start", "customer", "world", "clock", "reasons":
		return p.set(l)
	}
	due := time.Time{}
	if p.subject != nil {
		due = p.subject.glance().due
	}
	var words []string
	for _, w := range l.when {
		words = append(words, w.value)
	}
	then, err := moment(words, p.now, due, p.zone)
	if err != nil {
		return err
	}
	p.asked = nil
	if !p.stopped {
		if err := p.wake(then, l.verb == "elapsed"); err != nil {
			return err
		}
	}
	p.now = then
	if l.verb == "elapsed" && !p.stopped {
		return nil
	}
	return p.step(l)
}

// step brings the event of a line, and wants it to be taken or refused as the line says.
func (p *player) step(l line) error {
	if l.verb == "merged" || l.verb == "split" {
		return p.twins(l)
	}
	b, e, err := p.event(l)
	if err != nil {
		if l.hope == either {
			return nil // a story that nobody wrote speaks of what may not be there
		}
		return err
	}
	if b == nil {
		p.tell(told{line: l.n, head: shown(p.now, p.zone) + "  " + e.Kind() + ": no case, for the policy says " + p.handling(e)})
		return nil
	}
	return p.hoped(l, b, e, p.bring(b, e))
}

// hoped holds what came of a step to what the line says.
func (p *player) hoped(l line, b being, e event.Event, err error) error {
	var no *respond.RefusedError
	if errors.As(err, &no) && no.Into != "" { // it was merged: its messages go where it went
		for _, other := range p.beings {
			if other.id() == no.Into && other != b {
				return p.hoped(l, other, e, p.bring(other, e))
			}
		}
	}
	switch {
	case !errors.As(err, &no):
		if err == nil && l.hope == refused {
			return fmt.Errorf("it was to be refused (!), and was not")
		}
		return err
	case l.hope == taken:
		return fmt.Errorf("it was refused: %w\n\twrite ! before %s if that is what you want", err, l.verb)
	}
	p.refusal(b, e, no)
	return nil
}

func (p *player) handling(e event.Event) string {
	if r, ok := e.Body.(event.Received); ok {
		return string(respond.Judge(p.rules, r, p.now).Handling)
	}
	return string(triage.Ignore)
}

// bring steps a case or an incident, and carries out what it asks for.
func (p *player) bring(b being, e event.Event) error {
	p.subject = b
	if e.Tallies == nil {
		e.Tallies = p.purses.read(p.rules, b, p.now)
	}
	entry, err := b.step(p.rules, e, p.now, !p.quick || b.glance().seq%8 == 1)
	if err != nil {
		return err
	}
	if entry.seq == 0 {
		p.tell(told{line: p.at.n, head: p.heading(b, e) + ": nothing new"})
		return nil
	}
	p.purses.keep(p.rules, b)
	p.promises(b)
	if entry.seq == 1 {
		p.beings = append(p.beings, b)
	}
	for _, key := range b.glance().keys {
		if of, known := p.routes[key]; !known || !slices.Contains(of.glance().keys, key) {
			p.routes[key] = b // a key that leads elsewhere stays there, as long as it does
		}
	}
	first := len(p.effects)
	for _, x := range entry.effects {
		p.name(b, x)
	}
	p.asked = append(p.asked, entry.effects...)
	p.entry(b, entry)
	for i := first; i < first+len(entry.effects); i++ {
		if err := p.carry(i); err != nil {
			return err
		}
	}
	p.subject = b
	return nil
}

// name gives an effect its name.
func (p *player) name(b being, x effect.Effect) {
	n := 1
	for _, a := range p.effects {
		if a.of == b && a.what.Kind() == x.Kind() {
			n++
		}
	}
	name := fmt.Sprintf("%s#%d", x.Kind(), n)
	p.ids[x.Key] = name
	p.effects = append(p.effects, asking{of: b, name: name, what: x})
}

// How often somebody is woken between two steps, in a story that nobody wrote and in one that somebody did. Danger to life
// that nobody takes up pages every few minutes, for ever.
const (
	fewWakes  = 2
	manyWakes = 20_000
)

// wake brings everybody to what falls due before an instant, or at it, one instant after the other.
func (p *player) wake(until time.Time, with bool) error {
	for n := 0; ; n++ {
		var next being
		for _, b := range p.beings {
			due := b.glance().due
			if due.IsZero() || due.After(until) || due.Equal(until) && !with {
				continue
			}
			if next == nil || due.Before(next.glance().due) {
				next = b
			}
		}
		if next == nil {
			return nil
		}
		due := next.glance().due
		if n == fewWakes && p.at.hope == either {
			return nil // nobody wants to read it: from here on the host is down until then
		}
		if n == manyWakes {
			return fmt.Errorf("%s was woken %d times, and it is only %s: let less time pass", next.name(), n, shown(due, p.zone))
		}
		p.now = later(p.now, due)
		subject := p.subject
		e := event.Event{ID: event.ElapsedID(next.id(), due), At: p.now, By: event.Clock, Body: event.Elapsed{Due: due}}
		if err := p.bring(next, e); err != nil {
			return err
		}
		p.subject = subject
		if next.glance().due.Equal(due) {
			return &brokenLaw{"ticks do nothing twice", next.name() + " is due again at " + shown(due, p.zone) + ", when it was woken"}
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// caseOf is the case that a mention belongs to; nil when the policy opens none for it.
func (p *player) caseOf(e event.Event, m mention.Mention) being {
	keys := respond.Keys(tenant, m)
	for _, key := range keys {
		if b, ok := p.routes[key]; ok {
			return b
		}
	}
	r, received := e.Body.(event.Received)
	_, member := p.rules.Directory().Member(e.By)
	if !received || respond.Judge(p.rules, r, p.now).Handling != triage.Open && !member {
		return nil
	}
	id := respond.CaseID(keys)
	name := p.free(strings.ToLower(strings.Join(strings.Fields(m.Author.Handle), "-")))
	p.ids[id] = name
	return newLife(p.nature, name, id, respond.New(tenant, id))
}

// incidentOf is the incident that a case joins; a new one when none of its category lives.
func (p *player) incidentOf(category, firstCase string) being {
	for _, b := range slices.Backward(p.beings) {
		if g := b.glance(); g.kind == "incident" && slices.Contains(g.keys, incident.Key(tenant, category)) {
			return b
		}
	}
	id := incident.ID(tenant, category, firstCase)
	for _, b := range p.beings {
		if b.id() == id {
			return b
		}
	}
	name := p.free(category)
	p.ids[id] = name
	return newLife(&incidentNature, name, id, incident.New(tenant, id))
}

// free is a name that nobody has yet.
func (p *player) free(name string) string {
	if name == "" {
		name = "somebody"
	}
	for n := 1; ; n++ {
		try := name
		if n > 1 {
			try = fmt.Sprintf("%s/%d", name, n)
		}
		if !slices.ContainsFunc(p.beings, func(b being) bool { return b.name() == try }) {
			return try
		}
	}
}
