package respond_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
)

// TestAMessageIsALine: what a line can say is written as one, anything else as objects, and both are read as they were.
func TestAMessageIsALine(t *testing.T) {
	usual := respond.Message{Ref: mention.Ref{Channel: "chirp", ID: "2066778899001122334"}, At: tuesday, Hash: "88f31848dea1e9db"}
	with := func(change func(*respond.Message)) respond.Message {
		m := usual
		change(&m)
		return m
	}
	for _, row := range []struct {
		reason, line string // empty: an object
		m            respond.Message
	}{
		{"the customer's, in public", "c 20260616T080000 iPMYSN6h6ds 2066778899001122334", usual},
		{"ours, in private, to the millisecond", "op 20260616T080000.25 iPMYSN6h6ds 2066778899001122334",
			with(func(m *respond.Message) { m.Ours, m.Private, m.At = true, true, m.At.Add(250*time.Millisecond) })},
		{"an old one that is gone, in its third revision", "cbx3 20260616T080000 - 2066778899001122334",
			with(func(m *respond.Message) { m.Old, m.Gone, m.Revision, m.Hash = true, true, 3, "" })},
		{"of a case that was merged", "c1/2 20260616T080000 iPMYSN6h6ds a b c",
			with(func(m *respond.Message) {
				m.Revision, m.From, m.Ref = 1, "case-2", mention.Ref{Channel: "post", ID: "a b c"}
			})},
		{"on the telephone", "o 20260616T080000 - ", respond.Message{At: tuesday, Ours: true}},
		{"of no instant", "c 00010101T000000 - ", respond.Message{}},
		{"on another channel", "", with(func(m *respond.Message) { m.Ref.Channel = "post" })},
		{"of a case that is none of its twins", "", with(func(m *respond.Message) { m.From = "case-9" })},
		{"a reference without an id", "", with(func(m *respond.Message) { m.Ref.ID = "" })},
		{"a hash of another kind", "", with(func(m *respond.Message) { m.Hash = "88F31848DEA1E9DB" })},
		{"a longer one", "", with(func(m *respond.Message) { m.Hash += "00" })},
		{"with its text", "", with(func(m *respond.Message) { m.Text = "hello" })},
		{"a revision that nobody counts", "", with(func(m *respond.Message) { m.Revision = -1 })},
		{"to the nanosecond", "", with(func(m *respond.Message) { m.At = m.At.Add(1) })},
	} {
		c := respond.New("acme", "c")
		c.Channel, c.Twins = "chirp", []respond.Twin{{Case: "case-1", Channel: "chirp"}, {Case: "case-2", Channel: "post"}}
		c.Messages = []respond.Message{usual, row.m}
		var form struct{ Messages []any }
		require.NoError(t, json.Unmarshal([]byte(encode(t, c)), &form), row.reason)
		require.Len(t, form.Messages, 2, row.reason)
		if row.line == "" {
			assert.IsType(t, map[string]any{}, form.Messages[0], "%s: then each is an object", row.reason)
		} else {
			assert.Equal(t, row.line, form.Messages[1], row.reason)
		}
		var read respond.Case
		require.NoError(t, json.Unmarshal([]byte(encode(t, c)), &read), row.reason)
		assert.Equal(t, c.Messages, read.Messages, row.reason)
	}
}

func TestKeysAreOneText(t *testing.T) {
	key := mention.Key("conversation", "acme", "chirp", "1", "u-dana")
	for _, row := range []struct {
		reason string
		keys   []string
		form   string
	}{
		{"keys that mention.Key made", []string{key, mention.Key("x")}, `"`},
		{"another among them", []string{key, "k"}, `["` + key + `","k"]`},
		{"one in capitals", []string{strings.ToUpper(key)}, `["` + strings.ToUpper(key) + `"]`},
	} {
		c := respond.Case{ID: "c", Keys: row.keys}
		data := encode(t, c)
		assert.Contains(t, data, `"keys":`+row.form, row.reason)
		var read respond.Case
		require.NoError(t, json.Unmarshal([]byte(data), &read), row.reason)
		assert.Equal(t, row.keys, read.Keys, row.reason)
	}
	assert.Less(t, len(encode(t, respond.Case{ID: "c", Keys: []string{key, key, key, key}})), 4*len(key))
}

