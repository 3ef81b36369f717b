package respond_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
)

// sequences is how many random lives the laws are held to; REPUTATION_LONG asks for all of them.
func sequences() int {
	if os.Getenv("REPUTATION_LONG") != "" {
		return 100_000
	}
	return 500
}

// Random lives of cases, held to the laws of the design: whatever comes in whatever order, nothing is undone, asked for
// twice, resolved without the customer's word, or forgotten.
func TestLaws(t *testing.T) {
	rules := []*respond.Rules{shippedRules(t), changed(t, func(s *respond.Specs) { alone(s); inPrivate(s); unasked(s) }),
		changed(t, func(s *respond.Specs) { alone(s); inquires(s) })}
	stages := map[followup.Stage]int{}
	for seed := range sequences() {
		life := newLife(t, rules[seed%len(rules)], uint64(seed))
		for range 30 {
			life.next()
			stages[life.story.c.Stage]++
		}
		life.story.replay()
	}
	t.Logf("steps by stage: %v", stages)
	for _, stage := range []followup.Stage{followup.Fresh, followup.Asking, followup.Working, followup.Proposed,
		followup.Fulfilling, followup.Surveying, followup.Dormant, followup.Closed} {
		require.NotZero(t, stages[stage], "the random lives never come to %s: they prove too little", stage)
	}
}

// A life is a random sequence of events of one case.
type life struct {
	story      *story
	rng        *rand.Rand
	now        time.Time
	said       bool // the customer's word that it is over, in the present run of the case
	saidBefore bool // before his last word
	posts      int
	sends      map[string]bool   // drafts that went out, or may have
	drafts     map[string]string // by the key of their Send
	tells      map[string]effect.Tell
	told       map[string]bool // members who were told of the case
}

func newLife(t *testing.T, rules *respond.Rules, seed uint64) *life {
	l := &life{rng: rand.New(rand.NewPCG(seed, 7)), now: tuesday, sends: map[string]bool{}, drafts: map[string]string{},
		tells: map[string]effect.Tell{}, told: map[string]bool{}}
	m := post("0", l.text(), l.now)
	if l.rng.IntN(2) == 0 {
		m = private(m)
	}
	l.story = newStory(t, rules, m)
	before := l.story.c
	entry, err := l.story.try(l.now, l.story.event(l.now, "ana", event.Received{Mention: m, Backfill: l.rng.IntN(8) == 0}))
	if err == nil {
		l.check(before, entry)
	}
	return l
}

func (l *life) text() string {
	texts := []string{
		"@Fjordwing you cancelled my flight", "Fjordwing is down", "thank you Fjordwing, wonderful crew", "why?",
		"a passenger is unconscious", "my card is 4111 1111 1111 1111 Fjordwing", "ok", "", "\xff\x00 Fjordwing is down",
	}
	return texts[l.rng.IntN(len(texts))]
}

// next brings one random event, possible or not, and checks the state that it leaves.
func (l *life) next() {
	step := time.Duration(l.rng.ExpFloat64() * float64(6*time.Hour))
	switch l.rng.IntN(12) {
	case 0:
		step *= 40 // weeks of silence
	case 1:
		step = -time.Hour // the clock goes back
	case 2, 3:
		step = 0 // much happens at once
	}
	l.now = l.now.Add(step)
	by, body := l.event()
	e := l.story.event(l.now, by, body)
	before := l.story.c
	entry, err := l.story.try(l.now, e)
	if err == nil && entry.Seq > 0 {
		l.check(before, entry)
	}
}

