package insight_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/insight"
)

func madrid(t testing.TB) *time.Location {
	zone, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	return zone
}

func minutes(n int) int64 { return int64(n) * 60_000 }

func TestFiguresByHand(t *testing.T) {
	rules := house(t, alone)
	for _, row := range []struct {
		reason string
		s      *story
		check  func(insight.Figures)
	}{
		{"over by his word: resolved, one answer in time and one late", resolved(t, rules), func(f insight.Figures) {
			assert.Equal(t, map[string]int{"resolved": 1}, f.Ends)
			assert.Equal(t, insight.Kept{InTime: 1, Late: 1}, f.Replies)
			assert.Equal(t, map[string]int{"next_reply": 1}, f.Breaches)
			ms, ok := f.FirstReply.Percentile(50)
			assert.True(t, ok)
			assert.Equal(t, minutes(10), ms)
			assert.Equal(t, minutes(200), f.FirstResolution.Most)
			assert.Equal(t, minutes(200), f.LastResolution.Most, "it ends at his word, not at the end of the survey")
			assert.Equal(t, insight.FirstContact{}, f.FirstContact, "it took two answers")
			assert.Equal(t, insight.Kept{Released: 1}, f.Promises, "news were owed, and his word released us")
		}},
		{"no person answered: no first reply, and not in time", thanked(t, rules), func(f insight.Figures) {
			assert.Equal(t, map[string]int{"answered": 1}, f.Ends, "answered is never resolved")
			assert.Equal(t, insight.Kept{Automatic: 1}, f.Replies)
			assert.Equal(t, 1, f.Automatic)
			assert.Zero(t, f.FirstReply.N)
			_, ok := f.FirstReply.Percentile(50)
			assert.False(t, ok, "nothing is not 0")
		}},
		{"a waiver is counted by its code", dropped(t, rules), func(f insight.Figures) {
			assert.Equal(t, insight.Kept{Waived: 1}, f.Replies)
			assert.Equal(t, map[string]int{"chatter": 1}, f.Waivers)
			assert.Zero(t, f.FirstReply.N)
		}},
		{"moderation by clause, and a reply still owed", exposed(t, rules), func(f insight.Figures) {
			require.NotEmpty(t, f.Acts)
			for _, a := range f.Acts {
				assert.NotEmpty(t, a.Clause)
				assert.Equal(t, a.Asked, a.Done)
			}
			assert.Equal(t, insight.Kept{Open: 1}, f.Replies)
			assert.Equal(t, 1, f.Breaches["first_reply"])
			assert.Equal(t, map[string]int{"live": 1}, f.Ends)
			_, ok := f.Resolved()
			assert.False(t, ok, "none ended: no share")
		}},
		{"one answer and then peace", settled(t, rules), func(f insight.Figures) {
			assert.Equal(t, map[string]int{"answered": 1}, f.Ends)
			assert.Equal(t, insight.FirstContact{Quiet: 1}, f.FirstContact)
			share, ok := f.Resolved()
			assert.True(t, ok)
			assert.Zero(t, share)
		}},
	} {
		t.Run(row.reason, func(t *testing.T) {
			r := insight.Tell(slices.Values([]insight.Trail{row.s.trail()}), insight.Options{})
			assert.Equal(t, 1, r.All.Cases)
			row.check(r.All)
			for _, dimension := range []string{insight.ByCategory, insight.ByChannel, insight.ByOwner} {
				require.Len(t, r.By[dimension], 1)
				for _, f := range r.By[dimension] {
					assert.Equal(t, encode(t, r.All), encode(t, f), "one case is all of its "+dimension)
				}
			}
		})
	}
}

func TestUntil(t *testing.T) {
	rules := house(t, nil)
	tell := func(s *story, until time.Time) insight.Figures {
		return insight.Tell(slices.Values([]insight.Trail{s.trail()}), insight.Options{Until: until}).All
	}
	s := resolved(t, rules)
	assert.Zero(t, tell(s, tuesday.Add(-time.Hour)).Cases, "nothing had happened")
	f := tell(s, at(100))
	assert.Equal(t, insight.Kept{InTime: 1, Open: 1}, f.Replies)
	assert.Equal(t, map[string]int{"live": 1}, tell(s, at(201)).Ends, "his word is there, the survey is not over")
	assert.Equal(t, insight.FirstContact{Pending: 1}, tell(settled(t, rules), at(30).AddDate(0, 0, 6)).FirstContact)

	half := insight.Options{Working: func(from, to time.Time) time.Duration { return to.Sub(from) / 2 }}
	f = insight.Tell(slices.Values([]insight.Trail{s.trail()}), half).All
	assert.Equal(t, minutes(5), f.FirstReplyWorking.Most)
	assert.Equal(t, minutes(10), f.FirstReply.Most, "both stand side by side")
}

