package respondtest_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/respondtest"
)

const complaint = `at 0 received from=dana text="@Fjordwing you cancelled my flight"` + "\n"

func TestABrokenScriptGivesAllItsProblems(t *testing.T) {
	_, err := respondtest.Play(house(t), strings.Join([]string{
		`# a story`,
		`at 0 received from=dana text="unclosed`,
		`in 4h approved by=ana`,
		`at noon approved by=ana`,
		`at +1h aproved by=ana`,
		`at +1h drafted by=ana txt=Sorry`,
		`at +1h drafted by=ana proposes=perhaps`,
		`at +1h edited stars=many`,
		`at`,
		`at +1h stated every=often`,
		`at +1h approved by=ana`,
	}, "\n"))
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.Path)
	}
	assert.Equal(t, []string{"line 2", "line 3", "line 9"}, lines, "what cannot be read is told first")

	_, err = respondtest.Play(house(t), strings.Join([]string{
		`at noon approved by=ana`,
		`at +1h aproved by=ana`,
		`at +1h drafted by=ana txt=Sorry`,
		`at +1h drafted by=ana proposes=perhaps`,
		`at +1h edited stars=many`,
		`at +1h stated every=often`,
	}, "\n"))
	require.ErrorAs(t, err, &problems)
	for i, want := range []string{
		`"noon" is no instant`, `"aproved" is no event: there are answered_elsewhere, approved`, "no txt here, but answers, asks",
		"perhaps", "many", "often",
	} {
		require.Greater(t, len(problems), i, "all problems come at once")
		assert.Contains(t, problems[i].String(), want)
	}
}

func TestAFailureTeaches(t *testing.T) {
	for _, row := range []struct {
		reason, story string
		line          int
		says          []string
	}{
		{"a refusal that nobody wanted says why", complaint + `at +1h approved by=ben`, 2,
			[]string{"ana", "write ! before approved"}},
		{"what was to be refused and was not", complaint + `at +1h ! approved by=ana`, 2, []string{"was to be refused"}},
		{"a want says what is, and what is wanted", complaint + `want stage=asking due=12:00`, 2,
			[]string{"stage of dana is none, and asking is wanted", "due of dana is Tue 16 Jun 11:00", "because first_reply is due"}},
		{"an outcome of nothing", complaint + `at +1h delivered send`, 2, []string{"nobody asked for send", "tell#1", "approve#1"}},
		{"a name that nobody has", complaint + `at +1h taken by=ana on=danna`, 2, []string{`called "danna"`, "dana"}},
		{"no incident", complaint + `at +1h declared by=cleo`, 2, []string{"no incident"}},
		{"nothing happened yet", `at 0 taken by=ana`, 1, []string{"begins with received"}},
		{"nobody wrote", `at 0 received text="is down"`, 1, []string{"from=dana"}},
		{"an edit of nothing", complaint + `at +1h edited id=x text="no"`, 2, []string{`no message "x"`, "dana-1"}},
	} {
		_, err := respondtest.Play(house(t), row.story)
		var step *respondtest.StepError
		require.ErrorAs(t, err, &step, row.reason)
		assert.Equal(t, row.line, step.Line, row.reason)
		assert.Empty(t, step.Law, row.reason)
		for _, want := range row.says {
			assert.Contains(t, err.Error(), want, row.reason)
		}
	}
}

func TestAnotherTrail(t *testing.T) {
	told, err := respondtest.Play(house(t), complaint)
	require.NoError(t, err)
	story := complaint + "\n-- trail --\n"
	_, err = respondtest.Play(house(t), story+told.Trail)
	require.NoError(t, err, "the trail that is wanted")

	var other *respondtest.TrailError
	_, err = respondtest.Play(house(t), story+strings.Replace(told.Trail, "11:00", "12:00", 1))
	require.ErrorAs(t, err, &other)
	assert.Equal(t, 1, other.Line)
	assert.Contains(t, other.Wanted, "12:00")
	assert.Contains(t, other.Got, "11:00")
	assert.Contains(t, err.Error(), "because  first_reply is due", "the reasons of the entry stand beside it")

	_, err = respondtest.Play(house(t), story+told.Trail+"Wed 17 Jun 10:00  dana  elapsed\n")
	require.ErrorAs(t, err, &other)
	assert.Zero(t, other.Line)
	assert.Contains(t, other.Wanted, "Wed 17 Jun")
}

// Whatever is written, it costs an error or gives a story, and the same one twice.
func FuzzPlay(f *testing.F) {
	rules := house(f)
	f.Add(complaint + "at +4m drafted by=ana text=Sorry.\nat +1m approved by=ana\nwant stage=asking\n")
	f.Add(complaint + "world tell fails\nclock stopped\nat +3d elapsed\nat -90s ? waived spam by=ana\n")
	f.Add("start 2026-03-28 22:00 Europe/Berlin\ncustomer dana name=\"D\" followers=1\n" + complaint + "at due elapsed\n")
	f.Add("at 0 received from=a text=\"is down 503\"\nat +1m declared by=cleo\nat +1m stated by=ana text=\"x\" every=1h\n")
	f.Add("at 0 received mention={} given.a.b=c history=[] from=x posted=-1d stars=3/4 in=stars id=9 re=8\nat +1h edited\nat 0 removed\n")
	f.Fuzz(func(t *testing.T, story string) {
		if len(story) > 2000 || strings.Contains(story, "\x00") {
			return
		}
		one, err := respondtest.Play(rules, story)
		two, again := respondtest.Play(rules, story)
		require.Equal(t, one.Trail, two.Trail)
		require.Equal(t, err == nil, again == nil)
		var step *respondtest.StepError
		if errors.As(err, &step) {
			require.Empty(t, step.Law, "%s", err)
		}
	})
}

func TestKindsAreKnown(t *testing.T) {
	for _, kind := range event.Kinds() {
		_, err := respondtest.Play(house(t), complaint+"at +1h ? "+kind)
		var problems spec.Problems
		assert.False(t, errors.As(err, &problems), "%s cannot be written: %v", kind, err)
	}
}
