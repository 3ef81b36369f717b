package trail_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/trail"
)

// A talk is a small aggregate that remembers a person, as a case does.
type talk struct {
	Seq  int    `json:"seq"`
	Who  string `json:"who,omitempty"`
	Said int    `json:"said"`
}

type change struct {
	Who  string `json:"who,omitempty"`
	Said int    `json:"said,omitempty"`
}

func step(t talk, e trail.Entry[change]) talk {
	t.Seq = e.Seq
	t.Said += e.Change.Said
	if e.Change.Who != "" {
		t.Who = e.Change.Who
	}
	return t
}

var (
	monday = time.Date(2026, 6, 15, 8, 0, 0, 0, time.UTC)
	named  = trail.Name{Tenant: "acme", Kind: "case", ID: "c-1"}
)

// salt stands for what a host reads from crypto/rand.
func salt(n int) []byte {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("a test's salt"), uint64(n)))
	return sum[:]
}

// entry is the n-th entry of a talk.
func entry(n int) trail.Entry[change] {
	return trail.Entry[change]{
		Seq: n, At: monday.Add(time.Duration(n) * time.Minute), Rules: "r1",
		Event: event.Event{ID: fmt.Sprint("e", n), At: monday, By: event.Customer, Body: event.Received{Mention: mention.Mention{
			Ref: mention.Ref{Channel: "chirp", ID: fmt.Sprint(n)}, Text: "this is Dana Fjeld, call me", PostedAt: monday,
		}}},
		Change: change{Who: "Dana Fjeld", Said: n}, Because: []string{"Dana Fjeld wrote"},
	}
}

// chain appends n entries.
func chain(t testing.TB, name trail.Name, n int) ([]trail.Link, trail.Tip) {
	t.Helper()
	tip := name.Begin()
	var links []trail.Link
	for i := 1; i <= n; i++ {
		body, err := json.Marshal(entry(i))
		require.NoError(t, err)
		var link trail.Link
		link, tip, err = tip.Append(entry(i).At, salt(i), body)
		require.NoError(t, err)
		links = append(links, link)
	}
	return links, tip
}

// copied is links whose bytes may be spoiled.
func copied(links []trail.Link) []trail.Link {
	var out []trail.Link
	for _, l := range links {
		out = append(out, trail.Link{Head: slices.Clone(l.Head), Salt: slices.Clone(l.Salt), Body: slices.Clone(l.Body)})
	}
	return out
}

func broken(t testing.TB, err error, reason string) *trail.BrokenError {
	t.Helper()
	var b *trail.BrokenError
	require.ErrorAs(t, err, &b, reason)
	assert.NotContains(t, b.Error(), "Dana", "%s: the error carries no text of the trail", reason)
	return b
}