func (l *life) event() (string, event.Body) {
	members := []string{"ana", "ben", "cleo", "cleo", "nobody"}
	by := members[l.rng.IntN(len(members))]
	c := l.story.c
	if l.rng.IntN(2) == 0 { // half of the time what usually comes next comes next
		if by, body := l.usual(); body != nil {
			return by, body
		}
	}
	switch l.rng.IntN(23) {
	case 0, 1, 2:
		l.posts++
		m := post(strconv.Itoa(l.posts), l.text(), l.now)
		if l.rng.IntN(2) == 0 {
			m = private(m)
		}
		if l.rng.IntN(8) == 0 {
			m.PostedAt = l.now.Add(time.Duration(l.rng.IntN(200)-100) * time.Hour)
		}
		return event.Customer, event.Received{Mention: m, Backfill: l.rng.IntN(12) == 0}
	case 3:
		m := post(strconv.Itoa(l.rng.IntN(l.posts+1)), l.text(), l.now)
		m.Revision = 1 + l.rng.IntN(3)
		return event.Channel, event.Edited{Mention: m}
	case 4:
		return event.Channel, event.Removed{Ref: mention.Ref{Channel: "chirp", ID: strconv.Itoa(l.rng.IntN(l.posts + 1))}}
	case 5:
		ref := mention.Ref{Channel: "chirp", ID: fmt.Sprint("e", l.rng.IntN(9))}
		b := event.AnsweredElsewhere{Ref: ref, Automatic: l.rng.IntN(3) == 0}
		if l.rng.IntN(2) == 0 {
			b.Answers = mention.Ref{Channel: "chirp", ID: strconv.Itoa(l.rng.IntN(l.posts + 1))}
		}
		return event.Channel, b
	case 6, 7, 8:
		d := event.Drafted{Text: fmt.Sprint("We are sorry about this, case ", l.rng.IntN(99))}
		switch l.rng.IntN(5) {
		case 4:
			d.Line = true
		case 0:
			d.Asks = []string{"order"}
		case 1:
			d.Proposes = true
		case 2:
			d.Settles = true
		}
		return by, d
	case 9, 10, 11:
		if c.Draft != nil {
			return by, event.Approved{Draft: c.Draft.ID}
		}
		return by, event.Taken{}
	case 12:
		said := []event.Meaning{
			event.Thanks, event.Over, event.Accepts, event.Accepts, event.Declines, event.GivesDetails, event.StillBroken,
			event.Ends, event.RefusesDetails, event.ThreatensLaw,
		}
		return by, event.Meant{Said: said[l.rng.IntN(len(said))], Missing: [][]string{nil, {"order"}}[l.rng.IntN(2)]}
	case 13:
		return by, event.Spoken{Summary: "called", Said: []event.Meaning{"", "", event.Accepts, event.Over}[l.rng.IntN(4)]}
	case 14:
		return by, event.Waived{Code: "spam"}
	case 15:
		return by, event.Judged{Legitimacy: []string{"genuine", "fake", "perhaps"}[l.rng.IntN(3)]}
	case 16:
		return by, event.Fulfilled{}
	case 17, 18, 19, 20:
		return l.matter(by)
	}
	if len(c.Awaited) > 0 && l.rng.IntN(3) > 0 {
		a := c.Awaited[l.rng.IntN(len(c.Awaited))]
		if body := l.learned(a); body != nil {
			return event.Host, body
		}
		key := a.Key
		switch l.rng.IntN(4) {
		case 0:
			return event.Channel, event.Undelivered{Key: key, Reason: event.Failed}
		case 1:
			return event.Channel, event.Uncertain{Key: key}
		}
		ref := mention.Ref{Channel: "chirp", ID: "d" + key}
		if l.rng.IntN(9) == 0 {
			ref.ID = "0" // a channel that names what was answered
		}
		return event.Channel, event.Delivered{Key: key, Ref: ref}
	}
	return event.Clock, event.Elapsed{Due: c.Due()}
}

// matter is what happens to a matter as a whole: it goes up, is held, is let go, or is asked about.
func (l *life) matter(by string) (string, event.Body) {
	c := l.story.c
	told := event.Told{Version: l.rng.IntN(3), Text: "Check-in is down. The next news come here at 12:00 CEST."}
	hold := fmt.Sprint("i", l.rng.IntN(2))
	bodies := []event.Body{
		event.Escalated{Why: "beyond me"}, event.Deescalated{}, event.FulfilFailed{}, event.HeldByCounsel{Matter: "m"},
		event.ReleasedByCounsel{}, event.ChannelLost{}, event.ChannelLost{Other: "mail"}, event.Rebased{},
		event.Surveyed{Scale: event.NPS, Score: l.rng.IntN(12)}, event.JoinedIncident{Incident: hold, Told: told},
		event.IncidentOver{Incident: hold, From: l.now.Add(time.Duration(l.rng.IntN(5)) * time.Hour)},
		event.IncidentOver{Incident: hold}, event.Filed{Duty: "notice", Reference: "A-1"}, event.Filed{Duty: "none"},
	}
	for _, a := range c.Awaited {
		if a.Kind == "tell" {
			bodies = append(bodies, event.Deferred{Key: a.Key, Until: l.now.Add(time.Duration(l.rng.IntN(3)) * time.Hour)})
		}
	}
	return by, bodies[l.rng.IntN(len(bodies))]
}

// usual is the next thing in an ordinary life: a draft is approved, an answer goes out, and then there is silence.
func (l *life) usual() (string, event.Body) {
	c := l.story.c
	for _, a := range c.Awaited {
		if a.Kind == "send" && a.Withdrawn == "" {
			return event.Channel, event.Delivered{Key: a.Key, Ref: mention.Ref{Channel: "chirp", ID: "d" + a.Key}}
		}
	}
	if c.Draft != nil && c.Draft.By == "cleo" && c.Draft.Stale == "" {
		return "cleo", event.Approved{Draft: c.Draft.ID}
	}
	if due := c.Due(); !due.IsZero() && !c.Stage.OurTurn() {
		l.now = due
		return event.Clock, event.Elapsed{Due: due}
	}
	return "", nil
}
