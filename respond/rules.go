package respond

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/escalation/duty"
	"github.com/reputekit/reputation/escalation/hours"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/dealing"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/followup"
	"github.com/reputekit/reputation/respond/playbook"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/triage"
	"github.com/reputekit/reputation/triage/signal"
)

// libraryVersion is part of every rules version: another minor version of this module may decide otherwise.
const libraryVersion = "0.1"

// Specs is everything that people write for one tenant. It is plain data, one JSON document.
type Specs struct {
	Watchlist mention.Watchlist    `json:"watchlist"`
	Policy    triage.Policy        `json:"policy"`
	Hierarchy escalation.Hierarchy `json:"hierarchy"`
	Playbook  playbook.Playbook    `json:"playbook"`
	Venues    []mention.Venue      `json:"venues"`
	Followup  followup.Plan        `json:"followup,omitzero"`
	Duties    duty.Policy          `json:"duties,omitzero"` // regulators': duty.Example to begin with
	Inquiry   Inquiry              `json:"inquiry,omitzero"`
	Retention privacy.Retention    `json:"retention,omitzero"`
	Dealings  dealing.Policy       `json:"dealings,omitzero"`
	Facts     fact.Ledger          `json:"facts,omitempty"` // verified ones that every answer may claim
}

// Options are what rules need of the machine they run on.
type Options struct {
	// Zone finds the zones of calendars, of the follow-up plan and of texts by their IANA names, also while texts are
	// written, from many goroutines at once. Nil means escalation.Zone.
	Zone func(string) (*time.Location, error)
	// Scorers are the house's own signals, by the names that the policy's sources bind: a trained model for instance.
	// The checksum of a triage.Versioned one is part of the rules' version.
	Scorers map[string]triage.Scorer
	// Lists are the words of the built-in signals with the house's own over them. Nil means the built-in ones.
	Lists *signal.Lists
}

// Rules are the compiled specifications of one tenant, checked against each other. They never change and may be used
// from many goroutines.
type Rules struct {
	specs     Specs
	version   string
	matcher   *mention.Matcher
	judge     *triage.Judge
	directory *escalation.Directory
	composer  *playbook.Composer
	duties    *duty.Book
	venues    map[string]mention.Venue
	crisis    map[string]bool
	private   map[string]bool // names of private slots, in lower case
	followup  followup.Plan
	asks      map[followup.Requests]string // the plays of messages that nobody asked for
	outside   []triage.Source              // the signals that others read
	daytime   hours.Week
	weekdays  *hours.Calendar // the daytime of weekdays, at home
	home      *time.Location
}

// NewRules compiles the specifications and checks them against each other. The error is a spec.Problems that names
// every problem with its path: policy.rules[3].when.about.
func NewRules(s Specs, o Options) (*Rules, error) {
	var problems spec.Problems
	var err error
	r := &Rules{specs: s, followup: s.Followup.Filled(), outside: s.Policy.Outside()}
	if r.matcher, err = s.Watchlist.Compile(); err != nil {
		problems.Merge("watchlist", err)
	}
	// Without a watchlist the policy would report every subject as unknown; the watchlist is what to mend first.
	if r.matcher != nil {
		if r.judge, err = s.Policy.Compile(r.matcher, triage.Options{Zone: o.Zone, Scorers: o.Scorers, Lists: o.Lists}); err != nil {
			problems.Merge("policy", err)
		}
	}
	if r.directory, err = s.Hierarchy.Compile(escalation.Options{Zone: o.Zone}); err != nil {
		problems.Merge("hierarchy", err)
	}
	house := playbook.House{Venues: s.Venues, Zone: o.Zone, Policy: &s.Policy, Directory: r.directory, Matcher: r.matcher}
	if r.composer, err = s.Playbook.Compile(house); err != nil {
		problems.Merge("playbook", err)
	}
	if r.directory != nil {
		if r.duties, err = s.Duties.Compile(r.directory); err != nil {
			problems.Merge("duties", err)
		}
	}
	r.checkVenues(&problems)
	r.checkCategories(&problems)
	r.checkFollowup(&problems)
	s.Inquiry.check(&problems)
	problems.Merge("retention", s.Retention.Check())
	r.checkDealings(&problems)
	r.checkFacts(&problems)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	r.private = map[string]bool{}
	for _, slot := range s.Playbook.Slots {
		if slot.Private {
			r.private[strings.ToLower(slot.Name)] = true
		}
	}
	r.asks = map[followup.Requests]string{}
	for _, x := range unasked {
		if play, ok := r.composer.Unasked(x.ask.String()); ok {
			r.asks[x.ask] = play.ID
		}
	}
	r.version = version(s, r.judge.Versions())
	return r, nil
}

// checkVenues wants each channel described once, by limits that make sense.
func (r *Rules) checkVenues(problems *spec.Problems) {
	r.venues = make(map[string]mention.Venue, len(r.specs.Venues))
	for i, v := range r.specs.Venues {
		path := spec.Index("venues", i)
		if _, twice := r.venues[v.Channel]; twice {
			problems.Add(path, "channel %q is described twice", v.Channel)
		}
		problems.Merge(path, v.Check())
		r.venues[v.Channel] = v
	}
}

