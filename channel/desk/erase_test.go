package desk_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/memstore"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/insight"
	"github.com/reputekit/reputation/triage"
)

// tokens are what a person left behind, each in a place of its own.
var tokens = []string{
	"handletoken", "nametoken", "authortoken", "posttoken", "edittoken", "messagetoken", "recordtoken", "giventoken",
	"drafttoken", "answertoken", "rejecttoken", "notetoken", "spokentoken", "promisetoken", "mediatoken", "linktoken",
	"parkedtoken", "rawtoken", "othertoken", "elsewheretoken",
}

func dana() mention.Author {
	return mention.Author{ID: "authortoken", Handle: "handletoken", Name: "nametoken"}
}

// busy is a day on which one person is everywhere, and another writes too. It gives the person's case.
func busy(h *house) string {
	h.t.Helper()
	h.ports = func(o *desk.Options) {
		o.Knows = func(_ string, m mention.Mention) (map[string]string, triage.Standing) {
			if m.Author.ID == "authortoken" {
				return map[string]string{"order": "giventoken"}, ""
			}
			return nil, ""
		}
	}
	h.open()
	by := func(text string) mention.Mention { return mention.Mention{Author: dana(), Text: text, Lang: "en"} }
	first := by("Fjordwing lost my bag on the way to Oslo and nobody answers the telephone posttoken today")
	first.Media = []mention.Media{{Kind: "image", URL: "https://x.example/mediatoken", Alt: "mediatoken"}}
	first.Links = []string{"https://x.example/linktoken"}
	ref := h.world.Post(first)
	h.world.Post(said("leo", "Fjordwing lost my bag too, says leostays"))
	h.tick()
	id := h.caseOf(ref)
	h.world.Edit(ref, "Fjordwing lost my bag edittoken")
	h.world.Message(by("Fjordwing, here is my number messagetoken"))
	h.world.Post(by("what a weather recordtoken"))
	h.tick()
	require.NoError(h.t, h.do("note", "ana", id, event.Noted{Text: "she sounds like notetoken"}))
	require.NoError(h.t, h.do("phone", "ana", id, event.Spoken{Summary: "she said spokentoken"}))
	require.NoError(h.t, h.do("promise", "ana", id, event.Promised{Promise: event.Promise{What: "call promisetoken",
		Due: h.now.Add(48 * time.Hour)}}))
	require.NoError(h.t, h.do("d1", "ben", id, event.Drafted{Text: "Dear drafttoken, no."}))
	require.NoError(h.t, h.do("r1", "ana", id, event.Rejected{Draft: h.caseNow(id).Draft.ID, Reason: "not to rejecttoken"}))
	require.NoError(h.t, h.do("d2", "ben", id, event.Drafted{Text: "We are looking for it and write to you by tomorrow at 10:00, answertoken."}))
	require.NoError(h.t, h.do("a2", "ana", id, event.Approved{Draft: h.caseNow(id).Draft.ID}))
	h.after(time.Minute)
	require.NotEmpty(h.t, h.sends())
	h.world.Elsewhere(ref, "fjordwing", "A colleague says elsewheretoken")
	parked := desk.Inbound{Channel: "memory", At: h.now, Item: channel.Item{ID: "p", Kind: channel.Created,
		Mention: by("parkedtoken"), Raw: []byte("rawtoken")}}
	parked.Item.Mention.Ref = mention.Ref{Channel: "memory", ID: "p"}
	require.NoError(h.t, h.store.Commit(h.t.Context(), desk.Commit{Inbox: []desk.Inbound{parked}}))
	parked.Parked, parked.Done = "it cannot be worked on", true
	require.NoError(h.t, h.store.Commit(h.t.Context(), desk.Commit{Inbox: []desk.Inbound{parked}}))
	h.after(2 * time.Minute)
	h.after(20 * time.Minute)
	h.world.Post(by("Fjordwing again: othertoken"))
	h.after(2 * time.Minute)
	return id
}

func (h *house) caseNow(id string) respond.Case {
	h.t.Helper()
	c, _, err := h.desk.Case(h.t.Context(), "", id)
	require.NoError(h.t, err)
	return c
}

// caseOf is the case that holds a message.
func (h *house) caseOf(ref mention.Ref) string {
	h.t.Helper()
	text, err := h.store.Text(h.t.Context(), "", ref)
	require.NoError(h.t, err)
	require.NotEmpty(h.t, text.ID)
	return text.ID
}

// hisCases are the cases of one author.
func (h *house) hisCases(author string) (ids []string) {
	h.t.Helper()
	for c, err := range h.desk.Cases(h.t.Context(), desk.CaseQuery{Channel: "memory", Author: author}) {
		require.NoError(h.t, err)
		ids = append(ids, c.ID)
	}
	return ids
}

