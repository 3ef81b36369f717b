package roster_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/escalation/roster"
	"github.com/reputekit/reputation/mention/spec"
)

// right is a book with nothing wrong in it.
func right() roster.Book {
	b := desk(one(rotation("Europe/London", "2026-06-01", "09:00", roster.Day, "ann", "bob")))
	b.Covers = []roster.Cover{{Kind: roster.Leave, Who: "ann", By: "bob",
		From: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 7, 8, 0, 0, 0, 0, time.UTC)}}
	return b
}

func TestCompile(t *testing.T) {
	for _, row := range []struct {
		reason string
		change func(b *roster.Book)
		want   []string
	}{
		{"nothing is wrong", func(*roster.Book) {}, nil},
		{"an empty book is a book", func(b *roster.Book) { *b = roster.Book{} }, nil},
		{"rosters", func(b *roster.Book) {
			b.Rosters = append(b.Rosters, b.Rosters[0], roster.Roster{}, roster.Roster{ID: "x", Hours: "nowhere",
				Layers: []roster.Layer{{}}})
		}, []string{
			`rosters[1].id: "desk" is the id of another`,
			`rosters[2].id: there is no id`,
			`rosters[2].layers: a roster needs a layer`,
			`rosters[3].hours: there is no calendar "nowhere"`,
			`rosters[3].layers[0].rotations: a layer needs a rotation`,
			`rosters[3].layers: no slot names anybody: nobody would ever be on duty`}},
		{"a rotation", func(b *roster.Book) {
			b.Rosters[0].Layers[0].Rotations[0] = roster.Rotation{Calendar: "Europe/Londn", From: "2026-02-30", At: "9:00",
				Every: "fortnight", N: 1001, Weekdays: true, Slots: []string{"ann", "", "zed"}}
		}, []string{
			`rosters[0].layers[0].rotations[0].calendar: there is no calendar "Europe/Londn": a rotation needs one for its zone`,
			`rosters[0].layers[0].rotations[0].every: "fortnight" is none of hour, day, week, month`,
			`rosters[0].layers[0].rotations[0].n: 1001 is not between 0 and 1000`,
			`rosters[0].layers[0].rotations[0].weekdays: only days are counted by weekdays: write every day`,
			`rosters[0].layers[0].rotations[0].at: "9:00" is not a time of day: write it like 09:00`,
			`rosters[0].layers[0].rotations[0].from: "2026-02-30" is not a date: write it like 2026-12-25`,
			`rosters[0].layers[0].rotations[0].slots[2]: there is no member "zed"`}},
		{"no slots, and changes", func(b *roster.Book) {
			r := &b.Rosters[0].Layers[0].Rotations[0]
			r.Slots, r.Weekdays = nil, true
			r.Changes = []roster.Change{{From: "2026-06-01", Slots: []string{"ann"}}, {From: "2026-06-13"}, {From: "soon"}}
		}, []string{
			`rosters[0].layers[0].rotations[0].slots: there is no slot: name a member, or write an empty one for nobody`,
			`rosters[0].layers[0].rotations[0].changes[0].from: 2026-06-01 is not later than the order before it`,
			`rosters[0].layers[0].rotations[0].changes[1].from: 2026-06-13 is a Saturday, and only weekdays count`,
			`rosters[0].layers[0].rotations[0].changes[1].slots: there is no slot: name a member, or write an empty one for nobody`,
			`rosters[0].layers[0].rotations[0].changes[2].from: "soon" is not a date: write it like 2026-12-25`,
			`rosters[0].layers[0].rotations[0].changes[2].slots: there is no slot: name a member, or write an empty one for nobody`}},
		{"slots of nobody alone", func(b *roster.Book) {
			b.Rosters[0].Layers[0].Rotations[0].Slots = []string{"", ""}
		}, []string{`rosters[0].layers: no slot names anybody: nobody would ever be on duty`}},
		{"covers", func(b *roster.Book) {
			x := b.Covers[0]
			b.Covers = []roster.Cover{
				{Kind: "holiday", Who: "ann", By: "bob", From: x.From, To: x.To},
				{Kind: roster.Leave, Who: "zed", Roster: "desk", From: x.To, To: x.From},
				{Kind: roster.Override, Who: "ann", By: "bob", From: x.From, To: x.To},
				{Kind: roster.Override, Roster: "nowhere", Who: "ann", By: "zed", From: x.From},
				{Kind: roster.Swap, Who: "ann", By: "ann", From: x.From, To: x.From},
				{Kind: roster.Temporary, Who: "ann", From: x.From, To: x.To},
			}
		}, []string{
			`covers[0].kind: "holiday" is none of leave, swap, override, temporary`,
			`covers[1].roster: leave is from every roster: leave roster out`,
			`covers[1].who: there is no member "zed"`,
			`covers[1].to: the cover ends before it begins: it is empty`,
			`covers[2].roster: an override needs a roster`,
			`covers[3].who: an override is instead of whoever it would be: leave who out`,
			`covers[3].by: there is no member "zed"`,
			`covers[3].roster: there is no roster "nowhere"`,
			`covers[3]: a cover needs both from and to`,
			`covers[4].by: ann cannot stand in for himself`,
			`covers[4].to: the cover ends before it begins: it is empty`,
			`covers[5].by: there is no member ""`}},
		{"covers that hand a turn round", func(b *roster.Book) {
			x := b.Covers[0]
			b.Covers = append(b.Covers,
				roster.Cover{Kind: roster.Temporary, Who: "bob", By: "cy", From: x.From.Add(time.Hour), To: x.To},
				roster.Cover{Kind: roster.Leave, Who: "cy", By: "ann", From: x.From.Add(2 * time.Hour), To: x.To})
		}, []string{`covers[2].by: a circle of covers: cy -> ann -> bob -> cy`}},
		{"covers that would, but at other times", func(b *roster.Book) {
			x := b.Covers[0]
			b.Covers = append(b.Covers, roster.Cover{Kind: roster.Leave, Who: "bob", By: "ann", From: x.To, To: x.To.AddDate(0, 0, 1)})
		}, nil},
	} {
		b := right()
		row.change(&b)
		s, err := b.Compile(options(t))
		if row.want == nil {
			assert.NoError(t, err, row.reason)
			continue
		}
		var problems spec.Problems
		require.ErrorAs(t, err, &problems, row.reason)
		assert.Nil(t, s, row.reason)
		var got []string
		for _, p := range problems {
			got = append(got, p.String())
		}
		assert.Equal(t, row.want, got, row.reason)
	}
}

