package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/group"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/surge"
)

// What is said of one tenant, whoever says it: near copies, and how much more than usual. It is kept in memory and stored
// now and then, for it changes with every mention: after a crash some of the last minute's are not counted. What was read
// of it stands in the events, and is lost with none of them.
type said struct {
	mu      sync.Mutex
	tenant  string
	began   time.Time // since when the house listens
	copies  group.Tally
	series  []*counted // by key
	written int        // mentions since it was stored
	saved   time.Time  // when it was
	noticed []noticed  // what incidents have not been told yet
}

// A counted is one series: of a category, of a subject, or of the strangers at a subject on a venue.
type counted struct {
	Category string       `json:"category,omitempty"`
	Subject  string       `json:"subject,omitempty"`
	Venue    string       `json:"venue,omitempty"`
	Series   surge.Series `json:"series,omitzero"`
	Crowd    *surge.Crowd `json:"crowd,omitempty"` // strangers instead of mentions
	Told     string       `json:"told,omitempty"`  // the incident that was told of the surge that is on
	key      string
	changed  bool
}

// A noticed is the beginning or the end of a surge.
type noticed struct {
	series *counted
	id     string
	body   event.Body
}

// labelSurge is what rows of series are found by; copiesOf names the row of near copies.
const labelSurge = "surge"

func copiesOf(tenant string) Address {
	return Address{Tenant: tenant, Kind: KindTally, ID: mention.Key("copies", tenant)}
}

// keptCopies is how many groups of near copies are known. What is copied is copied soon, and looking through more costs
// every mention.
const keptCopies = 150

// listens is what is stored of near copies.
type listens struct {
	Since  time.Time   `json:"since"` // when the house began to listen
	Copies group.Tally `json:"copies"`
}

// saidOf gives the tallies of one tenant, read from the store the first time.
func (d *Desk) saidOf(ctx context.Context, tenant string) (*said, error) {
	d.mu.Lock()
	s := d.said[tenant]
	if s == nil {
		s = &said{tenant: tenant}
		d.said[tenant] = s
	}
	d.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.began.IsZero() {
		return s, s.read(ctx, d)
	}
	return s, nil
}

func (s *said) read(ctx context.Context, d *Desk) error {
	known := listens{Since: d.now(), Copies: group.Tally{Most: keptCopies}}
	row, err := d.opt.Store.Row(ctx, copiesOf(s.tenant))
	if err == nil {
		err = json.Unmarshal(row.State, &known)
	}
	if err != nil && !errors.Is(err, ErrAbsent) {
		return err
	}
	var series []*counted
	for row, err := range d.opt.Store.Rows(ctx, RowQuery{Tenant: s.tenant, Kind: KindTally, Label: labelSurge}) {
		if err != nil {
			return err
		}
		c := &counted{key: row.ID}
		if err := json.Unmarshal(row.State, c); err != nil {
			return fmt.Errorf("tally %s: %w", row.ID, err)
		}
		series = append(series, c)
	}
	slices.SortFunc(series, func(a, b *counted) int { return strings.Compare(a.key, b.key) })
	s.began, s.copies, s.series, s.saved = known.Since, known.Copies, series, d.now()
	return nil
}

// read gives what is known just as a mention comes, and remembers its words: a mention that is read again is the same
// copy.
func (s *said) before(m *mention.Mention, at time.Time) (copies group.Reading, surges []string) {
	print := group.Of(m.Text)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !print.IsZero() {
		s.copies, copies = s.copies.Add(print, m.Ref, m.Author.Key(), at)
	}
	for _, c := range s.series {
		if c.Crowd != nil || c.Series.Since.IsZero() {
			continue
		}
		if _, r := (surge.Gauge{}).Tick(c.Series, at); r.On {
			surges = append(surges, c.Category+c.Subject)
		}
	}
	slices.Sort(surges)
	return copies, slices.Compact(surges)
}

