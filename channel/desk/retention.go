package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reputekit/reputation/mention"
	"github.com/reputekit/reputation/respond"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/privacy"
	"github.com/reputekit/reputation/triage/tally"
)

// What is past its time in a case is found by the day on which it is: a case that has ended carries that day as a label, and one row
// of its tenant falls due each day. So a day on which much is to go costs a bounded piece of every minute, and no page waits
// behind it.

// A forgetting is the row of a tenant that says how far it has come.
type forgetting struct {
	Day string `json:"day"` // 2026-06-16, UTC: what was past its time before it is gone
}

// labelForget, with a day behind it, is what cases are found by that have something past its time on that day;
// labelForgets is what the rows are found by that see to it.
const (
	labelForget  = "forget "
	labelForgets = "forgets"
)

// How much is looked at when a row is due, which it is again in a minute when there is more.
const (
	forgetAtOnce = 64 // cases
	daysAtOnce   = 64
)

// forgetAfter is how long after its end a day is looked at: what was stored in its last moments is there by then.
const forgetAfter = time.Hour

func forgettingAt(tenant string) Address {
	return Address{Tenant: tenant, Kind: KindTally, ID: mention.Key("forgetting", tenant)}
}

// labelOfForgetting is the label of a case that has ended; empty for one that has nothing to forget.
func labelOfForgetting(r *respond.Rules, c respond.Case, now time.Time) string {
	_, next := r.Forget(c, now)
	if next.IsZero() {
		return ""
	}
	return labelForget + next.UTC().Format(time.DateOnly)
}

func isForgetting(label string) bool { return strings.HasPrefix(label, labelForget) }

// labelled is the label of forgetting among others.
func labelled(labels []string) string {
	if i := slices.IndexFunc(labels, isForgetting); i >= 0 {
		return labels[i]
	}
	return ""
}

// looked is when a day is looked at.
func looked(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}
	}
	return t.AddDate(0, 0, 1).Add(forgetAfter)
}

func dayAfter(day string) string { return looked(day).Format(time.DateOnly) }

// reminded sees to it that what a row is to forget is looked for: on no day that was looked at before.
func (w *work) reminded(ctx context.Context, row *Row, labels []string) ([]string, error) {
	i := slices.IndexFunc(labels, isForgetting)
	if i < 0 || labelled(row.Labels) == labels[i] {
		return labels, nil
	}
	f, err := w.willLook(ctx, row.Tenant)
	if err != nil {
		return nil, err
	}
	labels = slices.Clone(labels)
	labels[i] = max(labels[i], labelForget+f.Day)
	return labels, nil
}

// willForget sees to it that a tenant's row falls due, once for each desk.
func (w *work) willForget(ctx context.Context, tenant string) error {
	w.d.mu.Lock()
	stored := w.d.forget[tenant]
	w.d.mu.Unlock()
	if stored {
		return nil
	}
	_, err := w.willLook(ctx, tenant)
	w.after = append(w.after, func() {
		w.d.mu.Lock()
		defer w.d.mu.Unlock()
		w.d.forget[tenant] = true
	})
	return err
}

// willLook is how far a tenant has come. One that has not begun begins today.
func (w *work) willLook(ctx context.Context, tenant string) (f forgetting, err error) {
	f, row, err := w.forgetting(ctx, tenant)
	if err != nil || !row.Due.IsZero() {
		return f, err
	}
	f.Day = w.now.Format(time.DateOnly)
	return f, w.putForgetting(row, f, looked(f.Day))
}

func (w *work) forgetting(ctx context.Context, tenant string) (f forgetting, row *Row, err error) {
	if row, err = w.row(ctx, forgettingAt(tenant)); err != nil || len(row.State) == 0 {
		return f, row, err
	}
	if err := json.Unmarshal(row.State, &f); err != nil {
		return f, row, &stepError{fmt.Errorf("tally %s cannot be read: %w", row.ID, err)}
	}
	return f, row, nil
}

func (w *work) putForgetting(row *Row, f forgetting, due time.Time) (err error) {
	if row.State, err = json.Marshal(f); err != nil {
		return &stepError{err}
	}
	row.Due, row.Labels = due, []string{labelForgets}
	w.changed(row.Address)
	return nil
}

