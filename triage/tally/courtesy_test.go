package tally_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/triage/tally"
)

func TestBars(t *testing.T) {
	stop := tally.Bar{From: "contact", Reason: "he asked", Owner: "ana", Since: noon, Until: days(30)}
	row := tally.Courtesy{}.Bar(stop)
	for _, x := range []struct {
		reason string
		row    tally.Courtesy
		from   string
		at     time.Time
		want   bool
	}{
		{"it holds", row, "contact", days(1), true},
		{"it is of one kind", row, "engage", days(1), false},
		{"it ends by itself", row, "contact", days(30), false},
		{"it is lifted", row.Unbar("contact", days(1)), "contact", days(2), false},
		{"what was said after the lifting stays", row.Unbar("contact", days(-1)), "contact", days(2), true},
		{"a later word holds", row.Bar(tally.Bar{From: "contact", Since: days(1), Until: days(2)}), "contact", days(3), false},
		{"an earlier word that comes late does not", row.Bar(tally.Bar{From: "contact", Since: days(-1), Until: days(60)}),
			"contact", days(40), false},
		{"of two at once the longer", row.Bar(tally.Bar{From: "contact", Since: noon, Until: days(60)}), "contact", days(40), true},
	} {
		_, barred := x.row.Barred(x.from, x.at)
		assert.Equal(t, x.want, barred, x.reason)
		_, read := x.row.Read(x.at).Barred(x.from, x.at)
		assert.Equal(t, x.want, read, "%s, in a reading", x.reason)
	}
	assert.Empty(t, row.Read(days(31)).Bars, "what has ended is not read")
}

func TestTheLatestInstantHolds(t *testing.T) {
	row := tally.Courtesy{}.Survey(days(2)).Survey(days(1)).Invite(days(3)).Give(days(4)).Give(days(3))
	assert.Equal(t, tally.Courtesy{Surveyed: days(2), Invited: days(3), Gave: days(4)}, row)
}

func spend(id string, at time.Time, minor int64) tally.Spend {
	return tally.Spend{ID: id, Member: "ana", Case: "c", At: at, Minor: minor, Currency: "EUR"}
}

func TestPurse(t *testing.T) {
	p := tally.Purse{}.Spend(spend("a", days(-3), 100)).Spend(spend("b", noon, 20)).Spend(spend("b", noon, 20))
	for _, x := range []struct {
		reason   string
		p        tally.Purse
		since    time.Time
		currency string
		want     int64
	}{
		{"both", p, days(-4), "EUR", 120},
		{"the same offer twice is one", p, noon, "EUR", 20},
		{"its own instant counts", p, days(-3), "EUR", 120},
		{"another currency is another purse", p, days(-4), "USD", 0},
		{"given back", p.Back("a"), days(-4), "EUR", 20},
		{"given back twice", p.Back("a").Back("a"), days(-4), "EUR", 20},
		{"what is old is forgotten", p.Spend(spend("c", days(500), 1)), days(-4), "EUR", 1},
		{"no sum is negative", p.Spend(spend("d", noon, -500)), days(-4), "EUR", 120},
		{"too much for one sum", p.Spend(spend("e", noon, math.MaxInt64)), days(-4), "EUR", math.MaxInt64},
		{"an offer without an id is none", p.Spend(spend("", noon, 5)), days(-4), "EUR", 120},
	} {
		assert.Equal(t, x.want, x.p.Since(x.since, x.currency), x.reason)
	}
}

// Spending in any order, and twice, is the same row; a row leaves the one it came from as it was.
func TestPurseIsOrderFree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		spends := make([]tally.Spend, r.IntN(20))
		for i := range spends {
			spends[i] = spend(fmt.Sprint(i), days(300*r.Float64()), int64(i))
		}
		var one, other tally.Courtesy
		for _, s := range spends {
			before, _ := json.Marshal(one)
			next := one.Spend(s).Spend(s)
			after, _ := json.Marshal(one)
			require.Equal(t, string(before), string(after), "a step leaves its argument")
			one = next
		}
		r.Shuffle(len(spends), func(i, k int) { spends[i], spends[k] = spends[k], spends[i] })
		for _, s := range spends {
			other = other.Spend(s)
		}
		require.Equal(t, one, other)
	}
}
