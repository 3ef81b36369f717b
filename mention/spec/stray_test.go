package spec_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
)

type twig struct {
	ID   string `json:"id,omitempty"`
	Text string `json:"text,omitempty"`
}

type bush struct {
	Name   string          `json:"name"`
	Leaf   *twig           `json:"leaf,omitempty"`
	Leaves []twig          `json:"leaves,omitempty"`
	Raw    json.RawMessage `json:"raw,omitempty"`
}

func TestStraysAreKept(t *testing.T) {
	for _, row := range []struct {
		reason, in, out string
		change          func(*bush)
	}{
		{"nothing left over", `{"name":"a","leaf":{"id":"1"}}`, `{"name":"a","leaf":{"id":"1"}}`, nil},
		{"within an object", `{"leaf":{"mood":3,"id":"1"},"name":"a"}`, `{"name":"a","leaf":{"id":"1","mood":3}}`, nil},
		{"at the top and within", `{"name":"a","top":[1],"leaf":{"x":{"y":1}}}`, `{"name":"a","leaf":{"x":{"y":1}},"top":[1]}`, nil},
		{"with its element, wherever that stands", `{"name":"a","leaves":[{"id":"1","x":1},{"id":"2","x":2}]}`,
			`{"name":"a","leaves":[{"id":"2","x":2},{"id":"1","text":"t","x":1}]}`, func(t *bush) {
				t.Leaves[0], t.Leaves[1] = t.Leaves[1], t.Leaves[0]
				t.Leaves[1].Text = "t"
			}},
		{"not with another one", `{"name":"a","leaves":[{"id":"1","x":1}]}`, `{"name":"a","leaves":[{"id":"3"}]}`, func(t *bush) {
			t.Leaves = []twig{{ID: "3"}}
		}},
		{"by its place where nothing tells it", `{"name":"a","leaves":[{"text":"t","x":1}]}`,
			`{"name":"a","leaves":[{"text":"u","x":1}]}`, func(t *bush) { t.Leaves[0].Text = "u" }},
		{"what keeps itself is left alone", `{"name":"a","raw":{"x":{"y":1}}}`, `{"name":"a","raw":{"x":{"y":1}}}`, nil},
		{"escaped as encoding/json does", `{"name":"a","leaf":{"<":"<"}}`, "{\"name\":\"a\",\"leaf\":{\"\\u003c\":\"\\u003c\"}}", nil},
	} {
		var v bush
		rest, err := spec.UnmarshalAll([]byte(row.in), &v)
		require.NoError(t, err, row.reason)
		if row.change != nil {
			row.change(&v)
		}
		out, err := rest.Marshal(v)
		require.NoError(t, err, row.reason)
		assert.Equal(t, row.out, string(out), row.reason)
	}
	for _, in := range []string{``, `[]`, `{"name":1}`, `{"leaf":{"id":1,"x":2}}`, `{"name":"a"} x`} {
		_, err := spec.UnmarshalAll([]byte(in), &bush{})
		assert.Error(t, err, in)
	}
	_, err := spec.UnmarshalAll([]byte(`{}`), bush{})
	assert.ErrorContains(t, err, "pointer to a struct")
}

func TestCheckVersion(t *testing.T) {
	assert.NoError(t, spec.CheckVersion("case", 0, 1), "what says nothing is of the first")
	assert.NoError(t, spec.CheckVersion("case", 1, 2), "older ones are read")
	var newer *spec.VersionError
	require.ErrorAs(t, spec.CheckVersion("case", 3, 2), &newer)
	assert.Equal(t, spec.VersionError{What: "case", Version: 3, Knows: 2}, *newer)
	assert.ErrorContains(t, newer, "upgrade")
}

func FuzzStrays(f *testing.F) {
	f.Add([]byte(`{"name":"a","leaf":{"mood":3,"id":"1"},"leaves":[{"id":"1","x":1},{"n":4,"x":[{}]}],"z":null}`))
	f.Add([]byte(`{"name":"a","leaves":[{"id":"1","id":"2","x":1}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var v bush
		rest, err := spec.UnmarshalAll(data, &v)
		if err != nil {
			return
		}
		out, err := rest.Marshal(v)
		require.NoError(t, err)
		var again bush
		rest, err = spec.UnmarshalAll(out, &again)
		require.NoError(t, err)
		twice, err := rest.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(out), string(twice), "what is kept once is kept for ever")
	})
}
