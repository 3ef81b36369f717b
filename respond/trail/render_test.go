package trail_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/trail"
)

func TestRender(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	links, tip := chain(t, named, 2)
	hostile := trail.Entry[change]{
		Seq: 3, At: monday.Add(time.Hour), Because: []string{"one\n#5  two"},
		Event: event.Event{ID: "x", By: "ana\n#9  forged", Body: event.Drafted{
			Text: "Your card 4111 1111 1111 1111\n#4  2026-06-15 approved, by cleo\u202e",
		}},
		Effects: []effect.Effect{{Key: "k", Because: "wants consent", Body: effect.Approve{Member: "cleo"}}},
	}
	body, err := json.Marshal(hostile)
	require.NoError(t, err)
	link, tip, err := tip.Append(hostile.At, salt(3), body)
	require.NoError(t, err)
	links = append(links, link)
	var out strings.Builder
	require.NoError(t, trail.Render(&out, named, slices.Values(links), trail.Style{Zone: zone}, tip))
	text := out.String()
	for _, want := range []string{
		"#1  2026-06-15 10:01:00.000 +02:00  received, by customer", `chirp/1: "this is Dana Fjeld, call me"`,
		"because: Dana Fjeld wrote", "changed: said, who", "asked:   approve cleo: wants consent", "rules:   r1",
		"3 entries. The chain holds; its head is " + tip.Hash,
	} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "4111 1111 1111 1111", "private data is masked")
	assert.NotContains(t, text, "\u202e", "no mark turns the writing round")
	numbered := 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			numbered++
		}
	}
	assert.Equal(t, 3, numbered, "no text of a customer passes for an entry")
	assert.NotContains(t, text, "No anchor")

	out.Reset()
	style := trail.Style{Change: func(c json.RawMessage) string { return "in the house's words:\n" + string(c[:5]) }}
	require.NoError(t, trail.Render(&out, named, slices.Values(links[:1]), style))
	assert.Contains(t, out.String(), `changed: in the house's words:\n{\"who`, "the caller's words stay on their line too")
	assert.Contains(t, out.String(), "No anchor was given")

	links[1].Body = []byte("{}")
	out.Reset()
	err = trail.Render(&out, named, slices.Values(links), trail.Style{})
	broken(t, err, "altered")
	assert.Contains(t, out.String(), "BROKEN: entry 2 is altered")
	assert.Contains(t, out.String(), "08:01:00.000 +00:00", "a zone that is nil is UTC")
	assert.ErrorIs(t, trail.Render(full{}, named, slices.Values(links[:1]), trail.Style{}), errFull, "an error of the writer comes back")
}

// An event that this version does not know is told by its members, however much of it there is.
func TestRenderOfWhatIsNotKnown(t *testing.T) {
	body := event.Unknown{Name: "dreamt", Raw: json.RawMessage(
		`{"of":"a card 4111 1111 1111 1111\nand #3","at":"2026-06-15T08:00:00Z","none":"","list":[{"a":1},{"b":[["deep"]]},null],` +
			`"big":"` + strings.Repeat("é", 9000) + `","more":{"x":"` + strings.Repeat("word ", 3000) + `"},` +
			`"half":"` + strings.Repeat("z", 600) + `","end":[` + strings.Repeat(`"some words",`, 400) + `1]}`)}
	e := trail.Entry[change]{Seq: 1, At: monday, Event: event.Event{ID: "x", At: monday, By: "ana", Body: body}}
	data, err := json.Marshal(e)
	require.NoError(t, err)
	link, _, err := named.Begin().Append(e.At, salt(1), data)
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, trail.Render(&out, named, slices.Values([]trail.Link{link}), trail.Style{}))
	assert.Contains(t, out.String(), "dreamt, by ana\n    of \"a card **** **** **** 1111\\nand #3\", at 2026-06-15 08:00:00 +00:00, "+
		"list (a 1), big ")
	assert.Less(t, out.Len(), 6000)
	assert.True(t, utf8.ValidString(out.String()))
}

var errFull = errors.New("the disk is full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
