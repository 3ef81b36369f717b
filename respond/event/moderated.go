package event

import "github.com/reputekit/reputation/mention"

// Moderated is a member's decision on what a customer wrote where others read it.
type Moderated struct {
	Ref    mention.Ref `json:"ref"`
	Act    string      `json:"act"` // keep, which restores what was hidden; hide, delete or report
	Reason string      `json:"reason,omitempty"`
}

func (Moderated) kind() string { return "moderated" }
