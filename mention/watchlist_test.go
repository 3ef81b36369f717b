package mention_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
)

func TestWatchlistJSON(t *testing.T) {
	b, err := json.Marshal(watched)
	require.NoError(t, err)
	var back mention.Watchlist
	require.NoError(t, spec.Decode(b, &back))
	assert.Equal(t, watched, back)
	b, err = json.Marshal(mention.Watchlist{Subjects: []mention.Subject{{Name: "Acme", Kind: mention.Brand}}})
	require.NoError(t, err)
	assert.Equal(t, `{"subjects":[{"name":"Acme","kind":"brand"}]}`, string(b), "what is not said is absent")
}

// FuzzCompile takes whatever a person may write: problems or a matcher that works, never a panic.
func FuzzCompile(f *testing.F) {
	b, err := json.Marshal(watched)
	require.NoError(f, err)
	f.Add(string(b), "Acme Air, Acem Air")
	f.Add(`{"subjects":[{"name":"é-É_","kind":"person","aliases":["@","#","@a","--","a b c d e f g h i"],"misspellings":2}]}`, "@a abcdefghi")
	f.Fuzz(func(t *testing.T, list, text string) {
		var w mention.Watchlist
		if spec.Decode([]byte(list), &w) != nil {
			return
		}
		m, err := w.Compile()
		if err != nil {
			require.IsType(t, spec.Problems{}, err)
			require.Nil(t, m)
			return
		}
		for _, h := range m.Match(nil, text) {
			_, ok := m.Subject(h.Subject)
			require.True(t, ok)
		}
		for _, s := range w.Subjects {
			if s.Kind != mention.Site && len(s.Near) == 0 && len(s.Ignore) == 0 {
				require.NotEmpty(t, m.Match(nil, s.Name), "%q does not find itself", s.Name)
			}
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	post := "@JetBlue my flight from Boston was cancelled again, third time this month, and nobody at the desk could tell us why"
	for name, w := range map[string]mention.Watchlist{"six airlines": airlines(), "twenty names misspelled": inventedList(1)} {
		m := compile(b, w)
		var hits []mention.Hit
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				hits = m.Match(hits[:0], post)
			}
		})
	}
}

func inventedList(misspellings int) (w mention.Watchlist) {
	for _, name := range invented {
		w.Subjects = append(w.Subjects, mention.Subject{Name: name, Kind: mention.Brand, Misspellings: misspellings})
	}
	return w
}