// copies are the groups of near copies that are stored.
func (h *house) copies() []group.Group {
	h.t.Helper()
	row, err := h.store.Row(h.t.Context(), desk.Address{Kind: desk.KindTally, ID: mention.Key("copies", "")})
	require.NoError(h.t, err)
	var stored struct {
		Copies group.Tally `json:"copies"`
	}
	require.NoError(h.t, json.Unmarshal(row.State, &stored))
	return stored.Copies.Groups
}

// bytesOf is everything that a store in memory keeps, with what stands in it as base64 written out.
func (h *house) bytesOf() []byte {
	h.t.Helper()
	path := filepath.Join(h.t.TempDir(), "desk")
	require.NoError(h.t, h.store.(*memstore.Store).Save(path))
	data, err := os.ReadFile(path)
	require.NoError(h.t, err)
	_, body, _ := bytes.Cut(data, []byte("\n"))
	var all any
	require.NoError(h.t, json.Unmarshal(body, &all))
	out := bytes.NewBuffer(data)
	spread(out, all)
	return bytes.ToLower(out.Bytes())
}

func spread(out *bytes.Buffer, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			spread(out, x)
		}
	case []any:
		for _, x := range v {
			spread(out, x)
		}
	case string:
		if data, err := base64.StdEncoding.DecodeString(v); err == nil {
			fmt.Fprintf(out, "\n%s", data)
		}
	}
}

// Law 14 of the design.
func TestAfterErasureNoByteOfThePersonIsInAnyRow(t *testing.T) {
	h := newHouse(t, &memory.Channel{Lacks: nil})
	id := busy(h)
	all := h.bytesOf()
	for _, token := range tokens {
		require.Contains(t, string(all), token, "before")
	}
	tally := mention.Key("author", "", "memory", "authortoken")
	require.Contains(t, string(all), tally)
	require.NotEmpty(t, h.copies(), "what he wrote is known by its fingerprint")
	h.replays()
	require.NoError(t, h.desk.Do(t.Context(), "", id, event.Event{ID: event.RequestID("erase"), By: event.Host,
		Body: event.ErasureAsked{Request: "E-1"}}))
	h.tick()
	h.after(2 * time.Minute)
	assert.NotContains(t, h.outcomes("erase"), "waiting")
	all = h.bytesOf()
	for _, token := range tokens {
		assert.NotContains(t, string(all), token)
	}
	assert.NotContains(t, string(all), tally, "a bare hash of a person is still his")
	assert.Empty(t, h.copies())
	assert.Contains(t, string(all), "leostays", "another customer is not touched")
	h.replays()
	c := h.caseNow(id)
	assert.Equal(t, followup.Closed, c.Stage)
	assert.Equal(t, followup.Withdrawn, c.Outcome)
	assert.False(t, c.Erasure.Done.IsZero())
	for _, l := range h.links(id)[:c.Seq-1] {
		require.NotEmpty(t, l.Head)
	}

	h.open()
	h.after(30 * 24 * time.Hour)
	h.replays()
	h.world.Post(mention.Mention{Author: dana(), Text: "Fjordwing lost my bag again", Lang: "en"})
	h.tick()
	h.replays()
	assert.Contains(t, string(h.bytesOf()), "handletoken", "who writes again begins anew")
}

func TestPreservedNothingIsErasedUntilItIsReleased(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	id := busy(h)
	his := h.hisCases("authortoken")
	require.Greater(t, len(his), 1, "he has more than one")
	for _, c := range his {
		require.NoError(t, h.do("keep "+c, "ana", c, event.Preserved{Matter: "7/26"}))
	}
	told := len(h.pager.members())
	require.NoError(t, h.do("erase", event.Host, id, event.ErasureAsked{}))
	h.after(2 * time.Minute)
	assert.Empty(t, h.outcomes("erase"), "what is preserved is not asked for")
	assert.Contains(t, h.caseNow(id).Erasure.Deferred, "for 7/26, by ana")
	assert.Equal(t, "ana", h.pager.members()[told], "who preserves it is told")
	all := string(h.bytesOf())
	for _, token := range tokens {
		require.Contains(t, all, token)
	}
	h.after(90 * 24 * time.Hour)
	for _, c := range his {
		require.NoError(t, h.do("over "+c, "ana", c, event.Released{}))
	}
	h.after(2 * time.Minute)
	all = string(h.bytesOf())
	for _, token := range tokens {
		assert.NotContains(t, all, token)
	}
	h.replays()
}

