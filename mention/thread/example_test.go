package thread_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/thread"
)

// The platform sends our answer first, then the question, an edit of it, and a comment that was deleted meanwhile.
func Example() {
	matcher, err := mention.Watchlist{
		Subjects: []mention.Subject{{Name: "Acme Air", Kind: mention.Brand}},
		Ours:     mention.Ours{Accounts: []mention.Account{{Channel: "chirp", Handle: "AcmeAir"}}},
	}.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	at := func(minute int) time.Time { return time.Date(2026, 3, 2, 12, minute, 0, 0, time.UTC) }
	say := func(id, parent, author, text string, minute, revision int) mention.Mention {
		return mention.Mention{
			Ref: mention.Ref{Channel: "chirp", ID: id}, Parent: parent, Author: mention.Author{Handle: author},
			Text: text, PostedAt: at(minute), Revision: revision,
		}
	}
	var row thread.Thread
	row = row.Add(say("2", "1", "AcmeAir", "Sorry to hear that. Which flight was it?", 4, 0), matcher.IsOurs)
	row = row.Add(say("1", "", "ann", "Where is my bag, the green one?", 0, 1), matcher.IsOurs)
	row = row.Add(say("1", "", "ann", "Where is my bag?", 0, 0), matcher.IsOurs) // an old revision, late
	row = row.Remove(mention.Ref{Channel: "chirp", ID: "3"}, at(9))
	row = row.Add(say("3", "1", "troll", "You will never see it again", 2, 0), matcher.IsOurs)

	for _, m := range row.Messages {
		side, text := "them", m.Text
		if m.Ours {
			side = "us"
		}
		if m.Removed {
			text = "(deleted)"
		}
		fmt.Printf("%s%s: %s\n", strings.Repeat("  ", m.Depth), side, text)
	}
	// Output:
	// them: Where is my bag, the green one?
	//   them: (deleted)
	//   us: Sorry to hear that. Which flight was it?
}
