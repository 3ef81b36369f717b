package trail_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/trail"
)

// exported is two trails in one file; the second was erased.
func exported(t testing.TB) (string, []trail.Trail) {
	t.Helper()
	first, tip := chain(t, named, 3)
	other := trail.Name{Tenant: "acme", Kind: "incident", ID: "i-1"}
	second, last := chain(t, other, 2)
	second, last, err := trail.Erase(other, last, second,
		trail.Erased{By: "dpo", Because: "retention", State: []byte(`{"seq":3}`)}, monday.Add(time.Hour), salt(9))
	require.NoError(t, err)
	odd, last, err := last.Append(monday.Add(time.Hour), salt(10), []byte("no text: \xff\x00"))
	require.NoError(t, err)
	second = append(second, odd)
	var out bytes.Buffer
	require.NoError(t, trail.Export(&out, named, slices.Values(first)))
	require.NoError(t, trail.Export(&out, other, slices.Values(second)))
	return out.String(), []trail.Trail{{Name: named, Links: first, Tip: tip}, {Name: other, Links: second, Tip: last}}
}

func TestExportImport(t *testing.T) {
	text, want := exported(t)
	got, err := trail.Import(strings.NewReader(text))
	require.NoError(t, err)
	assert.Equal(t, want, got, "byte for byte what was stored")
	var again bytes.Buffer
	for _, x := range got {
		require.NoError(t, trail.Export(&again, x.Name, slices.Values(x.Links)))
	}
	assert.Equal(t, text, again.String())
	none, err := trail.Import(strings.NewReader("\n\n"))
	require.NoError(t, err)
	assert.Empty(t, none)
}

func TestImportTakesAllOrNothing(t *testing.T) {
	text, _ := exported(t)
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	without := func(i int) string { return strings.Join(slices.Delete(slices.Clone(lines), i, i+1), "") }
	with := func(i int, line string) string {
		return strings.Join(slices.Insert(slices.Clone(lines), i, line+"\n"), "")
	}
	for _, row := range []struct {
		reason, text string
		line         int
		why          string
	}{
		{"a line that is no JSON", with(2, "{"), 3, "no row of a trail"},
		{"two values on one line", with(2, lines[2][:len(lines[2])-1]+" {}"), 3, "more than one value"},
		{"a member that nobody knows", with(2, `{"head":"{}","extra":1}`), 3, "no row of a trail"},
		{"a row that says nothing", with(2, `{}`), 3, "neither begins"},
		{"invalid UTF-8 would be read as something else", with(2, "{\"head\":\"\xff\"}"), 3, "no row of a trail"},
		{"an entry taken out", without(2), 4, "entry 2 is missing"},
		{"the file is cut short", strings.Join(lines[:len(lines)-1], ""), len(lines), "ends before the trail"},
		{"the last entry and no end row", strings.Join(lines[:3], ""), 4, "ends before the trail"},
		{"an entry before the row that names its trail", strings.Join(lines[1:], ""), 1, "before the row that names"},
		{"a trail begins inside another", without(4), 5, "before the one of case c-1 has ended"},
		{"the trail comes twice", text + text, len(lines) + 1, "begins on line 1 already"},
		{"a newer version", strings.Replace(text, `{"trail":1`, `{"trail":2`, 1), 1, "of version 2"},
		{"a trail without a name", with(0, `{"trail":1}`), 1, "no name"},
		{"an end without a beginning", with(0, `{"end":{"seq":1,"hash":""}}`), 1, "has not begun"},
		{"a body was altered", strings.Replace(text, "call me", "call us", 1), 5, "entry 1 is altered"},
		{"the tip is another", strings.Replace(text, `{"end":{"seq":3`, `{"end":{"seq":2`, 1), 5, "forged"},
	} {
		t.Run(row.reason, func(t *testing.T) {
			got, err := trail.Import(strings.NewReader(row.text))
			assert.Nil(t, got, "nothing half imported")
			var bad trail.RowErrors
			require.ErrorAs(t, err, &bad)
			assert.Equal(t, row.line, bad[0].Line, "%v", err)
			assert.Contains(t, bad[0].Why, row.why)
			assert.NotContains(t, err.Error(), "Dana", "no text of a row is told")
		})
	}
	many, err := trail.Import(strings.NewReader(strings.Repeat("x\n", 1000)))
	assert.Nil(t, many)
	var bad trail.RowErrors
	require.ErrorAs(t, err, &bad)
	assert.Len(t, bad, 100, "bounded")
	down := errors.New("the line is down")
	_, err = trail.Import(io.MultiReader(strings.NewReader(text), iotest.ErrReader(down)))
	assert.ErrorIs(t, err, down)
	links, _ := chain(t, named, 2)
	links[1].Body = []byte("{}")
	var out bytes.Buffer
	require.Error(t, trail.Export(&out, named, slices.Values(links)))
	_, err = trail.Import(&out)
	assert.Error(t, err, "a trail that does not hold cannot be carried as if it did")
}

func FuzzImport(f *testing.F) {
	text, _ := exported(f)
	f.Add([]byte(text))
	f.Add([]byte(strings.Replace(text, "seq", "Seq", 3)))
	f.Add([]byte("{\"trail\":1,\"of\":{\"kind\":\"case\",\"id\":\"\\u0000\"}}\n{\"end\":{\"seq\":0,\"hash\":\"\"}}"))
	f.Add([]byte(text[:len(text)/2] + text))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := trail.Import(bytes.NewReader(text))
		if err != nil {
			require.Nil(t, got)
			return
		}
		var out bytes.Buffer
		for _, x := range got {
			tip, err := trail.Verify(x.Name, slices.Values(x.Links), x.Tip)
			require.NoError(t, err, "what is imported verifies")
			require.Equal(t, x.Tip, tip)
			require.NoError(t, trail.Export(&out, x.Name, slices.Values(x.Links)))
			_ = trail.Render(io.Discard, x.Name, slices.Values(x.Links), trail.Style{}) // no text makes it panic
		}
		back, err := trail.Import(&out)
		require.NoError(t, err)
		require.Equal(t, got, back)
	})
}

// A store appends what it stores, and somebody else can check it.
func ExampleTip_Append() {
	name := trail.Name{Tenant: "acme", Kind: "case", ID: "c-1"}
	tip := name.Begin()
	var links []trail.Link
	for i, by := range []string{event.Customer, "ana"} {
		e := trail.Entry[struct{}]{Seq: i + 1, At: monday, Event: event.Event{ID: fmt.Sprint(i), At: monday, By: by, Body: event.Taken{}}}
		body, _ := json.Marshal(e)
		link, next, err := tip.Append(e.At, salt(i), body) // a host reads the salt from crypto/rand
		if err != nil {
			fmt.Println(err)
			return
		}
		links, tip = append(links, link), next
	}
	_, err := trail.Verify(name, slices.Values(links), tip)
	fmt.Println(tip.Seq, err)
	links[0].Body = bytes.Replace(links[0].Body, []byte("customer"), []byte("somebody"), 1)
	_, err = trail.Verify(name, slices.Values(links), tip)
	fmt.Println(err)
	// Output:
	// 2 <nil>
	// entry 1 is altered: its body is not the one that its head commits to
}
