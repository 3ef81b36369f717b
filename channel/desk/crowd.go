package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/incident"
	"github.com/reputekit/reputation/triage/surge"
)

// counts is the series that a row is about.
func (c *counted) counts() surge.Series {
	if c.Crowd != nil {
		return c.Crowd.Strangers
	}
	return c.Series
}

// tick reads a row at an instant at which nothing was said.
func (c *counted) tick(now time.Time) {
	if c.Crowd == nil {
		c.Series, _ = surge.Gauge{}.Tick(c.Series, now)
		return
	}
	crowd, _ := surge.Gauge{}.Wait(*c.Crowd, now)
	c.Crowd = &crowd
}

// meets counts the author of a public mention among the strangers at its subject on its venue, if he is one: the house
// knows nothing of him, and he never wrote before.
func (s *said) meets(m *mention.Mention, rec *event.Received, v verdictOf, at time.Time) {
	if v.brand == "" || m.IsPrivate() || rec.History.Contacts > 0 || len(rec.Given) > 0 || m.Author.Key() == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.gathering(m.Ref.Channel, v.brand)
	crowd, r := surge.Gauge{}.Meet(*c.Crowd, m.Ref.Channel, m.Author.Key(), true, at)
	c.Crowd, c.changed = &crowd, true
	s.written++
	if r.Warning {
		s.noticed = append(s.noticed, noticed{series: c, id: event.SurgedID(c.key, r.Since), body: event.Surged{
			Series: c.key, Since: r.Since, Brand: v.brand, Country: m.Place.Country, Lang: m.Lang, Severity: v.severity,
			Seen: r.Seen, Expected: r.Expected, Times: r.Times, Authors: r.Authors, Mention: m.Ref,
		}})
	}
}

// gathering is the row of the strangers at a subject on a venue.
func (s *said) gathering(venue, subject string) *counted {
	key := surge.CrowdKey(s.tenant, venue, subject)
	at, known := slices.BinarySearchFunc(s.series, key, func(c *counted, key string) int { return strings.Compare(c.key, key) })
	if !known {
		c := &counted{Venue: venue, Subject: subject, Crowd: &surge.Crowd{Strangers: surge.Watched(s.began)}, key: key}
		s.series = slices.Insert(s.series, at, c)
	}
	return s.series[at]
}

// incidentFor is the incident that hears of a surge: the live one of its category, or of its row; of a crowd also one of
// its brand, for it is a piece of that crisis and no question of its own. Else it is a new one.
func (d *Desk) incidentFor(ctx context.Context, tenant string, b event.Surged) (Address, error) {
	keys := []string{b.Series}
	if b.Category != "" {
		keys = []string{incident.Key(tenant, b.Category)}
	}
	at, err := d.opt.Store.Find(ctx, tenant, keys)
	if err == nil || ignoreAbsent(err) != nil {
		return at, err
	}
	at = Address{Tenant: tenant, Kind: KindIncident, ID: incident.ID(tenant, b.Category, surge.ID(b.Series, b.Since))}
	if b.Authors == 0 {
		return at, nil
	}
	for row, err := range d.opt.Store.Rows(ctx, RowQuery{Tenant: tenant, Kind: KindIncident}) {
		if err != nil {
			return at, err
		}
		var in incident.Incident
		if !strings.HasPrefix(row.Queue, queueLive) {
			break
		}
		if json.Unmarshal(row.State, &in) == nil && in.State != incident.Crowd && in.Matter.Brand == b.Brand {
			return row.Address, nil
		}
	}
	return at, nil
}
