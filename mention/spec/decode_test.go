package spec_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
)

type Owner struct {
	Team  string `json:"team"`
	Level int8   `json:"level,omitempty"`
}

type Limits struct {
	Wait spec.Duration `json:"wait,omitempty"`
}

// A tree reads itself with Decode, as conditions do.
type tree struct {
	Name string
	All  []tree
}

func (t *tree) UnmarshalJSON(data []byte) error {
	var plain struct {
		Name string `json:"name"`
		All  []tree `json:"all,omitempty"`
	}
	if err := spec.Decode(data, &plain); err != nil {
		return err
	}
	if plain.Name == "bad" {
		return spec.Problems{{Path: "name", Message: "bad is a bad name"}}
	}
	t.Name, t.All = plain.Name, plain.All
	return nil
}

type rule struct {
	Name    string           `json:"name"`
	On      bool             `json:"on,omitempty"`
	Count   uint8            `json:"count,omitempty"`
	Share   float64          `json:"share,omitempty"`
	Owner   *Owner           `json:"owner,omitempty"`
	Tags    []string         `json:"tags,omitempty"`
	Pair    [2]int           `json:"pair,omitzero"`
	Slots   map[string]Owner `json:"slots,omitempty"`
	ByLevel map[int]string   `json:"by_level,omitempty"`
	At      time.Time        `json:"at,omitzero"`
	When    tree             `json:"when,omitzero"`
	Raw     json.RawMessage  `json:"raw,omitempty"`
	Free    any              `json:"free,omitempty"`
	Quoted  int              `json:"quoted,omitempty,string"`
	Bytes   []byte           `json:"bytes,omitempty"`
	Number  json.Number      `json:"number,omitempty"`
	Plain   int              // no tag: the name of the field
	Hidden  string           `json:"-"`
	Limits
	*Extra
}

type Extra struct {
	Note string `json:"note,omitempty"`
}