// after counts a mention that was stored, once, in the series of its category and of its subject.
func (s *said) after(m *mention.Mention, v verdictOf, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written++
	if v.category != "" {
		s.count(v.category, "", m, v, at)
	}
	if v.brand != "" {
		s.count("", v.brand, m, v, at)
	}
}

func (s *said) count(category, subject string, m *mention.Mention, v verdictOf, at time.Time) {
	c := s.one(category, subject)
	var r surge.Reading
	c.Series, r = surge.Gauge{}.Add(c.Series, 1, at)
	c.changed = true
	if !r.Warning {
		return
	}
	s.noticed = append(s.noticed, noticed{series: c, id: event.SurgedID(c.key, r.Since), body: event.Surged{
		Series: c.key, Since: r.Since, Category: category, Brand: v.brand, Country: m.Place.Country, Lang: m.Lang,
		Severity: v.severity, Seen: r.Seen, Expected: r.Expected, Times: r.Times, Mention: m.Ref,
	}})
}

// one is the series of a category or a subject; one that was never heard of has been silent since the house listens.
func (s *said) one(category, subject string) *counted {
	key := surge.Key(s.tenant, category, subject)
	at, known := slices.BinarySearchFunc(s.series, key, func(c *counted, key string) int { return strings.Compare(c.key, key) })
	if !known {
		c := &counted{Category: category, Subject: subject, Series: surge.Watched(s.began), key: key}
		s.series = slices.Insert(s.series, at, c)
	}
	return s.series[at]
}

// subside ends the surges that have been over for long enough.
func (s *said) subside(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.series {
		since := c.counts().Since
		if since.IsZero() || (surge.Gauge{}).Due(c.counts()).After(now) {
			continue
		}
		c.tick(now)
		c.changed = true
		s.written++
		if c.Told != "" && c.counts().Since.IsZero() {
			s.noticed = append(s.noticed, noticed{series: c, id: event.SubsidedID(c.key, since),
				body: event.Subsided{Series: c.key, Since: since}})
		}
	}
}

// tell brings what was noticed to the incident of its category. What cannot be stored now is told later.
func (d *Desk) tell(ctx context.Context, s *said) (n int, err error) {
	for {
		s.mu.Lock()
		if len(s.noticed) == 0 {
			s.mu.Unlock()
			return n, nil
		}
		next := s.noticed[0]
		s.mu.Unlock()
		told, err := d.notice(ctx, s.tenant, next)
		if err != nil {
			return n, err
		}
		n++
		s.mu.Lock()
		s.noticed = s.noticed[1:]
		next.series.Told, next.series.changed = told, true
		s.mu.Unlock()
	}
}

// notice tells one incident, and says which: none where the category is no crisis category, or nobody may be told.
func (d *Desk) notice(ctx context.Context, tenant string, x noticed) (told string, err error) {
	rules := d.rules(tenant)
	at := Address{Tenant: tenant, Kind: KindIncident, ID: x.series.Told}
	if b, begins := x.body.(event.Surged); begins {
		if rules == nil || b.Authors == 0 && !rules.Crisis(b.Category) {
			return "", nil
		}
		at, err = d.incidentFor(ctx, tenant, b)
		if err != nil {
			return "", err
		}
		told = at.ID
	}
	if at.ID == "" {
		return "", nil
	}
	err = d.atomically(ctx, at.ID, func(w *work) error {
		_, err := w.step(ctx, at, event.Event{ID: x.id, At: w.now, By: event.Host, Body: x.body})
		return err
	})
	if errors.Is(err, ErrKnown) || errors.As(err, new(*stepError)) {
		err = nil // it has heard of it, or does not want to
	}
	return told, err
}

// What was counted is stored after so many mentions, or when it was stored so long ago.
const (
	savedAfter = 1000
	savedEvery = time.Minute
)

