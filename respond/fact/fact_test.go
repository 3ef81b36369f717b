package fact_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/guideline"
)

var noon = time.Date(2026, 6, 16, 12, 0, 0, 0, time.UTC)

func parcel() fact.Fact {
	return fact.Fact{Name: "parcel", Says: "the courier delivered the parcel on 12 May", By: "dora", At: noon,
		Evidence: "signature of the neighbour", Source: "courier", Until: noon.Add(time.Hour)}
}

func TestCheck(t *testing.T) {
	assert.NoError(t, fact.Ledger{parcel()}.Check())
	assert.NoError(t, fact.Ledger(nil).Check())
	bad := parcel()
	bad.Until, bad.Says, bad.Source = noon, "\xff", strings.Repeat("x", 2000)
	err := fact.Ledger{parcel(), {}, bad}.Check()
	gone := parcel()
	gone.Retracted = noon
	assert.EqualError(t, fact.Ledger{gone}.Check(), "[0].why: what is retracted says why, and since when; nothing else does")
	gone.Why = "the neighbour's parcel"
	assert.NoError(t, fact.Ledger{gone}.Check())
	assert.EqualError(t, err, strings.TrimSpace(`
[1].name: is missing: a fact without it is a claim
[1].says: is missing: a fact without it is a claim
[1].by: is missing: a fact without it is a claim
[1].evidence: is missing: a fact without it is a claim
[1].source: is missing: a fact without it is a claim
[1].at: is missing: a fact without it is a claim
[2].says: is not valid UTF-8
[2].source: has 2000 bytes, at most 1000 make a sentence
[2].until: is not after at: it never holds`))
}

func TestHolds(t *testing.T) {
	forever := parcel()
	forever.Until = time.Time{}
	gone := parcel()
	gone.Retracted = noon.Add(time.Minute)
	for _, c := range []struct {
		reason string
		f      fact.Fact
		at     time.Time
		want   bool
	}{
		{"from its instant", parcel(), noon, true},
		{"not before", parcel(), noon.Add(-time.Millisecond), false},
		{"to its end", parcel(), noon.Add(time.Hour - time.Millisecond), true},
		{"not at it", parcel(), noon.Add(time.Hour), false},
		{"not once it is retracted", gone, noon.Add(time.Minute), false},
		{"until then it did", gone, noon, true},
		{"without an end for good", forever, noon.AddDate(90, 0, 0), true},
	} {
		assert.Equal(t, c.want, c.f.Holds(c.at), c.reason)
	}
}

// TestLinter: what a draft claims must be a fact that holds.
func TestLinter(t *testing.T) {
	linter, err := guideline.Guidelines{}.Compile()
	require.NoError(t, err)
	ledger := fact.Ledger{parcel()}
	rules := func(at time.Time) (out []string) {
		for _, f := range linter.Lint("The courier delivered your parcel.", guideline.Scene{Lang: "en", Facts: ledger.At(at)}) {
			out = append(out, f.Rule+" "+f.Why)
		}
		return out
	}
	assert.Equal(t, []string{"R28 it claims what no verified fact says"}, rules(noon.Add(-time.Hour)), "nobody has verified it yet")
	assert.Empty(t, rules(noon))
	assert.Equal(t, []string{"R28 the fact has expired: it claims what no verified fact says"}, rules(noon.Add(2*time.Hour)))
}

func TestSay(t *testing.T) {
	later := parcel()
	later.At, later.Says = noon.Add(time.Minute), "the neighbour has it"
	ledger := fact.Ledger{parcel(), later}
	for _, c := range []struct {
		reason, name, lang string
		at                 time.Time
		want               string
		known              bool
	}{
		{"the first", "parcel", "en", noon, "the courier delivered the parcel on 12 May", true},
		{"the later one counts", "parcel", "en", noon.Add(time.Minute), "the neighbour has it", true},
		{"not known", "cause", "en-GB", noon, "We do not know yet.", false},
		{"not known any more", "parcel", "es", noon.AddDate(1, 0, 0), "Todavía no lo sabemos.", false},
		{"in German", "cause", "de_AT", noon, "Das wissen wir noch nicht.", false},
		{"in a language that is not there", "cause", "fi", noon, "We do not know yet.", false},
	} {
		text, known := ledger.Say(c.name, c.lang, c.at)
		assert.Equal(t, c.want, text, c.reason)
		assert.Equal(t, c.known, known, c.reason)
	}
}
