package guideline_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/guideline"
)

func TestRests(t *testing.T) {
	linter, err := guideline.Guidelines{}.Compile()
	require.NoError(t, err)
	parcel := guideline.Fact{Says: "the courier delivered the parcel on 12 May"}
	again := guideline.Fact{Says: "a second parcel was delivered by bicycle"}
	fare := guideline.Fact{Says: "the fare was refunded"}
	seat := guideline.Fact{Says: "AB12 leaves at 18:40"}
	old := parcel
	old.Expired = true
	for _, c := range []struct {
		reason, text string
		claims       []string
		facts        []guideline.Fact
		want         []string
	}{
		{"what it claims", "The courier delivered your parcel.", nil, []guideline.Fact{fare, parcel}, []string{parcel.Says}},
		{"two that say it", "The courier delivered your parcel.", nil, []guideline.Fact{again, parcel}, []string{again.Says, parcel.Says}},
		{"each of two claims", "The courier delivered your parcel. We refunded the fare.", nil, []guideline.Fact{fare, parcel},
			[]string{fare.Says, parcel.Says}},
		{"not on what expired", "The courier delivered your parcel.", nil, []guideline.Fact{old}, nil},
		{"it claims nothing", "We are checking with the courier.", nil, []guideline.Fact{parcel, fare}, nil},
		{"what a slot was filled with", "Flight AB12 leaves at 18:40 CET.", []string{"AB12 leaves at 18:40"},
			[]guideline.Fact{parcel, seat}, []string{seat.Says}},
		{"one fact twice", "The courier delivered your parcel.", nil, []guideline.Fact{parcel, parcel}, []string{parcel.Says}},
	} {
		got := linter.Rests(c.text, guideline.Scene{Lang: "en", Facts: c.facts, Claims: c.claims})
		assert.Equal(t, c.want, got, c.reason)
	}
	retracted := parcel
	retracted.Retracted = true
	findings := linter.Lint("The courier delivered your parcel.", guideline.Scene{Lang: "en", Facts: []guideline.Fact{retracted}})
	require.NotEmpty(t, findings)
	assert.Contains(t, findings[0].Why, "the fact was retracted")
}