var decodes = []struct {
	in     string
	want   []string // none: it is fine
	reason string
}{
	{`{"name":"a","on":true,"count":255,"share":0.5,"owner":{"team":"x","level":-3},"tags":["u","v"]}`, nil, "all is well"},
	{`{"pair":[1,2],"slots":{"a":{"team":"t"}},"by_level":{"3":"c"},"at":"2025-01-02T03:04:05Z"}`, nil, "lists and maps"},
	{`{"raw":{"x":[1]},"free":{"y":[null,true,1.5,"s"]},"quoted":"12","bytes":"AQI=","number":1e3,"Plain":4}`, nil, "odd types"},
	{`{"wait":"2d","note":"n"}`, nil, "fields of embedded structs, one of them a pointer"},
	{`{"owner":null,"tags":null,"name":null,"free":null,"at":null}`, nil, "null is nothing, as in encoding/json"},
	{"{\"name\":\"caf\u00e9 \\ud83d\\ude00 \\u00e9\\n\"}", nil, "characters and escapes"},
	{`{"when":{"name":"a","all":[{"name":"b","all":[{"name":"c"}]}]}}`, nil, "a type that reads itself"},

	{`{"nmae":"a"}`, []string{`nmae: unknown field; did you mean "name"? (line 1, column 2)`}, "the nearest is offered"},
	{`{"owner":{"boss":1}}`, []string{`owner.boss: unknown field; known are team, level (line 1, column 11)`}, "or all, if few"},
	{`{"Name":"a"}`, []string{`Name: this field is written "name" (line 1, column 2)`}, "case counts"},
	{`{"Hidden":"a","private":{}}`, []string{"Hidden: unknown field (line 1, column 2)", "private: unknown field (line 1, column 15)"},
		"what is not for JSON is not known"},
	{"{\"name\":\"a\",\n\t\"name\":\"b\"}", []string{"name: this field stands here a second time, the first is on line 1 (line 2, column 2)"},
		"encoding/json takes the last in silence"},
	{`{"slots":{"a":{},"a":{}}}`, []string{"slots.a: this field stands here a second time, the first is on line 1 (line 1, column 18)"},
		"in maps too"},
	{`{"free":{"x":{"a":1,"a":2}}}`, []string{"free.x.a: this field stands here a second time, the first is on line 1 (line 1, column 21)"},
		"and where anything may stand"},
	{`{"name":1,"on":"yes","count":256,"share":"x","owner":[],"tags":{},"pair":[1,2,3]}`, []string{
		"name: want a text, found a number (line 1, column 9)",
		"on: want true or false, found a text (line 1, column 16)",
		"count: want a whole number of 8 bits, not negative, found 256 (line 1, column 30)",
		"share: want a number, found a text (line 1, column 42)",
		"owner: want an object, found a list (line 1, column 54)",
		"tags: want a list, found an object (line 1, column 64)",
		"pair: the list is longer than 2 (line 1, column 79)",
	}, "every wrong type at once"},
	{`{"count":-1,"owner":{"level":1.5},"tags":["a",2,null,true]}`, []string{
		"count: want a whole number of 8 bits, not negative, found -1 (line 1, column 10)",
		"owner.level: want a whole number of 8 bits, found 1.5 (line 1, column 30)",
		"tags[1]: want a text, found a number (line 1, column 47)",
		"tags[3]: want a text, found true (line 1, column 54)",
	}, "numbers that do not fit, items of lists"},
	{`{"by_level":{"x":"c"},"quoted":12,"bytes":"%","number":"x","at":"yesterday","wait":5}`, []string{
		`by_level.x: want a whole number of 64 bits, found x (line 1, column 14)`,
		`quoted: want a whole number of 64 bits written as a text, found a number (line 1, column 32)`,
		`bytes: want bytes in base64 (line 1, column 43)`,
		`number: want a number, found a text (line 1, column 56)`,
		`at: parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006" (line 1, column 65)`,
		`wait: want a text, found a number (line 1, column 84)`,
	}, "types with a way of their own"},
	{`{"wait":"soon","quoted":"x"}`, []string{
		`wait: "soon" is not a duration: write it like 15m, 1h30m or 2d (line 1, column 9)`,
		`quoted: want a whole number of 64 bits written as a text, found "x" (line 1, column 25)`,
	}, "what they say is passed on"},
	{"{\"when\":{\"name\":\"a\",\"all\":[\n {\"nam\":\"b\"},\n {\"name\":\"bad\"}]}}", []string{
		`when.all[0].nam: unknown field; did you mean "name"? (line 2, column 3)`,
		`when.all[1].name: bad is a bad name (line 3, column 2)`,
	}, "problems inside a type that reads itself have their place in the whole"},
	{"{\"name\":\"a\xff\xfeb\",\"note\":\"\\ud800\"}", []string{
		"name: the text is not valid UTF-8 (line 1, column 11)",
		`note: \ud800 is half of a surrogate pair (line 1, column 24)`,
	}, "encoding/json would put U+FFFD in silence"},
	{`{"free":1e999}`, []string{"free: the number 1e999 is too large (line 1, column 9)"}, "no float can hold it"},

	{``, []string{"there is no JSON value (line 1, column 1)"}, "an empty file"},
	{" \n ", []string{"there is no JSON value (line 2, column 2)"}, "a blank file"},
	{`{"name":"a"} {`, []string{"there is more after the end of the JSON value (line 1, column 14)"}, "two values"},
	{`{"nme":"a","tags":["x",]}`, []string{
		`nme: unknown field; did you mean "name"? (line 1, column 2)`,
		"tags: there is a comma after the last one (line 1, column 23)",
	}, "what was found before the syntax error is told as well"},
	{"{\n  \"name\": \"a\"\n  \"on\": true}", []string{`a comma or '}' is wanted, found a double quote (line 3, column 3)`}, "a comma forgotten"},
	{`{"name" "a"}`, []string{`name: a colon is wanted after the name, found a double quote (line 1, column 9)`}, "a colon forgotten"},
	{`{name:"a"}`, []string{`a name in double quotes is wanted, found "n" (line 1, column 2)`}, "a name without quotes"},
	{`{"name":"a`, []string{"name: the text that begins here has no end (line 1, column 9)"}, "cut short"},
	{`{"name":`, []string{"name: a value is wanted, found the end (line 1, column 9)"}, "cut shorter"},
	{`{"name":"a\x"}`, []string{`name: a backslash in a text must be followed by one of " \ / b f n r t or u and four hex digits (line 1, column 11)`},
		"an unknown escape"},
	{"{\"name\":\"a\nb\"}", []string{`name: a line break or control character inside a text must be written as \n or \u000a (line 1, column 11)`},
		"a raw line break"},
	{`{"count":01}`, []string{"count: this is not a number as JSON writes it (line 1, column 10)"}, "no leading zeros"},
	{`{"on":yes}`, []string{`on: a value is wanted, found "y" (line 1, column 7)`}, "a bare word"},
	{`[1]`, []string{"want an object, found a list (line 1, column 1)"}, "the whole is of the wrong type"},
}

