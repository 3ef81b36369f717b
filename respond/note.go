package respond

import (
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
)

// How long what our people say is, in bytes.
const (
	longestNote  = 10_000
	keptNote     = 1000
	keptWords    = 280
	mostWatchers = 50
)

// cutTo is the beginning of a text, whole characters of it.
func cutTo(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return mention.Clean(strings.ToValidUTF8(text[:most], ""))
}

// noted is a note among ourselves: it moves nothing, and the customer never sees it.
func (s *step) noted(b event.Noted) error {
	switch {
	case !s.byMember():
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	case strings.TrimSpace(b.Text) == "":
		return s.refuse("the note is empty")
	case len(b.Text) > longestNote:
		return s.refuse("a note has at most %d bytes", longestNote)
	}
	s.deal(func(d *dealing.Dealt) { d.Note = &dealing.Note{By: s.e.By, At: s.now, Text: cutTo(b.Text, keptNote)} })
	return nil
}