// TestScheduleKeepsNothing alters the book after Compile, and what the Schedule gave out.
func TestScheduleKeepsNothing(t *testing.T) {
	b := desk(one(changed(rotation("UTC", "2026-06-01", "", roster.Day, "ann"), "2026-07-01", "bob")))
	s := compile(t, b)
	b.Rosters[0].Layers[0].Rotations[0].Slots[0] = "cy"
	b.Rosters[0].Layers[0].Rotations[0].Changes[0].Slots[0] = "cy"
	s.Members("desk")[0], s.Rosters()[0] = "cy", "cy"
	s.On("desk", at(t, "2026-06-10 00:00"))[0] = "cy"
	assert.Equal(t, []string{"ann"}, s.On("desk", at(t, "2026-06-10 00:00")))
	assert.Equal(t, []string{"bob"}, s.On("desk", at(t, "2026-07-10 00:00")))
	assert.Equal(t, []string{"ann", "bob"}, s.Members("desk"))
}

// FuzzCompile holds for any JSON: it comes back as it went, Compile answers, and what it gives answers too.
func FuzzCompile(f *testing.F) {
	seed, err := json.Marshal(right())
	require.NoError(f, err)
	f.Add(string(seed), int64(1_781_596_800))
	f.Add(`{"rosters":[{"id":"a","layers":[{"rotations":[{"calendar":"UTC","from":"9990-01-31","every":"month","n":1000,`+
		`"slots":["ann",""]}]}]}],"covers":[{"kind":"swap","who":"ann","by":"bob","from":"0001-01-01T00:00:00Z"}]}`, int64(1<<40))
	f.Fuzz(func(t *testing.T, text string, unix int64) {
		var b roster.Book
		if json.Unmarshal([]byte(text), &b) != nil {
			t.Skip("not a book")
		}
		s, err := b.Compile(options(t))
		if err != nil {
			require.NotEmpty(t, err.(spec.Problems))
			return
		}
		once, err := json.Marshal(b)
		require.NoError(t, err)
		var again roster.Book
		require.NoError(t, json.Unmarshal(once, &again))
		twice, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(once), string(twice))
		x := time.Unix(unix%(1<<38), 0)
		for _, id := range s.Rosters() {
			before := x
			for _, shift := range s.Shifts(id, x, x.AddDate(0, 0, 3)) {
				require.True(t, shift.From.Equal(before) || shift.From.After(x))
				require.Equal(t, s.On(id, shift.From), shift.On)
				before = shift.To
			}
		}
	})
}
