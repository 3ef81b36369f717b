package sqlitestore_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/desk/sqlitestore"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// onDisk is every byte of a file and of the journals beside it.
func onDisk(t *testing.T, path string) string {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var all strings.Builder
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		all.Write(data)
	}
	return strings.ToLower(all.String())
}

// Law 14 of the design, to the last byte of the file.
func TestAfterErasureNoByteOfThePersonIsInTheFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.sqlite")
	s, err := sqlitestore.Open(path, sqlitestore.Options{})
	require.NoError(t, err)
	now := noon
	d, err := newDesk(s, dir, func() time.Time { return now }, nil)
	require.NoError(t, err)
	tick := func(d *desk.Desk) {
		now = now.Add(2 * time.Minute)
		require.NoError(t, d.Tick(t.Context()))
	}
	items := 0 // that one came is known for ever by its id, which says nothing here
	hand := func(id, author, text string, kind channel.ItemKind) mention.Ref {
		items++
		m := mention.Mention{Ref: mention.Ref{Channel: "mute", ID: id}, Text: text, Lang: "en",
			Author: mention.Author{ID: author + "idtoken", Handle: author + "token", Name: author + "nametoken"}}
		item := channel.Item{ID: fmt.Sprint(items), Kind: kind, Mention: m, Raw: []byte("raw " + text)}
		require.NoError(t, d.Handle(t.Context(), "", item))
		return m.Ref
	}
	ref := hand("m1", "dana", "Fjordwing lost my bag on the way to Oslo and nobody answers the telephone posttoken", channel.Created)
	hand("m1", "dana", "Fjordwing lost my bag on the way to Oslo and nobody answers edittoken", channel.Edited)
	hand("m2", "dana", "the weather recordtoken", channel.Created)
	hand("m3", "leo", "Fjordwing lost my bag leostays", channel.Created)
	down := hand("downreftoken", "dana", "Fjordwing is down", channel.Created)
	hand("miasref", "mia", "Fjordwing is down", channel.Created)
	tick(d)
	crisis(t, d, s, down)
	text, err := s.Text(t.Context(), "", ref)
	require.NoError(t, err)
	do := func(request, by string, body event.Body) {
		require.NoError(t, d.Say(t.Context(), "", text.ID, by, request, body))
	}
	do("note", "ana", event.Noted{Text: "she sounds like notetoken"})
	do("phone", "ana", event.Spoken{Summary: "she said spokentoken"})
	do("draft", "ben", event.Drafted{Text: "We are looking for it and write to you by tomorrow at 10:00, drafttoken."})
	c, _, err := d.Case(t.Context(), "", text.ID)
	require.NoError(t, err)
	do("yes", "ana", event.Approved{Draft: c.Draft.ID})
	tick(d)
	tokens := strings.Fields("danaidtoken danatoken dananametoken posttoken edittoken recordtoken notetoken spokentoken drafttoken " +
		"downreftoken freedtoken")
	before := onDisk(t, path)
	for _, token := range tokens {
		require.Contains(t, before, token)
	}
	do("erase", event.Host, event.ErasureAsked{})
	tick(d)
	require.NoError(t, s.Commit(t.Context(), desk.Commit{Events: []string{"one more"}})) // the writer has swept by then
	after := onDisk(t, path)
	for _, token := range tokens {
		assert.NotContains(t, after, token, "while it is open")
	}
	assert.Contains(t, after, "leostays", "another customer is not touched")
	assert.Contains(t, after, "miasref", "nor in the incident that both were in")
	tick(d)
	require.NoError(t, s.Close())
	after = onDisk(t, path)
	for _, token := range tokens {
		assert.NotContains(t, after, token, "when it is closed")
	}
	s, err = sqlitestore.Open(path, sqlitestore.Options{})
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, s.Check(t.Context()))
	replays(t, s, desk.KindCase, respond.New, respond.Apply)
	replays(t, s, desk.KindIncident, incident.New, incident.Apply)
}

// crisis lets a member write about a customer in the incident that his case is in.
func crisis(t *testing.T, d *desk.Desk, s desk.Store, his mention.Ref) {
	t.Helper()
	of, err := s.Text(t.Context(), "", his)
	require.NoError(t, err)
	for in, err := range d.Incidents(t.Context(), "") {
		require.NoError(t, err)
		require.Equal(t, 2, in.Cases)
		require.NoError(t, d.Say(t.Context(), "", in.ID, "ana", "freed", event.Freed{Case: of.ID, Note: "he is freedtoken"}))
		require.NoError(t, d.Say(t.Context(), "", in.ID, "ana", "over", event.Dismissed{Note: "@danatoken was the first"}))
	}
}
