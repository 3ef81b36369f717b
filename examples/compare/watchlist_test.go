package compare

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
)

var sizes = []int{10, 1_000, 10_000, 100_000}

// airlines are the subjects that the posts are about, as many as the smallest watchlist.
var airlines = []mention.Subject{
	{Name: "Virgin America", Aliases: []string{"@VirginAmerica"}},
	{Name: "United", Aliases: []string{"@united"}},
	{Name: "Southwest", Aliases: []string{"@SouthwestAir"}},
	{Name: "JetBlue", Aliases: []string{"@JetBlue"}},
	{Name: "US Airways", Aliases: []string{"@USAirways"}},
	{Name: "American Airlines", Aliases: []string{"@AmericanAir"}},
	{Name: "Delta", Aliases: []string{"@Delta", "#delta"}},
	{Name: "Boarding Pass"}, {Name: "Dallas"}, {Name: "Southwest Airlines"},
}

var (
	firstNames = strings.Fields("Mary Robert Linda David Susan Joseph Karen Daniel Nancy Mark Sandra Steven Emily Andrew " +
		"Carol Kevin Brian George Laura Ryan Jacob Amy Nicholas Eric Anna Stephen Justin Emma Helen Samuel")
	wares = strings.Fields("Hotels Bank Cloud Phone Tablet Watch Studio Insurance Motors Energy Foods Coffee Media Games " +
		"Pharma Labs Travel Card Express Rewards Mobile Security Fitness Records Delivery Robotics")
	ends = strings.Fields(".com .io .co.uk .net")
)

// watchlist makes a list of n subjects: the airlines, 2 % everyday pairs of words that do occur in the posts, and made-up
// brands, people, products, sites and near misses of names above them. One in six has a handle or a hashtag as well.
func watchlist(t testing.TB, n int) mention.Watchlist {
	t.Helper()
	var list mention.Watchlist
	for _, s := range airlines {
		s.Kind = mention.Brand
		list.Subjects = append(list.Subjects, s)
	}
	m := newMint(t, uint64(n))
	known := map[string]bool{} // as letters only: "Jet Blue" and "JetBlue" cannot both be watched
	letters := strings.NewReplacer(" ", "", "-", "")
	for _, s := range list.Subjects {
		known[letters.Replace(strings.ToLower(s.Name))] = true
	}
	for len(list.Subjects) < n {
		s := m.subject(list.Subjects)
		if key := letters.Replace(strings.ToLower(s.Name)); !known[key] {
			known[key] = true
			list.Subjects = append(list.Subjects, s)
		}
	}
	return list
}

// subject makes one subject.
func (m *mint) subject(before []mention.Subject) mention.Subject {
	made := m.name(5, 12)
	name := strings.ToUpper(made[:1]) + made[1:]
	switch p := m.random.IntN(100); {
	case p < 2:
		return mention.Subject{Name: m.one(m.pairs), Kind: mention.Campaign}
	case p < 36:
		return mention.Subject{Name: name, Kind: mention.Brand}
	case p < 46:
		return mention.Subject{Name: name, Kind: mention.Brand, Aliases: []string{"@" + made}}
	case p < 50:
		return mention.Subject{Name: name, Kind: mention.Brand, Aliases: []string{"@" + made, "#" + made}}
	case p < 70:
		return mention.Subject{Name: m.one(firstNames) + " " + name, Kind: mention.Person}
	case p < 84:
		return mention.Subject{Name: name + " " + m.one(wares), Kind: mention.Product}
	case p < 94:
		return mention.Subject{Name: made + m.one(ends), Kind: mention.Site}
	}
	return mention.Subject{Name: m.damage(before[m.random.IntN(len(before))].Name), Kind: mention.Competitor}
}

// spellings are what peers look for: every name and alias, folded as they have to fold the posts.
func spellings(list mention.Watchlist) []string {
	var out []string
	for _, s := range list.Subjects {
		for _, spelling := range append([]string{s.Name}, s.Aliases...) {
			out = append(out, folded(spelling))
		}
	}
	return out
}

func compiled(t testing.TB, list mention.Watchlist) *mention.Matcher {
	t.Helper()
	m, err := list.Compile()
	require.NoError(t, err)
	return m
}

func TestWatchlists(t *testing.T) {
	for _, n := range sizes[:3] {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			list := watchlist(t, n)
			require.Len(t, list.Subjects, n)
			require.Equal(t, list, watchlist(t, n), "the same list each time")
			seen := map[string]bool{}
			for _, s := range spellings(list) {
				require.False(t, seen[s], "%q twice: peers would count it twice", s)
				seen[s] = true
			}
			compiled(t, list)
		})
	}
}
