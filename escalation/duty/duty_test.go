package duty_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/mention/spec"
)

func directory() *escalation.Directory {
	phone := func(n string) []escalation.Contact { return []escalation.Contact{{Kind: "phone", Address: n}} }
	d, err := escalation.Hierarchy{
		Members: []escalation.Member{
			{ID: "legal", Name: "Counsel", Contacts: phone("+00 1")}, {ID: "ana", Name: "Ana", Contacts: phone("+00 2")}},
		Teams: []escalation.Team{{ID: "safety", Members: []string{"ana"}}},
		Ladders: []escalation.Ladder{{ID: "main", Fallback: "ana", Levels: []escalation.Level{
			{To: []string{"owner"}, Wait: spec.Of(5 * time.Minute)}}}},
		Plans: []escalation.Plan{{ID: "rest", Owner: "ana", Ladder: "main"},
			{ID: "life", Categories: []string{"life"}, Owner: "ana", Ladder: "main"}},
	}.Compile(escalation.Options{})
	if err != nil {
		panic(err)
	}
	return d
}

func at(t testing.TB, s string) time.Time {
	t.Helper()
	x, err := time.Parse("2006-01-02T15:04Z", s)
	require.NoError(t, err)
	return x
}

func book(t testing.TB, duties ...duty.Duty) *duty.Book {
	t.Helper()
	b, err := duty.Policy{Duties: duties}.Compile(directory())
	require.NoError(t, err)
	return b
}

var regulator = duty.Duty{Name: "report", Trigger: duty.Trigger{Categories: []string{"injury"}}, Days: 15,
	Zone: "America/New_York", Owner: "legal", Evidence: []string{"the post"}, Warn: []int{80, 50}}

func TestStart(t *testing.T) {
	hours := regulator
	hours.Days, hours.Within = 0, spec.Of(72*time.Hour)
	for _, row := range []struct {
		reason string
		duty   duty.Duty
		aware  string
		want   string
	}{
		{"15 days from 2026-10-20 10:00 New York, across the end of summer time, are days on the wall", regulator,
			"2026-10-20T14:00Z", "2026-11-04T15:00Z"},
		{"72 hours are hours, across the same", hours, "2026-10-31T14:00Z", "2026-11-03T14:00Z"},
	} {
		owed := book(t, row.duty).Start(duty.Facts{Category: "injury"}, at(t, row.aware), "ana")
		require.Len(t, owed, 1, row.reason)
		assert.Equal(t, at(t, row.want), owed[0].Due, row.reason)
		assert.Equal(t, "ana", owed[0].By)
		assert.Equal(t, []string{"the post"}, owed[0].Evidence)
	}
}

func TestTrigger(t *testing.T) {
	with := func(tr duty.Trigger) duty.Duty {
		x := regulator
		x.Trigger = tr
		return x
	}
	for _, row := range []struct {
		reason  string
		trigger duty.Trigger
		facts   duty.Facts
		want    bool
	}{
		{"the category", duty.Trigger{Categories: []string{"a", "b"}}, duty.Facts{Category: "b"}, true},
		{"another category", duty.Trigger{Categories: []string{"a"}}, duty.Facts{Category: "b"}, false},
		{"a tag among others", duty.Trigger{Tags: []string{"x"}}, duty.Facts{Tags: []string{"w", "x"}}, true},
		{"no tag", duty.Trigger{Tags: []string{"x"}}, duty.Facts{}, false},
		{"category and country", duty.Trigger{Categories: []string{"a"}, Countries: []string{"US"}},
			duty.Facts{Category: "a", Country: "us"}, true},
		{"another country", duty.Trigger{Categories: []string{"a"}, Countries: []string{"US"}},
			duty.Facts{Category: "a", Country: "DE"}, false},
		{"a country that nobody knows may be that one", duty.Trigger{Categories: []string{"a"}, Countries: []string{"US"}},
			duty.Facts{Category: "a"}, true},
	} {
		assert.Len(t, book(t, with(row.trigger)).Start(row.facts, at(t, "2026-06-16T08:00Z"), ""), map[bool]int{true: 1}[row.want],
			row.reason)
	}
}

