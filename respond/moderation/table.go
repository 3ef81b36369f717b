package moderation

import (
	_ "embed" // the clauses
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/sensitive"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/triage"
)

// builtin are the clauses that every table has, in the order in which they are read.
//
//go:embed clauses.json
var builtin []byte

// Rules are what a person writes: the house's own clauses. They are read behind danger to people and before the built-in
// ones.
type Rules struct {
	Clauses []Clause `json:"clauses,omitempty"`
}

// A Table is compiled Rules. It never changes and may be used from many goroutines.
type Table struct{ clauses []Clause }

// A Decision is what is done with an item. Where the venue cannot do it, the decision stands and a person is told.
type Decision struct {
	Act      effect.Act    `json:"act"`
	Clause   string        `json:"clause"`
	Reason   string        `json:"reason"`
	Reach    string        `json:"reach"`
	Unable   bool          `json:"unable,omitempty"`   // the venue can do nothing of the kind: a person is told
	Check    spec.Duration `json:"check,omitempty"`    // a person looks at it within this time, and may restore it
	Preserve bool          `json:"preserve,omitempty"` // the whole is kept
	Redact   bool          `json:"redact,omitempty"`   // a masked copy is kept
	Report   bool          `json:"report,omitempty"`   // beside the act
	Tell     []string      `json:"tell,omitempty"`     // who is told, sorted
}

