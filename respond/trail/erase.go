package trail

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Erased is the body of the entry that takes the place of all before it. It is kept in a trail, so nothing of the person
// may stand in it.
type Erased struct {
	By      string          `json:"by"`      // who did it: a member's id
	Because string          `json:"because"` // for a person: the request, the retention class
	State   json.RawMessage `json:"state"`   // the redacted state as it is after this entry; replay begins here

	// Kept are entries before it without what had to go, as far as the house may keep them: they are read, and not folded.
	Kept []json.RawMessage `json:"kept,omitempty"`
}

// opened is how the body of an erasure begins, and no entry's body does.
const opened = `{"erased":`

type erasedBody struct {
	Erased Erased `json:"erased"`
}

func isErased(body []byte) bool { return bytes.HasPrefix(body, []byte(opened)) }

// Erase drops the bodies and salts of all links of a trail, keeps their heads, and appends what e says. The state in e is
// redacted by the caller, who alone knows what in it is a person's; its seq, where it has one, is that of the new entry.
// tip is what the store has: links that do not verify up to it give a *BrokenError and nothing is erased, for a broken
// trail is evidence. The store replaces all rows in one commit, and forgets the old ones: copies, backups and the
// outbox are the host's to clean. salt is as in Append. The links given are not altered.
func Erase(name Name, tip Tip, links []Link, e Erased, at time.Time, salt []byte) ([]Link, Tip, error) {
	if e.By == "" || e.Because == "" {
		return nil, tip, fmt.Errorf("an erasure says who did it, and because of what")
	}
	if _, err := Verify(name, slices.Values(links), tip); err != nil {
		return nil, tip, err
	}
	if tip.Seq != len(links) {
		return nil, tip, &BrokenError{Seq: tip.Seq + 1, Fault: Forged, Why: "it comes after the tip that the store has"}
	}
	var state struct {
		Seq *int `json:"seq"`
	}
	if err := json.Unmarshal(e.State, &state); err != nil {
		return nil, tip, fmt.Errorf("the redacted state is no JSON object: %w", err)
	}
	if state.Seq != nil && *state.Seq != tip.Seq+1 {
		return nil, tip, fmt.Errorf("the redacted state is that after entry %d, and the erasure is entry %d", *state.Seq, tip.Seq+1)
	}
	body, err := json.Marshal(erasedBody{e})
	if err != nil {
		return nil, tip, err
	}
	link, after, err := tip.Append(at, salt, body)
	if err != nil {
		return nil, tip, err
	}
	out := make([]Link, 0, len(links)+1)
	for _, l := range links {
		out = append(out, l.Bared())
	}
	return append(out, link), after, nil
}
