package group_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/group"
)

func TestAConfirmedGroupSaysSo(t *testing.T) {
	const spam = "earn five hundred a day from home with this one trick, write to me now"
	const other = "nobody at the gate could say why the flight to Oslo was cancelled last night"
	row, first := group.Tally{}.Add(group.Of(spam), ref(1), "bot1", hours(1))
	row, lost := row.Add(group.Of(other), ref(2), "eva", hours(2))
	before := row
	row, ok := row.Confirm(first.Group)
	require.True(t, ok)
	assert.NotEqual(t, before, row)
	_, again := before.Add(group.Of(spam), ref(3), "bot2", hours(3))
	assert.False(t, again.Spam, "the tally before is as it was")
	row, copied := row.Add(group.Of("RT @bot "+spam), ref(3), "bot2", hours(3))
	assert.True(t, copied.Spam, "each copy that comes later is one of it")
	assert.Equal(t, 2, copied.Size)
	row, mine := row.Add(group.Of(other), ref(4), "jo", hours(4))
	assert.False(t, mine.Spam, "another group is another matter")
	assert.Equal(t, lost.Group, mine.Group)
	for _, id := range []string{"", "none"} {
		_, ok = row.Confirm(id)
		assert.False(t, ok)
	}
	row = row.Forget("chirp", "bot1", ref(1))
	_, still := row.Add(group.Of(spam), ref(5), "bot3", hours(5))
	assert.True(t, still.Spam, "though one of them was erased")
}
