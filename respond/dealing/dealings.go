package dealing

import (
	"slices"
	"time"

	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage/tally"
)

// Dealings is everything. The zero value is a case in which nothing was promised, offered or said.
type Dealings struct {
	Promises []Promise     `json:"promises,omitempty"` // open ones, and the last 10 that have ended
	Remedy   *Offer        `json:"remedy,omitempty"`   // the newest that was made to settle the matter
	Gifts    []Offer       `json:"gifts,omitempty"`    // goodwill, the last 10
	Spends   []tally.Spend `json:"spends,omitempty"`   // what counts against limits, in order; the last 50
	Bars     []tally.Bar   `json:"bars,omitempty"`     // what he is not to be sent
	Marks    []event.Mark  `json:"marks,omitempty"`    // circumstances that a person named, in the order of event.Marks
	Surveyed time.Time     `json:"surveyed,omitzero"`  // as tally.Courtesy, here or in another case of his
	Invited  time.Time     `json:"invited,omitzero"`   // the same
	Gave     time.Time     `json:"gave,omitzero"`      // the same
	Survey   *Survey       `json:"survey,omitempty"`   // the last that was asked for
	Mended   time.Time     `json:"mended,omitzero"`    // since when the fix is done, or the offer accepted, or it is over
	Consent  *Consent      `json:"consent,omitempty"`  // of the customer, that his story is told
	TakenUp  time.Time     `json:"taken_up,omitzero"`  // when the public side was told that it was taken up
	Said     string        `json:"said,omitempty"`     // our last words to the customer, the first 280 bytes
	Had      string        `json:"had,omitempty"`      // the member who had the case last
	Handover *Handover     `json:"handover,omitempty"` // the last change of owner
	Writing  *Writing      `json:"writing,omitempty"`  // who writes an answer now
	Snooze   *Snooze       `json:"snooze,omitempty"`
	Notes    []Note        `json:"notes,omitempty"` // the last 3; all of them stand in the trail
	Watchers []Watcher     `json:"watchers,omitempty"`
}

// A Dealt is what one step altered of it. What is absent altered nothing; a pointer to a zero value cleared it.
type Dealt struct {
	Promises []Promise     `json:"promised,omitempty"` // made, or changed: by id
	Remedy   *Offer        `json:"remedy,omitempty"`
	Gifts    []Offer       `json:"gifts,omitempty"` // made, or changed: by id
	Spends   []tally.Spend `json:"spends,omitempty"`
	Back     []string      `json:"back,omitempty"`  // ids of spends that no longer count
	Moved    []string      `json:"moved,omitempty"` // ids of spends on another, parted from this one: they count in his row
	Bars     *[]tally.Bar  `json:"bars,omitempty"`
	Barred   []tally.Bar   `json:"barred,omitempty"`   // new, for the author's row
	Unbarred []string      `json:"unbarred,omitempty"` // lifted, for the author's row
	Marks    *[]event.Mark `json:"marks,omitempty"`
	Surveyed time.Time     `json:"surveyed,omitzero"`
	Invited  time.Time     `json:"invited,omitzero"`
	Gave     time.Time     `json:"gave,omitzero"`
	Survey   *Survey       `json:"survey,omitempty"`
	Consent  *Consent      `json:"consent,omitempty"`
	TakenUp  time.Time     `json:"taken_up,omitzero"`
	Said     *string       `json:"said,omitempty"` // taken out: they repeat what the customer removed
	Handover *Handover     `json:"handover,omitempty"`
	Writing  *Writing      `json:"writing,omitempty"`
	Snooze   *Snooze       `json:"snooze,omitempty"`
	Note     *Note         `json:"note,omitempty"` // added
	Watchers *[]Watcher    `json:"watchers,omitempty"`
}

// How much is kept.
const (
	keptEnded  = 10
	keptGifts  = 10
	keptSpends = 50
	keptNotes  = 3
)

// Apply is the dealings after a change. It never alters its argument.
func Apply(d Dealings, ch Dealt) Dealings {
	for _, p := range ch.Promises {
		d.Promises = withPromise(d.Promises, p)
	}
	d.Remedy = set(d.Remedy, ch.Remedy)
	for _, g := range ch.Gifts {
		d.Gifts = newest(keptGifts, d.Gifts, g, func(x Offer) bool { return x.ID == g.ID })
	}
	for _, s := range ch.Spends {
		d.Spends = newest(keptSpends, d.Spends, s, func(x tally.Spend) bool { return x.ID == s.ID })
	}
	if len(ch.Back) > 0 {
		d.Spends = some(slices.DeleteFunc(slices.Clone(d.Spends), func(s tally.Spend) bool { return slices.Contains(ch.Back, s.ID) }))
	}
	if ch.Bars != nil {
		d.Bars = some(slices.Clone(*ch.Bars))
	}
	if ch.Marks != nil {
		d.Marks = some(slices.Clone(*ch.Marks))
	}
	d.Surveyed, d.Invited, d.Gave = later(d.Surveyed, ch.Surveyed), later(d.Invited, ch.Invited), later(d.Gave, ch.Gave)
	d.TakenUp = later(d.TakenUp, ch.TakenUp)
	d.Survey, d.Consent = set(d.Survey, ch.Survey), set(d.Consent, ch.Consent)
	d.Handover, d.Writing, d.Snooze = set(d.Handover, ch.Handover), set(d.Writing, ch.Writing), set(d.Snooze, ch.Snooze)
	if ch.Said != nil {
		d.Said = *ch.Said
	}
	if ch.Note != nil {
		d.Notes = newest(keptNotes, d.Notes, *ch.Note, func(Note) bool { return false })
	}
	if ch.Watchers != nil {
		d.Watchers = some(slices.Clone(*ch.Watchers))
	}
	return d
}

// set is the facet after a change: the old one, the new one, or none when it was cleared.
func set[T comparable](old, changed *T) *T {
	var none T
	switch {
	case changed == nil:
		return old
	case *changed == none:
		return nil
	}
	return changed
}

// newest is the list with x in the place of the one that it is the same as, or at its end, cut to the newest n.
func newest[T any](n int, list []T, x T, same func(T) bool) []T {
	list = slices.Clone(list)
	if i := slices.IndexFunc(list, same); i >= 0 {
		list[i] = x
		return list
	}
	list = append(list, x)
	return list[max(0, len(list)-n):]
}

// some keeps an empty list out of the JSON, so that cleared and never set are the same bytes.
func some[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
