package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
)

// theIncident is what -all calls the incident, and -why takes.
const theIncident = "incident"

// whyIncident explains the incident of the day: what it is about, who has it, and everything that happened to it. The
// cases that joined stand in one line, for there are many.
func (o order) whyIncident(h *house, in incident.Incident, out io.Writer, p paint) error {
	trail, err := entries[incident.Change](h, desk.KindIncident, in.ID)
	if err != nil {
		return err
	}
	if o.json {
		return maskedJSON(out, map[string]any{"incident": in, "trail": trail})
	}
	s := &page{paint: p}
	s.line("%s", bold("incident "+in.ID))
	s.line("  %s: %s %s, %s, opened %s by %s, led by %s", in.State, in.Matter.Category, in.Matter.Severity,
		count(in.Cases, "case", "cases"), in.Opened.In(h.zone).Format("Mon 15:04:05"), in.First, in.Commander)
	s.line("  %s", h.paging(in))
	if x := in.Statement; x != nil {
		s.line("  statement %d by %s: \"%s\"", x.Version, x.By, oneLine(x.Statement.Text))
		s.line("  next update due %s; late so far: %s", x.Next.In(h.zone).Format("Mon 2 Jan 15:04 MST"), number(in.Breaches))
	}
	s.line("%s", bold("what happened"))
	asked, joined := map[string]string{}, []string{}
	flush := func() {
		if len(joined) > 0 {
			s.line("  %s joined, and nobody was paged again: %s", count(len(joined), "case", "cases"), strings.Join(joined, " "))
			joined = nil
		}
	}
	for _, e := range trail {
		if b, ok := e.Event.Body.(event.Joined); ok && e.Change.State == "" {
			joined = append(joined, b.Mention.ID)
			continue
		}
		flush()
		var changed []string
		if d := e.Change.Draft; d != nil && d.Statement.Text != "" {
			changed = append(changed, fmt.Sprintf("statement by %s: \"%s\"", d.By, marked(d.Statement.Text, found(d.Findings))))
		}
		h.happening(s, e.At, e.Event, changed, e.Because, e.Effects, asked)
	}
	flush()
	return s.write(out)
}