func TestReopened(t *testing.T) {
	s := begin(t, house(t, nil), post("flo", "f1", "@Fjordwing you cancelled my flight", tuesday))
	s.sent(at(10), event.Drafted{Text: "We have a seat for you at noon."})
	s.do(at(60), "ana", event.Meant{Said: event.Over})
	s.do(at(120), "ana", event.Meant{Said: event.StillBroken})
	tell := func() insight.Figures {
		return insight.Tell(slices.Values([]insight.Trail{s.trail()}), insight.Options{}).All
	}
	f := tell()
	assert.Equal(t, 1, f.Reopened)
	assert.Equal(t, 1, f.FirstResolution.N)
	assert.Zero(t, f.LastResolution.N, "it does not stand")
	s.sent(at(130), event.Drafted{Text: "We are sorry. You will hear from us at 18:00 CEST."})
	s.do(at(180), "ana", event.Meant{Said: event.Over})
	s.elapse(at(0).AddDate(0, 0, 10))
	f = tell()
	assert.Equal(t, minutes(60), f.FirstResolution.Most, "the first and the last apart")
	assert.Equal(t, minutes(180), f.LastResolution.Most)
	assert.Equal(t, map[string]int{"resolved": 1}, f.Ends)
	assert.Zero(t, f.FirstContact.Confirmed)
}

// What is counted agrees with what the cases know of themselves, and no order or dealing out changes a byte.
func TestLaws(t *testing.T) {
	rules := house(t, alone)
	var trails []insight.Trail
	var cases []respond.Case
	for seed := range uint64(150) {
		s := life(t, rules, seed)
		if s.c.Seq == 0 {
			continue
		}
		x := s.trail()
		x.Restricted = seed%10 == 0
		x.Causes = []string{fmt.Sprint("cause ", seed%4)}
		trails, cases = append(trails, x), append(cases, s.c)
	}
	o := insight.Options{Zone: madrid(t)}
	whole := insight.Tell(slices.Values(trails), o)
	var breaches, waived, reopens, resolved, ends int
	for _, c := range cases {
		breaches, waived, reopens = breaches+c.Breaches, waived+c.Waived, reopens+c.Reopens
		if c.Outcome == followup.Resolved {
			resolved++
		}
	}
	total := func(m map[string]int) (n int) {
		for _, x := range m {
			n += x
		}
		return n
	}
	ends = total(whole.All.Ends)
	assert.Equal(t, len(cases), whole.All.Cases)
	assert.Equal(t, len(cases), ends, "every case ends in one way, or lives")
	assert.Equal(t, breaches, total(whole.All.Breaches), "one breach per obligation, as the cases counted them")
	assert.Equal(t, waived, total(whole.All.Waivers))
	assert.Equal(t, waived, whole.All.Replies.Waived)
	assert.Equal(t, reopens, whole.All.Reopened)
	assert.Equal(t, resolved, whole.All.Ends["resolved"], "only the customer's word")
	t.Logf("%d cases: %+v, ends %v, breaches %v, first contact %+v", len(cases), whole.All.Replies, whole.All.Ends,
		whole.All.Breaches, whole.All.FirstContact)
	for _, n := range []int{whole.All.Replies.InTime, whole.All.Replies.Late, whole.All.Replies.Automatic, whole.All.Replies.Open,
		whole.All.Replies.Released, whole.All.Promises.InTime, whole.All.Promises.Late, resolved, waived, reopens} {
		require.NotZero(t, n, "the random lives prove too little")
	}
	for dimension, values := range whole.By {
		n, replies := 0, 0
		for _, f := range values {
			n += f.Cases
			replies += f.Replies.InTime + f.Replies.Late
		}
		assert.Equal(t, whole.All.Cases, n, "the parts by %s are the whole", dimension)
		assert.Equal(t, whole.All.Replies.InTime+whole.All.Replies.Late, replies, dimension)
	}
	want := encode(t, whole)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		rng.Shuffle(len(trails), func(i, j int) { trails[i], trails[j] = trails[j], trails[i] })
		require.Equal(t, want, encode(t, insight.Tell(slices.Values(trails), o)), "the order of trails does not show")
		cut := rng.IntN(len(trails))
		a, b := insight.Tell(slices.Values(trails[:cut]), o), insight.Tell(slices.Values(trails[cut:]), o)
		before := encode(t, a)
		var stored insight.Report
		require.NoError(t, json.Unmarshal([]byte(encode(t, b)), &stored))
		require.Equal(t, want, encode(t, a.Merge(stored)), "parts put together are the whole, through JSON too")
		require.Equal(t, want, encode(t, b.Merge(a)))
		require.Equal(t, before, encode(t, a), "merging alters neither")
	}
	require.NotContains(t, want, "4111 1111", "no private data in any example")
	for _, x := range trails {
		if x.Restricted {
			assert.NotContains(t, want, x.Start.ID, "a restricted case counts and is not shown")
		}
	}
	assert.Equal(t, want, encode(t, insight.Report{}.Merge(whole)), "nothing and the whole")
}

