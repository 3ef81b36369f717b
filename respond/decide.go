package respond

import (
	"fmt"
	"slices"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/moderation"
)

// Decide says what an event means for a case under these rules. It is the only function that sees rules. On an error
// nothing happened: a RefusedError says why the event is not possible now. An event that the case has already seen
// decides nothing: the entry's Seq is 0, there are no effects, and there is nothing to store.
//
// now is the caller's clock; a clock that goes back is held at the case's last instant.
func Decide(r *Rules, c Case, e event.Event, now time.Time) (Entry, error) {
	e, err := e.Canonical()
	switch {
	case err != nil:
		return Entry{}, refused(e, err.Error())
	case c.ID == "" || mention.Clean(c.ID) != c.ID || mention.Clean(c.Tenant) != c.Tenant:
		return Entry{}, refused(e, "the case has no id that is text: make it with New")
	case e.Kind() != elapsedKind && c.Known.Has(e.ID): // a tick does nothing twice by itself
		return Entry{}, nil
	}
	now = mention.Instant(now)
	if now.Before(c.At) {
		now = c.At
	}
	if now.IsZero() || now.Year() < 1 || now.Year() > 9999 {
		return Entry{}, refused(e, "now is no instant: a case lives between the years 1 and 9999")
	}
	s := &step{r: r, c: c, was: c, e: e, now: now}
	s.learn()
	if err := s.decide(); err != nil {
		return Entry{}, err
	}
	if s.nothing {
		return Entry{}, nil
	}
	if s.ch.Verdict != nil {
		s.duties()
	}
	s.progressed()
	s.afterwards()
	s.neverSilent()
	return s.entry(), nil
}

// Step decides and applies: the case after the event, and the entry to store with it.
func Step(r *Rules, c Case, e event.Event, now time.Time) (Case, Entry, error) {
	entry, err := Decide(r, c, e, now)
	if err != nil {
		return c, Entry{}, err
	}
	return Apply(c, entry), entry, nil
}

// A step is one decision in the making: the case as it will be, and what changed on the way. It is large, and stays on the
// stack as long as nothing within it is handed to a function that is only known when it is called.
type step struct {
	r       *Rules
	c       Case // the facets as changed so far; slices are replaced, never written to
	was     Case // as they were
	e       event.Event
	now     time.Time
	ch      Change
	asked   []effect.Effect
	await   []Awaited // one per asked effect, without key
	because []string
	nothing bool // the event says what is known already
	holding bool // a first answer waits for what others know
	late    bool // and has for so long that no machine gives it by itself

	held    Hold               // what a sign that holds the case holds it with
	earlier []escalation.Clock // clocks of a word that is read only now
	since   time.Time          // since when its answer was owed
	turn    time.Time          // from when clocks run that an incident lets go
	why     string             // in the words of who acts

	concerns []moderation.Decision // of which persons are told
}

func (s *step) decide() error {
	if _, received := s.e.Body.(event.Received); s.c.Seq == 0 && !received {
		return s.refuse("the case is not open yet: it begins with a mention")
	}
	if s.endsInquiry() {
		return nil
	}
	if err := s.endedElsewhere(); err != nil {
		return err
	}
	if err := s.shutOut(); err != nil {
		return err
	}
	s.again()
	switch b := s.e.Body.(type) {
	case event.Received:
		return s.received(b)
	case event.Edited:
		return s.edited(b)
	case event.Removed:
		return s.removed(b)
	case event.AnsweredElsewhere:
		return s.answeredElsewhere(b)
	case event.Spoken:
		return s.spoken(b)
	case event.Taken:
		return s.taken()
	case event.Drafted:
		return s.drafted(b)
	case event.Approved:
		return s.approved(b)
	case event.Rejected:
		return s.rejected(b)
	case event.Meant:
		return s.meant(b)
	case event.Waived:
		return s.waived(b)
	case event.Fulfilled:
		return s.fulfilled(followup.Fulfilled)
	case event.FulfilFailed:
		return s.fulfilled(followup.FulfilFailed)
	case event.Escalated:
		return s.escalated(followup.Escalated, b.Why)
	case event.Deescalated:
		return s.escalated(followup.Deescalated, b.Why)
	case event.HeldByCounsel:
		return s.heldByCounsel(b)
	case event.ReleasedByCounsel:
		return s.releasedByCounsel()
	case event.JoinedIncident:
		return s.joinedIncident(b)
	case event.IncidentOver:
		return s.incidentOver(b)
	case event.ChannelLost:
		return s.channelLost(b)
	case event.Surveyed:
		return s.surveyed(b)
	case event.Rebased:
		return s.rebased(b)
	case event.Deferred:
		return s.deferred(b)
	case event.Filed:
		return s.filed(b)
	case event.Judged:
		return s.judged(b)
	case event.Observed:
		return s.observed(b)
	case event.Known:
		return s.known(b)
	case event.Preserved:
		return s.preserved(b)
	case event.Released:
		return s.released()
	case event.Restricted:
		return s.restricted(b)
	case event.ErasureAsked:
		return s.erasureAsked(b)
	case event.Erased:
		return s.erased(b)
	case event.Purged:
		return s.purged(b)
	case event.Merged:
		return s.merged(b)
	case event.Split:
		return s.parted(b)
	case event.Delivered:
		return s.delivered(b)
	case event.Undelivered:
		return s.undelivered(b)
	case event.Uncertain:
		return s.uncertain(b)
	case event.Elapsed:
		return s.elapsed()
	}
	return s.deals()
}

var elapsedKind = event.Event{Body: event.Elapsed{}}.Kind()

