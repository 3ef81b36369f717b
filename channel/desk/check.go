package desk

import (
	"maps"
	"slices"
	"strings"

	"github.com/reputekit/reputation/escalation"
	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/mention/spec"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/followup"
)

// check finds everything that keeps the options from working.
func (o Options) check() error {
	var p spec.Problems
	if o.Store == nil {
		p.Add("Store", "is required: where everything is kept")
	}
	if o.Notifier == nil {
		p.Add("Notifier", "is required: every hierarchy asks for pages")
	}
	for _, name := range slices.Sorted(maps.Keys(o.Channels)) {
		if c := o.Channels[name]; c == nil || c.Name() != name {
			p.Add("Channels["+name+"]", "%q is not the name of the channel under it", name)
		}
	}
	p.Merge("Limits.Pages", o.Limits.Pages.Check())
	p.Merge("Limits.Answers", o.Limits.Answers.Check())
	for _, name := range slices.Sorted(maps.Keys(o.Limits.Channels)) {
		p.Merge("Limits.Channels["+name+"]", o.Limits.Channels[name].Check())
		if o.Channels[name] == nil {
			p.Add("Limits.Channels["+name+"]", "there is no such channel")
		}
	}
	if o.Rules == nil {
		p.Add("Rules", "is required: what decides")
		return p.Err()
	}
	tenants := o.Tenants
	if tenants == nil {
		tenants = []string{""}
	}
	for _, tenant := range tenants {
		switch rules := o.Rules(tenant); {
		case rules != nil:
			p = append(p, o.lacks(tenant, rules)...)
		case o.Tenants != nil:
			p.Add("Tenants["+tenant+"]", "there are no rules for it")
		}
	}
	return p.Err()
}

// lacks are the ports that some rules can ask for and that are not there.
func (o Options) lacks(tenant string, rules *respond.Rules) (p spec.Problems) {
	specs := rules.Specs()
	if outside := specs.Policy.Outside(); o.Observer == nil && len(outside) > 0 {
		p.Add("Observer", "is nil, and the policy of tenant %q declares signal %q, which others read", tenant, outside[0].Name)
	}
	if o.Customers == nil && len(specs.Inquiry.Lookup) > 0 {
		p.Add("Customers", "is nil, and the rules of tenant %q look up %s", tenant, strings.Join(specs.Inquiry.Lookup, ", "))
	}
	if _, surveys := specs.Playbook.Unasked[followup.SendSurvey.String()]; surveys && !o.whispers() {
		p.Add("Channels", "none of them speaks in private, and the playbook of tenant %q sends surveys", tenant)
	}
	if who := giver(specs.Hierarchy); o.Granter == nil && who != "" {
		p.Add("Granter", "is nil, and in the hierarchy of tenant %q %s may grant", tenant, who)
	}
	return p
}

// whispers says whether there is a channel that can answer somebody in private.
func (o Options) whispers() bool {
	for _, c := range o.Channels {
		if c == nil {
			continue
		}
		about := c.Describe()
		if v := about.Venue.Visibilities; about.Sends && (len(v) == 0 || slices.Contains(v, mention.Private)) {
			return true
		}
	}
	return false
}

// giver is the first member who may grant something; empty when nobody may.
func giver(h escalation.Hierarchy) string {
	for _, m := range h.Members {
		if slices.ContainsFunc(m.Authority, func(a escalation.Authority) bool { return a.Act == "grant" }) {
			return m.ID
		}
	}
	return ""
}
