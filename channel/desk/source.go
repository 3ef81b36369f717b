package desk

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
)

// What can be wrong with a source, as the Category of the Tell about it.
const (
	silentFor = "source silent"     // no page of items for three times as long as usual
	loggedOut = "login expired"     // the platform wants a login
	lost      = "something is lost" // a gap between two pages, or the cursor expired
)

// A listening is the row of a source: when it was heard, and who is told where it is in trouble.
type listening struct {
	From    time.Time         `json:"from"` // since when it is listened to
	Heard   time.Time         `json:"heard,omitzero"`
	Usual   int64             `json:"usual_ms,omitempty"` // the longest time between two pages of items of the last week or so
	Trouble string            `json:"trouble,omitempty"`
	Since   time.Time         `json:"since,omitzero"`
	Climb   *escalation.Climb `json:"climb,omitempty"`
	Pages   map[string]int    `json:"pages,omitempty"` // of the climb: requests without an outcome, by key
}

// A hearing is what the desk keeps in memory of a source between two times that its row is stored.
type hearing struct {
	listening
	read  bool
	saved time.Time
}

// A long silence stays usual for a week, and only after a week is it known what is usual: nights and a weekend are in it.
const (
	usualFor   = 7 * 24 * time.Hour
	leastUsual = 5 * time.Minute
)

// hear takes in that a source brought items. What was usual fades within a week.
func (h *hearing) hear(now time.Time) {
	gap := now.Sub(h.Heard).Milliseconds()
	if h.Heard.IsZero() || gap < 0 {
		gap = 0
	}
	faded := h.Usual - h.Usual*min(gap, usualFor.Milliseconds())/usualFor.Milliseconds()
	h.Usual, h.Heard = max(gap, faded), now
}

// silent says whether it has brought nothing for three times as long as is usual for it.
func (h *hearing) silent(now time.Time) bool {
	usual := max(time.Duration(h.Usual)*time.Millisecond, leastUsual)
	return !h.Heard.IsZero() && now.Sub(h.From) > usualFor && now.Sub(h.Heard) > 3*usual
}

// sourceAt is the row of a source. It belongs to the tenant whose undecodable items are.
func (d *Desk) sourceAt(name string) Address {
	of := d.opt.Tenant(mention.Mention{Ref: mention.Ref{Channel: name}})
	return Address{Tenant: of, Kind: KindSource, ID: name}
}

