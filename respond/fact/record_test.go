package fact_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/guideline"
)

// TestTheLaterOfOneNameCounts: also once it holds no more. What it took the place of does not come back.
func TestTheLaterOfOneNameCounts(t *testing.T) {
	later := parcel()
	later.At, later.Until, later.Says = noon.Add(time.Minute), noon.Add(2*time.Minute), "the neighbour has it"
	ledger := fact.Ledger{parcel(), later}
	for _, c := range []struct {
		reason string
		at     time.Time
		want   []guideline.Fact
	}{
		{"before either", noon.Add(-time.Minute), nil},
		{"the first alone", noon, []guideline.Fact{{Says: parcel().Says}}},
		{"the later one", later.At, []guideline.Fact{{Says: parcel().Says, Expired: true}, {Says: later.Says}}},
		{"neither", later.Until, []guideline.Fact{{Says: parcel().Says, Expired: true}, {Says: later.Says, Expired: true}}},
	} {
		assert.Equal(t, c.want, ledger.At(c.at), c.reason)
	}
	_, ok := ledger.Find("parcel", later.Until)
	assert.False(t, ok)
	ledger[1].Retracted, ledger[1].Why = noon.Add(90*time.Second), "he moved"
	assert.Equal(t, guideline.Fact{Says: later.Says, Expired: true, Retracted: true}, ledger.At(ledger[1].Retracted)[1])
}

func TestKeep(t *testing.T) {
	var list []fact.Record
	for i := range fact.Most + 5 {
		f := parcel()
		f.Name = strconv.Itoa(i)
		list = append(list, fact.Record{Fact: f})
	}
	assert.Len(t, fact.Keep(list, noon), fact.Most+5, "what holds stays")
	late := noon.Add(2 * time.Hour)
	list[0].Said, list[0].Retracted = noon, noon.Add(time.Minute)
	kept := fact.Keep(list, late)
	require.Len(t, kept, fact.Most)
	assert.Equal(t, "0", kept[0].Name, "what has to be corrected stays")
	assert.Equal(t, "6", kept[1].Name, "of the rest the oldest goes first")
	assert.Equal(t, "1", list[1].Name, "the list that was given stays as it was")
}

func TestOwed(t *testing.T) {
	for _, c := range []struct {
		reason                     string
		said, retracted, corrected bool
		want                       bool
	}{
		{"he was told, and it is not so", true, true, false, true},
		{"he was told, and it is so", true, false, false, false},
		{"he was never told", false, true, false, false},
		{"he knows", true, true, true, false},
	} {
		var r fact.Record
		set := func(is bool, at *time.Time) {
			if is {
				*at = noon
			}
		}
		set(c.said, &r.Said)
		set(c.retracted, &r.Retracted)
		set(c.corrected, &r.Corrected)
		assert.Equal(t, c.want, r.Owed(), c.reason)
	}
}

// TestOf: of one name the case's own counts, then the house's as it is now, then what was said of the house's.
func TestOf(t *testing.T) {
	named := func(says string) fact.Fact {
		f := parcel()
		f.Says = says
		return f
	}
	house := fact.Ledger{named("house")}
	said := fact.Record{Fact: named("said"), House: true}
	own := fact.Record{Fact: named("own")}
	for _, c := range []struct {
		reason string
		list   []fact.Record
		want   string
	}{
		{"the house's", nil, "house"},
		{"as it is now", []fact.Record{said}, "house"},
		{"the case's own", []fact.Record{own, said}, "own"},
	} {
		f, ok := fact.Of(c.list, house).Find("parcel", noon)
		require.True(t, ok, c.reason)
		assert.Equal(t, c.want, f.Says, c.reason)
	}
}