// An erasure that was asked for before somebody preserved the case does not run under him.
func TestPreservedWhileAnErasureIsUnderWay(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	id := busy(h)
	require.NoError(t, h.do("erase", event.Host, id, event.ErasureAsked{}))
	require.NoError(t, h.do("keep", "ana", id, event.Preserved{Matter: "7/26"}))
	h.after(2 * time.Minute)
	assert.Contains(t, h.outcomes("erase"), "undelivered failed")
	assert.Contains(t, string(h.bytesOf()), "posttoken")
	assert.NotContains(t, string(h.bytesOf()), "othertoken", "what nobody preserved is gone")
	require.NoError(t, h.do("over", "ana", id, event.Released{}))
	h.after(2 * time.Minute)
	assert.NotContains(t, string(h.bytesOf()), "posttoken")
	h.replays()
}

func TestOurCopyOfARemovedMessageGoes(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	ref := h.world.Post(said("eva", "Fjordwing lost my bag posttoken"))
	h.tick()
	id := h.caseOf(ref)
	require.NoError(t, h.do("note", "ana", id, event.Noted{Text: "the desk in Oslo knows of it"}))
	h.approve("1", "We are looking for it.")
	h.tick()
	before := h.caseNow(id).Seq
	require.Contains(t, string(h.bytesOf()), "posttoken")
	require.True(t, h.world.Delete(ref))
	h.after(2 * time.Minute)
	assert.Equal(t, []string{"delivered"}, h.outcomes("redact"))
	assert.NotContains(t, string(h.bytesOf()), "posttoken", "nor in the trail")
	assert.Contains(t, string(h.bytesOf()), "the desk in oslo", "what a person recorded stays")
	h.replays()
	_, entries, err := h.desk.Case(t.Context(), "", id)
	require.NoError(t, err)
	require.Greater(t, len(entries), before, "the trail can still be read")
	kinds := map[string]string{}
	for _, e := range entries {
		kinds[e.Event.Kind()] = e.Event.By
	}
	assert.Equal(t, "ana", kinds["approved"], "and who approved what is known")
	assert.Equal(t, "ana", kinds["noted"])
	assert.True(t, h.caseNow(id).Stage.Live(), "the case goes on")
	h.world.Post(said("eva", "Fjordwing, where is my bag?"))
	h.after(2 * time.Minute)
	h.replays()
}

// What repeats a message that was removed goes with it: our answers where they quote it, the handover note, and its
// fingerprint.
func TestWhatRepeatsARemovedMessageGoes(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	const lament = "Fjordwing lost my bag on the way to Oslo, it has my quotetoken in it and nobody answers the telephone"
	ref := h.world.Post(said("eva", lament))
	h.tick()
	id := h.caseOf(ref)
	require.NoError(t, h.do("d0", "ben", id, event.Drafted{Text: "You write: nobody answers the telephone, with your QUOTETOKEN in it, and nobody will."}))
	require.NoError(t, h.do("r0", "ana", id, event.Rejected{Draft: h.caseNow(id).Draft.ID, Reason: "too long"}))
	require.NoError(t, h.do("d1", "ben", id, event.Drafted{Text: "Dear Eva, we are looking for it."}))
	require.NoError(t, h.do("mine", "ana", id, event.Taken{}))
	require.NoError(t, h.do("yours", "ana", id, event.HandedOver{To: "ben", Note: "she is kind"}))
	require.NoError(t, h.do("have it", "ben", id, event.Taken{}))
	require.Contains(t, h.caseNow(id).Handover.Theirs, "quotetoken")
	h.approve("1", "You wrote “it has my quotetoken in it and nobody answers the telephone”: we are sorry.")
	h.after(time.Minute)
	require.Len(t, h.sends(), 1)
	require.NoError(t, h.do("d2", "ben", id, event.Drafted{Text: "Again: it has my quotetoken in it and nobody answers the telephone."}))
	h.after(2 * time.Minute)
	require.NotEmpty(t, h.copies())
	replied := func() insight.Spread {
		_, entries, err := h.desk.Case(t.Context(), "", id)
		require.NoError(t, err)
		one := insight.Trail{Start: respond.New("", id), Entries: slices.Values(entries)}
		return insight.Tell(slices.Values([]insight.Trail{one}), insight.Options{}).All.FirstReply
	}
	before := replied()
	require.Equal(t, 1, before.N)
	require.True(t, h.world.Delete(ref))
	h.after(2 * time.Minute)
	h.after(20 * time.Minute)
	assert.Equal(t, before, replied(), "figures outlive words")
	all := string(h.bytesOf())
	assert.NotContains(t, all, "quotetoken")
	assert.Contains(t, all, "we are looking for it", "a draft that does not quote it is a record")
	assert.Contains(t, all, "too long")
	assert.Contains(t, all, "she is kind")
	assert.Empty(t, h.copies(), "nor is it known by its fingerprint")
	h.replays()
}

