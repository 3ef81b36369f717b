package respond_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/trail"
)

// update writes what the newest version writes now. Once a version is released its goldens are never written anew: what
// it wrote lies in stores.
var update = flag.Bool("update", false, "write the goldens of the newest version anew")

const newestVersion = "2"

// TestEveryVersionIsRead: a case and its trail as every version wrote them are read, mean the same, and lose nothing.
func TestEveryVersionIsRead(t *testing.T) {
	dir := filepath.Join("testdata", "versions")
	if *update {
		writeVersion(t, filepath.Join(dir, newestVersion))
	}
	versions, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.NotEmpty(t, versions)
	for _, v := range versions {
		at := filepath.Join(dir, v.Name())
		for _, name := range []string{"case.json", "planted.json"} {
			data, err := os.ReadFile(filepath.Join(at, name))
			require.NoError(t, err)
			var c, again respond.Case
			require.NoError(t, json.Unmarshal(data, &c), "%s/%s is read", v.Name(), name)
			if v.Name() == newestVersion {
				assert.JSONEq(t, string(data), encode(t, c), "%s: nothing is lost, renamed or left out", name)
			}
			require.NoError(t, json.Unmarshal([]byte(encode(t, c)), &again))
			assert.Equal(t, c, again, "%s/%s means the same in the form of today", v.Name(), name)
		}
		data, err := os.ReadFile(filepath.Join(at, "entries.jsonl"))
		require.NoError(t, err)
		var entries []respond.Entry
		for line := range bytes.Lines(data) {
			var e respond.Entry
			require.NoError(t, json.Unmarshal(line, &e))
			_, unknown := e.Event.Body.(event.Unknown)
			assert.False(t, unknown, "the kind %s is known", e.Event.Kind())
			entries = append(entries, e)
		}
		want, err := os.ReadFile(filepath.Join(at, "case.json"))
		require.NoError(t, err)
		var stored respond.Case
		require.NoError(t, json.Unmarshal(want, &stored))
		got := trail.Fold(respond.New(stored.Tenant, stored.ID), entries, respond.Apply)
		assert.Equal(t, encode(t, stored), encode(t, got), "version %s: its trail gives its case", v.Name())
	}
}

// writeVersion writes a life with many kinds of events, and a case with every field filled.
func writeVersion(t *testing.T, dir string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(dir, 0o755))
	s, b := twins(t)
	merge(t, s, b, "ana", tuesday)
	s.do(tuesday, "ana", event.Preserved{Matter: "7/26"})
	s.do(tuesday, "ana", event.Restricted{To: []string{"ana"}})
	s.sent(tuesday, event.Drafted{Text: "We are sorry about the cancelled flight. I look for a seat today."})
	s.writes(tuesday, "9", "still nothing")
	var lines strings.Builder
	for _, e := range s.trail {
		lines.WriteString(encode(t, e) + "\n")
	}
	var c respond.Case
	plant(reflect.ValueOf(&c).Elem(), "", map[string]string{})
	for name, text := range map[string]string{
		"case.json": encode(t, s.c), "entries.jsonl": lines.String(), "planted.json": encode(t, c),
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
}

func TestANewerVersionIsRefused(t *testing.T) {
	for _, row := range []struct {
		what, in string
		into     any
	}{
		{"case", `{"v":3,"id":"c","seq":1}`, &respond.Case{}},
		{"case", `{"v":3,"id":["a","list"]}`, &respond.Case{}},
		{"entry", `{"v":3,"seq":1}`, &respond.Entry{}},
		{"event", `{"seq":1,"event":{"v":3,"id":"x","kind":"taken","body":{}}}`, &respond.Entry{}},
		{"effect", `{"seq":1,"event":{"id":"x","kind":"taken","body":{}},"effects":[{"v":2,"kind":"tell"}]}`, &respond.Entry{}},
	} {
		err := json.Unmarshal([]byte(row.in), row.into)
		var newer *spec.VersionError
		require.ErrorAs(t, err, &newer, row.in)
		assert.Equal(t, row.what, newer.What, "the error says what is too new")
		assert.ErrorContains(t, err, "upgrade")
	}
}

// TestNewerMembersAreKept: a host of this version steps a case that a newer one wrote, and loses nothing of it.
func TestNewerMembersAreKept(t *testing.T) {
	s := complaint(t)
	var tree map[string]any
	require.NoError(t, json.Unmarshal([]byte(encode(t, s.c)), &tree))
	tree["mood"] = "top"
	for _, name := range []string{"author", "verdict", "open", "climb", "draft"} {
		require.Contains(t, tree, name)
		tree[name].(map[string]any)["newer"] = "in " + name
	}
	var said []any
	require.NoError(t, json.Unmarshal([]byte(encode(t, s.c.Messages)), &said))
	tree["messages"] = said // an object each: a line has no room for more
	for _, name := range []string{"messages", "clocks", "awaited", "heard"} {
		tree[name].([]any)[0].(map[string]any)["newer"] = "in " + name
	}
	require.NoError(t, json.Unmarshal([]byte(encode(t, tree)), &s.c))
	s.writes(tuesday.Add(60_000_000_000), "2", "and my bag is lost")
	stored := encode(t, s.c)
	for _, want := range []string{"top", "in author", "in verdict", "in climb", "in messages", "in clocks", "in awaited"} {
		assert.Contains(t, stored, `"`+want+`"`)
	}
	assert.NotContains(t, stored, "in open", "what belonged to another message went with it")
}