// forgets drops what is past its time in the cases of a tenant, as much of it as is done at once.
func (d *Desk) forgets(ctx context.Context, at Address) (bool, error) {
	w := d.begun()
	f, _, err := w.forgetting(ctx, at.Tenant)
	if errors.As(err, new(*stepError)) {
		d.opt.Logger.ErrorContext(ctx, "row cannot be woken", "kind", at.Kind, "id", at.ID, "error", err)
		return false, d.putOff(ctx, at)
	}
	if err != nil {
		return false, err
	}
	if err := d.forgetsLoose(ctx, at.Tenant); err != nil {
		return false, err
	}
	left := forgetAtOnce
	for range daysAtOnce {
		if looked(f.Day).After(w.now) {
			break
		}
		cases, err := d.forgetful(ctx, at.Tenant, f.Day, left)
		if err != nil {
			return false, err
		}
		for _, c := range cases {
			if err := d.forgetsOf(ctx, c); err != nil {
				return false, err
			}
		}
		if left -= len(cases); left == 0 {
			break
		}
		f.Day = dayAfter(f.Day)
	}
	return true, d.atomically(ctx, at.ID, func(w *work) error {
		_, row, err := w.forgetting(ctx, at.Tenant)
		if err != nil {
			return err
		}
		due := looked(f.Day)
		if !due.After(w.now) {
			due = w.now.Add(time.Minute)
		}
		return w.putForgetting(row, f, due)
	})
}

// forgetsLoose drops what no case leads to: what was only recorded, and items that nobody could work on.
func (d *Desk) forgetsLoose(ctx context.Context, tenant string) error {
	rules := d.rules(tenant)
	if rules == nil {
		return nil
	}
	days := rules.Specs().Retention.Filled()
	return d.atomically(ctx, "", func(w *work) error {
		w.commit.Erased = []Erasure{{
			Address: Address{Tenant: tenant}, Before: w.now.AddDate(0, 0, -days.Text), Raw: w.now.AddDate(0, 0, -days.Raw),
		}}
		return nil
	})
}

// labelKnown is what rows of authors are found by, which fall due when nothing was heard of him for as long as authors are
// known.
const labelKnown = "known"

// known is when an author's row is looked at; zero where nobody says how long he is known.
func (w *work) known(tenant string, a tally.Author) time.Time {
	rules := w.d.rules(tenant)
	if rules == nil || len(a.Seen) == 0 {
		return time.Time{}
	}
	return a.Seen[len(a.Seen)-1].AddDate(0, 0, rules.Specs().Retention.Filled().Author)
}

// againKnown is when an author is looked at again who could not be forgotten.
const againKnown = 30 * 24 * time.Hour

// forgetsAuthor drops what is remembered of an author across his cases, when no case names him any more.
func (d *Desk) forgetsAuthor(ctx context.Context, at Address) (bool, error) {
	err := d.atomically(ctx, at.ID, func(w *work) error {
		a, row, err := w.author(ctx, at)
		if err != nil {
			return err
		}
		if due := w.known(at.Tenant, a); due.After(w.now) {
			row.Due = due
			w.changed(at)
			return nil
		}
		gone, err := w.hisAlone(ctx, &Row{Address: Address{Tenant: at.Tenant}}, []string{at.ID, courtesyAt(at.Tenant, at.ID).ID})
		if err != nil {
			return err
		}
		if gone == nil {
			row.Due = w.now.Add(againKnown)
			w.changed(at)
			return nil
		}
		w.commit.Erased = []Erasure{{Address: Address{Tenant: at.Tenant}, Tallies: gone}}
		return nil
	})
	if errors.As(err, new(*stepError)) {
		d.opt.Logger.ErrorContext(ctx, "row cannot be woken", "kind", at.Kind, "id", at.ID, "error", err)
		return false, d.putOff(ctx, at)
	}
	return err == nil, err
}

// forgetful are cases that have something past its time on a day.
func (d *Desk) forgetful(ctx context.Context, tenant, day string, most int) (out []Address, err error) {
	for row, err := range d.opt.Store.Rows(ctx, RowQuery{Tenant: tenant, Kind: KindCase, Label: labelForget + day}) {
		if err != nil {
			return nil, err
		}
		if out = append(out, row.Address); len(out) == most {
			break
		}
	}
	return out, nil
}

