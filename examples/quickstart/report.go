package main

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
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
	First      []shown   `json:"first"`            // who would stand first in the queue
	NotThanked int       `json:"not_thanked"`      // complaints that would be praise without some words
	Bitter     []shown   `json:"bitter,omitempty"` // of those, the unhappiest
	Unsure     int       `json:"unsure"`           // others whose praise something in the post may turn round
	spoilt

	// Where none names you: whom the desk watches, who is written to in the file, and what the rules would make of the
	// posts if all were written to you.
	Desk     string    `json:"desk,omitempty"`
	Watched  []string  `json:"watched,omitempty"`
	Written  []tallied `json:"written,omitempty"`
	Supposed *report   `json:"supposed,omitempty"`

	timed    int // have an instant
	handles  map[string]int
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
	feeling  int // the sentiment, per mille
}

// How much a report shows, and how much it keeps to show it.
const (
	mostCategories = 10
	mostFirst      = 5
	mostBitter     = 3
	mostHandles    = 10000
)

// newReport is the report of a file that is judged by the desk of that name.
func newReport(rules *respond.Rules, desk string) *report {
	r := emptyReport()
	r.Desk, r.handles, r.Supposed = desk, map[string]int{}, emptyReport()
	for _, s := range rules.Specs().Watchlist.Subjects {
		if s.Kind != mention.Competitor {
			r.Watched = append(r.Watched, s.Name)
		}
	}
	return r
}

func emptyReport() *report {
	return &report{
		Subjects: []tallied{}, Categories: []sorted{}, First: []shown{}, hours: map[time.Time]int{},
		subjects: map[string]int{}, kinds: map[string]*sorted{}, authors: map[string]tally.Author{},
	}
}

// add judges one mention and counts it. As long as none has named you it also judges what it would be to you.
func (r *report) add(rules *respond.Rules, m mention.Mention) {
	in := event.Received{Mention: m, History: seen(r.authors, m)}
	r.count(rules, judgeAt(rules, in))
	if r.Named > 0 {
		r.Desk, r.Watched, r.handles, r.Supposed = "", nil, nil, nil
		return
	}
	for _, h := range handle.FindAllString(m.Text, -1) {
		if h = strings.ToLower(h); r.handles[h] > 0 || len(r.handles) < mostHandles {
			r.handles[h]++
		}
	}
	in.Mention.Addressed = mention.ToUs
	r.Supposed.count(rules, judgeAt(rules, in))
}

// handle is a name as it is written to.
var handle = regexp.MustCompile(`@\w+`)

// count counts one mention.
func (r *report) count(rules *respond.Rules, j judged) {
	m := j.mention
	r.Posts++
	if !m.PostedAt.IsZero() {
		r.timed++
	}
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
	r.praise(rules, j)
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
	if x := example(j, j.words()); len(k.Example.places) == 0 && len(x.places) > 0 || k.Example.Text == "" {
		k.Example = x
	}
	if j.verdict.Handling == triage.Open && j.verdict.Severity >= triage.Serious {
		r.First = append(r.First, example(j, j.words()))
		slices.SortStableFunc(r.First, func(a, b shown) int { return cmp.Compare(a.priority, b.priority) })
		r.First = r.First[:min(mostFirst, len(r.First))]
	}
}

// praise counts words of praise that were not taken for praise. A complaint that a rule would take for praise, had it
// not the other words, surely is to be counted; of the rest some are praise, and a person can still thank. The examples
// are the unhappiest.
func (r *report) praise(rules *respond.Rules, j judged) {
	turning, bitter := j.bitter()
	switch {
	case !bitter || j.verdict.Handling == triage.Ignore:
		return
	case j.verdict.Aim != triage.Complaint || !j.sweet(rules, turning):
		r.Unsure++
		return
	}
	r.NotThanked++
	r.Bitter = append(r.Bitter, example(j, turning))
	slices.SortStableFunc(r.Bitter, func(a, b shown) int { return a.feeling - b.feeling })
	r.Bitter = r.Bitter[:min(mostBitter, len(r.Bitter))]
}

func example(j judged, decided []place) shown {
	text, places := j.text(decided)
	x := shown{
		Ref: j.mention.Ref.String(), Text: text, Category: j.category(), Severity: j.verdict.Severity,
		Rule: j.rule().Rule, places: places, feeling: j.feeling(),
	}
	for _, p := range places {
		x.Words = append(x.Words, text[p.start:p.end])
	}
	rank := j.verdict.Rank
	rank.Since = j.mention.PostedAt
	x.priority = rank.Priority()
	return x
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
	if r.Posts == 0 {
		r.Supposed = nil
	}
	if r.Supposed != nil {
		r.Supposed.close()
		r.Written = ranked(r.handles)
		r.Written = r.Written[:min(mostFirst, len(r.Written))]
	}
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
