package respond

import (
	"slices"
	"strings"

	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/event"
)

// watched is what a member wants to be told of.
func (s *step) watched(b event.Watched) error {
	if !s.byMember() {
		return s.refuse("%q is no member of the hierarchy", s.e.By)
	}
	for _, n := range b.For {
		if !slices.Contains(event.AllNews(), n) {
			return s.refuse("%q is no news: it is one of %v", n, event.AllNews())
		}
	}
	if len(s.c.Watchers) >= mostWatchers && len(b.For) > 0 {
		return s.refuse("%d colleagues watch it already", mostWatchers)
	}
	slices.Sort(b.For)
	list := dealing.Watching(s.c.Watchers, s.e.By, slices.Compact(b.For))
	s.deal(func(d *dealing.Dealt) { d.Watchers = &list })
	return nil
}

// news tells each watcher of what he asked for, once a step, but for what he did himself.
func (s *step) news() {
	if len(s.c.Watchers) == 0 {
		return
	}
	c, was := &s.c, &s.was
	offered := func(d *dealing.Dealings) string {
		if d.Remedy == nil {
			return ""
		}
		return d.Remedy.ID + string(d.Remedy.State)
	}
	happened := map[event.News]bool{
		event.TheyWrote: c.Theirs > was.Theirs, event.WeAnswered: c.Ours > was.Ours,
		event.OwnerChanged: was.Had != "" && c.Had != was.Had, event.WasMissed: c.Breaches > was.Breaches,
		event.WasOffered: offered(&c.Dealings) != offered(&was.Dealings) && c.Remedy != nil && c.Remedy.State == dealing.Made,
		event.WasNoted:   s.ch.Note != nil, event.HasClosed: !c.Stage.Live() && was.Stage.Live(),
		event.HasReopened: c.Reopens > was.Reopens,
	}
	for _, w := range c.Watchers {
		var what []string
		for _, n := range event.AllNews() {
			if happened[n] && slices.Contains(w.For, n) {
				what = append(what, string(n))
			}
		}
		if len(what) > 0 && w.Member != s.e.By && c.Sees(w.Member) {
			s.let(w.Member, w.Member+" asked to be told: "+strings.Join(what, ", "))
		}
	}
}