func TestAwareness(t *testing.T) {
	b := book(t, regulator)
	owed := b.Start(duty.Facts{Category: "injury"}, at(t, "2026-06-16T08:00Z"), "ana")[0]
	assert.Equal(t, owed, b.Saw(owed, at(t, "2026-06-16T09:00Z"), "ben"), "later changes nothing")
	earlier := b.Saw(owed, at(t, "2026-06-14T08:00Z"), "an agency")
	assert.Equal(t, at(t, "2026-06-29T08:00Z"), earlier.Due, "it starts when anyone on our side first saw the post")
	assert.Equal(t, "an agency", earlier.By)
	assert.Equal(t, at(t, "2026-07-01T08:00Z"), owed.Due, "the argument is not altered")

	gone := book(t).Saw(owed, at(t, "2026-06-14T08:00Z"), "an agency")
	assert.Equal(t, at(t, "2026-06-29T08:00Z"), gone.Due, "a duty that is no longer in the policy moves as far as its start")

	warned, _ := owed.Elapse(owed.Next())
	assert.Equal(t, []int{80}, b.Saw(warned, at(t, "2026-06-14T08:00Z"), "ben").Warn, "a warning that was given is not given again")
}

func TestElapse(t *testing.T) {
	owed := book(t, regulator).Start(duty.Facts{Category: "injury"}, at(t, "2026-06-16T08:00Z"), "ana")[0]
	assert.Equal(t, at(t, "2026-06-23T20:00Z"), owed.Next(), "half of fifteen days")
	early, none := owed.Elapse(owed.Next().Add(-time.Millisecond))
	assert.Equal(t, owed, early)
	assert.Empty(t, none)

	half, reached := owed.Elapse(owed.Next())
	assert.Equal(t, []int{50}, reached)
	again, reached := half.Elapse(owed.Next())
	assert.Empty(t, reached, "twice")
	assert.Equal(t, half, again)
	back, reached := half.Elapse(owed.Aware)
	assert.Empty(t, reached, "the clock went back")
	assert.Equal(t, half, back)

	late, reached := half.Elapse(owed.Due.Add(48 * time.Hour))
	assert.Equal(t, []int{80, 100}, reached, "a host that was down hears of both")
	assert.True(t, late.Breached)
	assert.Equal(t, owed.Due, late.Due, "a breach stays at its due instant")
	assert.Zero(t, late.Next())
}

func TestFile(t *testing.T) {
	owed := book(t, regulator).Start(duty.Facts{Category: "injury"}, at(t, "2026-06-16T08:00Z"), "ana")[0]
	for _, x := range []struct{ reference, by string }{{"", "legal"}, {" ", "legal"}, {"A-1", ""}} {
		same, err := owed.File(x.reference, x.by, owed.Due)
		assert.ErrorIs(t, err, duty.ErrNoReference)
		assert.Equal(t, owed, same)
	}
	filed, err := owed.File("A-1", "legal", owed.Due)
	require.NoError(t, err)
	assert.False(t, filed.Filed.Late || filed.Breached, "at its due instant it is in time")
	assert.Nil(t, owed.Filed, "the argument is not altered")
	assert.Zero(t, filed.Next())
	_, err = filed.File("A-2", "legal", owed.Due)
	assert.ErrorIs(t, err, duty.ErrFiled)

	missed, _ := owed.Elapse(owed.Due)
	filed, err = missed.File("A-1", "legal", owed.Due.Add(time.Hour))
	require.NoError(t, err)
	assert.True(t, filed.Filed.Late && filed.Breached, "filing late does not undo the breach")
}

func TestCompile(t *testing.T) {
	_, err := duty.Policy{Duties: []duty.Duty{
		{Name: "a", Owner: "nobody", Days: 1, Within: spec.Of(time.Hour), Zone: "Mars/Phobos", Warn: []int{0, 5, 5}},
		{Name: "a", Owner: "safety", Days: -1, Trigger: duty.Trigger{Countries: []string{"us"}}},
		{Owner: "legal", Trigger: duty.Trigger{Tags: []string{"x"}}},
	}}.Compile(directory())
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.String())
	}
	assert.Equal(t, []string{
		"duties[0]: it gives days and a duration: write one of them",
		"duties[0].trigger: it does not say for what: name categories, tags or countries",
		`duties[0].owner: there is no member or team "nobody"`,
		"duties[0].warn[0]: 0 is not a percentage from 1 to 99, or is there twice",
		"duties[0].warn[2]: 5 is not a percentage from 1 to 99, or is there twice",
		`duties[0].zone: zone "Mars/Phobos" is not known: use an IANA name such as Europe/Madrid`,
		`duties[1].name: "a" is the name of another`,
		"duties[1].days: -1 is not between 1 and 36600",
		`duties[1].trigger.countries[0]: "us" is not a country: two capital letters, like DE`,
		"duties[2].name: there is no name",
		"duties[2].within: 0s is no time to report in",
	}, lines)
}

