package spec_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
)

func TestRest(t *testing.T) {
	for _, c := range []struct{ in, out, reason string }{
		{`{"team":"a","level":2}`, `{"team":"a","level":2}`, "nothing left over"},
		{`{"zeta":[1, 2],"team":"a","alpha":{"x":1.50}}`, `{"team":"a","alpha":{"x":1.50},"zeta":[1,2]}`,
			"the fields first, then the rest by name, digits as they were"},
		{`{"Team":"b"}`, `{"team":"","Team":"b"}`, "another case is another member"},
		{`{"x":null}`, `{"team":"","x":null}`, "null is something to keep"},
		{`{}`, `{"team":""}`, "an empty object"},
		{`{"<&>":"<&>"}`, "{\"team\":\"\",\"\\u003c\\u0026\\u003e\":\"\\u003c\\u0026\\u003e\"}", "escaped as encoding/json does"},
	} {
		var o Owner
		rest, err := spec.Unmarshal([]byte(c.in), &o)
		require.NoError(t, err, c.reason)
		b, err := spec.Marshal(o, rest)
		require.NoError(t, err, c.reason)
		assert.Equal(t, c.out, string(b), c.reason)
	}
}

func TestRestOfNothing(t *testing.T) {
	var empty struct{}
	rest, err := spec.Unmarshal([]byte(`{"b":1,"a":2}`), &empty)
	require.NoError(t, err)
	b, err := spec.Marshal(empty, rest)
	require.NoError(t, err)
	assert.Equal(t, `{"a":2,"b":1}`, string(b), "no comma before the first")
}

func TestRestErrors(t *testing.T) {
	var o Owner
	for _, in := range []string{``, `[]`, `{"team":1}`, `{"x":1,"team":1}`, `{`, `3`} {
		_, err := spec.Unmarshal([]byte(in), &o)
		assert.Error(t, err, in)
	}
	_, err := spec.Unmarshal([]byte(`{}`), o)
	assert.ErrorContains(t, err, "pointer to a struct")
	_, err = spec.Unmarshal([]byte(`{}`), nil)
	assert.ErrorContains(t, err, "pointer to a struct")
	_, err = spec.Marshal([]int{1}, map[string]json.RawMessage{"a": []byte("1")})
	assert.ErrorContains(t, err, "does not make a JSON object")
	_, err = spec.Marshal(nil, map[string]json.RawMessage{"a": []byte("1")})
	assert.ErrorContains(t, err, "does not make a JSON object")
	_, err = spec.Marshal(o, map[string]json.RawMessage{"a": []byte("{")})
	assert.ErrorContains(t, err, `member "a"`, "what is no JSON must not get into a row")
	b, err := spec.Marshal(o, map[string]json.RawMessage{"team": []byte(`"x"`)})
	require.NoError(t, err)
	assert.Equal(t, `{"team":""}`, string(b), "a field is not written twice")
}

func FuzzRest(f *testing.F) {
	f.Add([]byte(`{"team":"a","x":[1,{"y":2}]}`))
	f.Add([]byte(`{"Team":"a","TEAM":1,"level":3}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var o, again Owner
		rest, err := spec.Unmarshal(data, &o)
		if err != nil {
			return
		}
		b, err := spec.Marshal(o, rest)
		require.NoError(t, err)
		rest2, err := spec.Unmarshal(b, &again)
		require.NoError(t, err)
		require.Equal(t, o, again)
		require.Equal(t, len(rest), len(rest2))
		b2, err := spec.Marshal(again, rest2)
		require.NoError(t, err)
		require.Equal(t, string(b), string(b2), "a second round changes nothing")
	})
}