func TestVerifyNamesTheFirstBrokenEntry(t *testing.T) {
	const n = 8
	whole, tip := chain(t, named, n)
	got, err := trail.Verify(named, slices.Values(whole), tip)
	require.NoError(t, err)
	require.Equal(t, tip, got)
	for k := range n { // entry k+1 is spoiled
		others, _ := chain(t, trail.Name{Kind: "case", ID: "other"}, n)
		for _, row := range []struct {
			reason string
			spoil  func([]trail.Link) []trail.Link
			fault  trail.Fault
			at     int
		}{
			{"a byte of the body", func(l []trail.Link) []trail.Link { l[k].Body[20] ^= 1; return l }, trail.Altered, k + 1},
			{"a byte of the salt", func(l []trail.Link) []trail.Link { l[k].Salt[0] ^= 1; return l }, trail.Altered, k + 1},
			{"a byte moved from the body to the salt", func(l []trail.Link) []trail.Link {
				l[k].Salt, l[k].Body = append(l[k].Salt, l[k].Body[0]), l[k].Body[1:]
				return l
			}, trail.Altered, k + 1},
			{"the instant in the head", func(l []trail.Link) []trail.Link {
				l[k].Head = bytes.Replace(l[k].Head, []byte(":00Z"), []byte(":01Z"), 1)
				return l
			}, trail.Altered, k + 1},
			{"the number in the head", func(l []trail.Link) []trail.Link {
				l[k].Head = bytes.Replace(l[k].Head, []byte(`"seq":`), []byte(`"seq":7`), 1)
				return l
			}, trail.Altered, k + 1},
			{"what the head says of the head before", func(l []trail.Link) []trail.Link {
				l[k].Head = bytes.Replace(l[k].Head, []byte(`"prev":"`), []byte(`"prev":"0`), 1)
				return l
			}, trail.Altered, k + 1},
			{"a head that is no JSON", func(l []trail.Link) []trail.Link { l[k].Head = []byte("{"); return l }, trail.Altered, k + 1},
			{"a space in the head says the same in other bytes", func(l []trail.Link) []trail.Link {
				l[k].Head = bytes.Replace(l[k].Head, []byte(`,`), []byte(`, `), 1)
				return l
			}, trail.Altered, k + 1},
			{"an entry of another trail", func(l []trail.Link) []trail.Link { l[k] = others[k]; return l }, trail.Altered, k + 1},
			{"an entry is taken out", func(l []trail.Link) []trail.Link { return slices.Delete(l, k, k+1) }, trail.Missing, k + 1},
			{"an entry stands twice", func(l []trail.Link) []trail.Link { return slices.Insert(l, k+1, l[k]) }, trail.Duplicated, k + 1},
			{"the body is taken away", func(l []trail.Link) []trail.Link { l[k] = l[k].Bared(); return l }, trail.Stripped, k + 1},
			{"the salt is taken away", func(l []trail.Link) []trail.Link { l[k].Salt = nil; return l }, trail.Altered, k + 1},
			{"the tail is cut off", func(l []trail.Link) []trail.Link { return l[:k] }, trail.Truncated, k + 1},
		} {
			t.Run(fmt.Sprintf("%s, entry %d", row.reason, k+1), func(t *testing.T) {
				links := row.spoil(copied(whole))
				held, err := trail.Verify(named, slices.Values(links), tip)
				b := broken(t, err, row.reason)
				if k == n-1 && row.fault == trail.Missing {
					row.fault = trail.Truncated // the last one leaves no other in its place
				}
				if k == n-1 && b.Fault == trail.Forged {
					row.fault = trail.Forged // nothing but the anchor follows the last one
				}
				assert.Equal(t, row.fault, b.Fault, "%s: %v", row.reason, b)
				assert.Equal(t, row.at, b.Seq, "%s: %v", row.reason, b)
				assert.Less(t, held.Seq, n+1)
			})
		}
		if k+1 < n {
			links := copied(whole)
			links[k], links[k+1] = links[k+1], links[k]
			_, err := trail.Verify(named, slices.Values(links), tip)
			assert.Equal(t, trail.Swapped, broken(t, err, "two entries change places").Fault)
			assert.Equal(t, k+1, broken(t, err, "two entries change places").Seq)
		}
	}
}

// Who can write to the store and knows this package can write a tail anew that fits together. Only a tip that was kept
// elsewhere shows it.
func TestForgedTail(t *testing.T) {
	whole, tip := chain(t, named, 8)
	early := named.Begin()
	forged := slices.Clone(whole[:4])
	for _, l := range whole[:4] {
		var err error
		early, err = trail.Verify(named, slices.Values(whole[:4]))
		require.NoError(t, err, l)
	}
	at := early
	for i := 5; i <= 8; i++ {
		body, err := json.Marshal(entry(i))
		require.NoError(t, err)
		var l trail.Link
		l, at, err = at.Append(entry(i).At, salt(100+i), bytes.Replace(body, []byte("Dana"), []byte("Nora"), 1))
		require.NoError(t, err)
		forged = append(forged, l)
	}
	_, err := trail.Verify(named, slices.Values(forged))
	require.NoError(t, err, "without an anchor it cannot be told from the truth: the documentation says so")
	_, err = trail.Verify(named, slices.Values(forged), early, tip)
	b := broken(t, err, "the last anchor is another")
	assert.Equal(t, trail.Forged, b.Fault)
	assert.Equal(t, 8, b.Seq)
	assert.Contains(t, b.Why, "proven is 4", "it says from where on nothing is proven")
	_, err = trail.Verify(named, slices.Values(forged[:6]), tip)
	assert.Equal(t, trail.Truncated, broken(t, err, "shorter than the anchor").Fault)
	_, err = trail.Verify(trail.Name{Kind: "case", ID: "other"}, slices.Values(whole))
	assert.Equal(t, 1, broken(t, err, "a whole trail in another's place").Seq)
	_, err = trail.Verify(named, slices.Values(whole), trail.Tip{Hash: "x"})
	assert.Equal(t, trail.Forged, broken(t, err, "an anchor of another trail's beginning").Fault)
}