func TestExamplesShowNobody(t *testing.T) {
	rules := house(t, nil)
	s := resolved(t, rules)
	r := insight.Tell(slices.Values([]insight.Trail{s.trail()}), insight.Options{})
	top := r.Top(3, "2026-W25")
	require.Len(t, top, 1)
	assert.Equal(t, "cancellation", top[0].Name)
	require.Len(t, top[0].Examples, 1)
	text := top[0].Examples[0].Text
	assert.Contains(t, text, "you cancelled my flight")
	for _, bad := range []string{"ada", "Ada", "@Fjordwing"} {
		assert.NotContains(t, text, bad, text)
	}
	s.do(at(10).AddDate(0, 0, 9), event.Channel, event.Removed{Ref: mention.Ref{Channel: "chirp", ID: "a1"}})
	r = insight.Tell(slices.Values([]insight.Trail{s.trail()}), insight.Options{})
	assert.Empty(t, r.Top(1, "")[0].Examples, "what its author removed is shown no more")
	assert.Empty(t, r.Top(-1, ""))
	assert.Empty(t, r.Top(3, "nonsense"))
}

func TestErasedBeginning(t *testing.T) {
	s := resolved(t, house(t, nil))
	left := s.c // what an erasure left, without a name
	left.Author, left.Messages, left.Open = mention.Author{}, nil, nil
	r := insight.Tell(slices.Values([]insight.Trail{{Start: left}}), insight.Options{})
	assert.Equal(t, 1, r.All.Cases, "what was erased still counts as a case")
	assert.Equal(t, map[string]int{"resolved": 1}, r.All.Ends)
	assert.Zero(t, r.All.FirstReply.N)
	assert.Empty(t, r.About["cancellation"].Examples)
	none := insight.Tell(slices.Values([]insight.Trail{{}, {Entries: slices.Values([]respond.Entry{{}, {Seq: 1}})}}), insight.Options{})
	assert.LessOrEqual(t, none.All.Cases, 1, "entries that say nothing cost nothing")
}

func TestSpreadIsNearestRank(t *testing.T) {
	// Answers after 1, 2, ... minutes: the figures are asked through the public API, against the list itself.
	rng := rand.New(rand.NewPCG(5, 5))
	rules := house(t, nil)
	var trails []insight.Trail
	var lengths []int64
	for i := range 60 {
		ms := int64(rng.ExpFloat64() * 3_000_000)
		s := begin(t, rules, post(fmt.Sprint("p", i), "1", "@Fjordwing you cancelled my flight", tuesday))
		s.sent(tuesday.Add(time.Duration(ms)*time.Millisecond), event.Drafted{Text: "We are sorry.", Settles: true})
		trails, lengths = append(trails, s.trail()), append(lengths, ms)
	}
	slices.Sort(lengths)
	spread := insight.Tell(slices.Values(trails), insight.Options{}).All.FirstReply
	for p := 1; p <= 100; p++ {
		want := lengths[(len(lengths)*p+99)/100-1]
		got, ok := spread.Percentile(p)
		assert.True(t, ok)
		assert.GreaterOrEqual(t, got, want, "it never flatters: p%d", p)
		assert.LessOrEqual(t, got, want+want/128+1, "and is at most one part in 128 above: p%d", p)
	}
	for _, p := range []int{0, 101, -1} {
		_, ok := spread.Percentile(p)
		assert.False(t, ok)
	}
}

