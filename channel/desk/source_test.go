package desk_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage"
)

// aboutSource are the pages about a source, as who was told of what.
func (p *pager) aboutSource() (out []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.told {
		if t.Subject != desk.KindSource {
			continue
		}
		what := t.Member + ": " + t.Category
		if t.Relief {
			what = t.Member + " need do nothing"
		}
		out = append(out, what)
	}
	return out
}

// usual lets nine days go by in which somebody writes every four hours.
func (h *house) usual() {
	for range 54 {
		h.world.Post(said("jo", "the weather"))
		h.after(4 * time.Hour)
	}
}

func TestASilentSourceIsTold(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.usual()
	h.after(6 * time.Hour)
	h.after(6 * time.Hour)
	require.Empty(t, h.pager.aboutSource(), "three times as long as usual is not over yet")
	h.open() // what is usual outlives the process
	h.after(30 * time.Minute)
	require.Equal(t, []string{"ana: source silent"}, h.pager.aboutSource())
	health, err := h.desk.Health(t.Context())
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"memory": "source silent"}, health.Troubles)
	h.after(11 * time.Minute)
	require.Equal(t, []string{"ana: source silent", "ben: source silent"}, h.pager.aboutSource(), "nobody took it: up the ladder")
	require.ErrorContains(t, h.do("0", "nobody", "memory", event.Taken{}), "no member")
	require.NoError(t, h.do("1", "ben", "memory", event.Taken{}))
	h.tick()
	told := len(h.pager.aboutSource())
	h.after(time.Hour)
	require.Len(t, h.pager.aboutSource(), told, "who has it is left alone")
	h.world.Post(said("jo", "the weather"))
	h.after(time.Minute)
	assert.Contains(t, h.pager.aboutSource(), "ana need do nothing")
	health, err = h.desk.Health(t.Context())
	require.NoError(t, err)
	assert.Empty(t, health.Troubles)
	h.replays()
}

func TestAPageAboutASourceThatDoesNotArriveGoesOn(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.pager.refuses = "ana"
	h.usual()
	h.after(13 * time.Hour)
	assert.Equal(t, []string{"ana: source silent", "ben: source silent"}, h.pager.aboutSource())
}

func TestAnExpiredLoginAndAGapAreTold(t *testing.T) {
	for _, row := range []struct {
		reason string
		fault  memory.Trouble
		told   string
		over   bool // it is over by itself when the source is heard again
	}{
		{"the platform wants a login", memory.LoggedOut, "ana: login expired", true},
		{"something between two pages is lost", memory.Gap, "ana: something is lost", false},
	} {
		h := newHouse(t, &memory.Channel{Faults: []memory.Fault{{Op: "fetch", Call: 2, What: row.fault}}})
		h.tick()
		h.after(time.Minute)
		require.Equal(t, []string{row.told}, h.pager.aboutSource(), row.reason)
		h.after(time.Minute)
		if row.over {
			assert.Contains(t, h.pager.aboutSource(), "ana need do nothing", row.reason)
			continue
		}
		require.NoError(t, h.do("1", "ana", "memory", event.Taken{}), row.reason)
		h.after(time.Hour)
		assert.Equal(t, []string{row.told}, h.pager.aboutSource(), row.reason)
	}
}

func TestTheBeatStopsWhenTheDeskIsNotWell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		world := &memory.Channel{Now: time.Now}
		gate, err := channel.New(world, channel.Options{})
		require.NoError(t, err)
		h := &house{t: t, world: world, rules: rules(t), pager: &pager{}}
		store := &failing{}
		h.store = store
		beats := 0
		o := h.options(gate)
		o.Beat = func(_ context.Context, health desk.Health) error {
			assert.True(t, health.OK)
			beats++
			return errors.New("the watch is away")
		}
		h.desk, err = desk.New(o)
		require.NoError(t, err)
		ended := make(chan error, 1)
		go func() { ended <- h.desk.Run(t.Context()) }()
		h.sleep(10*time.Minute + time.Second)
		assert.InDelta(t, 11, beats, 1, "one a minute, whether it arrives or not")
		store.down.Store(true)
		before := beats
		h.sleep(10 * time.Minute)
		assert.Equal(t, before, beats, "a store that fails is silence, and silence is the alarm")
		store.down.Store(false)
		h.sleep(3 * time.Minute)
		assert.Greater(t, beats, before)
		require.NoError(t, h.desk.Drain(t.Context()))
		require.NoError(t, <-ended)
	})
}