// hearingOf is what is known of a source, read from the store the first time.
func (d *Desk) hearingOf(ctx context.Context, name string) (*hearing, error) {
	d.mu.Lock()
	h := d.hearings[name]
	if h == nil {
		h = &hearing{}
		d.hearings[name] = h
	}
	read := h.read
	d.mu.Unlock()
	if read {
		return h, nil
	}
	known := listening{From: d.now()}
	row, err := d.opt.Store.Row(ctx, d.sourceAt(name))
	if err == nil {
		err = json.Unmarshal(row.State, &known)
	}
	if err != nil && !errors.Is(err, ErrAbsent) {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if !h.read {
		h.listening, h.read, h.saved = known, true, d.now()
	}
	return h, nil
}

// heardFrom takes in what one look at a source brought: items, a gap, an error.
func (d *Desk) heardFrom(ctx context.Context, name string, items int, gap bool, failed error) error {
	h, err := d.hearingOf(ctx, name)
	if err != nil {
		return err
	}
	now, trouble := d.now(), ""
	d.mu.Lock()
	was := h.Trouble
	if items > 0 {
		h.hear(now)
	}
	switch {
	case gap || channel.Classify(failed) == channel.Rewind:
		trouble = lost
	case channel.Classify(failed) == channel.LogIn:
		trouble = loggedOut
	case was == loggedOut && failed == nil, was == silentFor && items > 0:
	case was == "" && h.silent(now):
		trouble = silentFor
	default:
		trouble = was
	}
	due := trouble != was || items > 0 && now.Sub(h.saved).Abs() >= savedEvery
	d.mu.Unlock()
	if !due {
		return nil
	}
	return d.trouble(ctx, name, h, trouble)
}

// silences finds the sources that have been silent for too long, also those whose answer is still waited for.
func (d *Desk) silences(ctx context.Context) error {
	d.mu.Lock()
	var silent []string
	for name, h := range d.hearings {
		if h.read && h.Trouble == "" && h.silent(d.now()) {
			silent = append(silent, name)
		}
	}
	d.mu.Unlock()
	slices.Sort(silent)
	for _, name := range silent {
		h, err := d.hearingOf(ctx, name)
		if err == nil {
			err = d.trouble(ctx, name, h, silentFor)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// trouble stores how a source is, and tells people where that has changed.
func (d *Desk) trouble(ctx context.Context, name string, h *hearing, trouble string) error {
	at := d.sourceAt(name)
	rules := d.rules(at.Tenant)
	var is listening
	err := d.atomically(ctx, at.ID, func(w *work) error {
		row, err := w.row(ctx, at)
		if err != nil {
			return err
		}
		s := sourceStep{rules: rules, name: name, now: w.now}
		if len(row.State) > 0 {
			if err := json.Unmarshal(row.State, &s.l); err != nil {
				return &stepError{err}
			}
		}
		d.mu.Lock()
		s.l.From, s.l.Heard, s.l.Usual = h.From, h.Heard, h.Usual
		d.mu.Unlock()
		id := mention.Key("event", "source", name, trouble, w.now.Format(time.RFC3339Nano))
		if s.l.Trouble != trouble && rules != nil {
			s.turn(trouble)
			d.opt.Logger.WarnContext(ctx, "source", "channel", name, "trouble", trouble)
		}
		out, err := s.done(at, id)
		if err != nil {
			return err
		}
		is = s.l
		return w.take(ctx, at, row, out, id)
	})
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	h.Trouble, h.Since, h.saved = is.Trouble, is.Since, d.now()
	return nil
}

// sources are when each was heard last, and what troubles it, by name.
func (d *Desk) sources() (heard map[string]time.Time, troubles map[string]string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	heard, troubles = map[string]time.Time{}, map[string]string{}
	for name, h := range d.hearings {
		if heard[name] = h.Heard; h.Trouble != "" {
			troubles[name] = h.Trouble
		}
	}
	return heard, troubles
}

// A sourceStep is one change of a source's row.
type sourceStep struct {
	rules *respond.Rules
	name  string
	now   time.Time
	l     listening
	pages []escalation.Page
}

// turn begins or ends a trouble: somebody is told, up the ladder until he says that he has it, or told that it is over.
func (s *sourceStep) turn(trouble string) {
	s.l.Trouble, s.l.Since = trouble, s.now
	if trouble == "" {
		s.l.Since = time.Time{}
		s.climb(escalation.Move{Kind: escalation.StoodOff})
		return
	}
	if s.l.Climb != nil && !s.l.Climb.Over {
		return // somebody is told already
	}
	climb, pages := s.rules.Directory().Open(escalation.Matter{Severity: triage.Serious}, s.now)
	s.l.Climb, s.l.Pages, s.pages = &climb, nil, append(s.pages, pages...)
}

func (s *sourceStep) climb(m escalation.Move) {
	if s.l.Climb == nil {
		return
	}
	climb, pages := s.rules.Directory().Climb(*s.l.Climb, m, s.now)
	s.l.Climb, s.pages = &climb, append(s.pages, pages...)
}

// done gives the row as it is to be stored, with the pages that are asked for.
func (s *sourceStep) done(at Address, id string) (out stepped, err error) {
	var asked []effect.Effect
	for _, p := range s.pages {
		asked = append(asked, effect.Effect{Because: p.Because, Body: effect.Tell{
			Member: p.Member, Contact: p.Kind, Address: p.Address, Page: p.N, Relief: p.Relief,
			Subject: KindSource, ID: s.name, Category: s.l.Trouble, Severity: triage.Serious,
		}})
	}
	out.effects = effect.Keyed(at.Kind, at.ID, id, asked)
	pages := maps.Clone(s.l.Pages)
	for i, e := range out.effects {
		if pages == nil {
			pages = map[string]int{}
		}
		pages[e.Key] = s.pages[i].N
	}
	s.l.Pages = pages
	out.seq = 1
	if s.l.Climb != nil {
		out.due = s.l.Climb.Due()
	}
	out.state, err = json.Marshal(s.l)
	return out, err
}

// stepSource is the machine of a source: what became of its pages, time, and a member who has it.
func stepSource(r *respond.Rules, at Address, state []byte, e event.Event, now time.Time) (out stepped, err error) {
	s := sourceStep{rules: r, name: at.ID, now: now}
	if err := json.Unmarshal(state, &s.l); err != nil {
		return out, err
	}
	move := escalation.Move{Kind: escalation.TimeUp}
	switch b := e.Body.(type) {
	case event.Elapsed:
	case event.Taken:
		if _, ok := r.Directory().Member(e.By); !ok {
			return out, &respond.RefusedError{Event: e.Kind(), Reason: e.By + " is no member of the hierarchy"}
		}
		move = escalation.Move{Kind: escalation.Took, By: e.By}
		if s.l.Trouble == lost { // it is over when somebody knows
			s.l.Trouble, s.l.Since = "", time.Time{}
		}
	case event.Delivered, event.Undelivered, event.Uncertain:
		n, known := s.l.Pages[outcomeKey(b)]
		if !known {
			return out, &respond.RefusedError{Event: e.Kind(), Reason: "no such page is awaited"}
		}
		s.l.Pages = maps.Clone(s.l.Pages)
		delete(s.l.Pages, outcomeKey(b))
		move = escalation.Move{Kind: escalation.Bounced, Page: n}
		if _, ok := b.(event.Delivered); ok {
			move.Kind = escalation.Reached
		}
	default:
		return out, &respond.RefusedError{Event: e.Kind(), Reason: "a source is only taken"}
	}
	s.climb(move)
	return s.done(at, e.ID)
}
