package sqlitestore_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/reputekit/reputation/channel"
	"github.com/reputekit/reputation/channel/desk"
	"github.com/reputekit/reputation/channel/memory"
	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/when"
)

// rules are those of a small house: what names the brand is a complaint, and that it is down is a crisis.
var rules = sync.OnceValues(func() (*respond.Rules, error) {
	contact := func(address string) []escalation.Contact {
		return []escalation.Contact{{Kind: "phone", Address: address}}
	}
	may := []escalation.Authority{{Act: "approve", Severity: triage.Crisis}}
	specs := respond.Specs{
		Watchlist: mention.Watchlist{Subjects: []mention.Subject{{Name: "Fjordwing", Kind: mention.Brand}}},
		Policy: triage.Policy{
			Categories: []triage.Category{{Name: "outage", Severity: triage.Serious, Crisis: true}, {Name: "complaint"}},
			Rules: []triage.Rule{
				{Name: "down", When: when.All(when.About("Fjordwing"), when.Words("is down")),
					Then: triage.Then{Category: "outage", Handling: triage.Open}},
				{Name: "weather", When: when.Words("weather"), Then: triage.Then{Handling: triage.Record, Stop: true}},
				{Name: "named", When: when.About("Fjordwing"), Then: triage.Then{Category: "complaint", Handling: triage.Open}},
			},
		},
		Hierarchy: escalation.Hierarchy{
			Members: []escalation.Member{
				{ID: "ana", Name: "Ana", Contacts: contact("+34 1"), Authority: may},
				{ID: "ben", Name: "Ben", Contacts: contact("+34 2"), Authority: may},
			},
			Ladders: []escalation.Ladder{{ID: "main", Fallback: "ben", Levels: []escalation.Level{
				{To: []string{"owner"}, Wait: spec.Of(10 * time.Minute)}, {To: []string{"ben"}, Wait: spec.Of(10 * time.Minute)},
			}}},
			Plans: []escalation.Plan{
				{ID: "life", Categories: []string{triage.Life}, Owner: "ana", Backups: []string{"ben"}, Ladder: "main"},
				{ID: "everything", Owner: "ana", Backups: []string{"ben"}, Ladder: "main",
					Objectives: map[escalation.Objective]escalation.Duration{
						escalation.FirstReply: {Within: spec.Of(100 * time.Hour), Elapsed: true},
					}},
			},
		},
		Playbook: playbook.Playbook{Locale: "en", Plays: []playbook.Play{
			{ID: "hold", Mode: playbook.Holding,
				For:   playbook.Scope{Categories: []string{"outage"}, Severities: []triage.Severity{triage.Crisis}},
				Texts: map[string][]string{"en": {"We are sorry that you cannot check in. We will write here every hour."}}},
			{ID: "write", Mode: playbook.None},
		}},
	}
	for _, name := range append([]string{"memory"}, platforms...) {
		v := (&memory.Channel{}).Describe().Venue
		v.Channel = name
		specs.Venues = append(specs.Venues, v)
	}
	return respond.NewRules(specs, respond.Options{})
})

// pager reaches everybody.
type pager struct{}

func (pager) Tell(context.Context, string, channel.Key, effect.Tell) error       { return nil }
func (pager) Approve(context.Context, string, channel.Key, effect.Approve) error { return nil }

// newDesk puts a desk on a store, with platforms whose files stand in a folder.
func newDesk(store desk.Store, dir string, clock func() time.Time, after func(channel.Key)) (*desk.Desk, error) {
	r, err := rules()
	if err != nil {
		return nil, err
	}
	channels := map[string]*channel.Channel{}
	for _, name := range platforms {
		p, err := newPlatform(dir, name)
		if err != nil {
			return nil, err
		}
		if after != nil {
			p.after = after
		}
		if channels[name], err = channel.New(p, channel.Options{Now: clock}); err != nil {
			return nil, err
		}
	}
	return desk.New(desk.Options{
		Store: store, Rules: func(string) *respond.Rules { return r }, Notifier: pager{}, Channels: channels, Now: clock,
	})
}

// said is what one customer says on a platform.
func said(name, id string) channel.Item {
	text := "Fjordwing lost my bag " + id
	if id[len(id)-1] == '7' {
		text = "Fjordwing is down, I cannot check in " + id
	}
	m := mention.Mention{Ref: mention.Ref{Channel: name, ID: id}, Author: mention.Author{Handle: "customer" + id}, Text: text, Lang: "en"}
	return channel.Item{ID: id, Kind: channel.Created, Mention: m}
}

// answer drafts a reply to a mention and approves it, each under a request id of its own, and says what was taken.
func answer(ctx context.Context, d *desk.Desk, s desk.Store, ref mention.Ref, taken func(request, id string)) error {
	text, err := s.Text(ctx, "", ref)
	if err != nil {
		return err
	}
	do := func(request, by string, body event.Body) error {
		err := d.Do(ctx, "", text.Address.ID, event.Event{ID: event.RequestID(request + ref.ID), By: by, Body: body})
		if err == nil {
			taken(request+ref.ID, text.Address.ID)
		}
		return err
	}
	if err := do("draft", "ben", event.Drafted{Text: fmt.Sprintf("We are looking for it, %s.", ref.ID)}); err != nil {
		return err
	}
	c, _, err := d.Case(ctx, "", text.Address.ID)
	if err != nil {
		return err
	}
	if c.Draft == nil {
		return fmt.Errorf("case %s has no draft", c.ID)
	}
	return do("yes", "ana", event.Approved{Draft: c.Draft.ID})
}
