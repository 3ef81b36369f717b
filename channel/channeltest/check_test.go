package channeltest_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel/channeltest"
	"github.com/reputekit/reputation/mention"
)

func honest(*platform) {}

// check is what the rules find, in a bubble where waiting costs nothing.
func check(t *testing.T, h channeltest.Harness) (out []channeltest.Result) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		released = make(chan struct{})
		out = channeltest.Check(t.Context(), h)
		close(released)
		time.Sleep(48 * time.Hour) // of the bubble: whatever a bug left running ends
	})
	return out
}

func TestAnHonestConnectorPassesAll(t *testing.T) {
	results := check(t, harness(honest))
	assert.Greater(t, len(results), 45)
	names := map[string]bool{}
	for _, r := range results {
		assert.NoError(t, r.Err, r.Name)
		assert.Empty(t, r.Skipped, r.Name)
		assert.False(t, names[r.Name], "%s is there twice", r.Name)
		names[r.Name] = true
		assert.True(t, strings.HasSuffix(r.Proves, "."), "%s proves a sentence", r.Name)
		assert.Equal(t, r.Name+": holds", r.String())
	}
}

func TestEveryPlantedBugIsCaught(t *testing.T) {
	bugs := slices.Concat(bugsOfSources, bugsOfItems, bugsOfSenders, bugsOfTheRest, bugsOfReceivers)
	caught := map[string]bool{}
	for _, b := range bugs {
		h := harness(b.plant)
		if b.rule != "no-secret-told" { // which looks at what all others were told
			h.Only = []string{b.rule}
		}
		results := check(t, h)
		i := slices.IndexFunc(results, func(r channeltest.Result) bool { return r.Name == b.rule })
		require.GreaterOrEqual(t, i, 0, "there is no rule %s", b.rule)
		require.Error(t, results[i].Err, "%s does not see the bug: %s", b.rule, b.name)
		assert.Contains(t, results[i].String(), results[i].Proves, "the sentence that does not hold is printed")
		caught[b.rule] = true
	}
	t.Logf("%d bugs, each caught by the rule that it breaks; %d rules caught one", len(bugs), len(caught))
	for _, r := range check(t, harness(honest)) {
		if r.Name != "too-late" { // which a channel.Channel keeps for every connector
			assert.True(t, caught[r.Name], "a rule that catches nothing proves nothing: %s", r.Name)
		}
	}
}

func TestWhatIsMissing(t *testing.T) {
	byName := func(results []channeltest.Result, name string) channeltest.Result {
		i := slices.IndexFunc(results, func(r channeltest.Result) bool { return r.Name == name })
		require.GreaterOrEqual(t, i, 0, name)
		return results[i]
	}
	h := harness(honest)
	h.Edit, h.Lose, h.Ban = nil, nil, nil
	h.Lacks = []string{"Lose", "Edit"}
	results := check(t, h)
	assert.EqualError(t, byName(results, "edit-is-a-revision").Err, "the hook Harness.Edit is missing",
		"declared, and no hook: a failure, whatever the harness says that it lacks")
	assert.EqualError(t, byName(results, "banned").Err, "the hook Harness.Ban is missing")
	assert.Equal(t, "gap: skipped: the platform has no Lose", byName(results, "gap").String())

	h = harness(func(p *platform) {
		p.describe = changed(p.describe, mute)
	})
	r := byName(check(t, h), "reply-arrives")
	assert.Equal(t, "the connector does not declare Sends", r.Skipped, "an ability that is absent is a visible skip")
	assert.NoError(t, r.Err)

	results = channeltest.Check(t.Context(), channeltest.Harness{})
	require.Len(t, results, 1)
	assert.Error(t, results[0].Err)
}

func TestACheckEnds(t *testing.T) {
	n := 0
	for _, r := range check(t, harness(func(p *platform) { p.send = hang })) {
		if r.Name == "reply-arrives" {
			require.ErrorContains(t, r.Err, "did not end within 5s")
		}
		n++
	}
	assert.Len(t, check(t, harness(honest)), n, "what hangs keeps no rule from being tried")

	h := harness(honest)
	h.Edit = func(mention.Ref, string) { <-released }
	var after int
	for _, r := range check(t, h) {
		if strings.Contains(r.Skipped, "has not ended") {
			after++
		}
	}
	assert.Positive(t, after, "but for a world that hangs: the next would be tried while it is still at work")
}