// Compile puts the house's clauses before the built-in ones. The error is a spec.Problems that names everything at once
// with its path: clauses[0].act.
func (r Rules) Compile() (*Table, error) {
	var shipped []Clause
	if err := json.Unmarshal(builtin, &shipped); err != nil {
		return nil, fmt.Errorf("the built-in clauses: %w", err) // a test reads them
	}
	t := &Table{}
	taken := map[string]bool{}
	for _, c := range shipped {
		taken[c.ID] = true
		if c.Life {
			t.clauses = append(t.clauses, c)
		}
	}
	var problems spec.Problems
	for i, c := range r.Clauses {
		path := spec.Index("clauses", i)
		if c.ID == "" || taken[c.ID] {
			problems.Add(spec.Join(path, "id"), "a clause needs an id of its own: %q is empty or taken", c.ID)
		}
		taken[c.ID] = true
		c.check(path, &problems)
		t.clauses = append(t.clauses, c.clone())
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	for _, c := range shipped {
		if !c.Life {
			t.clauses = append(t.clauses, c)
		}
	}
	return t, nil
}

func (c *Clause) check(path string, problems *spec.Problems) {
	if c.Reason == "" || c.Reach == "" {
		problems.Add(path, "a clause needs a reason, and a reach or the reason for none")
	}
	acts := []effect.Act{effect.Keep, effect.Hide, effect.Delete, effect.Report}
	if !slices.Contains(acts, c.Act) {
		problems.Add(spec.Join(path, "act"), "%q is none of keep, hide, delete, report", c.Act)
	}
	if c.Severe != "" && (!slices.Contains(acts, c.Severe) || len(c.Signals) == 0) {
		problems.Add(spec.Join(path, "severe"), "%q is one of keep, hide, delete, report, for a clause with signals", c.Severe)
	}
	known(spec.Join(path, "private"), c.Private, problems, append(sensitive.Classes(), anyPrivate)...)
	known(spec.Join(path, "legitimacy"), c.Legitimacy, problems,
		triage.Genuine, triage.Unverified, triage.Doubtful, triage.Fake)
	if c.Least < 0 || c.Least > 1000 {
		problems.Add(spec.Join(path, "least"), "%d is not from 0 to 1000 per mille", c.Least)
	}
	if len(c.Signals) > 0 && c.Act != effect.Keep && 0 < c.Least && c.Least < surely {
		problems.Add(spec.Join(path, "least"), "%d is too little to take a post away for: %d or more", c.Least, surely)
	}
	if c.Group < 0 {
		problems.Add(spec.Join(path, "group"), "is negative")
	}
	if c.Check < 0 {
		problems.Add(spec.Join(path, "check"), "is negative")
	}
	removes := c.Act != effect.Keep || c.Severe != "" && c.Severe != effect.Keep
	switch {
	case c.unconditional():
		problems.Add(path, "a clause that fits everything would decide everything: name what it is for")
	case removes && !c.mayRemove():
		problems.Add(spec.Join(path, "act"), "a post is taken away for private data, an impostor, one of %s, or because a person "+
			"found its author not legitimate: keep it", strings.Join(removable, ", "))
	case c.Act == effect.Keep && len(c.Private) > 0 && !c.Life:
		problems.Add(spec.Join(path, "act"), "private data does not stay in public")
	}
	for _, locale := range slices.Sorted(maps.Keys(c.Rule)) {
		if _, ok := pages[locale]; !ok {
			problems.Add(spec.Join(path, "rule."+locale), "the page of house rules is written in %s",
				strings.Join(slices.Sorted(maps.Keys(pages)), ", "))
		}
	}
}

func known[T ~string](path string, values []T, problems *spec.Problems, all ...T) {
	for i, v := range values {
		if !slices.Contains(all, v) {
			names := make([]string, len(all))
			for n, a := range all {
				names[n] = string(a)
			}
			problems.Add(spec.Index(path, i), "%q is none of %s", v, strings.Join(names, ", "))
		}
	}
}

// Decide says what is done with an item. The act depends on the verdict's category only where that is life, on its private
// data, its author's legitimacy, the signals that clauses may name, and the venue; never on its aim or its stars.
func (t *Table) Decide(x Item) Decision {
	for i := range t.clauses {
		if c := &t.clauses[i]; c.fits(&x) {
			return c.decide(&x)
		}
	}
	return Decision{} // the last built-in clause is for everything
}

// decide is the clause at a venue: what is possible there and nearest to what is wanted.
func (c *Clause) decide(x *Item) Decision {
	d := Decision{Act: c.Act, Clause: c.ID, Reason: c.Reason, Reach: c.Reach, Check: c.Check, Preserve: c.Preserve,
		Redact: c.Redact, Report: c.Report && x.Venue.Report, Tell: slices.Clone(c.Tell)}
	if c.Severe != "" && c.strongest(&x.Verdict) >= severe {
		d.Act = c.Severe
	}
	if x.Staff && !slices.Contains(d.Tell, "manager") {
		d.Tell = append(d.Tell, "manager")
	}
	slices.Sort(d.Tell)
	if c.ID == opinion && x.Verdict.Aim == triage.Praise {
		d.Reach = thanks
		if x.OpenCase || x.Disagrees {
			d.Reach = noThanks
		}
	}
	ven := &x.Venue
	speaks := len(ven.Visibilities) == 0 || slices.Contains(ven.Visibilities, mention.Private)
	switch {
	case d.Act == effect.Keep:
	case c.Gentle && !(ven.Ours && ven.Hide && speaks):
		d.Act = effect.Keep
	case !ven.Ours && ven.Report:
		d.Act, d.Report = effect.Report, false
	case !ven.Ours:
		d.Act, d.Unable = effect.Keep, true // he is told in private
	default:
		d.Act, d.Unable = nearest(d.Act, ven, len(c.Private) > 0)
	}
	if d.Act == effect.Keep {
		d.Check, d.Redact = 0, false
	}
	return d
}

// opinion is the last clause, and how its author is answered when he praises.
const (
	opinion  = "opinion"
	thanks   = "thank him, as the playbook says"
	noThanks = "no thanks: words and rating disagree, or the author has an open case; as the playbook says"
)

// nearest is the first of what the venue can do, in the order of what comes closest; the act itself where it can do
// nothing. Hiding can be undone and deleting cannot: it stands in for hiding only where private data would stay in sight.
func nearest(act effect.Act, ven *mention.Venue, private bool) (possible effect.Act, unable bool) {
	order := []effect.Act{act, effect.Report}
	switch {
	case act == effect.Hide && private:
		order = []effect.Act{effect.Hide, effect.Delete, effect.Report}
	case act == effect.Delete:
		order = []effect.Act{effect.Delete, effect.Hide, effect.Report}
	}
	can := map[effect.Act]bool{effect.Hide: ven.Hide, effect.Delete: ven.Delete, effect.Report: ven.Report}
	for _, a := range order {
		if can[a] {
			return a, false
		}
	}
	return act, true
}
