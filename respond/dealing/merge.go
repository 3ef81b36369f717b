package dealing

import (
	"slices"

	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage/tally"
)

// Merge is what two cases of one person hold together. What both have once is the first's, but for the offer on which more
// hangs and the survey that was asked for last, to which answers are still to come. Nothing is put aside any more, and
// nothing is mended unless both are.
func Merge(a, b Dealings) Dealings {
	out := a
	out.Promises = slices.Concat(a.Promises, b.Promises)
	if x, y := hangs(a.Remedy), hangs(b.Remedy); y > x || y == x && y > 0 && b.Remedy.Since.After(a.Remedy.Since) {
		out.Remedy = b.Remedy
	}
	out.Gifts, out.Spends = slices.Concat(a.Gifts, b.Gifts), slices.Concat(a.Spends, b.Spends)
	bars := tally.Courtesy{Bars: a.Bars}
	for _, x := range b.Bars {
		bars = bars.Bar(x)
	}
	out.Bars = bars.Bars
	out.Marks = some(slices.DeleteFunc(event.Marks(), func(m event.Mark) bool {
		return !slices.Contains(a.Marks, m) && !slices.Contains(b.Marks, m)
	}))
	out.Surveyed, out.Invited, out.Gave = later(a.Surveyed, b.Surveyed), later(a.Invited, b.Invited), later(a.Gave, b.Gave)
	out.TakenUp = later(a.TakenUp, b.TakenUp)
	if b.Mended.IsZero() || !a.Mended.IsZero() && a.Mended.Before(b.Mended) {
		out.Mended = b.Mended
	}
	out.Survey, out.Consent = first(a.Survey, b.Survey), first(a.Consent, b.Consent)
	if a.Survey != nil && b.Survey != nil && b.Survey.At.After(a.Survey.At) {
		out.Survey = b.Survey
	}
	out.Notes = slices.Concat(b.Notes, a.Notes)
	out.Notes = some(out.Notes[max(0, len(out.Notes)-keptNotes):])
	for _, w := range b.Watchers {
		if !slices.ContainsFunc(a.Watchers, func(x Watcher) bool { return x.Member == w.Member }) {
			out.Watchers = append(slices.Clone(out.Watchers), w)
		}
	}
	out.Snooze, out.Writing = nil, nil
	return out
}

// hangs is how much is still to come of an offer: what is paid comes before what he wants, what he has before what is over.
func hangs(o *Offer) int {
	if o == nil {
		return -1
	}
	switch o.State {
	case Paying, Uncertain:
		return 4
	case Accepted:
		return 3
	case Made:
		return 2
	case Allowed, Denied:
		return 1
	}
	return 0
}

func first[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}
