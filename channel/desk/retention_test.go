package desk_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/privacy"
)

const aDay = 24 * time.Hour

// days lets whole days pass, and looks once on each.
func (h *house) days(n int) {
	h.t.Helper()
	for range n {
		h.after(aDay)
	}
}

// over lets all cases of an author end, in a hundred days.
func (h *house) over(author string) {
	h.t.Helper()
	for _, id := range h.hisCases(author) {
		require.NoError(h.t, h.do("ends "+id, "ana", id, event.Spoken{Summary: "all is well", Said: event.Over}))
	}
	h.days(100)
	for _, id := range h.hisCases(author) {
		c := h.caseNow(id)
		require.False(h.t, c.Stage.Live(), "%s %s %s %v %v", id, c.Stage, c.Due(), c.Waits, c.Owed)
	}
}

// on is so many days after the morning.
func (h *house) on(n int) {
	h.t.Helper()
	for at := morning.Add(time.Duration(n) * aDay); h.now.Before(at); {
		h.after(min(at.Sub(h.now), 30*aDay))
	}
	h.days(2)
}

// tokensIn are those of the tokens that the store still holds.
func (h *house) tokensIn(of ...string) (out []string) {
	h.t.Helper()
	all := string(h.bytesOf())
	for _, token := range of {
		if strings.Contains(all, token) {
			out = append(out, token)
		}
	}
	return out
}

// of a case: what he wrote, and what was written about it.
var words = []string{"posttoken", "edittoken", "messagetoken", "drafttoken", "answertoken", "rejecttoken", "notetoken",
	"spokentoken", "promisetoken", "othertoken", "elsewheretoken"}

func TestWhatIsPastItsTimeGoes(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	id := busy(h)
	h.world.Post(mention.Mention{Author: dana(), Text: "Fjordwing, write to dana.k@mailtoken.example", Lang: "en"})
	h.tick()
	named, pictures := []string{"giventoken", "handletoken", "nametoken", "authortoken"}, []string{"mediatoken", "linktoken"}
	private := func() (n int) {
		for _, id := range h.hisCases("authortoken") {
			if v := h.caseNow(id).Verdict; v != nil {
				n += len(v.Private)
			}
		}
		return n
	}
	require.NotZero(t, private())
	h.over("authortoken")
	assert.Zero(t, private(), "where private data stood is known for a month, or as long as the case lives")
	assert.Equal(t, words, h.tokensIn(words...), "what was said stays")
	assert.Equal(t, pictures, h.tokensIn(pictures...))
	h.replays()

	h.on(362)
	assert.Equal(t, pictures, h.tokensIn(pictures...))
	h.on(367)
	assert.Empty(t, h.tokensIn(pictures...), "pictures stay a year")
	assert.Equal(t, words, h.tokensIn(words...))
	_, entries, err := h.desk.Case(t.Context(), "", id)
	require.NoError(t, err)
	assert.Contains(t, fmt.Sprint(entries), "posttoken", "and the trail can still be read")
	h.replays()

	h.on(726)
	assert.Equal(t, words, h.tokensIn(words...))
	assert.Equal(t, named, h.tokensIn(named...))
	h.on(733)
	assert.Empty(t, h.tokensIn(words...), "words stay two")
	assert.Empty(t, h.tokensIn(named...), "and who said them")
	assert.Empty(t, h.caseNow(id).Author)
	tally := mention.Key("author", "", "memory", "authortoken")
	assert.NotContains(t, string(h.bytesOf()), tally)
	_, entries, err = h.desk.Case(t.Context(), "", id)
	require.NoError(t, err)
	assert.NotEmpty(t, entries, "how it went is still known")
	h.replays()

	h.on(1098)
	_, entries, err = h.desk.Case(t.Context(), "", id)
	require.NoError(t, err)
	assert.Empty(t, entries, "then the case goes whole")
	for _, l := range h.links(id)[:h.caseNow(id).Seq-1] {
		require.True(t, l.Bare())
	}
	h.replays()
}

func TestWhatIsPreservedIsNotForgotten(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	busy(h)
	his := h.hisCases("authortoken")
	for _, id := range his {
		require.NoError(t, h.do("keep "+id, "ana", id, event.Preserved{Matter: "7/26"}))
	}
	h.over("authortoken")
	of := append([]string{"handletoken", "nametoken", "authortoken", "giventoken", "mediatoken", "linktoken"}, words...)
	h.on(1200)
	assert.Equal(t, of, h.tokensIn(of...))
	assert.Empty(t, h.tokensIn("recordtoken", "parkedtoken", "rawtoken"), "but what is in no case")
	for _, id := range his {
		require.NoError(t, h.do("over "+id, "ana", id, event.Released{}))
	}
	h.days(2)
	assert.Empty(t, h.tokensIn(words...), "and then it goes at once")
	h.replays()
}