func TestExamplePolicy(t *testing.T) {
	p, err := duty.Example()
	require.NoError(t, err)
	_, err = p.Compile(directory())
	require.NoError(t, err, "it compiles as it is shipped")
	assert.Contains(t, p.Notice, "no legal advice")
	for _, x := range p.Duties {
		assert.NotEmpty(t, x.Source, x.Name)
		assert.NotEmpty(t, x.Evidence, x.Name)
	}
	out, err := json.Marshal(p)
	require.NoError(t, err)
	var again duty.Policy
	require.NoError(t, spec.Decode(out, &again))
	assert.Equal(t, p, again)
}

// TestLaws steps duties at random: stored and read back after every step, each is breached at most once, warned of each
// percentage at most once, and has a Next until it is filed or missed.
func TestLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var filed, missed int
	for n := range 500 {
		x := regulator
		if r.IntN(2) == 0 {
			x.Days, x.Within = 0, spec.Of(time.Duration(1+r.IntN(100))*time.Hour)
		}
		b := book(t, x)
		now := at(t, "2026-03-01T00:00Z").Add(time.Duration(r.IntN(300*24*60)) * time.Minute)
		o := b.Start(duty.Facts{Category: "injury"}, now, "ana")[0]
		given := map[int]int{}
		for range 12 {
			now = now.Add(time.Duration(r.IntN(100)-20) * time.Hour)
			before, err := json.Marshal(o)
			require.NoError(t, err)
			var stored duty.Owed
			require.NoError(t, json.Unmarshal(before, &stored))
			switch r.IntN(8) {
			case 0:
				o, stored = b.Saw(o, now, "ben"), b.Saw(stored, now, "ben")
			case 1:
				was := o.Filed
				o, err = o.File(fmt.Sprint(n), "legal", now)
				stored, _ = stored.File(fmt.Sprint(n), "legal", now)
				require.Equal(t, was != nil, err != nil)
			default:
				var reached []int
				o, reached = o.Elapse(now)
				stored, _ = stored.Elapse(now)
				for _, p := range reached {
					given[p]++
					require.Equal(t, 1, given[p], "%d%% once", p)
				}
			}
			require.Equal(t, o.Next().IsZero(), o.Filed != nil || o.Breached)
			a, _ := json.Marshal(o)
			z, _ := json.Marshal(stored)
			require.Equal(t, string(a), string(z), "as stored")
		}
		if o.Filed != nil {
			filed++
		}
		if o.Breached {
			missed++
		}
	}
	assert.True(t, filed > 50 && missed > 50, "%d filed, %d missed", filed, missed)
}

// Somebody posts that data of customers lies open. The clock has run since the night shift saw it.
func Example() {
	policy, err := duty.Example()
	if err != nil {
		fmt.Println(err)
		return
	}
	book, err := policy.Compile(directory())
	if err != nil {
		fmt.Println(err) // every problem, each with its path
		return
	}
	seen := time.Date(2026, 6, 16, 8, 0, 0, 0, time.UTC)
	owed := book.Start(duty.Facts{Category: "data_leak", Country: "DE"}, seen, "ana")[0]
	owed = book.Saw(owed, seen.Add(-6*time.Hour), "the night shift")
	fmt.Println(owed.Because)
	fmt.Println("due", owed.Due.Format("2006-01-02 15:04"), "by", owed.Owner)
	owed, reached := owed.Elapse(owed.Next())
	fmt.Println(reached, "% of the time have passed")
	owed, err = owed.File("LfD-2026-0815", "legal", seen.Add(20*time.Hour))
	fmt.Println("filed:", owed.Filed.Reference, err)
	// Output:
	// personal data breach to the authority within 72 hours of awareness, day and night; Regulation (EU) 2016/679 (GDPR), Article 33(1)
	// due 2026-06-19 02:00 by legal
	// [33] % of the time have passed
	// filed: LfD-2026-0815 <nil>
}
