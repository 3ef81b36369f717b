package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/examples/quickstart/day"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/triage/tally"
)

// An everything is the whole day as data.
type everything struct {
	Queue    []queued       `json:"queue"`
	Timeline []happened     `json:"timeline"`
	Figures  map[string]int `json:"figures"`
}

// A queued is a live case in its place.
type queued struct {
	Case     string    `json:"case"`
	Mention  string    `json:"mention"`
	Category string    `json:"category"`
	Severity string    `json:"severity"`
	Stage    string    `json:"stage"`
	Owner    string    `json:"owner,omitempty"`
	Due      time.Time `json:"due,omitzero"`
	Priority string    `json:"priority"`
}

// A happened is one entry of a trail.
type happened struct {
	At      time.Time `json:"at"`
	About   string    `json:"about"` // a mention, or incident
	Kind    string    `json:"kind"`
	By      string    `json:"by,omitempty"`
	Of      string    `json:"of,omitempty"` // the request that this is the outcome of
	Because []string  `json:"because,omitempty"`
	Asks    []string  `json:"asks,omitempty"`

	seq int
}

// timeline prints the queue as it stands at the end, everything that happened, and the figures.
func (o order) timeline(h *house, out io.Writer, p paint) error {
	e, err := h.everything()
	if err != nil {
		return err
	}
	if o.json {
		return writeJSON(out, e)
	}
	s := &page{paint: p}
	s.line("%s", bold(fmt.Sprintf("The queue on %s", h.now.In(h.zone).Format("Monday 2 January 15:04 MST"))))
	for i, q := range e.Queue {
		due := ""
		if !q.Due.IsZero() {
			due = "next " + q.Due.In(h.zone).Format("Mon 2 Jan 15:04")
		}
		s.row("%3d %-12s %-12s %-8s %-10s %-6s %s", i+1, q.Mention, q.Category, q.Severity, q.Stage, q.Owner, due)
	}
	s.line("")
	s.line("%s", bold("What happened"))
	for _, x := range e.Timeline {
		what := slices.DeleteFunc(slices.Concat([]string{x.Of}, x.Asks, x.Because), func(s string) bool { return s == "" })
		head := fmt.Sprintf("%s %-9s %-12s %-8s ", x.At.In(h.zone).Format("Mon 15:04:05"), x.About, x.Kind, x.By)
		s.hang(head, oneLine(strings.Join(what, "; ")), 15)
	}
	s.line("")
	s.line("%s", bold("Figures"))
	for _, name := range sortedKeys(e.Figures) {
		s.line("%6s %s", number(e.Figures[name]), name)
	}
	return s.write(out)
}

func (h *house) everything() (everything, error) {
	e := everything{Figures: map[string]int{}}
	cases, err := h.cases()
	if err != nil {
		return e, err
	}
	for _, c := range cases {
		about := h.opener(c)
		if c.Stage.Live() {
			e.Queue = append(e.Queue, queuedOf(c, about))
		}
		e.Figures["cases, "+cmp.Or(string(c.Outcome), "open: "+c.Stage.String())]++
		list, err := entries[respond.Change](h, desk.KindCase, c.ID)
		if err != nil {
			return e, err
		}
		asked := map[string]string{}
		for _, x := range list {
			e.Timeline = append(e.Timeline, happenedIn(about, x.Seq, x.At, x.Event, x.Because, x.Effects, asked))
		}
	}
	incidents, err := h.incidents()
	if err != nil {
		return e, err
	}
	for _, in := range incidents {
		list, err := entries[incident.Change](h, desk.KindIncident, in.ID)
		if err != nil {
			return e, err
		}
		asked := map[string]string{}
		for _, x := range list {
			e.Timeline = append(e.Timeline, happenedIn("incident", x.Seq, x.At, x.Event, x.Because, x.Effects, asked))
		}
	}
	slices.SortStableFunc(e.Timeline, func(a, b happened) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.About, b.About), a.seq-b.seq)
	})
	return e, h.count(e.Figures)
}

// count adds what is not in the cases.
func (h *house) count(figures map[string]int) error {
	out, err := h.outbox(desk.OutboxQuery{})
	if err != nil {
		return err
	}
	for _, o := range out {
		figures["requests, "+o.Effect+": "+cmp.Or(o.Outcome, string(o.State))]++
	}
	figures["mentions"] = len(h.mentions)
	for _, m := range h.mentions {
		figures["mentions, "+string(h.judge(m).verdict.Handling)]++
	}
	return nil
}

func queuedOf(c respond.Case, about string) queued {
	q := queued{Case: c.ID, Mention: about, Stage: c.Stage.String(), Due: c.Due(), Priority: string(c.Priority())}
	if c.Verdict != nil {
		q.Category, q.Severity = c.Verdict.Category, c.Verdict.Severity.String()
	}
	if c.Climb != nil {
		q.Owner = cmp.Or(c.Climb.Taken, c.Climb.Acting, c.Climb.Owner)
	}
	return q
}

// opener is the mention that opened a case.
func (h *house) opener(c respond.Case) string {
	for _, m := range c.Messages {
		if !m.Ours {
			return m.Ref.ID
		}
	}
	return c.ID[:min(8, len(c.ID))]
}

func happenedIn(about string, seq int, at time.Time, e event.Event, because []string, asks []effect.Effect,
	asked map[string]string,
) happened {
	h := happened{At: at, About: about, Kind: e.Kind(), By: e.By, Because: because, Asks: asksOf(asks), seq: seq}
	h.Of = outcomeOf(e, asked)
	remember(asked, asks)
	return h
}

// receivedAs is what the desk is told of each mention of the day.
func receivedAs(mentions []mention.Mention, people map[string]day.Known) []event.Received {
	authors := map[string]tally.Author{}
	out := make([]event.Received, len(mentions))
	for i, m := range mentions {
		k := people[m.Ref.Channel+"/"+m.Author.Key()]
		out[i] = event.Received{Mention: m, Given: maps.Clone(k.Given), Standing: k.Standing, History: seen(authors, m)}
	}
	return out
}
