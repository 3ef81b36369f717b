package triage

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/triage/signal"
)

// A source is how a judge comes to a signal. It is built in, scored, or, with neither, observed.
type source struct {
	name    string
	builtin signal.ID // 0 is none
	scorer  int       // which of the judge's, from 1; 0 is none
	asked   bool      // a condition names it
}

// A scored is what a scorer said of a text.
type scored struct {
	done     bool
	readings []signal.Reading
}

// A slot holds what was read of one signal.
type slot struct {
	state state
	value int
	spans []signal.Span
}

type state uint8

const (
	unread state = iota
	absent
	present
)

// byScorer begins a Source.By that names a scorer of the Options.
const byScorer = "scorer:"

// sources checks the declared signals and gives every signal that conditions may name its slot, in the order of names.
func (c *compiler) sources(sources []Source, scorers map[string]Scorer) {
	known := map[string]source{}
	for _, id := range signal.IDs() {
		known[id.String()] = source{name: id.String(), builtin: id}
	}
	for i, s := range sources {
		path := spec.Index("signals", i)
		if s.Name == "" {
			c.problems.Add(spec.Join(path, "name"), "a signal needs a name")
			continue
		}
		if _, twice := known[s.Name]; twice {
			c.problems.Add(spec.Join(path, "name"), "signal %q is built in or declared twice", s.Name)
			continue
		}
		is := source{name: s.Name}
		if name, by := strings.CutPrefix(s.By, byScorer); by {
			is.scorer = c.scorer(spec.Join(path, "by"), name, s.Name, scorers[name])
		} else if strings.HasPrefix(strings.ToLower(strings.TrimSpace(s.By)), byScorer) {
			c.problems.Add(spec.Join(path, "by"), "%q is no scorer: write it like %stone", s.By, byScorer)
		}
		known[s.Name] = is
	}
	for _, name := range sortedKeys(known) {
		c.judge.slots = append(c.judge.slots, known[name])
	}
}

// scorer is the number of the scorer of that name, which gives the signal.
func (c *compiler) scorer(path, name, signal string, s Scorer) int {
	if v := reflect.ValueOf(s); s == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		c.problems.Add(path, "no scorer %q is bound", name)
		return 0
	}
	if gives := s.Signals(); !slices.Contains(gives, signal) {
		c.problems.Add(path, "scorer %q does not give %s: it gives %s", name, signal, strings.Join(gives, ", "))
	}
	i := slices.Index(c.scorers, name)
	if i < 0 {
		i = len(c.scorers)
		c.scorers = append(c.scorers, name)
		c.judge.scorers = append(c.judge.scorers, s)
		c.judge.versions[name] = ""
		if v, ok := s.(Versioned); ok {
			c.judge.versions[name] = v.Checksum()
		}
	}
	return i + 1
}

// Versions are the checksums of the scorers that the policy reads, by the names of Options.Scorers; empty where a scorer
// is not Versioned. Whoever versions a policy versions these with it: the same policy says
// something else of the same text by another model.
func (j *Judge) Versions() map[string]string { return maps.Clone(j.versions) }

// slot is the place of a signal; ok is false when nobody knows it.
func (j *Judge) slot(name string) (i int, ok bool) {
	return slices.BinarySearchFunc(j.slots, name, func(s source, name string) int { return cmp.Compare(s.name, name) })
}

// signal reads a signal, once.
func (s *scene) signal(i int) *slot {
	x := &s.slots[i]
	if x.state != unread {
		return x
	}
	x.state = absent
	switch from := &s.judge.slots[i]; {
	case from.builtin != 0:
		if v := s.read().Value(from.builtin, s.rating()); !v.Absent {
			x.state, x.value, x.spans = present, v.PerMille, v.Spans
		}
	case from.scorer > 0:
		x.take(from.name, s.score(from.scorer-1))
	default:
		x.take(from.name, s.in.Observed)
	}
	return x
}

// take looks for a signal among readings from elsewhere; the first of its name counts.
func (x *slot) take(name string, readings []signal.Reading) {
	for i := range readings {
		if r := &readings[i]; r.Name == name {
			x.state, x.value, x.spans = present, kept(r.Value), r.Spans
			return
		}
	}
}

// score asks a scorer, once.
func (s *scene) score(i int) []signal.Reading {
	x := &s.scored[i]
	if !x.done {
		x.done = true
		x.readings = s.judge.scorers[i].Score(x.readings[:0], s.mention.Text, s.mention.Lang)
	}
	return x.readings
}

// kept is a value from elsewhere within the scale.
func kept(v int) int { return min(1000, max(-1000, v)) }

// rating is what package signal takes: below 0 for none.
func (s *scene) rating() int {
	if r, ok := s.mention.Rating.PerMille(); ok {
		return r
	}
	return -1
}

// report gathers the readings of the verdict. A lazy judge reports what it has read; any other reads all it can, and
// reports what was observed under names that no policy declares as well. A built-in signal of value 0 is reported when a
// condition names it, or when it has words to show.
func (s *scene) report() {
	for i := range s.judge.slots {
		if !s.judge.lazy {
			s.signal(i)
		}
		x, from := &s.slots[i], &s.judge.slots[i]
		if x.state == present && (x.value != 0 || len(x.spans) > 0 || from.asked || from.builtin == 0) {
			s.reading(from.name, x.value, x.spans)
		}
	}
	if s.judge.lazy {
		return
	}
	declared := len(s.readings)
	for k := range s.in.Observed {
		r := &s.in.Observed[k]
		if _, known := s.judge.slot(r.Name); r.Name != "" && !known &&
			!slices.ContainsFunc(s.readings[declared:], func(x signal.Reading) bool { return x.Name == r.Name }) {
			s.reading(r.Name, kept(r.Value), r.Spans)
		}
	}
	if len(s.readings) > declared {
		slices.SortStableFunc(s.readings, func(a, b signal.Reading) int { return cmp.Compare(a.Name, b.Name) })
	}
}

// reading adds one; the memory of an old one is used again.
func (s *scene) reading(name string, value int, spans []signal.Span) {
	n := len(s.readings)
	s.readings = slices.Grow(s.readings, 1)[:n+1]
	r := &s.readings[n]
	r.Name, r.Value, r.Spans = name, value, append(r.Spans[:0], spans...)
}