func refused(e event.Event, reason string) error {
	return &RefusedError{Event: e.Kind(), Reason: reason}
}

func (s *step) refuse(format string, args ...any) error {
	return refused(s.e, fmt.Sprintf(format, args...))
}

// say adds a reason to the entry.
func (s *step) say(format string, args ...any) {
	s.because = append(s.because, fmt.Sprintf(format, args...))
}

// ask adds a request. Its outcome is awaited.
func (s *step) ask(because string, b effect.Body, page int) {
	s.asked = append(s.asked, effect.Effect{Because: because, Body: b})
	s.await = append(s.await, Awaited{Page: page, At: s.now})
}

// close leaves nothing behind that would act in a closed case: no draft that somebody allows months later, and no
// incident that is silent for a matter to come. What a person wrote stays to be read; what was approved and is on its way
// goes its way.
func (s *step) close() {
	switch d := s.c.Draft; {
	case d == nil || s.onItsWay():
	case d.byMachine():
		s.setDraft(Draft{})
	default:
		s.withdraw(event.TooLate)
	}
	s.setIncident(false)
	s.hush()
}

// wait sets what is waited for from the customer; an empty kind waits for nothing.
func (s *step) wait(kind followup.WaitKind, n int) {
	w := followup.Wait{}
	if kind != "" {
		w = followup.Wait{Kind: kind, At: s.r.followup.Until(kind, n, s.now), N: n}
	}
	s.setWait(w)
}

func (s *step) setWait(w followup.Wait) {
	if s.c.Waits == nil && w == (followup.Wait{}) {
		return
	}
	s.ch.Waits = &w
	s.c.Waits = set(s.c.Waits, &w, w == followup.Wait{})
}

func (s *step) setDraft(d Draft) {
	if s.c.Draft == nil && d.ID == "" {
		return
	}
	s.ch.Draft = &d
	s.c.Draft = set(s.c.Draft, &d, d.ID == "")
}

func (s *step) setClimb(c escalation.Climb) {
	s.ch.Climb = &c
	s.c.Climb = &c
}

func (s *step) setClocks(clocks []escalation.Clock) {
	if clocks == nil {
		clocks = []escalation.Clock{}
	}
	s.ch.Clocks = &clocks
	s.c.Clocks = clocks
}

func (s *step) setOwed(t time.Time) {
	if s.c.Owed.Equal(t) {
		return
	}
	s.ch.Owed = &t
	s.c.Owed = t
}

func (s *step) setAwaited(list []Awaited) {
	if list == nil {
		list = []Awaited{}
	}
	s.ch.Awaited = &list
	s.c.Awaited = list
}

func (s *step) setIncident(joined bool) {
	if s.c.Incident != joined {
		s.ch.Incident, s.c.Incident = &joined, joined
	}
}

func (s *step) setCalm(calm bool) {
	if s.c.Calm != calm {
		s.ch.Calm, s.c.Calm = &calm, calm
	}
}

func (s *step) addKey(key string) {
	if slices.Contains(s.c.Keys, key) {
		return
	}
	s.ch.Keys = append(s.ch.Keys, key)
	s.c.lead(key)
}

func (s *step) addMessage(m Message) {
	s.ch.Message = &m
	s.c = applyMessage(s.c, m)
}

// standDown ends everything that pursued an answer of ours.
func (s *step) standDown() {
	s.setOwed(time.Time{})
	if len(s.c.Clocks) > 0 {
		s.setClocks(nil)
	}
	if s.c.Climb != nil && !s.c.Climb.Over {
		s.climb(escalation.Move{Kind: escalation.StoodOff, By: s.e.By})
	}
}

// neverSilent makes sure that a live case falls due: where neither a clock of ours nor a wait on the customer runs, a
// person is asked to look at it after a while. While he waits for us nothing is waited for from him.
func (s *step) neverSilent() {
	switch w := s.c.Waits; {
	case w == nil:
	case w.Kind == followup.Look && (s.c.Hold != nil || suspect(s.c.Verdict)): // beside what else falls due
	case w.Kind == followup.Look: // only while nothing else falls due
		other := s.c
		other.Waits = nil
		if !other.Due().IsZero() {
			s.setWait(followup.Wait{})
		}
	case !s.c.Owed.IsZero():
		s.setWait(followup.Wait{})
	}
	if s.c.Stage.Live() && s.c.Due().IsZero() {
		s.wait(followup.Look, 0)
	}
}

// entry is the finished decision. Only here do effects get their keys.
func (s *step) entry() Entry {
	effects := effect.Keyed("case", s.c.ID, s.e.ID, s.asked)
	if len(effects) > 0 {
		awaited := append(make([]Awaited, 0, len(s.c.Awaited)+len(effects)), s.c.Awaited...)
		for i, a := range s.await {
			a.Key, a.Kind = effects[i].Key, effects[i].Kind()
			awaited = append(awaited, a)
		}
		s.setAwaited(Awaiting(awaited).Newest(keptAwaited, neverForgotten))
	}
	if s.ch.Climb != nil && s.ch.Whole == nil {
		s.ch.Climb, s.ch.Pages = paged(s.was.Climb, *s.ch.Climb)
	}
	return Entry{
		Seq: s.c.Seq + 1, At: s.now, Event: s.e, Rules: s.r.version,
		Change: s.ch, Effects: effects, Because: s.because,
	}
}

// keptAwaited bounds what a case waits for. Answers to the customer are never forgotten, nor that the case joined an
// incident: were that to fail, the case would be silent.
const keptAwaited = 64

func neverForgotten(kind string) bool { return isWord(kind) || kind == joinKind || kind == grantKind }
