package privacy_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/privacy"
)

func TestMonth(t *testing.T) {
	for _, row := range []struct{ reason, from, to string }{
		{"the same day", "2026-03-15T10:00:00Z", "2026-04-15T10:00:00Z"},
		{"a shorter month ends before", "2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z"},
		{"in a leap year a day later", "2028-01-31T10:00:00Z", "2028-02-29T10:00:00Z"},
		{"over the year", "2026-12-31T23:59:59Z", "2027-01-31T23:59:59Z"},
		{"a longer month is no longer", "2026-02-28T10:00:00Z", "2026-03-28T10:00:00Z"},
	} {
		from, err := time.Parse(time.RFC3339, row.from)
		require.NoError(t, err)
		assert.Equal(t, row.to, privacy.Month(from).Format(time.RFC3339), row.reason)
	}
}

func TestRetentionCounts(t *testing.T) {
	ended := time.Date(2026, 6, 16, 8, 0, 0, 0, time.UTC)
	r := privacy.Retention{}.Filled()
	require.NoError(t, r.Check())
	require.NoError(t, privacy.Retention{}.Check(), "nothing written means the defaults")
	assert.Empty(t, r.Due(time.Time{}, ended), "what has not ended is kept")
	var gone []privacy.Class
	for at := ended; len(gone) < len(privacy.Classes()); {
		next := r.Next(ended, gone)
		assert.Len(t, r.Due(ended, next.Add(-time.Millisecond)), len(gone), "nothing is due before Next says so")
		due := r.Due(ended, next)
		assert.Greater(t, len(due), len(gone), "and something is when it does")
		at, gone = next, due
		require.False(t, at.IsZero())
	}
	assert.Zero(t, r.Next(ended, gone), "when all is gone nothing is due any more")
}

func TestErasureIsTold(t *testing.T) {
	asked := time.Date(2026, 6, 16, 8, 0, 0, 0, time.UTC)
	e := privacy.Erasure{Asked: asked, Due: privacy.Month(asked)}
	assert.Equal(t, e.Due.Add(-7*24*time.Hour), e.Next(), "a week before")
	e.Warned++
	assert.Equal(t, e.Due, e.Next())
	e.Warned++
	assert.Zero(t, e.Next(), "twice is enough")
	e = privacy.Erasure{Due: e.Due, Deferred: "7/26"}
	assert.Zero(t, e.Next(), "what waits for a matter is not late")
}

func TestWhatNamesAPerson(t *testing.T) {
	p := privacy.Person{Names: []string{"@dana.b", "Dana Berg", "Jo", "4711", "10024711"},
		Refs: []mention.Ref{{Channel: "chirp", ID: "post-99"}, {Channel: "chirp", ID: "7"}},
		Said: []string{"My sister, who is eight months along, sat at the gate for three hours. The website is down since nine."}}
	for _, row := range []struct {
		reason, words string
		named         bool
	}{
		{"nothing", "", false},
		{"his handle", "call dana.b back", true},
		{"with its sign", "call @Dana.B back", true},
		{"a longer handle is another's", "call @dana.bert back", false},
		{"as part of a word", "the medana.bx", false},
		{"his name, in other letters", "DANA BERG was first", true},
		{"half of a name may be anybody's", "Dana was first", false},
		{"a short name is a word of the language", "Jo may do it", false},
		{"but not as a handle", "@jo may do it", true},
		{"a number is a count", "4711 cases", false},
		{"a long one is an id", "customer 10024711", true},
		{"a message of his", "see https://chirp.example/post-99", true},
		{"by its reference", "chirp/7 says it", true},
		{"another's message", "chirp/77 says it", false},
		{"ten of his words in a row", "one writes: «my sister who is eight months along sat at the gate...»", true},
		{"what everybody says", "at the gate they know that the website is down since nine, as all of Oslo does", false},
	} {
		assert.Equal(t, row.named, p.NamedIn(row.words), "%s: %q", row.reason, row.words)
	}
	assert.False(t, privacy.Person{Names: []string{""}}.NamedIn("anything"), "who has no name is not named")
	assert.True(t, p.Has(mention.Ref{Channel: "chirp", ID: "7"}))
	assert.False(t, p.Has(mention.Ref{Channel: "mail", ID: "7"}))
}

// What is past its time a month after a conversation ended.
func Example() {
	ended := time.Date(2026, 6, 16, 8, 0, 0, 0, time.UTC)
	r := privacy.Retention{Text: 365}
	fmt.Println(r.Due(ended, privacy.Month(ended)))
	fmt.Println(privacy.Retention{Text: -1}.Check())
	// Output:
	// [private raw]
	// text: -1 days: nothing is kept for ever, write 1 to 3653
}
