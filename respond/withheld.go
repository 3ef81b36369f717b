package respond

import (
	"encoding/json"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/privacy"
)

// Withheld returns an entry as it may be shown to whoever may not see the case, and as it is kept when words go: when, who
// and what kind of thing, how the case moved, what was owed and what became of it, and no word of anybody. Figures come
// out of it as they were; nothing else is to be folded from it.
func Withheld(e Entry) Entry {
	out := Entry{
		Seq: e.Seq, At: e.At, Rules: e.Rules,
		Event:  event.Event{ID: e.Event.ID, At: e.Event.At, By: e.Event.By, Body: wordless(e.Event.Body)},
		Change: e.Change.withheld(),
	}
	for _, x := range e.Effects {
		if m, ok := x.Body.(effect.Moderate); ok {
			out.Effects = append(out.Effects, effect.Effect{Key: x.Key, Body: effect.Moderate{Act: m.Act, Reason: m.Reason}})
		}
	}
	return out
}

// wordless is an event without words and names: that it was, and where it is one of few, which.
func wordless(b event.Body) event.Body {
	switch b := b.(type) {
	case event.Delivered:
		return event.Delivered{Key: b.Key}
	case event.Undelivered:
		return event.Undelivered{Key: b.Key, Reason: b.Reason}
	case event.Uncertain:
		return event.Uncertain{Key: b.Key}
	case event.Elapsed:
		return b
	case event.Waived:
		return event.Waived{Code: b.Code}
	case event.Surveyed:
		return event.Surveyed{Scale: b.Scale, Version: b.Version, Score: b.Score}
	case event.AnsweredElsewhere:
		return event.AnsweredElsewhere{Automatic: b.Automatic}
	}
	return event.Unknown{Name: event.Event{Body: b}.Kind(), Raw: json.RawMessage(`{}`)}
}

// withheld is a change without words and names.
func (ch Change) withheld() Change {
	out := Change{
		Standing: ch.Standing, Verdict: redacted(ch.Verdict), Reread: ch.Reread, Unread: ch.Unread, Moves: ch.Moves, Owed: ch.Owed,
		Clocks: ch.Clocks, Missed: ch.Missed, Duties: ch.Duties, Incident: ch.Incident, Calm: ch.Calm, Waived: ch.Waived,
		Message: ch.Message.bare(), Draft: ch.Draft.bare(), Climb: placeless(ch.Climb), Access: ch.Access,
		Dealt: dealing.Dealt{Promises: dealing.Wordless(ch.Promises), TakenUp: ch.TakenUp},
	}
	if o := ch.Opening; o != nil {
		out.Opening = &Opening{Channel: o.Channel, Account: o.Account}
	}
	if p := ch.Preserve; p != nil { // what for stands in words of persons
		out.Preserve = &privacy.Preserve{Who: p.Who, Since: p.Since}
	}
	if ch.Whole != nil {
		whole, _ := ch.Whole.Redacted()
		out.Whole = &whole
	}
	return out
}

// bare is that a message came, from which side and when. It is told from others by a hash of its reference.
func (m *Message) bare() *Message {
	if m == nil {
		return nil
	}
	out := &Message{Revision: m.Revision, From: m.From, Ours: m.Ours, Private: m.Private, At: m.At, Old: m.Old, Gone: m.Gone}
	if !m.Ref.IsZero() {
		out.Ref = mention.Ref{Channel: m.Ref.Channel, ID: mention.Key("withheld", m.Ref.Channel, m.Ref.ID)}
	}
	return out
}

// bare is that there was a draft, whose it was, who let it out and what for.
func (d *Draft) bare() *Draft {
	if d == nil {
		return nil
	}
	out := &Draft{By: d.By, Visibility: d.Visibility, Play: d.Play, For: d.For, Approved: d.Approved, Stale: d.Stale}
	if d.ID != "" {
		out.ID = "withheld" // an id is made from the text
	}
	return out
}

// placeless is a climb without where the customer is.
func placeless(k *escalation.Climb) *escalation.Climb {
	if k == nil || k.Location == "" && k.Country == "" {
		return k
	}
	out := *k
	out.Location, out.Country = "", ""
	return &out
}
