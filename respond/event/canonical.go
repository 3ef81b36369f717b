package event

import (
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/triage"
)

// longestID bounds an event's id: an aggregate remembers the last 64 of them.
const longestID = 512

// What keeps an envelope from being one.
var (
	errNoFact  = errors.New("an event needs an id and a body, the body as a value")
	errLongID  = errors.New("an event's id has at most 512 bytes")
	errBadName = errors.New("the event's id, or who it is by, is no text: invalid UTF-8 or NUL")
)

// Canonical returns the event as it is stored: every text valid UTF-8 without NUL, every instant UTC to the millisecond.
// An instant that JSON cannot write, beyond the year 9999, becomes none. It is idempotent, and what it gives shares
// nothing that can change with what it was given. The error says what is wrong with the envelope: who an event is by and
// its id are compared, so they are not mended, they are refused.
func (e Event) Canonical() (Event, error) {
	switch {
	case e.ID == "" || e.Kind() == "":
		return e, errNoFact
	case len(e.ID) > longestID:
		return e, errLongID
	case mention.Clean(e.ID) != e.ID || mention.Clean(e.By) != e.By:
		return e, errBadName
	}
	e.At = instant(e.At)
	e.Tallies = e.Tallies.canonical()
	e.Body = canonical(e.Body)
	return e, nil
}

func canonical(b Body) Body {
	switch b := b.(type) {
	case Received:
		b.Mention, b.Given = written(b.Mention), given(b.Given)
		b.Standing = triage.Standing(mention.Clean(string(b.Standing)))
		b.Observed = readings(b.Observed)
		clean(&b.Copies.Group)
		b.Copies.First = instant(b.Copies.First)
		b.Surges, b.Beside, b.Told = cleaned(b.Surges), cleaned(b.Beside), told(b.Told)
		clean(&b.Incident)
		b.Load = load(b.Load)
		return b
	case Edited:
		b.Mention = written(b.Mention)
		return b
	case Removed:
		b.Ref = ref(b.Ref)
		return b
	case AnsweredElsewhere:
		b.Ref, b.Answers = ref(b.Ref), ref(b.Answers)
		return b
	case Spoken:
		clean(&b.Summary)
		b.Missing = cleaned(b.Missing)
		return b
	case Meant:
		b.Missing, b.Of = cleaned(b.Missing), ref(b.Of)
		return b
	case Drafted:
		clean(&b.Text, &b.Play, &b.Instead, &b.Recourse)
		b.Asks, b.Offer, b.Answers = cleaned(b.Asks), b.Offer.canonical(), ref(b.Answers)
		b.Promises = slices.Clone(b.Promises)
		for i := range b.Promises {
			b.Promises[i] = b.Promises[i].canonical()
		}
		return b
	case Rejected:
		clean(&b.Draft, &b.Reason)
		return b
	case Waived:
		clean(&b.Code, &b.Note)
		b.Of = ref(b.Of)
		return b
	case Fulfilled:
		clean(&b.Note)
		return b
	case Judged:
		clean(&b.Note)
		return b
	}
	return canonicalDealing(canonicalAnswer(b))
}

// canonicalAnswer is canonical for what comes back from the world, and for incidents.
func canonicalAnswer(b Body) Body {
	switch b := b.(type) {
	case Declared:
		clean(&b.Note)
		return b
	case Dismissed:
		clean(&b.Note)
		return b
	case Delivered:
		b.Ref = ref(b.Ref)
		return b
	case Undelivered:
		clean(&b.Detail)
		if !slices.Contains(reasons[:], b.Reason) {
			b.Reason = Failed // a reason is told to people, so it is one of ours
		}
		return b
	case Uncertain:
		clean(&b.Detail)
		return b
	case Granted:
		clean(&b.Reference)
		return b
	case Denied:
		clean(&b.Detail)
		return b
	case Surveyed:
		clean((*string)(&b.Scale), &b.Version, &b.Said)
		return b
	case Elapsed:
		b.Due = instant(b.Due)
		return b
	}
	return canonicalMatter(b)
}

func clean(texts ...*string) {
	for _, s := range texts {
		*s = mention.Clean(*s)
	}
}

// cleaned is a list of texts, none of them shared with what was given.
func cleaned(texts []string) []string {
	texts = slices.Clone(texts)
	for i := range texts {
		clean(&texts[i])
	}
	return texts
}

func ref(r mention.Ref) mention.Ref {
	return mention.Ref{Channel: mention.Clean(r.Channel), ID: mention.Clean(r.ID)}
}

// instant is t as it is stored; none when JSON cannot write it.
func instant(t time.Time) time.Time {
	t = mention.Instant(t)
	if y := t.Year(); y < 1 || y > 9999 {
		return time.Time{}
	}
	return t
}

func written(m mention.Mention) mention.Mention {
	m = m.Canonical()
	m.Kind = mention.Kind(mention.Clean(string(m.Kind)))
	m.Visibility = mention.Visibility(mention.Clean(string(m.Visibility)))
	m.Addressed = mention.Addressed(mention.Clean(string(m.Addressed)))
	m.PostedAt, m.ReceivedAt, m.Author.Since = instant(m.PostedAt), instant(m.ReceivedAt), instant(m.Author.Since)
	return m
}

// load leaves out who is none, and counts that are none.
func load(in map[string]int) map[string]int {
	if len(in) == 0 {
		return nil
	}
	out := make(map[string]int, len(in))
	for _, id := range slices.Sorted(maps.Keys(in)) {
		if in[id] > 0 {
			out[mention.Clean(id)] = in[id]
		}
	}
	return out
}

// given walks the names in order, so that two that become one always leave the same value.
func given(in map[string]string) map[string]string {
	if len(in) == 0 {
		return nil
	}
	out := make(map[string]string, len(in))
	for _, name := range slices.Sorted(maps.Keys(in)) {
		out[mention.Clean(name)] = mention.Clean(in[name])
	}
	return out
}
