package desk

import "github.com/reputekit/reputation/respond"

// Use gives a tenant other rules while the desk runs: from the next piece of work on they decide, instead of what
// Options.Rules says. What was decided stays. It refuses rules that ask for a port which the desk has not got, with all
// that is missing (spec.Problems); then the rules before them stay. Nil gives the word back to Options.Rules.
func (d *Desk) Use(tenant string, rules *respond.Rules) error {
	if rules != nil {
		if err := d.opt.lacks(tenant, rules).Err(); err != nil {
			return err
		}
	}
	d.mu.Lock()
	if d.using[tenant] = rules; rules == nil {
		delete(d.using, tenant)
	}
	d.mu.Unlock()
	d.wake()
	return nil
}

// rules are what decides for a tenant now; nil for one that nobody knows.
func (d *Desk) rules(tenant string) *respond.Rules {
	d.mu.Lock()
	r := d.using[tenant]
	if d.recall[tenant] == nil {
		d.recall[tenant] = &recall{}
	}
	d.mu.Unlock()
	if r != nil {
		return r
	}
	return d.opt.Rules(tenant)
}
