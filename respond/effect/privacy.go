package effect

import (
	"time"

	"github.com/reputekit/reputation/mention"
)

// Redact asks the store to drop its copies of messages that their author removed: rows of texts, media and raw bytes, and
// their words in the bodies of the trail. What persons recorded about them stays.
type Redact struct {
	Refs     []mention.Ref `json:"refs"`
	NotAfter time.Time     `json:"not_after"` // a day after the removal; it is done all the same, and late
}

// Erase asks the store to erase the person from a case. Its answer is an event.Erased that names the key, in one commit
// with the rows that go.
type Erase struct {
	Case     string    `json:"case"`
	NotAfter time.Time `json:"not_after"` // a calendar month after the person asked
}

func (Redact) kind() string { return "redact" }

func (Erase) kind() string { return "erase" }