// A day on which much is to go is done piece by piece, and what is urgent does not wait for it.
func TestForgettingIsBounded(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	const n = 150
	for i := range n {
		h.world.Post(said(fmt.Sprintf("c%03d", i), fmt.Sprintf("Fjordwing lost my bag %03d", i)))
	}
	h.tick()
	for c, err := range h.desk.Cases(t.Context(), desk.CaseQuery{}) {
		require.NoError(t, err)
		require.NoError(t, h.do("waive "+c.ID, "ana", c.ID, event.Waived{Code: "duplicate"}))
	}
	h.after(31 * aDay)
	h.after(61 * aDay) // they end on one day
	gone := func() (out int) {
		for c, err := range h.desk.Cases(t.Context(), desk.CaseQuery{}) {
			require.NoError(t, err)
			if len(c.Purged) > 0 {
				out++
			}
		}
		return out
	}
	before := gone()
	h.now = h.now.Add(aDay + time.Hour)
	for minute := 0; gone() < n; minute++ {
		require.Less(t, minute, 5)
		h.after(time.Minute)
		assert.LessOrEqual(t, gone()-before, 64, "in a minute")
		before = gone()
	}
	h.replays()
}

// What cannot be dropped is looked at again on the next day: a trail that somebody has written to is evidence.
func TestABrokenTrailIsNotForgotten(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	id := busy(h)
	h.over("authortoken")
	inner := h.store
	h.store = &forger{inner, func(all []desk.Entry) []desk.Entry {
		if all[0].ID == id {
			all[1].Salt = bytes.Repeat([]byte{7}, 32)
		}
		return all
	}}
	h.open()
	h.on(735)
	h.store = inner
	h.open()
	assert.Contains(t, h.tokensIn(words...), "posttoken")
	assert.NotContains(t, h.tokensIn(words...), "othertoken", "it holds up no other")
	h.days(2)
	assert.Empty(t, h.tokensIn(words...))
	h.replays()
}

// What is remembered of an author across his cases stays while another case names him, and as long as nobody is to write
// to him.
func TestATallyGoesWithTheLastCaseOfItsAuthor(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	tally := mention.Key("author", "", "memory", "@eva")
	courtesy := mention.Key("courtesy", tally)
	known := func(id string) bool {
		_, err := h.store.Row(t.Context(), desk.Address{Kind: desk.KindTally, ID: id})
		return err == nil
	}
	h.world.Post(said("eva", "Fjordwing lost my bag"))
	h.tick()
	h.over("@eva")
	require.Greater(t, len(h.hisCases("@eva")), 0)
	h.on(500)
	ref := h.world.Post(said("eva", "Fjordwing cancelled my flight to Bergen"))
	h.tick()
	id := h.caseOf(ref)
	require.NoError(t, h.do("bar", "ana", id, event.Barred{
		From: event.Contact, Owner: "ana", Reason: "he said stop", Until: h.now.Add(900 * aDay),
	}))
	h.over("@eva")
	h.on(740)
	assert.True(t, known(tally), "the younger case names him")
	h.on(500 + 740)
	assert.True(t, known(tally) && known(courtesy), "nobody writes to him yet")
	h.on(500 + 940)
	assert.False(t, known(tally) || known(courtesy))
	h.replays()
}

