package main

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/tally"
)

// A report is what the rules make of a file of mentions. It grows by one mention at a time and keeps few of them.
type report struct {
	Posts      int       `json:"posts"`
	Named      int       `json:"named"`      // name a subject that is no competitor
	Misspelled int       `json:"misspelled"` // of those, only by a misspelling
	Busiest    int       `json:"busiest"`    // of those, in the hour that has most
	BusiestAt  time.Time `json:"busiest_at,omitzero"`
	Private    int       `json:"private"`  // contain private data
	Subjects   []tallied `json:"subjects"` // most named first
	Categories []sorted  `json:"categories"`
	First      []shown   `json:"first"`       // who would stand first in the queue
	NotThanked int       `json:"not_thanked"` // have words of praise that something in the post turns round
	Bitter     []shown   `json:"bitter,omitempty"`
	Bad        int       `json:"bad"`                // rows that could not be read
	BadRows    []badRow  `json:"bad_rows,omitempty"` // the first of them

	hours    map[time.Time]int
	subjects map[string]int
	kinds    map[string]*sorted
	authors  map[string]tally.Author
}

// A tallied is a name and how often it came.
type tallied struct {
	Name  string `json:"name"`
	Posts int    `json:"posts"`
}

// A sorted is one category with the rules that gave it.
type sorted struct {
	Category string          `json:"category"`
	Severity triage.Severity `json:"severity"` // the highest
	Posts    int             `json:"posts"`
	Rules    []tallied       `json:"rules"`
	Example  shown           `json:"example"`

	rules map[string]int
}

// A shown is a mention as an example, with the words that decided.
type shown struct {
	Ref      string          `json:"ref"`
	Text     string          `json:"text"`
	Words    []string        `json:"words,omitempty"`
	Category string          `json:"category"`
	Severity triage.Severity `json:"severity"`
	Rule     string          `json:"rule,omitempty"`

	places   []place
	priority triage.Priority
}

// A badRow is a row that could not be read.
type badRow struct {
	Line    int    `json:"line"`
	Problem string `json:"problem"`
}

// How much a report shows.
const (
	mostFirst = 5
	mostBad   = 20
)

func newReport() *report {
	return &report{
		hours: map[time.Time]int{}, subjects: map[string]int{}, kinds: map[string]*sorted{}, authors: map[string]tally.Author{},
	}
}

// add judges one mention and counts it.
func (r *report) add(rules *respond.Rules, m mention.Mention) {
	j := judgeAt(rules, event.Received{Mention: m, History: seen(r.authors, m)})
	r.Posts++
	if yes, misspelled := j.named(); yes {
		r.Named++
		if misspelled {
			r.Misspelled++
		}
		if !m.PostedAt.IsZero() {
			r.hours[m.PostedAt.Truncate(time.Hour)]++
		}
	}
	if len(j.verdict.Private) > 0 {
		r.Private++
	}
	seen := map[string]bool{}
	for _, h := range j.verdict.Hits {
		if !seen[h.Subject] {
			seen[h.Subject] = true
			r.subjects[h.Subject]++
		}
	}
	r.sort(j)
}

// sort puts a mention with its category, and among the examples where it belongs.
func (r *report) sort(j judged) {
	name := j.category()
	k := r.kinds[name]
	if k == nil {
		k = &sorted{Category: name, rules: map[string]int{}}
		r.kinds[name] = k
	}
	k.Posts++
	k.Severity = max(k.Severity, j.verdict.Severity)
	k.rules[j.rule().Rule]++
	if x := example(j, j.words()); len(k.Example.places) == 0 && len(x.places) > 0 || k.Posts == 1 {
		k.Example = x
	}
	if turning, bitter := j.bitter(); bitter {
		r.NotThanked++
		if len(r.Bitter) < 3 {
			r.Bitter = append(r.Bitter, example(j, turning))
		}
	}
	if j.verdict.Handling == triage.Open && j.verdict.Severity >= triage.Serious {
		r.First = append(r.First, example(j, j.words()))
		slices.SortStableFunc(r.First, func(a, b shown) int { return cmp.Compare(a.priority, b.priority) })
		r.First = r.First[:min(mostFirst, len(r.First))]
	}
}

func example(j judged, decided []place) shown {
	text, places := j.text(decided)
	x := shown{
		Ref: j.mention.Ref.String(), Text: text, Category: j.category(), Severity: j.verdict.Severity,
		Rule: j.rule().Rule, places: places,
	}
	for _, p := range places {
		x.Words = append(x.Words, text[p.start:p.end])
	}
	rank := j.verdict.Rank
	rank.Since = j.mention.PostedAt
	x.priority = rank.Priority()
	return x
}

// spoiled counts a row that could not be read.
func (r *report) spoiled(line int, why error) {
	r.Bad++
	if len(r.BadRows) < mostBad {
		r.BadRows = append(r.BadRows, badRow{line, why.Error()})
	}
}

// close works out what is known only at the end.
func (r *report) close() {
	for _, hour := range slices.SortedFunc(maps.Keys(r.hours), time.Time.Compare) {
		if n := r.hours[hour]; n > r.Busiest {
			r.Busiest, r.BusiestAt = n, hour
		}
	}
	r.Subjects = ranked(r.subjects)
	for _, name := range slices.Sorted(maps.Keys(r.kinds)) {
		k := r.kinds[name]
		k.Rules = ranked(k.rules)
		r.Categories = append(r.Categories, *k)
	}
	slices.SortStableFunc(r.Categories, func(a, b sorted) int { return b.Posts - a.Posts })
}

// ranked is the counts, the highest first.
func ranked(counts map[string]int) []tallied {
	out := make([]tallied, 0, len(counts))
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, tallied{name, counts[name]})
	}
	slices.SortStableFunc(out, func(a, b tallied) int { return b.Posts - a.Posts })
	return out
}