// TestNothingIsReadHalf: what is in no form that is known is an error, and the case stays what it was.
func TestNothingIsReadHalf(t *testing.T) {
	for _, row := range []struct{ reason, member string }{
		{"no line at all", `"messages":["hello"]`},
		{"nobody's", `"messages":["u 20260616T080000 - 1"]`},
		{"nobody's, and empty", `"messages":[" 20260616T080000 - 1"]`},
		{"a sign that is not known", `"messages":["cq 20260616T080000 - 1"]`},
		{"no time", `"messages":["c yesterday - 1"]`},
		{"half a hash", `"messages":["c 20260616T080000 iPMY 1"]`},
		{"no hash", `"messages":["c 20260616T080000 iPMYSN6h6d! 1"]`},
		{"of a twin that there is not", `"messages":["c/1 20260616T080000 - 1"]`},
		{"of no twin", `"messages":["c/ 20260616T080000 - 1"]`},
		{"a revision beyond all counting", `"messages":["c99999999999999999999 20260616T080000 - 1"]`},
		{"objects and lines", `"messages":[{"at":"2026-06-16T08:00:00Z"},"c 20260616T080000 - 1"]`},
		{"lines and objects", `"messages":["c 20260616T080000 - 1",{"at":"2026-06-16T08:00:00Z"}]`},
		{"no list", `"messages":7`},
		{"half a key", `"keys":"AAAA"`},
		{"no key", `"keys":"!"`},
		{"keys that are numbers", `"keys":[1]`},
		{"half a mark", `"known":"AAAA"`},
		{"marks that are a number", `"known":7`},
	} {
		c := respond.New("acme", "mine")
		assert.Error(t, json.Unmarshal([]byte(`{"v":2,"id":"c","channel":"chirp",`+row.member+`}`), &c), row.reason)
		assert.Equal(t, "mine", c.ID, row.reason)
	}
	var c respond.Case
	require.NoError(t, json.Unmarshal([]byte(`{"v":2,"id":"c","messages":null,"keys":null,"known":null}`), &c))
	assert.Equal(t, respond.Case{ID: "c"}, c, "null is nothing")
}

// TestACustomerReadsHisMessages: what a person is given of his own is not in our shorthand.
func TestACustomerReadsHisMessages(t *testing.T) {
	s := complaint(t)
	data, err := s.c.Personal(s.trail)
	require.NoError(t, err)
	var his struct {
		State struct{ Messages []respond.Message }
	}
	require.NoError(t, json.Unmarshal(data, &his))
	assert.Equal(t, s.c.Messages, his.State.Messages)
}

// FuzzCaseForm: whatever is read as a case can be written, and reads as the same.
func FuzzCaseForm(f *testing.F) {
	golden, err := filepath.Glob("testdata/versions/*/*.json")
	require.NoError(f, err)
	require.NotEmpty(f, golden)
	for _, name := range golden {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(data)
	}
	for _, member := range []string{
		`"messages":["c/1 20260616T080000.25 iPMYSN6h6ds a b","opbx9 00010101T000000 - "]`, `"known":["a"],"keys":["k"]`,
		`"messages":[{"at":"2026-06-16T10:00:00+02:00","hash":"88f31848dea1e9db","newer":{"x":1}}]`, `"keys":"","known":""`,
		`"known":"QcV3bcggJXQ5xxIEjPIOSw","keys":"G80x_jd7WGyF_NvmFs5m_g"`, `"merged":{"was":{"messages":[{}]}}`,
	} {
		f.Add([]byte(`{"v":2,"id":"c","channel":"chirp","twins":[{"case":"d","channel":"post"}],` + member + `}`))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var c, again respond.Case
		if json.Unmarshal(data, &c) != nil {
			return
		}
		written, err := json.Marshal(c)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(written, &again), "%s", written)
		require.Equal(t, len(c.Messages), len(again.Messages))
		for i, m := range c.Messages {
			require.True(t, m.At.Equal(again.Messages[i].At))
			m.At = again.Messages[i].At
			require.Equal(t, m, again.Messages[i])
		}
		require.ElementsMatch(t, c.Keys, again.Keys)
		require.ElementsMatch(t, c.Known, again.Known)
		require.JSONEq(t, string(written), encode(t, again))
	})
}
