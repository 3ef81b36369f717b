package respondtest

import (
	"slices"

	"github.com/reputekit/reputation/respond/effect"
	"github.com/reputekit/reputation/respond/event"
	"github.com/reputekit/reputation/respond/fact"
	"github.com/reputekit/reputation/respond/incident"
)

// lawOfIncident holds a step of an incident to the laws of incidents.
func lawOfIncident(m *memory, was, is incident.Incident, e incident.Entry) error {
	machine := slices.Contains([]string{event.Customer, event.Channel, event.Clock, event.Host}, e.Event.By)
	to := e.Change.State
	return firstOf(
		must(!is.At.Before(was.At), "nothing is undone when the clock goes back", "the incident's time goes back"),
		must(!is.Live() || is.Seq == 0 || !is.Due().IsZero(), "every live state has a due instant", "%s has none", is.State),
		must(to != incident.Declared && to != incident.Resolved || !machine, "only a person declares, and says that it is over",
			"%s by %q", to, e.Event.By),
		m.statements(is, e), m.pagesOf(is, e), letGo(was, is, e), corrects(was, is, e),
	)
}

// corrects: what the public was told and is not so is due a correction until it has had one.
func corrects(was, is incident.Incident, e incident.Entry) error {
	const law = "what the public was told and is not so is corrected"
	takes, _ := e.Event.Body.(event.Retracted)
	for _, f := range was.Facts {
		if f.Said.IsZero() || !f.Corrected.IsZero() {
			continue
		}
		owed := func(x fact.Record) bool {
			return x.Says == f.Says && x.Said.Equal(f.Said) && (x.Owed() || !x.Corrected.IsZero())
		}
		if (f.Owed() || takes.Fact == f.Name && e.Change.Whole == nil) && !slices.ContainsFunc(is.Facts, owed) {
			return must(false, law, "%s is forgotten", f.Name)
		}
	}
	return must(len(is.Facts) <= 2*fact.Most, "a state does not grow without bound", "%d facts", len(is.Facts))
}

// letGo: what was held for an incident is let go when it is over.
func letGo(was, is incident.Incident, e incident.Entry) error {
	const law = "what an incident holds it lets go"
	return firstOf(
		must(e.Change.State != incident.Resolved || was.Cases == 0 || len(requests[effect.ReleaseCases](e)) > 0, law, "its cases are held"),
		must(was.Posts == nil || is.Posts != nil || len(requests[effect.Resume](e)) > 0, law, "scheduled posts are held"),
		must(is.Live() || is.Posts == nil, law, "scheduled posts are held when it is over"),
		must(len(is.Surges) <= 16, "a state does not grow without bound", "%d surges", len(is.Surges)),
	)
}

// statements: no account shows two statements, and none is on its way twice.
func (m *memory) statements(is incident.Incident, e incident.Entry) error {
	const law = "a statement stands once at each account, approved by a person"
	if u, ok := e.Event.Body.(event.Undelivered); ok {
		if post, ok := m.posts[u.Key]; ok && post.Revise.IsZero() {
			delete(m.stands, post.Account) // certainly not out
		}
	}
	for key, x := range requests[effect.Publish](e) {
		if x.Revise.IsZero() && m.stands[x.Account] {
			return must(false, law, "%s shows two", x.Account)
		}
		m.stands[x.Account], m.posts[key] = true, x
	}
	if e.Change.State == incident.Suspected {
		m.stands = map[string]bool{} // what is said from here on is another crisis
	}
	ways := map[string]int{}
	for _, a := range is.Awaited {
		if a.Kind == "publish" && a.Page >= 0 {
			if ways[m.posts[a.Key].Account]++; ways[m.posts[a.Key].Account] > 1 {
				return must(false, law, "two are on their way to %s", m.posts[a.Key].Account)
			}
		}
	}
	return nil
}

// pagesOf: what becomes of a page is told to the climb it belongs to, and nobody is called off who was never called.
func (m *memory) pagesOf(is incident.Incident, e incident.Entry) error {
	if err := m.called(e.Effects); err != nil {
		return err
	}
	return m.counts(is.Awaited, is.Climb)
}
