package spec_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
)

var objects = []struct {
	in, out string // out: the members in a row
	all     bool
	reason  string
}{
	{`{}`, ``, true, "an empty object"},
	{" {\t}\r\n", ``, true, "blanks around"},
	{`{"a":1,"b":"x"}`, `a=1 b="x"`, true, "as programs write it"},
	{` { "a" : [ 1 , {"C":"\u00e9"} ] , "b_2" : null } `, `a=[ 1 , {"C":"\u00e9"} ] b_2=null`, true, "blanks and what lies within"},
	{`{"a":1,"a":2}`, `a=1 a=2`, true, "a name that comes twice is shown twice"},
	{`{"a":-0.5e+10,"b":true,"c":false,"d":0}`, `a=-0.5e+10 b=true c=false d=0`, true, "numbers and words"},
	{`{"a":"12345678\"90 and so on \\"}`, `a="12345678\"90 and so on \\"`, true, "escapes in a long text"},
	{"{\"a\":\"caf\xe9 \u00fc\"}", "a=\"caf\xe9 \u00fc\"", true, "bytes that are no UTF-8 are read by encoding/json, too"},
	{`{"Abc":1}`, ``, false, "a decoder takes it for abc"},
	{`{"\u0061":1}`, ``, false, "a decoder takes it for a"},
	{`{"a":1,}`, `a=1`, false, "a comma after the last"},
	{`{"a":1 "b":2}`, `a=1`, false, "no comma"},
	{`{"a" 1}`, ``, false, "no colon"},
	{`{"a":}`, ``, false, "no value"},
	{`{"a":1`, `a=1`, false, "no end"},
	{`{"a`, ``, false, "a name without an end"},
	{`{`, ``, false, "nothing"},
	{``, ``, false, "no bytes"},
	{`[1]`, ``, false, "a list"},
	{`null`, ``, false, "nothing at all"},
	{`{"a":1} x`, `a=1`, false, "something behind it"},
	{`{"a":01}`, ``, false, "a leading zero"},
	{`{"a":1.}`, ``, false, "no digit after the point"},
	{`{"a":1e}`, ``, false, "no exponent"},
	{`{"a":-}`, ``, false, "no digits"},
	{`{"a":tru}`, ``, false, "half a word"},
	{`{"a":"x`, ``, false, "a text without an end"},
	{`{"a":"x\q"}`, ``, false, "an escape that there is not"},
	{`{"a":"\u12g4"}`, ``, false, "an escape without its digits"},
	{"{\"a\":\"x\ny\"}", ``, false, "a line break in a text"},
	{"{\"a\":\"1234567\x00\"}", ``, false, "a NUL in a long text"},
	{`{"a":[1,{"b":]}]}`, ``, false, "broken within"},
	{`{"a":{1:2}}`, ``, false, "a name that is no text"},
}

func TestMembers(t *testing.T) {
	for _, row := range objects {
		var shown []string
		all := spec.Members([]byte(row.in), func(name, value []byte) bool {
			shown = append(shown, string(name)+"="+string(value))
			return true
		})
		assert.Equal(t, row.all, all, row.reason)
		assert.Equal(t, row.out, strings.Join(shown, " "), row.reason)
	}
	n := 0
	assert.False(t, spec.Members([]byte(`{"a":1,"b":2}`), func(_, _ []byte) bool { n++; return false }), "who stops has not seen all")
	assert.Equal(t, 1, n)
	deep := strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000)
	assert.False(t, spec.Members([]byte(`{"a":`+deep+`}`), func(_, _ []byte) bool { return true }), "it does not follow without an end")
}

// What Members has shown to the end is JSON, and every value is the one that encoding/json finds. What it has not, it
// may leave to encoding/json only for a reason that it names.
func FuzzMembers(f *testing.F) {
	for _, row := range objects {
		f.Add([]byte(row.in))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		last := map[string]json.RawMessage{}
		all := spec.Members(data, func(name, value []byte) bool {
			last[string(name)] = value
			return true
		})
		var want map[string]json.RawMessage
		if err := json.Unmarshal(data, &want); err != nil || want == nil {
			require.False(t, all, "it is no object")
			return
		}
		if all {
			require.Equal(t, want, last)
			return
		}
		plain := bytes.IndexFunc(data, func(r rune) bool { return r == '\\' || 'A' <= r && r <= 'Z' || r >= 0x80 }) < 0
		for name := range want {
			plain = plain && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
		}
		require.False(t, plain && bytes.Count(data, []byte("{"))+bytes.Count(data, []byte("[")) < 100, "nothing about it is unusual")
	})
}