func TestNewSaysAllProblemsAtOnce(t *testing.T) {
	gate, err := channel.New(&memory.Channel{}, channel.Options{})
	require.NoError(t, err)
	s := specs()
	s.Policy.Signals = append(s.Policy.Signals, source("tone"))
	s.Inquiry.Lookup = []string{"order"}
	s.Hierarchy.Members[0].Authority = append(s.Hierarchy.Members[0].Authority, escalation.Authority{Act: "grant"})
	asking := compile(t, s)
	o := (&house{rules: asking}).options(gate)
	o.Channels = map[string]*channel.Channel{"chirp": gate}
	_, err = desk.New(o)
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	var paths []string
	for _, p := range problems {
		paths = append(paths, p.Path)
	}
	assert.Equal(t, []string{"Store", "Notifier", "Channels[chirp]", "Observer", "Customers", "Granter"}, paths)
}

// loud is a world in which nobody can be spoken to in private.
type loud struct{ *memory.Channel }

func (l loud) Describe() channel.Description {
	d := l.Channel.Describe()
	d.Venue.Visibilities = []mention.Visibility{mention.Public}
	return d
}

func TestSurveysNeedAChannelThatSpeaksInPrivate(t *testing.T) {
	s := specs()
	s.Playbook.Unasked = map[string]playbook.Play{"send_survey": {
		ID: "ask", Mode: playbook.Private, Texts: map[string][]string{"en": {"How satisfied are you with our answer, from 1 to 5?"}},
	}}
	asking := compile(t, s)
	for _, row := range []struct {
		reason string
		world  channel.Connector
		rules  *respond.Rules
		fails  bool
	}{
		{"it can ask him in private", &memory.Channel{}, asking, false},
		{"everybody would hear the question", loud{&memory.Channel{}}, asking, true},
		{"nobody is asked", loud{&memory.Channel{}}, rules(t), false},
		{"it cannot speak at all", &memory.Channel{Lacks: []string{"send"}}, asking, true},
	} {
		gate, err := channel.New(row.world, channel.Options{})
		require.NoError(t, err)
		o := (&house{rules: row.rules, store: &memstore.Store{}, pager: &pager{}}).options(gate)
		_, err = desk.New(o)
		if !row.fails {
			assert.NoError(t, err, row.reason)
			continue
		}
		assert.ErrorContains(t, err, "Channels: none of them speaks in private", row.reason)
	}
}

func TestOtherRulesWhileRunning(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	h.world.Post(said("eva", "Fjordwing and the weather"))
	h.tick()
	queue, err := h.desk.Queue(t.Context(), "")
	require.NoError(t, err)
	require.Empty(t, queue, "the weather is recorded")
	s := specs()
	s.Policy.Rules[1].Then = triage.Then{Category: "complaint", Handling: triage.Open} // the weather is answered from now on
	require.NoError(t, h.desk.Use("", compile(t, s)))
	h.world.Post(said("max", "Fjordwing and the weather"))
	h.tick()
	assert.Equal(t, "max", h.only().Author.Handle)
	s.Policy.Signals = append(s.Policy.Signals, source("tone"))
	require.ErrorContains(t, h.desk.Use("", compile(t, s)), "Observer", "rules that nobody can answer are refused, and change nothing")
	require.NoError(t, h.desk.Use("", nil))
	h.world.Post(said("jo", "Fjordwing and the weather"))
	h.tick()
	assert.Equal(t, "max", h.only().Author.Handle)
}