func TestErasure(t *testing.T) {
	whole, tip := chain(t, named, 5)
	before := copied(whole)
	redacted, err := json.Marshal(talk{Seq: 6, Said: 15})
	require.NoError(t, err)
	e := trail.Erased{By: "dpo", Because: "request 17", State: redacted}
	links, after, err := trail.Erase(named, tip, whole, e, monday.Add(time.Hour), salt(50))
	require.NoError(t, err)
	require.Equal(t, before, whole, "what was given is not altered")
	require.Len(t, links, 6)
	for _, l := range links {
		for _, part := range [][]byte{l.Head, l.Salt, l.Body} {
			assert.NotContains(t, string(part), "Dana", "no byte of the person is in any row")
			assert.NotContains(t, string(part), "Fjeld")
		}
	}
	got, err := trail.Verify(named, slices.Values(links), tip, after)
	require.NoError(t, err, "the chain verifies, with the anchor from before the erasure too")
	assert.Equal(t, after, got)

	seventh := entry(7)
	seventh.At = monday.Add(2 * time.Hour)
	body, err := json.Marshal(seventh)
	require.NoError(t, err)
	next, last, err := after.Append(seventh.At, salt(7), body)
	require.NoError(t, err)
	state, _, err := trail.Replay(named, talk{}, slices.Values(append(slices.Clone(links), next)), step, last)
	require.NoError(t, err)
	assert.Equal(t, talk{Seq: 7, Said: 22, Who: "Dana Fjeld"}, state, "replay starts at the redacted state and goes on")

	again, err := json.Marshal(talk{Seq: 8, Said: 22})
	require.NoError(t, err)
	twice, end, err := trail.Erase(named, last, append(slices.Clone(links), next),
		trail.Erased{By: "dpo", Because: "request 18", State: again}, monday.Add(3*time.Hour), salt(51))
	require.NoError(t, err)
	_, err = trail.Verify(named, slices.Values(twice), tip, after, last, end)
	require.NoError(t, err, "an erasure can be erased")

	restored := copied(links)
	restored[2] = copied(whole)[2]
	_, err = trail.Verify(named, slices.Values(restored))
	assert.Equal(t, trail.Unerased, broken(t, err, "a backup brought a body back").Fault)
	assert.Equal(t, 3, broken(t, err, "a backup brought a body back").Seq)

	for _, row := range []struct {
		reason string
		do     func() error
	}{
		{"a state of another entry would leave the next entries without a number", func() error {
			other := e
			other.State = []byte(`{"seq":5}`)
			_, _, err := trail.Erase(named, tip, whole, other, monday.Add(time.Hour), salt(1))
			return err
		}},
		{"nobody did it", func() error {
			_, _, err := trail.Erase(named, tip, whole, trail.Erased{State: redacted}, monday.Add(time.Hour), salt(1))
			return err
		}},
		{"a state that is none", func() error {
			other := e
			other.State = []byte(`"Dana"`)
			_, _, err := trail.Erase(named, tip, whole, other, monday.Add(time.Hour), salt(1))
			return err
		}},
		{"a broken trail is evidence", func() error {
			links := copied(whole)
			links[0].Body[3] ^= 1
			_, _, err := trail.Erase(named, tip, links, e, monday.Add(time.Hour), salt(1))
			return err
		}},
		{"entries behind the store's tip", func() error {
			short, err := trail.Verify(named, slices.Values(whole[:3]))
			require.NoError(t, err)
			_, _, err = trail.Erase(named, short, whole, e, monday.Add(time.Hour), salt(1))
			return err
		}},
		{"before the last entry", func() error {
			_, _, err := trail.Erase(named, tip, whole, e, monday, salt(1))
			return err
		}},
	} {
		assert.Error(t, row.do(), row.reason)
	}
}