// What was said and opened no case is kept as long as what did, and so is who said it. Raw bytes of what nobody could work
// on go with the others, and what its author removed goes at once.
func TestWhatIsInNoCaseIsForgottenToo(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	first := h.world.Post(said("eva", "what a weather firsttoken on all the lakes and hills of the north"))
	second := h.world.Post(said("leo", "what a weather secondtoken on all the lakes and hills of the north"))
	h.tick()
	for _, ref := range []mention.Ref{first, second} {
		text, err := h.store.Text(t.Context(), "", ref)
		require.NoError(t, err)
		require.Empty(t, text.ID)
	}
	parked := desk.Inbound{Channel: "memory", At: h.now, Item: channel.Item{ID: "p", Kind: channel.Undecodable,
		Reason: "reasontoken", Raw: []byte("rawtoken")}}
	parked.Item.Mention.Ref.Channel = "memory"
	require.NoError(t, h.desk.Handle(t.Context(), "", parked.Item))
	require.Equal(t, []string{"firsttoken", "secondtoken", "rawtoken"}, h.tokensIn("firsttoken", "secondtoken", "rawtoken"))
	require.True(t, h.world.Delete(first))
	h.after(2 * time.Minute)
	assert.Empty(t, h.tokensIn("firsttoken"), "its author removed it")
	h.on(35)
	assert.Empty(t, h.tokensIn("rawtoken"))
	author := mention.Key("author", "", "memory", "@leo")
	h.on(725)
	assert.NotEmpty(t, h.tokensIn("secondtoken"))
	assert.Contains(t, string(h.bytesOf()), author)
	h.on(735)
	assert.Empty(t, h.tokensIn("secondtoken"))
	assert.NotContains(t, string(h.bytesOf()), author, "nothing was heard of him for two years")
	h.world.Post(said("leo", "what a weather thirdtoken"))
	h.tick()
	assert.Contains(t, string(h.bytesOf()), author, "who writes again is known again")
}

// Who writes again in a case of which something is gone begins its time anew.
func TestWhatIsSaidLaterHasATimeOfItsOwn(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	write := func(text string) {
		m := said("eva", text)
		m.Visibility, m.Thread = mention.Private, "talk"
		h.world.Message(m)
		h.tick()
	}
	write("Fjordwing lost my bag, write to eva@firsttoken.example")
	id := h.only().ID
	h.over("@eva")
	require.Contains(t, h.caseNow(id).Purged, privacy.Private)
	write("Fjordwing lost my bag again, write to eva@secondtoken.example")
	require.Equal(t, id, h.only().ID)
	require.NotEmpty(t, h.only().Verdict.Private)
	require.NoError(t, h.do("ends again", "ana", id, event.Spoken{Summary: "all is well", Said: event.Over}))
	h.days(100)
	assert.Empty(t, h.only().Verdict.Private)
	assert.NotEmpty(t, h.tokensIn("secondtoken"))
	h.on(100 + 735)
	assert.Empty(t, h.tokensIn("firsttoken", "secondtoken"))
	h.replays()
}

// A shorter time that the rules have now reaches old cases when the host says so.
func TestForgetLooksAtAllOfThem(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	busy(h)
	h.over("authortoken")
	s := specs()
	s.Retention = privacy.Retention{Text: 120, Author: 120, Media: 120, Survey: 120}
	h.rules = compile(t, s)
	h.on(200)
	require.Equal(t, words, h.tokensIn(words...), "they are looked at when they were to be looked at")
	require.NoError(t, h.desk.Forget(t.Context(), ""))
	h.days(2)
	assert.Empty(t, h.tokensIn(words...))
	h.replays()
	assert.Error(t, (func() error { h.rules = nil; return h.desk.Forget(t.Context(), "") })())
}

// A case that was merged goes with the case in which the conversation went on.
func TestAMergedCaseIsForgotten(t *testing.T) {
	h := newHouse(t, &memory.Channel{})
	one := h.world.Post(said("eva", "Fjordwing lost my bag posttoken, write to eva@onetoken.example"))
	two := h.world.Post(said("eva.b", "Fjordwing lost my bag twintoken, write to eva@twotoken.example"))
	h.tick()
	a, b := h.caseOf(one), h.caseOf(two)
	require.NoError(t, h.do("merge", "ana", a, event.Merged{From: b}))
	h.on(735)
	require.True(t, h.caseNow(a).Stage.Live(), "nobody has answered")
	both := []string{"posttoken", "twintoken"}
	assert.Equal(t, both, h.tokensIn(both...))
	require.NoError(t, h.do("keep", "ana", a, event.Preserved{Matter: "7/26"}))
	h.over("@eva")
	h.on(900)
	assert.Equal(t, both, h.tokensIn(both...), "what the one needs the other keeps")
	require.NoError(t, h.do("release", "ana", a, event.Released{}))
	h.days(3)
	assert.Equal(t, both, h.tokensIn(both...), "the conversation ended two years after it began")
	h.on(735 + 740)
	assert.Empty(t, h.tokensIn(both...))
	assert.Empty(t, h.tokensIn("onetoken", "twotoken"))
	h.replays()
	require.ErrorIs(t, h.do("part", "ana", a, event.Split{From: b}), respond.ErrRefused, "of the one nothing is left")
	h.on(735 + 1110)
	assert.Contains(t, h.caseNow(b).Purged, privacy.Trail)
	h.replays()
}