func TestCauses(t *testing.T) {
	rules := house(t, alone)
	a, b, c := resolved(t, rules).trail(), dropped(t, rules).trail(), settled(t, rules).trail()
	a.Causes, b.Causes, c.Causes = []string{"fog", "crew", "fog"}, []string{"crew"}, []string{"fog"}
	c.Restricted = true
	until := at(0).AddDate(0, 1, 0)
	r := insight.Tell(slices.Values([]insight.Trail{a, b, c}), insight.Options{Until: until})
	got := r.Causes([]insight.Cause{
		{Name: "fog", Owner: "ops", Due: at(0)}, {Name: "crew", Owner: "hr", FixedAt: at(100)}, {Name: "never named", Owner: "x"},
	})
	require.Len(t, got, 2)
	byName := map[string]insight.Cause{got[0].Name: got[0], got[1].Name: got[1]}
	want := []string{a.Start.ID, b.Start.ID}
	slices.Sort(want)
	fixed := insight.Cause{Name: "crew", Owner: "hr", FixedAt: at(100), Cases: 2, Tell: want}
	assert.Equal(t, fixed, byName["crew"], "fixed: they can be told")
	assert.Equal(t, insight.Cause{Name: "fog", Owner: "ops", Due: at(0), Cases: 2, Hidden: 1, Overdue: true}, byName["fog"])
	assert.True(t, r.Causes(nil)[0].Unowned)
}

func TestSample(t *testing.T) {
	rules := house(t, alone)
	var trails []insight.Trail
	must := map[string]string{}
	for seed := range uint64(80) {
		s := life(t, rules, seed)
		if s.c.Seq == 0 {
			continue
		}
		trails = append(trails, s.trail())
		if s.c.Waived > 0 {
			must[s.c.ID] = "waived"
		}
	}
	draw := insight.Draw{Seed: "week 25", Each: 2}
	want := insight.Sample(slices.Values(trails), draw, insight.Options{})
	strata, why := map[string]int{}, map[string]string{}
	for _, p := range want {
		why[p.Case] = p.Why
		if p.Why == "drawn" {
			strata[p.Category+"/"+p.Channel]++
		}
	}
	for id, reason := range must {
		assert.Equal(t, reason, why[id], "every waiver is looked at")
	}
	assert.NotEmpty(t, must)
	for s, n := range strata {
		assert.LessOrEqual(t, n, 2, s)
	}
	assert.Greater(t, len(strata), 2)
	slices.Reverse(trails)
	assert.Equal(t, want, insight.Sample(slices.Values(trails), draw, insight.Options{}), "whatever the order")
	draw.Seed = "week 26"
	assert.NotEqual(t, want, insight.Sample(slices.Values(trails), draw, insight.Options{}), "another seed, another sample")
	auto := insight.Sample(slices.Values([]insight.Trail{thanked(t, rules).trail()}), insight.Draw{}, insight.Options{})
	require.Len(t, auto, 1)
	assert.Equal(t, "automatic", auto[0].Why, "no machine's answer goes unread")
	hidden := thanked(t, rules).trail()
	hidden.Restricted = true
	assert.Empty(t, insight.Sample(slices.Values([]insight.Trail{hidden}), insight.Draw{Each: 9}, insight.Options{}))
	assert.Empty(t, insight.Sample(slices.Values(trails), insight.Draw{Each: 9, Week: "1999-W01"}, insight.Options{}))
}

// A complaint that was answered by telephone after ten minutes, and over by the customer's word an hour later.
func ExampleTell() {
	owed, nothing := tuesday, time.Time{}
	entries := []respond.Entry{
		{Seq: 1, At: at(0), Event: event.Event{ID: "1", By: event.Customer, Body: event.Received{}}, Change: respond.Change{
			Opening: &respond.Opening{Channel: "chirp"}, Message: &respond.Message{At: at(0)}, Owed: &owed,
		}},
		{Seq: 2, At: at(10), Event: event.Event{ID: "2", By: "ana", Body: event.Spoken{}}, Change: respond.Change{
			Message: &respond.Message{Ours: true, At: at(10)}, Owed: &nothing,
		}},
		{Seq: 3, At: at(70), Event: event.Event{ID: "3", By: "ana", Body: event.Meant{Said: event.Over}}, Change: respond.Change{
			Moves: []followup.Move{{On: followup.SaidOver, To: followup.Closed, Outcome: followup.Resolved}},
		}},
	}
	trails := []insight.Trail{{Start: respond.New("acme", "c-1"), Entries: slices.Values(entries)}}

	report := insight.Tell(slices.Values(trails), insight.Options{})
	half, _ := report.All.FirstReply.Percentile(50)
	fmt.Println(report.All.Cases, "case, ends:", report.All.Ends)
	fmt.Println("first reply, half within:", time.Duration(half)*time.Millisecond)
	fmt.Println("settled at the first contact:", report.All.FirstContact.Confirmed)
	// Output:
	// 1 case, ends: map[resolved:1]
	// first reply, half within: 10m0s
	// settled at the first contact: 1
}