// save stores what was counted of a tenant since it was stored last.
func (d *Desk) save(ctx context.Context, s *said) error {
	s.mu.Lock()
	if s.written == 0 || s.began.IsZero() {
		s.mu.Unlock()
		return nil
	}
	states := map[Address][]byte{}
	dues := map[Address]time.Time{}
	put := func(at Address, due time.Time, v any) (err error) {
		states[at], err = json.Marshal(v)
		dues[at] = mention.Instant(due)
		return err
	}
	err := put(copiesOf(s.tenant), time.Time{}, listens{Since: s.began, Copies: s.copies})
	var saved []*counted
	for _, c := range s.series {
		if c.changed {
			at := Address{Tenant: s.tenant, Kind: KindTally, ID: c.key}
			err = errors.Join(err, put(at, surge.Gauge{}.Due(c.counts()), c))
			saved = append(saved, c)
		}
	}
	written := s.written
	s.mu.Unlock()
	if err != nil {
		return err
	}
	err = d.atomically(ctx, "", func(w *work) error {
		for _, at := range slices.SortedFunc(maps.Keys(states), byAddress) {
			row, err := w.row(ctx, at)
			if err != nil {
				return err
			}
			if row.State, row.Due = states[at], dues[at]; at != copiesOf(s.tenant) {
				row.Labels = []string{labelSurge}
			}
			w.changed(at)
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written, s.saved = s.written-written, d.now()
	for _, c := range saved {
		c.changed = false
	}
	return nil
}

// listened does what is due of what is said, of every tenant: surges end, incidents are told, tallies are stored.
func (d *Desk) listened(ctx context.Context, least int) (n int, err error) {
	if err := d.silences(ctx); err != nil {
		return 0, err
	}
	if n, err = d.recalls(ctx); err != nil {
		return n, err
	}
	for _, s := range d.allSaid() {
		s.subside(d.now())
		told, bad := d.tell(ctx, s)
		n, err = n+told, errors.Join(err, bad)
		s.mu.Lock()
		due := s.written > 0 && (s.written >= least || d.now().Sub(s.saved).Abs() >= savedEvery)
		s.mu.Unlock()
		if due {
			err = errors.Join(err, d.save(ctx, s))
		}
	}
	return n, err
}

// allSaid are the tallies of all tenants, by tenant.
func (d *Desk) allSaid() (out []*said) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, tenant := range slices.Sorted(maps.Keys(d.said)) {
		out = append(out, d.said[tenant])
	}
	return out
}

// tallied does what a tally is due for, and reports whether it did something.
func (d *Desk) tallied(ctx context.Context, r Row) (did bool, err error) {
	switch {
	case slices.Contains(r.Labels, labelSurge):
		return true, d.surgeDue(ctx, r)
	case slices.Contains(r.Labels, labelTold):
		return d.together(ctx, r.Address)
	case slices.Contains(r.Labels, labelKnown):
		return d.forgetsAuthor(ctx, r.Address)
	case slices.Contains(r.Labels, labelForgets):
		return d.forgets(ctx, r.Address)
	}
	return false, d.putOff(ctx, r.Address)
}

// surgeDue looks whether a surge is over, and stores when it will be if it is not.
func (d *Desk) surgeDue(ctx context.Context, r Row) error {
	s, err := d.saidOf(ctx, r.Tenant)
	if err != nil {
		return err
	}
	s.subside(d.now())
	s.mu.Lock()
	for _, c := range s.series {
		if c.key == r.ID {
			c.changed = true
			s.written++
		}
	}
	s.mu.Unlock()
	if _, err := d.tell(ctx, s); err != nil {
		return err
	}
	return d.save(ctx, s)
}

// verdictOf is what is counted of a verdict.
type verdictOf struct {
	category, brand string
	severity        triage.Severity
}

func counts(v *triage.Verdict) (out verdictOf) {
	if v == nil {
		return out
	}
	out.category, out.severity = v.Category, v.Severity
	for _, h := range v.Hits {
		if h.Kind != mention.Competitor {
			out.brand = h.Subject
			break
		}
	}
	return out
}