func TestAppendRefuses(t *testing.T) {
	_, tip := chain(t, named, 1)
	for _, row := range []struct {
		reason string
		tip    trail.Tip
		at     time.Time
		salt   []byte
		body   []byte
	}{
		{"no trail", trail.Tip{}, monday, salt(1), []byte("{}")},
		{"a short salt", tip, monday.Add(time.Hour), salt(1)[:31], []byte("{}")},
		{"a salt that nobody filled in", tip, monday.Add(time.Hour), make([]byte, trail.SaltSize), []byte("{}")},
		{"no body", tip, monday.Add(time.Hour), salt(1), nil},
		{"before the last entry", tip, monday, salt(1), []byte("{}")},
		{"no instant that JSON can write", tip, time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC), salt(1), []byte("{}")},
	} {
		_, same, err := row.tip.Append(row.at, row.salt, row.body)
		assert.Error(t, err, row.reason)
		assert.Equal(t, row.tip, same, row.reason)
	}
}

func TestWhatAnErasureKeepsIsReadAndNotFolded(t *testing.T) {
	links, tip := chain(t, named, 3)
	less := entry(2)
	less.Event, less.Change = event.Event{ID: "e2", By: "ana", Body: event.Taken{}}, change{Said: 2}
	kept, err := json.Marshal(less)
	require.NoError(t, err)
	erased := trail.Erased{By: "host", Because: "a message was removed", State: []byte(`{"seq":4,"said":6}`), Kept: []json.RawMessage{kept}}
	links, tip, err = trail.Erase(named, tip, links, erased, entry(4).At, salt(4))
	require.NoError(t, err)
	more, err := json.Marshal(entry(5))
	require.NoError(t, err)
	link, tip, err := tip.Append(entry(5).At, salt(5), more)
	require.NoError(t, err)
	links = append(links, link)
	var seqs []int
	for e, err := range trail.Entries[change](named, slices.Values(links), tip) {
		require.NoError(t, err)
		seqs = append(seqs, e.Seq)
	}
	assert.Equal(t, []int{2, 5}, seqs)
	var bodies []string
	for body, err := range trail.Bodies(named, slices.Values(links), tip) {
		require.NoError(t, err)
		bodies = append(bodies, string(body))
	}
	assert.Equal(t, []string{string(kept), string(more)}, bodies, "as they were written")
	state, _, err := trail.Replay(named, talk{}, slices.Values(links), step, tip)
	require.NoError(t, err)
	assert.Equal(t, 11, state.Said, "the state that was left, and what came after")
	var page strings.Builder
	require.NoError(t, trail.Render(&page, named, slices.Values(links), trail.Style{}, tip))
	assert.Contains(t, page.String(), "kept:    1 of them")
	assert.Contains(t, page.String(), "\n    #2  2026-06-15 08:02:00.000 +00:00  taken, by ana\n", "further in than an entry of the trail")

	links, tip = chain(t, named, 1)
	erased.State, erased.Kept = []byte(`{}`), []json.RawMessage{[]byte(`7`)}
	links, _, err = trail.Erase(named, tip, links, erased, entry(2).At, salt(2))
	require.NoError(t, err)
	for _, err := range trail.Entries[change](named, slices.Values(links)) {
		assert.Equal(t, trail.Unreadable, broken(t, err, "what was kept is no entry").Fault)
	}
}
