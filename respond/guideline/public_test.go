package guideline_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/guideline"
)

// A word to everybody claims more things than an answer does: that it works again, that nothing was stolen.
func TestAStatementClaimsWhatAFactSays(t *testing.T) {
	l, err := guideline.Guidelines{}.Compile()
	require.NoError(t, err)
	gateway := guideline.Fact{Says: "the payment gateway was repaired at 03:40"}
	for _, row := range []struct {
		reason, lang, text string
		facts              []guideline.Fact
		claims             bool
	}{
		{"nobody has verified it", "en", "We have repaired the payment gateway.", nil, true},
		{"somebody has", "en", "We have repaired the payment gateway.", []guideline.Fact{gateway}, false},
		{"it was taken back", "en", "We have repaired the payment gateway.",
			[]guideline.Fact{{Says: gateway.Says, Expired: true, Retracted: true}}, true},
		{"it is of something else", "en", "The lift is fixed.", []guideline.Fact{gateway}, true},
		{"with an adverb", "en", "The website has now been fully restored.", nil, true},
		{"of data", "en", "Card numbers were stolen.", nil, true},
		{"what is not so yet", "en", "The website is not restored yet.", nil, false},
		{"what is being done", "en", "The website is being restored.", nil, false},
		{"what will be", "en", "We will tell you when it is fixed.", nil, false},
		{"what is asked", "en", "Is your card exposed?", nil, false},
		{"what we work at", "en", "We are working to get the website fixed.", nil, false},
		{"in Spanish", "es", "La web ya está restablecida.", nil, true},
		{"not yet", "es", "La web no está restablecida.", nil, false},
		{"in German", "de", "Die Website ist wieder hergestellt, der Fehler wurde behoben.", nil, true},
		{"not yet", "de", "Der Fehler ist noch nicht behoben.", nil, false},
		{"what is being done", "de", "Der Fehler wird gerade behoben.", nil, false},
	} {
		of := func(sc guideline.Scene) (rules []string) {
			for _, f := range l.Lint(row.text, sc) {
				rules = append(rules, f.Rule)
			}
			return rules
		}
		sc := guideline.Scene{Visibility: mention.Public, Lang: row.lang, Crisis: true, Statement: true, Facts: row.facts}
		if row.claims {
			assert.Contains(t, of(sc), "R28", "%s: %s", row.reason, row.text)
		} else {
			assert.NotContains(t, of(sc), "R28", "%s: %s", row.reason, row.text)
		}
		sc.Statement = false
		assert.NotContains(t, of(sc), "R28", "an answer to one customer is held to what it says of his matter: %s", row.text)
	}
}
