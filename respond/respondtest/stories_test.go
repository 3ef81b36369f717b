package respondtest_test

import (
	"flag"
	"os"
	"sync"
	"testing"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/respondtest"
)

var _ = flag.Bool("update", false, "write the trails of the stories anew")

// specs are what the house of all stories has written.
func specs() (s respond.Specs, err error) {
	data, err := os.ReadFile("testdata/house.json")
	if err == nil {
		err = spec.Decode(data, &s)
	}
	return s, err
}

// compiled are the rules of all stories: they never change, and compiling takes longer than most stories.
var compiled = sync.OnceValues(func() (*respond.Rules, error) {
	s, err := specs()
	if err != nil {
		return nil, err
	}
	return respond.NewRules(s, respond.Options{})
})

func house(t testing.TB) *respond.Rules {
	t.Helper()
	rules, err := compiled()
	require.NoError(t, err)
	return rules
}

// changed are the rules of the house after a change.
func changed(t testing.TB, change func(*respond.Specs)) *respond.Rules {
	t.Helper()
	s, err := specs()
	require.NoError(t, err)
	change(&s)
	rules, err := respond.NewRules(s, respond.Options{})
	require.NoError(t, err)
	return rules
}

// The stories of this field. What must be true in each, and why, stands at its head.
func TestStories(t *testing.T) { respondtest.Run(t, house(t), "testdata/*.txt") }

// byItself lets a machine write whatever nobody asked for: each play says so.
func byItself(s *respond.Specs) {
	for name, play := range s.Playbook.Unasked {
		play.Unattended = name != playbook.TakenUp
		s.Playbook.Unasked[name] = play
	}
	for i := range s.Playbook.Plays {
		p := &s.Playbook.Plays[i]
		p.RemindsAlone = len(p.Reminder) > 0
	}
}

// What nobody asked for goes out without a person where the plays say so, and never to whom it must not.
func TestStoriesOfAMachine(t *testing.T) {
	respondtest.Run(t, changed(t, byItself), "testdata/alone/*.txt")
}
