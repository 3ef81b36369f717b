package backtest

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/triage"
)

// None stands in a Change where there is nothing: no category, no aim, no owner, no such tag.
const None = "none"

// change is one kind of difference.
type change struct{ field, from, to string }

// mostChanges is how many kinds of change are told apart; owners may be many.
const mostChanges = 10_000

// An entry is one mention and what the two sides made of it.
type entry struct {
	row     rows.Row
	mention *mention.Mention
	was, is triage.Verdict
	changes []change
	hash    uint64 // of its ref; 0 until somebody asks
	example *Example
}

func (e *entry) compare(field, from, to string) {
	if from != to {
		e.changes = append(e.changes, change{field, cmp.Or(from, None), cmp.Or(to, None)})
	}
}

// tags compares sorted sets: each tag that comes or goes is a change of its own.
func (e *entry) tags(from, to []string) {
	for _, tag := range from {
		if !slices.Contains(to, tag) {
			e.compare("tag", tag, "")
		}
	}
	for _, tag := range to {
		if !slices.Contains(from, tag) {
			e.compare("tag", "", tag)
		}
	}
}

// A tally counts one kind of change and keeps a few mentions that show it: those whose refs have the smallest hashes,
// which is a fair choice, and the same whatever the order.
type tally struct {
	count int
	kept  []*entry // by hash, the smallest first
}

const usualExamples = 3

// note adds a mention to a change.
func (r *run) note(c change, e *entry) {
	t := r.changes[c]
	if t == nil {
		if len(r.changes) >= mostChanges {
			c = change{c.field, others, others}
		}
		if t = r.changes[c]; t == nil {
			t = &tally{}
			r.changes[c] = t
		}
	}
	t.count++
	most := r.options.Examples
	if most == 0 {
		most = usualExamples
	}
	t.keep(e, most)
}

func (t *tally) keep(e *entry, most int) {
	if most <= 0 {
		return
	}
	if e.hash == 0 {
		e.hash = hashOf(e.mention.Ref.Channel, e.mention.Ref.ID)
	}
	if len(t.kept) == most && !e.before(t.kept[most-1]) {
		return
	}
	if e.example == nil {
		e.example = e.show()
	}
	at, _ := slices.BinarySearchFunc(t.kept, e, func(a, b *entry) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	t.kept = slices.Insert(t.kept, at, &entry{hash: e.hash, example: e.example})
	t.kept = t.kept[:min(len(t.kept), most)]
}

// before orders by hash, and rows of one ref by line.
func (e *entry) before(other *entry) bool {
	if e.hash != other.hash {
		return e.hash < other.hash
	}
	line := e.row.Line
	if e.example != nil {
		line = e.example.Line
	}
	return line < other.example.Line
}

func (t *tally) examples() []Example {
	var out []Example
	for _, e := range t.kept {
		out = append(out, *e.example)
	}
	return out
}

// mostText is how much of a mention an example shows, in runes.
const mostText = 280

// show makes the example of an entry.
func (e *entry) show() *Example {
	x := &Example{Ref: e.mention.Ref, Line: e.row.Line, Text: shortened(sensitive.Mask(e.mention.Text))}
	x.Gone = only(e.was, e.is, e.mention.Text)
	x.Came = only(e.is, e.was, e.mention.Text)
	return x
}

func shortened(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > mostText {
		return string(runes[:mostText]) + "..."
	}
	return text
}

// only lists what fired in one verdict and not, or not in this way, in the other. Of the words, those that are private
// data are masked.
func only(v, other triage.Verdict, text string) []string {
	var out []string
	for _, r := range v.Reasons {
		if slices.ContainsFunc(other.Reasons, func(o triage.Reason) bool { return o.Rule == r.Rule && o.Did == r.Did }) {
			continue
		}
		var words []string
		for _, s := range r.Spans {
			if 0 <= s.Start && s.Start < s.End && s.End <= len(text) {
				words = append(words, fmt.Sprintf("%q", sensitive.Mask(strings.ToValidUTF8(text[s.Start:s.End], "?"))))
			}
		}
		line := r.Rule + ": " + r.Did
		if len(words) > 0 {
			line += " on " + strings.Join(slices.Compact(words), ", ")
		}
		out = append(out, line)
	}
	return out
}

// hashOf is FNV-1a over the parts, each preceded by its length, and never 0.
func hashOf(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	// FNV alone leaves neighbours together in the high bits: numbers that run on would be chosen together.
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return max(1, x)
}
