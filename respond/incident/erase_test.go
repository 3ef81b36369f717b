package incident_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/respond/privacy"
)

// dana is the customer of case-1.
func dana() privacy.Person {
	return privacy.Person{Cases: []string{"case-1"}, Refs: []mention.Ref{{Channel: "chirp", ID: "1"}}, Names: []string{"danatoken"}}
}

// erase takes a person out of an incident, and gives what its trail keeps.
func (c *crisis) erase(at time.Time, p privacy.Person) (kept []incident.Entry) {
	c.t.Helper()
	for _, e := range c.trail {
		less, _, err := incident.Without([]byte(encode(c.t, e)), p)
		require.NoError(c.t, err)
		var out incident.Entry
		require.NoError(c.t, json.Unmarshal(less, &out))
		kept = append(kept, out)
	}
	entry := c.do(at, event.Host, event.Erased{Of: &p})
	assert.NotContains(c.t, encode(c.t, entry), "danatoken", "whom it was about is not in the entry")
	return append(kept, entry)
}

func TestOneOfManyIsErased(t *testing.T) {
	c := newCrisis(t)
	for n := range 3 {
		c.join(night, n+1)
	}
	c.do(night, "cleo", event.Declared{Note: "danatoken was the first"})
	c.do(night, "cleo", event.Freed{Case: "case-1", Note: "his own router"})
	c.do(night, "cleo", event.Freed{Case: "case-2", Note: "her own router"})
	c.says(night, "Our site is down.")
	c.do(night, "ben", news("Thank you, danatoken."))
	require.NotNil(t, c.in.Draft)
	before := c.in
	assert.Contains(t, c.refused(night, "zoe", event.Erased{Of: &privacy.Person{}}), "erases nothing")
	assert.Contains(t, c.refused(night, event.Host, event.Erased{}), "of whom")
	kept := c.erase(night.Add(time.Hour), dana())
	all := encode(t, c.in) + encode(t, kept)
	for _, gone := range []string{"danatoken", "his own router", `"id":"1"`} {
		assert.NotContains(t, all, gone)
	}
	assert.Contains(t, all, "her own router", "another's case is none of his")
	assert.Zero(t, c.in.First)
	assert.Nil(t, c.in.Draft, "nobody can consent to what nobody can read")
	assert.Equal(t, before.Cases, c.in.Cases)
	assert.Equal(t, before.Freed, c.in.Freed)
	assert.Equal(t, before.Statement, c.in.Statement)
	assert.Equal(t, []string{"case-3"}, incident.Members(slices.Values(kept)), "who is in it is read from what was kept")
	assert.Equal(t, "Our site is down. News here every 30 minutes.", c.in.Told().Text)
	again, named, err := c.in.Redacted(dana())
	require.NoError(t, err)
	assert.False(t, named, "nothing of him is left: %s", encode(t, again))
	c.replay()
	over := c.do(night.Add(2*time.Hour), "cleo", event.Dismissed{})
	assert.Equal(t, incident.Resolved, c.in.State)
	assert.NotEmpty(t, over.Effects)
	c.replay()
}

// A member that this version does not know is looked through like any other.
func TestWhatANewerHostWroteIsErasedToo(t *testing.T) {
	for _, row := range []struct {
		reason, entry, want string
	}{
		{"words in a member that nobody knows", `{"seq":2,"verdicts":["all of danatoken","all of kim"],"n":12345678901234567}`,
			`{"n":12345678901234567,"seq":2,"verdicts":["all of kim"]}`},
		{"a reference in one", `{"seq":2,"seen":[{"channel":"chirp","id":"1"},{"channel":"chirp","id":"2"}]}`,
			`{"seen":[{"channel":"","id":""},{"channel":"chirp","id":"2"}],"seq":2}`},
		{"an id is no words", `{"seq":2,"by":"danatoken"}`, `{"seq":2,"by":"danatoken"}`},
		{"nothing of him: the bytes stay as they are", `{"seq": 2,  "note":"kim"}`, `{"seq": 2,  "note":"kim"}`},
	} {
		out, _, err := incident.Without([]byte(row.entry), dana())
		require.NoError(t, err)
		assert.Equal(t, row.want, string(out), row.reason)
	}
	_, _, err := incident.Without([]byte("danatoken {"), dana())
	assert.Error(t, err)
}

func FuzzWithout(f *testing.F) {
	f.Add([]byte(`{"event":{"kind":"freed","body":{"case":"case-1","note":"x"}},"because":["x"]}`))
	f.Add([]byte(`{"first":{"channel":"chirp","id":"1"},"note":"danatoken","list":["a danatoken","b"]}`))
	f.Add([]byte(`[{"case":"case-1","mention":{"channel":"chirp","id":"1"}},null,1e400]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, named, err := incident.Without(data, dana())
		if err != nil || !named {
			return
		}
		require.True(t, json.Valid(out))
		_, again, err := incident.Without(out, dana())
		require.NoError(t, err)
		require.False(t, again, "once is enough: %s", out)
	})
}