// forgetsOf drops what is past its time in one case. One in which that cannot be done is looked at again a day later.
func (d *Desk) forgetsOf(ctx context.Context, at Address) error {
	err := d.atomically(ctx, at.ID, func(w *work) error {
		row, err := w.row(ctx, at)
		if err != nil {
			return err
		}
		var c respond.Case
		if err := json.Unmarshal(row.State, &c); err != nil {
			return &stepError{err}
		}
		rules := d.rules(at.Tenant)
		if rules == nil {
			return &stepError{errNoRules}
		}
		due, _ := rules.Forget(c, w.now)
		if len(due) == 0 { // its time was set by other rules
			return w.relabel(ctx, at, labelOfForgetting(rules, c, w.now))
		}
		if due, err = w.less(ctx, rules, c, due); err != nil {
			return err
		}
		if len(due) == 0 {
			return w.relabel(ctx, at, tomorrow(w.now))
		}
		if err := w.quiet(ctx, at); err != nil {
			return err
		}
		_, err = w.step(ctx, at, event.Event{
			ID: mention.Key("event", "purged", at.ID, strconv.Itoa(c.Seq)), At: w.now, By: event.Host, Body: event.Purged{Classes: due},
		})
		return err
	})
	if errors.As(err, new(*stepError)) || errors.Is(err, errUnderWay) || errors.Is(err, ErrKnown) {
		d.opt.Logger.ErrorContext(ctx, "what is past its time is not dropped", "id", at.ID, "error", err)
		return d.atomically(ctx, at.ID, func(w *work) error {
			return w.relabel(ctx, at, tomorrow(w.now))
		})
	}
	return err
}

// less is the classes of which the case into which a case was merged keeps nothing any more: the conversation went on there,
// and ends there.
func (w *work) less(ctx context.Context, r *respond.Rules, c respond.Case, classes []privacy.Class) ([]privacy.Class, error) {
	for range mostMerged {
		if c.Merged == nil {
			break
		}
		row, err := w.row(ctx, Address{Tenant: c.Tenant, Kind: KindCase, ID: c.Merged.Into})
		if err != nil {
			return nil, err
		}
		c = respond.Case{}
		if len(row.State) == 0 || json.Unmarshal(row.State, &c) != nil {
			break
		}
		gone, _ := r.Forget(c, w.now)
		gone = append(gone, c.Purged...)
		classes = slices.DeleteFunc(slices.Clone(classes), func(x privacy.Class) bool { return !slices.Contains(gone, x) })
	}
	return classes, nil
}

func tomorrow(now time.Time) string { return labelForget + now.AddDate(0, 0, 1).Format(time.DateOnly) }

// relabel changes nothing of a row but when it is to forget something.
func (w *work) relabel(ctx context.Context, at Address, label string) error {
	row, err := w.row(ctx, at)
	if err != nil {
		return err
	}
	labels := slices.DeleteFunc(slices.Clone(row.Labels), isForgetting)
	if label != "" {
		if labels, err = w.reminded(ctx, row, append(labels, label)); err != nil {
			return err
		}
	}
	if slices.Equal(labels, row.Labels) {
		return nil
	}
	row.Labels = labels
	w.changed(at)
	return nil
}

// Forget looks at all cases of a tenant that have ended, and finds out anew when something of them is past its time. Tick
// drops by itself what is, within a day and an hour; Forget is for a Retention that has become shorter, and for cases that
// were stored before the desk did so. It walks all of them, and may be called again when it has failed.
func (d *Desk) Forget(ctx context.Context, tenant string) error {
	if err := d.enter(); err != nil {
		return err
	}
	defer d.leave()
	rules := d.rules(tenant)
	if rules == nil {
		return fmt.Errorf("%w for tenant %q", errNoRules, tenant)
	}
	for row, err := range d.opt.Store.Rows(ctx, RowQuery{Tenant: tenant, Kind: KindCase}) {
		if err != nil {
			return err
		}
		var c respond.Case
		if json.Unmarshal(row.State, &c) != nil || labelled(row.Labels) == labelOfForgetting(rules, c, d.now()) {
			continue
		}
		if err := d.atomically(ctx, row.ID, func(w *work) error {
			c, err := w.load(ctx, row.Address)
			if err != nil {
				return err
			}
			return w.relabel(ctx, row.Address, labelOfForgetting(rules, c, w.now))
		}); err != nil && !errors.As(err, new(*stepError)) {
			return err
		}
	}
	return nil
}