// onlyNames reports whether the problems are about names of fields, and leave every value readable.
func onlyNames(problems []string) bool {
	return !slices.ContainsFunc(problems, func(p string) bool {
		return !strings.Contains(p, ": unknown field") && !strings.Contains(p, ": this field ")
	})
}

// A misspelled field does not hide what is wrong elsewhere: the rest is there to be compiled.
func TestDecodeBesideWrongNames(t *testing.T) {
	got := rule{Name: "before"}
	err := spec.Decode([]byte(`{"name":"a","nmae":"b","Count":7,"on":true,"on":true}`), &got)
	var problems spec.Problems
	require.ErrorAs(t, err, &problems)
	assert.Len(t, problems, 3)
	assert.Equal(t, "a", got.Name)
	assert.True(t, got.On)
	assert.Zero(t, got.Count, "a field in the wrong case is not read")
}

func TestDecode(t *testing.T) {
	for _, c := range decodes {
		got := rule{Name: "before"}
		err := spec.Decode([]byte(c.in), &got)
		if len(c.want) > 0 {
			require.Error(t, err, "%s: %s", c.in, c.reason)
			assert.Equal(t, c.want, strings.Split(err.Error(), "\n"), "%s: %s", c.in, c.reason)
			assert.IsType(t, spec.Problems{}, err)
			if !onlyNames(c.want) {
				assert.Equal(t, rule{Name: "before"}, got, "%s: where a value cannot be read nothing is changed", c.in)
			}
			continue
		}
		require.NoError(t, err, "%s: %s", c.in, c.reason)
		want := rule{Name: "before"}
		require.NoError(t, json.Unmarshal([]byte(c.in), &want))
		assert.Equal(t, want, got, "%s: the same as encoding/json", c.in)
	}
}

func TestDecodeDepth(t *testing.T) {
	deep := func(n int) []byte {
		return []byte(strings.Repeat(`{"name":"x","all":[`, n) + strings.Repeat(`]}`, n))
	}
	var v tree
	require.NoError(t, spec.Decode(deep(50), &v), "a hundred levels are enough for anybody, and read once per level")
	err := spec.Decode(deep(51), &v)
	require.ErrorContains(t, err, "more than 100 levels")
	err = spec.Decode([]byte(strings.Repeat("[", 5_000_000)), new(any))
	require.ErrorContains(t, err, "more than 100 levels", "nesting costs an error, not a stack")
}

func TestDecodeManyProblems(t *testing.T) {
	in := []byte(`[` + strings.Repeat(`{"a":1},`, 200_000) + `{}]`)
	err := spec.Decode(in, new([]Owner))
	var p spec.Problems
	require.ErrorAs(t, err, &p)
	assert.Len(t, p, 1001, "a thousand and the remark that there are more")
	assert.Equal(t, "there are more problems than the 1000 listed", p[1000].Message)
}

func TestDecodeTarget(t *testing.T) {
	assert.ErrorContains(t, spec.Decode([]byte(`{}`), Owner{}), "needs a pointer")
	assert.ErrorContains(t, spec.Decode([]byte(`{}`), nil), "needs a pointer")
	var none *Owner
	assert.ErrorContains(t, spec.Decode([]byte(`{}`), none), "needs a pointer")
	assert.ErrorContains(t, spec.Decode([]byte(`"x"`), new(error)), "cannot be read into")
}

func TestDecodeKeepsWhatPointersShare(t *testing.T) {
	extra := &Extra{Note: "old"}
	v := rule{Extra: extra}
	require.Error(t, spec.Decode([]byte(`{"note":"new","on":1}`), &v))
	assert.Equal(t, "old", extra.Note, "an error must not write through an embedded pointer")
	require.NoError(t, spec.Decode([]byte(`{"note":"new"}`), &v))
	assert.Equal(t, "new", v.Note)
}

// FuzzDecode holds Decode against encoding/json: what it takes both take, with the same outcome.
func FuzzDecode(f *testing.F) {
	for _, c := range decodes {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, want rule
		err := spec.Decode(data, &got)
		if err == nil {
			require.NoError(t, json.Unmarshal(data, &want), "encoding/json does not take it")
			require.Equal(t, want, got)
			return
		}
		var p spec.Problems
		require.True(t, errors.As(err, &p) && len(p) > 0)
	})
}