// checkCategories wants every category that a plan or a play speaks of to be one that the policy can give.
func (r *Rules) checkCategories(problems *spec.Problems) {
	known := map[string]bool{triage.Life: true}
	r.crisis = map[string]bool{}
	for _, c := range r.specs.Policy.Categories {
		known[c.Name] = true
		r.crisis[c.Name] = c.Crisis
	}
	check := func(path string, names []string) {
		for i, name := range names {
			if !known[name] {
				problems.Add(spec.Index(path, i), "the policy has no category %q", name)
			}
		}
	}
	for i, p := range r.specs.Hierarchy.Plans {
		path := spec.Index("hierarchy.plans", i)
		check(spec.Join(path, "categories"), p.Categories)
		for j, b := range p.Brands {
			if r.matcher == nil {
				break
			}
			if _, ok := r.matcher.Subject(b); !ok {
				problems.Add(spec.Index(spec.Join(path, "brands"), j), "subject %q is not on the watchlist", b)
			}
		}
	}
}

// checkFollowup wants a zone that exists and a daytime that is open.
func (r *Rules) checkFollowup(problems *spec.Problems) {
	for i, d := range r.followup.Reminders {
		if d <= 0 || i > 0 && d <= r.followup.Reminders[i-1] {
			problems.Add(spec.Index("followup.reminders", i), "reminders come one after the other: %s does not", d)
		}
	}
	if r.directory == nil {
		return // zones come from there
	}
	var err error
	if r.home, err = r.directory.Zone(r.followup.Zone); err != nil {
		problems.Add("followup.zone", "zone %q is not known: use an IANA name such as Europe/Madrid", r.followup.Zone)
		return
	}
	r.daytime = hours.Week{Open: []hours.Span{{Days: []string{"mon-sun"}, From: r.followup.From, To: r.followup.To}}}
	if _, err := r.daytime.Compile(r.home); err != nil {
		problems.Merge("followup", err)
		return
	}
	weekdays := hours.Week{Open: []hours.Span{{Days: []string{"mon-fri"}, From: r.followup.From, To: r.followup.To}}}
	if r.weekdays, err = weekdays.Compile(r.home); err != nil {
		problems.Merge("followup", err)
	}
}

// version is the hash of what decides: the specifications and the library.
func version(s Specs, models map[string]string) string {
	// Plain data of strings and numbers always marshals; were it not to, the version would still differ by library.
	data, _ := json.Marshal(s)
	more, _ := json.Marshal(models)
	sum := sha256.Sum256(slices.Concat([]byte(libraryVersion+"\n"), data, more))
	return hex.EncodeToString(sum[:8])
}

// Version names these rules in every entry: the first 16 hexadecimal digits of a SHA-256 over all specifications,
// the checksums of the house's models and the library's minor version.
func (r *Rules) Version() string { return r.version }

// Specs returns what the rules were made of. It is not to be changed.
func (r *Rules) Specs() Specs { return r.specs }

// Matcher returns the compiled watchlist.
func (r *Rules) Matcher() *mention.Matcher { return r.matcher }

// Judge returns the compiled policy.
func (r *Rules) Judge() *triage.Judge { return r.judge }

// Directory returns the compiled hierarchy.
func (r *Rules) Directory() *escalation.Directory { return r.directory }

// Composer returns the compiled playbook.
func (r *Rules) Composer() *playbook.Composer { return r.composer }

// Venue returns what is known of a channel; ok is false, and the venue without limits, for an unknown one.
func (r *Rules) Venue(channel string) (v mention.Venue, ok bool) {
	v, ok = r.venues[channel]
	if !ok {
		v.Channel = channel
	}
	return v, ok
}

// Answering is when a matter that may wait is answered: in the open hours of its plan. A plan without any answers at all
// hours, which is nil, while somebody of it is on duty at that instant; else in the daytime at home.
func (r *Rules) Answering(m escalation.Matter, at time.Time) *hours.Calendar {
	a := r.directory.Assign(m, at)
	calendar, _ := r.directory.Hours(a.Plan)
	if calendar != nil || a.Acting != "" {
		return calendar
	}
	calendar, err := r.daytime.Compile(r.home)
	if err != nil {
		return nil // NewRules has compiled the same
	}
	return calendar
}

// Crisis reports whether a category opens an incident.
func (r *Rules) Crisis(category string) bool { return r.crisis[category] }

// usual is how long an objective lasts that no plan speaks of: where an answer is owed a clock runs.
const usual = 24 * time.Hour

// likewise is which other objective a plan means that says nothing of one. It is never written to.
var likewise = map[escalation.Objective]escalation.Objective{
	escalation.NextReply: escalation.FirstReply, escalation.Resolve: escalation.Update,
}

// clock starts an objective of a plan. A plan that says nothing of the next reply means what it says of the first, and
// of a remedy what it says of news.
func (r *Rules) clock(plan string, o escalation.Objective, from time.Time) escalation.Clock {
	if c, ok := r.directory.Start(plan, o, from); ok {
		return c
	}
	if like, ok := likewise[o]; ok {
		if c, ok := r.directory.Start(plan, like, from); ok {
			c.Objective = o
			return c
		}
	}
	from = mention.Instant(from)
	return escalation.Clock{
		Objective: o, Start: from, Due: from.Add(usual), Elapsed: true,
		Because: "plan " + plan + " says nothing of " + string(o) + ": a day",
	}
}

// zoneOf is the customer's zone where the host gave it, else the brand's.
func (r *Rules) zoneOf(given map[string]string) *time.Location {
	if name := given["zone"]; name != "" {
		if loc, err := r.directory.Zone(name); err == nil {
			return loc
		}
	}
	return r.home
}
