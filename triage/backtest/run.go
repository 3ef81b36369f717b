package backtest

import (
	"cmp"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/rows"
	"github.com/reputekit/reputation/triage"
)

// A Side is one of the two policies that are compared, with its watchlist.
type Side struct {
	Judge   *triage.Judge
	Matcher *mention.Matcher // the one that the Judge was compiled with; nil is no watchlist
}

// Options say what else is to be known. The zero value is fine.
type Options struct {
	// Owner says whose a mention with this verdict is; empty is nobody's. It is asked once for each side that opens a
	// case, and keeps nothing of what it is shown.
	Owner func(m *mention.Mention, v triage.Verdict) string

	// Input gives what the host knew of a mention: Given, Standing, Observed, History, At. Mention and Hits are filled
	// in by Run, and At with the mention's own instant where it is zero.
	Input func(m *mention.Mention) triage.Input

	Examples int    // kept of each change; 0 is three, below 0 none
	Budget   Budget // what the new side may cost; zero asks for no advice
}

// A Budget is what a house can carry, on average.
type Budget struct {
	MentionsADay int `json:"mentions_a_day,omitempty"` // recorded or opened; 0 is no limit
	CasesADay    int `json:"cases_a_day,omitempty"`    // 0 is no limit
}

// Run judges every mention by both sides and tells what changes. Rows that are a *rows.RowError are counted and passed
// over; any other error ends the run and is returned, with the report of what came before it. The same mentions in the
// same order give the same report, byte for byte.
func Run(before, after Side, mentions iter.Seq2[rows.Row, error], o Options) (Report, error) {
	if before.Judge == nil || after.Judge == nil {
		return Report{}, errors.New("a side has no judge")
	}
	r := &run{
		was: newSide(before), is: newSide(after), options: o,
		changes: map[change]*tally{}, owners: map[string]*Load{}, wide: newWide(after),
	}
	for row, err := range mentions {
		var bad *rows.RowError
		switch {
		case errors.As(err, &bad):
			r.report.Bad.add(bad.Line, bad.Err)
		case err != nil:
			return r.finish(), err
		default:
			r.row(row)
		}
	}
	return r.finish(), nil
}

// A run is a comparison under way.
type run struct {
	options Options
	report  Report
	was, is *side
	changes map[change]*tally
	owners  map[string]*Load
	wide    *wide
}

func (r *run) row(row rows.Row) {
	m := row.Mention
	r.date(firstSet(m.PostedAt, m.ReceivedAt))
	r.report.Mentions++
	in := triage.Input{}
	if r.options.Input != nil {
		in = r.options.Input(&m)
	}
	in.Mention = &m
	in.At = firstSet(in.At, m.PostedAt, m.ReceivedAt)

	was, v := r.was.judge(in), r.is.judge(in)
	conversation := conversationOf(&m)
	r.was.count(was, conversation)
	opens := r.is.count(v, conversation)
	set, shuts := r.wide.count(in, v)
	if v.Handling == triage.Open {
		r.wide.hang(r.is.recent.known, conversation, opens, set, shuts)
	}

	e := &entry{row: row, mention: &m, was: was, is: v}
	e.compare("handling", string(was.Handling), string(v.Handling))
	e.compare("category", was.Category, v.Category)
	e.compare("severity", was.Severity.String(), v.Severity.String())
	e.compare("aim", string(was.Aim), string(v.Aim))
	e.compare("legitimacy", string(was.Legitimacy), string(v.Legitimacy))
	e.compare("crisis", yes(was.Crisis), yes(v.Crisis))
	e.tags(was.Tags, v.Tags)
	if r.options.Owner != nil {
		r.owner(e)
	}
	if len(e.changes) > 0 {
		r.report.Changed++
	}
	for _, c := range e.changes {
		r.note(c, e)
	}
}

// mostOwners is how many owners are told apart; what goes to later ones is counted together.
const mostOwners = 1000

// owner counts the cases of each owner. A mention that opens no case is nobody's.
func (r *run) owner(e *entry) {
	of := func(v triage.Verdict) string {
		if v.Handling != triage.Open {
			return ""
		}
		return r.options.Owner(e.mention, v)
	}
	was, is := of(e.was), of(e.is)
	e.compare("owner", was, is)
	if was != "" {
		r.load(was).Old++
	}
	if is != "" {
		r.load(is).New++
	}
}

func (r *run) load(owner string) *Load {
	if r.owners[owner] == nil && len(r.owners) >= mostOwners {
		owner = others
	}
	if r.owners[owner] == nil {
		r.owners[owner] = &Load{Owner: owner}
	}
	return r.owners[owner]
}

// others stands for whatever there is too much of to be told apart.
const others = "(others)"

func (r *run) date(at time.Time) {
	if at.IsZero() {
		r.report.Undated++
		return
	}
	if r.report.First.IsZero() || at.Before(r.report.First) {
		r.report.First = at
	}
	if at.After(r.report.Last) {
		r.report.Last = at
	}
}

func firstSet(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// finish puts the report in order.
func (r *run) finish() Report {
	out := &r.report
	out.Days = days(out.First, out.Last)
	out.SharePerMille = perMille(out.Changed, out.Mentions)
	out.Old, out.New = r.was.counts.perDay(out.Days), r.is.counts.perDay(out.Days)
	for c, t := range r.changes {
		out.Changes = append(out.Changes, Change{
			Field: c.field, From: c.from, To: c.to, Mentions: t.count,
			SharePerMille: perMille(t.count, out.Mentions), Examples: t.examples(),
		})
	}
	slices.SortFunc(out.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.Mentions, a.Mentions), cmp.Compare(a.Field, b.Field),
			cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	for _, l := range r.owners {
		out.Owners = append(out.Owners, *l)
	}
	slices.SortFunc(out.Owners, func(a, b Load) int {
		return cmp.Or(cmp.Compare(max(b.Old, b.New), max(a.Old, a.New)), cmp.Compare(a.Owner, b.Owner))
	})
	if r.options.Budget != (Budget{}) && out.Days > 0 {
		out.Fit = r.wide.fit(r.options.Budget, out.New, out.Days)
	}
	return *out
}