// A case remembers its last fifty messages; a trail that was redacted leads to the texts of the others still.
func TestAnErasureAfterARedactionReachesOldTexts(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	writes := func(text string) mention.Ref {
		h.now = h.now.Add(time.Minute)
		m := said("eva", text)
		m.Visibility, m.Kind, m.Thread = mention.Private, mention.Message, "thread"
		return h.world.Post(m)
	}
	ref := writes("Fjordwing lost my bag firsttoken")
	h.tick()
	removed := writes("and my hat removedtoken")
	old := writes("and my coat oldtoken")
	h.tick()
	id := h.caseOf(ref)
	require.True(t, h.world.Delete(removed))
	h.after(2 * time.Minute)
	require.NotContains(t, string(h.bytesOf()), "removedtoken")
	for n := range 60 {
		writes(fmt.Sprintf("and number %d", n))
	}
	h.after(2 * time.Minute)
	c := h.caseNow(id)
	require.False(t, slices.ContainsFunc(c.Messages, func(m respond.Message) bool { return m.Ref == old }), "it is older than fifty")
	require.True(t, h.world.Delete(writes("and my shoes removedtoken")))
	h.after(2 * time.Minute)
	require.Contains(t, string(h.bytesOf()), "oldtoken")
	require.NoError(t, h.do("erase", event.Host, id, event.ErasureAsked{}))
	h.after(2 * time.Minute)
	h.after(2 * time.Minute)
	all := string(h.bytesOf())
	for _, token := range []string{"firsttoken", "oldtoken", "removedtoken", "and number 7", "eva"} {
		assert.Zero(t, strings.Count(all, token), token)
	}
	h.replays()
}

// Two cases that were made one are one person's: both are erased.
func TestTheCaseThatWasMergedIsErasedToo(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	one := h.world.Post(said("eva", "Fjordwing lost my bag posttoken"))
	two := h.world.Post(said("eva.b", "Fjordwing lost my bag twintoken"))
	h.tick()
	id, other := h.caseOf(one), h.caseOf(two)
	require.NotEqual(t, id, other)
	require.NoError(t, h.do("merge", "ana", id, event.Merged{From: other}))
	h.tick()
	require.NoError(t, h.do("erase", event.Host, id, event.ErasureAsked{}))
	h.after(2 * time.Minute)
	all := string(h.bytesOf())
	for _, token := range []string{"posttoken", "twintoken", "eva"} {
		assert.NotContains(t, all, token)
	}
	h.replays()
}

// What a member erases by his own hand goes the same way.
func TestAMemberErases(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	id := busy(h)
	require.ErrorContains(t, h.do("now", "ana", id, event.Erased{}), "nobody asked for it")
	require.NoError(t, h.do("erase", event.Host, id, event.ErasureAsked{}))
	require.NoError(t, h.do("now", "ana", id, event.Erased{}))
	assert.NotContains(t, string(h.bytesOf()), "posttoken")
	h.after(2 * time.Minute)
	h.replays()
}

// A trail that somebody has written to is evidence: it is not erased, and a person is told.
func TestABrokenTrailIsNotErased(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	id := busy(h)
	inner := h.store
	h.store = &forger{inner, func(all []desk.Entry) []desk.Entry {
		if all[0].ID == id {
			all[1].Salt = bytes.Repeat([]byte{7}, 32)
		}
		return all
	}}
	h.open()
	require.NoError(t, h.do("erase", event.Host, id, event.ErasureAsked{}))
	h.after(2 * time.Minute)
	assert.Contains(t, h.outcomes("erase"), "undelivered failed")
	h.store = inner
	h.open()
	assert.Contains(t, string(h.bytesOf()), "posttoken")
	h.replays()
}

// While we speak to a person the erasure waits: what comes of it would be stored after he is gone.
func TestAnErasureWaitsForWhatIsUnderWay(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	id := busy(h)
	for o, err := range h.desk.Outbox(t.Context(), desk.OutboxQuery{ID: id, Effects: []string{"send"}}) {
		require.NoError(t, err)
		o.State, o.Next, o.Tried = desk.Trying, h.now.Add(30*time.Second), h.now
		require.NoError(t, h.store.Commit(t.Context(), desk.Commit{Outbox: []desk.Outbound{o}}))
		break
	}
	require.NoError(t, h.do("erase", event.Host, id, event.ErasureAsked{}))
	h.tick()
	assert.Contains(t, string(h.bytesOf()), "answertoken")
	h.after(2 * time.Minute)
	assert.Equal(t, []string{"erased", "erased", "erased"}, h.outcomes("erase"))
	assert.NotContains(t, string(h.bytesOf()), "answertoken")
	h.replays()
}
